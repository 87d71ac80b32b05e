#ifndef PKG_CAPABILITY_H
#define PKG_CAPABILITY_H

#include "model/reader.h"

/* apk and rpm say what a package needs in words that any package may provide:
 * "so:libcrypto.so.3", "libcrypto.so.3()(64bit)", "/bin/sh". There are thousands of
 * them, and their database knows every package there is. So it is settled here, as
 * soon as it is read, and not kept: `needs` of the packages become keys, and `provides`
 * is empty behind it. What no package provides, and starts with a slash, is looked for
 * among their files. The first to provide a thing counts. */
void capabilities_settle(struct read *in, struct str realm);

#endif
