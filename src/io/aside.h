#ifndef IO_ASIDE_H
#define IO_ASIDE_H

#include "base/arena.h"
#include "base/str.h"

struct err;

/* A file that is written beside the one it is to become, PATH.NUMBER.lotse-tmp, and
 * locked (flock) for as long, so that nobody takes it for one left by the dead. */
struct aside {
    struct arena a;
    const char *path; /* what it is to become */
    const char *name;
    int fd;
    int slot; /* where its name is kept for signals; -1: nowhere */
};

/* Creates it, with mode 0644 less the umask. */
int aside_open(struct aside *f, const char *path, struct err *err);

/* Everything is written: syncs it and puts it in its place. */
int aside_publish(struct aside *f, struct err *err);

/* Closes it, and removes what was not published. */
void aside_done(struct aside *f);

/* Removes what writers that were killed left in dir: for the file `base`, or for any
 * when base is empty. What cannot be removed stays. */
void aside_sweep(const char *dir, struct str base);

/* From now on SIGINT, SIGTERM and SIGHUP remove what is being written before they
 * end the process, unless it was started with them ignored. Child processes only end. */
void aside_watch_signals(void);

#endif
