/* packages.config, of NuGet before packages were named in projects, XML:
 *     <packages>
 *       <package id="Newtonsoft.Json" version="12.0.3" targetFramework="net48"
 *                developmentDependency="true"/>
 *     </packages>
 * learn.microsoft.com/nuget/reference/packages-config. All of them are listed, those that
 * others brought, too. */
#include "base/err.h"
#include "io/xml.h"
#include "pkg/nuget.h"

static const struct want wants[] = {
    {WANT_NAME, "packages.config"},
    {0},
};

static int nuget_config_read(struct read *in, struct err *err);

const struct reader pkg_nuget_config = {
    .name = "nuget_config",
    .title = ".NET: packages.config",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = nuget_config_read,
};

static int nuget_config_read(struct read *in, struct err *err)
{
    struct xml *root;
    int r = xml_parse(in->a, in->bytes, &root, err);

    if (r < 0)
        return r;
    if (!str_equal(root->name, S("packages")))
        return err_set(err, ERR_FORMAT, "no list of packages");
    for (struct xml *x = root->sub; x; x = x->next) {
        struct package *p;

        if (!str_equal(x->name, S("package")))
            continue;
        p = nuget_add_parts(in, xml_attr(x, S("id")), xml_attr(x, S("version")), x->line);
        if (p)
            p->dev = str_equal(xml_attr(x, S("developmentDependency")), S("true"));
    }
    return 0;
}
