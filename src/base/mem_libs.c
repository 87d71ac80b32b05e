/* The memory of the libraries. Some of them crash when they get none (libseccomp), end
 * the process in their own way (libarchive), or go on with less than they were given
 * (libfyaml). So the allocator of the C library is put in ours, which never says no:
 * having none has one meaning everywhere, mem_out. Calls from inside of the C library
 * come here, too. The sanitizers have an allocator of their own. */
#include "base/mem.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#if defined(__has_feature)
#define BUILT_WITH(what) __has_feature(what)
#else
#define BUILT_WITH(what) 0
#endif

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) &&                                \
    !defined(__SANITIZE_THREAD__) && !BUILT_WITH(address_sanitizer) &&                     \
    !BUILT_WITH(thread_sanitizer) && !BUILT_WITH(memory_sanitizer)

/* What glibc calls its own. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *at, size_t size);
void *__libc_memalign(size_t align, size_t size);

static void *got(void *at, size_t size)
{
    if (!at)
        mem_out(size);
    return at;
}

void *malloc(size_t size)
{
    return got(__libc_malloc(size), size);
}

void *calloc(size_t n, size_t size)
{
    void *at = __libc_calloc(n, size);

    return at ? at : got(NULL, size && n > SIZE_MAX / size ? SIZE_MAX : n * size);
}

void *realloc(void *at, size_t size)
{
    void *fresh = __libc_realloc(at, size);

    return size == 0 && at ? fresh : got(fresh, size); /* of none is free */
}

void *reallocarray(void *at, size_t n, size_t size)
{
    return realloc(at, size && n > SIZE_MAX / size ? SIZE_MAX : n * size);
}

void *memalign(size_t align, size_t size)
{
    return got(__libc_memalign(align, size), size);
}

void *aligned_alloc(size_t align, size_t size)
{
    return memalign(align, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
    if (align % sizeof(void *) || !align || align & (align - 1))
        return EINVAL;
    *out = memalign(align, size);
    return 0;
}

#endif
