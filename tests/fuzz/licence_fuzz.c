/* What is declared as a licence: what comes of it is an expression that stays as it is. */
#include "fuzz.h"
#include "model/licence.h"

FUZZ(512)
{
    struct str said = licence_spdx(a, in);

    must(str_equal(licence_spdx(a, said), said));
}
