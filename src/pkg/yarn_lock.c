/* yarn.lock of Yarn 1, lines of its own form: an entry begins with all that was asked for,
 * and has two blanks in front of what is known of it.
 *     "@babel/core@^7.0.0", "@babel/core@^7.8.3":
 *       version "7.9.0"
 *       dependencies:
 *         debug "^4.1.0"
 * An alias is asked for as "old-ms@npm:ms@2.0.0". What the project itself asks for, and for
 * what, is not said. Since Yarn 2: yarn_berry.c.
 * https://classic.yarnpkg.com/lang/en/docs/yarn-lock/; yarn list is the reference. */
#include "pkg/yarn_lock.h"

#include "base/own.h"

static int yarn_lock_read(struct read *in, struct err *err);

static const struct want wants[] = {
    {WANT_NAME, "yarn.lock", NULL, js_is_project},
    {0},
};

const struct reader pkg_yarn_lock = {
    .name = "yarn_lock",
    .title = "Yarn: yarn.lock",
    .checked = "yarn list, yarn info",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = yarn_lock_read,
};

/* A dependency, until all entries are known. */
struct wish {
    struct js_node *from;
    struct str name, range;
    enum js_how how;
};

enum section { SECTION_NONE, SECTION_NEEDS, SECTION_OPTIONAL };

struct reading {
    struct read *in;
    struct js_lock lock;
    struct js_node *node; /* whose entry it is, NULL before the first */
    enum section section;
    uint64_t line;
    struct {
        struct wish *at;
        size_t len, cap;
    } wishes;
};

static void reading_done(struct reading *r)
{
    js_lock_done(&r->lock);
}

/* ---- words ---- */

/* Without the backslashes of "a \\"b\\"": of what JSON has they stand for no more here. */
static struct str unescaped(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n, 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        i += s.p[i] == '\\' && i + 1 < s.n;
        to[n++] = s.p[i];
    }
    return (struct str){to, n};
}

/* "..."; false when it has no end. */
static bool quoted_word(struct arena *a, struct str *rest, struct str *out)
{
    bool escapes = false;
    size_t i = 1;

    for (; i < rest->n && rest->p[i] != '"'; i++)
        if (rest->p[i] == '\\') {
            escapes = true;
            i++;
        }
    if (i >= rest->n)
        return false;
    *out = (struct str){rest->p + 1, i - 1};
    if (escapes)
        *out = unescaped(a, *out);
    *rest = str_from(*rest, i + 1);
    return true;
}

/* Cuts the next word off, in quotes or up to a blank, comma or colon. False: none. */
static bool next_word(struct arena *a, struct str *rest, struct str *out)
{
    size_t n = 0;

    *rest = str_trim(*rest);
    if (str_starts(*rest, S("\"")))
        return quoted_word(a, rest, out);
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != ',' && rest->p[n] != ':')
        n++;
    *out = (struct str){rest->p, n};
    *rest = str_from(*rest, n);
    return n > 0;
}

static bool take_sign(struct str *rest, struct str sign)
{
    *rest = str_trim(*rest);
    if (!str_starts(*rest, sign))
        return false;
    *rest = str_from(*rest, sign.n);
    return true;
}

/* ---- lines ---- */

/* "old-ms@npm:ms@2.0.0" is a package called ms. */
static void take_name(struct js_node *node, struct str asked)
{
    struct str range;

    js_split(asked, &node->name, &range);
    if (str_starts(range, S("npm:")))
        js_split(str_from(range, 4), &node->name, &range);
}

static bool take_asked(struct reading *r, struct str line)
{
    struct str asked;

    do {
        if (!next_word(r->in->a, &line, &asked))
            return false;
        if (!r->node->name.n)
            take_name(r->node, asked);
        *map_at(r->in->a, &r->lock.keys, asked) = r->node;
    } while (take_sign(&line, S(",")));
    return take_sign(&line, S(":")) && !str_trim(line).n;
}

/* What follows one that is broken is known to be its, and nothing more. */
static bool take_header(struct reading *r, struct str line)
{
    r->node = js_node_new(&r->lock, r->line);
    r->section = SECTION_NONE;
    r->node->silent = !take_asked(r, line);
    return !r->node->silent;
}

static bool take_property(struct reading *r, struct str line)
{
    struct str key;

    r->section = SECTION_NONE;
    if (!r->node || !next_word(r->in->a, &line, &key))
        return false;
    if (take_sign(&line, S(":"))) {
        if (str_equal(key, S("dependencies")))
            r->section = SECTION_NEEDS;
        else if (str_equal(key, S("optionalDependencies")))
            r->section = SECTION_OPTIONAL;
        return true;
    }
    if (str_equal(key, S("version")))
        return next_word(r->in->a, &line, &r->node->version);
    return true;
}

static bool take_wish(struct reading *r, struct str line)
{
    struct wish wish = {.from = r->node, .how = JS_NEEDS};

    if (!r->node)
        return false;
    if (r->section == SECTION_NONE)
        return true;
    if (r->section == SECTION_OPTIONAL)
        wish.how = JS_OPTIONAL;
    if (!next_word(r->in->a, &line, &wish.name) || !next_word(r->in->a, &line, &wish.range))
        return false;
    *arena_push(r->in->a, &r->wishes) = wish;
    return true;
}

static bool take_line(struct reading *r, struct str line)
{
    if (str_starts(line, S("    ")))
        return take_wish(r, line);
    if (str_starts(line, S("  ")))
        return take_property(r, line);
    return take_header(r, line);
}

/* ---- the whole ---- */

static void grant_wishes(struct reading *r)
{
    struct js_lock *lock = &r->lock;

    for (size_t i = 0; i < r->wishes.len; i++) {
        const struct wish *w = &r->wishes.at[i];
        struct js_node *to;

        lock->word.len = 0;
        buf_str(&lock->word, w->name);
        buf_char(&lock->word, '@');
        buf_str(&lock->word, w->range);
        to = map_get(&lock->keys, buf_view(&lock->word));
        if (to)
            js_need(lock, w->from, to, w->how);
    }
}

static void note_lacking(struct reading *r)
{
    for (size_t i = 0; i < r->lock.nodes.len; i++) {
        struct js_node *node = r->lock.nodes.at[i];

        if (node->silent || (node->name.n && node->version.n))
            continue;
        read_note_lacks(r->in, node->line, node->name, node->version);
        node->silent = true;
    }
}

static void read_lines(struct read *in)
{
    own(reading) r = {.in = in, .lock = {.in = in}};
    struct str rest = in->bytes, line;

    while (str_line(&rest, &line)) {
        r.line++;
        if (str_ends(line, S("\r")))
            line.n--;
        if (!str_trim(line).n || str_starts(line, S("#")))
            continue;
        if (!take_line(&r, line))
            read_note(in, r.line, "not understood: \"%.40s\"", str_copy(in->a, line).p);
    }
    grant_wishes(&r);
    note_lacking(&r);
    js_tell(&r.lock);
    read_note_cut(in, r.line);
}

static int yarn_lock_read(struct read *in, struct err *err)
{
    if (str_starts(in->bytes, S("__metadata:")) ||
        str_find(in->bytes, S("\n__metadata:")) >= 0)
        return yarn_berry(in, err);
    read_lines(in);
    return 0;
}
