#ifndef IO_XML_H
#define IO_XML_H

#include "base/arena.h"
#include "base/str.h"
#include "io/budget.h"

struct err;

/* XML, read by expat into a tree: pom.xml, packages.config, Directory.Packages.props. A
 * DOCTYPE is refused whatever is in it, so there are no entities but the five of XML, and
 * nothing is ever fetched. Names are as written, prefixes included; white space around the
 * text of an element is gone, and so are comments. */
struct xml_attr {
    struct str name, value;
};

struct xml {
    struct str name;
    struct str text; /* all of its own, put together */
    struct xml_attr *attrs;
    size_t attrs_len;
    uint64_t line;          /* from 1 */
    struct xml *next, *sub; /* the one behind it; the first inside */
};

/* The root element, in a. UTF-8, UTF-16 and Latin-1. ERR_FORMAT with line and column;
 * ERR_LIMIT: deeper than 128, more than a million elements. */
int xml_parse(struct arena *a, struct str text, struct xml **root, struct err *err);

/* The first inside x that is called so, NULL when there is none or x is NULL. */
struct xml *xml_get(const struct xml *x, struct str name);
struct str xml_text(const struct xml *x, struct str name); /* its text, or empty */
struct str xml_attr(const struct xml *x, struct str name); /* of x itself */

#endif
