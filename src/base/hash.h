#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

/* A hash for keys that somebody hostile may choose: without knowing `key`
 * nobody finds two texts of the same hash. SipHash-1-3 (Aumasson, Bernstein). */
struct hash_key {
    uint64_t k0, k1;
};

uint64_t hash_keyed(struct hash_key key, struct str s);

/* A key of this process: random, drawn once. */
struct hash_key hash_key_random(void);

#endif
