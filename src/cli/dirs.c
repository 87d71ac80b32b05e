/* Where things are kept. */
#include "cli/cli.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

static const char *home_dir(void)
{
    const char *home = getenv("HOME");

    if (!home || home[0] != '/') {
        const struct passwd *user = getpwuid(getuid());

        home = user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : NULL;
    }
    return home && home[1] != '\0' ? home : NULL;
}

/* Below it is all that can be made again. */
static struct str below_cache(struct arena *a, const char *what)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home;

    if (cache && cache[0] == '/') /* relative ones are to be ignored, says XDG */
        return str_printf(a, "%s/lotse%s", cache, what);
    home = home_dir();
    return home ? str_printf(a, "%s/.cache/lotse%s", home, what) : (struct str){0};
}

struct str cli_db_dir(const struct call *call)
{
    return cli_given(call, OPTION_DB) ? str_copy(call->a, cli_value(call, OPTION_DB))
                                      : below_cache(call->a, "/db");
}

struct str cli_cache_dir(const struct call *call)
{
    return cli_given(call, OPTION_CACHE_DIR)
               ? str_copy(call->a, cli_value(call, OPTION_CACHE_DIR))
               : below_cache(call->a, "");
}
