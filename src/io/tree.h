#ifndef IO_TREE_H
#define IO_TREE_H

#include "io/json.h"

/* Lock files and manifests come as JSON, YAML or TOML: one face for all, io/json.h, and
 * json_line tells where each value stands. */
enum tree_form {
    TREE_JSON,
    TREE_JSONC, /* with comments, and commas behind the last item */
    TREE_YAML,  /* the first document of the text */
    TREE_TOML,
};

/* Parses text into doc, which may be used again. ERR_FORMAT and ERR_LIMIT say line and
 * column. Nothing at all is JSON's and TOML's matter; of YAML it is the value null. */
int tree_parse(struct json_doc *doc, enum tree_form form, struct str text,
               struct json *root, struct err *err);

#endif
