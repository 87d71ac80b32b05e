#ifndef MODEL_LICENCE_H
#define MODEL_LICENCE_H

#include "base/str.h"

struct arena;

/* What metadata declare as a licence, as an SPDX expression (spdx.github.io/spdx-spec,
 * annex D), in the arena:
 *
 *     "Apache License, Version 2.0"                        Apache-2.0
 *     "License :: OSI Approved :: MIT License"             MIT
 *     "GPLv2+ and (BSD-3-clause or MIT)"   GPL-2.0-or-later AND (BSD-3-Clause OR MIT)
 *     "https://opensource.org/licenses/MIT"                MIT
 *
 * Empty when part of it cannot be mapped, or may mean one of several: "BSD", "GPL". Names
 * that SPDX gave up are written as it writes them today, "GPL-2.0" as GPL-2.0-only.
 * Lines, commas and semicolons join what all holds, once each; a slash and a bar, what may
 * be chosen.
 * Takes any bytes, in time linear in them; of more than 8 KiB nothing is made. */
struct str licence_spdx(struct arena *a, struct str declared);

#endif
