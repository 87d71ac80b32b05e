#include "base/hash.h"

#include <pthread.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

struct state {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t turn(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static inline __attribute__((always_inline)) void round_of(struct state *s)
{
    s->v0 += s->v1;
    s->v1 = turn(s->v1, 13) ^ s->v0;
    s->v0 = turn(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = turn(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = turn(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = turn(s->v1, 17) ^ s->v2;
    s->v2 = turn(s->v2, 32);
}

static inline __attribute__((always_inline)) void take_word(struct state *s, uint64_t word)
{
    s->v3 ^= word;
    round_of(s);
    s->v0 ^= word;
}

uint64_t hash_keyed(struct hash_key key, struct str s)
{
    struct state state = {
        key.k0 ^ UINT64_C(0x736f6d6570736575),
        key.k1 ^ UINT64_C(0x646f72616e646f6d),
        key.k0 ^ UINT64_C(0x6c7967656e657261),
        key.k1 ^ UINT64_C(0x7465646279746573),
    };
    uint64_t last = (uint64_t)s.n << 56, word;
    size_t i = 0;

    for (; i + 8 <= s.n; i += 8) {
        memcpy(&word, s.p + i, 8);
        take_word(&state, word);
    }
    for (int shift = 0; i < s.n; i++, shift += 8)
        last |= (uint64_t)(unsigned char)s.p[i] << shift;
    take_word(&state, last);
    state.v2 ^= 0xff;
    for (int more = 0; more < 3; more++)
        round_of(&state);
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

static struct hash_key drawn;

static void draw(void)
{
    struct timespec now;

    if (getrandom(&drawn, sizeof drawn, GRND_NONBLOCK) == sizeof drawn)
        return;
    /* Early at boot, or forbidden: better guessable than nothing. */
    clock_gettime(CLOCK_MONOTONIC, &now);
    drawn.k0 ^= (uint64_t)now.tv_nsec * UINT64_C(0x9e3779b97f4a7c15);
    drawn.k1 ^= (uint64_t)getpid() << 32 ^ (uint64_t)(uintptr_t)&now;
}

struct hash_key hash_key_random(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, draw);
    return drawn;
}
