#ifndef IO_STREAM_H
#define IO_STREAM_H

#include "base/str.h"
#include "io/budget.h"

struct err;
struct digest;

/* Bytes that come one run after another: a section of a file, a blob being
 * unpacked, the content of a tar entry. Streams are stacked: one that is made
 * from another owns it and closes it.
 *     own_stream s = stream_unpack(stream_digest(stream_file(fd, at, n), &d), &budget); */
struct stream {
    /* 1 and a non-empty run in *out, valid until the next call; 0 at the end;
     * or a negative code. After an end or an error it is not called again. */
    int (*next)(struct stream *s, struct str *out, struct err *err);

    /* Passes over up to n bytes and says in *n how many it did; NULL when the
     * stream must be read to be passed over. */
    int (*skip)(struct stream *s, uint64_t *n, struct err *err);

    void (*close)(struct stream *s); /* frees s and what it is made from */

    /* What stream_skip left of a run; stream_next hands it out first. */
    struct str rest;
};

int stream_next(struct stream *s, struct str *out, struct err *err);
int stream_skip(struct stream *s, uint64_t n,
                struct err *err);    /* ERR_FORMAT at an early end */
void stream_close(struct stream *s); /* NULL is welcome */

static inline void own_stream_done(struct stream **s)
{
    stream_close(*s);
}
#define own_stream __attribute__((cleanup(own_stream_done))) struct stream *

/* Bytes [at, at + len) of a file, read with pread: the descriptor stays the
 * caller's, and any number of streams may share it. The end of the file before
 * at + len is ERR_FORMAT ("ends 512 bytes early"), since that is a truncated
 * archive. len UINT64_MAX means up to the end of the file, whatever it is. */
struct stream *stream_file(int fd, uint64_t at, uint64_t len);

/* The same, mapped piece by piece in place of being copied. A file that somebody cuts
 * short meanwhile is the end of the process: for one that may end. */
struct stream *stream_mapped(int fd, uint64_t at, uint64_t len);

/* Bytes in memory, which must outlive the stream. */
struct stream *stream_bytes(struct str bytes);

/* Passes `from` on and adds every byte to *d, skipped ones too (they are read).
 * The digest covers the whole of `from` only once the end was reached. */
struct stream *stream_digest(struct stream *from, struct digest *d);

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD, PACKING_XZ, PACKING_BZIP2 };

const char *packing_name(enum packing p);     /* "gzip" */
enum packing packing_sniff(struct str first); /* by magic bytes, at least 6 of them */

/* The content of `from` with one layer of compression taken off, by its first
 * bytes and nothing else: gzip (several members joined), zstd (several frames,
 * skippable ones passed over), xz, bzip2; anything else passes through.
 * Checksums of the format are verified. Truncated or corrupt input is
 * ERR_FORMAT, never a short success; bytes behind a complete gzip member that
 * are not a member are ignored when all zero, else ERR_FORMAT.
 * Once the content has ended, `from` is read to its end, so that a digest below
 * covers all of it. */
struct stream *stream_unpack(struct stream *from, const struct budget *budget);

/* Which packing stream_unpack found; valid after its first next. */
enum packing stream_packing(const struct stream *unpacked);

/* Reads all of s. ERR_LIMIT past `limit` bytes. Padded with 64 zero bytes
 * behind the end, as the JSON reader likes it. */
int stream_load(struct arena *a, struct stream *s, size_t limit, struct str *out,
                struct err *err);

#endif
