#ifndef PKG_NIX_H
#define PKG_NIX_H

#include "model/reader.h"

struct nix_store;

/* A Nix store, inside pkg/ only. */

/* Adds the package that a path of the store is of. */
struct package *nix_add(struct read *in, const struct nix_store *s);

/* Those that its database knows, each name and version once, and what they need: keys are
 * the numbers of paths. ERR_FORMAT, ERR_LIMIT. */
int nix_database(struct read *in, struct err *err);

#endif
