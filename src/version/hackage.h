#ifndef VERSION_HACKAGE_H
#define VERSION_HACKAGE_H

#include "base/str.h"

/* Between the files of the scheme hackage; what they do is said in version.h. */
bool hackage_number(struct str word); /* one of a version's */
bool hackage_valid(struct str v);
int hackage_compare(struct str a, struct str b);
int hackage_in_range(struct str range, struct str v); /* hackage_range.c */

#endif
