#ifndef MODEL_CPE_H
#define MODEL_CPE_H

#include "base/str.h"

struct arena;

/* The name of a program in the Common Platform Enumeration 2.3, as a formatted string
 * (NISTIR 7695, 6.2):
 *     cpe:2.3:a:openbsd:openssh:9.2p1:*:*:*:*:*:*:*
 * product is "vendor:product", written as it is to stand there; in the version everything
 * but letters, digits, "_", "-" and "." gets its backslash. */
struct str cpe_write(struct arena *a, struct str product, struct str version);

#endif
