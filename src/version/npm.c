/* npm: versions as node-semver reads them when it is not loose: semantic versions
 * with blanks around them and one "v" in front. https://github.com/npm/node-semver
 *
 * Like there, a version of more than 256 bytes or with a number of more than 2^53-1
 * is none. Numbers in pre-releases may be of any length and order exactly; the
 * reference makes doubles of them. */
#include "version/npm.h"

#include "version/parts.h"
#include "version/semver.h"
#include "version/version.h"

bool npm_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

uint64_t npm_number(struct str digits)
{
    uint64_t n = 0;

    for (size_t i = 0; i < digits.n && n <= NPM_GREATEST; i++)
        n = n * 10 + (uint64_t)(digits.p[i] - '0');
    return n <= NPM_GREATEST ? n : NPM_GREATEST + 1;
}

bool npm_parse(struct str v, struct npm_version *out)
{
    struct semver s = semver_split(v);

    *out = (struct npm_version){.pre = s.pre, .has_pre = s.has_pre};
    if (!version_semver.valid(v))
        return false;
    for (int i = 0; i < 3; i++) {
        out->n[i] = npm_number(take_digits(&s.core));
        if (out->n[i] > NPM_GREATEST)
            return false;
        s.core = str_from(s.core, 1);
    }
    return true;
}

int npm_compare_parsed(const struct npm_version *a, const struct npm_version *b)
{
    for (int i = 0; i < 3; i++)
        if (a->n[i] != b->n[i])
            return a->n[i] < b->n[i] ? -1 : 1;
    if (a->has_pre != b->has_pre)
        return a->has_pre ? -1 : 1;
    return a->has_pre ? semver_compare_words(a->pre, b->pre) : 0;
}

/* " v1.2.3 ": without what may stand around it. */
static struct str bare(struct str v)
{
    take_run(&v, npm_is_blank);
    while (v.n && npm_is_blank(v.p[v.n - 1]))
        v.n--;
    take_word(&v, S("v"));
    return v;
}

static bool parse(struct str v, struct npm_version *out)
{
    return v.n <= NPM_LONGEST && npm_parse(bare(v), out);
}

static bool npm_valid(struct str v)
{
    struct npm_version parsed;

    return parse(v, &parsed);
}

static int npm_compare(struct str a, struct str b)
{
    return version_semver.compare(bare(a), bare(b));
}

static int in_range(struct str range, struct str v)
{
    struct npm_version parsed;

    return parse(v, &parsed) ? npm_in_range(range, &parsed) : -1;
}

const struct version_scheme version_npm = {
    .name = "npm",
    .title = "npm: node-semver",
    .checked = "node-semver",
    .semver = true,
    .valid = npm_valid,
    .compare = npm_compare,
    .in_range = in_range,
};
