#include "io/archive_lib.h"

#include "base/err.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

static struct archive_lib lib;
static bool loaded;

static void load(void)
{
    void *at = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);

    loaded = at != NULL;
#define X(name) loaded = loaded && (lib.name = (__typeof__(lib.name))dlsym(at, #name));
    ARCHIVE_FUNCTIONS(X)
#undef X
}

const struct archive_lib *archive_lib(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load);
    if (!loaded)
        err_set(err, ERR_UNSUPPORTED, "zip: libarchive.so.13 cannot be loaded");
    return loaded ? &lib : NULL;
}
