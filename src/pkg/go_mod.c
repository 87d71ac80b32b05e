/* go.mod, https://go.dev/ref/mod#go-mod-file:
 *     module example.org/shop
 *     go 1.21
 *     require (
 *         github.com/gorilla/mux v1.8.0
 *         golang.org/x/net v0.17.0 // indirect
 *     )
 *     replace golang.org/x/net => golang.org/x/net v0.18.0
 *     replace example.org/lib v1.0.0 => ../lib
 * What is replaced by a folder is the project's own. Since Go 1.17 all modules of a build
 * are listed. go list -m all is the reference. */
#include "base/map.h"
#include "base/own.h"
#include "model/reader.h"

static const struct want wants[] = {
    {WANT_NAME, "go.mod"},
    {0},
};

static int go_mod_read(struct read *in, struct err *err);

const struct reader pkg_go_mod = {
    .name = "go_mod",
    .title = "Go: go.mod",
    .checked = "go mod edit",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = go_mod_read,
};

struct module {
    struct str path, version;
};

struct mod {
    struct read *in;
    struct str block; /* "require" between brackets */
    struct map
        replaced; /* "path" or "path version" -> struct module; path empty: a folder */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The next word, without the quotes that may be around it. */
static struct str take_word(struct str *rest)
{
    struct str word;
    size_t n = 0;

    *rest = str_trim(*rest);
    while (n < rest->n && !is_blank(rest->p[n]))
        n++;
    word = (struct str){rest->p, n};
    *rest = str_from(*rest, n);
    if (word.n > 1 && (word.p[0] == '"' || word.p[0] == '`') &&
        word.p[word.n - 1] == word.p[0])
        word = (struct str){word.p + 1, word.n - 2};
    return word;
}

static void take_require(struct mod *m, struct str text, struct str comment, uint64_t line)
{
    struct str path = take_word(&text), version = take_word(&text);
    struct package *p;

    if (!path.n || !version.n) {
        read_note_lacks(m->in, line, path, version);
        return;
    }
    p = read_add(m->in, "golang", path, version);
    p->line = line;
    p->direct = !str_equal(str_trim(comment), S("indirect")) &&
                !str_starts(str_trim(comment), S("indirect;"));
}

/* "a v1.0.0 => b v1.1.0", "a => ../b" */
static void take_replace(struct mod *m, struct str text, uint64_t line)
{
    struct arena *a = m->in->a;
    struct module *with = arena_new(a, struct module);
    struct str path = take_word(&text), version = take_word(&text), arrow = version;

    if (!str_equal(arrow, S("=>")))
        arrow = take_word(&text);
    else
        version = (struct str){0};
    with->path = take_word(&text);
    with->version = take_word(&text);
    if (!path.n || !str_equal(arrow, S("=>")) || !with->path.n) {
        read_note(m->in, line, "not a replacement");
        return;
    }
    if (!with->version.n)
        with->path = (struct str){0};
    *map_at(a, &m->replaced,
            version.n ? str_printf(a, STR_FMT " " STR_FMT, STR_ARG(path), STR_ARG(version))
                      : path) = with;
}

static void take_line(struct mod *m, struct str line, uint64_t n)
{
    ptrdiff_t at = str_find(line, S("//"));
    struct str comment = at < 0 ? (struct str){0} : str_from(line, (size_t)at + 2);
    struct str text = str_trim(at < 0 ? line : (struct str){line.p, (size_t)at});
    struct str verb = m->block;

    if (!text.n)
        return;
    if (str_equal(text, S(")"))) {
        m->block = (struct str){0};
        return;
    }
    if (!verb.n)
        verb = take_word(&text);
    text = str_trim(text);
    if (str_equal(text, S("(")))
        m->block = verb;
    else if (str_equal(verb, S("require")))
        take_require(m, text, comment, n);
    else if (str_equal(verb, S("replace")))
        take_replace(m, text, n);
}

static const struct module *replacement(struct mod *m, const struct package *p)
{
    const struct module *with =
        map_get(&m->replaced, str_printf(m->in->a, STR_FMT " " STR_FMT, STR_ARG(p->name),
                                         STR_ARG(p->version)));

    return with ? with : map_get(&m->replaced, p->name);
}

static void replace_all(struct mod *m)
{
    struct package_list *all = &m->in->packages;
    size_t kept = 0;

    for (size_t i = 0; i < all->len; i++) {
        struct package p = all->at[i];
        const struct module *with = replacement(m, &p);

        if (with) {
            p.name = with->path;
            p.version = with->version;
        }
        if (p.name.n)
            all->at[kept++] = p;
    }
    all->len = kept;
}

static int go_mod_read(struct read *in, struct err *err)
{
    struct mod m = {.in = in};
    struct str rest = in->bytes, line;
    uint64_t n = 0;

    (void)err;
    while (str_line(&rest, &line))
        take_line(&m, line, ++n);
    if (m.block.n)
        read_note(in, n, "brackets that do not end: it may have been cut off");
    read_note_cut(in, n);
    replace_all(&m);
    return 0;
}
