#ifndef IO_YAML_MERGE_H
#define IO_YAML_MERGE_H

#include "base/buf.h"
#include "base/map.h"

/* "<<: *base" gives a map the members of others that it does not have itself,
 * wherever in the map that line stands; of a list of maps, the first that has a
 * key wins (yaml.org/type/merge.html), of several such lines the last, as in
 * PyYAML. So it can only be done at the map's end. All texts here are JSON that
 * io/yaml.c wrote, without blanks. Zeroed is empty; what it holds lives in the
 * arena. */
struct yaml_merge {
    struct map keys; /* of the map itself, in their quotes */
    struct {
        struct str *at;
        size_t len, cap;
    } values; /* of the "<<", each a map or a list of maps */
};

/* False when the map has the key already. */
bool yaml_merge_key(struct arena *a, struct yaml_merge *m, struct str key);

/* Remembers the value of a "<<"; false when it is neither a map nor a list of
 * maps. `json` must live as long as the arena. */
bool yaml_merge_add(struct arena *a, struct yaml_merge *m, struct str json);

/* Writes the members that are missing; `some`: others stand before them. */
void yaml_merge_pour(struct arena *a, struct yaml_merge *m, bool some, struct buf *out);

#endif
