/* Every form gives the same face: each value of it has a line of the text, and can be
 * written and read again. The first byte says which form. */
#include "fuzz.h"
#include "io/tree.h"

#ifndef FUZZ_NAME
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) /* as in yaml_fuzz.c */
{
    return "leak:libfyaml";
}
#endif

/* As many as there can be: YAML ends lines with CR, NEL, LS and PS, too. */
static uint64_t lines_of(struct str text)
{
    uint64_t n = 1;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n' || text.p[i] == '\r' || (text.p[i] & 0x80);
    return n;
}

static void walk(struct json v, uint64_t most, unsigned depth)
{
    struct json one;

    must(depth <= JSON_DEPTH_MAX + 1);
    must(json_line(v) <= most);
    if (json_kind(v) != JSON_LIST && json_kind(v) != JSON_MAP)
        return;
    for (struct json_each e = json_each(v); json_next(&e, NULL, &one);)
        walk(one, most, depth + 1);
}

FUZZ(2048)
{
    own_json doc = json_doc_new();
    struct err err = {0};
    struct json root;
    enum tree_form form = in.n ? (enum tree_form)(in.p[0] & 3) : TREE_JSON;
    struct str text = str_from(in, 1);
    int r = tree_parse(doc, form, text, &root, &err);

    must_tell(r, err);
    if (r == 0)
        walk(root, lines_of(text) + 1, 0);
}
