/* CVSS 4.0: section 8 of the specification. A vector falls into one of 270
 * sets, named by six digits (EQ1 to EQ6), that experts have scored. Within its
 * set it is lowered by how far it is from the worst vector there, in proportion
 * to the step down to the next set. All in whole numbers: the reference
 * calculators differ where binary fractions meet a half. */
#include "model/cvss_vector.h"

#include <stddef.h>

/* clang-format off */
enum {
    AV, AC, AT, PR, UI, VC, VI, VA, SC, SI, SA, E, CR, IR, AR, MAV, MAC, MAT, MPR, MUI,
    MVC, MVI, MVA, MSC, MSI, MSA, S_, AU, R, V, RE, U, METRICS
};
/* clang-format on */

/* Values from worst to least, so that the index is the distance. */
static const struct cvss_metric metrics[METRICS] = {
    [AV] = {"AV", "N A L P", {0}},
    [AC] = {"AC", "L H", {0}},
    [AT] = {"AT", "N P", {0}},
    [PR] = {"PR", "N L H", {0}},
    [UI] = {"UI", "N P A", {0}},
    [VC] = {"VC", "H L N", {0}},
    [VI] = {"VI", "H L N", {0}},
    [VA] = {"VA", "H L N", {0}},
    [SC] = {"SC", "H L N", {0}},
    [SI] = {"SI", "H L N", {0}},
    [SA] = {"SA", "H L N", {0}},
    [E] = {"E", "X A P U", {0}},
    [CR] = {"CR", "X H M L", {0}},
    [IR] = {"IR", "X H M L", {0}},
    [AR] = {"AR", "X H M L", {0}},
    [MAV] = {"MAV", "X N A L P", {0}},
    [MAC] = {"MAC", "X L H", {0}},
    [MAT] = {"MAT", "X N P", {0}},
    [MPR] = {"MPR", "X N L H", {0}},
    [MUI] = {"MUI", "X N P A", {0}},
    [MVC] = {"MVC", "X H L N", {0}},
    [MVI] = {"MVI", "X H L N", {0}},
    [MVA] = {"MVA", "X H L N", {0}},
    [MSC] = {"MSC", "X H L N", {0}},
    [MSI] = {"MSI", "X S H L N", {0}},
    [MSA] = {"MSA", "X S H L N", {0}},
    [S_] = {"S", "X N P", {0}}, /* from here on supplemental */
    [AU] = {"AU", "X N Y", {0}},
    [R] = {"R", "X A U I", {0}},
    [V] = {"V", "X D C", {0}},
    [RE] = {"RE", "X L M H", {0}},
    [U] = {"U", "X Clear Green Amber Red", {0}},
};

/* clang-format off */
#define ROW(eq1, eq2, eq3, eq4, e00, e01, e10, e11, e20, e21) \
    [eq1][eq2][eq3][eq4] = {{e00, e01}, {e10, e11}, {e20, e21}},
static const int lookup[3][2][3][3][3][2] = {
#include "model/cvss4.def"
};
#undef ROW
/* clang-format on */

enum { S = -1, H = 0, L = 1, N = 2 }; /* levels of impacts; S is safety, above high */

/* Levels that count: modified ones over base ones, defaults for what is not
 * defined. Threat and requirements default to their worst. */
static void effective(const int *value, int *level)
{
    for (int i = AV; i <= SA; i++) {
        int modified = value[MAV + i];

        level[i] = modified ? modified - (i >= SI ? 2 : 1) : value[i];
    }
    for (int i = E; i <= AR; i++)
        level[i] = value[i] ? value[i] - 1 : 0;
}

enum { EQ1, EQ2, EQ3, EQ4, EQ5, EQ6, EQS };

/* Table 24 to 29. */
static void classify(const int *m, int *eq)
{
    int easy = (m[AV] == 0) + (m[PR] == 0) + (m[UI] == 0);

    eq[EQ1] = easy == 3 ? 0 : easy > 0 && m[AV] != 3 ? 1 : 2;
    eq[EQ2] = m[AC] == 0 && m[AT] == 0 ? 0 : 1;
    eq[EQ3] = m[VC] == H && m[VI] == H ? 0 : m[VC] == H || m[VI] == H || m[VA] == H ? 1 : 2;
    eq[EQ4] = m[SI] == S || m[SA] == S ? 0 : m[SC] == H || m[SI] == H || m[SA] == H ? 1 : 2;
    eq[EQ5] = m[E];
    eq[EQ6] = (m[CR] == 0 && m[VC] == H) || (m[IR] == 0 && m[VI] == H) ||
                      (m[AR] == 0 && m[VA] == H)
                  ? 0
                  : 1;
}

/* A vector of the highest severity in a set, by the metrics that make the set. */
struct worst {
    int eq; /* EQ3 and EQ6 go together: 2 * EQ3 + EQ6 */
    int level[6];
};

/* How many tenths lie between the worst and the least vector of a set. */
struct group {
    const int *metrics;
    size_t count;
    const struct worst *worst; /* sorted by eq, closed by -1 */
    int depth[6];
};

static const struct worst worst1[] = {
    {0, {0, 0, 0}}, {1, {1, 0, 0}}, {1, {0, 1, 0}}, {1, {0, 0, 1}},
    {2, {3, 0, 0}}, {2, {1, 1, 1}}, {-1, {0}},
};
static const struct worst worst2[] = {{0, {0, 0}}, {1, {1, 0}}, {1, {0, 1}}, {-1, {0}}};
static const struct worst worst36[] = {
    {0, {H, H, H, 0, 0, 0}}, {1, {H, H, L, 1, 1, 0}}, {1, {H, H, H, 1, 1, 1}},
    {2, {L, H, H, 0, 0, 0}}, {2, {H, L, H, 0, 0, 0}}, {3, {L, H, L, 0, 1, 0}},
    {3, {L, H, H, 0, 1, 1}}, {3, {H, L, H, 1, 0, 1}}, {3, {H, L, L, 1, 0, 0}},
    {3, {L, L, H, 0, 0, 1}}, {5, {L, L, L, 0, 0, 0}}, {-1, {0}},
};
static const struct worst worst4[] = {
    {0, {H, S, S}}, {1, {H, H, H}}, {2, {L, L, L}}, {-1, {0}}};

static const int metrics1[] = {AV, PR, UI}, metrics2[] = {AC, AT},
                 metrics36[] = {VC, VI, VA, CR, IR, AR}, metrics4[] = {SC, SI, SA};

static const struct group group1 = {metrics1, 3, worst1, {1, 4, 5}};
static const struct group group2 = {metrics2, 2, worst2, {1, 2}};
static const struct group group36 = {metrics36, 6, worst36, {7, 6, 8, 8, 0, 10}};
static const struct group group4 = {metrics4, 3, worst4, {6, 5, 4}};

/* Steps from the first worst vector that is nowhere below ours. */
static int distance(const struct group *g, int eq, const int *m)
{
    for (const struct worst *w = g->worst; w->eq >= 0; w++) {
        int steps = 0;
        size_t i = 0;

        if (w->eq != eq)
            continue;
        for (; i < g->count && m[g->metrics[i]] >= w->level[i]; i++)
            steps += m[g->metrics[i]] - w->level[i];
        if (i == g->count)
            return steps;
    }
    return 0;
}

static int find(const int *eq)
{
    for (int i = 0; i < EQS; i++)
        if (eq[i] > (i == EQ2 || i == EQ6 ? 1 : 2))
            return -1;
    return lookup[eq[EQ1]][eq[EQ2]][eq[EQ3]][eq[EQ4]][eq[EQ5]][eq[EQ6]];
}

/* The score one set lower in EQ i, -1 when there is none. */
static int find_lower(const int *eq, int i)
{
    int lower[EQS];

    for (int j = 0; j < EQS; j++)
        lower[j] = eq[j];
    lower[i]++;
    return find(lower);
}

/* EQ3 and EQ6 are one dimension: from 00 either may be lowered, and the higher
 * score is taken. */
static int find_lower36(const int *eq)
{
    int by3 = find_lower(eq, EQ3), by6 = find_lower(eq, EQ6);

    return by3 > by6 ? by3 : by6;
}

/* In 840ths of a tenth, which all depths divide. */
enum { UNIT = 840 };

static void lower_by(const struct group *g, int eq, const int *m, int score, int next,
                     int *sum, int *count)
{
    if (next < 0)
        return;
    *sum += (score - next) * distance(g, eq, m) * (UNIT / g->depth[eq]);
    ++*count;
}

static int score(const int *value)
{
    int m[METRICS], eq[EQS], sum = 0, count = 0, top, rest;

    effective(value, m);
    if (m[VC] == N && m[VI] == N && m[VA] == N && m[SC] == N && m[SI] == N && m[SA] == N)
        return 0;
    classify(m, eq);
    top = find(eq);
    lower_by(&group1, eq[EQ1], m, top, find_lower(eq, EQ1), &sum, &count);
    lower_by(&group2, eq[EQ2], m, top, find_lower(eq, EQ2), &sum, &count);
    lower_by(&group36, 2 * eq[EQ3] + eq[EQ6], m, top, find_lower36(eq), &sum, &count);
    lower_by(&group4, eq[EQ4], m, top, find_lower(eq, EQ4), &sum, &count);
    if (find_lower(eq, EQ5) >= 0) /* one vector in each set: a step of 0 that counts */
        count++;
    if (count == 0)
        return top;
    rest = top * UNIT * count - sum;                       /* the mean, times count */
    rest = (2 * rest + UNIT * count) / (2 * UNIT * count); /* halves up */
    return rest < 0 ? 0 : rest > 100 ? 100 : rest;
}

const struct cvss_version cvss_4_0 = {
    "CVSS:4.0/", 40, metrics, METRICS, CVSS_REQUIRED_4, score,
};
