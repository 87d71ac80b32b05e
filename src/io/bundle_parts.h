#ifndef IO_BUNDLE_PARTS_H
#define IO_BUNDLE_PARTS_H

/* Between the files of the bundle reader. */
#include "io/bundle.h"

#include <stdbool.h>

struct walk {
    const struct budget *budget;
    const struct bundle_visit *visit;
    int stopped; /* what `each` returned when it ended the walk */
};

/* Hands a file on; negative, and kept in w->stopped, when the walk must end. */
int walk_each(struct walk *w, struct str name, struct str bytes, struct err *err);
void walk_bad(struct walk *w, struct str name, const struct err *err);

/* "./x" -> "x" */
struct str walk_name(struct str name);

/* "a/.git/config" */
bool walk_hidden(struct str name);

/* One open file, whatever it is: an archive's members are named behind
 * `inside` ("" or "dir/x.zip/"), anything else is `name`. */
int walk_file(struct walk *w, int fd, struct str name, struct str inside, struct err *err);
int walk_zip(struct walk *w, int fd, struct str inside, struct err *err);

/* Negative for a zip that is no plain list of members; what is wrong with one member is
 * told through walk_bad. A directory that cannot be found is left to walk_zip. */
int walk_zip_check(struct walk *w, int fd, uint64_t size, struct str inside,
                   struct err *err);
int walk_dir(struct walk *w, int fd, struct err *err);

#endif
