/* Java archives: a jar says what it is in META-INF/maven/GROUP/ARTIFACT/pom.properties,
 * which Maven puts there; one that was made of several has one of each. Else its manifest
 * and its file name have to do; and where those say nothing, the SHA-1 of its bytes is left
 * for a table of such (scan/jar_hashes.h). Archives in archives (BOOT-INF/lib, WEB-INF/lib)
 * are read from within, down to the limit "jars"; their path is
 * "app.jar!/BOOT-INF/lib/x.jar". */
#include "pkg/jar.h"

#include "base/err.h"
#include "base/own.h"
#include "io/digest.h"
#include "io/zip.h"
#include "model/path.h"
#include "model/reader.h"

#include <inttypes.h>

static const struct want wants[] = {
    {WANT_TAIL, ".jar"},
    {WANT_TAIL, ".war"},
    {WANT_TAIL, ".ear"},
    {WANT_TAIL, ".par"},
    {WANT_TAIL, ".hpi"},
    {WANT_TAIL, ".jpi"},
    {0},
};

static int jar_read(struct read *in, struct err *err);

const struct reader pkg_jar = {
    .name = "jar",
    .title = "Java archives",
    .checked = "Debian's maven-repo",
    .version = 2,
    .listed = true,
    .wants = wants,
    .read = jar_read,
};

/* All that is in one file, archives in archives included. */
struct reading {
    struct read *in;
    uint64_t unpacked, most; /* bytes; as `ratio` allows for the whole file */
};

struct jar {
    struct reading *all;
    struct zip zip;
    struct str path;
    uint64_t depth;
    struct jar_manifest manifest;
    struct str stem, version; /* by its name */
    bool own;                 /* a record of the jar itself is there */
};

static void say(struct jar *jar, struct str where, const char *why)
{
    struct read *in = jar->all->in;

    note_add(in->a, &in->notes, NOTE_UNREAD, jar->path, STR_FMT "%s%s", STR_ARG(where),
             where.n ? ": " : "", why);
}

/* One member, in b. False, and said, when it cannot be had. */
static bool load(struct jar *jar, const struct zip_member *m, struct buf *b)
{
    struct reading *all = jar->all;
    struct err err = {0};

    if (zip_read(&jar->zip, m, &budget_layer, b, &err) < 0) {
        say(jar, m->name, err.text);
        return false;
    }
    all->unpacked += b->len;
    if (all->unpacked <= all->most)
        return true;
    say(jar, m->name, "with all before it too much (limit ratio), the rest is not read");
    return false;
}

static struct package *add(struct jar *jar, struct str group, struct str artifact,
                           struct str version, struct str path)
{
    struct read *in = jar->all->in;
    struct package *p = read_add(in, "maven", artifact, version);

    p->group = group;
    p->path = path;
    p->licence = jar->manifest.licence;
    return p;
}

/* ---- what the jar is ---- */

static bool is_properties(struct str name)
{
    return str_starts(name, S("META-INF/maven/")) && str_ends(name, S("/pom.properties"));
}

static size_t count_properties(const struct zip *z)
{
    size_t n = 0;

    for (size_t i = 0; i < z->len; i++)
        n += is_properties(z->at[i].name);
    return n;
}

/* Of several the one that the file is called after is the jar itself, the others were put
 * into it. */
static void take_properties(struct jar *jar, const struct zip_member *m, bool only)
{
    struct arena *a = jar->all->in->a;
    struct jar_coordinates c;
    own(buf) text = {0};
    struct package *p;
    bool own;

    if (!load(jar, m, &text))
        return;
    if (!jar_properties_read(str_copy(a, buf_view(&text)), &c)) {
        say(jar, m->name, "lacks groupId, artifactId or version");
        return;
    }
    own = str_equal(c.artifact, jar->stem) || (only && !jar_is_known(jar->stem));
    p = add(
        jar, c.group, c.artifact, c.version,
        own ? jar->path
            : str_printf(a, STR_FMT "!/" STR_FMT, STR_ARG(jar->path), STR_ARG(m->name)));
    if (!own)
        p->licence = (struct str){0};
    jar->own |= own;
}

static void read_manifest(struct jar *jar)
{
    const struct zip_member *m = zip_find(&jar->zip, S("META-INF/MANIFEST.MF"));
    own(buf) text = {0};

    if (m && load(jar, m, &text))
        jar->manifest = jar_manifest_read(jar->all->in->a, buf_view(&text));
}

/* By its name and its manifest. */
static void name_it(struct jar *jar)
{
    struct str version = jar->version.n ? jar->version : jar->manifest.version;

    if (version.n && jar->stem.n)
        add(jar, jar_manifest_group(&jar->manifest, jar->stem), jar->stem, version,
            jar->path);
}

/* ---- what is in it ---- */

static bool is_archive(struct str name)
{
    for (const struct want *w = wants; w->how != WANT_END; w++)
        if (str_ends(name, str_of(w->path)))
            return true;
    return false;
}

static void read_jar(struct reading *all, struct str bytes, struct str path,
                     uint64_t depth);

static void read_inner(struct jar *jar, const struct zip_member *m)
{
    struct read *in = jar->all->in;
    own(buf) bytes = {0};

    if (jar->depth >= budget_layer.jars) {
        say(jar, m->name, "archives within archives too deep (limit jars), not read");
        return;
    }
    if (load(jar, m, &bytes))
        read_jar(
            jar->all, buf_view(&bytes),
            str_printf(in->a, STR_FMT "!/" STR_FMT, STR_ARG(jar->path), STR_ARG(m->name)),
            jar->depth + 1);
}

/* A package that is nothing but a hash. */
static void leave_hash(struct jar *jar, struct str bytes)
{
    char text[DIGEST_TEXT];
    struct package *p =
        add(jar, (struct str){0}, path_base(jar->path), (struct str){0}, jar->path);

    digest_of(bytes, "sha1", text);
    p->key = str_copy(jar->all->in->a, str_of(text));
}

static void read_members(struct jar *jar, struct str bytes)
{
    size_t properties = count_properties(&jar->zip);
    struct read *in = jar->all->in;
    size_t packages = in->packages.len, notes = in->notes.len;

    read_manifest(jar);
    jar_name(jar->path, &jar->stem, &jar->version);
    for (size_t i = 0; i < jar->zip.len; i++)
        if (is_properties(jar->zip.at[i].name))
            take_properties(jar, &jar->zip.at[i], properties == 1);
    if (!jar->own)
        name_it(jar);
    for (size_t i = 0; i < jar->zip.len; i++)
        if (is_archive(jar->zip.at[i].name) && jar->all->unpacked <= jar->all->most)
            read_inner(jar, &jar->zip.at[i]);
    if (packages == in->packages.len && notes == in->notes.len)
        leave_hash(jar, bytes);
}

static void read_jar(struct reading *all, struct str bytes, struct str path, uint64_t depth)
{
    struct jar jar = {.all = all, .path = path, .depth = depth};
    own(arena) a = {0};
    struct err err = {0};

    if (zip_open(&a, bytes, &budget_layer, &jar.zip, &err) < 0) {
        say(&jar, (struct str){0}, err.text);
        return;
    }
    if (*zip_doubt(&jar.zip))
        note_add(all->in->a, &all->in->notes, NOTE_INFO, path,
                 "programs differ in what they find in it (%s)", zip_doubt(&jar.zip));
    read_members(&jar, bytes);
}

static int jar_read(struct read *in, struct err *err)
{
    const struct budget *b = &budget_layer;
    struct reading all = {.in = in, .most = b->ratio_from};

    (void)err;
    if (b->ratio && in->bytes.n > b->ratio_from / b->ratio)
        all.most = in->bytes.n > b->bytes / b->ratio ? b->bytes : in->bytes.n * b->ratio;
    read_jar(&all, in->bytes, in->path, 0);
    return 0;
}
