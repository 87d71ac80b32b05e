#ifndef IMAGE_OPENED_H
#define IMAGE_OPENED_H

#include "base/err.h"
#include "image/image.h"

/* What the child that reads manifests tells its parent. */

/* The image, or, when err holds one, why there is none. */
void opened_pack(struct buf *out, const struct image *im, const struct err *err);

/* Fills im, which has its arena and descriptor. What the child says is trusted no more
 * than the manifests: names of layers are clean paths, shape is one that fits. Strings
 * are views into the bytes. Negative with the child's err, or ERR_FORMAT. */
int opened_unpack(struct str bytes, bool folder, struct image *im, struct err *err);

#endif
