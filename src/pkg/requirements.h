#ifndef PKG_REQUIREMENTS_H
#define PKG_REQUIREMENTS_H

#include "pkg/pypi.h"

/* Reading a requirements.txt. */
struct requirements {
    struct read *in;
    uint64_t line; /* where the requirement begins */
    bool dev;
    bool open;   /* comments may be about the last package */
    bool via;    /* and go on saying why it is there */
    size_t good; /* lines that make sense */
    struct loose loose;
    struct {
        struct requirements_why *at;
        size_t len, cap;
    } why;
};

/* What the comments of pip-compile and uv say of the last package: "via flask", or a list.
 */
void requirements_comment(struct requirements *r, struct str comment);

/* Makes needs of it. */
void requirements_graph(struct requirements *r);

#endif
