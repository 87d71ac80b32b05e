/* The config of an image, put over three layers. */
#include "fuzz.h"
#include "image/manifest.h"

FUZZ(4096)
{
    struct image im = {.a = a, .fd = -1};
    struct err err = {0};
    int r;

    for (int i = 0; i < 3; i++)
        *arena_push(a, &im.layers) = (struct layer){.name = S("layer")};
    r = image_take_config(&im, in, (struct str){0}, &err);
    must_tell(r, err);
    must(im.layers.len == 3);
}
