#ifndef IO_ARCHIVE_LIB_H
#define IO_ARCHIVE_LIB_H

#include <archive.h>
#include <archive_entry.h>

struct err;

/* libarchive, loaded when there is a zip to be read: it brings a third of all libraries
 * along, and every start of the program and of its children would pay for them. */
#define ARCHIVE_FUNCTIONS(X)                                                               \
    X(archive_read_new)                                                                    \
    X(archive_read_free)                                                                   \
    X(archive_read_data)                                                                   \
    X(archive_read_support_format_zip_seekable)                                            \
    X(archive_read_open_fd)                                                                \
    X(archive_read_next_header)                                                            \
    X(archive_error_string)                                                                \
    X(archive_entry_pathname)                                                              \
    X(archive_entry_pathname_utf8)                                                         \
    X(archive_entry_filetype)

struct archive_lib {
#define X(name) __typeof__(name) *name;
    ARCHIVE_FUNCTIONS(X)
#undef X
};

/* NULL, and why, when it is not installed; else it stays. Any number of threads. */
const struct archive_lib *archive_lib(struct err *err);

#endif
