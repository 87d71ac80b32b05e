#ifndef MODEL_NIX_STORE_H
#define MODEL_NIX_STORE_H

#include "base/str.h"

/* What the folders of a Nix store are called. */
struct nix_store {
    struct str path;    /* "nix/store/HASH-openssl-3.0.13-bin" */
    struct str hash;    /* of what it was built from: 32 letters and digits */
    struct str name;    /* "openssl" */
    struct str version; /* "3.0.13" */
    struct str output;  /* "bin", empty for the main one */
};

/* Of the folder itself or anything in it, below the root of the image. False when that is
 * no package: outside of the store, without a version, or something that builds need
 * (sources, patches, derivations), or that joins packages (wrappers, environments). */
bool nix_store_parse(struct str path, struct nix_store *out);

#endif
