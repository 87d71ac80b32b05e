#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* One line on standard error, from the first second on, and only when somebody
 * looks: "reading layers  42 %  310 of 730 MB  2 s left". */
struct progress {
    bool on;
    uint64_t started, told; /* milliseconds */
    bool shown;
};

void progress_start(struct progress *p, bool wanted);

/* For scan_options: ctx is the progress. May be called from several threads. */
void progress_tell(void *ctx, uint64_t done, uint64_t whole);
void progress_end(struct progress *p); /* takes the line away */

#endif
