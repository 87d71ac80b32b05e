/* Maven: any text, cut into items at points, dashes, and between digits and the
 * rest. The reference is ComparableVersion of maven-artifact 3.8.7 (so in 3.8.7 to
 * 3.9), https://maven.apache.org/pom.html#Version_Order_Specification.
 *
 * A dash, and every change between digits and letters, opens a list in the list:
 * 1.2-rc3 is [1, 2, [rc, [3]]]. What is nothing, 0 or "ga" or "final", counts
 * only in front of something: 1.0-rc is [1, [rc]], but 1.0.1 [1, 0, 1].
 *
 * The reference goes in circles where it compares by kind what it would not place
 * on the same side of nothing: 1.sp.1 < 1-alpha < 1 < 1.sp.1. Here the side
 * counts first, so 1-alpha < 1 < 1.sp.1; all other pairs are as it says.
 *
 * To the reference every string is a version. Here those are none that no project
 * may have (Maven refuses \ / : " < > | ? *) or that no range could name. Letters
 * are those of ASCII, without regard to case. */
#include "version/maven.h"

#include "version/parts.h"
#include "version/version.h"

#include <string.h>

enum { RELEASE = 5, SP, OTHER }; /* places among the words below */

/* In the order in which the kinds sort. */
enum kind { END, WORD, LIST, NUMBER };

struct item {
    enum kind kind;
    int sign; /* whether what begins here is below, like, or above nothing */
    int rank; /* of a WORD */
    struct str text;
};

struct walk {
    struct str rest;
    bool list;    /* the next item is a list */
    bool fresh;   /* the list has no item yet */
    bool known;   /* as far as the next item that is something: */
    size_t lists; /* how many lists are opened in front of it */
    int sign;     /* on which side of nothing it is; 0 when there is none */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Byte order without regard to case. */
static int compare_text(struct str a, struct str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        unsigned char x = (unsigned char)lower(a.p[i]), y = (unsigned char)lower(b.p[i]);

        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

/* a1, b1 and m1 are alpha1, beta1 and milestone1, but a and a.1 are words. */
static int rank_of(struct str word, bool before_digit)
{
    static const struct {
        struct str name;
        int rank;
    } words[] = {
        {S("alpha"), 0}, {S("beta"), 1},     {S("milestone"), 2},     {S("rc"), 3},
        {S("cr"), 3},    {S("snapshot"), 4}, {S("ga"), RELEASE},      {S("final"), RELEASE},
        {S("sp"), SP},   {S(""), RELEASE},   {S("release"), RELEASE},
    };
    static const char letters[] = "abm";
    const char *letter =
        before_digit && word.n == 1 ? strchr(letters, lower(word.p[0])) : NULL;

    if (letter && *letter)
        return (int)(letter - letters);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (compare_text(word, words[i].name) == 0)
            return words[i].rank;
    return OTHER;
}

/* Below, like or above nothing, as an item alone is. */
static int sign_of(const struct item *item)
{
    if (item->kind == WORD)
        return (item->rank > RELEASE) - (item->rank < RELEASE);
    return item->kind == NUMBER && compare_digits(item->text, S("")) != 0;
}

static bool is_other(char c)
{
    return !is_digit(c) && c != '.' && c != '-';
}

/* What ends an item: a point goes, a dash opens a list, and so does what follows
 * at once. */
static void pass_end(struct walk *w)
{
    if (!take_word(&w->rest, S(".")))
        w->list = take_word(&w->rest, S("-")) || w->rest.n;
}

static struct item take_list(struct walk *w)
{
    w->list = false;
    w->fresh = true;
    return (struct item){.kind = LIST};
}

/* A word that ends with a digit or the end is in a list of its own: 1.foo is
 * [1, [foo]], and 1.foo.1 is [1, foo, 1]. */
static struct item take_text(struct walk *w)
{
    struct str rest = w->rest;
    struct item item = {.kind = WORD, .text = take_run(&rest, is_other)};
    bool before_digit = rest.n && is_digit(rest.p[0]);

    if (!w->fresh && (before_digit || rest.n == 0))
        return take_list(w);
    item.rank = rank_of(item.text, before_digit);
    w->rest = rest;
    return item;
}

/* The next item as it is written; nothing between two marks is 0. */
static struct item take_item(struct walk *w)
{
    struct item item = {.kind = END};

    if (w->rest.n == 0)
        return item;
    if (w->list)
        return take_list(w);
    if (is_other(w->rest.p[0])) {
        item = take_text(w);
        if (item.kind == LIST)
            return item;
    } else {
        item = (struct item){.kind = NUMBER, .text = take_digits(&w->rest)};
    }
    w->fresh = false;
    pass_end(w);
    return item;
}

static void look_ahead(struct walk *w)
{
    struct walk ahead = *w;
    struct item item;

    w->lists = 0;
    do {
        item = take_item(&ahead);
        w->lists += item.kind == LIST;
        w->sign = sign_of(&item);
    } while (w->sign == 0 && item.kind != END);
    w->known = true;
}

/* The next item that counts: nothing is passed over in front of a list or the end. */
static struct item take(struct walk *w)
{
    struct item item;

    if (!w->known)
        look_ahead(w);
    if (w->sign == 0)
        return (struct item){.kind = END};
    do
        item = take_item(w);
    while (w->lists && item.kind != LIST);
    w->lists -= item.kind == LIST;
    w->known = sign_of(&item) == 0;
    item.sign = w->sign;
    return item;
}

static int compare_items(const struct item *a, const struct item *b)
{
    if (a->sign != b->sign)
        return a->sign - b->sign;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == NUMBER)
        return compare_digits(a->text, b->text);
    if (a->rank != b->rank)
        return a->rank - b->rank;
    return a->rank == OTHER ? compare_text(a->text, b->text) : 0;
}

int maven_compare(struct str a, struct str b)
{
    struct walk x = {.rest = a, .fresh = true}, y = {.rest = b, .fresh = true};

    for (;;) {
        struct item p = take(&x), q = take(&y);
        int r = compare_items(&p, &q);

        if (r || p.kind == END)
            return r;
    }
}

bool maven_valid(struct str v)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] <= ' ' || v.p[i] > '~' || strchr("\\/:\"<>|?*[](),", v.p[i]))
            return false;
    return v.n > 0;
}

const struct version_scheme version_maven = {
    .name = "maven",
    .title = "Maven: ComparableVersion of 3.8 and 3.9",
    .checked = "Maven",
    .valid = maven_valid,
    .compare = maven_compare,
    .in_range = maven_in_range,
};
