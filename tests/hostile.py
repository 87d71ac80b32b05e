#!/usr/bin/env python3
"""Archives that want to stop lotse, fill it or fool it: cases ARC-1 to ARC-15. TAP.

There is no advisory database here, so what was read as a whole ends with 3, and what
was not with 2. Where a bound is asked for, it is on the largest process of the scan.

usage: tests/hostile.py [long]      long: cut at every byte, more archives by chance
"""
import bz2, gzip, json, lzma, os, re, shutil, socket, struct, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools"))
import hostile_packed as hp
import hostile_tar as ht
import hostile_zip as hz
import rpmdb
from made import ALPINE, DB, apk, docker, layer, oci, sha, tar_of, write, zstd
from tap import ASAN, LOTSE, end, tell

LONG = "long" in sys.argv
WHOLE, PARTLY = 3, 2
MIB = 1 << 20
RELEASE = ht.entry(b"etc/os-release", ALPINE[1].encode())
START = RELEASE + ht.entry(DB.encode(), ht.package(b"seen"))
# in a process of its own, whose children are this scan and nothing else
PEAK = "import resource, subprocess, sys; d = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE); " \
       "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, d.returncode); sys.stdout.flush(); sys.stdout.buffer.write(d.stdout); sys.stderr.buffer.write(d.stderr)"


class Scan:
    """What came of one scan: code, mib, packages (names), notes (text), told (standard error)."""
    def __init__(self, source, *options, cwd=None):
        command = [LOTSE, "image", "--no-cache", "-o", "json", *options, source]
        done = subprocess.run([sys.executable, "-c", PEAK, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd,
                              env=dict(os.environ, XDG_CACHE_HOME="/nowhere"))
        first, _, out = done.stdout.partition(b"\n")
        self.mib, self.code = int(first.split()[0]) // 1024, int(first.split()[1])
        self.told = done.stderr.decode("utf-8", "replace")
        self.report = json.loads(out) if out else {}
        self.packages = sorted(p["name"] for p in self.report.get("packages", []))
        self.notes = self.report.get("coverage", {}).get("notes", [])
        self.unread = [n["what"] for n in self.notes if n["level"] == "unread"]
        self.text = "; ".join(f"{n.get('layer', '')} {n.get('where', '')}: {n['what']}" for n in self.notes) + self.told

    def bad(self, code, packages=None, says="", mib=None, quiet=False):
        """What is not as it should be."""
        out = [] if self.code == code else [f"exit {self.code}, not {code}"]
        if packages is not None and self.packages != sorted(packages):
            out.append(f"packages {self.packages}, not {sorted(packages)}")
        if not re.search(says, self.text):
            out.append(f"does not say {says}")
        if quiet and self.notes:
            out.append("there are notes")
        if mib and self.mib > mib and not ASAN:
            out.append(f"{self.mib} MiB, not {mib}")
        return out + [self.text[:300]] * bool(out)


def put(w, body, name="a"):
    return write(w, name, body)


def put_all(w, pieces, name="a"):
    with open(f"{w}/{name}", "wb") as f:
        for piece in pieces:
            f.write(piece)
    return f"{w}/{name}"


# ---- ARC-1 ----

ZEROS = bytes(64 * MIB)
PACKERS = {"gzip": lambda b: gzip.compress(b, 9, mtime=0), "zstd": zstd, "xz": lambda b: lzma.compress(b, preset=0), "bzip2": bz2.compress}


def bomb(pack, n):
    """A tar with a file of n times 64 MiB of zeros, as so many members of the packing."""
    one = pack(ZEROS)
    yield pack(START + ht.header(b"zeros", n * len(ZEROS)))
    for _ in range(n):
        yield one
    yield pack(ht.END)


def arc_1(w):
    for name, pack in PACKERS.items():
        s = Scan(put_all(w, bomb(pack, 160), "bomb"))
        tell(f"ARC-1 10 GiB of zeros in {name}: {os.path.getsize(w + '/bomb') >> 10} KiB, in {s.mib} MiB of memory",
             s.bad(PARTLY, ["seen"], f"{name}: unpacks to more than 1000 times its size", 64))
        s = Scan(put_all(w, bomb(pack, 2), "bomb"), "--limit", "bytes=100M")
        tell(f"ARC-1 more bytes than may be unpacked, {name}", s.bad(PARTLY, ["seen"], r"more than 104857600 bytes unpacked|1000 times", 64))
    middle = b"".join(bomb(PACKERS["gzip"], 4)).replace(PACKERS["gzip"](START + ht.header(b"zeros", 4 * len(ZEROS))), PACKERS["gzip"](ht.header(b"zeros", 4 * len(ZEROS))))
    files = docker([layer(ALPINE, (DB, apk(a="1-r0"))), layer("y"), layer(("x", "y"))])
    listed = json.loads(files["manifest.json"])
    listed[0]["Layers"][1] = "bomb"
    files.update({"bomb": middle, "manifest.json": json.dumps(listed).encode()})
    s = Scan(put(w, tar_of(files)))
    tell("ARC-1 a bomb as the middle layer is named, the others are read",
         s.bad(PARTLY, ["a"], r"1 : entry 0 \(zeros\): gzip: unpacks to more than 1000 times its size \(limit ratio\)", 64))
    s = Scan(put_all(w, bomb(PACKERS["gzip"], 4)), "--limit", "ratio=100000")
    tell("ARC-1 the limit can be set", s.bad(WHOLE, ["seen"], mib=64, quiet=True))
    with open(w + "/sparse", "wb") as f:
        f.write(START + ht.header(b"large", 65 << 30))
        f.seek(65 << 30, 1)
        f.write(ht.END)
    s = Scan(w + "/sparse")
    tell("ARC-1 more than 64 GiB in all", s.bad(PARTLY, ["seen"], r"more than 68719476736 bytes unpacked \(limit bytes\)", 64))
    frame = b"\x28\xb5\x2f\xfd\x00\xa8" + struct.pack("<I", 1 | 1 << 1 | 128 << 13)[:3] + b"\0"
    s = Scan(put(w, zstd(START) + frame))
    tell("ARC-1 a window of zstd of 2 GiB", s.bad(PARTLY, None, "limit zstd-window", 64))
    s = Scan(put(w, hp.patched_xz(40, START + ht.END)))
    tell("ARC-1 a dictionary of xz of 4 GiB", s.bad(PARTLY, None, "limit xz-memory", 64))


# ---- ARC-2, ARC-11: zip; feeds come in it ----

ADVISORY = {"id": "T-1", "modified": "2024-01-01T00:00:00Z", "affected": [
    {"package": {"ecosystem": "Alpine:v3.10", "name": "x"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2-r0"}]}]}]}


def advisory(n):
    return json.dumps(dict(ADVISORY, id=f"T-{n}")).encode()


class Build:
    """What came of a database built from one feed."""
    def __init__(self, w, body, *options, name="feed.zip"):
        shutil.rmtree(w + "/feeds", ignore_errors=True)
        shutil.rmtree(w + "/db", ignore_errors=True)
        write(w + "/feeds", name, body)
        write(w + "/feeds", "whole.json", advisory(99))
        done = subprocess.run([sys.executable, "-c", PEAK, LOTSE, "db", "build", "--feeds", w + "/feeds", "--db", w + "/db", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first, _, out = done.stdout.partition(b"\n")
        self.mib, self.code = int(first.split()[0]) // 1024, int(first.split()[1])
        self.text = (out + done.stderr).decode("utf-8", "replace")


# ---- ARC-3 ----

def arc_3(w):
    chart = gzip.compress(RELEASE + ht.header(b"chart/values.yaml", 8 << 30) + ZEROS, 9)
    s = Scan(put(w, START + ht.entry(b"charts/x.tgz", chart) + ht.END))
    tell("ARC-3 a chart that is a bomb: nobody opens it", s.bad(WHOLE, ["seen"], mib=48, quiet=True))
    s = Scan(put(w, RELEASE + ht.entry(DB.encode(), ZEROS) + ht.END), "--limit", "file=32M")
    tell("ARC-3 a file larger than may be read", s.bad(PARTLY, None, r"larger than 32 MiB \(limit file\), not read", 128))
    many = b"".join(ht.entry(b"templates/%06d.yaml" % i) for i in range(20000))
    s = Scan(put(w, START + many + ht.END), "--limit", "entries=10000")
    tell("ARC-3 more files than may be", s.bad(PARTLY, ["seen"], r"more than 10000 entries \(limit entries\)", 48))
    s = Scan(put(w, many[:512 * 2000] + tar_of(docker([START + ht.END]))), "--limit", "members=1000")
    tell("ARC-3 more files in an image archive than may be", s.bad(PARTLY, None, "limit members", 48))


# ---- ARC-4: names ----

def arc_4(w):
    database = ht.package(b"bad")
    os.makedirs(w + "/in/here")
    for what, name, code, says in (
            ("leads up", b"../../" + ht.DB, WHOLE, "leads out of the root, ignored"),
            ("leads up later", b"a/../../" + ht.DB, WHOLE, "leads out of the root, ignored"),
            ("leads up and back", b"lib/../" + ht.DB, WHOLE, "leads out of the root, ignored"),
            ("with a drive", b"C:\\" + ht.DB, WHOLE, None),
            ("with backslashes", b"..\\..\\" + ht.DB.replace(b"/", b"\\"), WHOLE, None),
            ("that is no UTF-8", b"\xff\xfe\xc0\xaf/" + ht.DB, WHOLE, None),
            ("of dots", b"...", WHOLE, None)):
        s = Scan(put(w, START + ht.entry(name, database) + ht.END), cwd=w + "/in/here")
        tell(f"ARC-4 a name {what}", s.bad(code, ["seen"], says or "", quiet=says is None))
    for what, name in (("from the root", b"/" + ht.DB), ("with all kinds of dots and slashes", b".//./lib///apk/./db/installed")):
        s = Scan(put(w, RELEASE + ht.entry(name, database) + ht.END))
        tell(f"ARC-4 a name {what} is one in the image", s.bad(WHOLE, ["bad"], quiet=True))
    s = Scan(put(w, START + ht.pax((b"path", ht.DB + b"\0x")) + ht.entry(b"x", database) + ht.END))
    tell("ARC-4 a name with a NUL in it", s.bad(PARTLY, ["seen"], "bad value of path"))
    s = Scan(put(w, START + ht.entry(ht.DB + b"\0x", database) + ht.END))
    tell("ARC-4 a name that ends with a NUL", s.bad(WHOLE, ["bad"], quiet=True))
    s = Scan(put(w, START + ht.long_name(b"x/" * 30000 + b"y") + ht.entry(b"x", database) + ht.END))
    tell("ARC-4 a name of 60,000 bytes", s.bad(WHOLE, ["seen"], "name longer than a path can be, ignored"))
    s = Scan(put(w, START + ht.long_name(b"x" * 70000) + ht.entry(b"x", database) + ht.END))
    tell("ARC-4 a name of 70,000 bytes", s.bad(PARTLY, ["seen"], "limit name"))
    s = Scan(put(w, START + ht.entry(ht.DB + b"/", database) + ht.END))
    tell("ARC-4 a file whose name ends in a slash", s.bad(PARTLY, None, "programs differ"))
    tell("ARC-4 nothing was written", [str(x) for x in os.walk(w + "/in") if x[2] or len(x[1]) > 1] + [x for x in os.listdir(w) if x not in ("a", "in")])


# ---- ARC-5 to ARC-7: links and whiteouts ----

def image(w, *layers):
    return put(w, tar_of(docker([l if isinstance(l, bytes) else layer(*l) for l in layers])))


def chain(n):
    return [("c0", "->", "data")] + [(f"c{i}", "->", f"c{i - 1}") for i in range(1, n)]


def arc_5(w):
    body = apk(a="1-r0")
    for what, layers, packages in (
            ("a link out of the root, then a file through it", [[("lib", "->", "../../../../data")], [(DB, body)]], ["a"]),
            ("a link from the root", [[("lib", "->", "/data"), ("data/apk/db/installed", body)]], ["a"]),
            ("a link out of the root is no way to a file of ours", [[("etc", "->", "../../../etc"), (DB, body)]], ["a"]),
            ("a chain of 30", [chain(30) + [("lib", "->", "c29"), ("data/apk/db/installed", body)]], ["a"]),
            ("a chain of 300 leads nowhere, as in Linux", [chain(300) + [("lib", "->", "c299"), ("data/apk/db/installed", body)]], []),
            ("a circle", [[("lib", "->", "usr"), ("usr", "->", "lib")], [("x", "->", "x"), ("y", "->", "x/y"), ("z", "->", "z/../z/z")]], []),
            ("to nothing", [[(DB, "->", "/no/where")]], []),
            ("many links, each of many steps", [[("d" * 200, "->", "/".join(["d" * 200] * 15))] + [(f"{i}", "->", "/".join([f"{i + 1}/.."] * 200)) for i in range(300)] + [(DB, body)]], ["a"])):
        s = Scan(image(w, *layers))
        tell(f"ARC-5 {what}", s.bad(WHOLE, packages, mib=64))
    os.makedirs(w + "/root/lib/apk/db")
    os.symlink("/etc", w + "/root/etc")
    os.symlink("../../../../../../etc/os-release", w + "/root/os-release")
    put(w + "/root", body.encode(), DB)
    s = Scan("dir:" + w + "/root")
    tell("ARC-5 links out of a folder are not followed", s.bad(WHOLE, ["a"]) + (["the host's release"] if s.report.get("distribution") else []))


def arc_6(w):
    for what, second in (
            ("the root as a symbolic link", ht.header(b".", 0, b"2", b"/nowhere") + ht.header(b"./", 0, b"2", b"/nowhere")),
            ("the root as a file", ht.header(b".", 0) + ht.header(b"/", 0)),
            ("a whiteout of a dot", ht.entry(b".wh..") + ht.entry(b"lib/.wh..")),
            ("a whiteout of what is above", ht.entry(b".wh...") + ht.entry(b"lib/apk/db/.wh...")),
            ("a whiteout of nothing", ht.entry(b".wh.") + ht.entry(b"lib/apk/.wh.")),
            ("a folder that is called a whiteout", ht.entry(b".wh./x") + ht.entry(b".wh./installed")),
            ("a mark of aufs", ht.entry(b".wh..wh.aufs") + ht.entry(b".wh..wh.plnk/1.2"))):
        s = Scan(image(w, START + ht.END, second + ht.END))
        tell(f"ARC-6 {what}: ignored", s.bad(WHOLE, ["seen"]))
    for what, second, packages in (("a root that is opaque", ht.entry(b".wh..wh..opq"), []), ("a folder that is", ht.entry(b"lib/.wh..wh..opq"), [])):
        s = Scan(image(w, START + ht.END, second + ht.END))
        tell(f"ARC-6 {what} hides what is below", s.bad(WHOLE, packages))


def arc_7(w):
    body = apk(a="1-r0")
    for what, layers, packages in (
            ("to nothing", [[(DB, "=>", "no/where")]], []), ("to itself", [[(DB, "=>", DB)]], []),
            ("out of the root", [[(DB, "=>", "../../etc/passwd")]], []), ("to a folder", [["data/", (DB, "=>", "data")]], []),
            ("to each other", [[("x", "=>", DB), (DB, "=>", "x")]], []),
            ("to an entry that comes later", [[(DB, "=>", "data"), ("data", body)]], ["a"]),
            ("to the root", [[(DB, "=>", "/"), ("lib2", "=>", ".")]], []),
            ("10,000 of them in a chain", [[("x0", body)] + [(f"x{i}", "=>", f"x{i - 1}") for i in range(1, 10000)] + [(DB, "=>", "x9999")]], [])):
        s = Scan(image(w, *layers))
        tell(f"ARC-7 a hard link {what}", s.bad(PARTLY if "chain" in what else WHOLE, packages, "limit looks" if "chain" in what else "", mib=64))


# ---- ARC-8 ----

def arc_8(w):
    """Paths of the files that a package owns are text and stay text."""
    listed = "R:../../../../tmp/x\nF:../../etc\nR:passwd\nF:/abs\nR:y\n"
    os.makedirs(w + "/in/here")
    tarred = ht.entry(DB.encode(), b"P:a\nV:1-r0\n" + listed.encode() + b"\n")
    s = Scan(put(w, RELEASE + tarred + ht.END), cwd=w + "/in/here")
    tell("ARC-8 apk: files outside of the root", s.bad(WHOLE, ["a"]))
    status = b"Package: d\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
    s = Scan(put(w, ht.entry(b"var/lib/dpkg/status", status) + ht.entry(b"var/lib/dpkg/info/d.list", b"/../../etc/passwd\n../x\n/./\n" + b"/" * 5000 + b"\n")
                 + ht.entry(b"var/lib/dpkg/info/../../../x.list", b"/x\n") + ht.END), cwd=w + "/in/here")
    tell("ARC-8 deb: files outside of the root, a list of another name", s.bad(WHOLE, ["d"]))
    files = [("../../../etc/", "passwd", "0" * 32, 0), ("/usr/../../", "..", "0" * 32, 0), ("", "a/../../b", "0" * 32, 0)]
    blob = rpmdb.package(name="r", version="1", release="1", arch="noarch", sourcerpm="r-1-1.src.rpm", files=files)
    s = Scan(put(w, ht.entry(b"usr/lib/sysimage/rpm/Packages.db", rpmdb.ndb({1: blob})) + ht.END), cwd=w + "/in/here")
    tell("ARC-8 rpm: files outside of the root", s.bad(WHOLE, ["r"]))
    tell("ARC-8 nothing was written", [str(x) for x in os.walk(w + "/in") if x[2] or len(x[1]) > 1])


# ---- ARC-9 ----

def seen_by(program, w, archive):
    """What the program would leave as the package database."""
    root = w + "/root"
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(root)
    done = subprocess.run([program, "-xf", archive, "-C", root], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    body = b""
    if os.path.isfile(f"{root}/{DB}") and os.path.realpath(f"{root}/{DB}").startswith(os.path.realpath(root)):
        with open(f"{root}/{DB}", "rb") as f:
            body = f.read()
    return sorted({n.decode() for n in re.findall(rb"^P:(.*)$", body, re.M)})


def differs(w, body, peers):
    """Nothing, when all see the same or we tell that they do not."""
    archive = put(w, RELEASE + body + ht.END)
    done = subprocess.run([LOTSE, "image", "--no-cache", "-o", "json", "tar:" + archive], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=dict(os.environ, XDG_CACHE_HOME="/nowhere"))
    ours = sorted(p["name"] for p in json.loads(done.stdout)["packages"])
    if done.returncode == PARTLY:
        return []
    theirs = {p: seen_by(p, w, archive) for p in peers}
    return [] if done.returncode == WHOLE and all(t == ours for t in theirs.values()) else [f"exit {done.returncode}, {ours}; {theirs}"]


def arc_9(w):
    peers = [p for p in ("tar", "bsdtar") if shutil.which(p)]
    for what, body in ht.differential():
        tell(f"ARC-9 {what}: as {' and '.join(peers)}, or told", differs(w, body, peers))
    n = 3000 if LONG else 150
    tell(f"ARC-9 {n} archives by chance", [f"{i}: {d}" for i in range(n) for d in differs(w, ht.chance(i), peers)])
    s = Scan(put(w, START + ht.entry(b"x") + ht.pax((b"comment", b"x")) + ht.entry(b"y") + ht.END))
    tell("ARC-9 what all agree on is not called ambiguous", s.bad(WHOLE, ["seen"], quiet=True))
    s = Scan(put(w, START + ht.header(b"PaxHeaders/x", 1 << 30, b"x") + bytes(4096)))
    tell("ARC-9 a record of 1 GiB", s.bad(PARTLY, ["seen"], r"extended header of 1073741824 bytes \(limit extended\)", 48))


# ---- ARC-10 ----

def arc_10(w):
    body = ht.package(b"sparse")
    forms = {"0.0": lambda e, n, b: ht.sparse_0(e, n, b, False), "0.1": lambda e, n, b: ht.sparse_0(e, n, b, True), "1.0": ht.sparse_1, "GNU's old": ht.sparse_old}
    for name, make in forms.items():
        n = len(body)
        for what, extents, size, stored, code, packages, says in (
                ("as it should be", [(0, n), (n, 0)], n, body, WHOLE, ["sparse"], ""),
                ("pieces that overlap", [(0, n), (n - 5, n)], 4096, body + body, PARTLY, [], "sparse"),
                ("a piece beyond the end", [(0, n), (5000, n)], 4096, body + body, PARTLY, [], "sparse"),
                ("pieces out of order", [(2048, n), (0, n)], 4096, body + body, PARTLY, [], "sparse"),
                ("more data than there is", [(0, 3 * n)], 4096, body, PARTLY, [], "sparse"),
                ("a size of 7 GiB, of which it holds nothing", [(0, n)], 7 << 30, body, PARTLY, [], "not read"),
                ("70,000 pieces", [(i * 2, 0) for i in range(70000)], 1 << 20, b"", PARTLY, [], "limit extents|limit extended")):
            s = Scan(put(w, RELEASE + make(extents, size, stored) + ht.END))
            tell(f"ARC-10 sparse {name}: {what}", s.bad(code, packages, says, 400 if "7 GiB" in what else 48))
    s = Scan(put(w, RELEASE + ht.sparse_1([(0, 1)], 1 << 20, b"", declared=10 ** 7) + ht.END))
    tell("ARC-10 ten million pieces are said to come", s.bad(PARTLY, [], "sparse|limit extents", 48))
    s = Scan(put(w, START + ht.pax((b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", b"x"), (b"GNU.sparse.realsize", b"%d" % (2 ** 63 - 1)))
                 + ht.entry(b"x", ht.padded(b"1\n0\n0\n")) + ht.END))
    tell("ARC-10 a file of 8 EiB that nobody wants", s.bad(s.code, ["seen"], mib=48) + ([] if s.code in (WHOLE, PARTLY) else [s.code]))


# ---- ARC-12 ----

def cuts(n):
    """Where to cut: everywhere, or here and there and all of the end."""
    return range(n) if LONG else sorted({*range(0, n, 211), *range(0, n, 512), *range(n - 40, n)})


def arc_12(w):
    text = os.urandom(2500).hex()
    plain = RELEASE + ht.entry(b"usr/share/x", text.encode()) + ht.entry(DB.encode(), ht.package(b"a")) + ht.entry(b"y", text[:1000].encode()) + ht.END
    archive = tar_of(docker([plain]))
    archive = archive[:len(archive.rstrip(b"\0")) + -len(archive.rstrip(b"\0")) % 512 + 1024]
    kinds = {"a tar": plain, "an image archive": archive}
    for name, pack in PACKERS.items():
        kinds[f"a tar in {name}"] = pack(plain)
        kinds[f"an image archive in {name}"] = pack(archive)
    for what, whole in kinds.items():
        bad = [] if Scan(put(w, whole)).code == WHOLE else ["not whole before it is cut"]
        for n in cuts(len(whole)):
            done = subprocess.run([LOTSE, "image", "--no-cache", "-o", "json", put(w, whole[:n])], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  env=dict(os.environ, XDG_CACHE_HOME="/nowhere"))
            if done.returncode != PARTLY:
                bad.append(f"cut to {n} of {len(whole)}: exit {done.returncode}")
        tell(f"ARC-12 {what} of {len(whole)} bytes cut anywhere", bad)


# ---- ARC-13 ----

def arc_13(w):
    plain = START + ht.entry(b"x", os.urandom(MIB)) + ht.END
    for what, body, code, says in (
            ("members are joined", hp.gz(plain[:1000]) + hp.gz(b"") + hp.gz(plain[1000:]), WHOLE, ""),
            ("a wrong checksum", hp.gz(plain, crc=1), PARTLY, "gzip: checksum or length is wrong"),
            ("a wrong length", hp.gz(plain, size=1), PARTLY, "gzip: checksum or length is wrong"),
            ("a wrong checksum of the second member", hp.gz(plain[:1000]) + hp.gz(plain[1000:], crc=1), PARTLY, "gzip: checksum or length is wrong"),
            ("other bytes behind", hp.gz(plain) + b"garbage", PARTLY, "gzip: other bytes behind the end"),
            ("zeros behind", hp.gz(plain) + bytes(1000), WHOLE, ""),
            ("a checksum of the header", hp.gz(plain, 2), WHOLE, ""),
            ("a name of 1 MiB", hp.gz(plain, 8, b"x" * MIB + b"\0"), WHOLE, ""),
            ("a remark and extra bytes", hp.gz(plain, 16 | 4, struct.pack("<H", 60000) + bytes(60000) + b"x" * MIB + b"\0"), WHOLE, "")):
        s = Scan(put(w, body))
        tell(f"ARC-13 gzip, {what}", s.bad(code, ["seen"], says, 48, quiet=code == WHOLE))
    s = Scan(put(w, hp.gz(plain, 8, b"x" * MIB)[:MIB // 2]))
    tell("ARC-13 gzip, a name without an end", s.bad(PARTLY, [], ""))


# ---- ARC-14 ----

def arc_14(w):
    odd = b"".join(ht.entry(n, flag=f) for n, f in ((b"dev/null", b"3"), (b"dev/sda", b"4"), (b"run/fifo", b"6"), (b"proc/self/mem", b"0"), (b"dev/../x", b"3"), (b"s", b"s")) if f != b"s")
    odd += ht.entry(b"bin/su", b"x", mode=0o6755) + ht.pax((b"SCHILY.xattr.security.capability", b"\1\0\0\2\0\0\0\0"), (b"LIBARCHIVE.xattr.user.x", b"eA=="),
                                                          (b"SCHILY.acl.access", b"user::rwx")) + ht.entry(b"bin/ping", b"x")
    s = Scan(put(w, START + odd + ht.END))
    tell("ARC-14 devices, fifos, setuid, xattrs in a tar", s.bad(WHOLE, ["seen"]))
    for kind in (b"3", b"4", b"6"):
        s = Scan(put(w, RELEASE + ht.entry(DB.encode(), flag=kind) + ht.END))
        tell(f"ARC-14 a package database of type {kind.decode()}", s.bad(WHOLE, []))
        s = Scan(put(w, START + ht.entry(DB.encode(), flag=kind) + ht.END))
        tell(f"ARC-14 what takes the database's place, of type {kind.decode()}", s.bad(WHOLE, []))
    for where in ("lib/apk/db", "var/lib/dpkg", "var/lib/rpm", "dev", "proc", "etc"):
        os.makedirs(f"{w}/root/{where}")
    for fifo in (DB, "var/lib/dpkg/status", "etc/os-release", "dev/null"):
        os.mkfifo(f"{w}/root/{fifo}")
    listen = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(f"{w}/root/var/lib/rpm")
    listen.bind("Packages.db")
    os.chdir(here)
    s = Scan("dir:" + w + "/root")
    tell("ARC-14 a folder of fifos and a socket: nothing is opened, nothing waits", s.bad(WHOLE, []))
    os.mkfifo(w + "/alone")
    s = Scan(w + "/alone")
    tell("ARC-14 a fifo in an image's place", s.bad(PARTLY, [], "neither a file nor a folder"))


# ---- ARC-15 ----

def arc_15(w):
    base = layer(ALPINE, (DB, apk(a="1-r0", b="1-r0")))
    gone = layer("lib/apk/db/.wh.installed")
    s = Scan(put(w, tar_of(docker([base, gone, base]))))
    tell("ARC-15 a layer twice, taken away between", s.bad(WHOLE, ["a", "b"], quiet=True) + ([] if s.report["packages"][0].get("layer") == 2 else ["not of the third layer"]))
    for what, empty in (("of an end mark", ht.END), ("of nothing", b"")):
        s = Scan(put(w, tar_of(docker([base, empty, empty]))))
        tell(f"ARC-15 empty layers {what}", s.bad(WHOLE, ["a", "b"], quiet=True))
    layers = [base] + [layer((f"tmp/{i}", "x")) for i in range(998)] + [layer((DB, apk(a="1-r0", c="1-r0")))]
    for what, some, code in (("128", layers[:128], WHOLE), ("1,000", layers, WHOLE), ("1,001", layers + [gone], PARTLY)):
        s = Scan(put(w, tar_of(docker(some))))
        tell(f"ARC-15 {what} layers", s.bad(code, None if code == PARTLY else ["a", "b"] if len(some) == 128 else ["a", "c"],
                                            "" if len(some) == 128 else "layers", 64, quiet=len(some) == 128))
    files = docker([base] * 3)
    listed = json.loads(files["manifest.json"])
    conf = json.loads(files[listed[0]["Config"]])
    listed[0]["Layers"] = [listed[0]["Layers"][0]] * 1000
    conf["rootfs"]["diff_ids"] = [conf["rootfs"]["diff_ids"][0]] * 1000
    del conf["history"]
    body = json.dumps(conf).encode()
    listed[0]["Config"] = sha(body) + ".json"
    s = Scan(put(w, tar_of({**files, sha(body) + ".json": body, "manifest.json": json.dumps(listed).encode()})))
    tell("ARC-15 one layer 1,000 times", s.bad(WHOLE, ["a", "b"], mib=64))
    for packed in ("", "gzip", "zstd", "xz", "bzip2"):
        for media in ("application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+gzip", "application/vnd.oci.image.layer.v1.tar+zstd"):
            s = Scan(put(w, tar_of(oci([base], packed, media))))
            tell(f"ARC-15 layers said to be {media.rsplit('.', 1)[1]}, in {packed or 'nothing'}", s.bad(WHOLE, ["a", "b"]))


# ---- ARC-2 and ARC-11: what comes in a zip ----

def found(w):
    """The advisories in the database that was built."""
    done = subprocess.run([LOTSE, "db", "search", "x", "--db", w + "/db"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return sorted(set(re.findall(r"T-\d+", done.stdout.decode("utf-8", "replace"))))


def zip_case(w, what, body, ids, says="", mib=64, options=()):
    b = Build(w, body, *options)
    bad = [] if not says or re.search(says, b.text) else [f"does not say {says}"]
    bad += [] if b.mib <= mib or ASAN else [f"{b.mib} MiB"]
    bad += [] if b.code == (2 if says else 0) else [f"exit {b.code}"]
    got = found(w)
    bad += [] if got == [*ids, "T-99"] else [f"{got}, not {ids}"]
    tell(what, bad + [b.text[:300]] * bool(bad))


def arc_2(w):
    kernel = advisory(1) + b" " * MIB
    zip_case(w, "ARC-2 250 members over each other", hz.overlapping(250, kernel), [], "members lie over each other|another name")
    zip_case(w, "ARC-2 250 members that quote each other's headers", hz.quoting(250, kernel), [], "members lie over each other")
    inner = hz.Zip().add(b"T-1.json", advisory(1)).bytes()
    for _ in range(6):
        inner = hz.Zip().add(b"x.zip", inner).bytes()
    zip_case(w, "ARC-2 zip in zip in zip: nobody opens it", hz.Zip().add(b"T-2.json", advisory(2)).add(b"lib.zip", inner).bytes(), ["T-2"])
    packed = hz.deflated(ZEROS)
    z = hz.Zip()
    for i in range(8):
        z.central(b"%d.txt" % i, ZEROS, z.local(b"%d.txt" % i, ZEROS, packed, 8), len(packed), 8)
    zip_case(w, "ARC-2 members of zeros", z.bytes(), [], "larger than its budget", 400, ("--limit", "ratio=100"))


def arc_11(w):
    one, two = advisory(1), advisory(2)
    plain = hz.Zip().add(b"T-1.json", one)
    zip_case(w, "ARC-11 a plain zip", plain.bytes(), ["T-1"])
    z = hz.Zip()
    z.central(b"T-1.json", one, z.local(b"other.json", one))
    zip_case(w, "ARC-11 another name in the member's own header", z.bytes(), ["T-1"], "its own header gives another name")
    z = hz.Zip().add(b"T-1.json", one)
    z.local(b"T-2.json", two)
    zip_case(w, "ARC-11 a member that the directory does not list", z.bytes(), ["T-1"])
    zip_case(w, "ARC-11 a name twice: the first counts", hz.Zip().add(b"T.json", one).add(b"T.json", two).bytes(), ["T-1"], "a second member of this name")
    zip_case(w, "ARC-11 an end in the comment", plain.bytes(comment=b"x" * 9 + hz.Zip().bytes() + b"yy"), [], "two ends")
    zip_case(w, "ARC-11 an end that lies about the number", plain.bytes(count=60000), ["T-1"])
    zip_case(w, "ARC-11 2^32 members are said to come", plain.bytes(count=0xffff), ["T-1"])
    zip_case(w, "ARC-11 an end that lies about the place", plain.bytes(at=1 << 31), [], "not read")
    zip_case(w, "ARC-11 an end that lies about the length", plain.bytes(length=1 << 31), [], "not read")
    z = hz.Zip().add(b"T-2.json", two)
    z.central(b"T-1.json", one, z.local(b"T-1.json", one), packed=0xffffffff, extra=struct.pack("<HHQ", 1, 8, 1 << 62))
    zip_case(w, "ARC-11 a size of zip64 that is a lie", z.bytes(), [], "lies over")
    z = hz.Zip().add(b"T-2.json", two)
    z.central(b"T-1.json", one, z.local(b"T-1.json", one, flags=1), flags=1)
    zip_case(w, "ARC-11 an encrypted member", z.bytes(), ["T-2"], "Passphrase required")
    z = hz.Zip().add(b"T-2.json", two)
    z.central(b"d/", one, z.local(b"d/", one), mode=0o40755)
    zip_case(w, "ARC-11 a folder with content", z.bytes(), ["T-2"])
    zip_case(w, "ARC-11 stored in stored", hz.Zip().add(b"T-2.json", two).add(b"x.zip", plain.bytes()).bytes(), ["T-2"])
    bad, whole = [], plain.bytes()
    for n in cuts(len(whole))[1:]:
        b = Build(w, whole[:n])
        bad += [f"cut to {n} of {len(whole)}: exit {b.code}"] if b.code != PARTLY else []
    tell(f"ARC-12 a zip of {len(whole)} bytes cut anywhere", bad)


# ---- the limits ----

def limits(w):
    text = subprocess.run([LOTSE, "help", "limits"], stdout=subprocess.PIPE, text=True).stdout
    table = [" | ".join(m.groups()) for m in re.finditer(r"^([a-z-]+) +(\d+\w*(?: s)?) +(\d+\w*(?: s)?) +(.*)$", text, re.M)]
    with open("docs/limits.md") as f:
        told = re.findall(r"^\| ([a-z-]+ \| \d.*) \|$", f.read(), re.M)
    with open("src/io/budget.def") as f:
        count = len(re.findall(r"^LIMIT\(", f.read(), re.M))
    tell("docs/limits.md has every limit as it is", [f"not there: {r}" for r in table if r not in told] + [f"not so: {r}" for r in told if r not in table]
         + ([] if len(table) == count else [f"{len(table)} of {count} printed"]))


for part in (limits, arc_1, arc_2, arc_3, arc_4, arc_5, arc_6, arc_7, arc_8, arc_9, arc_10, arc_11, arc_12, arc_13, arc_14, arc_15):
    with tempfile.TemporaryDirectory() as where:
        part(where)
end()
