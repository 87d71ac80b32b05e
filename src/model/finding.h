#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

#include "base/str.h"
#include "model/advisory.h"
#include "model/graph.h"
#include "model/package.h"
#include "model/severity.h"

/* Whatever lotse has to tell is one of these; every report format, gate and
 * door works on this one noun. */
enum finding_kind { FINDING_VULNERABILITY };

const char *finding_kind_name(enum finding_kind k); /* "vulnerability" */

struct finding {
    enum finding_kind kind;
    struct str id;              /* CVE id when there is one */
    struct str_list aliases;    /* GHSA, GO, PYSEC ... ids of the same thing */
    struct str_list advisories; /* records that say so: "ALSA-2022:1814" */
    struct str title;
    enum severity severity;
    int cvss; /* base score in tenths, -1 when no vector is known */
    int risk; /* 0 to 100 */
    const struct package *package;
    struct way_list ways; /* by which the package came in, see model/graph.h */
    enum status status;
    struct str fixed;   /* first version without it; empty when there is none */
    struct str upgrade; /* first version of the package without any finding that has a
                         * fix; empty when none has */
    const struct vulnerability *detail; /* NULL when the database has no text on it */
};

struct finding_list {
    struct finding *at;
    size_t len, cap;
};

#endif
