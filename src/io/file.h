#ifndef IO_FILE_H
#define IO_FILE_H

#include "base/str.h"

struct err;

/* Writes a whole file so that readers see the old one or the new one, never a
 * part: aside (io/aside.h), fsync, rename. "-" is standard output; what is no regular
 * file (/dev/null, a pipe) is written into, and what a symbolic link leads to is
 * replaced, not the link. Nothing is left behind on failure. Mode 0644 less the umask. */
int file_write(const char *path, struct str bytes, struct err *err);

/* Removes what a writer of this file left that was killed. */
void file_sweep(const char *path);

/* Writes all of it into an open file; path is for the message. */
int file_write_fd(int fd, struct str bytes, const char *path, struct err *err);

/* Creates a directory and the ones above it; one that exists is fine. */
int file_make_dir(const char *path, struct err *err);

#endif
