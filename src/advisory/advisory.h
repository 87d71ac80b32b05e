#ifndef ADVISORY_ADVISORY_H
#define ADVISORY_ADVISORY_H

#include "base/arena.h"
#include "model/advisory.h"
#include "model/result.h"

#include <stdint.h>

struct err;

/* The advisory database: a folder of immutable files of our own, described in
 * docs/formats/database.md. manifest.json names, for each ecosystem and
 * release, a shard by its SHA-256; the shards lie in shards/. A build writes new
 * shards beside the old ones and renames the manifest last, so that a reader
 * sees the old database or the new one, and needs no lock. The same feeds give
 * the same bytes. */

/* The i-th form of feed that is read, for people: false past the last. */
bool db_form(size_t i, const char **name, const char **title);

/* What became of one entry of the feeds folder. */
struct db_built {
    struct str name;    /* of the file or folder */
    struct str date;    /* newest date in its data; empty when it has none */
    uint64_t documents; /* files that a feed reader claimed */
    uint64_t unclaimed; /* files that none did */
    struct str unclaimed_example;
    uint64_t vulnerabilities, statements; /* put into the database */
    uint64_t dropped;                     /* records passed over */
    struct str broken;   /* why it could not be read to its end; empty when it could */
    struct str_list why; /* "3 x no package name (GO-2021-0001)", most frequent first */
};

struct db_built_list {
    struct db_built *at;
    size_t len, cap;
};

/* Reads every entry of feeds_dir (a file, folder, zip or tar each) and makes
 * the database in db_dir. An entry that breaks off or is no bundle is told in
 * its `broken`; the others are read. Fails, and leaves the old database as it
 * was, when no advisory could be read at all or something could not be written. */
int db_build(struct arena *a, const char *feeds_dir, const char *db_dir,
             struct db_built_list *built, struct err *err);

struct db;

/* Opens the database in dir. ERR_NOTFOUND when there is none ("run lotse db
 * build"); ERR_FORMAT when the manifest is broken. Shards are opened when first
 * asked for; every offset is checked and each block's hash verified when first
 * touched, so a damaged file is ERR_FORMAT naming the shard, never a wrong answer.
 * What is found points into the database, or lives in the arena that is handed
 * along, and is good until db_close. One thread at a time. */
int db_open(const char *dir, struct db **out, struct err *err);
void db_close(struct db *db);

static inline void own_db_done(struct db **db)
{
    db_close(*db);
}
#define own_db __attribute__((cleanup(own_db_done))) struct db *

/* Is anything known of this ecosystem and release ("debian:12")? */
bool db_covers(const struct db *db, struct str ecosystem);

/* All statements on one package, in the order of advisory id. 0 also when
 * there are none; negative when the shard is damaged or missing. */
int db_find(struct db *db, struct arena *a, struct str ecosystem, struct str package,
            struct statement_list *out, struct err *err);

/* What is known of a vulnerability, by its id or any alias. ERR_NOTFOUND when nothing. */
int db_vulnerability(struct db *db, struct arena *a, struct str id,
                     struct vulnerability *out, struct err *err);

/* The ids under which a package has statements in each ecosystem, for `db search`. */
int db_search_package(struct db *db, struct arena *a, struct str package,
                      struct statement_list *out, struct err *err);

/* Statements of every ecosystem that are about this vulnerability id. */
int db_search_id(struct db *db, struct arena *a, struct str id, struct statement_list *out,
                 struct err *err);

/* Every statement of the database, by ecosystem, package and advisory. */
int db_each_statement(struct db *db, void (*each)(void *ctx, const struct statement *s),
                      void *ctx, struct err *err);

struct db_shard {
    struct str ecosystem;
    uint64_t packages, statements, bytes;
};

struct db_shard_list {
    struct db_shard *at;
    size_t len, cap;
};

struct db_info {
    struct str digest; /* "sha256:..." of manifest.json */
    struct str built;  /* RFC 3339, from the manifest file's time */
    unsigned schema;
    struct data_source_list data; /* sources with their dates */
    struct db_shard_list shards;
    uint64_t vulnerabilities, bytes;
};

void db_info(const struct db *db, struct arena *a, struct db_info *out);

/* Reads every block of every shard and checks its hash. 0 when all is well. */
int db_verify(struct db *db, struct err *err);

#endif
