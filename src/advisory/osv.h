#ifndef ADVISORY_OSV_H
#define ADVISORY_OSV_H

#include "advisory/feed.h"

/* The pieces osv.c is made of; nobody else needs them. */

/* What a record is about, as far as all its statements share it. */
struct osv_record {
    struct str id, summary;
    struct str_list ids;     /* vulnerabilities, by the rule at the head of osv_record.c */
    struct str_list aliases; /* other names of them, its own id among them */
    bool distribution;       /* ALSA, RLSA, DSA ...: collects what was fixed together */
    enum severity severity;  /* by its summary */
    struct str_list modules; /* by its summary: "nodejs:16"; a name alone when it does not
                                tell the stream */
};

/* False when the record was dropped. */
bool osv_record_read(struct feed_read *in, struct json root, struct osv_record *r);

/* Puts what the record tells of its vulnerabilities beside the versions. */
void osv_put_text(struct feed_read *in, const struct osv_record *r, struct json root);

#endif
