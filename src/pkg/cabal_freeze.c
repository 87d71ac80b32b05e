/* cabal.project.freeze, of Haskell's cabal:
 *     active-repositories: hackage.haskell.org:merge
 *     constraints: any.aeson ==2.1.2.1,
 *                  aeson -cffi +ordered-keymap,
 *                  any.base ==4.17.1.0
 * Libraries of the compiler, like base, are among them.
 * cabal.readthedocs.io, "cabal freeze". */
#include "pkg/loose.h"

static const struct want wants[] = {
    {WANT_NAME, "cabal.project.freeze"},
    {WANT_NAME, "cabal.config"}, /* as cabal 1 called it */
    {0},
};

static int cabal_freeze_read(struct read *in, struct err *err);

const struct reader pkg_cabal_freeze = {
    .name = "cabal_freeze",
    .title = "Haskell: cabal.project.freeze",
    .checked = "cabal",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = cabal_freeze_read,
};

/* "any.aeson", "setup.aeson", "shop:setup.aeson": aeson, wherever it is needed. */
static struct str name_of(struct str text)
{
    struct str before, name;

    str_cut_last(str_trim(text), ':', &before, &name);
    if (str_starts(name, S("any.")))
        return str_from(name, 4);
    return str_starts(name, S("setup.")) ? str_from(name, 6) : name;
}

/* "any.aeson ==2.1.2.1"; of flags ("aeson -cffi") and of repositories nothing is told, and
 * "base installed" is whichever there is. */
static void tell(struct read *in, struct str text, uint64_t line, struct loose *loose)
{
    ptrdiff_t at = str_find(text, S("=="));
    struct str name, version, rest;

    if (at < 0) {
        if (str_ends(str_trim(text), S(" installed")))
            loose_add(loose, str_trim(text));
        return;
    }
    name = name_of((struct str){text.p, (size_t)at});
    str_cut(str_trim(str_from(text, (size_t)at + 2)), ' ', &version, &rest);
    if (str_starts(str_trim(rest), S("||")) || str_ends(version, S("*")))
        loose_add(loose, str_trim(text));
    else if (name.n && version.n)
        read_add(in, "hackage", name, version)->line = line;
    else
        read_note_lacks(in, line, name, version);
}

static int cabal_freeze_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line, one, key, value;
    struct loose loose = {0};
    uint64_t n = 0;

    (void)err;
    while (str_line(&rest, &line)) {
        n++;
        if (str_starts(str_trim(line), S("--")))
            continue;
        if (str_starts(line, S("constraints:")) && str_cut(line, ':', &key, &value))
            line = value;
        while (line.n) {
            str_cut(line, ',', &one, &line);
            tell(in, one, n, &loose);
        }
    }
    loose_note(in, &loose);
    read_note_cut(in, n);
    return 0;
}
