#ifndef PKG_CPAN_H
#define PKG_CPAN_H

#include "base/str.h"

/* "Try-Tiny-0.31": Try-Tiny, 0.31; "Beta-v2.3.1-TRIAL": Beta, v2.3.1-TRIAL. False when
 * there is no name or no version in it. */
bool cpan_dist(struct str dist, struct str *name, struct str *version);

#endif
