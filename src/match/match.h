#ifndef MATCH_MATCH_H
#define MATCH_MATCH_H

#include "advisory/advisory.h"
#include "base/arena.h"
#include "model/distro.h"
#include "model/finding.h"
#include "model/note.h"
#include "model/result.h"
#include "version/version.h"

/* ---- one statement against one version ---- */

/* Does the statement say that this version is affected? By its ranges and its
 * list of versions, as the OSV schema defines ("Evaluation"); ranges are
 * ordered by `scheme`, or by SemVer when they say so. *fixed is the event that
 * ends the range the version is in, empty when none does.
 * ERR_FORMAT when the version, or a border that matters, is not of the scheme. */
int match_affects(const struct statement *s, const struct version_scheme *scheme,
                  struct str version, bool *affected, struct str *fixed, struct err *err);

/* ---- all packages of a scan ---- */

/* Which of a distribution's ways applies to a package, or that of its language: the key
 * its advisories are kept under, the name and the version they speak of. */
struct subject {
    const struct ecosystem *language; /* NULL for packages of a distribution */
    struct str ecosystem, name, version;
    const struct version_scheme *scheme;
};

/* False for packages that no advisory source is asked about. */
bool match_subject(struct arena *a, const struct package *p, const struct distro *distro,
                   struct subject *out);

/* Adds to `result` the findings about its packages, sorted (severity falling,
 * package, id), and for each kind of packages whether they were judged. db may
 * be NULL: then nothing is judged. A statement that cannot be evaluated is a
 * note, and so is a shard that cannot be read. */
void match_packages(struct arena *a, struct db *db, struct result *result);

#endif
