/* mix.lock, of Elixir: a map of one line a dependency.
 *     %{
 *       "plug": {:hex, :plug, "1.15.2", "94cf1f...", [:mix], [{:mime, "~> 1.0", [hex:
 * :mime, repo: "hexpm", optional: false]}], "hexpm", "02731f..."}, "own": {:git,
 * "https://example.org/own.git", "3f5a...", [tag: "v1.0"]},
 *     }
 * What comes from git has no version. hexdocs.pm/mix, "mix deps"; mix writes it. */
#include "base/err.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/reader.h"
#include "pkg/terms.h"

static const struct want wants[] = {
    {WANT_NAME, "mix.lock"},
    {0},
};

static int mix_lock_read(struct read *in, struct err *err);

const struct reader pkg_mix_lock = {
    .name = "mix_lock",
    .title = "Elixir: mix.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = mix_lock_read,
};

/* [{:mime, "~> 1.0", [hex: :mime, ...]}, ...] */
static void add_needs(struct package *p, struct arena *a, struct term list)
{
    own(buf) needs = {0};

    for (size_t i = 0; i < list.len; i++)
        needs_add(&needs, term_at(&list.at[i], 0).text);
    p->needs = buf_keep(a, &needs);
}

static void tell(struct read *in, struct term app, struct term entry)
{
    struct str name = term_at(&entry, 1).text, version = term_at(&entry, 2).text;
    struct package *p;

    if (!str_equal(term_at(&entry, 0).text, S("hex")))
        return; /* :git, :path */
    if (!name.n || !version.n) {
        read_note_lacks(in, app.line, name, version);
        return;
    }
    p = read_add(in, "hex", name, version);
    p->line = app.line;
    p->key = app.text;
    add_needs(p, in->a, term_at(&entry, 5));
}

static int mix_lock_read(struct read *in, struct err *err)
{
    struct term all;
    int r = term_parse(in->a, in->bytes, &all, err);

    if (r < 0)
        return r;
    if (all.kind != TERM_MAP)
        return err_set(err, ERR_FORMAT, "no map of dependencies");
    for (size_t i = 0; i + 1 < all.len; i += 2)
        tell(in, all.at[i], all.at[i + 1]);
    return 0;
}
