#include "pkg/relation.h"

#include "base/own.h"
#include "model/graph.h"

#include <string.h>

/* " python3:any (>= 3.5) [amd64]" -> python3 */
static struct str name_of(struct str relation)
{
    struct str name = str_trim(relation);

    for (size_t i = 0; i < name.n; i++)
        if (strchr(" \t\r\n(:[<", name.p[i]))
            name.n = i;
    return name;
}

void relations_add(struct buf *out, struct str list)
{
    own(buf) key = {0};
    struct str relation, one;

    while (list.n) {
        str_cut(list, ',', &relation, &list);
        key.len = 0;
        while (relation.n) {
            str_cut(relation, '|', &one, &relation);
            one = name_of(one);
            if (one.n && key.len)
                buf_char(&key, '|');
            buf_str(&key, one);
        }
        if (key.len)
            needs_add(out, buf_view(&key));
    }
}
