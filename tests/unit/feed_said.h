/* What must hold of all that a feed reader puts, whatever it was given. Ends the
 * process when something does not; shared by the unit test and the fuzz target. */
#ifndef TESTS_FEED_SAID_H
#define TESTS_FEED_SAID_H

#include "advisory/feed.h"
#include "base/err.h"
#include "base/own.h"

#include <stdio.h>
#include <stdlib.h>

struct feed_said {
    size_t statements, vulnerabilities, dropped;
};

static inline void said_must(bool holds, const char *what, struct str about)
{
    if (holds)
        return;
    fprintf(stderr, "%s: " STR_FMT "\n", what, STR_ARG(about));
    abort();
}

static inline void said_ids(const struct str_list *list, struct str about)
{
    for (size_t i = 0; i < list->len; i++) {
        said_must(feed_id_valid(list->at[i]), "an id that is none", about);
        for (size_t j = 0; j < i; j++)
            said_must(!str_equal(list->at[i], list->at[j]), "an id twice", about);
    }
}

static inline void said_statement(void *ctx, const struct statement *s)
{
    struct feed_said *said = ctx;

    said_must(feed_line_valid(s->ecosystem), "ecosystem", s->advisory);
    said_must(feed_line_valid(s->package), "package", s->advisory);
    said_must(feed_id_valid(s->advisory), "advisory", s->advisory);
    said_must(s->ids.len > 0, "about nothing", s->advisory);
    said_ids(&s->ids, s->advisory);
    said_ids(&s->aliases, s->advisory);
    said_must(s->module.n == 0 || feed_id_valid(s->module), "module", s->advisory);
    said_must((s->status == STATUS_NOT_AFFECTED) != (s->ranges.len || s->versions.len),
              "affected by nothing, or not affected by something", s->advisory);
    for (size_t i = 0; i < s->ranges.len; i++) {
        said_must(s->ranges.at[i].events.len > 0, "a range without events", s->advisory);
        for (size_t j = 0; j < s->ranges.at[i].events.len; j++)
            said_must(feed_line_valid(s->ranges.at[i].events.at[j].version), "version",
                      s->advisory);
    }
    for (size_t i = 0; i < s->versions.len; i++)
        said_must(feed_line_valid(s->versions.at[i]), "version", s->advisory);
    said->statements++;
}

static inline void said_vulnerability(void *ctx, const struct vulnerability *v)
{
    struct feed_said *said = ctx;

    said_must(feed_id_valid(v->id), "id", v->id);
    said_ids(&v->aliases, v->id);
    for (size_t i = 0; i < v->aliases.len; i++)
        said_must(!str_equal(v->aliases.at[i], v->id), "an alias of itself", v->id);
    for (size_t i = 0; i < v->cwes.len; i++)
        said_must(feed_id_valid(v->cwes.at[i]), "CWE", v->id);
    for (size_t i = 0; i < v->links.len; i++)
        said_must(feed_line_valid(v->links.at[i].url), "link", v->id);
    for (size_t i = 0; i < v->scores.len; i++)
        said_must(feed_line_valid(v->scores.at[i].vector), "vector", v->id);
    said_must(str_find(v->title, S("\n")) < 0, "title of two lines", v->id);
    said->vulnerabilities++;
}

static inline void said_dropped(void *ctx, struct str what, const char *why)
{
    struct feed_said *said = ctx;

    said_must(why && *why, "dropped without a reason", what);
    said->dropped++;
}

static inline void said_dated(void *ctx, struct str date)
{
    (void)ctx;
    (void)date;
}

/* Reads one document, if a feed claims it. True when one did, and could. */
static inline bool feed_say(struct json root, struct arena *a, struct feed_said *said)
{
    struct feed_read in = {
        .name = S("test"),
        .a = a,
        .ctx = said,
        .statement = said_statement,
        .vulnerability = said_vulnerability,
        .dropped = said_dropped,
        .dated = said_dated,
    };
    const struct feed *feed = feed_find(root);
    struct err err = {0};

    if (!feed)
        return false;
    if (feed->read(&in, root, &err) < 0) {
        said_must(err.code < 0 && *err.text, "a failure without a message", S(""));
        return false;
    }
    return true;
}

#endif
