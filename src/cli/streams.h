#ifndef CLI_STREAMS_H
#define CLI_STREAMS_H

/* Once, at the start of main: descriptors 0 to 2 are open, so that no file of ours gets
 * their numbers (those that were closed lead nowhere: writing to them fails); a closed
 * pipe and a file that may not grow are errors, not signals; children can be waited for,
 * whatever we were started with; and what is printed is written on where the system only
 * took a part. */
void streams_open(void);

/* Writes out what was printed. -1 when some of it could not be, now or before. */
int streams_close(void);

#endif
