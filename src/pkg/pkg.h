#ifndef PKG_PKG_H
#define PKG_PKG_H

#include "model/reader.h"
#include "pkg/pom.h"
#include "pkg/programs.h"

/* Every reader of package databases, lock files and what tells the
 * distribution. To add one: tools/new pkg NAME, which writes src/pkg/NAME.c, adds
 * PKG(NAME) to list.def, and lays out tests/data/pkg/NAME/. */
#define PKG(name) extern const struct reader pkg_##name;
#include "pkg/list.def"
#undef PKG

/* All of them, NULL at the end, in list.def order. */
extern const struct reader *const pkg_readers[];

/* Those that look for things anywhere, and not in one place of a root: what source code
 * is read with. */
extern const struct reader *const *pkg_readers_checkout(void);

/* All of them, and the one that misbehaves (selftest.c). */
extern const struct reader *const pkg_readers_selftest[];

/* Gives packages the files that were told apart from them (info/NAME.list). */
void pkg_join_owned(struct arena *a, struct package_list *packages,
                    const struct owned_list *owned);

#endif
