#include "advisory/manifest.h"

#include "base/err.h"
#include "io/digest.h"
#include "io/json.h"
#include "io/json_write.h"

static void write_shard(struct json_write *w, const struct manifest_shard *s)
{
    json_open(w, '{');
    json_put_str(w, "name", s->name);
    json_put_str(w, "sha256", s->sha256);
    json_put_str(w, "sum", s->sum);
    json_put_i64(w, "bytes", (int64_t)s->bytes);
    json_put_i64(w, "keys", (int64_t)s->keys);
    json_put_i64(w, "records", (int64_t)s->records);
    json_close(w, '}');
}

static void write_source(struct json_write *w, const struct db_built *s)
{
    json_open(w, '{');
    json_put_str(w, "name", s->name);
    json_put_some(w, "date", s->date);
    json_put_i64(w, "documents", (int64_t)s->documents);
    json_put_i64(w, "unclaimed", (int64_t)s->unclaimed);
    json_put_i64(w, "vulnerabilities", (int64_t)s->vulnerabilities);
    json_put_i64(w, "statements", (int64_t)s->statements);
    json_put_i64(w, "dropped", (int64_t)s->dropped);
    json_close(w, '}');
}

void manifest_write(const struct manifest *m, struct buf *out)
{
    struct json_write w = {.out = out};

    json_open(&w, '{');
    json_put_i64(&w, "schema", MANIFEST_SCHEMA);
    json_put_i64(&w, "vulnerabilities", (int64_t)m->vulnerabilities);
    json_open_key(&w, "sources", '[');
    for (size_t i = 0; i < m->sources.len; i++)
        write_source(&w, &m->sources.at[i]);
    json_close(&w, ']');
    json_open_key(&w, "shards", '[');
    for (size_t i = 0; i < m->shards.len; i++)
        write_shard(&w, &m->shards.at[i]);
    json_close(&w, ']');
    json_close(&w, '}');
}

static uint64_t number(struct json v, const char *key)
{
    int64_t n = 0;

    return json_i64(json_get(v, str_of(key)), &n) && n > 0 ? (uint64_t)n : 0;
}

static int read_shard(struct arena *a, struct json one, struct manifest *out,
                      struct err *err)
{
    struct manifest_shard *s = arena_push(a, &out->shards);
    struct str sha256 = json_get_str(one, S("sha256"));

    s->name = str_copy(a, json_get_str(one, S("name")));
    s->sha256 = str_copy(a, sha256);
    s->sum = str_copy(a, json_get_str(one, S("sum")));
    s->bytes = number(one, "bytes");
    s->keys = number(one, "keys");
    s->records = number(one, "records");
    if (!s->name.n || !s->sum.n ||
        !digest_valid(str_printf(a, "sha256:" STR_FMT, STR_ARG(sha256))))
        return err_set(err, ERR_FORMAT, "a shard without a name, digest or sum");
    return 0;
}

static void read_source(struct arena *a, struct json one, struct manifest *out)
{
    struct db_built *s = arena_push(a, &out->sources);

    s->name = str_copy(a, json_get_str(one, S("name")));
    s->date = str_copy(a, json_get_str(one, S("date")));
    s->documents = number(one, "documents");
    s->unclaimed = number(one, "unclaimed");
    s->vulnerabilities = number(one, "vulnerabilities");
    s->statements = number(one, "statements");
    s->dropped = number(one, "dropped");
}

int manifest_read(struct arena *a, struct str bytes, struct manifest *out, struct err *err)
{
    own_json doc = json_doc_new();
    struct json root, one;

    *out = (struct manifest){0};
    if (json_parse(doc, bytes, &root, err) < 0)
        return err->code;
    out->schema = (unsigned)number(root, "schema");
    if (out->schema != MANIFEST_SCHEMA)
        return err_set(err, ERR_UNSUPPORTED,
                       "a database of schema %u, this lotse reads %d: run lotse db build",
                       out->schema, MANIFEST_SCHEMA);
    out->vulnerabilities = number(root, "vulnerabilities");
    for (struct json_each e = json_each(json_get(root, S("sources")));
         json_next(&e, NULL, &one);)
        read_source(a, one, out);
    for (struct json_each e = json_each(json_get(root, S("shards")));
         json_next(&e, NULL, &one);)
        if (read_shard(a, one, out, err) < 0)
            return err->code;
    return 0;
}
