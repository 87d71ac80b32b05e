/* requirements.txt and its kin, a line a requirement, as pip install -r takes them:
 *     requests[socks]==2.31.0 ; python_version >= "3.8" \
 *         --hash=sha256:58cd2187c01e70e6e26505bca751777aa9f2ee0b7f4300988b709f44e013003f
 *         # via
 *         #   -r requirements.in
 *         #   shop
 *     ./wheels/tool-1.0-py3-none-any.whl
 *     -r other.txt
 * The comments are of pip-compile and uv. pip.pypa.io/en/stable/reference/
 * requirements-file-format; pip is the reference. */
#include "pkg/requirements.h"
#include "base/own.h"
#include "model/path.h"

static bool is_requirements(struct str path);

static const struct want wants[] = {
    {WANT_TAIL, ".txt", .only = is_requirements},
    {0},
};

static int requirements_read(struct read *in, struct err *err);

const struct reader pkg_requirements = {
    .name = "requirements",
    .title = "pip: requirements.txt, constraints.txt",
    .checked = "pip",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = requirements_read,
};

/* "requirements-dev.txt", "test-requirements.txt", "requirements/base.txt" */
static bool is_requirements(struct str path)
{
    struct str folder = path_base(path_dir(path)), base = path_base(path);

    return str_starts(base, S("requirements")) || str_ends(base, S("requirements.txt")) ||
           str_starts(base, S("constraints")) || str_equal(folder, S("requirements"));
}

/* ---- lines ---- */

/* PowerShell writes UTF-16: "pip freeze > requirements.txt". Names and versions are ASCII.
 */
static struct str without_utf16(struct arena *a, struct str text)
{
    bool little = str_starts(text, S("\xff\xfe"));
    char *out;
    size_t n = 0;

    if (!little && !str_starts(text, S("\xfe\xff")))
        return str_starts(text, S("\xef\xbb\xbf")) ? str_from(text, 3) : text;
    out = arena_alloc(a, text.n / 2 + 1, 1);
    for (size_t i = 2; i + 1 < text.n; i += 2) {
        unsigned char low = (unsigned char)text.p[i + !little];

        out[n++] = text.p[i + little] || low > 0x7e ? '?' : (char)low;
    }
    return (struct str){out, n};
}

static bool is_comment(struct str line)
{
    return str_starts(str_trim(line), S("#"));
}

/* "flask==2.0  # why": a comment has a blank in front */
static void cut_comment(struct str *line, struct str *comment)
{
    *comment = (struct str){0};
    for (size_t i = 0; i < line->n; i++)
        if (line->p[i] == '#' && (!i || line->p[i - 1] == ' ' || line->p[i - 1] == '\t')) {
            *comment = str_trim(str_from(*line, i + 1));
            line->n = i;
        }
    *line = str_trim(*line);
}

struct lines {
    struct str rest;
    uint64_t line; /* the last of those that make one */
    struct buf whole;
};

static void lines_done(struct lines *l)
{
    buf_done(&l->whole);
}

/* Lines that end in a backslash and the one behind them, which may be a comment, are one;
 * `first` is where it began. */
static bool next_line(struct lines *l, uint64_t *first)
{
    struct str line;
    bool more = true, some = false;

    l->whole.len = 0;
    *first = l->line + 1;
    while (more && str_line(&l->rest, &line)) {
        l->line++;
        some = true;
        if (str_ends(line, S("\r")))
            line.n--;
        more = str_ends(line, S("\\")) && !is_comment(line);
        line.n -= more;
        if (is_comment(line))
            buf_char(&l->whole, ' ');
        buf_str(&l->whole, line);
    }
    return some;
}

/* ---- one requirement ---- */

/* "name==1.0 --hash=sha256:..." */
static struct str without_options(struct str line)
{
    ptrdiff_t at = str_find(line, S(" --"));

    return at < 0 ? line : str_trim((struct str){line.p, (size_t)at});
}

static void add(struct requirements *r, struct str name, struct str version)
{
    struct arena *a = r->in->a;
    struct package *p = read_add(r->in, "pypi", str_copy(a, name), str_copy(a, version));

    p->line = r->line;
    p->key = pypi_key(a, name);
    p->dev = r->dev;
    r->open = true;
}

static void take_requirement(struct requirements *r, struct str text)
{
    struct str name, version;

    if (!requirement_exact(text, &name, &version)) {
        read_note(r->in, r->line, "no requirement: \"%.60s\"", str_copy(r->in->a, text).p);
        return;
    }
    r->good++;
    if (version.n)
        add(r, name, version);
    else
        loose_add(&r->loose, str_copy(r->in->a, text));
}

/* Other files are read by themselves, wherever they are. "-e ." is the project. */
static void take_option(struct requirements *r, struct str text)
{
    struct str option, value;

    r->good++;
    if (!str_cut(text, ' ', &option, &value))
        str_cut(text, '=', &option, &value);
    value = str_trim(value);
    if ((str_equal(option, S("-e")) || str_equal(option, S("--editable"))) &&
        !str_equal(value, S(".")))
        loose_add(&r->loose, str_copy(r->in->a, text));
}

/* ---- all of them ---- */

static void take_line(struct requirements *r, struct str line)
{
    struct str comment;

    cut_comment(&line, &comment);
    if (line.n) {
        r->open = r->via = false;
        if (str_starts(line, S("-")))
            take_option(r, line);
        else
            take_requirement(r, without_options(line));
    }
    if (comment.n)
        requirements_comment(r, comment);
}

/* People leave out the newline at the end, so without one it is whole, most likely. */
static void note_end(struct read *in, struct str text)
{
    if (str_ends(text, S("\\")))
        read_note_cut(in, 0);
    else if (text.n && !str_ends(text, S("\n")))
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "no newline at its end: all there is was read");
}

/* Prose of that name is not worth a note a line. */
static void finish(struct requirements *r, struct str text)
{
    struct read *in = r->in;

    if (!r->good && in->notes.len) {
        in->notes.len = 0;
        note_add(in->a, &in->notes, NOTE_INFO, in->path, "no line of it is a requirement");
    }
    loose_note(in, &r->loose);
    note_end(in, text);
}

static int requirements_read(struct read *in, struct err *err)
{
    struct str text = without_utf16(in->a, in->bytes);
    own(lines) lines = {.rest = text};
    struct requirements r = {.in = in};
    struct str base = path_base(in->path);

    (void)err;
    r.dev = pypi_is_dev((struct str){base.p, base.n - S(".txt").n});
    while (next_line(&lines, &r.line))
        take_line(&r, buf_view(&lines.whole));
    requirements_graph(&r);
    finish(&r, text);
    return 0;
}
