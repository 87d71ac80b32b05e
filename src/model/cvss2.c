/* CVSS 2.0: "A Complete Guide to the Common Vulnerability Scoring System
 * Version 2.0", section 3.2. */
#include "model/cvss_vector.h"

#include <math.h>

enum { AV, AC, AU, C, I, A, E, RL, RC, CDP, TD, CR, IR, AR, METRICS };

static const struct cvss_metric metrics[METRICS] = {
    [AV] = {"AV", "L A N", {0.395, 0.646, 1.0}},
    [AC] = {"AC", "H M L", {0.35, 0.61, 0.71}},
    [AU] = {"Au", "M S N", {0.45, 0.56, 0.704}},
    [C] = {"C", "N P C", {0.0, 0.275, 0.660}},
    [I] = {"I", "N P C", {0.0, 0.275, 0.660}},
    [A] = {"A", "N P C", {0.0, 0.275, 0.660}},
    [E] = {"E", "ND U POC F H", {1.0, 0.85, 0.9, 0.95, 1.0}},
    [RL] = {"RL", "ND OF TF W U", {1.0, 0.87, 0.90, 0.95, 1.0}},
    [RC] = {"RC", "ND UC UR C", {1.0, 0.90, 0.95, 1.0}},
    [CDP] = {"CDP", "ND N L LM MH H", {0.0, 0.0, 0.1, 0.3, 0.4, 0.5}},
    [TD] = {"TD", "ND N L M H", {1.0, 0.0, 0.25, 0.75, 1.0}},
    [CR] = {"CR", "ND L M H", {1.0, 0.5, 1.0, 1.51}},
    [IR] = {"IR", "ND L M H", {1.0, 0.5, 1.0, 1.51}},
    [AR] = {"AR", "ND L M H", {1.0, 0.5, 1.0, 1.51}},
};

static double weight(const int *value, int metric)
{
    return metrics[metric].weight[value[metric]];
}

/* To one decimal, halves up. The products have few decimals; what binary
 * fractions add or take is far below the nudge. */
static double round1(double x)
{
    return floor(x * 10 + 0.5 + 1e-9) / 10;
}

/* A tiny adjusted impact would make it negative, below the scale. */
static double base(const int *value, double impact)
{
    double exploitability = 20 * weight(value, AV) * weight(value, AC) * weight(value, AU);

    return impact > 0 ? fmax(0, round1((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176))
                      : 0;
}

static double impact(const int *value, double cr, double ir, double ar)
{
    double kept = (1 - weight(value, C) * cr) * (1 - weight(value, I) * ir) *
                  (1 - weight(value, A) * ar);

    return 10.41 * (1 - kept);
}

static double temporal(const int *value, double of)
{
    return round1(of * weight(value, E) * weight(value, RL) * weight(value, RC));
}

/* 0 is "not defined"; a metric written as ND says as little as none. */
static bool any(const int *value, int from, int to)
{
    for (int i = from; i < to; i++)
        if (value[i])
            return true;
    return false;
}

static int score(const int *value)
{
    double x, adjusted;

    if (!any(value, CDP, METRICS))
        return (int)lround(10 * temporal(value, base(value, impact(value, 1, 1, 1))));
    adjusted =
        fmin(10, impact(value, weight(value, CR), weight(value, IR), weight(value, AR)));
    x = temporal(value, base(value, adjusted));
    x = round1((x + (10 - x) * weight(value, CDP)) * weight(value, TD));
    return (int)lround(10 * x);
}

const struct cvss_version cvss_2_0 = {
    "CVSS:2.0/", 20, metrics, METRICS, CVSS_REQUIRED_2, score,
};
