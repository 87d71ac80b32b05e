#include "base/mem.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* The sanitizers' shadow memory is many times what a program asks for. */
#if defined(__SANITIZE_ADDRESS__)
enum { SYSTEM_COUNTS = 0 };
#else
enum { SYSTEM_COUNTS = 1 };
#endif

static atomic_uint_fast64_t used;
static uint64_t budget;

void mem_out(size_t size)
{
    char text[96];
    int n = budget ? snprintf(text, sizeof text,
                              "lotse: out of memory (%zu bytes more; the limit is %" PRIu64
                              " MiB)\n",
                              size, budget >> 20)
                   : snprintf(text, sizeof text, "lotse: out of memory (%zu bytes more)\n",
                              size);

    if (write(2, text, (size_t)n) < 0)
        _exit(2);
    _exit(2);
}

/* What the allocator really gave is what is counted, given back with mem_free. */
static void count(void *at, size_t before, size_t size)
{
    uint64_t now;

    if (!at)
        mem_out(size);
    now = atomic_fetch_add(&used, malloc_usable_size(at) - before) +
          malloc_usable_size(at) - before;
    if (budget && now > budget)
        mem_out(size);
}

void *mem_alloc(size_t size)
{
    void *at = calloc(1, size ? size : 1);

    count(at, 0, size);
    return at;
}

void *mem_resize(void *at, size_t size)
{
    size_t before = malloc_usable_size(at);

    at = realloc(at, size ? size : 1);
    count(at, before, size);
    return at;
}

void mem_free(void *at)
{
    atomic_fetch_sub(&used, malloc_usable_size(at));
    free(at);
}

void mem_prepare(void)
{
    mallopt(M_MMAP_THRESHOLD, 2 << 20);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
    mallopt(M_TOP_PAD, 256 << 10);
}

void mem_budget(uint64_t bytes)
{
    struct rlimit limit;

    budget = bytes;
    if (!SYSTEM_COUNTS || !bytes || getrlimit(RLIMIT_DATA, &limit) < 0 ||
        limit.rlim_cur <= bytes)
        return;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_DATA, &limit);
}

void mem_large(void *at, size_t size)
{
    const uintptr_t page = 2 << 20, begin = (uintptr_t)at, end = begin + size;
    uintptr_t from = (begin + page - 1) / page * page, to = end / page * page;

    if (to > from)
        madvise((void *)from, to - from, MADV_HUGEPAGE);
}

uint64_t mem_used(void)
{
    return atomic_load(&used);
}
