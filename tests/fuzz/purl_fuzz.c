/* Package URLs: what we write we read, and write alike. The first byte says
 * whether it is text or the fields of a package, a line each. */
#include "fuzz.h"
#include "model/distro.h"
#include "model/package.h"
#include "model/purl.h"

static struct str once(struct arena *a, struct str text)
{
    struct err err = {0};
    struct purl p;
    int r = purl_parse(a, text, &p, &err);

    must_tell(r, err);
    return r < 0 ? (struct str){0} : purl_write(a, &p);
}

static struct str line(struct str *in)
{
    struct str line;

    str_cut(*in, '\n', &line, in);
    return line;
}

static void of_package(struct arena *a, struct str in)
{
    static const char *const types[] = {"deb", "apk", "rpm", "npm", "pypi", "maven"};
    struct package p = {.type = str_of(types[fuzz_byte(&in) % 6]), .name = S("x")};
    struct distro d = {.id = line(&in), .vendor = line(&in), .version = line(&in)};
    struct str name = line(&in), text;

    if (name.n)
        p.name = name;
    p.version = line(&in);
    p.group = line(&in);
    p.arch = line(&in);
    p.source = line(&in);
    p.source_version = line(&in);
    p.module = in;
    text = purl_of(a, &p, d.id.n ? &d : NULL);
    must(str_starts(text, S("pkg:")));
    for (size_t i = 0; i < text.n; i++)
        must((unsigned char)text.p[i] > ' ' && (unsigned char)text.p[i] < 0x7f);
}

FUZZ(256)
{
    struct str text;

    if (fuzz_byte(&in) % 2) {
        of_package(a, in);
        return;
    }
    text = once(a, in);
    if (text.n)
        must(str_equal(once(a, text), text));
}
