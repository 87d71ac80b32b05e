/* WordPress, its plugins and themes, as their files say it. Of WordPress itself
 * wp-includes/version.php has
 *     $wp_version = '6.4.2';
 * Of a plugin the PHP file that begins with such a comment (of its folder, or alone in
 * wp-content/plugins), of a theme its style.css:
 *     Plugin Name: Contact Form
 *     Version: 5.8.4
 * Known by its folder or file, which is its name at wordpress.org. Headers are looked for
 * in the first 8 KiB. developer.wordpress.org/plugins, "Header Requirements"; the program
 * that reads them is get_file_data() of WordPress. */
#include "model/path.h"
#include "model/reader.h"

#include <string.h>
#include <strings.h>

static bool is_core(struct str path)
{
    return str_equal(path_base(path_dir(path)), S("wp-includes"));
}

static bool is_content(struct str dir, struct str kind)
{
    return str_equal(path_base(dir), kind) &&
           str_equal(path_base(path_dir(dir)), S("wp-content"));
}

/* A folder, ".../plugins/akismet/akismet.php", or a file alone, ".../plugins/hello.php". */
static bool is_alone(struct str path)
{
    struct str dir = path_dir(path);

    return is_content(dir, S("plugins")) || is_content(dir, S("mu-plugins"));
}

static bool is_plugin(struct str path)
{
    struct str dir = path_dir(path);

    return is_alone(path) || is_alone(dir);
}

static bool is_theme(struct str path)
{
    return is_content(path_dir(path_dir(path)), S("themes"));
}

static const struct want wants[] = {
    {WANT_NAME, "version.php", .only = is_core},
    {WANT_NAME, "style.css", .only = is_theme},
    {WANT_TAIL, ".php", .only = is_plugin},
    {0},
};

static int wordpress_read(struct read *in, struct err *err);

const struct reader pkg_wordpress = {
    .name = "wordpress",
    .title = "WordPress, plugins and themes",
    .checked = "get_file_data() of WordPress 6.1",
    .version = 1,
    .wants = wants,
    .read = wordpress_read,
};

enum { HEADER_MAX = 8192 };

/* Cuts what may stand in front of the name of a header: "<?php", and marks of a comment. */
static struct str past_marks(struct str line)
{
    size_t n = 0;

    while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
        n++;
    if (str_starts(str_from(line, n), S("<?php")))
        n += 5;
    while (n < line.n && line.p[n] && strchr(" \t/*#@", line.p[n]))
        n++;
    return str_from(line, n);
}

/* Without the end of the comment or of the code behind it. */
static struct str before_end(struct str value)
{
    static const char *const ends[] = {"*/", "?>"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        ptrdiff_t at = str_find(value, str_of(ends[i]));

        if (at >= 0)
            value.n = (size_t)at;
    }
    return str_trim(value);
}

/* "Version: 5.8.4", the first of that name in any case. Lines may end as those of old
 * Macintoshes did. */
static struct str header(struct str text, struct str name, uint64_t *at)
{
    struct str line, rest;
    uint64_t n = 1;

    for (size_t i = 0, begin = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != '\n' && text.p[i] != '\r')
            continue;
        line = past_marks((struct str){text.p + begin, i - begin});
        rest = str_from(line, name.n);
        if (str_starts(rest, S(":")) && strncasecmp(line.p, name.p, name.n) == 0) {
            *at = n;
            return before_end(str_from(rest, 1));
        }
        begin = i + 1;
        n += i < text.n && text.p[i] == '\n';
    }
    return (struct str){0};
}

/* "$wp_version = '6.4.2';" */
static struct str quoted(struct str line)
{
    struct str text = {0}, rest;
    char quote = str_find(line, S("'")) >= 0 ? '\'' : '"';

    if (str_cut(line, quote, &rest, &text) && str_cut(text, quote, &text, &rest))
        return text;
    return (struct str){0};
}

static void read_core(struct read *in)
{
    struct str rest = in->bytes, line;

    for (uint64_t n = 1; str_line(&rest, &line); n++) {
        if (!str_starts(str_trim(line), S("$wp_version")))
            continue;
        if (quoted(line).n)
            read_add(in, "wordpress", S("wordpress"), quoted(line))->line = n;
        else
            read_note(in, n, "no version of WordPress");
        return;
    }
    read_note(in, 0, "no version of WordPress");
}

static struct str slug_of(struct str path)
{
    struct str name = path_base(path), end;

    if (!is_alone(path))
        return path_base(path_dir(path));
    str_cut_last(name, '.', &name, &end);
    return name;
}

static void read_header(struct read *in, struct str kind, struct str mark)
{
    struct str text = {in->bytes.p, in->bytes.n < HEADER_MAX ? in->bytes.n : HEADER_MAX};
    struct str version;
    uint64_t line = 0;
    struct package *p;

    if (!header(text, mark, &line).n)
        return; /* another file of it */
    version = header(text, S("Version"), &line);
    if (!version.n) {
        note_add(in->a, &in->notes, NOTE_INFO, in->path, "does not say its version");
        return;
    }
    p = read_add(in, "wordpress", slug_of(in->path), version);
    p->group = kind;
    p->line = line;
    p->licence = header(text, S("License"), &line);
}

static int wordpress_read(struct read *in, struct err *err)
{
    (void)err;
    if (is_core(in->path))
        read_core(in);
    else if (is_theme(in->path))
        read_header(in, S("themes"), S("Theme Name"));
    else
        read_header(in, S("plugins"), S("Plugin Name"));
    return 0;
}
