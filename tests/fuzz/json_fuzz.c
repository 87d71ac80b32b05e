/* What is JSON can be walked, written, and read again to the same; what is not
 * has a place. Seeds: tests/data/json.data. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "io/json_place.h"

#include "../unit/json_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void again(struct str text, struct buf *out)
{
    own_json doc = json_doc_new();
    struct json_write w = {.out = out};
    struct err err = {0};
    struct json root;
    int r = json_parse(doc, text, &root, &err);
    struct json_place place;

    if (str_starts(text, S("\xef\xbb\xbf")))
        text = str_from(text, 3);
    if (r != ERR_LIMIT && (r < 0) != json_place_find(text, &place))
        abort();
    if (r == 0)
        json_again(&w, NULL, root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    own(buf) once = {0};
    own(buf) twice = {0};

    again((struct str){(const char *)data, n}, &once);
    if (once.len)
        again(buf_view(&once), &twice);
    if (!str_equal(buf_view(&once), buf_view(&twice)))
        abort();
    return 0;
}
