#ifndef PKG_GO_MODULES_H
#define PKG_GO_MODULES_H

#include "io/elf.h"
#include "model/reader.h"

/* Adds what a Go program is built from: its version of Go, and the text that `go version
 * -m` shows, of lines "dep\tPATH\tVERSION\tSUM". The program's own module needs all others.
 */
void go_modules(struct read *in, const struct elf *e, struct str go_version,
                struct str text);

/* ---- the version of the program's own module: empty where nothing tells one ---- */

struct go_settings {
    struct str ldflags, revision, time;
    bool modified;
};

void go_setting(struct arena *a, struct go_settings *s, struct str setting);

/* As it was given to the linker: -ldflags "-X main.version=v1.2.3". */
struct str go_version_linked(struct arena *a, const struct go_settings *s,
                             struct str module);

/* As it stands in a variable of the program. */
struct str go_version_kept(struct arena *a, const struct elf *e, struct str module);

/* By the commit it was built from: v0.0.0-20230102030405-abcdefabcdef. */
struct str go_version_commit(struct arena *a, const struct go_settings *s);

/* "v1.2.3", "1.2.3-rc1+build": a digit, then a point somewhere. */
bool go_looks_like_version(struct str s);

/* "1.2.3" as modules write it, "v1.2.3"; nothing stays nothing. */
struct str go_with_v(struct arena *a, struct str version);

#endif
