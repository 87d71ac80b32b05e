#ifndef PKG_TAG_H
#define PKG_TAG_H

#include "base/str.h"

/* Whether a tag of a repository is a version, and which: "v4.1.1" and "4.1.1-beta" are;
 * "v4" may be moved to the next 4.x, "main" is a branch. What is behind a blank does not
 * count. */
bool tag_version(struct str tag, struct str *version);

#endif
