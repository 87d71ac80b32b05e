#ifndef BASE_PAR_H
#define BASE_PAR_H

#include <stddef.h>

/* Calls work(ctx, i) once for each i below n, on as many threads as the
 * machine has cores and at most n; small i are started first. Comes back when
 * all are done. With one core or one item no thread is made. */
void par_each(size_t n, void (*work)(void *ctx, size_t i), void *ctx);

/* How many that are; 1 where the program must do with one thread. */
size_t par_cores(void);

#endif
