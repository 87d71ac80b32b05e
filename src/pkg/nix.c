/* Packages in a Nix store: NixOS, images that Nix made or that Nix installed into. Each is
 * a folder whose name says what it is (model/nix_store.h):
 *
 *     /nix/store/c6q2knfmyi9xl0m9vhc0wqj1v6xl0b0r-openssl-3.0.13-bin/
 *
 * and where Nix itself runs in the image, its database knows them, too, and what each
 * needs: nix_db.c. Images made by dockerTools of nixpkgs have the folders alone. What a
 * package was parted into (outputs bin, dev, lib...), and builds of it that differ, are one
 * package here. nix path-info and nix-store --query are the reference. */
#include "pkg/nix.h"

#include "model/nix_store.h"

static bool is_package(struct str path);

static const struct want wants[] = {
    {WANT_PATH, "nix/var/nix/db/db.sqlite", "-wal"},
    {WANT_FOLDER, "nix/store", .only = is_package},
    {0},
};

static int nix_read(struct read *in, struct err *err);

const struct reader pkg_nix = {
    .name = "nix",
    .title = "packages in a Nix store",
    .checked = "nix path-info, nix-store --query",
    .version = 1,
    .database = true,
    .wants = wants,
    .read = nix_read,
};

static bool is_package(struct str path)
{
    struct nix_store s;

    return nix_store_parse(path, &s);
}

struct package *nix_add(struct read *in, const struct nix_store *s)
{
    struct package *p = read_add(in, "nix", s->name, s->version);

    p->realm = S("nix store");
    p->path = s->path;
    return p;
}

static int nix_read(struct read *in, struct err *err)
{
    struct nix_store s;

    if (!nix_store_parse(in->path, &s))
        return nix_database(in, err);
    nix_add(in, &s);
    return 0;
}
