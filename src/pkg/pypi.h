#ifndef PKG_PYPI_H
#define PKG_PYPI_H

#include "base/buf.h"
#include "base/map.h"
#include "io/json.h"
#include "model/reader.h"
#include "pkg/loose.h"

/* What readers of Python packages share: how names are told apart, requirements and their
 * markers (PEP 508, packaging.python.org/specifications/dependency-specifiers), and what
 * names of archives say. */

/* "Zope.Interface" and "zope-interface" are one: lower case, runs of -_. are a dash
 * (PEP 503). */
struct str pypi_key(struct arena *a, struct str name);

/* needs_add under that name. */
void pypi_need(struct arena *a, struct buf *needs, struct str name);

/* "requests[socks] (>=2.8) ; python_version < '3'"; what is not there is empty. */
struct requirement {
    struct str name;
    struct str extras;  /* "socks", between the brackets */
    struct str version; /* as asked for: ">=2.8", ">=2,!=2.1" */
    struct str url;     /* of "name @ url" */
    struct str marker;
};

/* False when there is no name in front. */
bool requirement_parse(struct str text, struct requirement *out);

/* The one version it asks for: "==1.0" or "===1.0", or that of the wheel behind a URL.
 * Empty when there is none such: ">=1", "==1.*". */
struct str requirement_pin(const struct requirement *r);

/* A requirement, or a path or URL of which only a wheel tells what it is: "./x-1.0-py3-
 * none-any.whl". The version is empty when it is not known. False when it is neither. */
bool requirement_exact(struct str text, struct str *name, struct str *version);

/* "https://x/foo_bar-1.0-1-py3-none-any.whl#sha256=0": foo_bar, 1.0; false when it is no
 * wheel (packaging.python.org/specifications/binary-distribution-format). */
bool wheel_parse(struct str url, struct str *name, struct str *version);

/* Whether dependencies of a group, or in a file, of that name are only of use to those who
 * develop: "dev", "test", "docs-build"; "requirements-dev". */
bool pypi_is_dev(struct str name);

/* ---- markers ---- */

/* What a marker is asked for. Of all else that it may compare, the machine say, we do not
 * know, and take what is asked to be so. */
struct marker_env {
    bool extras;              /* any extra is wanted; else none is */
    bool on_linux;            /* the system is Linux; else unknown */
    struct str python;        /* python_version: "3.11"; empty: unknown */
    const struct map *groups; /* dependency groups that are wanted; NULL: none */
};

/* Whether it may hold; one that cannot be read does. */
bool marker_holds(struct str marker, const struct marker_env *env);

/* ---- entries of lock files ---- */

/* Adds what {name = "attrs", version = "23.1.0"} tells. NULL when it has no name, which is
 * noted, or no version. There may be several versions of one name: the key is
 * "attrs==23.1.0", and "attrs" is provided. */
struct package *pypi_entry(struct read *in, struct json entry, struct loose *loose);

/* A need of {name = "attrs"}, with or without a version. */
void pypi_entry_need(struct arena *a, struct buf *needs, struct json dependency);

#endif
