#include "model/finding.h"

const char *finding_kind_name(enum finding_kind k)
{
    static const char *const names[] = {[FINDING_VULNERABILITY] = "vulnerability"};

    return names[k];
}
