#include "image/checkout.h"

enum { MOST = 10 };

static const struct {
    const char *folders[MOST];
    const char *locks[MOST]; /* none: never entered */
} kinds[] = {
    {{".git", ".hg", ".svn", ".bzr", "CVS"}, {NULL}},
    {{"node_modules", "bower_components", "jspm_packages"},
     {"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml",
      "bun.lock"}},
    {{".venv", "venv", ".tox", ".nox", "__pypackages__"},
     {"poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pylock.toml",
      "requirements.txt"}},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool is_one(const char *const *list, struct str name)
{
    for (size_t i = 0; i < MOST && list[i]; i++)
        if (str_equal(name, str_of(list[i])))
            return true;
    return false;
}

unsigned checkout_locks(unsigned above, char *const *names, size_t len)
{
    for (size_t i = 0; i < len; i++)
        for (unsigned k = 0; k < KINDS; k++)
            if (is_one(kinds[k].locks, str_of(names[i])))
                above |= 1u << k;
    return above;
}

bool checkout_leaves_out(unsigned locks, struct str name)
{
    for (unsigned k = 0; k < KINDS; k++)
        if (is_one(kinds[k].folders, name))
            return !kinds[k].locks[0] || (locks & 1u << k);
    return false;
}
