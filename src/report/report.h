#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"
#include "model/result.h"

/* How a report should look; formats ignore what does not concern them. */
struct report_style {
    bool colour;
    unsigned width;         /* columns of the terminal; 0: as wide as it gets */
    enum severity at_least; /* findings below this are counted, not listed */
    bool only_fixed;
    bool wide_unicode; /* the terminal shows UTF-8 */
};

/* One output format. To add one: write src/report/NAME.c, add REPORT(NAME) to
 * list.def, and a case to tests/cases/. */
struct report {
    const char *name;  /* "table": the word behind -o */
    const char *title; /* for help */
    void (*write)(const struct result *r, const struct report_style *style,
                  struct buf *out);
};

#define REPORT(name) extern const struct report report_##name;
#include "report/list.def"
#undef REPORT

/* All formats, NULL at the end, in list.def order. */
extern const struct report *const reports[];

const struct report *report_find(struct str name); /* NULL when there is none */

/* The members of a package as JSON has them everywhere, between the brackets
 * that the caller writes. */
struct json_write;
void report_package_json(struct json_write *w, const struct result *r,
                         const struct package *p);

/* Does the style list this finding? */
bool report_lists(const struct report_style *style, const struct finding *f);

#endif
