#ifndef PKG_NUGET_H
#define PKG_NUGET_H

#include "pkg/tree.h"

/* What the readers of .NET's files share. */

/* "Newtonsoft.Json/12.0.3"; NULL, and a note, when it is not of that form. Its key is the
 * name in lower case, as names of NuGet have no case. */
struct package *nuget_add(struct read *in, struct str name_version, uint64_t line);
struct package *nuget_add_parts(struct read *in, struct str name, struct str version,
                                uint64_t line);

/* {"Newtonsoft.Json": ...}: what it needs. */
void nuget_needs(struct arena *a, struct package *p, struct json map);

#endif
