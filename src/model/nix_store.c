/* Paths of a Nix store, as its manual has them ("Store Path"): a folder or file
 *
 *     /nix/store/HASH-NAME
 *
 * HASH is 32 digits of its own base 32, without e, o, t and u; NAME at most 211 letters,
 * digits and +-._?=. The NAME of a package is name and version joined by a dash, and they
 * are parted as Nix itself does (builtins.parseDrvName): the version begins behind the
 * first dash that no letter follows. What a package was parted into follows in turn:
 *
 *     openssl-3.0.13-bin, glibc-2.38-44-getent: outputs bin and getent
 *
 * That they are outputs is only written in the derivation, which images do not keep. So
 * their names are listed here: those that packages of nixpkgs have. */
#include "model/nix_store.h"

enum { HASH = 32, NAME_MAX_BYTES = 211 };

static const char *const outputs[] = {
    "bin",    "cli",     "completions", "corepack", "crypto", "data",    "debug",
    "dev",    "devdoc",  "devman",      "dist",     "doc",    "drivers", "examples",
    "getent", "headers", "include",     "info",     "lib",    "lib32",   "libgcc",
    "libs",   "libv8",   "man",         "modules",  "npm",    "opencl",  "osmesa",
    "out",    "plugins", "py",          "python",   "server", "static",  "terminfo",
    "test",   "tests",   "tools",       "wheel",    NULL,
};

/* Ends of a name, or of the whole, that is not a package. */
static const char *const others[] = {
    "-env",     "-go-modules", "-hook",   "-source", "-src",    "-vendor", "-wrapped",
    "-wrapper", ".bz2",        ".c",      ".check",  ".chroot", ".conf",   ".crate",
    ".deb",     ".diff",       ".drv",    ".gem",    ".gz",     ".json",   ".lock",
    ".lz",      ".mount",      ".nix",    ".patch",  ".pl",     ".py",     ".service",
    ".sh",      ".slice",      ".socket", ".tar",    ".target", ".tbz",    ".tgz",
    ".timer",   ".toml",       ".txt",    ".txz",    ".whl",    ".xml",    ".xz",
    ".yaml",    ".zip",        ".zst",    NULL,
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hash(struct str s)
{
    bool good = s.n == HASH;

    for (size_t i = 0; good && i < s.n; i++) {
        char c = s.p[i];

        good = is_digit(c) ||
               (c >= 'a' && c <= 'z' && c != 'e' && c != 'o' && c != 't' && c != 'u');
    }
    return good;
}

static bool is_name(struct str s)
{
    bool good = s.n <= NAME_MAX_BYTES;

    for (size_t i = 0; good && i < s.n; i++)
        good = is_letter(s.p[i]) || is_digit(s.p[i]) ||
               str_find(S("+-._?="), (struct str){s.p + i, 1}) >= 0;
    return good;
}

static bool is_other(struct str s)
{
    const char *const *end = others;

    while (*end && !str_ends(s, str_of(*end)))
        end++;
    return *end;
}

static bool is_output(struct str word)
{
    const char *const *one = outputs;

    while (*one && !str_equal(word, str_of(*one)))
        one++;
    return *one;
}

/* A version that does not begin with a digit is none: "unit-fsck-.service". */
static bool split(struct str all, struct nix_store *out)
{
    struct str version, output;
    size_t i = 0;

    while (i + 1 < all.n && (all.p[i] != '-' || is_letter(all.p[i + 1])))
        i++;
    out->name = (struct str){all.p, i};
    out->version = str_from(all, i + 1);
    if (!i || i + 1 >= all.n || !is_digit(out->version.p[0]))
        return false;
    if (str_cut_last(out->version, '-', &version, &output) && is_output(output)) {
        out->version = version;
        out->output = output;
    }
    return true;
}

bool nix_store_parse(struct str path, struct nix_store *out)
{
    struct str store = S("nix/store/"), all, rest;

    *out = (struct nix_store){0};
    if (!str_starts(path, store))
        return false;
    str_cut(str_from(path, store.n), '/', &all, &rest);
    out->path = (struct str){path.p, store.n + all.n};
    return str_cut(all, '-', &out->hash, &all) && is_hash(out->hash) && is_name(all) &&
           split(all, out) && !is_other(out->name) && !is_other(all);
}
