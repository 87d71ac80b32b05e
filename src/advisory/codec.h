#ifndef ADVISORY_CODEC_H
#define ADVISORY_CODEC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/pack.h"
#include "model/advisory.h"

/* Statements and vulnerabilities as the bytes that stand in a shard
 * (docs/formats/database.md). A statement is kept under its ecosystem and
 * package, which are not in its bytes. Decoded strings point into the bytes;
 * false when they are damaged. */
void statement_pack(struct buf *b, const struct statement *s);
bool statement_unpack(struct arena *a, struct str bytes, struct statement *out);

void vulnerability_pack(struct buf *b, const struct vulnerability *v);
bool vulnerability_unpack(struct arena *a, struct str bytes, struct vulnerability *out);

/* Joins what a second source says of the same vulnerability into v: the longer
 * texts, the earlier publication, the later change, all scores, links, CWEs and
 * aliases once. Only the order in its lists depends on which of them was first. */
void vulnerability_fold(struct arena *a, struct vulnerability *v,
                        const struct vulnerability *more);

#endif
