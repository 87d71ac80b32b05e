#ifndef ADVISORY_MANIFEST_H
#define ADVISORY_MANIFEST_H

#include "advisory/advisory.h"
#include "base/buf.h"

/* manifest.json, the one file of a database that is replaced: which shards
 * belong to it, and what they were made of. */

/* Names of the two shards that are not about an ecosystem. */
#define SHARD_DETAILS "details" /* vulnerability id or alias -> what is known of it */
#define SHARD_IDS "ids"         /* vulnerability id -> ecosystems and packages */

struct manifest_shard {
    struct str name;   /* ecosystem key, or one of the two above */
    struct str sha256; /* hex; the file is shards/HEX.shard */
    struct str sum;    /* hex: shard_sum, which is checked at each opening */
    uint64_t bytes, keys, records;
};

struct manifest_shard_list {
    struct manifest_shard *at;
    size_t len, cap;
};

struct manifest {
    unsigned schema;
    uint64_t vulnerabilities;
    struct manifest_shard_list shards; /* by name */
    struct db_built_list sources;      /* by name */
};

enum { MANIFEST_SCHEMA = 1, MANIFEST_MAX = 16 << 20 };

void manifest_write(const struct manifest *m, struct buf *out);

/* ERR_FORMAT with the field that is wrong; ERR_UNSUPPORTED for another schema. */
int manifest_read(struct arena *a, struct str bytes, struct manifest *out, struct err *err);

#endif
