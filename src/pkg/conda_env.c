/* environment.yml, what a Conda environment is made of:
 *     dependencies:
 *       - python=3.11.8=hab00c5b_0_cpython
 *       - conda-forge::scipy==1.11.4
 *       - numpy>=1.24
 *       - pip:
 *           - requests==2.31.0
 * "name=version" is any version that begins so; with a build, or "==", it is that one.
 * docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html; conda
 * env create is the reference, and not to be had here. */
#include "pkg/pypi.h"
#include "pkg/tree.h"

#include <string.h>

static const struct want wants[] = {
    {WANT_NAME, "environment.yml"},
    {WANT_NAME, "environment.yaml"},
    {0},
};

static int conda_env_read(struct read *in, struct err *err);

const struct reader pkg_conda_env = {
    .name = "conda_env",
    .title = "Conda: environment.yml",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = conda_env_read,
};

/* Not "1.*", ">=1", "1.2|1.3" */
static bool is_exact(struct str version)
{
    for (size_t i = 0; i < version.n; i++)
        if (strchr("*<>=!~|, ", version.p[i]))
            return false;
    return version.n > 0;
}

/* "python=3.11.8=hab00c5b_0_cpython", "scipy==1.11.4", "scipy 1.11.4 py311h64a7726_0",
 * "scipy ==1.11.4" */
static struct str pin_of(struct str spec, struct str *name)
{
    struct str version, build;

    if (str_cut(spec, ' ', name, &version) && !memchr(name->p, '=', name->n)) {
        if (str_starts(version, S("==")))
            return str_from(version, 2);
        return str_cut(version, ' ', &version, &build) ? version : (struct str){0};
    }
    if (!str_cut(spec, '=', name, &version))
        return (struct str){0};
    if (str_starts(version, S("=")))
        return str_from(version, 1);
    return str_cut(version, '=', &version, &build) && build.n ? version : (struct str){0};
}

/* "conda-forge::scipy", "conda-forge/linux-64::scipy" */
static struct str cut_channel(struct str *spec)
{
    ptrdiff_t at = str_find(*spec, S("::"));
    struct str channel = {0}, rest;

    if (at < 0)
        return channel;
    str_cut((struct str){spec->p, (size_t)at}, '/', &channel, &rest);
    *spec = str_from(*spec, (size_t)at + 2);
    return channel;
}

static void take_conda(struct read *in, struct json v, struct loose *loose)
{
    struct str spec = str_trim(json_str(v)), channel = cut_channel(&spec);
    struct str name, version = pin_of(spec, &name);
    struct package *p;

    if (!name.n || !is_exact(version)) {
        loose_add(loose, spec);
        return;
    }
    p = read_add(in, "conda", name, version);
    p->line = json_line(v);
    p->vendor = channel;
    p->direct = true;
}

static void take_pip(struct read *in, struct json v, struct loose *loose)
{
    struct str text = str_trim(json_str(v));
    struct str name, version;
    struct package *p;

    if (str_starts(text, S("-")))
        return; /* "-r requirements.txt" */
    if (!requirement_exact(text, &name, &version) || !version.n) {
        loose_add(loose, text);
        return;
    }
    p = read_add(in, "pypi", name, version);
    p->line = json_line(v);
    p->key = pypi_key(in->a, name);
    p->direct = true;
}

static void take_dependency(struct read *in, struct json v, struct loose *loose)
{
    struct json one;

    if (json_kind(v) == JSON_STRING) {
        take_conda(in, v, loose);
        return;
    }
    if (json_kind(v) != JSON_MAP)
        read_note(in, json_line(v), "a dependency that is no text");
    for (struct json_each e = json_each(json_get(v, S("pip"))); json_next(&e, NULL, &one);)
        take_pip(in, one, loose);
}

static int conda_env_read(struct read *in, struct err *err)
{
    struct loose loose = {0};
    struct json root, one;
    int r = read_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    for (struct json_each e = json_each(json_get(root, S("dependencies")));
         json_next(&e, NULL, &one);)
        take_dependency(in, one, &loose);
    loose_note(in, &loose);
    return 0;
}
