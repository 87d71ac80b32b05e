/* CVSS vectors: a score is between 0.0 and 10.0, and has the rating of its version. */
#include "fuzz.h"
#include "model/cvss.h"

FUZZ(256)
{
    struct err err = {0};
    struct cvss c;
    int r = cvss_score(in, &c, &err);

    must_tell(r, err);
    must(r < 0 || (c.score >= 0 && c.score <= 100 && c.version >= 20 && c.version <= 40));
    must(r < 0 || c.severity != SEVERITY_UNKNOWN);
}
