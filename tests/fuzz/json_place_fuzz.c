/* The place where a text is no JSON lies in it; and text that was cut off before
 * that place is wrong no earlier. */
#include "fuzz.h"
#include "io/json_place.h"

FUZZ(512)
{
    struct json_place place, before;
    struct str rest = in, line = {0};

    if (!json_place_find(in, &place))
        return;
    must(place.line >= 1 && place.column >= 1 && place.what && *place.what);
    for (size_t i = 0; i < place.line && rest.n; i++)
        str_cut(rest, '\n', &line, &rest);
    must(place.column <= line.n + 2);
    if (json_place_find((struct str){in.p, in.n / 2}, &before))
        must(before.line <= place.line);
}
