#include "pkg/tree.h"

#include "base/err.h"

static void free_doc(void *at, size_t size)
{
    (void)size;
    json_doc_free(at);
}

int read_any_tree(struct read *in, enum tree_form form, struct json *root, struct err *err)
{
    struct json_doc *doc = json_doc_new();

    arena_adopt(in->a, doc, 0, free_doc);
    return tree_parse(doc, form, in->bytes, root, err);
}

int read_tree(struct read *in, enum tree_form form, struct json *root, struct err *err)
{
    int r = read_any_tree(in, form, root, err);

    if (r < 0)
        return r;
    if (json_kind(*root) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "no map of keys and values");
    return 0;
}
