#ifndef IMAGE_CHECKOUT_H
#define IMAGE_CHECKOUT_H

#include "base/str.h"

#include <stddef.h>

/* Which folders of a source tree are not entered: those of version control, and those
 * into which a package manager puts what a lock file beside them, or further up, lists
 * already. Without such a file they are all there is to go by, and are read. */

/* What the names of a folder add to what is known from the folders above: which kinds of
 * lock files there are. A bit set; 0 to begin with. */
unsigned checkout_locks(unsigned above, char *const *names, size_t len);

bool checkout_leaves_out(unsigned locks, struct str name);

#endif
