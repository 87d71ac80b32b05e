#include "model/advisory.h"

const char *status_name(enum status s)
{
    static const char *const names[] = {
        [STATUS_AFFECTED] = "affected",
        [STATUS_WILL_NOT_FIX] = "will-not-fix",
        [STATUS_POSTPONED] = "postponed",
        [STATUS_END_OF_LIFE] = "end-of-life",
        [STATUS_INVESTIGATING] = "under-investigation",
        [STATUS_NOT_AFFECTED] = "not-affected",
    };

    return names[s];
}
