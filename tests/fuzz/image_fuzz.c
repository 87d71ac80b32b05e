/* An archive of any bytes, opened as an image; and what the child that does it would
 * tell its parent is what the parent takes it for. */
#include "fuzz.h"
#include "image/manifest.h"
#include "image/opened.h"
#include "memory_file.h"
#include "tar_mend.h"

FUZZ(16384)
{
    static const struct str schemes[] = {S(""), S(""), S("docker-archive"),
                                         S("oci-archive"), S("tar")};
    own(memory_file) file = memory_file_of(in);
    struct image im = {.a = a, .fd = file.fd}, taken = {.a = a, .fd = -1};
    struct str scheme = schemes[in.n % (sizeof schemes / sizeof *schemes)];
    struct err err = {0}, again = {0};
    own(buf) told = {0};
    int r = image_read(&im, scheme, S(""), &(struct image_options){0}, NULL, &err);

    must_tell(r, err);
    opened_pack(&told, &im, &err);
    must(opened_unpack(buf_view(&told), false, &taken, &again) == r);
    must(r < 0 || (taken.layers.len == im.layers.len && taken.notes.len == im.notes.len));
}
