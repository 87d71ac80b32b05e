/* What readers of JavaScript packages share: names, licences. */
#include "pkg/js.h"

#include "base/err.h"
#include "base/own.h"

static void free_doc(void *at, size_t size)
{
    (void)size;
    json_doc_free(at);
}

int js_parse(struct read *in, enum tree_form form, struct json *root, struct err *err)
{
    struct json_doc *doc = json_doc_new();
    int r;

    arena_adopt(in->a, doc, 0, free_doc);
    r = tree_parse(doc, form, in->bytes, root, err);
    if (r < 0)
        return r;
    if (json_kind(*root) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "no map of keys and values");
    return 0;
}

bool js_is_project(struct str path)
{
    return !str_starts(path, S("node_modules/")) && str_find(path, S("/node_modules/")) < 0;
}

void js_split(struct str spec, struct str *name, struct str *rest)
{
    size_t scoped = str_starts(spec, S("@"));

    str_cut(str_from(spec, scoped), '@', name, rest);
    *name = (struct str){spec.p, name->n + scoped};
}

struct str js_cut_name(struct str *path)
{
    struct str name, rest, second;

    str_cut(*path, '/', &name, &rest);
    if (str_starts(name, S("@")) && rest.n) {
        str_cut(rest, '/', &second, &rest);
        name.n += 1 + second.n;
    }
    *path = rest;
    return name;
}

bool js_is_version(struct str text)
{
    return text.n && text.p[0] >= '0' && text.p[0] <= '9' && str_find(text, S("/")) < 0;
}

/* "MIT" or {"type": "MIT", "url": "..."} */
static struct str licence_word(struct json v)
{
    return json_kind(v) == JSON_MAP ? json_get_str(v, S("type")) : json_str(v);
}

struct str js_licence(struct arena *a, struct json package)
{
    struct json v = json_get(package, S("license")), one;
    own(buf) all = {0};

    if (json_kind(v) == JSON_NONE)
        v = json_get(package, S("licenses"));
    if (json_kind(v) != JSON_LIST)
        return licence_word(v);
    for (struct json_each e = json_each(v); json_next(&e, NULL, &one);) {
        struct str word = licence_word(one);

        if (word.n && all.len)
            buf_str(&all, S(" OR "));
        buf_str(&all, word);
    }
    return buf_keep(a, &all);
}
