/* After S. Wu and U. Manber, A Fast Algorithm for Multi-Pattern Searching (1994): of each
 * text a part of NEEDLE_LEAST bytes counts. Where the last three bytes below such a window
 * are none of any part's, the window moves on by all that fits behind them; where they end
 * a part, the texts they end are compared.
 *
 * One such walk mostly waits for its own table, so there are several at a time, each over
 * its share of the bytes. */
#include "base/needles.h"

#include <string.h>

enum { GRAM = 3, WALKS = 6, FURTHEST = NEEDLE_LEAST - GRAM + 1 };

static unsigned slot_of(const char *p)
{
    uint32_t gram = (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 |
                    (uint32_t)(unsigned char)p[2] << 16;

    return gram * 0x9e3779b1u >> 17;
}

_Static_assert(NEEDLE_SLOTS == 1 << (32 - 17), "slot_of gives a slot");

/* Letters that English is full of make a part that is often met: the one with the fewest.
 */
static uint16_t rarest_part(struct str text)
{
    size_t best = 0;
    int least = NEEDLE_LEAST + 1;

    for (size_t from = 0; from + NEEDLE_LEAST <= text.n; from++) {
        int common = 0;

        for (size_t i = from; i < from + NEEDLE_LEAST; i++)
            common += text.p[i] && strchr("etaoinsrl %", text.p[i]);
        if (common < least) {
            least = common;
            best = from;
        }
    }
    return (uint16_t)best;
}

static void add(struct needles *n, size_t which)
{
    struct needle *needle = &n->at[which];
    const char *part;

    needle->from = rarest_part(needle->text);
    part = needle->text.p + needle->from;
    for (unsigned i = 0; i < FURTHEST; i++) {
        uint8_t *shift = &n->shift[slot_of(part + i)];
        unsigned left = FURTHEST - 1 - i;

        if (*shift > left)
            *shift = (uint8_t)left;
        if (left == 0) {
            uint16_t *first = &n->first[slot_of(part + i)];

            needle->next = *first;
            *first = (uint16_t)(which + 1);
        }
    }
}

void needles_make(struct needles *n, struct needle *at, size_t len)
{
    n->at = at;
    n->len = len;
    memset(n->shift, FURTHEST, sizeof n->shift);
    memset(n->first, 0, sizeof n->first);
    for (size_t i = 0; i < len; i++)
        add(n, i);
}

struct search {
    const struct needles *n;
    struct str in;
    bool (*hit)(void *ctx, size_t at, size_t which);
    void *ctx;
};

/* A window ends with the three bytes at p. */
static bool compare(const struct search *s, const char *p)
{
    size_t at = (size_t)(p - s->in.p) - (FURTHEST - 1); /* where the part begins */

    for (size_t i = s->n->first[slot_of(p)]; i; i = s->n->at[i - 1].next) {
        const struct needle *needle = &s->n->at[i - 1];

        if (at >= needle->from && needle->text.n <= s->in.n - (at - needle->from) &&
            memcmp(s->in.p + at - needle->from, needle->text.p, needle->text.n) == 0 &&
            !s->hit(s->ctx, at - needle->from, i - 1))
            return false;
    }
    return true;
}

/* One walk alone, up to windows that begin their last three bytes before `end`. */
static bool walk(const struct search *s, const char *p, const char *end)
{
    while (p < end) {
        unsigned shift = s->n->shift[slot_of(p)];

        if (shift == 0 && !compare(s, p))
            return false;
        p += shift ? shift : 1;
    }
    return true;
}

/* As long as none of them has reached its end. */
static bool walk_together(const struct search *s, const char *p[WALKS],
                          const char *const end[WALKS])
{
    size_t left;

    do {
        left = SIZE_MAX;
        for (unsigned w = 0; w < WALKS; w++) {
            size_t to_end = (size_t)(end[w] - p[w]);

            left = to_end < left ? to_end : left;
        }
        for (size_t step = left / FURTHEST; step > 0; step--)
            for (unsigned w = 0; w < WALKS; w++) {
                unsigned shift = s->n->shift[slot_of(p[w])];

                if (__builtin_expect(shift == 0, 0)) {
                    if (!compare(s, p[w]))
                        return false;
                    shift = 1;
                }
                p[w] += shift;
            }
    } while (left >= FURTHEST);
    return true;
}

void needles_find(const struct needles *n, struct str in,
                  bool (*hit)(void *ctx, size_t at, size_t which), void *ctx)
{
    const struct search s = {n, in, hit, ctx};
    const char *p[WALKS], *end[WALKS];
    size_t share;

    if (in.n < NEEDLE_LEAST)
        return;
    share = (in.n - NEEDLE_LEAST + 1) / WALKS;
    for (unsigned w = 0; w < WALKS; w++) {
        p[w] = in.p + FURTHEST - 1 + w * share;
        end[w] = w + 1 < WALKS ? p[w] + share : in.p + in.n - GRAM + 1;
    }
    if (!walk_together(&s, p, end))
        return;
    for (unsigned w = 0; w < WALKS; w++)
        if (!walk(&s, p[w], end[w]))
            return;
}
