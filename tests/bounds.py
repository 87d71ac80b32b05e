#!/usr/bin/env python3
"""What holds whatever is scanned: reports fit their schema, nothing is written
but outputs and the database, memory does not grow with a layer. TAP."""
import gzip, io, json, os, re, shutil, subprocess, sys, tarfile, tempfile

from tap import ASAN, LOTSE, end, tell

def prepare(w):
    subprocess.run(["tests/tools/example", w], check=True)
    subprocess.run([LOTSE, "db", "build", "--feeds", "data", "--db", w + "/db"], check=True, stdout=subprocess.DEVNULL)


def schema(w):
    try:
        import jsonschema
    except ImportError:
        return tell("the report fits its schema", skip="no python3-jsonschema")
    with open("docs/schema/report.schema.json") as f:
        check = jsonschema.Draft7Validator(json.load(f))
    for name, db in (("shop-debian.tar", "db"), ("shop-alpine.tar", "db"), ("shop-alpine.tar", "nowhere"), ("hostile.tar", "db")):
        env = dict(os.environ, XDG_CACHE_HOME=f"{w}/{db}")
        options = ["--db", w + "/db"] if db == "db" else []
        text = subprocess.run([LOTSE, "image", *options, "-o", "json", f"{w}/{name}"], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        tell(f"the report on {name} with {db} fits its schema", [e.message[:200] for e in check.iter_errors(json.loads(text))])


def hostile(w):
    """Names that want to move the cursor, turn the line, or end it."""
    bad = "x\x1b[2J\u202e\u200b\u009b" + "y" * 300 + "\xff"
    status = "".join(f"Package: {n}\nStatus: install ok installed\nVersion: {v}\nArchitecture: \x07amd64\n\n"
                     for n, v in ((bad, "1"), ("openssl", "1.1.1d-0+deb10u1"), ("v", "1\x1b]8;;http://x\x07"), ("\x00", "\x00")))
    with tarfile.open(w + "/hostile.tar", "w") as tar:
        for name, body in (("etc/os-release", 'ID=debian\nVERSION_ID=10\nPRETTY_NAME="Debian \x1b]0;owned\x07 10"\n'), ("var/lib/dpkg/status", status)):
            info = tarfile.TarInfo(name)
            body = body.encode("utf-8", "surrogateescape")
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    done = subprocess.run([LOTSE, "image", "--db", w + "/db", w + "/hostile.tar"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = done.stdout.decode("utf-8", "replace")
    tell("no control character reaches the terminal", [repr(c) for c in set(text) if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u200b"])


def writes(w):
    if not shutil.which("strace"):
        return tell("what is written", skip="no strace")
    if ASAN:
        return tell("what is written", skip="not under the sanitizers")
    trace = w + "/trace"
    subprocess.run(["strace", "-f", "-e", "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,symlink,unlink,unlinkat,truncate,socket,execve",
                    "-o", trace, LOTSE, "image", "--db", w + "/db", "-o", f"json={w}/out.json", "-o", "table", w + "/shop-debian.tar"],
                   stdout=subprocess.DEVNULL)
    bad = []
    for line in open(trace):
        call = re.sub(r"^\d+\s+", "", line)
        if call.startswith("open") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", call):
            continue
        if call.startswith(("+++", "---", "<...")) or "/out.json" in call or (call.startswith("execve") and LOTSE in call):
            continue
        bad.append(call.strip())
    tell("nothing is written but the output, nothing is run, no socket opened", bad)


def peak(path):
    """Peak memory of a scan in KiB, and whether its packages were found."""
    before = "import resource, subprocess, sys; d = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE); " \
             "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, d.returncode, b'P1' in d.stdout)"
    return subprocess.run([sys.executable, "-c", before, LOTSE, "debug", "packages", path], stdout=subprocess.PIPE, text=True).stdout.split()


class Layer(io.RawIOBase):
    """A tar of one package database and so many MiB of files that do not pack to nothing."""
    def __init__(self, mib):
        self.left, self.run = mib, os.urandom(8192) * 128
        self.out = io.BytesIO()
        self.tar = tarfile.open(fileobj=self.out, mode="w")
        self.n = 0

    def chunks(self):
        info = tarfile.TarInfo("lib/apk/db/installed")
        body = b"P:P1\nV:1-r0\n\n"
        info.size = len(body)
        self.tar.addfile(info, io.BytesIO(body))
        while self.left:
            info = tarfile.TarInfo(f"data/{self.n}")
            size = min(self.left, 64)
            info.size = size << 20
            self.tar.addfile(info)
            yield self.out.getvalue()
            self.out.seek(0)
            self.out.truncate()
            for _ in range(size):
                yield self.run
            self.left -= size
            self.n += 1
        self.tar.close()
        yield self.out.getvalue()


def memory(w):
    if ASAN:
        return tell("memory", skip="not under the sanitizers")
    seen = {}
    for mib in (20, 2048):
        path = f"{w}/{mib}.tar.gz"
        with gzip.open(path, "wb", compresslevel=1) as f:
            for chunk in Layer(mib).chunks():
                f.write(chunk)
        kib, code, found = peak(path)
        seen[mib] = int(kib)
        tell(f"a layer of {mib} MiB is read in {int(kib) // 1024} MiB", [] if code == "0" and found == "True" else [code, found])
        os.remove(path)
    tell("2 GiB take at most 8 MiB more than 20 MiB", [] if seen[2048] - seen[20] <= 8 << 10 else [str(seen)])


with tempfile.TemporaryDirectory() as where:
    prepare(where)
    hostile(where)
    schema(where)
    writes(where)
    memory(where)
end()
