/* What a package needs and provides, out of its header: words such as "bash",
 * "libc.so.6(GLIBC_2.34)(64bit)", "/bin/sh" or "config(setup)". Versions are in other
 * tags and are not asked for. Since rpm 4.13 a word may be a sentence in brackets
 * (boolean dependencies), versions included:
 *
 *     ((gtk3 >= 3.22 and dconf) if gnome-shell)
 *
 * Of it those count that are to be there when they are there at all: gtk3 and dconf. */
#include "base/own.h"
#include "model/graph.h"
#include "pkg/rpm_tags.h"

/* Without the brackets around it; those of "pkgconfig(x)" are its own. */
static struct str unbracketed(struct str word)
{
    size_t open = 0;

    while (str_starts(word, S("(")))
        word = str_from(word, 1);
    for (size_t i = 0; i < word.n; i++) {
        open += word.p[i] == '(';
        if (word.p[i] != ')')
            continue;
        if (!open)
            word.n = i;
        else
            open--;
    }
    return word;
}

static bool is_one_of(struct str word, const char *const *words)
{
    while (*words && !str_equal(word, str_of(*words)))
        words++;
    return *words;
}

static void add_sentence(struct buf *out, struct str sentence)
{
    static const char *const before[] = {"and", "or", "with", "else", NULL};
    static const char *const condition[] = {"if", "unless", "without", NULL};
    static const char *const version[] = {"<", ">", "=", "<=", ">=", NULL};
    bool counts = true;
    struct str word;

    while (sentence.n) {
        str_cut(sentence, ' ', &word, &sentence);
        if (is_one_of(word, version))
            str_cut(sentence, ' ', &word, &sentence);
        else if (is_one_of(word, before))
            counts = true;
        else if (is_one_of(word, condition))
            counts = false;
        else if (counts && unbracketed(word).n)
            needs_add(out, unbracketed(word));
    }
}

/* Features of rpm itself, that it asks of itself. */
static bool is_of_rpm(struct str word)
{
    return str_starts(word, S("rpmlib("));
}

static struct str words(struct rpm_db *db, const struct header *h, enum tag tag)
{
    struct field f = h->fields[tag];
    own(buf) out = {0};

    while (f.count) {
        struct str word = header_next(&f);

        if (str_starts(word, S("(")))
            add_sentence(&out, word);
        else if (word.n && !is_of_rpm(word))
            needs_add(&out, word);
    }
    return buf_keep(db->words, &out);
}

void rpm_needs(struct rpm_db *db, const struct header *h, struct package *p)
{
    p->needs = words(db, h, REQUIRES);
    p->provides = words(db, h, PROVIDES);
}
