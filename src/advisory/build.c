#include "advisory/codec.h"
#include "advisory/gather.h"
#include "advisory/manifest.h"
#include "advisory/shard.h"
#include "advisory/shelf.h"

#include "base/err.h"
#include "base/own.h"
#include "io/digest.h"
#include "io/file.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct build {
    struct arena *a;
    const char *dir; /* of the database */
    struct gather gather;
    struct manifest manifest;
};

/* ---- writing shards ---- */

static int write_shard(struct build *b, struct str name, struct shard_writer *w,
                       uint64_t records, struct err *err)
{
    struct manifest_shard *s = arena_push(b->a, &b->manifest.shards);
    own(buf) bytes = {0};
    char digest[DIGEST_TEXT];

    *s = (struct manifest_shard){.name = name, .keys = w->keys, .records = records};
    shard_finish(w, &bytes);
    digest_of(buf_view(&bytes), "sha256", digest);
    s->sha256 = str_copy(b->a, str_of(digest + strlen("sha256:")));
    s->sum = shard_sum(b->a, buf_view(&bytes));
    s->bytes = bytes.len;
    return shelf_put(b->dir, s->sha256.p, buf_view(&bytes), err);
}

/* What is said under one key is one value: each with its length in front. */
static void add_all(struct shard_writer *w, struct said_list *list)
{
    own(buf) value = {0};

    said_sort(list);
    for (size_t i = 0; i < list->len; i++) {
        pack_str(&value, list->at[i].bytes);
        if (i + 1 < list->len && str_equal(list->at[i].key, list->at[i + 1].key))
            continue;
        shard_add(w, list->at[i].key, buf_view(&value));
        value.len = 0;
    }
}

static int write_list(struct build *b, struct str name, bool packed, struct said_list *list,
                      struct err *err)
{
    struct shard_writer w = {.packed = packed};

    add_all(&w, list);
    return write_shard(b, name, &w, list->len, err);
}

static int by_name(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static int write_ecosystems(struct build *b, struct err *err)
{
    struct str_list names = {0};
    struct str name;
    void *list;

    for (size_t i = 0; map_each(&b->gather.ecosystems, &i, &name, &list);)
        *arena_push(b->a, &names) = name;
    if (names.len)
        qsort(names.at, names.len, sizeof *names.at, by_name);
    for (size_t i = 0; i < names.len; i++)
        if (write_list(b, names.at[i], false, map_get(&b->gather.ecosystems, names.at[i]),
                       err) < 0)
            return err->code;
    return 0;
}

/* ---- what is known of each vulnerability ---- */

/* One vulnerability from all records of its id, and its aliases as keys that
 * lead to it: value 0 and the vulnerability, or 1 and the id. */
static void fold_one(struct build *b, const struct said *at, size_t n,
                     struct said_list *out, struct said_list *aliases)
{
    own(arena) a = {0};
    own(buf) bytes = {0};
    struct vulnerability v, more;

    if (!vulnerability_unpack(&a, at[0].bytes, &v))
        abort();
    for (size_t i = 1; i < n; i++)
        if (vulnerability_unpack(&a, at[i].bytes, &more))
            vulnerability_fold(&a, &v, &more);
    pack_u64(&bytes, 0);
    vulnerability_pack(&bytes, &v);
    *arena_push(b->a, out) = (struct said){at[0].key, buf_keep(b->a, &bytes)};
    for (size_t i = 0; i < v.aliases.len; i++) {
        pack_u64(&bytes, 1);
        pack_str(&bytes, v.id);
        *arena_push(b->a, aliases) =
            (struct said){str_copy(b->a, v.aliases.at[i]), buf_keep(b->a, &bytes)};
    }
}

static int write_details(struct build *b, struct err *err)
{
    struct said_list *list = &b->gather.vulnerabilities, out = {0}, aliases = {0};
    struct shard_writer w = {.packed = true};

    said_sort(list);
    for (size_t i = 0, n; i < list->len; i += n) {
        for (n = 1; i + n < list->len && str_equal(list->at[i].key, list->at[i + n].key);)
            n++;
        fold_one(b, &list->at[i], n, &out, &aliases);
    }
    b->manifest.vulnerabilities = out.len;
    for (size_t i = 0; i < aliases.len; i++)
        *arena_push(b->a, &out) = aliases.at[i];
    said_sort(&out); /* a vulnerability (0...) before an alias (1...) of the same key */
    for (size_t i = 0; i < out.len; i++)
        if (i == 0 || !str_equal(out.at[i].key, out.at[i - 1].key))
            shard_add(&w, out.at[i].key, out.at[i].bytes);
    return write_shard(b, S(SHARD_DETAILS), &w, out.len, err);
}

/* ---- the whole ---- */

static int by_entry(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void gather_one(struct build *b, const char *path, const char *name)
{
    struct db_built *built = arena_push(b->a, &b->manifest.sources);
    struct err err = {0};

    if (gather_source(&b->gather, path, str_of(name), built, &err) < 0 && !built->broken.n)
        built->broken = str_copy(b->a, str_of(err.text));
}

static int gather_all(struct build *b, const char *feeds_dir, struct err *err)
{
    struct dirent **names = NULL;
    int n = scandir(feeds_dir, &names, visible, by_entry);

    if (n < 0)
        return err_sys(err, "%s", feeds_dir);
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];

        snprintf(path, sizeof path, "%s/%s", feeds_dir, names[i]->d_name);
        gather_one(b, path, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    return 0;
}

static bool anything(const struct build *b)
{
    return b->gather.vulnerabilities.len || b->gather.ecosystems.len;
}

static int write_all(struct build *b, struct err *err)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/shards", b->dir);
    if (file_make_dir(path, err) < 0 || write_ecosystems(b, err) < 0 ||
        write_list(b, S(SHARD_IDS), true, &b->gather.places, err) < 0 ||
        write_details(b, err) < 0)
        return err->code;
    return shelf_publish(b->dir, &b->manifest, err);
}

int db_build(struct arena *a, const char *feeds_dir, const char *db_dir,
             struct db_built_list *built, struct err *err)
{
    struct build b = {.a = a, .dir = db_dir, .gather = {.a = a}};

    if (gather_all(&b, feeds_dir, err) < 0)
        return err->code;
    *built = b.manifest.sources;
    if (!anything(&b))
        return err_set(err, ERR_FORMAT, "%s: no advisory in it that could be read",
                       feeds_dir);
    if (write_all(&b, err) < 0)
        return err->code;
    shelf_tidy(db_dir, &b.manifest);
    return 0;
}
