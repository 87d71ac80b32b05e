#include "image/program.h"

#include "base/err.h"
#include "base/mem.h"
#include "io/elf.h"

#include <sys/mman.h>

enum { CODE_MAX = 8, PADDING = 64 };

struct code {
    uint64_t from[CODE_MAX], to[CODE_MAX];
    size_t len;
    uint64_t
        mixed; /* code up to here, and constants among it; 0: there is no such segment */
    uint64_t seen; /* of it, blocks that were looked at */
};

/* A program header: elf(5). */
static void take_segment(const struct elf *e, uint64_t i, struct code *code)
{
    uint64_t at = e->segments_at + i * e->segment_size;
    unsigned width = e->wide ? 8 : 4;
    uint64_t type = elf_number(e, e->bytes, at, 4);
    uint64_t flags = elf_number(e, e->bytes, at + (e->wide ? 4 : 24), 4);
    uint64_t from = elf_number(e, e->bytes, at + (e->wide ? 8 : 4), width);
    uint64_t size = elf_number(e, e->bytes, at + (e->wide ? 32 : 16), width);

    if (type != ELF_LOAD || !(flags & ELF_MAY_EXEC) || flags & ELF_MAY_WRITE ||
        code->len == CODE_MAX || size > UINT64_MAX - from)
        return;
    if (!from) {
        code->mixed = size;
        return;
    }
    code->from[code->len] = from;
    code->to[code->len++] = from + size;
}

static void find_code(struct str run, struct code *code)
{
    struct err err = {0};
    struct elf e;

    *code = (struct code){0};
    if (elf_open(&e, run, &err) < 0)
        return;
    for (uint64_t i = 0; i < e.segments && i < 64; i++)
        take_segment(&e, i, code);
}

/* How many of the n bytes at `at` are alike, and whether they are code. */
static uint64_t alike(const struct code *code, uint64_t at, uint64_t n, bool *skip)
{
    *skip = false;
    for (size_t i = 0; i < code->len; i++) {
        if (at >= code->from[i] && at < code->to[i]) {
            *skip = true;
            return n < code->to[i] - at ? n : code->to[i] - at;
        }
        if (code->from[i] > at && code->from[i] - at < n)
            n = code->from[i] - at;
    }
    return n;
}

static void put(struct buf *out, const struct code *code, struct str run)
{
    while (run.n) {
        bool skip;
        uint64_t n = alike(code, out->len, run.n, &skip);

        if (!skip)
            memcpy(out->at + out->len, run.p, n);
        out->len += n;
        run = str_from(run, n);
    }
}

/* ---- code and constants in one segment ---- */

enum { BLOCK = 64 << 10, HEAD = 4 * BLOCK, TEXT = 16, PAGE = 4096 };

static bool is_text(char c)
{
    return c >= ' ' && c <= '~';
}

/* Whether there are TEXT bytes of text in a row, of which one then is at a multiple of it.
 */
static bool has_text(const char *at)
{
    for (size_t i = 0; i < BLOCK; i += TEXT) {
        size_t from = i, to = i;

        if (!is_text(at[i]))
            continue;
        while (from > 0 && is_text(at[from - 1]) && i - from < TEXT)
            from--;
        while (to < BLOCK && is_text(at[to]) && to - i < TEXT)
            to++;
        if (to - from >= TEXT)
            return true;
    }
    return false;
}

/* As if it had never been written to. */
static void clear(char *at, size_t n)
{
    uintptr_t begin = (uintptr_t)at, end = begin + n;
    uintptr_t from = (begin + PAGE - 1) / PAGE * PAGE, to = end / PAGE * PAGE;

    if (madvise((void *)from, to - from, MADV_DONTNEED) < 0)
        memset(at, 0, n);
    memset(at, 0, from - begin);
    memset((char *)to, 0, end - to);
}

/* Behind the head, where tables and notes are. */
static void drop_code(struct buf *out, struct code *code)
{
    uint64_t end = out->len < code->mixed ? out->len : code->mixed;

    for (; code->seen + BLOCK <= end; code->seen += BLOCK)
        if (code->seen >= HEAD && !has_text(out->at + code->seen))
            clear(out->at + code->seen, BLOCK);
}

int program_load(uint64_t size, struct str run, const struct content *content,
                 struct buf *out, struct err *err)
{
    struct code code;
    int r = 1;

    buf_done(out);
    out->cap = size + PADDING;
    out->at = mem_alloc(out->cap);
    mem_large(out->at, out->cap);
    out->len = 0;
    find_code(run, &code);
    for (; r > 0; r = content->next(content->ctx, &run, err)) {
        put(out, &code,
            run.n > size - out->len ? (struct str){run.p, size - out->len} : run);
        drop_code(out, &code);
    }
    return r;
}
