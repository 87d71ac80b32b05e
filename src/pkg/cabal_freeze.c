/* cabal.project.freeze, of Haskell's cabal:
 *     active-repositories: hackage.haskell.org:merge
 *     constraints: any.aeson ==2.1.2.1,
 *                  aeson -cffi +ordered-keymap,
 *                  any.base ==4.17.1.0
 * cabal.readthedocs.io, "cabal freeze". */
#include "model/reader.h"

static const struct want wants[] = {
    {WANT_NAME, "cabal.project.freeze"},
    {WANT_NAME, "cabal.config"}, /* as cabal 1 called it */
    {0},
};

static int cabal_freeze_read(struct read *in, struct err *err);

const struct reader pkg_cabal_freeze = {
    .name = "cabal_freeze",
    .title = "Haskell: cabal.project.freeze",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = cabal_freeze_read,
};

/* "any.aeson ==2.1.2.1"; of flags ("aeson -cffi") and of repositories nothing is told. */
static void take(struct read *in, struct str text, uint64_t line)
{
    ptrdiff_t at = str_find(text, S("=="));
    struct str name, version;

    if (at < 0)
        return;
    name = str_trim((struct str){text.p, (size_t)at});
    version = str_trim(str_from(text, (size_t)at + 2));
    if (str_starts(name, S("any.")))
        name = str_from(name, 4);
    if (name.n && version.n)
        read_add(in, "hackage", name, version)->line = line;
    else
        read_note_lacks(in, line, name, version);
}

static int cabal_freeze_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line, one, key, value;
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
            take(in, one, n);
        }
    }
    read_note_cut(in, n);
    return 0;
}
