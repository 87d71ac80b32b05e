/* WordPress, its plugins and themes, as their files say it. Of WordPress itself
 * wp-includes/version.php has
 *     $wp_version = '6.4.2';
 * of a plugin the one PHP file in its folder that begins with such a comment (and is the
 * plugin's), of a theme its style.css:
 *     / * Plugin Name: Contact Form
 *       * Version: 5.8.4 * /
 * Known by its folder, which is its name at wordpress.org. developer.wordpress.org/plugins,
 * "Header Requirements": within the first 8 KiB. */
#include "model/path.h"
#include "model/reader.h"

#include <strings.h>

static bool is_core(struct str path)
{
    return str_equal(path_base(path_dir(path)), S("wp-includes"));
}

/* ".../wp-content/plugins/akismet/akismet.php" */
static bool is_in(struct str path, struct str kind)
{
    struct str dir = path_dir(path_dir(path));

    return str_equal(path_base(dir), kind) &&
           str_equal(path_base(path_dir(dir)), S("wp-content"));
}

static bool is_plugin(struct str path)
{
    return is_in(path, S("plugins")) || is_in(path, S("mu-plugins"));
}

static bool is_theme(struct str path)
{
    return is_in(path, S("themes"));
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
    .version = 1,
    .wants = wants,
    .read = wordpress_read,
};

enum { HEADER_MAX = 8192 };

/* "Version: 5.8.4", whatever marks of a comment are in front. */
static struct str header(struct str text, struct str name, uint64_t *at)
{
    struct str line, key, value;
    uint64_t n = 0;

    while (str_line(&text, &line)) {
        n++;
        if (!str_cut(line, ':', &key, &value))
            continue;
        while (key.n && (key.p[0] == ' ' || key.p[0] == '\t' || key.p[0] == '*' ||
                         key.p[0] == '/' || key.p[0] == '#' || key.p[0] == '@'))
            key = str_from(key, 1);
        key = str_trim(key);
        if (key.n != name.n || strncasecmp(key.p, name.p, name.n) != 0)
            continue;
        *at = n;
        return str_trim(value);
    }
    return (struct str){0};
}

static void read_core(struct read *in)
{
    struct str rest = in->bytes, line, head, version;

    for (uint64_t n = 1; str_line(&rest, &line); n++) {
        if (!str_starts(str_trim(line), S("$wp_version")))
            continue;
        if (str_cut(line, '\'', &head, &version) &&
            str_cut(version, '\'', &version, &head) && version.n)
            read_add(in, "wordpress", S("wordpress"), version)->line = n;
        else
            read_note(in, n, "no version of WordPress");
        return;
    }
    read_note(in, 0, "no version of WordPress");
}

static void read_header(struct read *in, struct str kind, struct str mark)
{
    struct str text = {in->bytes.p, in->bytes.n < HEADER_MAX ? in->bytes.n : HEADER_MAX};
    struct str name = path_base(path_dir(in->path)), version;
    uint64_t line = 0;
    struct package *p;

    if (!header(text, mark, &line).n)
        return; /* another file of it */
    version = header(text, S("Version"), &line);
    if (!version.n) {
        note_add(in->a, &in->notes, NOTE_INFO, in->path, "does not say its version");
        return;
    }
    p = read_add(in, "wordpress", name, version);
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
