/* The Debian security tracker, https://security-tracker.debian.org/tracker/data/json:
 *     { SOURCE: { ID: { description, releases: { CODENAME: { status, fixed_version,
 *       urgency, nodsa, nodsa_reason } } } } }
 * status: "resolved" with fixed_version ("0": never affected), "open",
 * "undetermined". nodsa says that there will be no advisory of its own; its reason
 * "ignored" is a decision against a fix, "postponed" or none one to wait.
 * `repositories` tells which version is in the archive now; what is installed is
 * known better from the image, so it is not read. debianbug is kept as a link.
 * urgency is Debian's own word on the severity; "unimportant" means that it is
 * no danger in practice, "end-of-life" that the package has no support there. */
#include "advisory/feed.h"

#include "base/err.h"

#include <inttypes.h>

static const struct {
    const char *codename, *release;
} releases[] = {
    {"squeeze", "6"}, {"wheezy", "7"},    {"jessie", "8"},    {"stretch", "9"},
    {"buster", "10"}, {"bullseye", "11"}, {"bookworm", "12"}, {"trixie", "13"},
    {"forky", "14"},  {"duke", "15"},     {"sid", "sid"},
};

static struct str ecosystem_of(struct arena *a, struct str codename)
{
    for (size_t i = 0; i < sizeof releases / sizeof *releases; i++)
        if (str_equal(codename, str_of(releases[i].codename)))
            return str_printf(a, "debian:%s", releases[i].release);
    return (struct str){0};
}

/* The first id of the first package has releases. */
static bool tracker_claims(struct json root)
{
    struct json package, id;
    struct json_each p = json_each(root);

    while (p.map && json_next(&p, NULL, &package)) {
        struct json_each i = json_each(package);

        if (json_kind(package) != JSON_MAP)
            return false;
        if (json_next(&i, NULL, &id))
            return json_kind(json_get(id, S("releases"))) >= JSON_LIST;
    }
    return false;
}

/* "high**" is the tracker's own guess, "high" a person's word: both count. */
static enum severity severity_of(struct str urgency)
{
    enum severity s;

    while (str_ends(urgency, S("*")))
        urgency.n--;
    severity_parse(urgency, &s);
    return s;
}

static enum status status_of(struct json release)
{
    struct str status = json_get_str(release, S("status"));
    struct str reason = json_get_str(release, S("nodsa_reason"));

    if (str_equal(status, S("undetermined")))
        return STATUS_INVESTIGATING;
    if (str_equal(json_get_str(release, S("urgency")), S("end-of-life")))
        return STATUS_END_OF_LIFE;
    if (str_equal(reason, S("ignored")))
        return STATUS_WILL_NOT_FIX;
    if (str_equal(reason, S("postponed")) || json_get_str(release, S("nodsa")).n)
        return STATUS_POSTPONED;
    return STATUS_AFFECTED;
}

static void put(struct feed_read *in, struct str ecosystem, struct str package,
                struct str id, struct json release)
{
    struct str fixed = json_get_str(release, S("fixed_version"));
    struct event events[2] = {{EVENT_INTRODUCED, S("0")}, {EVENT_FIXED, fixed}};
    struct range range = {.events = {events, fixed.n ? 2 : 1, 2}};
    struct str status = json_get_str(release, S("status"));
    bool resolved = str_equal(status, S("resolved"));
    struct statement s = {
        .ecosystem = ecosystem,
        .package = package,
        .advisory = id,
        .ids = {&id, 1, 1},
        .severity = severity_of(json_get_str(release, S("urgency"))),
        .ranges = {&range, 1, 1},
    };

    if (!resolved && !str_equal(status, S("open")) &&
        !str_equal(status, S("undetermined"))) {
        in->dropped(in->ctx, id, "a status that is not known");
        return;
    }
    if (resolved && !fixed.n) {
        in->dropped(in->ctx, id, "resolved without a version");
        return;
    }
    s.status = resolved ? STATUS_AFFECTED : status_of(release);
    if (str_equal(fixed, S("0"))) {
        s.status = STATUS_NOT_AFFECTED;
        s.ranges.len = 0;
    }
    feed_put(in, &s);
}

static void put_text(struct feed_read *in, struct str id, struct json one)
{
    struct vulnerability v = {.id = id, .description = json_get_str(one, S("description"))};
    int64_t bug;

    *arena_push(in->a, &v.links) = (struct link){
        S("advisory"),
        str_printf(in->a, "https://security-tracker.debian.org/tracker/" STR_FMT,
                   STR_ARG(id))};
    if (json_i64(json_get(one, S("debianbug")), &bug) && bug > 0)
        *arena_push(in->a, &v.links) = (struct link){
            S("report"), str_printf(in->a, "https://bugs.debian.org/%" PRId64, bug)};
    in->vulnerability(in->ctx, &v);
}

static void read_id(struct feed_read *in, struct str package, struct str id,
                    struct json one)
{
    struct json release;
    struct str codename;

    if (!feed_id_valid(id) || json_kind(one) != JSON_MAP) {
        in->dropped(in->ctx, id, "not an id with what is known of it");
        return;
    }
    for (struct json_each e = json_each(json_get(one, S("releases")));
         json_next(&e, &codename, &release);) {
        struct str ecosystem = ecosystem_of(in->a, codename);

        if (ecosystem.n)
            put(in, ecosystem, package, id, release);
        else
            in->dropped(in->ctx, codename, "a release that is not known");
    }
    put_text(in, id, one);
}

static int tracker_read(struct feed_read *in, struct json root, struct err *err)
{
    struct json ids, one;
    struct str package, id;

    (void)err;
    for (struct json_each p = json_each(root); json_next(&p, &package, &ids);)
        for (struct json_each i = json_each(ids); json_next(&i, &id, &one);)
            read_id(in, package, id, one);
    return 0;
}

const struct feed feed_tracker = {
    .name = "tracker",
    .title = "Debian security tracker",
    .claims = tracker_claims,
    .read = tracker_read,
};
