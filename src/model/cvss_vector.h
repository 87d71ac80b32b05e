#ifndef MODEL_CVSS_VECTOR_H
#define MODEL_CVSS_VECTOR_H

#include "base/str.h"

struct err;

/* The pieces cvss.c is made of; nobody else needs them. */

/* One metric of one version. */
struct cvss_metric {
    const char *name;   /* "AV" */
    const char *values; /* "N A L P"; "X" or "ND" comes first where it may be left out */
    double weight[6];   /* of the values, in that order; unused in 4.0 */
};

enum {
    CVSS_METRICS_MAX = 32,
    CVSS_REQUIRED_2 = 6,
    CVSS_REQUIRED_3 = 8,
    CVSS_REQUIRED_4 = 11
};

/* The metrics of a version, mandatory ones first. The score is in tenths and
 * gets the index of each metric's value, in the order of the table. */
struct cvss_version {
    const char *prefix; /* "CVSS:3.1/" */
    int number;         /* 31 */
    const struct cvss_metric *metrics;
    size_t count, required;
    int (*score)(const int *value);
};

extern const struct cvss_version cvss_2_0, cvss_3_0, cvss_3_1, cvss_4_0;

#endif
