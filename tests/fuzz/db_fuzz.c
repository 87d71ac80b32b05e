/* A whole database: three shards, of which the first byte says whether they are
 * pieces of any bytes (with right sums), or are written by us and hold any records:
 * pairs of pieces, key and value. Then every question is put to it, and packages are
 * matched with it. */
#include "advisory/advisory.h"
#include "advisory/manifest.h"
#include "match/match.h"
#include "memory_folder.h"
#include "shard_mend.h"

enum { SHARDS = 3, RECORDS_MAX = 16, RAW = 1, PACKED = 2 };

static const char *const names[SHARDS] = {"debian:12", SHARD_DETAILS, SHARD_IDS};

/* Keys come in order, as the writer wants them. */
static void write_records(struct str in, bool packed, struct str_list *keys,
                          struct arena *a, struct buf *out)
{
    struct shard_writer w = {.packed = packed};
    struct str last = {0};

    for (int i = 0; i < RECORDS_MAX && in.n; i++) {
        struct str key = fuzz_piece(&in), value = fuzz_piece(&in);

        if (i && str_compare(last, key) >= 0)
            continue;
        shard_add(&w, key, value);
        *arena_push(a, keys) = last = key;
    }
    shard_finish(&w, out);
}

static void make_shard(struct arena *a, unsigned how, struct str in, size_t i,
                       struct manifest *m, struct str_list *keys)
{
    struct manifest_shard *s = arena_push(a, &m->shards);
    own(buf) bytes = {0};
    struct str name = str_printf(a, "shards/%064zu.shard", i);

    if (how & RAW) {
        buf_str(&bytes, in);
        shard_mend(bytes.at, bytes.len);
    } else
        write_records(in, how & PACKED, keys, a, &bytes);
    if (bytes.len < SHARD_HEADER)
        buf_add(&bytes, (char[SHARD_HEADER]){0}, SHARD_HEADER);
    s->name = str_of(names[i]);
    s->sha256 = str_printf(a, "%064zu", i);
    s->sum = shard_sum(a, buf_view(&bytes));
    s->bytes = bytes.len;
    memory_folder_put(name.p, buf_view(&bytes));
}

static void each(void *ctx, const struct statement *s)
{
    ++*(size_t *)ctx;
    must(str_equal(s->ecosystem, str_of(names[0])));
}

static void ask(struct db *db, struct arena *a, struct str key)
{
    struct statement_list found = {0};
    struct vulnerability v;
    struct err err = {0};

    must(db_covers(db, S("debian:12")) && !db_covers(db, S(SHARD_IDS)));
    db_find(db, a, S("debian:12"), key, &found, &err);
    db_search_package(db, a, key, &found, &err);
    db_search_id(db, a, key, &found, &err);
    db_vulnerability(db, a, key, &v, &err);
}

static void match(struct db *db, struct arena *a, const struct str_list *keys)
{
    struct result result = {
        .distro = {.id = S("debian"), .packages = S("deb"), .ecosystem = S("debian:12")}};

    for (size_t i = 0; i < keys->len; i++)
        *arena_push(a, &result.packages) =
            (struct package){.type = S("deb"), .name = keys->at[i], .version = S("1.0-1")};
    match_packages(a, db, &result);
    for (size_t i = 0; i < result.findings.len; i++)
        must(result.findings.at[i].package);
}

FUZZ(2048)
{
    unsigned how = fuzz_byte(&in);
    struct manifest m = {0};
    struct str_list keys = {0};
    own(buf) text = {0};
    own_db db = NULL;
    struct err err = {0};
    size_t n = 0;

    memory_folder("shards");
    *arena_push(a, &keys) = S("curl");
    *arena_push(a, &keys) = S("CVE-2024-0001");
    for (size_t i = 0; i < SHARDS; i++)
        make_shard(a, how, fuzz_piece(&in), i, &m, &keys);
    manifest_write(&m, &text);
    memory_folder_put("manifest.json", buf_view(&text));
    must(db_open(memory_folder_path, &db, &err) == 0);
    for (size_t i = 0; i < keys.len; i++)
        ask(db, a, keys.at[i]);
    db_each_statement(db, each, &n, &err);
    db_verify(db, &err);
    match(db, a, &keys);
}
