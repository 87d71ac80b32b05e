#include "model/cpe.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/own.h"

#include <ctype.h>
#include <string.h>

struct str cpe_write(struct arena *a, struct str product, struct str version)
{
    own(buf) out = {0};

    buf_printf(&out, "cpe:2.3:a:" STR_FMT ":", STR_ARG(product));
    for (size_t i = 0; i < version.n; i++) {
        char c = version.p[i];

        if (!isalnum((unsigned char)c) && !(c && strchr("_-.", c)))
            buf_char(&out, '\\');
        buf_char(&out, (char)tolower((unsigned char)c));
    }
    buf_str(&out, S(":*:*:*:*:*:*:*"));
    return buf_keep(a, &out);
}
