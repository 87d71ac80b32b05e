#ifndef VERSION_MAVEN_H
#define VERSION_MAVEN_H

#include "base/str.h"

/* Between the files of the scheme maven; what they do is said in version.h. */
bool maven_valid(struct str v);
int maven_compare(struct str a, struct str b);
int maven_in_range(struct str range, struct str v); /* maven_range.c */

#endif
