#ifndef MODEL_OS_RELEASE_H
#define MODEL_OS_RELEASE_H

#include "base/str.h"

struct arena;

/* os-release(5), and etc/lsb-release, which is written alike: KEY=value lines,
 * values quoted as in a shell. The pieces distro.c is made of. */

/* The value of a key, the last one when it is there twice; empty when it is not.
 * Escapes are resolved, control characters dropped, bytes that are not UTF-8
 * become '?', and what is longer than 200 bytes is cut: the file is an image's
 * own and may hold anything. */
struct str os_release_get(struct arena *a, struct str text, const char *key);

/* Text from another file, made harmless in the same way. */
struct str os_release_clean(struct arena *a, struct str text);

#endif
