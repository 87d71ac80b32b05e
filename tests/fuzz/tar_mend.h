/* A mutator that gives tar headers a right checksum, which a fuzzer alone would
 * hardly find. */
#ifndef TESTS_FUZZ_TAR_MEND_H
#define TESTS_FUZZ_TAR_MEND_H

#include "fuzz.h"

static inline void tar_mend(uint8_t *data, size_t size)
{
    for (uint8_t *block = data; size - (size_t)(block - data) >= 512; block += 512) {
        unsigned sum = 8 * ' ';

        if (memcmp(block + 257, "ustar", 5) != 0)
            continue;
        for (int i = 0; i < 512; i++)
            sum += i < 148 || i > 155 ? block[i] : 0;
        for (int i = 6; i-- > 0; sum /= 8)
            block[148 + i] = (uint8_t)('0' + sum % 8);
        block[154] = 0;
    }
}

#ifndef FUZZ_NAME
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
    size = LLVMFuzzerMutate(data, size, max);
    if (seed % 16)
        tar_mend(data, size);
    return size;
}
#endif

#endif
