#ifndef PKG_YARN_LOCK_H
#define PKG_YARN_LOCK_H

#include "pkg/js.h"

/* yarn.lock since Yarn 2, which is YAML. */
int yarn_berry(struct read *in, struct err *err);

#endif
