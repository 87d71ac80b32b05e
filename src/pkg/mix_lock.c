/* mix.lock, of Elixir: a map of one line a dependency, here broken to fit.
 *     "plug": {:hex, :plug, "1.15.2", "94cf1f...", [:mix],
 *              [{:mime, "~> 1.0", [hex: :mime, repo: "hexpm", optional: false]}],
 *              "hexpm", "02731f..."},
 *     "own": {:git, "https://example.org/own.git", "3f5a...", [tag: "v1.0.2"]},
 * Behind the dependencies is the repository, "hexpm:acme" that of an organisation. What
 * comes from git has the version that its tag is, or none. hexdocs.pm/mix, "mix deps";
 * mix writes it. */
#include "base/err.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/reader.h"
#include "pkg/tag.h"
#include "pkg/terms.h"

static const struct want wants[] = {
    {WANT_NAME, "mix.lock"},
    {0},
};

static int mix_lock_read(struct read *in, struct err *err);

const struct reader pkg_mix_lock = {
    .name = "mix_lock",
    .title = "Elixir: mix.lock",
    .checked = "mix",
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

/* "hexpm:acme": acme. Another repository may have a package of a name that hex.pm has,
 * too. */
static struct str owner_of(struct str repository)
{
    struct str name, owner;

    if (str_cut(repository, ':', &name, &owner))
        return owner;
    return str_equal(name, S("hexpm")) ? owner : name;
}

static void tell_hex(struct read *in, struct term app, struct term entry)
{
    struct str name = term_at(&entry, 1).text, version = term_at(&entry, 2).text;
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, app.line, name, version);
        return;
    }
    p = read_add(in, "hex", name, version);
    p->group = owner_of(term_at(&entry, 6).text);
    p->line = app.line;
    p->key = app.text;
    add_needs(p, in->a, term_at(&entry, 5));
}

/* Of [tag: "v1.0.2"], the options of a repository. */
static void tell_git(struct read *in, struct term app, struct term options)
{
    struct str version;

    for (size_t i = 0; i + 1 < options.len; i += 2)
        if (str_equal(options.at[i].text, S("tag")) &&
            tag_version(options.at[i + 1].text, &version) && app.text.n)
            read_add(in, "hex", app.text, version)->line = app.line;
}

static void tell(struct read *in, struct term app, struct term entry)
{
    struct str how = term_at(&entry, 0).text;

    if (str_equal(how, S("hex")))
        tell_hex(in, app, entry);
    else if (str_equal(how, S("git")))
        tell_git(in, app, term_at(&entry, 3));
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
