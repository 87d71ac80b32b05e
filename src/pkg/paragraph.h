#ifndef PKG_PARAGRAPH_H
#define PKG_PARAGRAPH_H

#include "base/str.h"

#include <stdint.h>

/* RFC 822 paragraphs as Debian writes them (deb-control(5), "Syntax"): fields
 * "Name: value", continued on lines that begin with a blank, an empty line
 * between paragraphs, names in any case. */
struct paragraphs {
    struct str rest;
    uint64_t line; /* of the last line that was read, from 1 */
};

struct field {
    struct str name;  /* as written */
    struct str value; /* first line, trimmed */
    struct str more;  /* the lines that continue it, with their blanks; may be empty */
    uint64_t line;
};

/* 1: a field; 2: the paragraph ended here; 0: no more text; -1: a line that is
 * neither (field->line, its text in field->name), passed over. A last paragraph without
 * an empty line behind it is ended all the same. */
int paragraph_next(struct paragraphs *p, struct field *field);

/* Its value with the lines that continue it: "a,\n b". */
struct str field_whole(const struct field *f);

/* Is the field called so, in whatever case? */
bool field_is(const struct field *f, struct str name);

#endif
