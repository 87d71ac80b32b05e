#ifndef PKG_GO_MODULES_H
#define PKG_GO_MODULES_H

#include "model/reader.h"

/* Adds what a Go program is built from: its version of Go, and the text that `go version
 * -m` shows, of lines "dep\tPATH\tVERSION\tSUM". The program's own module needs all others.
 */
void go_modules(struct read *in, struct str go_version, struct str text);

/* The version of the program's own module where its build settings tell one: given to the
 * linker (-ldflags "-X main.version=v1.2.3"), or by the commit it was built from, as
 * v0.0.0-20230102030405-abcdefabcdef. Empty when nothing does. */
struct go_settings {
    struct str ldflags, revision, time;
    bool modified;
};

void go_setting(struct arena *a, struct go_settings *s, struct str setting);
struct str go_version_set(struct arena *a, const struct go_settings *s, struct str module);

#endif
