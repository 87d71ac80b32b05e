/* rebar.lock, of Erlang's rebar3:
 *     {"1.2.0",
 *     [{<<"cowlib">>,{pkg,<<"cowlib">>,<<"2.11.0">>},1},
 *      {<<"own">>,{git,"https://example.org/own.git",{ref,"3f5a..."}},0}]}.
 *     [{pkg_hash,[...]}].
 * The number at the end is how far it is from the project: 0 is what it asks for itself.
 * Versions before 1 are the list alone. rebar3.org/docs/workflow/lockfiles. */
#include "base/err.h"
#include "model/reader.h"
#include "pkg/terms.h"

static const struct want wants[] = {
    {WANT_NAME, "rebar.lock"},
    {0},
};

static int rebar_lock_read(struct read *in, struct err *err);

const struct reader pkg_rebar_lock = {
    .name = "rebar_lock",
    .title = "Erlang: rebar.lock",
    .checked = "rebar3",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = rebar_lock_read,
};

static void tell(struct read *in, struct term entry)
{
    struct term from = term_at(&entry, 1), level = term_at(&entry, 2);
    struct str name = term_at(&from, 1).text, version = term_at(&from, 2).text;
    struct package *p;

    if (!str_equal(term_at(&from, 0).text, S("pkg")))
        return; /* git, hg */
    if (!name.n || !version.n) {
        read_note_lacks(in, entry.line, name, version);
        return;
    }
    p = read_add(in, "hex", name, version);
    p->line = entry.line;
    p->direct = str_equal(level.text, S("0"));
}

static int rebar_lock_read(struct read *in, struct err *err)
{
    struct term all, list;
    int r = term_parse(in->a, in->bytes, &all, err);

    if (r < 0)
        return r;
    list = all.kind == TERM_TUPLE ? term_at(&all, 1) : all;
    if (list.kind != TERM_LIST)
        return err_set(err, ERR_FORMAT, "no list of dependencies");
    for (size_t i = 0; i < list.len; i++)
        tell(in, list.at[i]);
    read_note_cut(in, 0);
    return 0;
}
