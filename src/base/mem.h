#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

/* All memory that lotse itself asks for, so that running out of it has one
 * meaning: the process says so on stderr and ends with exit code 2. Nobody
 * checks for NULL. */

void *mem_alloc(size_t size);            /* zeroed; of mem_free */
void *mem_resize(void *at, size_t size); /* like realloc; NULL is welcome */
void mem_free(void *at);                 /* NULL is welcome */

/* For what a library could not get, or a size that does not fit size_t. */
void mem_out(size_t size) __attribute__((noreturn));

/* The budget of the whole process: bytes asked for here, and, as far as the
 * system tells (RLIMIT_DATA), by the libraries. Going over it is running out of
 * memory. 0 lifts the first; the second can only be lowered. */
void mem_budget(uint64_t bytes);

/* Keeps what is given back for the next one who asks, as far as it is little: a page
 * from the system costs more than many pages of our own. Once, at the start. */
void mem_prepare(void);

/* All of these bytes will be used soon, and more than once: the system may give what it
 * can of them in large pages. */
void mem_large(void *at, size_t size);

/* Bytes of mem_alloc and mem_resize that are in use. */
uint64_t mem_used(void);

#endif
