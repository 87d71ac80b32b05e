#ifndef PKG_RELATION_H
#define PKG_RELATION_H

#include "base/buf.h"

/* What a Debian control file says of other packages (Debian Policy, chapter 7), which
 * opkg writes too: a list between commas, of which each may be one of several.
 *
 *     Depends: libc6 (>= 2.34), python3:any, mawk | gawk [!hurd-i386] */

/* Adds the names alone, as needs_add packs them: "libc6", "python3", "mawk|gawk". */
void relations_add(struct buf *out, struct str list);

#endif
