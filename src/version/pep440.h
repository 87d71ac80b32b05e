#ifndef VERSION_PEP440_H
#define VERSION_PEP440_H

#include "base/str.h"

/* The parts of a version of PEP 440, as its "Normalization" has them. */
enum pep440_pre { PEP440_NO_PRE, PEP440_A, PEP440_B, PEP440_RC };

struct pep440 {
    struct str epoch, release; /* "1", "2.0.1" */
    enum pep440_pre pre;
    bool post, dev;
    struct str pre_n, post_n, dev_n; /* digits; none are 0 */
    struct str local;                /* "ubuntu.1", as written */
};

/* White space around it is passed over. False when it is no version. */
bool pep440_parse(struct str v, struct pep440 *out);

/* By epoch, release, pre, post and dev release, and local version. */
int pep440_order(const struct pep440 *a, const struct pep440 *b);

/* The next number of a release, which is cut off; empty behind its end, which is 0. */
struct str pep440_number(struct str *release);
int pep440_compare_release(struct str a, struct str b);

struct str pep440_trim(struct str s);

int pep440_in_range(struct str range, struct str v);

#endif
