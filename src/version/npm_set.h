#ifndef VERSION_NPM_SET_H
#define VERSION_NPM_SET_H

#include "version/npm.h"

/* The conditions between two "||", as they are read. What they say of the version is
 * all that is kept. */
struct npm_set {
    const struct npm_version *v;
    bool in;  /* all held so far */
    bool any; /* none said anything */
    bool pre; /* one of them names a pre-release of the very version v is one of */
};

/* Reads one condition without blanks: "^1.2", ">=1.2.3-rc.1", "1.x", "". False when it
 * is none. */
bool npm_condition(struct npm_set *set, struct str text);

/* Reads "1.2 - 2.3.4", all of it: 1; 0 when it is not of this form, -1 when it is but
 * says nothing. Builds may stand behind the versions. */
int npm_hyphen(struct npm_set *set, struct str text);

/* Cuts "+a.b" off the front, over and over. */
void npm_skip_builds(struct str *s);

#endif
