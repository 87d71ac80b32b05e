#ifndef ADVISORY_SHELF_H
#define ADVISORY_SHELF_H

#include "advisory/manifest.h"

/* The files of a database in their folder: shards/ and the manifest. */

/* Makes sure that the shard of these bytes is there, whole, and young. A file of
 * that name with other bytes, which is a damaged one, is replaced. */
int shelf_put(const char *dir, const char *sha256, struct str bytes, struct err *err);

/* Replaces the manifest, once all that it names is on the disk. */
int shelf_publish(const char *dir, const struct manifest *m, struct err *err);

/* Removes shards that m does not name and no manifest has named for a day: a
 * scan that opened the database before it was replaced may still want them. */
void shelf_tidy(const char *dir, const struct manifest *m);

#endif
