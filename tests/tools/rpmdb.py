#!/usr/bin/env python3
"""Makes small rpm databases of every kind, after the formats that the heads of
src/pkg/rpm_*.c describe.

usage: tests/tools/rpmdb.py [--seeds | --case KIND] FOLDER

writes FOLDER/{bdb-little,bdb-big}/Packages, FOLDER/ndb/Packages.db,
FOLDER/sqlite/rpmdb.sqlite and FOLDER/{wal,wal-big}/rpmdb.sqlite{,-wal}, all with
PACKAGES. With --seeds it writes what tests/fuzz/rpm_fuzz.c begins with, with
--case KIND one database of fewer files and two broken headers into FOLDER."""
import os, sqlite3, struct, sys, zlib

INT32, STRING, STRINGS, I18N = 4, 6, 8, 9
TAGS = {
    "name": (1000, STRING), "version": (1001, STRING), "release": (1002, STRING),
    "epoch": (1003, INT32), "summary": (1004, I18N), "size": (1009, INT32), "vendor": (1011, STRING),
    "license": (1014, STRING), "os": (1021, STRING), "arch": (1022, STRING),
    "oldfilenames": (1027, STRINGS), "filesizes": (1028, INT32), "digests": (1035, STRINGS),
    "fileflags": (1037, INT32), "sourcerpm": (1044, STRING), "dirindexes": (1116, INT32),
    "provides": (1047, STRINGS), "requires": (1049, STRINGS),
    "basenames": (1117, STRINGS), "dirnames": (1118, STRINGS), "payloadformat": (1124, STRING),
    "digestalgo": (5011, INT32), "module": (5096, STRING),
}


def header(tags):
    """The blob of [(tag number, type, value)]; value a string, or a list of values."""
    index, data = b"", b""
    for tag, kind, value in sorted(tags, key=lambda t: t[0]):
        values = value if isinstance(value, list) else [value]
        if kind == INT32:
            data += b"\0" * (-len(data) % 4)
        index += struct.pack(">4I", tag, kind, len(data), len(values))
        for v in values:
            data += struct.pack(">I", v) if kind == INT32 else v.encode() + b"\0"
    return struct.pack(">2I", len(index) // 16, len(data)) + index + data


def package(files=(), **fields):
    """The blob of a package: files are (folder, name, digest, flags)."""
    fields = {"os": "linux", "size": 1, "payloadformat": "cpio", "summary": "made for a test", **fields}
    if files:
        dirs = sorted({f[0] for f in files})
        fields["basenames"] = [f[1] for f in files]
        fields["dirnames"] = dirs
        fields["dirindexes"] = [dirs.index(f[0]) for f in files]
        fields["digests"] = [f[2] for f in files]
        fields["fileflags"] = [f[3] for f in files]
        fields["filesizes"] = [1 for f in files]
    return header([(*TAGS[k], v) for k, v in fields.items()])


MANY = [(f"/usr/share/many/{i % 7}/", f"file-{i}", f"{i:064x}" if i % 5 else "", i % 3 == 0)
        for i in range(400)]  # some 50 KB, more than any page
PACKAGES = {
    1: package(name="small", version="1.0", release="1", arch="noarch", sourcerpm="small-1.0-1.src.rpm",
               provides=["small", "small(x86-64)", "libsmall.so.1()(64bit)"], requires=["rpmlib(PayloadIsXz)", "/etc/zero.conf", "no-such-thing"]),
    2: package(name="many", version="2.5~rc1", release="3.el9", epoch=7, arch="s390x", vendor="Nobody & Söhne",
               license="MIT and (BSD or ISC)", sourcerpm="many-files-2.5~rc1-3.el9.src.rpm",
               module="many:2:820:abcdef", digestalgo=8, files=MANY),
    4: package(name="zero-epoch", version="3", release="4", epoch=0, arch="x86_64",
               sourcerpm="other-name-3-4.nosrc.rpm", requires=["libsmall.so.1()(64bit)", "((small >= 1.0 and old-names) if /bin/sh)", "zero-epoch"], files=[("/etc/", "zero.conf", "0" * 32, 1)]),
    5: package(name="gpg-pubkey", version="8483c65d", release="5ccc5b19", license="pubkey"),
    8: package(name="small", version="2.0", release="1", arch="noarch", requires=["small", "/usr/bin/old"]),
    9: package(name="old-names", version="1", release="1", arch="i386", sourcerpm="old-names-1-1.src.rpm",
               oldfilenames=["/usr/bin/old", "/usr/doc/old"], digests=["ab" * 16, ""], fileflags=[0, 2]),
}


FEW = {
    **PACKAGES,
    2: package(name="few", version="2.5~rc1", release="3.el9", epoch=7, arch="s390x", vendor="Nobody & Söhne",
               license="MIT and (BSD or ISC)", sourcerpm="many-files-2.5~rc1-3.el9.src.rpm",
               module="many:2:820:abcdef", digestalgo=8, files=MANY[:4]),
    3: package(name="no-release", version="1"),
    **{10 + a: package(name=f"digest-{a}", version="1", release="1", digestalgo=a, sourcerpm="no-version.src.rpm" if a == 1 else "x", files=[("/", f"f{a}", "ab", 0)])
       for a in (1, 2, 9, 10, 11, 12)},
    6: package(name="short", version="1", release="1")[:-20],
}


# ---- Berkeley DB ----

def bdb_page(order, size, number, after, kind, items=(), used=None, prev=0):
    """A page; items fill it from its end. For an overflow page items is its data."""
    if kind == 7:
        entries, low, body = 1, len(items), items.ljust(size - 26, b"\0")
    else:
        at, offsets = size, []
        for item in items:
            at -= len(item)
            offsets.append(at)
        table = b"".join(struct.pack(order + "H", o) for o in offsets)
        body = table.ljust(at - 26, b"\0") + b"".join(reversed(items))
        entries, low = len(items), at
    head = struct.pack(order + "5I2H2B", 0, 1, number, prev, after, entries, low, 0, kind)
    return head + body


def bdb(headers, big, size=4096):
    order = ">" if big else "<"
    pairs, overflow, next_page = [], [], 4
    for number, blob in [(0, struct.pack(order + "I", max(headers))), *headers.items()]:
        key = b"\1" + struct.pack(order + "I", number)
        value = b"\1" + blob
        if len(value) > size // 4:
            value = struct.pack(order + "B3xII", 3, next_page, len(blob))
            room = size - 26
            parts = [blob[i:i + room] for i in range(0, len(blob), room)]
            for i, part in enumerate(parts):
                after = next_page + 1 if i + 1 < len(parts) else 0
                overflow.append(bdb_page(order, size, next_page, after, 7, part))
                next_page += 1
        pairs += [key, value]
    half = len(pairs) // 4 * 2  # the second half goes on a page that the first leads to
    pages = [
        bdb_page(order, size, 1, 3, 13, pairs[:half]),
        bdb_page(order, size, 2, 0, 13),
        bdb_page(order, size, 3, 0, 13, pairs[half:], prev=1),
        *overflow,
    ]
    spares = [1, 1] + [0] * 30
    count = len(headers) + 1
    meta = struct.pack(order + "6I4B6I20s", 0, 1, 0, 0x061561, 9, size, 0, 8, 0, 0,
                       0, len(pages), 0, count, count, 0, b"")
    meta += struct.pack(order + "6I32I", 1, 1, 0, 0, count, 0x5e688dd1, *spares)
    return meta.ljust(size, b"\0") + b"".join(pages)


# ---- NDB ----

def ndb(headers):
    slots = b"RpmP" + struct.pack("<7I", 0, 1, 1, max(headers) + 1, 0, 0, 0)
    blobs, block = b"", 4096 // 16
    for number, blob in headers.items():
        whole = b"BlbS" + struct.pack("<3I", number, 1, len(blob)) + blob
        whole += b"\0" * (-(len(whole) + 12) % 16)
        whole += struct.pack("<2I", zlib.adler32(whole), len(blob)) + b"BlbE"
        slots += b"Slot" + struct.pack("<3I", number, block + len(blobs) // 16, len(whole) // 16)
        blobs += whole
    while len(slots) < 4096:
        slots += b"Slot" + bytes(12)
    return slots + blobs


# ---- SQLite ----

INDEXES = """Name Basenames Group Requirename Providename Conflictname Obsoletename Triggername
Dirnames Installtid Sigmd5 Sha1header Filetriggername Transfiletriggername Recommendname
Suggestname Supplementname Enhancename""".split()


def sqlite_bytes(path, headers, in_log=None, log_mode=False):
    """(database, log): headers in the database, those of in_log in its log only."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA page_size = 1024")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA journal_mode = " + ("WAL" if log_mode or in_log else "DELETE"))
    db.execute("CREATE TABLE IF NOT EXISTS 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)")
    for index in INDEXES:  # empty: rpm refuses a database without them
        db.execute(f"CREATE TABLE '{index}' (key 'TEXT' NOT NULL, hnum INTEGER NOT NULL, idx INTEGER NOT NULL)")
        db.execute(f"CREATE INDEX '{index}_key_idx' ON '{index}'(key ASC)")
        db.execute(f"CREATE INDEX '{index}_hnum_idx' ON '{index}'(hnum ASC)")
    db.executemany("INSERT INTO Packages VALUES (?, ?)", headers.items())
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    log = b""
    if in_log:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        for item in in_log.items():  # a commit each
            db.execute("INSERT INTO Packages VALUES (?, ?)", item)
            db.commit()
        log = open(path + "-wal", "rb").read()
    data = open(path, "rb").read()
    db.close()
    for end in ("", "-wal", "-shm"):
        if os.path.exists(path + end):
            os.unlink(path + end)
    return data, log


def log_with_big_words(log):
    """The same log as a big-endian machine writes it: other checksums, other magic."""
    size, = struct.unpack_from(">I", log, 8)
    sums = [0, 0]

    def add(data):
        words = struct.unpack(f">{len(data) // 4}I", data)
        for x, y in zip(words[::2], words[1::2]):
            sums[0] = (sums[0] + x + sums[1]) & 0xffffffff
            sums[1] = (sums[1] + y + sums[0]) & 0xffffffff
        return struct.pack(">2I", *sums)

    head = struct.pack(">I", 0x377f0683) + log[4:24]
    out = head + add(head)
    for at in range(32, len(log), 24 + size):
        page = log[at + 24:at + 24 + size]
        add(log[at:at + 8])
        out += log[at:at + 16] + add(page) + page
    return out


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)


def databases(scratch, headers=PACKAGES):
    """(folder, file, bytes) of all of them."""
    numbers = list(headers)
    some, rest = ({n: headers[n] for n in half} for half in (numbers[:2], numbers[2:]))
    yield "bdb-little", "Packages", bdb(headers, False)
    yield "bdb-big", "Packages", bdb(headers, True)
    yield "ndb", "Packages.db", ndb(headers)
    yield "sqlite", "rpmdb.sqlite", sqlite_bytes(scratch, headers)[0]
    data, log = sqlite_bytes(scratch, some, rest)
    yield "wal", "rpmdb.sqlite", data
    yield "wal", "rpmdb.sqlite-wal", log
    yield "wal-big", "rpmdb.sqlite", data
    yield "wal-big", "rpmdb.sqlite-wal", log_with_big_words(log)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    for kind, file, data in databases(f"{folder}/scratch"):
        write(f"{folder}/{kind}/{file}", data)


def seeds(folder):
    os.makedirs(folder, exist_ok=True)
    made = {f"{kind}/{file}": data for kind, file, data in databases(f"{folder}/scratch")}
    write(f"{folder}/bdb-little", b"\0" + made["bdb-little/Packages"])
    write(f"{folder}/bdb-big", b"\0" + made["bdb-big/Packages"])
    write(f"{folder}/ndb", b"\1" + made["ndb/Packages.db"])
    write(f"{folder}/sqlite", b"\2" + made["sqlite/rpmdb.sqlite"])
    for kind in ("wal", "wal-big"):
        data = made[f"{kind}/rpmdb.sqlite"]
        write(f"{folder}/{kind}", b"\3" + struct.pack("<I", len(data)) + data + made[f"{kind}/rpmdb.sqlite-wal"])
    for number, header_bytes in PACKAGES.items():
        write(f"{folder}/header-{number}", b"\4" + header_bytes)


def case(kind, folder):
    os.makedirs(folder, exist_ok=True)
    for made, file, data in databases(f"{folder}/scratch", FEW):
        if made == kind:
            write(f"{folder}/{file}", data)


if __name__ == "__main__":
    if sys.argv[1] == "--seeds":
        seeds(sys.argv[2])
    elif sys.argv[1] == "--case":
        case(*sys.argv[2:])
    else:
        main(sys.argv[1])
