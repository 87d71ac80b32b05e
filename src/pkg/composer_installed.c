/* vendor/composer/installed.json: what Composer has installed beside it. Composer 2 writes
 *     {"packages": [...], "dev": true, "dev-package-names": ["phpunit/phpunit"]}
 * and Composer 1 the list alone. A package is as in composer.lock (composer_lock.c). */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "pkg/composer.h"
#include "pkg/tree.h"

static bool is_of_composer(struct str path)
{
    return str_ends(path, S("/composer/installed.json"));
}

static const struct want wants[] = {
    {WANT_NAME, "installed.json", .only = is_of_composer},
    {0},
};

static int composer_installed_read(struct read *in, struct err *err);

const struct reader pkg_composer_installed = {
    .name = "composer_installed",
    .title = "PHP: packages that Composer installed",
    .checked = "composer show",
    .version = 1,
    .wants = wants,
    .read = composer_installed_read,
};

static int composer_installed_read(struct read *in, struct err *err)
{
    struct json root, list, one;
    struct map dev = {0};
    int r = read_any_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    list = json_kind(root) == JSON_MAP ? json_get(root, S("packages")) : root;
    if (json_kind(list) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of packages");
    for (struct json_each e = json_each(json_get(root, S("dev-package-names")));
         json_next(&e, NULL, &one);)
        *map_at(in->a, &dev, json_str(one)) = in;
    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        composer_tell(in, one, map_get(&dev, json_get_str(one, S("name"))) != NULL);
    return 0;
}
