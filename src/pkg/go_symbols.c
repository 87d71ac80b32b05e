/* The version that a Go program keeps in a variable, found by its symbol where that was
 * left in. What was built with -trimpath does not tell how its linker was called, and what
 * go:embed takes from a file VERSION was never told:
 *
 *     main.version                                     as -X set it, "v1.2.3"
 *     github.com/hashicorp/vault/version.fullVersion   "1.15.2\n"
 *
 * Such a variable is two words, where the text is and how long. Those of other modules are
 * theirs, and are not looked at. */
#include "pkg/go_modules.h"

#include "base/own.h"

static const char *const of_main[] = {"main.version", "main.Version"};
static const char *const of_module[] = {
    "/version.fullVersion", "/version.Version",          "/version.version",
    "/pkg/version.Version", "/internal/version.Version", "/sdk/version.Version"};

static struct str kept(const struct elf *e, struct str variable)
{
    unsigned width = e->wide ? 8 : 4;
    struct str words, text;
    uint64_t addr, n;

    if (!elf_symbol(e, variable, &addr))
        return (struct str){0};
    words = elf_at(e, addr);
    text = elf_at(e, elf_number(e, words, 0, width));
    n = elf_number(e, words, width, width);
    if (words.n < 2 * width || n > text.n)
        return (struct str){0};
    text = str_trim((struct str){text.p, n});
    return go_looks_like_version(text) ? text : (struct str){0};
}

struct str go_version_kept(struct arena *a, const struct elf *e, struct str module)
{
    struct str found = {0};
    own(arena) names = {0};

    for (size_t i = 0; i < sizeof of_main / sizeof *of_main && !found.n; i++)
        found = kept(e, str_of(of_main[i]));
    for (size_t i = 0; i < sizeof of_module / sizeof *of_module && !found.n; i++)
        found = kept(e, str_printf(&names, STR_FMT "%s", STR_ARG(module), of_module[i]));
    return go_with_v(a, found);
}
