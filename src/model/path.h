#ifndef MODEL_PATH_H
#define MODEL_PATH_H

#include "base/arena.h"
#include "base/str.h"

/* Paths inside an image are relative to its root, without "." and "..", and
 * without a slash in front or behind: "usr/lib/os-release". The root is "". */

/* Cleans a path as an archive writes it ("./usr//lib/") into the arena or, if
 * it is clean already, returns it as it is. False for one that leaves the root
 * or holds a NUL byte: nothing of that name can be in an image. */
bool path_clean(struct arena *a, struct str raw, struct str *out);

struct str path_dir(struct str path);  /* "usr/lib"; "" for a name in the root */
struct str path_base(struct str path); /* "os-release" */
struct str path_join(struct arena *a, struct str dir, struct str name);

#endif
