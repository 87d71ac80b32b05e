#ifndef PKG_COMPOSER_H
#define PKG_COMPOSER_H

#include "io/json.h"
#include "model/reader.h"

/* The packages of composer.lock and vendor/composer/installed.json look alike. */
void composer_tell(struct read *in, struct json entry, bool dev);

#endif
