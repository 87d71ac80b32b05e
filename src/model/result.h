#ifndef MODEL_RESULT_H
#define MODEL_RESULT_H

#include "model/distro.h"
#include "model/finding.h"
#include "model/graph.h"
#include "model/note.h"
#include "model/package.h"

/* One layer as a report tells it. */
struct layer_info {
    struct str digest;     /* of the blob as stored; empty for a directory */
    struct str diff_id;    /* of the plain tar, from the config */
    struct str created_by; /* the instruction of the image's history */
    uint64_t size;         /* stored bytes */
};

struct layer_info_list {
    struct layer_info *at;
    size_t len, cap;
};

/* Where the advisories came from, for "data used and its age". */
struct data_source {
    struct str name; /* of the feed's folder or file: "alpine-secdb" */
    struct str date; /* newest date in its data, RFC 3339; empty when it has none */
    uint64_t records;
};

struct data_source_list {
    struct data_source *at;
    size_t len, cap;
};

/* Packages of one kind and what became of them. */
struct judged {
    struct str what; /* "deb packages of Debian 10", "npm packages" */
    size_t packages;
    bool judged;    /* false: nothing is known of them, they are NOT clean */
    struct str why; /* why not: "no advisory data for alpine:3.20" */
};

struct judged_list {
    struct judged *at;
    size_t len, cap;
};

/* Everything a scan found out, ready to be told. */
struct result {
    struct str target;   /* as the user wrote it */
    struct str source;   /* "docker-archive", "oci-dir", "dir", ... */
    struct str name;     /* tag the image carries, may be empty */
    struct str digest;   /* of the manifest, or of the config for docker archives */
    struct str platform; /* "linux/amd64" */
    bool checkout;       /* a folder of source code */
    struct layer_info_list layers;
    struct distro distro; /* id empty when unknown */
    struct package_list packages;
    struct graph graph;           /* of the packages */
    struct finding_list findings; /* all, sorted: severity falling, then package, then id */
    struct note_list notes;
    struct judged_list coverage;
    struct str_list unowned; /* programs and archives that no package tells of, by path */
    struct str data_digest;       /* of the database's manifest; empty when none was used */
    struct data_source_list data; /* feeds in it */
    struct str data_built;        /* when the database was built, RFC 3339 */
};

#endif
