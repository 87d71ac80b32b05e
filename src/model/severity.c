#include "model/severity.h"

#include <strings.h>

static const char *const names[] = {
    [SEVERITY_UNKNOWN] = "unknown", [SEVERITY_NEGLIGIBLE] = "negligible",
    [SEVERITY_LOW] = "low",         [SEVERITY_MEDIUM] = "medium",
    [SEVERITY_HIGH] = "high",       [SEVERITY_CRITICAL] = "critical",
};

/* What others say for it. */
static const struct {
    const char *word;
    enum severity severity;
} words[] = {
    {"important", SEVERITY_HIGH},
    {"moderate", SEVERITY_MEDIUM},
    {"unimportant", SEVERITY_NEGLIGIBLE},
    {"none", SEVERITY_NEGLIGIBLE},
    {"informational", SEVERITY_NEGLIGIBLE},
    {"minor", SEVERITY_LOW},
    {"severe", SEVERITY_HIGH},
};

const char *severity_name(enum severity s)
{
    return names[s];
}

static bool is(struct str word, const char *name)
{
    struct str s = str_of(name);

    return word.n == s.n && strncasecmp(word.p, s.p, s.n) == 0;
}

enum severity severity_parse(struct str word)
{
    for (enum severity s = SEVERITY_NEGLIGIBLE; s <= SEVERITY_CRITICAL; s++)
        if (is(word, names[s]))
            return s;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is(word, words[i].word))
            return words[i].severity;
    return SEVERITY_UNKNOWN;
}
