#ifndef IO_YAML_SCALAR_H
#define IO_YAML_SCALAR_H

#include "io/json_write.h"

/* Writes what a plain scalar of YAML means, by the core schema of YAML 1.2
 * (section 10.3.2). It stays text where JSON has no such number (.inf, more than
 * 18 digits), and where YAML 1.1 and 1.2 differ in what they read, for its
 * writer then did not mean a number by it: "0123" (octal or not) and "12e5"
 * (text to PyYAML, as a short commit hash should be). */
void yaml_put_plain(struct json_write *w, struct str s);

#endif
