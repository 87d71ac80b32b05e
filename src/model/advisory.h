#ifndef MODEL_ADVISORY_H
#define MODEL_ADVISORY_H

#include "base/str.h"
#include "model/severity.h"

#include <stdint.h>

/* What feeds say, in one form. A feed gives two kinds of things: statements
 * (is this package of this release affected, and from which version on not any
 * more) and what is known of a vulnerability (title, text, scores). */

enum event_what {
    EVENT_INTRODUCED,
    EVENT_FIXED,
    EVENT_LAST_AFFECTED,
    EVENT_LIMIT,
    EVENT_AFTER, /* introduced behind this version, itself not affected; not in OSV */
};

/* One border on the line of versions, as in the OSV schema. "0" as introduced
 * is before every version. */
struct event {
    enum event_what what;
    struct str version;
};

struct event_list {
    struct event *at;
    size_t len, cap;
};

/* A set of versions between events; ranges of one statement are joined. */
struct range {
    bool semver; /* OSV type SEMVER: ordered by SemVer whatever the ecosystem; else by its
                    own */
    struct event_list events;
};

struct range_list {
    struct range *at;
    size_t len, cap;
};

/* What the publisher says of the affected versions. */
enum status {
    STATUS_AFFECTED,      /* a fix may or may not be there: see fixed */
    STATUS_WILL_NOT_FIX,  /* the distribution decided against a fix (Debian: ignored) */
    STATUS_POSTPONED,     /* fix deferred (Debian: no-dsa, postponed) */
    STATUS_END_OF_LIFE,   /* package no longer supported there */
    STATUS_INVESTIGATING, /* not decided (Debian: undetermined) */
    STATUS_NOT_AFFECTED,  /* said to be not affected, at any version */
};

const char *status_name(enum status s); /* "affected", "will-not-fix", ... */

/* One publisher's word on one package of one ecosystem and release. */
struct statement {
    struct str ecosystem; /* "debian:12", "alpine:3.20", "almalinux:8", "npm" */
    struct str package;   /* source package for deb and apk, binary package for rpm feeds */
    struct str advisory;  /* id of the record: "CVE-2021-3711", "ALSA-2022:1814" */
    struct str_list ids;  /* vulnerabilities it is about: CVE ids, or the advisory's own */
    struct str_list aliases; /* other names of the same thing (GHSA, GO, PYSEC) */
    enum status status;
    enum severity severity; /* the publisher's own, SEVERITY_UNKNOWN when silent */
    struct str module;      /* rpm module the fix belongs to, "nodejs:16", or "ruby" when
                               the stream is not told: all of them; else empty */
    struct range_list ranges;
    struct str_list versions; /* affected ones listed singly */
};

struct statement_list {
    struct statement *at;
    size_t len, cap;
};

/* One CVSS vector and who gave it. */
struct score {
    struct str vector; /* "CVSS:3.1/AV:N/..." or the bare form of 2.0 */
    struct str by;     /* feed */
};

struct score_list {
    struct score *at;
    size_t len, cap;
};

struct link {
    struct str kind; /* "advisory", "fix", "web", ... as OSV, lower case */
    struct str url;
};

struct link_list {
    struct link *at;
    size_t len, cap;
};

/* What is known of one vulnerability, from all feeds together. */
struct vulnerability {
    struct str id;
    struct str_list aliases;
    struct str title;       /* one line */
    struct str description; /* longer text, as published */
    struct str_list cwes;   /* "CWE-79" */
    struct score_list scores;
    struct link_list links;
    struct str published, modified, withdrawn; /* RFC 3339 dates; empty when unknown */
    struct str kev_added,
        kev_due; /* date it came onto CISA's KEV list, and the date to act by */
    bool kev_ransomware;
};

#endif
