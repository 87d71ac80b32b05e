#include "advisory/advisory.h"

#include "advisory/codec.h"
#include "advisory/manifest.h"
#include "advisory/shard.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/pack.h"
#include "io/digest.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { ALIASES_MAX = 4 };

struct db {
    struct arena a;
    char *dir;
    struct manifest manifest;
    struct map shards; /* name -> struct opened */
    struct str digest, built;
};

struct opened {
    const struct manifest_shard *of;
    struct shard *shard; /* NULL until first asked for */
};

/* ---- opening ---- */

static int time_of(struct arena *a, const char *path, struct str *out, struct err *err)
{
    char text[32];
    struct stat st;
    struct tm tm;

    if (stat(path, &st) < 0)
        return err_sys(err, "%s", path);
    *out = (struct str){0};
    if (!gmtime_r(&st.st_mtime, &tm))
        return 0;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    *out = str_copy(a, str_of(text));
    return 0;
}

static int read_manifest(struct db *db, struct err *err)
{
    char digest[DIGEST_TEXT];
    struct str path = str_printf(&db->a, "%s/manifest.json", db->dir), bytes;

    if (str_load(&db->a, path.p, MANIFEST_MAX, &bytes, err) < 0) {
        if (err->code == ERR_NOTFOUND)
            return err_set(err, ERR_NOTFOUND,
                           "no advisory database in %s: run lotse db build", db->dir);
        return err->code;
    }
    if (manifest_read(&db->a, bytes, &db->manifest, err) < 0)
        return err_wrap(err, "%s", path.p);
    digest_of(bytes, "sha256", digest);
    db->digest = str_copy(&db->a, str_of(digest));
    if (time_of(&db->a, path.p, &db->built, err) < 0)
        return err->code;
    for (size_t i = 0; i < db->manifest.shards.len; i++) {
        struct opened *o = arena_new(&db->a, struct opened);

        o->of = &db->manifest.shards.at[i];
        *map_at(&db->a, &db->shards, o->of->name) = o;
    }
    return 0;
}

int db_open(const char *dir, struct db **out, struct err *err)
{
    struct db *db;

    if (!dir || !*dir)
        return err_set(
            err, ERR_NOTFOUND,
            "no home directory to keep the advisory database in: name one with --db");
    db = mem_alloc(sizeof *db);
    db->dir = arena_strdup(&db->a, dir);
    if (read_manifest(db, err) < 0) {
        db_close(db);
        return err->code;
    }
    *out = db;
    return 0;
}

void db_close(struct db *db)
{
    struct str name;
    void *o;

    if (!db)
        return;
    for (size_t i = 0; map_each(&db->shards, &i, &name, &o);)
        shard_close(((struct opened *)o)->shard);
    arena_done(&db->a);
    mem_free(db);
}

/* NULL, without an error, when the database has no shard of that name. */
static int shard_of(struct db *db, struct str name, struct shard **out, struct err *err)
{
    struct opened *o = map_get(&db->shards, name);
    struct str path;

    *out = NULL;
    if (!o)
        return 0;
    if (!o->shard) {
        path = str_printf(&db->a, "%s/shards/" STR_FMT ".shard", db->dir,
                          STR_ARG(o->of->sha256));
        if (shard_open(path.p, o->of->sum, &o->shard, err) < 0) {
            if (err->code == ERR_NOTFOUND) /* not the same as: nothing is known */
                err->code = ERR_FORMAT;
            return err_wrap(err, "advisory database, " STR_FMT, STR_ARG(name));
        }
    }
    *out = o->shard;
    return 0;
}

static int find(struct db *db, struct arena *a, struct str name, struct str key,
                struct str *value, struct err *err)
{
    struct shard *shard;
    int r;

    if (shard_of(db, name, &shard, err) < 0)
        return err->code;
    r = shard ? shard_find(shard, a, key, value, err) : 0;
    return r < 0 ? err_wrap(err, "advisory database, " STR_FMT, STR_ARG(name)) : r;
}

static int damaged(struct str name, struct err *err)
{
    return err_set(err, ERR_FORMAT, "advisory database, " STR_FMT ": a record is damaged",
                   STR_ARG(name));
}

/* ---- statements ---- */

bool db_covers(const struct db *db, struct str ecosystem)
{
    return map_get(&db->shards, ecosystem) && !str_equal(ecosystem, S(SHARD_IDS)) &&
           !str_equal(ecosystem, S(SHARD_DETAILS));
}

/* Room for all the strings of value as statements behind those of out. */
static void reserve(struct arena *a, struct str value, struct statement_list *out)
{
    size_t n = out->len;
    struct statement *at;

    for (struct unpack in = unpack_of(value); !unpack_end(&in); n++)
        unpack_str(&in);
    if (n <= out->cap)
        return;
    at = arena_alloc(a, n * sizeof *at, _Alignof(struct statement));
    if (out->len)
        memcpy(at, out->at, out->len * sizeof *at);
    *out = (struct statement_list){at, out->len, n};
}

int db_find(struct db *db, struct arena *a, struct str ecosystem, struct str package,
            struct statement_list *out, struct err *err)
{
    struct str value;
    int r = find(db, a, ecosystem, package, &value, err);

    if (r <= 0)
        return r;
    reserve(a, value, out);
    for (struct unpack in = unpack_of(value); !unpack_end(&in);) {
        struct statement *s = arena_push(a, out);
        struct str bytes = unpack_str(&in);

        if (in.bad || !statement_unpack(a, bytes, s))
            return damaged(ecosystem, err);
        s->ecosystem = ecosystem;
        s->package = package;
    }
    return 0;
}

int db_search_package(struct db *db, struct arena *a, struct str package,
                      struct statement_list *out, struct err *err)
{
    for (size_t i = 0; i < db->manifest.shards.len; i++) {
        struct str name = db->manifest.shards.at[i].name;

        if (db_covers(db, name) && db_find(db, a, name, package, out, err) < 0)
            return err->code;
    }
    return 0;
}

static bool is_about(const struct statement *s, struct str id)
{
    if (str_equal(s->advisory, id))
        return true;
    for (size_t i = 0; i < s->ids.len; i++)
        if (str_equal(s->ids.at[i], id))
            return true;
    for (size_t i = 0; i < s->aliases.len; i++)
        if (str_equal(s->aliases.at[i], id))
            return true;
    return false;
}

int db_search_id(struct db *db, struct arena *a, struct str id, struct statement_list *out,
                 struct err *err)
{
    struct str value, ecosystem, package;
    int r = find(db, a, S(SHARD_IDS), id, &value, err);

    if (r <= 0)
        return r;
    for (struct unpack in = unpack_of(value); !unpack_end(&in);) {
        struct statement_list all = {0};

        if (!str_cut(unpack_str(&in), '\t', &ecosystem, &package) || in.bad)
            return damaged(S(SHARD_IDS), err);
        if (db_find(db, a, ecosystem, package, &all, err) < 0)
            return err->code;
        for (size_t i = 0; i < all.len; i++)
            if (is_about(&all.at[i], id))
                *arena_push(a, out) = all.at[i];
    }
    return 0;
}

struct each {
    struct str ecosystem;
    void (*each)(void *ctx, const struct statement *s);
    void *ctx;
    struct err *err;
};

static int each_package(void *ctx, struct str package, struct str value)
{
    const struct each *e = ctx;
    own(arena) a = {0};

    for (struct unpack in = unpack_of(value); !unpack_end(&in);) {
        struct statement s;
        struct str bytes = unpack_str(&in);

        if (in.bad || !statement_unpack(&a, bytes, &s))
            return damaged(e->ecosystem, e->err);
        s.ecosystem = e->ecosystem;
        s.package = package;
        e->each(e->ctx, &s);
    }
    return 0;
}

int db_each_statement(struct db *db, void (*each)(void *ctx, const struct statement *s),
                      void *ctx, struct err *err)
{
    for (size_t i = 0; i < db->manifest.shards.len; i++) {
        struct each e = {db->manifest.shards.at[i].name, each, ctx, err};
        struct shard *shard;

        if (!db_covers(db, e.ecosystem))
            continue;
        if (shard_of(db, e.ecosystem, &shard, err) < 0 ||
            shard_each(shard, each_package, &e, err) < 0)
            return err->code;
    }
    return 0;
}

/* ---- vulnerabilities ---- */

int db_vulnerability(struct db *db, struct arena *a, struct str id,
                     struct vulnerability *out, struct err *err)
{
    for (int i = 0; i < ALIASES_MAX; i++) {
        struct unpack in;
        struct str value;
        int r = find(db, a, S(SHARD_DETAILS), id, &value, err);

        if (r < 0)
            return r;
        if (r == 0)
            break;
        in = unpack_of(value);
        if (unpack_u64(&in) == 0) {
            if (in.bad || !vulnerability_unpack(
                              a, (struct str){in.at, (size_t)(in.end - in.at)}, out))
                return damaged(S(SHARD_DETAILS), err);
            return 0;
        }
        id = unpack_str(&in);
        if (in.bad)
            return damaged(S(SHARD_DETAILS), err);
    }
    return err_set(err, ERR_NOTFOUND, "nothing is known of " STR_FMT, STR_ARG(id));
}

/* ---- about the database ---- */

void db_info(const struct db *db, struct arena *a, struct db_info *out)
{
    const struct manifest *m = &db->manifest;

    *out = (struct db_info){
        .digest = db->digest,
        .built = db->built,
        .schema = m->schema,
        .vulnerabilities = m->vulnerabilities,
    };
    for (size_t i = 0; i < m->sources.len; i++) {
        const struct db_built *s = &m->sources.at[i];

        if (s->documents)
            *arena_push(a, &out->data) =
                (struct data_source){s->name, s->date, s->statements + s->vulnerabilities};
    }
    for (size_t i = 0; i < m->shards.len; i++) {
        const struct manifest_shard *s = &m->shards.at[i];

        out->bytes += s->bytes;
        if (db_covers(db, s->name))
            *arena_push(a, &out->shards) =
                (struct db_shard){s->name, s->keys, s->records, s->bytes};
    }
}

int db_verify(struct db *db, struct err *err)
{
    for (size_t i = 0; i < db->manifest.shards.len; i++) {
        const struct manifest_shard *m = &db->manifest.shards.at[i];
        struct shard *shard;

        if (shard_of(db, m->name, &shard, err) < 0)
            return err->code;
        if (shard_verify(shard, m->sha256, err) < 0)
            return err_wrap(err, "advisory database, " STR_FMT, STR_ARG(m->name));
    }
    return 0;
}
