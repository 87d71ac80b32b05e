/* What is JSON can be walked, written, and read again to the same; what is not
 * has a place. */
#include "fuzz.h"
#include "io/json_place.h"

#include "../unit/json_again.h"

static void again(struct str text, struct buf *out)
{
    own_json doc = json_doc_new();
    struct json_write w = {.out = out};
    struct err err = {0};
    struct json root;
    int r = json_parse(doc, text, &root, &err);
    struct json_place place;

    must_tell(r, err);
    if (str_starts(text, S("\xef\xbb\xbf")))
        text = str_from(text, 3);
    must((r < 0) == json_place_find(text, &place));
    if (r == 0)
        json_again(&w, NULL, root);
}

FUZZ(2048)
{
    own(buf) once = {0};
    own(buf) twice = {0};

    again(in, &once);
    if (once.len)
        again(buf_view(&once), &twice);
    must(str_equal(buf_view(&once), buf_view(&twice)));
}
