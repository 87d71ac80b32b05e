#include "model/package.h"

void package_file_pack(struct buf *b, const struct package_file *file)
{
    pack_str(b, file->path);
    pack_str(b, file->algorithm);
    pack_str(b, file->digest);
    pack_u64(b, file->config);
}

bool package_file_next(struct unpack *u, struct package_file *file)
{
    if (unpack_end(u))
        return false;
    file->path = unpack_str(u);
    file->algorithm = unpack_str(u);
    file->digest = unpack_str(u);
    file->config = unpack_u64(u) != 0;
    return !u->bad;
}

struct str package_source(const struct package *p)
{
    return p->source.n ? p->source : p->name;
}

struct str package_source_version(const struct package *p)
{
    return p->source_version.n ? p->source_version : p->version;
}
