/* Directory.Packages.props, where a .NET solution has the versions of its packages, XML:
 *     <Project>
 *       <PropertyGroup><SerilogVersion>3.0.1</SerilogVersion></PropertyGroup>
 *       <ItemGroup>
 *         <PackageVersion Include="Serilog" Version="$(SerilogVersion)"/>
 *         <GlobalPackageReference Include="Nerdbank.GitVersioning" Version="3.5.109"/>
 *       </ItemGroup>
 *     </Project>
 * Properties are those of the file itself. A single version is the least that will do, and
 * what is taken as long as it is there; of ranges nobody knows. Global references serve
 * building alone. learn.microsoft.com/nuget, "Central Package Management". */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "io/xml.h"
#include "pkg/nuget.h"

#include <string.h>

static const struct want wants[] = {
    {WANT_NAME, "Directory.Packages.props"},
    {0},
};

static int nuget_props_read(struct read *in, struct err *err);

const struct reader pkg_nuget_props = {
    .name = "nuget_props",
    .title = ".NET: Directory.Packages.props",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = nuget_props_read,
};

enum { DEPTH_MAX = 16, LENGTH_MAX = 4096 };

struct props {
    struct read *in;
    struct map properties; /* name -> struct str */
    size_t loose;
    struct str example;
};

static void find_properties(struct props *props, const struct xml *group)
{
    for (struct xml *x = group->sub; x; x = x->next)
        *map_at(props->in->a, &props->properties, x->name) = &x->text;
}

/* With $(NAME) replaced as far as it is known. */
static struct str expand(struct props *props, struct str text)
{
    for (int i = 0; i < DEPTH_MAX && text.n < LENGTH_MAX; i++) {
        ptrdiff_t at = str_find(text, S("$("));
        struct str name, rest;
        const struct str *value;

        if (at < 0 || !str_cut(str_from(text, (size_t)at + 2), ')', &name, &rest))
            return text;
        value = map_get(&props->properties, name);
        if (!value)
            return text;
        text = str_printf(props->in->a, STR_FMT STR_FMT STR_FMT, (int)at, str_chars(text),
                          STR_ARG(*value), STR_ARG(rest));
    }
    return text;
}

/* "[3.0.1]" is 3.0.1. */
static bool is_exact(struct str *version)
{
    if (version->n > 2 && version->p[0] == '[' && str_ends(*version, S("]")))
        *version = (struct str){version->p + 1, version->n - 2};
    for (size_t i = 0; i < version->n; i++)
        if (strchr("[](),*$ ", version->p[i]))
            return false;
    return true;
}

static void tell(struct props *props, const struct xml *x, bool dev)
{
    struct str name = expand(props, xml_attr(x, S("Include")));
    struct str version = expand(props, xml_attr(x, S("Version")));
    struct package *p;

    if (!name.n) /* Update, Remove */
        return;
    if (!version.n)
        version = expand(props, xml_text(x, S("Version")));
    if (!is_exact(&version)) {
        props->loose++;
        props->example = name;
        return;
    }
    p = nuget_add_parts(props->in, name, version, x->line);
    if (!p)
        return;
    p->direct = true;
    p->dev = dev;
}

static void read_items(struct props *props, const struct xml *group)
{
    for (struct xml *x = group->sub; x; x = x->next) {
        if (str_equal(x->name, S("PackageVersion")))
            tell(props, x, false);
        else if (str_equal(x->name, S("GlobalPackageReference")))
            tell(props, x, true);
    }
}

static int nuget_props_read(struct read *in, struct err *err)
{
    struct props props = {.in = in};
    struct xml *root;
    int r = xml_parse(in->a, in->bytes, &root, err);

    if (r < 0)
        return r;
    if (!str_equal(root->name, S("Project")))
        return err_set(err, ERR_FORMAT, "no Project");
    for (struct xml *x = root->sub; x; x = x->next)
        if (str_equal(x->name, S("PropertyGroup")))
            find_properties(&props, x);
    for (struct xml *x = root->sub; x; x = x->next)
        if (str_equal(x->name, S("ItemGroup")))
            read_items(&props, x);
    if (props.loose)
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "%zu packages without an exact version, " STR_FMT, props.loose,
                 STR_ARG(props.example));
    return 0;
}
