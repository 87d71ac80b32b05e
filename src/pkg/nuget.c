#include "pkg/nuget.h"

#include "base/own.h"
#include "model/graph.h"

struct package *nuget_add_parts(struct read *in, struct str name, struct str version,
                                uint64_t line)
{
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, line, name, version);
        return NULL;
    }
    p = read_add(in, "nuget", name, version);
    p->line = line;
    p->key = str_lower(in->a, name);
    return p;
}

struct package *nuget_add(struct read *in, struct str name_version, uint64_t line)
{
    struct str name, version = {0};

    str_cut(name_version, '/', &name, &version);
    return nuget_add_parts(in, name, version, line);
}

void nuget_needs(struct arena *a, struct package *p, struct json map)
{
    own(buf) needs = {0};
    struct json value;
    struct str name;

    for (struct json_each e = json_each(map); json_next(&e, &name, &value);)
        needs_add(&needs, str_lower(a, name));
    p->needs = buf_keep(a, &needs);
}
