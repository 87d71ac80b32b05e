/* CVSS vectors: metrics and values parted by '/', in the way of each version's
 * own table. The formulas are in cvss2.c, cvss3.c and cvss4.c. */
#include "model/cvss.h"

#include "base/err.h"
#include "model/cvss_vector.h"

static const struct cvss_version *const versions[] = {&cvss_3_1, &cvss_3_0, &cvss_4_0,
                                                      &cvss_2_0};

/* Cuts the prefix off; a vector without one is of version 2.0. */
static const struct cvss_version *version_of(struct str *vector)
{
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct str prefix = str_of(versions[i]->prefix);

        if (str_starts(*vector, prefix)) {
            *vector = str_from(*vector, prefix.n);
            return versions[i];
        }
    }
    return str_starts(*vector, S("CVSS:")) ? NULL : &cvss_2_0;
}

static int find_metric(const struct cvss_version *v, struct str name)
{
    for (size_t i = 0; i < v->count; i++)
        if (str_equal(name, str_of(v->metrics[i].name)))
            return (int)i;
    return -1;
}

static int find_value(const struct cvss_metric *metric, struct str value)
{
    struct str rest = str_of(metric->values), one;

    for (int i = 0; rest.n; i++) {
        str_cut(rest, ' ', &one, &rest);
        if (str_equal(value, one))
            return i;
    }
    return -1;
}

static struct str shown(struct str s)
{
    return (struct str){s.p, s.n < 40 ? s.n : 40};
}

/* Values not written are -1. */
static int read_metrics(const struct cvss_version *v, struct str rest, int *value,
                        struct err *err)
{
    while (rest.n) {
        struct str metric, name, said;
        int i;

        str_cut(rest, '/', &metric, &rest);
        str_cut(metric, ':', &name, &said);
        i = find_metric(v, name);
        if (i < 0)
            return err_set(err, ERR_FORMAT, "unknown metric \"" STR_FMT "\"",
                           STR_ARG(shown(name)));
        if (value[i] >= 0)
            return err_set(err, ERR_FORMAT, "metric %s twice", v->metrics[i].name);
        value[i] = find_value(&v->metrics[i], said);
        if (value[i] < 0)
            return err_set(err, ERR_FORMAT, "metric %s cannot be \"" STR_FMT "\"",
                           v->metrics[i].name, STR_ARG(shown(said)));
    }
    return 0;
}

/* What is left out counts as "not defined", the first value; the mandatory
 * ones have no such value. */
static int complete(const struct cvss_version *v, int *value, struct err *err)
{
    for (size_t i = 0; i < v->count; i++) {
        if (value[i] < 0 && i < v->required)
            return err_set(err, ERR_FORMAT, "metric %s is missing", v->metrics[i].name);
        if (value[i] < 0)
            value[i] = 0;
    }
    return 0;
}

int cvss_score(struct str vector, struct cvss *out, struct err *err)
{
    struct str rest = str_trim(vector);
    const struct cvss_version *v;
    int value[CVSS_METRICS_MAX], r;

    *out = (struct cvss){0};
    if (str_starts(rest, S("(")) && str_ends(rest, S(")"))) /* as NVD wrote 2.0 */
        rest = (struct str){rest.p + 1, rest.n - 2};
    v = version_of(&rest);
    if (!v)
        return err_set(err, ERR_UNSUPPORTED,
                       "no version of CVSS known here: \"" STR_FMT "\"",
                       STR_ARG(shown(rest)));
    for (size_t i = 0; i < v->count; i++)
        value[i] = -1;
    r = read_metrics(v, rest, value, err);
    if (r == 0)
        r = complete(v, value, err);
    if (r < 0)
        return r;
    out->version = v->number;
    out->score = v->score(value);
    out->severity = severity_of_score(v->number, out->score);
    return 0;
}
