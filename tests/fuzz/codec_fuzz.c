/* Records of the database: what can be decoded, and is encoded again, decodes to
 * the same. The first byte says which kind. */
#include "advisory/codec.h"

#include "fuzz.h"

static bool again(struct arena *a, bool is_statement, struct str bytes, struct buf *out)
{
    struct statement s;
    struct vulnerability v;

    if (is_statement && statement_unpack(a, bytes, &s))
        statement_pack(out, &s);
    else if (!is_statement && vulnerability_unpack(a, bytes, &v)) {
        vulnerability_pack(out, &v);
        vulnerability_fold(a, &v, &v);
    } else
        return false;
    return true;
}

FUZZ(512)
{
    bool is_statement = fuzz_byte(&in) % 2;
    own(buf) once = {0};
    own(buf) twice = {0};

    if (!again(a, is_statement, in, &once))
        return;
    must(again(a, is_statement, buf_view(&once), &twice));
    must(str_equal(buf_view(&once), buf_view(&twice)));
}
