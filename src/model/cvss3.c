/* CVSS 3.0 and 3.1: section 7 of their specification documents. */
#include "model/cvss_vector.h"

#include <math.h>

/* clang-format off */
enum {
    AV, AC, PR, UI, S_, C, I, A, E, RL, RC, CR, IR, AR, MAV, MAC, MPR, MUI, MS, MC, MI,
    MA, METRICS
};
/* clang-format on */

static const struct cvss_metric metrics[METRICS] = {
    [AV] = {"AV", "N A L P", {0.85, 0.62, 0.55, 0.2}},
    [AC] = {"AC", "L H", {0.77, 0.44}},
    [PR] = {"PR", "N L H", {0.85, 0.62, 0.27}},
    [UI] = {"UI", "N R", {0.85, 0.62}},
    [S_] = {"S", "U C", {0}},
    [C] = {"C", "H L N", {0.56, 0.22, 0}},
    [I] = {"I", "H L N", {0.56, 0.22, 0}},
    [A] = {"A", "H L N", {0.56, 0.22, 0}},
    [E] = {"E", "X H F P U", {1, 1, 0.97, 0.94, 0.91}},
    [RL] = {"RL", "X U W T O", {1, 1, 0.97, 0.96, 0.95}},
    [RC] = {"RC", "X C R U", {1, 1, 0.96, 0.92}},
    [CR] = {"CR", "X H M L", {1, 1.5, 1, 0.5}},
    [IR] = {"IR", "X H M L", {1, 1.5, 1, 0.5}},
    [AR] = {"AR", "X H M L", {1, 1.5, 1, 0.5}},
    [MAV] = {"MAV", "X N A L P", {0}}, /* the weights of the base metric */
    [MAC] = {"MAC", "X L H", {0}},
    [MPR] = {"MPR", "X N L H", {0}},
    [MUI] = {"MUI", "X N R", {0}},
    [MS] = {"MS", "X U C", {0}},
    [MC] = {"MC", "X H L N", {0}},
    [MI] = {"MI", "X H L N", {0}},
    [MA] = {"MA", "X H L N", {0}},
};

static double weight(const int *value, int metric)
{
    return metrics[metric].weight[value[metric]];
}

/* The smallest tenth not below x, by way of a whole number, as appendix A of
 * 3.1 does it lest 4.0 in binary fractions become 4.1. In tenths. */
static int roundup(double x)
{
    long n = lround(x * 100000);

    return (int)(n % 10000 == 0 ? n / 10000 : n / 10000 + 1);
}

static double exploitability(const int *value, bool changed)
{
    static const double pr_changed[] = {0.85, 0.68, 0.5};
    double pr = changed ? pr_changed[value[PR]] : weight(value, PR);

    return 8.22 * weight(value, AV) * weight(value, AC) * pr * weight(value, UI);
}

static int combine(double impact, double exploit, bool changed)
{
    if (impact <= 0)
        return 0;
    return roundup(fmin((changed ? 1.08 : 1) * (impact + exploit), 10));
}

static double lost(const int *value, double cr, double ir, double ar)
{
    return 1 - (1 - weight(value, C) * cr) * (1 - weight(value, I) * ir) *
                   (1 - weight(value, A) * ar);
}

static int temporal(const int *value, int tenths)
{
    return roundup(tenths / 10.0 * weight(value, E) * weight(value, RL) *
                   weight(value, RC));
}

static int base(const int *value)
{
    bool changed = value[S_] == 1;
    double iss = lost(value, 1, 1, 1);
    double impact =
        changed ? 7.52 * (iss - 0.029) - 3.25 * pow(iss - 0.02, 15) : 6.42 * iss;

    return combine(impact, exploitability(value, changed), changed);
}

/* The base metrics as the modified ones have them; the two versions differ in
 * the impact under a changed scope only. */
static int environmental(const int *value, bool v3_1)
{
    int m[METRICS];
    double iss, impact;
    bool changed;

    for (int i = 0; i < METRICS; i++)
        m[i] = i <= A && value[MAV + i] ? value[MAV + i] - 1 : value[i];
    changed = m[S_] == 1;
    iss = fmin(lost(m, weight(m, CR), weight(m, IR), weight(m, AR)), 0.915);
    impact = 6.42 * iss;
    if (changed)
        impact = 7.52 * (iss - 0.029) -
                 3.25 * (v3_1 ? pow(iss * 0.9731 - 0.02, 13) : pow(iss - 0.02, 15));
    return combine(impact, exploitability(m, changed), changed);
}

static int score(const int *value, bool v3_1)
{
    bool modified = false;

    for (int i = CR; i < METRICS; i++)
        modified |= value[i] != 0;
    return temporal(value, modified ? environmental(value, v3_1) : base(value));
}

static int score_3_0(const int *value)
{
    return score(value, false);
}

static int score_3_1(const int *value)
{
    return score(value, true);
}

const struct cvss_version cvss_3_0 = {
    "CVSS:3.0/", 30, metrics, METRICS, CVSS_REQUIRED_3, score_3_0,
};
const struct cvss_version cvss_3_1 = {
    "CVSS:3.1/", 31, metrics, METRICS, CVSS_REQUIRED_3, score_3_1,
};
