/* An archive of any bytes, opened as an image. */
#include "fuzz.h"
#include "image/image.h"
#include "memory_file.h"
#include "tar_mend.h"

FUZZ(16384)
{
    static const char *const schemes[] = {"", "",
                                          "docker-archive:", "oci-archive:", "tar:"};
    own(memory_file) file = memory_file_of(in);
    own_image im = NULL;
    struct err err = {0};
    struct str source = str_printf(
        a, "%s%s", schemes[in.n % (sizeof schemes / sizeof *schemes)], file.path);
    int r = image_open(a, source, &(struct image_options){0}, &im, &err);

    must_tell(r, err);
}
