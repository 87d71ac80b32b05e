/* What fuzz targets share. A target is a file tests/fuzz/NAME_fuzz.c, one function:
 *
 *     FUZZ(4096) (the longest input worth trying)
 *     {
 *         ... `in` is the input, `a` an arena that is empty ...
 *     }
 *
 * clang's libFuzzer runs it (make fuzz), and tests/fuzz/replay.c, which any
 * compiler builds: then each target adds itself to the list of those there are.
 * What must hold is said by must(), and words for the fuzzer's dictionary stand
 * in NAME.dict. Seeds: tests/fuzz/seeds. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define must(claim)                                                                        \
    do                                                                                     \
        if (!(claim)) {                                                                    \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #claim);     \
            abort();                                                                       \
        }                                                                                  \
    while (0)

/* Fails say so in one way: a negative code, and the same one in err, with words. */
#define must_tell(r, err) must(((r) < 0) == ((err).code < 0) && ((r) >= 0 || *(err).text))

struct fuzz_target {
    const char *name;
    void (*run)(struct str in, struct arena *a);
    struct fuzz_target *next;
};

#ifdef FUZZ_NAME

extern struct fuzz_target *fuzz_targets;

#define FUZZ(max)                                                                          \
    static void run(struct str in, struct arena *a);                                       \
    __attribute__((constructor)) static void enlist(void)                                  \
    {                                                                                      \
        static struct fuzz_target self = {FUZZ_NAME, run, NULL};                           \
                                                                                           \
        self.next = fuzz_targets;                                                          \
        fuzz_targets = &self;                                                              \
    }                                                                                      \
    static void run(__attribute__((unused)) struct str in,                                 \
                    __attribute__((unused)) struct arena *a)

#else

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

/* Options in front of those of the command line, which win. */
static inline void fuzz_options(int *argc, char ***argv, const char *max_len)
{
    char **more = calloc((size_t)*argc + 2, sizeof *more);

    must(more);
    more[0] = (*argv)[0];
    more[1] = strdup(max_len);
    memcpy(more + 2, *argv + 1, ((size_t)*argc - 1) * sizeof *more);
    *argv = more;
    ++*argc;
}

#define FUZZ(max)                                                                          \
    static void run(struct str in, struct arena *a);                                       \
    int LLVMFuzzerInitialize(int *argc, char ***argv)                                      \
    {                                                                                      \
        fuzz_options(argc, argv, "-max_len=" #max);                                        \
        return 0;                                                                          \
    }                                                                                      \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                           \
    {                                                                                      \
        static struct arena a;                                                             \
                                                                                           \
        run((struct str){(const char *)data, size}, &a);                                   \
        arena_reset(&a);                                                                   \
        return 0;                                                                          \
    }                                                                                      \
    static void run(__attribute__((unused)) struct str in,                                 \
                    __attribute__((unused)) struct arena *a)

#endif

static inline bool fuzz_has_nul(struct str s)
{
    return s.n && memchr(s.p, 0, s.n);
}

/* The first byte of the input, for what there is to choose; 0 at the end. */
static inline unsigned fuzz_byte(struct str *in)
{
    unsigned byte = in->n ? (unsigned char)in->p[0] : 0;

    *in = str_from(*in, 1);
    return byte;
}

/* The next of several pieces, which lie one after another behind their lengths (two
 * bytes, low one first); one that breaks off is what there is. */
static inline struct str fuzz_piece(struct str *in)
{
    size_t n = fuzz_byte(in);
    struct str piece = *in;

    n |= (size_t)fuzz_byte(in) << 8;
    piece = (struct str){in->p, n < in->n ? n : in->n};
    *in = str_from(*in, piece.n);
    return piece;
}

#endif
