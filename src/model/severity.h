#ifndef MODEL_SEVERITY_H
#define MODEL_SEVERITY_H

#include "base/str.h"

/* How bad it is, in words: the publisher's own, or by CVSS score. */
enum severity {
    SEVERITY_UNKNOWN,
    SEVERITY_NEGLIGIBLE,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    SEVERITY_HIGH,
    SEVERITY_CRITICAL,
};

const char *severity_name(enum severity s); /* "critical" */

/* Any publisher's word for it, in any case: "Important" is high, "moderate"
 * medium, "unimportant" and "none" negligible. SEVERITY_UNKNOWN for others. */
enum severity severity_parse(struct str word);

#endif
