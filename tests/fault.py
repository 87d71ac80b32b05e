#!/usr/bin/env python3
"""Every call that can fail does. TAP.

usage: tests/fault.py [long]

build/tools/fault.so makes the n-th call of one kind fail, or kills lotse there,
for all n (long) or some: then lotse ends with exit code 2 and says so, or with
the very answer it gives otherwise. Never with another answer, never by a
signal; nothing is left behind, and the next run gives the right answer.
"""
import glob, gzip, hashlib, io, json, os, resource, shutil, signal, sqlite3, struct, subprocess, sys, tarfile, tempfile
from concurrent.futures import ThreadPoolExecutor
from errno import EAGAIN, EINTR, EIO, EMFILE, ENOMEM, ENOSPC

from tap import ASAN, BUILD, LOTSE, end, tell

LONG = "long" in sys.argv
KINDS = ("read", "write", "open", "sync", "rename", "map", "alloc", "fork", "pipe", "close", "stat", "make", "wait", "list")
# which calls, how they fail, and how many of them in `make check`
FAULTS = [
    ("read", EIO, 12), ("read", EINTR, 12), ("read", "short", 12),
    ("write", ENOSPC, 8), ("write", EINTR, 8), ("write", "short", 8), ("write+", EIO, 4),
    ("open", EMFILE, 12), ("open", EIO, 8), ("open+", EMFILE, 6),
    ("sync", EIO, 6), ("rename", EIO, 8), ("map", ENOMEM, 8), ("alloc", ENOMEM, 30), ("alloc+", ENOMEM, 15),
    ("fork", EAGAIN, 6), ("pipe", EMFILE, 6), ("close", EIO, 6), ("stat", EIO, 12), ("make", EIO, 6), ("wait", EINTR, 6), ("list", EIO, 8),
]
KILLS = [(kind, how, 6) for kind in ("write", "open", "sync", "rename", "close", "make", "read") for how in ("kill", "killed")]
SO = BUILD + "/tools/fault.so"
if BUILD.endswith("-asan"):  # which wants to be the first, and has its own memory
    SO = subprocess.run(["cc", "-print-file-name=libasan.so"], capture_output=True, text=True).stdout.strip() + ":" + SO
    FAULTS = [f for f in FAULTS if f[0] not in ("alloc", "alloc+")]
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # no second thread: after a fork its allocator can stay locked
RETRIED = (EINTR, "short")  # with these nothing is lost


# ---- what is scanned ----

def tar_of(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def sha(body):
    return hashlib.sha256(body).hexdigest()


def layers():
    release = b'ID=debian\nVERSION_ID="10"\nPRETTY_NAME="Debian GNU/Linux 10 (buster)"\n'
    status = "".join(f"Package: {n}\nStatus: install ok installed\nVersion: {v}\nArchitecture: amd64\n\n"
                     for n, v in (("openssl", "1.1.1d-0+deb10u1"), ("zlib1g", "1:1.2.11.dfsg-1")))
    other = "Package: bash\nVersion: 5.0-4\nArchitecture: amd64\n"  # not in the same file: a reader that breaks on a file that is replaced matters not
    return [{"etc/os-release": release, "var/lib/dpkg/status": status.encode()},
            {"var/lib/dpkg/status.d/bash": other.encode(), "usr/share/doc/x": b"x" * 3000}]


def docker(w):
    tars = [tar_of(l) for l in layers()]
    conf = json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": ["sha256:" + sha(t) for t in tars]}}).encode()
    files = {f"{i}/layer.tar": t for i, t in enumerate(tars)}
    files["c.json"] = conf
    files["manifest.json"] = json.dumps([{"Config": "c.json", "RepoTags": ["t:1"], "Layers": [f"{i}/layer.tar" for i in range(len(tars))]}]).encode()
    with open(w + "/docker.tar", "wb") as f:
        f.write(tar_of(files))


def packed(how, body):
    return gzip.compress(body) if how == "gzip" else subprocess.run([how, "-c"], input=body, stdout=subprocess.PIPE, check=True).stdout


def oci(w):
    files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}'}
    tars = [tar_of(l) for l in layers()] + [tar_of({"opt/y": b"y"}), tar_of({"opt/z": b"z"})]

    def blob(body, kind):
        files["blobs/sha256/" + sha(body)] = body
        return {"mediaType": "application/vnd.oci.image." + kind, "digest": "sha256:" + sha(body), "size": len(body)}

    conf = blob(json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": ["sha256:" + sha(t) for t in tars]}}).encode(), "config.v1+json")
    blobs = [blob(packed(how, t), "layer.v1.tar+gzip") for how, t in zip(("gzip", "zstd", "xz", "bzip2"), tars)]
    manifest = blob(json.dumps({"schemaVersion": 2, "config": conf, "layers": blobs}).encode(), "manifest.v1+json")
    files["index.json"] = json.dumps({"schemaVersion": 2, "manifests": [manifest]}).encode()
    with open(w + "/oci.tar", "wb") as f:
        f.write(tar_of(files))
    with gzip.open(w + "/oci.tar.gz", "wb") as f:
        f.write(tar_of(files))
    for name, body in files.items():
        put(f"{w}/layout/{name}", body)


def put(path, body):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(body)


def rpm_package(name, version):
    """A header as rpm keeps it: index entries, then their data."""
    index = data = b""
    for tag, value in ((1000, name), (1001, version), (1002, "1"), (1022, "x86_64")):
        index += struct.pack(">IIII", tag, 6, len(data), 1)
        data += value.encode() + b"\0"
    return struct.pack(">II", len(index) // 16, len(data)) + index + data


def folder(w):
    for layer in layers():
        for name, body in layer.items():
            put(f"{w}/root/{name}", body)
    os.symlink("status", w + "/root/var/lib/dpkg/status-link")
    os.makedirs(w + "/rpm/var/lib/rpm")
    put(w + "/rpm/etc/os-release", b'ID=almalinux\nVERSION_ID="8.5"\n')
    with sqlite3.connect(w + "/rpm/var/lib/rpm/rpmdb.sqlite") as db:
        db.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)")
        for i in range(3):
            db.execute("INSERT INTO Packages (blob) VALUES (?)", (rpm_package(f"p{i}", "1.0"),))


def feeds(w):
    shutil.copytree("data", w + "/feeds")
    subprocess.run(["sh", "-c", f"cd {w}/feeds/starter && mkdir ../zip ../tar && python3 -m zipfile -c ../zip/x.zip CVE-202[01]* && "
                    "tar -czf ../tar/x.tar.gz CVE-2019* && rm CVE-2019* CVE-202[01]*"], check=True)


# ---- one run ----

def scans(w):
    image = ["image", "--db", w + "/db", "--no-progress"]
    return {
        "a docker archive": [*image, w + "/docker.tar"],
        "an OCI archive, packed": [*image, "-o", "json", w + "/oci.tar.gz"],
        "an image, kept for later": [*image, "--cache-dir", "OUT/../kept", "-o", "json", w + "/docker.tar"],
        "an OCI layout": [*image, "-o", "table", "-o", "json=OUT/report.json", w + "/layout"],
        "a root folder": [*image, "-o", "json", w + "/root"],
        "an rpm database": [*image, "-o", "json", "dir:" + w + "/rpm"],
        "db status": ["db", "status", "--db", w + "/db"],
        "db search": ["db", "search", "--db", w + "/db", "openssl"],
        "db verify": ["db", "verify", "--db", w + "/db"],
        "db build": ["db", "build", "--feeds", w + "/feeds", "--db", "OUT/db"],
    }


def call(command, env, out):
    try:
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=50)
    except subprocess.TimeoutExpired:
        return "hangs", b"", ""
    return done.returncode, done.stdout.replace(out.encode(), b"OUT"), done.stderr.decode("utf-8", "replace").replace(out, "OUT")


class Run:
    """What came of lotse with one fault: code, out, err, tally, and the files in OUT."""

    def __init__(self, w, command, fault="", keep=None, cut=""):
        self.dir = tempfile.mkdtemp(dir=w)
        out, tally = self.dir + "/out", self.dir + "/tally"
        if keep:
            shutil.copytree(keep, out, symlinks=True)
            if os.path.exists(keep + "/../kept"):
                shutil.copytree(keep + "/../kept", self.dir + "/kept")
        else:
            os.mkdir(out)
        with open(tally, "wb") as f:
            f.truncate(4096)
        env = dict(os.environ, LD_PRELOAD=SO, ASAN_OPTIONS="verify_asan_link_order=0", FAULT_TALLY=tally, FAULT=fault, FAULT_FILE=cut, HOME=w, XDG_CACHE_HOME=w + "/cache")
        if "--cache-dir" in command:
            env.pop("LOTSE_NO_CACHE", None)
        self.code, self.out, self.err = call([LOTSE, *(c.replace("OUT", out) for c in command)], env, out)
        with open(tally, "rb") as f:
            numbers = struct.unpack("<15Q", f.read(120))
        self.calls, self.struck = dict(zip(KINDS, numbers)), numbers[14]
        self.files = {os.path.relpath(os.path.join(at, n), out): os.path.join(at, n) for at, _, names in os.walk(out) for n in names}

    def answer(self):
        """What a user gets: exit code, what is printed, and the files with their content."""
        return self.code, self.out, [(n, open(p, "rb").read()) for n, p in sorted(self.files.items())]

    def done(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def judge(run, clean, how, mute=False):
    """What is wrong with it, or nothing. mute: it cannot write to say so."""
    if run.answer() == clean.answer():
        return None
    if how in RETRIED:
        return f"not the same: {run.code} {run.err.strip()[:150]}"
    if run.code != 2:
        return f"exit {run.code} {run.err.strip()[:150]}"
    if not run.err.startswith("lotse: ") and run.answer()[1:] == clean.answer()[1:] and not mute:
        return "exit 2 without a word"
    left = [n for n in run.files if n not in clean.files and not n.endswith(".shard")]
    return f"left behind: {left}" if left else None


def spots(calls, few):
    step = 1 if LONG else max(1, calls // few)
    return range(1, calls + 1, step)


def sweep(w, what, command, clean):
    for kind, how, few in FAULTS:
        onwards = "+" if kind.endswith("+") else ""
        kind = kind.rstrip("+")

        def one(n):
            run = Run(w, command, f"{kind}:{n}{onwards}:{how}")
            bad = judge(run, clean, how, (kind, onwards) == ("write", "+"))
            if not bad and "--cache-dir" in command:
                again = Run(w, command, keep=run.dir + "/out")
                bad = None if again.answer() == clean.answer() else "the next scan says something else"
                again.done()
            run.done()
            return bad and f"{kind} {n}{onwards} {how}: {bad}"

        with ThreadPoolExecutor(2) as pool:
            tried = spots(clean.calls[kind], few)
            bad = [b for b in pool.map(one, tried) if b]
        if tried:
            tell(f"{what}: {kind}{onwards} fails with {os.strerror(how) if how != 'short' else how}, {len(tried)} of {clean.calls[kind]}", bad)


# ---- kills ----

def kills(w):
    """db build, killed: the old database stays, and the next build leaves nothing of the dead one."""
    old, build = w + "/old", scans(w)["db build"]
    shutil.copytree(w + "/feeds", w + "/fewer")
    for path in sorted(glob.glob(w + "/fewer/starter/*"))[::3]:
        os.remove(path)
    Run(w, ["db", "build", "--feeds", w + "/fewer", "--db", old + "/db"])
    new = Run(w, build, keep=old)
    before, after = told(Run(w, ["db", "status", "--db", old + "/db"])), told(Run(w, ["db", "status", "--db", "OUT/db"], keep=new.dir + "/out"))
    scan = ["image", "--db", "OUT/db", "--cache-dir", "OUT/../kept", "-o", "json=OUT/report.json", w + "/docker.tar"]
    tell("what is built is not what was there", [] if before != after else [before])
    wanted = Run(w, scan, keep=new.dir + "/out").answer()
    for command, clean, kept in ((build, new, old), (scan, Run(w, scan, keep=new.dir + "/out"), new.dir + "/out")):
        for kind, how, few in KILLS:
            def one(n):
                run = Run(w, command, f"{kind}:{n}:{how}", keep=kept)
                bad = []
                if command == build:
                    status = told(Run(w, ["db", "status", "--db", "OUT/db"], keep=run.dir + "/out"))
                    bad = [] if status in (before, after) and run.code in (0, 2, -9) else [f"exit {run.code}, status {status}"]
                    again = Run(w, build, keep=run.dir + "/out")
                    bad += [] if again.code == 0 and told(Run(w, ["db", "status", "--db", "OUT/db"], keep=again.dir + "/out")) == after else ["the next build fails " + again.err]
                else:
                    again = Run(w, scan, keep=run.dir + "/out")
                    bad = [] if again.answer() == wanted else ["the next scan says something else"]
                    bad += [] if run.code == -9 or not judge(run, clean, how) else [judge(run, clean, how)]
                bad += [f"left behind: {n}" for n in again.files if "tmp" in n]
                for r in (run, again):
                    r.done()
                return bad and f"{kind} {n}: {bad}"

            tried = spots(clean.calls[kind], few)
            with ThreadPoolExecutor(2) as pool:
                bad = [b for b in pool.map(one, tried) if b]
            if tried:
                tell(f"{command[0]} {how} at {kind}, {len(tried)} of {clean.calls[kind]}", bad)


def told(run):
    """What db status says, without the time and the place."""
    return run.code, [l for l in run.out.decode().splitlines() if not l.startswith(("database", "built"))]


def signals(w):
    """Held up while it writes: the file aside is there, and the signal takes it away."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A shell in the background, or nohup, ignores it, and so would what is started here.
        signal.signal(number, signal.default_int_handler)
        for command in (["image", "--db", w + "/db", "-o", "json=OUT/report.json", w + "/docker.tar"], scans(w)["db build"]):
            run = Run(w, command, f"sync:1:{1000 + number}")
            tell(f"{command[0]}, {number.name} while it writes", [] if run.code == -number and run.struck and not [n for n in run.files if "tmp" in n]
                 else [f"exit {run.code}, struck {run.struck}, left {list(run.files)}"])


# ---- where there is little ----

def little(w):
    image = [LOTSE, "image", "--db", w + "/db", "-o", "json", w + "/docker.tar"]
    plain = [LOTSE, "image", "-o", "json", w + "/docker.tar"]
    wanted = subprocess.run(image, capture_output=True)
    bare = subprocess.run(plain, capture_output=True, env={"XDG_CACHE_HOME": w + "/nowhere"})
    R = resource

    def see(what, code, command=image, out=None, says="", before=None, env=None, **more):
        out = wanted.stdout if out is None else out
        done = subprocess.run(command, capture_output=True, preexec_fn=before, env=env, cwd=w, **more)
        err = done.stderr.decode("utf-8", "replace")
        tell(what, [] if done.returncode == code and done.stdout == out and says in err else [f"exit {done.returncode}", err[:300], done.stdout[:200]])

    def limit(what, n):
        return lambda: R.setrlimit(what, (n, n))

    def closed(*fds):
        return lambda: [os.close(fd) for fd in fds]

    code = wanted.returncode
    home = w + "/home"
    os.makedirs(home)
    os.chmod(home, 0o555)
    os.chmod(w, 0o755)
    see("no environment", code, env={})
    see("no home: without a database it says so", bare.returncode, plain, bare.stdout, "no home directory", env={"HOME": ""}, before=user(4711) if ROOT else None)
    see("a home that cannot be written", bare.returncode, plain, bare.stdout, env={"HOME": home}, before=user(65532) if ROOT else None)
    if ROOT:
        see("a user without a name", code, before=user(65532))
        see("a user without a name or a home", bare.returncode, plain, bare.stdout, "no home directory", env={}, before=user(65532))
    see("a temporary folder that is not there", code, env={"TMPDIR": w + "/none"})
    see("16 descriptors", code, before=limit(R.RLIMIT_NOFILE, 16))
    see("files that may not grow", code, before=limit(R.RLIMIT_FSIZE, 0))
    see("a report that may not grow", 2, [*image[:-2], "json=r.json", image[-1]], b"", "File too large", before=limit(R.RLIMIT_FSIZE, 100))
    see("a stack of 256 KiB", code, before=limit(R.RLIMIT_STACK, 256 << 10))
    see("started with SIGCHLD ignored", code, before=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    see("umask 777", code, before=lambda: os.umask(0o777))
    see("standard input is closed", code, before=closed(0))
    see("standard error is closed", code, before=closed(2))
    see("standard output is closed", 2, out=b"", says="cannot write", before=closed(1))
    see("all three are closed", 2, out=b"", before=closed(0, 1, 2))
    see("all three are closed, a report into a file", code, [*image[:-2], "json=closed.json", image[-1]], b"", before=closed(0, 1, 2))
    with open(w + "/closed.json", "rb") as f:
        tell("and that report is whole", [] if f.read() == wanted.stdout else ["it is not"])
    see("db status, standard output closed", 2, [LOTSE, "db", "status", "--db", w + "/db"], b"", "standard output", before=closed(1))
    left = [n for n in os.listdir(w) if "tmp" in n and not n.startswith("tmp")]
    tell("nothing is left behind", left)


ROOT = os.getuid() == 0


def user(uid):
    def become():
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    return become if ROOT else None


# ---- a shard that is emptied while it is read ----

def cut(w):
    for verb, command in (("verify", ["db", "verify"]), ("search", ["db", "search", "CVE-2021-3711"]), ("statements", ["debug", "statements"])):
        command += ["--db", w + "/db"]
        clean, bad = Run(w, command), []
        for n in spots(clean.calls["read"], 12):
            shutil.rmtree(w + "/cut", ignore_errors=True)
            shutil.copytree(w + "/db", w + "/cut")
            shard = max(glob.glob(w + "/cut/shards/*"), key=os.path.getsize)
            run = Run(w, [*command[:-1], w + "/cut"], f"read:{n}:cut", cut=shard)
            if not (run.code == 2 and "damaged" in run.err or run.answer() == clean.answer()):
                bad.append(f"read {n}: exit {run.code} {run.err[:200]}")
            run.done()
        tell(f"db {verb}, a shard is emptied while it is read", bad)


def main(w):
    for make in (docker, oci, folder, feeds):
        make(w)
    subprocess.run([LOTSE, "db", "build", "--feeds", w + "/feeds", "--db", w + "/db"], check=True, stdout=subprocess.DEVNULL)
    only = os.environ.get("ONLY")
    for what, command in scans(w).items():
        if only and only not in what:
            continue
        clean = Run(w, command)
        again = Run(w, command)
        tell(f"{what} gives the same twice, exit {clean.code}", [] if clean.answer() == again.answer() else [clean.err, again.err])
        sweep(w, what, command, clean)
    for part in (kills, signals, cut) if ASAN else (kills, signals, little, cut):
        if not only or only in part.__name__:
            part(w)


with tempfile.TemporaryDirectory() as where:
    main(where)
end()
