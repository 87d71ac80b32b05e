"""Tar archives that no tar program writes: block by block, with any header field set
to any bytes. What is large is streamed."""
import random

BLOCK = 512
END = bytes(2 * BLOCK)


def number(n, width):
    """Octal where it fits, else base 256."""
    if isinstance(n, bytes):
        return n.ljust(width, b"\0")[:width]
    text = b"%0*o" % (width - 1, n)
    return text + b"\0" if len(text) < width else b"\x80" + n.to_bytes(width - 1, "big")


def header(name, size=0, flag=b"0", link=b"", magic=b"ustar\x0000", prefix=b"", mode=0o644, tail=b"", checksum=None):
    h = bytearray(BLOCK)
    h[0:100] = name[:100].ljust(100, b"\0")
    h[100:108], h[108:116], h[116:124] = number(mode, 8), number(0, 8), number(0, 8)
    h[124:136], h[136:148], h[156:157] = number(size, 12), number(0, 12), flag
    h[157:257] = link[:100].ljust(100, b"\0")
    h[257:257 + len(magic)] = magic
    h[345:345 + len(prefix)] = prefix[:155]
    if tail:
        h[BLOCK - len(tail):] = tail
    h[148:156] = b" " * 8
    h[148:156] = b"%06o\0 " % sum(h) if checksum is None else checksum
    return bytes(h)


def padded(body):
    return body + bytes(-len(body) % BLOCK)


def entry(name, body=b"", **fields):
    return header(name, fields.pop("size", len(body)), **fields) + padded(body)


def record(key, value):
    n = len(key) + len(value) + 3
    while len(b"%d" % n) + len(key) + len(value) + 3 != n:
        n = len(b"%d" % n) + len(key) + len(value) + 3
    return b"%d %s=%s\n" % (n, key, value)


def pax(*records, flag=b"x", name=b"PaxHeaders/x", **fields):
    """Records: (key, value), or bytes as they are."""
    return entry(name, b"".join(r if isinstance(r, bytes) else record(*r) for r in records), flag=flag, **fields)


def long_name(name, flag=b"L"):
    return entry(b"././@LongLink", name + b"\0", flag=flag, magic=b"ustar  \0")


# ---- sparse files ----

def sparse_1(extents, size, stored, declared=None):
    text = b"%d\n" % (len(extents) if declared is None else declared) + b"".join(b"%d\n%d\n" % e for e in extents)
    return pax((b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", DB), (b"GNU.sparse.realsize", b"%d" % size)) + \
        entry(b"x", padded(text) + stored)


def sparse_0(extents, size, stored, together):
    if together:
        records = [(b"GNU.sparse.map", b",".join(b"%d,%d" % e for e in extents))]
    else:
        records = [r for at, n in extents for r in ((b"GNU.sparse.offset", b"%d" % at), (b"GNU.sparse.numbytes", b"%d" % n))]
    return pax((b"GNU.sparse.name", DB), (b"GNU.sparse.size", b"%d" % size), (b"GNU.sparse.numblocks", b"%d" % len(extents)), *records) + entry(b"x", stored)


def sparse_old(extents, size, stored):
    table = [b"%011o\0%011o\0" % e for e in extents]
    head = bytearray(header(DB, len(stored), b"S", magic=b"ustar  \0"))
    head[386:386 + 24 * len(table[:4])] = b"".join(table[:4])
    head[482] = len(table) > 4
    head[483:495] = number(size, 12)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    out = bytes(head)
    for i in range(4, len(table), 21):
        out += b"".join(table[i:i + 21]).ljust(504, b"\0") + (b"\1" if i + 21 < len(table) else b"\0") + bytes(7)
    return out + padded(stored)


# ---- archives that programs may read in different ways ----

def package(name):
    return b"P:%s\nV:1-r0\n\n" % name


DB = b"lib/apk/db/installed"
OTHER = b"usr/share/x"


def inside(name=b"inside"):
    """A whole entry, as the content of another."""
    return entry(DB, package(name))


def differential():
    """(what, archive)"""
    db, plain = entry(DB, package(b"outside")), package(b"plain")
    hide = inside()
    yield "a plain archive", db
    yield "size in pax larger than in the header", pax((b"size", b"%d" % len(hide))) + header(OTHER, 0) + hide
    yield "size in pax smaller than in the header", pax((b"size", b"0")) + header(OTHER, len(hide)) + hide
    yield "size in pax that is -1", pax((b"size", b"-1")) + header(OTHER, len(hide)) + hide
    yield "size in pax with blanks", pax((b"size", b" 0")) + header(OTHER, len(hide)) + hide
    yield "size in pax that is no number", pax((b"size", b"0x10")) + header(OTHER, len(hide)) + hide
    yield "size in pax of 30 digits", pax((b"size", b"9" * 30)) + header(OTHER, len(hide)) + hide
    yield "an empty size in pax", pax((b"size", b"")) + header(OTHER, len(hide)) + hide
    yield "a key twice", pax((b"path", OTHER), (b"path", DB)) + entry(b"y", plain)
    yield "a key twice, the other way round", pax((b"path", DB), (b"path", OTHER)) + entry(b"y", plain)
    yield "a key taken back", pax((b"path", OTHER), (b"path", b"")) + entry(DB, plain)
    yield "a size twice", pax((b"size", b"0"), (b"size", b"%d" % len(hide))) + header(OTHER, 0) + hide
    yield "a global path", pax((b"path", DB), flag=b"g") + entry(OTHER, plain)
    yield "a global size", pax((b"size", b"%d" % len(hide)), flag=b"g") + header(OTHER, 0) + hide
    yield "a global comment", pax((b"comment", b"0123"), flag=b"g") + db
    yield "a global header that is none", pax(b"what is this", flag=b"g") + db
    yield "a global header behind an extended one", pax((b"path", DB)) + pax((b"comment", b"x"), flag=b"g") + entry(OTHER, plain)
    yield "two extended headers", pax((b"path", DB)) + pax((b"mtime", b"1")) + entry(OTHER, plain)
    yield "an extended header of Sun's", pax((b"path", DB), flag=b"X") + entry(OTHER, plain)
    yield "a record too long", pax(b"99 path=" + DB + b"\n") + entry(OTHER, plain)
    yield "a record too short", pax(b"8 path=" + DB + b"\n") + entry(OTHER, plain)
    yield "a record without a newline", pax(record(b"path", DB)[:-1] + b" ") + entry(OTHER, plain)
    yield "a record length with zeros in front", pax(b"0032 path=" + DB + b"\n"[:0] + b"\n") + entry(OTHER, plain)
    yield "a record without a key", pax(b"6 =ab\n") + db
    yield "a name with a NUL in pax", pax((b"path", DB + b"\0x")) + entry(OTHER, plain)
    yield "a name with a newline in pax", pax((b"path", b"a\nb")) + db
    yield "a long name and one in pax", long_name(DB) + pax((b"path", OTHER)) + entry(b"y", plain)
    yield "one in pax and a long name", pax((b"path", OTHER)) + long_name(DB) + entry(b"y", plain)
    yield "two long names", long_name(OTHER) + long_name(DB) + entry(b"y", plain)
    yield "a long name with a NUL", long_name(DB + b"\0x") + entry(b"y", plain)
    yield "a prefix", entry(b"installed", plain, prefix=b"lib/apk/db")
    yield "a prefix in a header of GNU's", entry(b"installed", plain, prefix=b"lib/apk/db", magic=b"ustar  \0")
    yield "a prefix in a header before POSIX", entry(b"installed", plain, prefix=b"lib/apk/db", magic=b"")
    yield "a prefix with another version", entry(b"installed", plain, prefix=b"lib/apk/db", magic=b"ustar\x00zz")
    yield "a prefix longer than star's", entry(b"installed", plain, prefix=b"./" * 65 + b"lib/apk/db", tail=b"tar\0")
    yield "a prefix that ends in a slash", entry(b"installed", plain, prefix=b"lib/apk/db/")
    yield "a link with content", header(OTHER, len(hide), flag=b"2", link=b"x") + hide
    yield "a hard link with content", db + header(OTHER, len(hide), flag=b"1", link=DB) + hide
    yield "a hard link with content of its own", db + header(OTHER, len(plain), flag=b"1", link=DB) + padded(plain)
    yield "a folder with content", header(OTHER + b"/", len(hide), flag=b"5") + hide
    yield "a fifo with content", header(OTHER, len(hide), flag=b"6") + hide
    yield "a file that ends in a slash", header(DB + b"/", len(plain)) + padded(plain)
    yield "an old file that ends in a slash", header(OTHER + b"/", len(hide), flag=b"\0") + hide
    yield "a contiguous file", entry(DB, plain, flag=b"7")
    yield "a type that nobody knows", entry(DB, plain, flag=b"Z")
    yield "a volume's name", entry(b"volume", b"", flag=b"V", magic=b"ustar  \0") + db
    yield "a size in base 256", header(DB, b"\x80" + bytes(10) + bytes([len(plain)])) + padded(plain)
    yield "a negative size in base 256", header(DB, b"\xff" * 12) + db
    yield "a size with blanks in front", header(DB, b"        %o" % len(plain)) + padded(plain)
    yield "a size without an end", header(DB, b"%012o" % len(plain)) + padded(plain)
    yield "a size with other letters behind", header(DB, b"%o9 " % len(plain)) + padded(plain)
    yield "a checksum of signed bytes", db[:0] + signed_sum(entry(DB, plain)) + entry(b"y\xff")
    yield "a wrong checksum", entry(OTHER, b"", checksum=b"000000\0 ") + db
    yield "one block of zeros, then more", entry(OTHER) + bytes(BLOCK) + db
    yield "two blocks of zeros, then more", entry(OTHER) + END + db
    yield "a name that is empty", entry(b"", plain) + db
    yield "sparse by pax, with another name", pax((b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", DB),
                                                  (b"GNU.sparse.realsize", b"%d" % len(plain))) + entry(OTHER, padded(b"1\n0\n%d\n" % len(plain)) + plain)
    yield "a sparse size only", pax((b"GNU.sparse.realsize", b"1"), (b"GNU.sparse.size", b"1")) + entry(DB, plain)
    yield "a sparse name only", pax((b"GNU.sparse.name", DB)) + entry(OTHER, plain)
    yield "a sparse version that nobody knows", pax((b"GNU.sparse.major", b"7"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", DB)) + entry(OTHER, plain)
    yield "the same name twice", entry(DB, package(b"first")) + entry(DB, package(b"second"))
    yield "the same name in two ways", entry(DB, package(b"first")) + entry(b"./lib//apk/./db/installed", package(b"second"))


def signed_sum(archive):
    h = bytearray(archive[:BLOCK])
    h[300:302] = b"\xff\xfe"
    h[148:156] = b" " * 8
    h[148:156] = b"%06o\0 " % sum(b if b < 128 else b - 256 for b in h)
    return bytes(h) + archive[BLOCK:]


def chance(seed):
    """Pieces of the above in any order: most are nonsense that programs may disagree on."""
    r = random.Random(seed)
    names = [DB, OTHER, b"y", DB + b"/", b"./" + DB]
    out = b""
    for _ in range(r.randint(1, 4)):
        for _ in range(r.choice((0, 0, 1, 1, 2))):
            out += r.choice((
                lambda: pax((b"path", r.choice(names)), flag=r.choice((b"x", b"x", b"g"))),
                lambda: pax((b"size", b"%d" % r.choice((0, 12, 512, 1024, 1536))), flag=r.choice((b"x", b"x", b"g"))),
                lambda: pax((b"linkpath", r.choice(names)), (b"mtime", b"1")),
                lambda: pax((b"path", b""), (b"size", b"")),
                lambda: pax((b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", r.choice(names)), (b"GNU.sparse.realsize", b"512")),
                lambda: long_name(r.choice(names)),
                lambda: long_name(r.choice(names), b"K")))()
        body = r.choice((b"", package(b"p%d" % r.randint(0, 9)), inside(b"i%d" % r.randint(0, 9))))
        out += header(r.choice(names), r.choice((len(body), len(body), len(body), 0, 512)), flag=r.choice((b"0", b"0", b"0", b"\0", b"7", b"1", b"2", b"5", b"6", b"Z")),
                      link=r.choice(names), magic=r.choice((b"ustar\x0000", b"ustar\x0000", b"ustar  \0", b"")),
                      prefix=r.choice((b"", b"", b"", b"lib/apk/db"))) + padded(body)
    return out
