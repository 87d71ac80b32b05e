/* Whatever text is written is JSON, and read again it is the same, but for bytes
 * that were not UTF-8. */
#include "fuzz.h"
#include "io/json.h"
#include "io/json_write.h"
#include "io/utf8.h"

static bool is_utf8(struct str s)
{
    for (size_t n; s.n; s = str_from(s, n))
        if (!(n = utf8_length(s)))
            return false;
    return true;
}

FUZZ(256)
{
    own_json doc = json_doc_new();
    own(buf) out = {0};
    struct json_write w = {.out = &out, .flat = in.n % 2};
    struct err err = {0};
    struct json root, back;

    json_open(&w, '[');
    json_put_str(&w, NULL, in);
    json_open(&w, '{');
    json_put_some(&w, "text", in);
    json_put_i64(&w, "n", (int64_t)in.n);
    json_close(&w, '}');
    json_close(&w, ']');
    must(json_parse(doc, buf_view(&out), &root, &err) == 0);
    must(json_len(root) == 2);
    for (struct json_each e = json_each(root); json_next(&e, NULL, &back);)
        if (json_kind(back) == JSON_STRING) {
            must(is_utf8(json_str(back)));
            must(!is_utf8(in) || str_equal(json_str(back), in));
        }
}
