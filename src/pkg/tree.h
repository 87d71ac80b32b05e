#ifndef PKG_TREE_H
#define PKG_TREE_H

#include "io/tree.h"
#include "model/reader.h"

/* Parses the file; what is in root lasts as long as in->a. ERR_FORMAT when it is no map. */
int read_tree(struct read *in, enum tree_form form, struct json *root, struct err *err);

/* The same, whatever it is. */
int read_any_tree(struct read *in, enum tree_form form, struct json *root, struct err *err);

#endif
