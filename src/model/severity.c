#include "model/severity.h"

#include <strings.h>

static const char *const names[] = {
    [SEVERITY_UNKNOWN] = "unknown", [SEVERITY_NEGLIGIBLE] = "negligible",
    [SEVERITY_LOW] = "low",         [SEVERITY_MEDIUM] = "medium",
    [SEVERITY_HIGH] = "high",       [SEVERITY_CRITICAL] = "critical",
};

static const struct {
    const char *word;
    enum severity severity;
} words[] = {
    {"critical", SEVERITY_CRITICAL},
    {"high", SEVERITY_HIGH},
    {"important", SEVERITY_HIGH}, /* Red Hat, SUSE, Amazon, Microsoft */
    {"medium", SEVERITY_MEDIUM},
    {"moderate", SEVERITY_MEDIUM}, /* Red Hat, SUSE, GitHub */
    {"low", SEVERITY_LOW},
    {"negligible", SEVERITY_NEGLIGIBLE},  /* Ubuntu */
    {"unimportant", SEVERITY_NEGLIGIBLE}, /* Debian */
    {"none", SEVERITY_NEGLIGIBLE},        /* CVSS 3 and 4: a score of 0.0 */
    {"info", SEVERITY_NEGLIGIBLE},
    {"informational", SEVERITY_NEGLIGIBLE},
};

const char *severity_name(enum severity s)
{
    return names[s];
}

bool severity_parse(struct str word, enum severity *out)
{
    word = str_trim(word);
    *out = SEVERITY_UNKNOWN;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct str known = str_of(words[i].word);

        if (known.n == word.n && strncasecmp(known.p, word.p, word.n) == 0) {
            *out = words[i].severity;
            return true;
        }
    }
    return false;
}

enum severity severity_of_score(int version, int tenths)
{
    if (version < 30)
        return tenths < 40 ? SEVERITY_LOW : tenths < 70 ? SEVERITY_MEDIUM : SEVERITY_HIGH;
    if (tenths <= 0)
        return SEVERITY_NEGLIGIBLE;
    if (tenths < 40)
        return SEVERITY_LOW;
    if (tenths < 70)
        return SEVERITY_MEDIUM;
    return tenths < 90 ? SEVERITY_HIGH : SEVERITY_CRITICAL;
}
