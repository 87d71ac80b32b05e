/* Limits so low that inputs of a few kilobytes come to each of them. */
#ifndef TESTS_FUZZ_SMALL_BUDGET_H
#define TESTS_FUZZ_SMALL_BUDGET_H

#include "io/budget.h"

static const struct budget small_budget = {
    .bytes = 1 << 20,
    .ratio = 100,
    .ratio_from = 1 << 16,
    .zstd_window = 1 << 17,
    .xz_memory = 1 << 20,
    .entries = 1000,
    .file = 1 << 18,
    .name = 4096,
    .extended = 1 << 12,
    .extents = 64,
    .depth = 8,
    .members = 100,
    .manifest = 1 << 16,
    .kept = 1 << 17,
    .layers = 16,
    .manifests = 16,
    .indexes = 3,
    .links = 32,
    .hops = 8,
    .steps = 1000,
    .looks = 2,
    .facts = 1 << 20,
};

#endif
