#ifndef MODEL_CVSS_H
#define MODEL_CVSS_H

#include "base/str.h"
#include "model/severity.h"

struct err;

/* A score of the Common Vulnerability Scoring System, versions 2.0, 3.0, 3.1
 * and 4.0, computed from the vector as FIRST's specifications say
 * (https://www.first.org/cvss). */
struct cvss {
    int version; /* 20, 30, 31, 40 */
    int score;   /* in tenths: 98 is 9.8 */
    enum severity severity;
};

/* "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", or the bare form of 2.0,
 * "AV:N/AC:L/Au:N/C:P/I:P/A:P", with or without brackets around it.
 *
 * The score takes in all that the vector says: the base metrics; the temporal
 * (threat) ones when there are any; the environmental ones when there are any.
 * Metrics may come in any order, since publishers write them so, though 4.0
 * prescribes one. The supplemental metrics of 4.0 are checked and weigh nothing.
 *
 * ERR_FORMAT names the metric that is unknown, repeated, missing, or has a
 * value it cannot have; ERR_UNSUPPORTED is a version that is not among those. */
int cvss_score(struct str vector, struct cvss *out, struct err *err);

#endif
