/* Helm charts: Chart.lock, which helm dependency update writes (requirements.lock of
 * version 2), says which charts a chart brings:
 *     dependencies:
 *     - name: postgresql
 *       repository: https://charts.bitnami.com/bitnami
 *       version: 12.12.10
 *     digest: sha256:...
 * Chart.yaml (requirements.yaml of version 2) says the same of those it asks for, where a
 * version may be a range. What is at "file://" is the project's own. charts/NAME/Chart.yaml
 * is one that was brought; the chart itself is none. All of a chart have its folder for a
 * realm, so that one that several files tell of is told of once.
 * helm.sh/docs/topics/charts. */
#include "base/err.h"
#include "model/path.h"
#include "pkg/loose.h"
#include "pkg/tag.h"
#include "pkg/tree.h"

#include <string.h>

static bool is_brought(struct str path)
{
    return str_equal(path_base(path_dir(path_dir(path))), S("charts"));
}

static const struct want wants[] = {
    {WANT_NAME, "Chart.lock"},
    {WANT_NAME, "requirements.lock"},
    {WANT_NAME, "Chart.yaml"},
    {WANT_NAME, "requirements.yaml"}, /* of Ansible, too, where it has no dependencies */
    {0},
};

static int helm_read(struct read *in, struct err *err);

const struct reader pkg_helm = {
    .name = "helm",
    .title = "Helm charts: Chart.lock, Chart.yaml, charts/",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = helm_read,
};

/* The chart that a file belongs to: of ".../app/charts/redis/Chart.yaml" it is app. */
static struct str chart_of(struct str path)
{
    struct str dir = path_dir(path);

    return is_brought(path) ? path_dir(path_dir(dir)) : dir;
}

/* "12.12.10", "v1.2.3-rc.1"; ranges have other marks, "1.2.x", or fewer numbers. */
static bool is_exact(struct str version)
{
    struct str is;
    bool wild = str_ends(version, S(".x")) || str_ends(version, S(".X"));

    for (size_t i = 0; i < version.n; i++)
        wild |= strchr("*^~<>=|, ", version.p[i]) != NULL;
    return !wild && tag_version(version, &is);
}

static void add(struct read *in, struct json chart, bool direct)
{
    struct json version = json_get(chart, S("version"));
    struct package *p =
        read_add(in, "helm", json_get_str(chart, S("name")), json_str(version));

    p->line = json_line(version);
    p->realm = chart_of(in->path);
    p->direct = direct;
}

static void tell(struct read *in, struct json chart, struct loose *loose)
{
    struct str name = json_get_str(chart, S("name"));
    struct str version = json_get_str(chart, S("version"));

    if (str_starts(json_get_str(chart, S("repository")), S("file://")))
        return;
    if (!name.n || !version.n)
        read_note_lacks(in, json_line(chart), name, version);
    else if (is_exact(version))
        add(in, chart, true);
    else
        loose_add(loose,
                  str_printf(in->a, STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(version)));
}

/* What was brought, and what those that were brought ask for, is told by their own files.
 */
static int read_brought(struct read *in, struct json root)
{
    struct str name = json_get_str(root, S("name"));
    struct str version = json_get_str(root, S("version"));

    if (name.n && version.n)
        add(in, root, false);
    else
        read_note_lacks(in, json_line(root), name, version);
    read_note_cut(in, 0);
    return 0;
}

static int helm_read(struct read *in, struct err *err)
{
    bool lock = str_ends(in->path, S(".lock"));
    struct loose loose = {0};
    struct json root, list, one;
    int r = lock ? read_tree(in, TREE_YAML, &root, err)
                 : read_any_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    if (is_brought(in->path) && !lock)
        return read_brought(in, root);
    list = json_get(root, S("dependencies"));
    if (lock && json_kind(list) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of dependencies");
    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        tell(in, one, &loose);
    loose_note(in, &loose);
    if (lock)
        read_note_cut(in, 0);
    return 0;
}
