#include "pkg/capability.h"

#include "base/map.h"
#include "base/own.h"
#include "model/files.h"
#include "model/graph.h"

/* Keys of what is needed are no longer than what they stand for was, or hardly. */
enum { KEYS_LEAST = 64 * 1024 };

enum { FILTER = 1 << 12 };

struct settling {
    struct arena *a; /* for as long as it takes */
    struct package_list *packages;
    struct map provided;          /* capability -> place + 1 */
    struct map paths;             /* hash of a path that is needed -> the same, or NOBODY */
    unsigned char filter[FILTER]; /* by the hash's low bits: whether one is in paths */
    size_t keys_left;             /* bytes of them */
    uint32_t *seen;               /* the last package, + 1, that was found to need this */
};

#define NOBODY ((void *)UINTPTR_MAX)

static void *place(size_t i)
{
    return (void *)(uintptr_t)(i + 1);
}

static void claim(struct settling *s, size_t i, struct str capability)
{
    void **at = map_at(s->a, &s->provided, capability);

    if (!*at)
        *at = place(i);
}

/* Of several that are called the same, as kernels are, the first is known by its name. */
static void name(struct read *in, struct settling *s, size_t i)
{
    struct package *p = &in->packages.at[i];

    claim(s, i, p->name);
    if (map_get(&s->provided, p->name) != place(i))
        p->key = str_printf(in->a, STR_FMT "-" STR_FMT "." STR_FMT, STR_ARG(p->name),
                            STR_ARG(p->version), STR_ARG(p->arch));
}

static void claim_all(struct read *in, struct settling *s)
{
    struct str rest, capability;

    for (size_t i = 0; i < in->packages.len; i++)
        name(in, s, i);
    for (size_t i = 0; i < in->packages.len; i++) /* a name goes before another's word */
        for (rest = in->packages.at[i].provides; needs_next(&rest, &capability);)
            claim(s, i, capability);
}

/* ---- files ---- */

/* As files_hashes has it: lowest byte first. */
static struct str hash_bytes(struct settling *s, uint64_t hash)
{
    char *bytes = arena_alloc(s->a, FILES_HASH, 1);

    for (size_t i = 0; i < FILES_HASH; i++)
        bytes[i] = (char)(hash >> 8 * i);
    return (struct str){bytes, FILES_HASH};
}

static void *owner_of(struct settling *s, struct str path)
{
    void *owner = map_get(&s->paths, hash_bytes(s, files_hash(str_from(path, 1))));

    return owner == NOBODY ? NULL : owner;
}

static void ask_for_paths(struct settling *s)
{
    struct str rest, key;

    for (size_t i = 0; i < s->packages->len; i++)
        for (rest = s->packages->at[i].needs; needs_next(&rest, &key);)
            if (str_starts(key, S("/")) && !map_get(&s->provided, key)) {
                uint64_t hash = files_hash(str_from(key, 1));

                *map_at(s->a, &s->paths, hash_bytes(s, hash)) = NOBODY;
                s->filter[hash % FILTER] = 1;
            }
}

static void find_paths(struct settling *s)
{
    for (size_t i = 0; i < s->packages->len && s->paths.len; i++) {
        struct str hashes = files_hashes(s->packages->at[i].files);

        for (size_t j = 0; j < hashes.n / FILES_HASH; j++) {
            struct str key = {hashes.p + j * FILES_HASH, FILES_HASH};

            if (s->filter[files_hash_at(hashes, j) % FILTER] &&
                map_get(&s->paths, key) == NOBODY)
                *map_at(s->a, &s->paths, key) = place(i);
        }
    }
}

/* ---- needs ---- */

/* "a|b": the first that somebody provides. */
static size_t provider_of(struct settling *s, struct str key)
{
    struct str one;
    void *at = NULL;

    while (!at && key.n) {
        str_cut(key, '|', &one, &key);
        at = map_get(&s->provided, one);
        if (!at && str_starts(one, S("/")))
            at = owner_of(s, one);
    }
    return (size_t)(uintptr_t)at;
}

static bool spend(struct read *in, struct settling *s, struct str key)
{
    if (key.n + 1 <= s->keys_left) {
        s->keys_left -= key.n + 1;
        return true;
    }
    if (s->keys_left)
        read_note(in, 0, "more dependencies than its size explains: the rest is left out");
    s->keys_left = 0;
    return false;
}

static void settle(struct read *in, struct settling *s, size_t i)
{
    struct package *p = &in->packages.at[i];
    struct str rest = p->needs, key;
    own(buf) keys = {0};

    while (needs_next(&rest, &key)) {
        size_t at = provider_of(s, key);
        const struct package *to = at ? &in->packages.at[at - 1] : NULL;

        if (!to || str_equal(to->name, p->name) || s->seen[at - 1] == i + 1)
            continue; /* what a second kernel provides to itself, the first does too */
        s->seen[at - 1] = (uint32_t)i + 1;
        if (!spend(in, s, package_key(to)))
            break;
        needs_add(&keys, package_key(to));
    }
    p->needs = buf_keep(in->a, &keys);
    p->provides = (struct str){0};
}

void capabilities_settle(struct read *in, struct str realm)
{
    own(arena) a = {0};
    struct settling s = {.a = &a,
                         .packages = &in->packages,
                         .keys_left = in->bytes.n + in->beside.n + KEYS_LEAST};

    s.seen = arena_alloc(&a, (in->packages.len + 1) * sizeof *s.seen, _Alignof(uint32_t));
    claim_all(in, &s);
    ask_for_paths(&s);
    find_paths(&s);
    for (size_t i = 0; i < in->packages.len; i++) {
        in->packages.at[i].realm = realm;
        settle(in, &s, i);
    }
}
