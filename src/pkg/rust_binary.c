/* What a Rust program is built from, where cargo-auditable wrote it down: the section
 * .dep-v0, JSON packed by zlib,
 *
 *     {"packages": [{"name": "shop", "version": "0.1.0", "source": "local", "root": true,
 *                    "dependencies": [1]},
 *                   {"name": "adler", "version": "1.0.2", "source": "crates.io",
 *                    "kind": "build"}]}
 *
 * Dependencies are places in the list; kind is "runtime" where it is not said, root false.
 * https://github.com/rust-secure-code/cargo-auditable (PARSING.md, cargo-auditable.schema
 * .json); rust-audit-info is the reference. What only testing needs is never there. */
#include "base/err.h"
#include "base/own.h"
#include "io/elf.h"
#include "io/inflate.h"
#include "io/json.h"
#include "model/graph.h"
#include "model/reader.h"

enum { UNPACKED_MAX = 8 << 20 }; /* as the specification advises */
enum { PACKAGES_MAX = 1 << 16 };

static const struct want wants[] = {
    {WANT_MAGIC,
     "\x7f"
     "ELF",
     NULL},
    {0},
};

static int rust_binary_read(struct read *in, struct err *err);

const struct reader pkg_rust_binary = {
    .name = "rust_binary",
    .title = "Rust programs with a list of crates",
    .version = 1,
    .wants = wants,
    .read = rust_binary_read,
};

/* Names may be there twice, in two versions: what needs one says its place. */
static struct str key_of(struct arena *a, int64_t place)
{
    return str_printf(a, "%jd", (intmax_t)place);
}

static struct str needs_of(struct arena *a, struct json crate)
{
    own(buf) needs = {0};
    struct json value;
    int64_t place;

    for (struct json_each e = json_each(json_get(crate, S("dependencies")));
         json_next(&e, NULL, &value);)
        if (json_i64(value, &place))
            needs_add(&needs, key_of(a, place));
    return buf_keep(a, &needs);
}

static void add_crate(struct read *in, struct json crate, uint64_t place)
{
    struct str name = json_get_str(crate, S("name"));
    struct str version = json_get_str(crate, S("version"));
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, 0, str_copy(in->a, name), str_copy(in->a, version));
        return;
    }
    p = read_add(in, "cargo", str_copy(in->a, name), str_copy(in->a, version));
    p->key = key_of(in->a, (int64_t)place);
    p->needs = needs_of(in->a, crate);
    p->dev = str_equal(json_get_str(crate, S("kind")), S("build"));
    p->direct = json_true(json_get(crate, S("root")));
}

static int read_list(struct read *in, struct str text, struct err *err)
{
    own_json doc = json_doc_new();
    struct json root, list, crate;
    uint64_t place = 0;

    if (json_parse(doc, text, &root, err) < 0)
        return err->code;
    list = json_get(root, S("packages"));
    if (json_kind(list) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of packages");
    if (json_len(list) > PACKAGES_MAX)
        return err_set(err, ERR_LIMIT, "%zu packages", json_len(list));
    for (struct json_each e = json_each(list); json_next(&e, NULL, &crate);)
        add_crate(in, crate, place++);
    return 0;
}

static int rust_binary_read(struct read *in, struct err *err)
{
    struct elf e;
    struct elf_section section;
    struct err unused;
    own(buf) text = {0};

    if (elf_open(&e, in->bytes, &unused) < 0 || !elf_find(&e, S(".dep-v0"), &section))
        return 0;
    if (inflate_zlib(section.bytes, UNPACKED_MAX, &text, err) < 0 ||
        read_list(in, buf_view(&text), err) < 0)
        return err_wrap(err, "its list of crates (.dep-v0)");
    return 0;
}
