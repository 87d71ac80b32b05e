#include "io/budget.h"

const struct budget budget_layer = {
    .bytes = UINT64_C(64) << 30,
    .entries = UINT64_C(32) << 20,
    .file = UINT64_C(256) << 20,
    .name = 64 << 10,
    .ratio = 1000,
    .zstd_window = 23,
    .xz_memory = 64 << 20,
    .memory = UINT64_C(1) << 30,
    .facts = UINT64_C(256) << 20,
    .seconds = 60,
};

const struct budget budget_feed = {
    .bytes = UINT64_C(64) << 30,
    .entries = UINT64_C(32) << 20,
    .file = UINT64_C(1) << 30,
    .name = 64 << 10,
    .ratio = 1000,
    .zstd_window = 27,
    .xz_memory = 256 << 20,
    .memory = UINT64_C(1) << 30,
    .facts = UINT64_C(256) << 20,
    .seconds = 60,
};
