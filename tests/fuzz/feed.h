/* Whatever is in a feed, what its reader puts is fit for the database, and comes
 * out of it as it went in. */
#ifndef TESTS_FUZZ_FEED_H
#define TESTS_FUZZ_FEED_H

#include "fuzz.h"

#include "../unit/feed_said.h"

static inline void feed_run(const struct feed *feed, struct str in, struct arena *a)
{
    own_json doc = json_doc_new();
    struct feed_said said = {0};
    struct feed_read read = {
        .name = S("input"),
        .text = in,
        .a = a,
        .ctx = &said,
        .statement = said_statement,
        .vulnerability = said_vulnerability,
        .dropped = said_dropped,
        .dated = said_dated,
    };
    struct err err = {0};
    struct json root;
    int r = json_parse(doc, in, &root, &err);

    if (r < 0 || !feed->claims(root))
        return;
    r = feed->read(&read, root, &err);
    must_tell(r, err);
}

#endif
