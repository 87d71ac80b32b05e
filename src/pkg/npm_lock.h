#ifndef PKG_NPM_LOCK_H
#define PKG_NPM_LOCK_H

#include "pkg/js.h"

/* The packages of lockfileVersion 1: a map of name to package, nested. */
void npm_lock_v1(struct js_lock *lock, struct js_place *top, struct json dependencies);

#endif
