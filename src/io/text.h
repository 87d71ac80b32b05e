#ifndef IO_TEXT_H
#define IO_TEXT_H

#include "base/buf.h"

/* Text for terminals. Names, titles and paths come from whoever made the image
 * and may try to move the cursor or turn the line around. */

/* Adds s so that it shows as what it is: control characters, broken UTF-8,
 * direction marks and invisible characters come as \xNN or \u{NNNN}. At most
 * `most` columns (0: any), the last being an ellipsis when it is cut. Gives the
 * columns used. */
unsigned text_put(struct buf *out, struct str s, unsigned most);

/* The columns text_put would use. */
unsigned text_width(struct str s);

void text_pad(struct buf *out, unsigned used, unsigned width);

#endif
