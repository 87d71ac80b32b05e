#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/arena.h"
#include "report/report.h"

/* The table while it is being written: table.c has the findings, table_about.c
 * what was looked at. */
struct table {
    struct arena a;
    const struct result *r;
    const struct report_style *style;
    struct buf *out;
};

/* Begin and end of a colour, an SGR code as "1;31"; nothing without colours. */
void table_colour(struct table *t, const char *code);
void table_plain(struct table *t);

/* The head: what was scanned, which distribution, how long it is cared for. */
void table_put_target(struct table *t);

/* The end: what was judged and what not, what was not read, the data used. */
void table_put_about(struct table *t);

#endif
