#include "report/report.h"

const struct report *const reports[] = {
#define REPORT(name) &report_##name,
#include "report/list.def"
#undef REPORT
    NULL,
};

const struct report *report_find(struct str name)
{
    for (const struct report *const *r = reports; *r; r++)
        if (str_equal(name, str_of((*r)->name)))
            return *r;
    return NULL;
}

bool report_lists(const struct report_style *style, const struct finding *f)
{
    return f->severity >= style->at_least && (!style->only_fixed || f->fixed.n);
}
