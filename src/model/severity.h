#ifndef MODEL_SEVERITY_H
#define MODEL_SEVERITY_H

#include "base/str.h"

/* How bad something is, in falling trust: what the distribution says, then the
 * advisory's CVSS (model/cvss.h). Later members are worse. */
enum severity {
    SEVERITY_UNKNOWN,
    SEVERITY_NEGLIGIBLE, /* real, and of no practical matter */
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    SEVERITY_HIGH,
    SEVERITY_CRITICAL,
};

enum { SEVERITIES = SEVERITY_CRITICAL + 1 };

const char *severity_name(enum severity s); /* "high"; "unknown" */

/* Reads a publisher's word, in any case and with blanks around: our own names,
 * and "important" (high), "moderate" (medium), "unimportant", "none", "info"
 * (negligible) and their like. False, and SEVERITY_UNKNOWN in *out, for
 * a word that says nothing: "", "unknown", "not yet assigned", "Sev4". */
bool severity_parse(struct str word, enum severity *out);

/* The rating of a CVSS score in tenths (98 is 9.8), version 20, 30, 31 or 40.
 * 3.0 and later by FIRST's qualitative scale, 0.0 being negligible. For 2.0,
 * which has none, NVD's: below 4.0 low, below 7.0 medium, else high. */
enum severity severity_of_score(int version, int tenths);

#endif
