#ifndef SANDBOX_CONFINE_H
#define SANDBOX_CONFINE_H

#include <stdbool.h>

/* The child's side of sandbox_run; nobody else needs it. */

/* The descriptor on which the child answers. */
enum { ANSWER_FD = 1 };

/* Makes the filters ready, once: the child has no time to. */
void confine_prepare(void);

/* Locks the process in, as far as the kernel can. With folder, fd and what lies
 * below it can be read. */
void confine(int fd, bool folder);

#endif
