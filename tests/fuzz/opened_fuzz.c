/* What a child that was taken over could tell of an image. */
#include "fuzz.h"
#include "image/opened.h"

FUZZ(2048)
{
    bool folder = fuzz_byte(&in) & 1;
    struct image im = {.a = a, .fd = -1};
    struct err err = {0};
    int r = opened_unpack(in, folder, &im, &err);

    must_tell(r, err);
    for (size_t i = 0; r == 0 && i < im.layers.len; i++) {
        const struct layer *layer = &im.layers.at[i];

        if (im.shape == SHAPE_ROOT || layer->missing)
            continue;
        must(layer->at + layer->size >= layer->at);
        must(!str_starts(layer->name, S("/")) && !str_starts(layer->name, S("../")) &&
             !fuzz_has_nul(layer->name));
    }
}
