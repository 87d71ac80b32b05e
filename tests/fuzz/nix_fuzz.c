/* The database of a Nix store behind its log: two pieces. */
#include "model/nix_store.h"
#include "reader.h"

FUZZ(32768)
{
    struct str wal = fuzz_piece(&in);
    struct read read = {
        .path = S("nix/var/nix/db/db.sqlite"), .bytes = in, .beside = wal, .a = a};
    struct nix_store store;

    reader_run(&pkg_nix, &read);
    for (size_t i = 0; i < read.packages.len; i++)
        must(nix_store_parse(read.packages.at[i].path, &store));
}
