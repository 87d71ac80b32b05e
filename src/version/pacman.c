/* Pacman (Arch Linux): [epoch:]version[-release], vercmp(8). The reference is
 * alpm_pkg_vercmp() of libalpm 13.0.2 (pacman 6.0).
 *
 * A missing release sorts before every release, 1.0 < 1.0-1. (To vercmp it is any
 * release; such a relation is no order, 1.0-1 = 1.0 = 1.0-2, and an installed
 * package has a release.) Text that ends with a mark, "1.", is no version: with
 * it vercmp goes in circles, a1 < a.b < a. < a1. Nor is one with what makepkg
 * refuses: blanks, "/", a second colon or dash, other than ASCII. */
#include "version/version.h"

#include "version/parts.h"

#include <string.h>

struct pacman {
    struct str epoch, version, release;
    bool has_release;
};

/* Only digits before a colon, or nothing, are an epoch. */
static struct pacman split(struct str v)
{
    struct pacman p = {0};
    struct str rest = v, digits = take_digits(&rest);

    if (take_word(&rest, S(":"))) {
        p.epoch = digits;
        v = rest;
    }
    p.has_release = str_cut_last(v, '-', &p.version, &p.release);
    if (!p.has_release) {
        p.version = v;
        p.release = (struct str){0};
    }
    return p;
}

static bool is_mark(char c)
{
    return !is_digit(c) && !is_letter(c);
}

/* How a version goes on, in the order in which it sorts: 1a < 1 < 1.a < 1.0 < 1..a.
 * Which marks they are does not count, only how many. */
enum kind { LETTERS, END, DIGITS };

struct part {
    size_t marks;
    enum kind kind;
    struct str text;
};

static struct part take_part(struct str *s)
{
    struct part p = {.marks = take_run(s, is_mark).n};

    if (s->n == 0) {
        p.kind = END;
    } else if (is_digit(s->p[0])) {
        p.kind = DIGITS;
        p.text = take_digits(s);
    } else {
        p.text = take_run(s, is_letter);
    }
    return p;
}

static int compare_text(struct str a, struct str b)
{
    for (;;) {
        struct part p = take_part(&a), q = take_part(&b);
        int r;

        if (p.marks != q.marks)
            return p.marks < q.marks ? -1 : 1;
        if (p.kind != q.kind)
            return p.kind < q.kind ? -1 : 1;
        r = p.kind == DIGITS ? compare_digits(p.text, q.text) : str_compare(p.text, q.text);
        if (r || p.kind == END)
            return r;
    }
}

static int pacman_compare(struct str a, struct str b)
{
    struct pacman x = split(a), y = split(b);
    int r = compare_digits(x.epoch, y.epoch);

    if (r == 0)
        r = compare_text(x.version, y.version);
    if (r == 0)
        r = x.has_release - y.has_release;
    if (r == 0)
        r = compare_text(x.release, y.release);
    return r;
}

static bool is_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr(":/-", s.p[i]))
            return false;
    return s.n > 0 && !is_mark(s.p[s.n - 1]);
}

static bool pacman_valid(struct str v)
{
    struct pacman p = split(v);

    return is_text(p.version) && (!p.has_release || is_text(p.release));
}

const struct version_scheme version_pacman = {
    .name = "pacman",
    .title = "Pacman: [epoch:]version[-release]",
    .checked = "libalpm",
    .valid = pacman_valid,
    .compare = pacman_compare,
};
