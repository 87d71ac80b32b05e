#!/usr/bin/env python3
"""Makes small ELF files, after the head of src/io/elf.c, and what Go, Rust and
distributions leave in them.

usage: tests/tools/elf.py KIND FILE      KIND: one of KINDS below"""
import gzip, json, os, struct, sys, zlib

PROGBITS, SYMTAB, STRTAB, NOTE, NOBITS, DYNSYM = 1, 2, 3, 7, 8, 11
WRITE, ALLOC, EXEC = 1, 2, 4
BASE = 0x400000  # where the file's first byte is in memory


class Elf:
    """Sections one after another behind the header, each with a segment of its own."""

    def __init__(self, wide=True, big=False):
        self.wide, self.order, self.sections = wide, ">" if big else "<", []
        self.at = 64 if wide else 52

    def pack(self, form, *numbers):
        return struct.pack(self.order + form.replace("P", "Q" if self.wide else "I"), *numbers)

    def add(self, name, data, type=PROGBITS, flags=ALLOC, align=16):
        """Its address in memory."""
        self.at += -self.at % align
        self.sections.append((name, type, flags, self.at, data, align))
        self.at += len(data)
        return BASE + self.at - len(data)

    def next(self, align=16):
        """The address that the next section will have."""
        return BASE + self.at + -self.at % align

    def segment(self, type, flags, at, size, align):
        if self.wide:
            return self.pack("IIQQQQQQ", type, flags, at, BASE + at, 0, size, size, align)
        return self.pack("IIIIIIII", type, at, BASE + at, 0, size, size, flags, align)

    def bytes(self, tables=True, extended=False, segments=True):
        """tables: with section headers; extended: their number stands in the first of them."""
        body, names, table, segment, of_symbols = bytearray(), b"\0", b"", b"", (SYMTAB, DYNSYM)
        head = 64 if self.wide else 52
        sections = list(self.sections)
        if tables:
            for name, *_ in sections:
                names += name.encode() + b"\0"
            names += b".shstrtab\0"
            sections.append((".shstrtab", STRTAB, 0, self.at, names, 1))
        for i, (name, type, flags, at, data, align) in enumerate(sections):
            body += bytes(at - head - len(body)) + data
            if type != STRTAB:
                segment += self.segment(4 if type == NOTE else 1, 4 | (2 if flags & WRITE else 0) | (1 if flags & EXEC else 0), at, len(data), align)
            table += self.pack("IIPPPPIIPP", names.find(b"\0" + name.encode() + b"\0") + 1, type, flags, BASE + at, at, len(data), i + 2 if type in of_symbols else 0, 0, align, 0)
        n = len(sections) + 1
        segments_at = head + len(body)
        segment = segment if segments else b""
        sections_at = segments_at + len(segment)
        first = self.pack("IIPPPPIIPP", 0, 0, 0, 0, 0, n if extended else 0, n - 1 if extended else 0, 0, 0, 0)
        ident = b"\x7fELF" + bytes([2 if self.wide else 1, 2 if self.order == ">" else 1, 1]) + bytes(9)
        header = ident + self.pack("HHIPPPIHHHHHH", 2, 62, 1, BASE, segments_at if segments else 0, sections_at if tables else 0, 0, head,
                                   56 if self.wide else 32, len(segment) // (56 if self.wide else 32),
                                   64 if self.wide else 40, (0 if extended else n) if tables else 0, (0xffff if extended else n - 1) if tables else 0)
        return header + bytes(body) + segment + (first + table if tables else b"")


# ---- Go ----

MODULES = """path\texample.com/shop/cmd/shop
mod\texample.com/shop\t(devel)\t
dep\tgolang.org/x/text\tv0.3.7\th1:olpwvP2KacW1ZWvsR7uQoYHYKtqYjf3m9A==
dep\texample.com/a\tv1.0.0
=>\texample.com/b\tv1.1.0-rc.1\th1:abc=
dep\texample.com/c\tv0.0.0
=>\t./c\t(devel)\t
"""
SETTINGS = """build\t-compiler=gc
build\t-ldflags="-s -w -X main.date=2023-01-02 -X 'main.version=1.2.3' -X \\"example.com/a.Version=v9.9\\""
build\tvcs=git
build\tvcs.revision=0123456789abcdef0123456789abcdef01234567
build\tvcs.time=2023-01-02T03:04:05Z
build\tvcs.modified=true
"""
MARKS = bytes.fromhex("3077af0c9274080241e1c107e6d618e6"), bytes.fromhex("f932433186182072008242104116d8f2")


def varint(n):
    return bytes([n & 0x7f | 0x80]) + varint(n >> 7) if n > 0x7f else bytes([n])


def marked(text):
    return MARKS[0] + text.encode() + MARKS[1]


def go_inline(version, text, wide=True, big=False, **how):
    """As since Go 1.18."""
    elf = Elf(wide, big)
    info = (b"\xff Go buildinf:" + bytes([8 if wide else 4, 2 | big])).ljust(32, b"\0")
    for s in (version.encode(), marked(text)):
        info += varint(len(s)) + s
    elf.add(".text", b"\x90" * 40, flags=ALLOC | EXEC)
    elf.add(".go.buildinfo", info, flags=ALLOC | WRITE)
    return elf.bytes(**how)


def go_keeps(version, text, variable, value, **how):
    """With its symbols, and a text in a variable."""
    elf = Elf()
    info = (b"\xff Go buildinf:" + bytes([8, 2])).ljust(32, b"\0")
    for s in (version.encode(), marked(text)):
        info += varint(len(s)) + s
    elf.add(".go.buildinfo", info, flags=ALLOC | WRITE)
    at = elf.add(".data", elf.pack("PP", elf.add(".rodata", value.encode()), len(value)), flags=ALLOC | WRITE)
    elf.add(".symtab", bytes(24) + elf.pack("IBBHQQ", 1, 17, 0, 2, at, 16), SYMTAB, 0)
    elf.add(".strtab", b"\0" + variable.encode() + b"\0", STRTAB, 0)
    return elf.bytes(**how)


def servers():
    """Programs as their authors build them: what is linked into, embedded, or told by a sibling."""
    traefik, vault, consul, etcd = "github.com/traefik/traefik/v2", "github.com/hashicorp/vault", "github.com/hashicorp/consul", "go.etcd.io/etcd"

    def text(module, command="", flags="", deps=""):
        return f"path\t{module}{command}\nmod\t{module}\t(devel)\t\n{deps}" + (f'build\t-ldflags="{flags}"\n' if flags else "")

    commit = "".join(SETTINGS.splitlines(True)[-3:])
    return {
        "traefik": go_inline("go1.20.6", text(traefik, "/cmd/traefik", f"-s -w -X {traefik}/pkg/version.Version=2.10.4 -X {traefik}/pkg/version.Codename=saintmarcelin -X {traefik}/pkg/version.BuildDate=2023-07-24_04:23:02PM")),
        "vault": go_inline("go1.19.3", text(vault, "", f"-X {vault}/sdk/version.GitCommit=0123456789 -X {vault}/sdk/version.BuildDate=2022-11-23T12:53:46Z -X {vault}/sdk/version.Version=1.12.2")),
        "vault-embedded": go_keeps("go1.21.3", text(vault), f"{vault}/version.fullVersion", "1.15.2\n"),
        "consul": go_inline("go1.16.12", text(consul, "", f"-X {consul}/version.GitCommit=0123456789 -X {consul}/version.GitDescribe=v1.11.2", f"dep\t{consul}/api\tv1.11.0\t\n=>\t./api\t(devel)\t\n")),
        "consul-embedded": go_keeps("go1.20.7", text(consul) + commit, f"{consul}/version.fullVersion", "1.16.1\n"),
        "etcd": go_inline("go1.19.9", text(etcd + "/server/v3", "", f"-s -w -X={etcd}/api/v3/version.GitSHA=bdbbde998", f"dep\t{etcd}/api/v3\tv3.5.9\t\n=>\t../api\t(devel)\t\ndep\tgo.uber.org/zap\tv1.17.0\th1:x=\n")),
        "etcd-3.4": go_keeps("go1.17.13", text(etcd), f"{etcd}/version.Version", "3.4.27"),
        "tool": go_inline("go1.21.3", "path\tcmd/go\nbuild\t-compiler=gc\n"),
        "odd": go_keeps("go1.21.3", text("example.com/odd"), "main.version", "unknown"),
    }


def go_pointers(version, text, wide=True, big=False, **how):
    """As up to Go 1.17."""
    elf = Elf(wide, big)
    places = [(elf.add(".rodata", s), len(s)) for s in (version.encode(), marked(text))]
    pairs = [elf.add(".data", elf.pack("PP", *p), flags=ALLOC | WRITE) for p in places]
    head = b"\xff Go buildinf:" + bytes([8 if wide else 4, int(big)])
    elf.add(".go.buildinfo", (head + elf.pack("PP", *pairs)).ljust(32, b"\0"), flags=ALLOC | WRITE)
    return elf.bytes(**how)


# ---- Rust ----

CRATES = {"packages": [
    {"name": "adler", "version": "1.0.2", "source": "crates.io"},
    {"name": "cc", "version": "1.0.79", "source": "crates.io", "kind": "build"},
    {"name": "shop", "version": "0.1.0", "source": "local", "root": True, "dependencies": [0, 1, 3]},
    {"name": "adler", "version": "0.9.0", "source": "registry"},
    {"name": "nameless"}]}


def rust(crates=CRATES, wide=True, big=False, **how):
    elf = Elf(wide, big)
    text = crates if isinstance(crates, bytes) else json.dumps(crates).encode()
    elf.add(".dep-v0", zlib.compress(text), flags=0)
    return elf.bytes(**how)


# ---- notes ----

PACKAGE = {"type": "rpm", "os": "fedora", "name": "coreutils", "version": "9.4-6.fc40", "architecture": "x86_64",
           "osCpe": "cpe:/o:fedoraproject:fedora:40", "debugInfoUrl": "https://debuginfod.fedoraproject.org/"}


def note(package=PACKAGE, wide=True, big=False, align=4, **how):
    elf = Elf(wide, big)
    text = package if isinstance(package, bytes) else json.dumps(package).encode()
    text += b"\0"
    notes = elf.pack("III", 4, 20, 3) + b"GNU\0" + b"0123456789abcdefghij"
    elf.add(".note.gnu.build-id", notes, NOTE, align=4)
    elf.add(".note.package", elf.pack("III", 4, len(text), 0xcafe1a7e) + b"FDO\0" + text.ljust(len(text) + -len(text) % 4, b"\0"), NOTE, align=4)
    return elf.bytes(**how)


def strings(*texts, **how):
    """A program that keeps these among its constants."""
    elf = Elf()
    elf.add(".text", b"\x90" * 40, flags=ALLOC | EXEC)
    elf.add(".rodata", b"\0" + b"\0".join(t.encode() for t in texts) + b"\0")
    return elf.bytes(**how)


# ---- GraalVM ----

LIBRARIES = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
             "metadata": {"component": {"type": "application", "bom-ref": "pkg:maven/com.example/shop@1.0", "group": "com.example", "name": "shop", "version": "1.0"}},
             "components": [
                 {"bom-ref": "pkg:maven/io.netty/netty-codec-http2@4.1.76.Final", "type": "library", "group": "io.netty", "name": "netty-codec-http2", "version": "4.1.76.Final",
                  "purl": "pkg:maven/io.netty/netty-codec-http2@4.1.76.Final", "properties": [{"name": "syft:cpe23", "value": "cpe:2.3:a:codec:codec:4.1.76.Final:*:*:*:*:*:*:*"}]},
                 {"bom-ref": "pkg:maven/io.netty/netty-common@4.1.76.Final", "type": "library", "group": "io.netty", "name": "netty-common", "version": "4.1.76.Final"},
                 {"bom-ref": "java.base", "type": "library", "name": "java.base", "version": "21.0.1"},
                 {"type": "library", "name": "lost"}],
             "dependencies": [{"ref": "pkg:maven/com.example/shop@1.0", "dependsOn": ["pkg:maven/io.netty/netty-codec-http2@4.1.76.Final"]},
                              {"ref": "pkg:maven/io.netty/netty-codec-http2@4.1.76.Final", "dependsOn": ["pkg:maven/io.netty/netty-common@4.1.76.Final", "java.base"]}]}


def native_image(libraries=LIBRARIES, wide=True, big=False, table=DYNSYM, longer=0, **how):
    """With two symbols that it exports, or that nobody has stripped."""
    elf = Elf(wide, big)
    text = libraries if isinstance(libraries, bytes) else json.dumps(libraries).encode()
    packed = gzip.compress(text, mtime=0)
    length = elf.add(".rodata", elf.pack("P", len(packed) + longer))
    places = {"other": (BASE, 1), "sbom": (0, 0), "sbom_length": (length, 1)}
    places["a_sbom"] = BASE, 1
    places["sbom "] = elf.add(".data", packed, flags=ALLOC | WRITE), 2
    names, symbols = b"\0", bytes(24 if wide else 16)
    for name, (at, section) in places.items():
        where, name = len(names), name.strip()
        names += name.encode() + b"\0"
        symbols += elf.pack("IBBHQQ", where, 17, 0, section, at, 8) if wide else elf.pack("IIIBBH", where, at, 8, 17, 0, section)
    elf.add(".dynsym" if table == DYNSYM else ".symtab", symbols, table, ALLOC if table == DYNSYM else 0)
    elf.add(".dynstr" if table == DYNSYM else ".strtab", names, STRTAB, ALLOC if table == DYNSYM else 0)
    return elf.bytes(**how)


KINDS = {
    "program-nginx": lambda: strings("nginx version: nginx/1.25.3", " inflate 1.2.13 Copyright 1995-2022 Mark Adler ", "OPENSSLDIR: ", "OpenSSL 3.0.11 19 Sep 2023"),
    "program-redis": lambda: strings("7.2.3", "c11-builtin", tables=False),
    "program-unknown": lambda: strings("hello 1.2.3"),
    "go": lambda: go_inline("go1.21.3", MODULES + SETTINGS),
    "go-commit": lambda: go_inline("go1.18.1 X:boringcrypto", MODULES + SETTINGS.split("\n", 2)[2], tables=False),
    "go-released": lambda: go_inline("go1.24.1", MODULES.replace("(devel)", "v2.0.0+dirty", 1), extended=True),
    "go-devel": lambda: go_inline("devel go1.22-0123456789 Mon", "path\tcommand-line-arguments\nodd\ndep\tgolang.org/x/net\tv0.1.0\t\n"),
    "go-pointers": lambda: go_pointers("go1.15.2", MODULES),
    "go-pointers-32": lambda: go_pointers("go1.13", MODULES, wide=False),
    "go-pointers-big": lambda: go_pointers("go1.17.13", MODULES, big=True),
    "go-pointers-big-32": lambda: go_pointers("go1.16.5", MODULES, wide=False, big=True, tables=False),
    "go-broken": lambda: go_pointers("go1.16.5", MODULES, segments=False),
    **{"go-" + name: lambda bytes_=bytes_: bytes_ for name, bytes_ in servers().items()},
    "rust": rust,
    "rust-32": lambda: rust({"packages": [{"name": "tiny", "version": "2.0.0", "root": True}]}, wide=False),
    "rust-broken": lambda: rust(b'{"packages": {}}', big=True),
    "note": note,
    "note-deb": lambda: note({"type": "deb", "name": "bash", "version": "5.2.21-2"}, wide=False, big=True, tables=False),
    "note-own": lambda: note({"type": "shop", "name": "shop", "version": "1.0"}, extended=True),
    "note-broken": lambda: note(b'{"type":"deb","name":"bash"'),
    "native-image": native_image,
    "native-image-32": lambda: native_image(wide=False, big=True, table=SYMTAB),
    "native-image-broken": lambda: native_image(b'{"bomFormat": "SPDX"}'),
    "native-image-cut": lambda: native_image(longer=1 << 20),
    "note-nameless": lambda: note({"type": "deb", "version": "1.0"}),
}


def write(kind, path):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as f:
        f.write(KINDS[kind]())
    os.chmod(path, 0o755)


if __name__ == "__main__":
    for one in sys.argv[1].split(","):
        write(one, sys.argv[2] if not sys.argv[2].endswith("/") else sys.argv[2] + one)
