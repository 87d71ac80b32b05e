#ifndef MODEL_PURL_H
#define MODEL_PURL_H

#include "base/str.h"

struct arena;
struct err;
struct package;
struct distro;

/* Package URLs, as ECMA-427 and the type definitions of
 * https://github.com/package-url/purl-spec have them:
 *     pkg:type/namespace/name@version?key=value&key=value#subpath
 * In the struct every part is plain text, without percent-encoding. */
struct purl_qualifier {
    struct str key, value;
};

struct purl_qualifier_list {
    struct purl_qualifier *at;
    size_t len, cap;
};

struct purl {
    struct str type;      /* "deb", "npm" */
    struct str namespace; /* "debian", "@angular", "github.com/gorilla"; may be empty */
    struct str name;
    struct str version; /* may be empty */
    struct purl_qualifier_list qualifiers;
    struct str subpath; /* "a/b"; may be empty */
};

/* The canonical text. What the type asks for is done to it: parts of deb and
 * npm in lower case, "_" in names of pypi to "-", and so on. Qualifiers are
 * sorted by key, empty ones left out; so are empty, "." and ".." segments of
 * the subpath. Everything but letters, digits and -._~: is percent-encoded,
 * therefore "1:2.4+b1" is written "1:2.4%2Bb1". */
struct str purl_write(struct arena *a, const struct purl *purl);

/* Reads any valid form, and "@" unencoded in front of an npm scope, into its
 * normalized parts. Strings are in a or views of text. ERR_FORMAT: no "pkg:",
 * no type or name, a bad type or key, a key twice, a bad percent-encoding, or
 * what the type forbids (maven without namespace, "::" in a cpan name). */
int purl_parse(struct arena *a, struct str text, struct purl *out, struct err *err);

void purl_add(struct arena *a, struct purl *purl, struct str key, struct str value);

/* The package URL of an installed package; distro may be NULL.
 *     pkg:deb/debian/libc6@2.36-9%2Bdeb12u8?arch=amd64&distro=debian-12&upstream=glibc
 * The epoch of an rpm goes into the qualifier `epoch`. */
struct str purl_of(struct arena *a, const struct package *p, const struct distro *distro);

#endif
