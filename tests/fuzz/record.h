/* A value of the database, decoded as each thing that it may be. */
#ifndef TESTS_FUZZ_RECORD_H
#define TESTS_FUZZ_RECORD_H

#include "advisory/codec.h"

static inline void record_decode(struct arena *a, struct str value)
{
    struct statement s;
    struct vulnerability v;

    for (struct unpack in = unpack_of(value); !unpack_end(&in);)
        statement_unpack(a, unpack_str(&in), &s);
    vulnerability_unpack(a, str_from(value, 1), &v);
}

#endif
