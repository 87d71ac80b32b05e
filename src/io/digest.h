#ifndef IO_DIGEST_H
#define IO_DIGEST_H

#include "base/str.h"

#include <stdbool.h>

/* A running SHA-256 (or SHA-512, SHA-1, MD5). Start with digest_start; text
 * form is "sha256:" and lower-case hex, as OCI descriptors write it. */
struct digest {
    void *state;
    const char *algorithm;
};

enum { DIGEST_TEXT = 8 + 128 }; /* room for "sha512:", the hex and a NUL */

/* Makes what the others take ready, for a process that will not be able to. */
void digest_prepare(void);

/* algorithm: "sha256", "sha512", "sha1", "md5". */
void digest_start(struct digest *d, const char *algorithm);
void digest_add(struct digest *d, struct str bytes);

/* Ends the computation, releases the state, writes the text form. */
void digest_finish(struct digest *d, char text[DIGEST_TEXT]);
void digest_done(struct digest *d); /* for one that was not finished; `own(digest)` */

/* The digest of bytes at hand. */
void digest_of(struct str bytes, const char *algorithm, char text[DIGEST_TEXT]);

/* "sha256:" and 64 lower-case hex digits, or "sha512:" and 128. Nothing is
 * used as a digest, let alone in a path, before this said yes. */
bool digest_valid(struct str text);

#endif
