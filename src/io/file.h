#ifndef IO_FILE_H
#define IO_FILE_H

#include "base/str.h"

struct err;

/* Writes a whole file so that readers see the old one or the new one, never a
 * part: aside into PATH.PID.tmp (the thread's PID), fsync, rename. "-" is
 * standard output; what is no regular file (/dev/null, a pipe) is written into,
 * and what a symbolic link leads to is replaced, not the link. Nothing is left
 * behind on failure. Mode 0644 less the umask. */
int file_write(const char *path, struct str bytes, struct err *err);

/* The same, for the user alone: mode 0600, and never into what is no regular file. */
int file_write_private(const char *path, struct str bytes, struct err *err);

/* Creates a directory and the ones above it; one that exists is fine. */
int file_make_dir(const char *path, struct err *err);

#endif
