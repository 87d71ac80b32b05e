#!/usr/bin/env python3
"""Makes the database of a Nix store, after the head of src/pkg/nix_db.c.

usage: tests/tools/nixdb.py [--wal] FOLDER      writes FOLDER/db.sqlite, and its log"""
import os, shutil, sqlite3, sys

SCHEMA = """create table ValidPaths (id integer primary key autoincrement not null, path text unique not null, hash text not null,
 registrationTime integer not null, deriver text, narSize integer, ultimate integer, sigs text, ca text);
create table Refs (referrer integer not null, reference integer not null, primary key (referrer, reference));
create index IndexReferrer on Refs(referrer);
create index IndexReference on Refs(reference);"""
# what each refers to: curl needs openssl through an environment, and itself
PATHS = {
    "zlib-1.3.1": [], "zlib-1.3.1-dev": ["zlib-1.3.1"], "openssl-3.0.13.drv": [], "openssl-3.0.13": ["zlib-1.3.1"],
    "openssl-3.0.13-bin": ["openssl-3.0.13"], "openssl-3.0.13-dev": ["openssl-3.0.13", "openssl-3.0.13-bin", "zlib-1.3.1-dev"],
    "python3-3.11.8-env": ["inner-env", "python3-3.11.8-env"], "inner-env": ["python3-3.11.8-env", "openssl-3.0.13-bin"],
    "curl-8.6.0": ["curl-8.6.0", "python3-3.11.8-env", "zlib-1.3.1"], "source": [], "user-environment": ["curl-8.6.0"],
}
LATER = ("curl-8.6.0", "user-environment")
DIGITS = "0123456789abcdfghijklmnpqrsvwxyz"


def store_path(name):
    """Any hash will do, as long as it is the same again."""
    n, out = int.from_bytes(name.encode().ljust(20, b"\7")[:20], "big"), ""
    for _ in range(32):
        n, digit = divmod(n, 32)
        out += DIGITS[digit]
    return f"/nix/store/{out}-{name}"


def write(path, paths=PATHS, later=()):
    """Names in `later` are only in the log."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma page_size = 1024")
    db.execute("pragma journal_mode = wal")
    db.executescript(SCHEMA)
    ids = {}

    def add(names):
        for name in names:
            at = db.execute("insert into ValidPaths (path, hash, registrationTime) values (?, 'sha256:0', 1)", (store_path(name),))
            ids[name] = at.lastrowid

    def refer(names):
        db.executemany("insert into Refs values (?, ?)", [(ids[n], ids[r]) for n in names for r in paths[n]])

    first = [n for n in paths if n not in later]
    add(first)
    refer(first)
    db.execute("pragma wal_checkpoint(truncate)")
    if later:
        db.execute("pragma wal_autocheckpoint = 0")
        add(later)
        refer(later)
        shutil.copy(path + "-wal", path + ".kept")
        shutil.copy(path, path + ".old")
    db.close()
    if later:
        os.replace(path + ".kept", path + "-wal")
        os.replace(path + ".old", path)


if __name__ == "__main__":
    os.makedirs(sys.argv[-1], exist_ok=True)
    write(sys.argv[-1] + "/db.sqlite", later=LATER if "--wal" in sys.argv else ())
