#!/usr/bin/env python3
"""Large things within --memory-limit: many files, one huge file, a huge package
database. TAP.

usage: tests/limits.py [long]      long: 2 million files, a database of 500 MB
"""
import os, subprocess, sys, tempfile, zlib

from tap import ASAN, LOTSE, end, tell

LONG = "long" in sys.argv
MANY, DATABASE = (2000000, 500) if LONG else (200000, 40)
LIMIT = 256
# in a process of its own, whose children are this scan and nothing else
PEAK = "import resource, subprocess, sys; d = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE); " \
       "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, d.returncode); sys.stdout.flush(); sys.stdout.buffer.write(d.stdout + d.stderr)"


def header(name, size):
    h = bytearray(512)
    h[:len(name)] = name
    h[100:108], h[108:116], h[116:124] = b"0000644\0", b"0000000\0", b"0000000\0"
    h[124:136], h[136:148], h[156:157] = b"%011o\0" % size, b"00000000000\0", b"0"
    h[257:265] = b"ustar\00000"
    h[148:156] = b"%06o\0 " % (sum(h) + 8 * 32)
    return bytes(h)


def entry(name, body):
    return header(name, len(body)) + body + bytes(-len(body) % 512)


PACKAGE = entry(b"lib/apk/db/installed", b"P:a\nV:1-r0\n\n")
RELEASE = entry(b"etc/os-release", b"ID=alpine\nVERSION_ID=3.19.0\n")


def many(path):
    """So many empty files, packed."""
    pack = zlib.compressobj(1, zlib.DEFLATED, 31)
    base = header(b"d/00000000", 0)
    fixed = sum(base) - sum(base[148:156]) + 8 * 32 - sum(b"00000000")
    with open(path, "wb") as f:
        f.write(pack.compress(RELEASE + PACKAGE))
        for first in range(0, MANY, 10000):
            run = []
            for i in range(first, first + 10000):
                name = b"%08d" % i
                run.append(base[:2] + name + base[10:148] + b"%06o\0 " % (fixed + sum(name)) + base[156:])
            f.write(pack.compress(b"".join(run)))
        f.write(pack.compress(bytes(1024)) + pack.flush())


def huge(path):
    """One file of 8 GiB, of which the disk holds nothing."""
    size = (8 << 30) - 512
    with open(path, "wb") as f:
        f.write(RELEASE + PACKAGE + header(b"huge", size))
        f.seek(size, 1)
        f.write(bytes(1024))


def database(path):
    """A package database that is larger than any."""
    record = b"".join(b"P:p%06d\nV:1-r0\nT:%s\n\n" % (i, b"x" * 480) for i in range(2000))
    n = DATABASE * 1000000 // len(record)
    with open(path, "wb") as f:
        f.write(RELEASE + header(b"lib/apk/db/installed", n * len(record)))
        for _ in range(n):
            f.write(record)
        f.write(bytes(-n * len(record) % 512) + bytes(1024))


with tempfile.TemporaryDirectory() as w:
    for what, make, whole in ((f"{MANY} files", many, True), ("a file of 8 GiB", huge, True), (f"a package database of {DATABASE} MB", database, False)):
        if ASAN:
            tell(what, skip="not under the sanitizers")
            continue
        make(w + "/image")
        done = subprocess.run([sys.executable, "-c", PEAK, LOTSE, "image", "--memory-limit", f"{LIMIT}M", "-o", "json", "tar:" + w + "/image"],
                              stdout=subprocess.PIPE, env=dict(os.environ, XDG_CACHE_HOME=w))
        first, _, out = done.stdout.decode("utf-8", "replace").partition("\n")
        kib, code = map(int, first.split())
        bad = [] if kib < LIMIT * 1024 else [f"{kib} KiB"]
        if whole:
            bad += [] if code == 3 and '"name": "a"' in out else [f"exit {code}", out[:300]]
        else:  # all of it, or it is told that it is not
            bad += [] if code == 2 or (code == 3 and "p001999" in out) else [f"exit {code}", out[:300]]
        tell(f"{what} in {kib >> 10} MiB of {LIMIT}", bad)
        os.remove(w + "/image")
end()
