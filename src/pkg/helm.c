/* Helm charts: Chart.lock, which helm dependency update writes (requirements.lock of
 * version 2), says which charts a chart brings:
 *     dependencies:
 *     - name: postgresql
 *       repository: https://charts.bitnami.com/bitnami
 *       version: 12.12.10
 *     digest: sha256:...
 * and charts/NAME/Chart.yaml is one that was brought. The Chart.yaml of the chart itself is
 * none. helm.sh/docs/topics/charts. */
#include "base/err.h"
#include "model/path.h"
#include "pkg/tree.h"

static bool is_brought(struct str path)
{
    return str_equal(path_base(path_dir(path_dir(path))), S("charts"));
}

static const struct want wants[] = {
    {WANT_NAME, "Chart.lock"},
    {WANT_NAME, "requirements.lock"},
    {WANT_NAME, "Chart.yaml", .only = is_brought},
    {0},
};

static int helm_read(struct read *in, struct err *err);

const struct reader pkg_helm = {
    .name = "helm",
    .title = "Helm charts: Chart.lock, charts/",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = helm_read,
};

static void tell(struct read *in, struct json chart, bool direct)
{
    struct str name = json_get_str(chart, S("name"));
    struct json version = json_get(chart, S("version"));
    struct package *p;

    if (!name.n || !json_str(version).n) {
        read_note_lacks(in, json_line(chart), name, json_str(version));
        return;
    }
    p = read_add(in, "helm", name, json_str(version));
    p->line = json_line(version);
    p->direct = direct;
}

static int helm_read(struct read *in, struct err *err)
{
    struct json root, list, one;
    int r = read_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    if (str_ends(in->path, S("/Chart.yaml"))) {
        tell(in, root, false);
        return 0;
    }
    list = json_get(root, S("dependencies"));
    if (json_kind(list) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of dependencies");
    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        tell(in, one, true);
    read_note_cut(in, 0);
    return 0;
}
