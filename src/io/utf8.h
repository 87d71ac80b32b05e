#ifndef IO_UTF8_H
#define IO_UTF8_H

#include "base/str.h"

/* The length of the UTF-8 sequence that s begins with, 1 to 4; 0 when there is
 * none: no overlong forms, no surrogates, nothing past U+10FFFF (RFC 3629). */
size_t utf8_length(struct str s);

#endif
