#ifndef IO_YAML_TEXT_H
#define IO_YAML_TEXT_H

#include "base/buf.h"

struct fy_token;

/* The text that a scalar stands for, a piece of `all`, which the parser was given, or
 * in `room`, good until that is used again. Not by fy_token_get_text, which in libfyaml
 * 0.7.12 cuts off or adds a character where it has counted wrongly beforehand: behind an
 * escaped line break, or in "|" at the end of the text. */
struct str yaml_text(struct str all, struct fy_token *token, struct buf *room);

/* How far in the first line of a block scalar is that is not blank; -1 when there is
 * none, and for any other scalar. */
int yaml_block_indent(struct str all, struct fy_token *token);

#endif
