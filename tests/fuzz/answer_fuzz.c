/* What a child that reads layers could answer. */
#include "image/answer.h"

#include "fuzz.h"

FUZZ(1024)
{
    struct str rest = in;
    struct answer_part part;

    while (answer_next(&rest, &part)) {
        must(rest.n <= in.n && (!rest.n || rest.p + rest.n == in.p + in.n));
        must(part.error.n <= in.n && part.facts.n <= in.n);
        must(strlen(part.digest) < DIGEST_TEXT);
    }
}
