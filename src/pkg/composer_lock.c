/* composer.lock, JSON: what Composer installs, and what only for developing.
 *     {"packages": [{"name": "monolog/monolog", "version": "2.9.1", "license": ["MIT"],
 *                    "require": {"php": ">=7.2", "psr/log": "^1.0"},
 *                    "provide": {"psr/log-implementation": "1.0"}, "replace": {...}}],
 *      "packages-dev": [...]}
 * getcomposer.org/doc/01-basic-usage.md says what it is for; composer writes it. */
#include "base/err.h"
#include "base/own.h"
#include "model/graph.h"
#include "pkg/composer.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "composer.lock"},
    {0},
};

static int composer_lock_read(struct read *in, struct err *err);

const struct reader pkg_composer_lock = {
    .name = "composer_lock",
    .title = "PHP: composer.lock",
    .checked = "composer show --locked",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = composer_lock_read,
};

/* The platform ("php", "ext-json", "lib-icu", "composer-runtime-api") has no slash. */
static void add_keys(struct arena *a, struct buf *out, struct json map)
{
    struct json value;
    struct str key;

    for (struct json_each e = json_each(map); json_next(&e, &key, &value);)
        if (str_find(key, S("/")) >= 0)
            needs_add(out, str_lower(a, key));
}

/* ["MIT", "GPL-2.0-only"]: any of them. */
static struct str licence_of(struct arena *a, struct json list)
{
    struct str all = json_str(list);
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        all = all.n ? str_printf(a, STR_FMT " OR " STR_FMT, STR_ARG(all),
                                 STR_ARG(json_str(one)))
                    : json_str(one);
    return all;
}

void composer_tell(struct read *in, struct json entry, bool dev)
{
    struct str name = json_get_str(entry, S("name"));
    struct str version = json_get_str(entry, S("version"));
    own(buf) needs = {0}, provides = {0};
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, json_line(entry), name, version);
        return;
    }
    p = read_add(in, "composer", name, version);
    p->line = json_line(json_get(entry, S("name")));
    p->key = str_lower(in->a, name);
    p->licence = licence_of(in->a, json_get(entry, S("license")));
    p->dev = dev;
    add_keys(in->a, &needs, json_get(entry, S("require")));
    add_keys(in->a, &provides, json_get(entry, S("provide")));
    add_keys(in->a, &provides, json_get(entry, S("replace")));
    p->needs = buf_keep(in->a, &needs);
    p->provides = buf_keep(in->a, &provides);
}

static int composer_lock_read(struct read *in, struct err *err)
{
    struct json root, entry;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    if (json_kind(json_get(root, S("packages"))) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of packages");
    for (struct json_each e = json_each(json_get(root, S("packages")));
         json_next(&e, NULL, &entry);)
        composer_tell(in, entry, false);
    for (struct json_each e = json_each(json_get(root, S("packages-dev")));
         json_next(&e, NULL, &entry);)
        composer_tell(in, entry, true);
    return 0;
}
