#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include "base/buf.h"
#include "base/str.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

struct err;

/* Work on hostile input at a distance: in a child that can compute, read what it
 * was handed, and answer, and nothing else: no network, no programs, no files
 * opened for writing. What breaks it breaks nothing but itself. */

/* Where the child is. It writes, the parent reads, both at any time. */
struct sandbox_place {
    atomic_uint_fast64_t beat;  /* moves as long as the work does */
    atomic_uint_fast64_t bytes; /* of the input, read so far */
    uint64_t part, entry;       /* of several inputs; how far in it */
    char reader[32];            /* the reader at work, or empty */
    char path[PATH_MAX + 1];    /* and on which file */
};

void sandbox_enter(struct sandbox_place *at, struct str reader, struct str path);
void sandbox_leave(struct sandbox_place *at);

static inline void sandbox_beat(struct sandbox_place *at)
{
    atomic_store_explicit(&at->beat,
                          atomic_load_explicit(&at->beat, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

/* What the child may have. */
struct sandbox_rules {
    int fd;           /* the one descriptor it keeps; -1: none */
    bool folder;      /* fd is a folder: what lies below it may be opened for reading */
    uint64_t memory;  /* bytes; 0: as much as the parent may */
    uint64_t answer;  /* bytes that the parent takes from it */
    unsigned seconds; /* without a beat, after which it hangs */
    struct sandbox_place *place;                                /* of sandbox_place_new */
    void (*tick)(void *ctx, const struct sandbox_place *place); /* now and then; may be
                                                                 * NULL */
    void *ctx;
};

/* How the child ended. */
enum sandbox_end {
    SANDBOX_DONE,
    SANDBOX_CRASHED, /* why: "signal 11", "out of memory", "did what the sandbox forbids" */
};

/* Runs work(ctx, answer) in a child and gathers its answer: what it wrote to the
 * descriptor `answer`, which after a crash is what it had written so far. why says how it
 * broke, for a sentence like "the reader broke off: WHY". Negative when there is no child
 * to be had. */
int sandbox_run(const struct sandbox_rules *rules, void (*work)(void *ctx, int answer),
                void *ctx, struct buf *answer, enum sandbox_end *end, char why[80],
                struct err *err);

/* The same in two steps, for those who have something else to do meanwhile. The rules are
 * copied, the place must stay. After a start one of the two others is called. */
struct sandbox_child {
    struct sandbox_rules rules;
    pid_t pid;
    int from; /* its answer */
};

int sandbox_start(const struct sandbox_rules *rules, void (*work)(void *ctx, int answer),
                  void *ctx, struct sandbox_child *out, struct err *err);
enum sandbox_end sandbox_finish(struct sandbox_child *child, struct buf *answer,
                                char why[80]);
void sandbox_stop(struct sandbox_child *child); /* nobody wants to know any more */

/* Writes all of it; the child's only way to answer. */
void sandbox_write(int answer, struct str bytes);

/* Memory that parent and child both see. NULL when there is none. */
struct sandbox_place *sandbox_place_new(void);
void sandbox_place_free(struct sandbox_place *place);

/* What the kernel lacks ("no Landlock"), one reason; empty when it has everything. */
struct str sandbox_lacks(void);

#endif
