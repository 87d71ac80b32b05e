#!/usr/bin/env python3
"""Text that wants to stop lotse or fool its reader: cases TXT-2, TXT-3, TXT-8, TXT-9, OUT-2, OUT-7. TAP.

JSON and YAML by themselves are in tests/conformance.py."""
import functools, io, itertools, json, os, random, re, struct, subprocess, sys, tarfile, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools"))
import rpmdb
from made import *
from tap import ASAN, LOTSE, end, tell

HANG = 60  # seconds; no figure of speed, something hangs


def run(*command, **more):
    return subprocess.run([LOTSE, *command], capture_output=True, timeout=HANG, **dict({"env": dict(os.environ, XDG_CACHE_HOME="/nowhere")}, **more))


def ended(done, code, says=""):
    """What is wrong with how it ended."""
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    bad = [] if done.returncode == code else [f"exit {done.returncode}, not {code}"]
    return bad + ([] if re.search(says, text) else [f"does not say {says}"]) + [text[-300:]] * bool(bad)


# ---- TXT-2: JSON that is too much ----

def osv(name, text):
    return {f"{name}/CVE-2020-0001.json": text}


def too_much(t):
    record = '{"id":"CVE-2020-0001","modified":"2020-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"one"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2"}]}]}],"database_specific":%s}'
    keys = "{" + ",".join(f'"{i:x}":0' for i in range(10**6 if ASAN else 10**7)) + "}"
    deep = "[" * 100000 + "]" * 100000
    cases = [
        ("10,000,000 keys", keys, 0, ""), ("100,000 deep", deep, 2, r"CVE-2020-0001.json.*nested more than 128 deep"),
        ("a string of 100 MB", '"' + "x" * 100_000_000 + '"', 0, ""),
        ("a number of 1,000,000 digits", "1" * 1_000_000, 2, r"CVE-2020-0001.json.*line 1, column \d+"),
        ("a lone surrogate", '"\\ud800"', 2, r"CVE-2020-0001.json.*line 1, column \d+"),
        ("two surrogates the wrong way round", '"\\udc00\\ud800"', 2, r"CVE-2020-0001.json.*line 1, column \d+"),
        ("bytes that are no UTF-8", b'"\xff"', 2, r"CVE-2020-0001.json.*line 1, column \d+"),
        ("a string that does not end", '"x', 2, r"CVE-2020-0001.json.*line 1, column \d+"),
    ]
    for n, (what, value, code, says) in enumerate(cases):
        text = record.encode().replace(b"%s", value if isinstance(value, bytes) else value.encode())
        feeds = f"{t}/feed{n}"
        write(feeds, "good/CVE-2020-0002.json", (record % "0").replace("0001", "0002").encode())
        write(feeds, "osv/CVE-2020-0001.json", text)
        done = run("db", "build", "--feeds", feeds, "--db", f"{t}/db{n}")
        bad = ended(done, code, says)
        known = run("db", "search", "--db", f"{t}/db{n}", "CVE-2020-0002")
        bad += [] if known.returncode == 0 else ["the good record beside it is lost"]
        tell(f"TXT-2 a feed with {what}", bad)
        os.unlink(f"{feeds}/osv/CVE-2020-0001.json")
    for what, head, code in (("with a byte order mark", b"\xef\xbb\xbf", 0),):
        write(f"{t}/bom", "osv/CVE-2020-0001.json", head + (record % "0").encode())
        tell(f"TXT-2 a feed {what}", ended(run("db", "build", "--feeds", f"{t}/bom", "--db", f"{t}/dbb"), code))
    for form in ("utf-16-le", "utf-16-be", "utf-16", "utf-32"):
        write(f"{t}/{form}", "osv/CVE-2020-0001.json", (record % "0").encode(form))
        done = run("db", "build", "--feeds", f"{t}/{form}", "--db", f"{t}/db{form}")
        tell(f"TXT-2 a feed in {form}", ended(done, 2, "CVE-2020-0001.json"))
    with open(write(f"{t}/huge", "osv/CVE-2020-0001.json", b"{"), "r+b") as f:
        f.truncate((1 << 30) + 1)
    tell("TXT-2 a feed of more than 1 GiB", ended(run("db", "build", "--feeds", f"{t}/huge", "--db", f"{t}/dbh"), 2, r"CVE-2020-0001.json.*(1073741824|1024 MiB|1 GiB|limit file)"))
    os.unlink(f"{t}/huge/osv/CVE-2020-0001.json")


def manifests(t):
    """The same in the documents of an image."""
    good = docker([layer(ALPINE, (DB, apk(one="1")))])
    entry = good["manifest.json"].decode()[1:-1]
    for what, text, says in (
            ("100,000 deep", "[" * 100000 + "]" * 100000, "nested more than 128 deep"),
            ("more than 4 MiB", entry[:-1] + ',"x":"' + "x" * (5 << 20) + '"}', "limit manifest"),
            ("a lone surrogate", f'[{entry[:-1]},"x":"\\ud800"}}]', r"manifest.json.*line 1, column \d+"),
            ("a number of 1,000,000 digits", f'[{entry[:-1]},"x":{"1" * 1_000_000}}}]', r"manifest.json.*line 1, column \d+"),
            ("UTF-16", None, "manifest.json"), ("nothing", "", "manifest.json")):
        body = dict(good, **{"manifest.json": f"[{entry}]".encode("utf-16") if text is None else text.encode()})
        tell(f"TXT-2 manifest.json: {what}", ended(run("image", write(t, "a.tar", tar_of(body))), 2, says))
    body = dict(good, **{"manifest.json": b"\xef\xbb\xbf" + good["manifest.json"]})
    tell("TXT-2 manifest.json: a byte order mark is passed over", ended(run("image", write(t, "a.tar", tar_of(body))), 3))


# ---- TXT-3: keys that are there twice ----

def twice(t):
    below, above = layer(ALPINE, (DB, apk(one="1"))), layer(ALPINE, (DB, apk(two="2")))
    good, other = docker([above]), docker([below])
    name = next(n for n in other if n.endswith("layer.tar"))
    body = dict(good, **{name: other[name]})

    def scan(manifest):
        done = run("image", "-o", "json", write(t, "a.tar", tar_of(dict(body, **{"manifest.json": manifest}))))
        report = json.loads(done.stdout) if done.stdout else {"packages": [], "coverage": {"notes": []}}
        return done.returncode, [p["name"] for p in report["packages"]], "; ".join(n["what"] for n in report["coverage"]["notes"])

    entry = json.loads(good["manifest.json"])[0]
    layers, config = json.dumps(entry["Layers"]), json.dumps(entry["Config"])
    wrong = json.dumps([name])
    got = scan(f'[{{"Config":{config},"Layers":{wrong},"Layers":{layers}}}]'.encode())
    tell("TXT-3 the last of two keys counts, as with Go, and it is told",
         [] if got[0] == 3 and got[1] == ["two"] and 'duplicate key "Layers"' in got[2] else [got])
    got = scan(f'[{{"Config":{config},"Layers":{layers},"layers":{wrong}}}]'.encode())
    tell("TXT-3 keys that only differ in case are one to Go: never two views", [] if got[0] == 2 and 'duplicate key "layers"' in got[2] else [got])
    got = scan(good["manifest.json"])
    tell("TXT-3 no word where there are none", [] if got[0] == 3 and "duplicate" not in got[2] else [got])
    for where in ("index.json", "manifest", "config"):
        image = oci([above], "gzip")
        key = {"index.json": lambda n, b: n == "index.json", "manifest": lambda n, b: b.startswith(b'{"schemaVersion"') and n != "index.json",
               "config": lambda n, b: b.startswith(b'{"os"')}[where]
        at = next(n for n, b in image.items() if key(n, b))
        image[at] = image[at].replace(b"{", b'{"x":1,"x":2,', 1)
        done = run("image", "-o", "json", write(t, "a.tar", tar_of(image)))
        tell(f"TXT-3 OCI {where}", [] if b"duplicate key" in done.stdout else [done.stdout[-500:], done.stderr])


# ---- TXT-8: versions ----

PARTS = ["", " ", "0", "00", "1", "01", "10", "1.0", "1.0.0", "1.0.0-alpha.1+b", "1.0.0-alpha.1", "1.0.0-alpha", "1.0.0-rc.1", "1.0.0+b", "1:1.0", "0:1.0", "2:0",
         "1.0~rc1", "1.0~", "1.0~~", "1.0^", "1.0^git1", "1.0-1", "1.0-2", "1.0-1.el9", "1.0-r0", "1.0_rc1-r1", "1.0_p1", "1.0a", "1.0b", "a", "A", "z", "~", "^", "-", "+",
         ".", "..", "1..0", "1.0.", "-1", "+1", "1e5", "0x10", "١٢٣", "１.０", "1.0\u0301", "\u00b2", "v1.0", "V1", "=1", "1.0 ", " 1.0", "1,0", "1_0", "9" * 18, "9" * 19,
         "18446744073709551615", "18446744073709551616", "9" * 40, "1" + "0" * 40, "0" * 1000 + "1", "1." * 500 + "0", "1.0-" + "a." * 200 + "1", "\x7f", "é", "1:", ":1", "::", "1:2:3"]
SCHEMES = ("deb", "apk", "rpm", "semver", "npm", "pep440", "maven", "gem", "composer", "nuget", "go", "pub", "cran", "hackage", "pacman", "hex", "conan", "portage", "bitnami")


def versions():
    known = [s for s in SCHEMES if run("debug", "version", s, "1", "1").returncode == 0]
    triples = 0
    for scheme in known:
        chance = random.Random(scheme)
        some = PARTS + ["".join(chance.choice("019.:-+~^_ab") for _ in range(chance.randint(1, 8))) for _ in range(200)]
        some = sorted(set(v for v in some if "\t" not in v and "\n" not in v))
        pairs = "".join(f"{a}\t{b}\n" for a in some for b in some)
        out = run("debug", "version", scheme, input=pairs.encode()).stdout.decode().split()
        bad = [] if len(out) == len(some) ** 2 else [f"{len(out)} answers to {len(some) ** 2} questions"]
        sign = {"<": -1, "=": 0, ">": 1, "E": None}
        m = [[sign[x] for x in out[i * len(some):(i + 1) * len(some)]] for i in range(len(some))]
        valid = [i for i in range(len(some)) if m[i][i] is not None]
        bad += [f"{some[i]!r} is not itself" for i in valid if m[i][i] != 0]
        bad += [f"{some[i]!r} and {some[j]!r}: {m[i][j]}, {m[j][i]}" for i in valid for j in valid if m[i][j] is None or m[i][j] != -m[j][i]][:5]
        n = 1_000_000 // len(known) + 1
        if not bad:
            for _ in range(n):
                i, j, k = chance.choice(valid), chance.choice(valid), chance.choice(valid)
                if m[i][j] <= 0 and m[j][k] <= 0 and (m[i][k] > 0 or (m[i][k] == 0 and (m[i][j] or m[j][k]))):
                    bad.append(f"{some[i]!r} {some[j]!r} {some[k]!r}")
        triples += n
        tell(f"TXT-8 {scheme}: {len(valid)} of {len(some)} are versions; an order over {n} triples", bad[:10])
        long = ["9" * 100000, "9" * 99999 + "8", "1." * 50000 + "1", "1." * 50000 + "2"]
        out = run("debug", "version", scheme, input="".join(f"{a}\t{b}\n" for a in long for b in long).encode()).stdout.split()
        tell(f"TXT-8 {scheme}: 100,000 digits, 50,000 parts", [] if len(out) == 16 and (out[1] in (b">", b"E")) and out[0] in (b"=", b"E") else out)
    tell(f"TXT-8 {triples} triples", [] if triples >= 1_000_000 else ["too few"])


# ---- TXT-9: rpm databases ----

def damaged(good, chance):
    """Copies with some bytes changed: lengths and page numbers, mostly."""
    for _ in range(60 if ASAN else 250):
        body = bytearray(good)
        for _ in range(chance.choice((1, 1, 2, 8))):
            at = chance.randrange(len(body))
            value = chance.choice((b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\x80", struct.pack("<I", chance.randrange(16)), struct.pack("<I", chance.randrange(1 << 32))))
            body[at:at + len(value)] = value[:len(body) - at]
        yield bytes(body)


def rpm(t):
    release = 'ID=fedora\nVERSION_ID=40\nPRETTY_NAME="Fedora 40"\n'
    headers = {1: rpmdb.package(name="sound", version="1", release="1", arch="noarch"), 2: rpmdb.PACKAGES[2]}
    kinds = {"Packages, little-endian": ("Packages", rpmdb.bdb(headers, False)), "Packages, big-endian": ("Packages", rpmdb.bdb(headers, True)),
             "Packages.db": ("Packages.db", rpmdb.ndb(headers)), "rpmdb.sqlite": ("rpmdb.sqlite", sqlite(t, headers))}
    for what, (name, good) in kinds.items():
        root = f"{t}/rpm-{what.replace(' ', '')}"
        write(root, "etc/os-release", release.encode())

        def scan(body, *options):
            write(root, f"var/lib/rpm/{name}", body)
            return run("image", "-o", "json", *options, f"dir:{root}")
        done = scan(good)
        tell(f"TXT-9 {what} is sound", [] if done.returncode == 3 and len(json.loads(done.stdout)["packages"]) == 2 else [done.stdout[:300], done.stderr])
        bad, told = [], 0
        for n, body in enumerate(damaged(good, random.Random(what))):
            done = scan(body, "--memory-limit", "256M") if not ASAN else scan(body)
            report = json.loads(done.stdout) if done.stdout else None
            if done.returncode not in (2, 3) or report is None:
                bad.append(f"{n}: exit {done.returncode} {done.stderr[-200:]}")
                continue
            unread = [x for x in report["coverage"]["notes"] if x["level"] == "unread"]
            told += bool(unread)
            names = {p["name"] for p in report["packages"]}
            if len(report["packages"]) < 2 and not unread:
                bad.append(f"{n}: {names} and not a word")
            if any("killed" in x["what"] or "signal" in x["what"] for x in unread):
                bad.append(f"{n}: {unread}")
        tell(f"TXT-9 {what}: damaged at {n + 1} places, {told} times seen", bad[:5])
    huge = bytearray(rpmdb.package(name="huge", version="1", release="1"))
    huge[0:4] = struct.pack(">I", 1 << 31 - 1)
    for what, blob in (("a header of 2^30 entries", bytes(huge)), ("an entry of 2^31 items", entry_of_many())):
        root = f"{t}/rpm-count"
        write(root, "etc/os-release", release.encode())
        write(root, "var/lib/rpm/Packages.db", rpmdb.ndb({1: headers[1], 2: blob}))
        done = run("image", "-o", "json", f"dir:{root}")
        report = json.loads(done.stdout)
        tell(f"TXT-9 {what}", [] if done.returncode == 2 and [p["name"] for p in report["packages"]] == ["sound"] else [done.returncode, report["packages"], done.stderr])


def entry_of_many():
    blob = bytearray(rpmdb.package(name="many", version="1", release="1"))
    blob[8 + 12:8 + 16] = b"\x80\0\0\0"  # of the first entry
    return bytes(blob)


def sqlite(t, headers):
    return rpmdb.sqlite_bytes(f"{t}/made.sqlite", headers)[0]


# ---- OUT-2: what reaches a terminal ----

NASTY = {"clears the screen": "x\x1b[2J", "OSC 8": "x\x1b]8;;http://evil\x07y\x1b]8;;\x07", "OSC 52": "\x1b]52;c;ZXZpbA==\x07", "C1": "x\u009b2Jy", "direction": "abc\u202edcb\u2066",
         "carriage return": "good\rbad", "no width": "a\u200bb\u200dc\ufeffd\u2060", "long": "y" * 100_000, "backspace": "a\x08\x08b", "delete": "a\x7fb", "tag characters": "a\U000e0041b",
         "line separators": "a\u2028b\u2029c\u0085d", "wide": "漢字" * 40, "combining": "e" + "\u0301" * 50}
SHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def terminal(t):
    rows, status = {}, ""
    for i, (what, text) in enumerate(NASTY.items()):
        rows[f"p{i}"] = {f"CVE-2020-{1000 + i}": {"description": f"title {text}", "releases": {"bookworm": {"status": "resolved", "fixed_version": "2", "urgency": "low", "repositories": {"bookworm": "2"}}}}}
        status += f"Package: p{i}\nStatus: install ok installed\nArchitecture: amd64\nMaintainer: {text}\nVersion: 1\n\n"
        status += f"Package: q{text}\nVendor: a\udcff\udc80b\nStatus: install ok installed\nArchitecture: {text}\nVersion: 1{text}\n\n"
    feeds = write(f"{t}/out-feeds", "tracker.json", json.dumps(rows).encode())
    run("db", "build", "--feeds", os.path.dirname(feeds), "--db", f"{t}/out-db")
    debian = ("etc/os-release", 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian \x1b]0;owned\x07"\n')
    body = io.BytesIO()
    with tarfile.open(fileobj=body, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, text in (debian, (STATUS, status)):
            info = tarfile.TarInfo(name)
            data = text.encode("utf-8", "surrogateescape")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    one = body.getvalue()
    conf = json.loads(config([one]))
    conf["history"] = [{"created_by": "RUN " + NASTY["clears the screen"] + NASTY["carriage return"] + NASTY["direction"]}]
    files = {f"{sha(one)}/layer.tar": one, "c.json": json.dumps(conf).encode()}
    files["manifest.json"] = json.dumps([{"Config": "c.json", "RepoTags": ["evil\x1b[2J:1"], "Layers": [f"{sha(one)}/layer.tar"]}]).encode()
    path = write(t, "nasty.tar", tar_of(files))
    for width in (None, 40, 80, 200):
        env = dict(os.environ, XDG_CACHE_HOME="/nowhere", **({"COLUMNS": str(width)} if width else {}))
        done = run("image", "--db", f"{t}/out-db", path, env=env)
        text = (done.stdout + done.stderr).decode("utf-8", "surrogateescape")
        bad = sorted({repr(c) for c in SHOWN.findall(text)}) + [repr(c) for c in text if "\udc80" <= c <= "\udcff"][:3]
        bad += [] if all(f"CVE-2020-{1000 + i}" in text for i in range(len(NASTY))) else ["findings are missing"]
        bad += [] if r"\x1b" in text else ["what is hidden is not shown"]
        wide = [line for line in text.splitlines() if width and width >= 80 and columns(line) > width and "CVE-" in line]
        tell(f"OUT-2 a table {'for a file' if not width else f'of {width} columns'}", bad + [f"{columns(l)} columns: {l[:200]}" for l in wide[:3]])
    done = run("image", "--db", f"{t}/out-db", "-o", "json", path)
    report = json.loads(done.stdout.decode("utf-8"))
    tell("OUT-2 JSON is JSON, in UTF-8, and has all of them", [] if len(report["findings"]) == len(NASTY) else [len(report["findings"])])
    done = run("db", "search", "--db", f"{t}/out-db", "CVE-2020-1000")
    tell("OUT-2 db search", sorted({repr(c) for c in SHOWN.findall(done.stdout.decode("utf-8", "surrogateescape"))}))
    for command in (["image", "/nowhere\x1b[2J"], ["image\x1b[2J"], ["image", "--fail-on", "\x1b[2J", path], ["db", "search", "\x1b[2J\u202e", "--db", f"{t}/out-db"]):
        done = run(*command)
        tell(f"OUT-2 messages: {command[0]!r}", sorted({repr(c) for c in SHOWN.findall((done.stderr + done.stdout).decode("utf-8", "surrogateescape"))}) + ([] if done.stderr or done.stdout else ["nothing is said"]))


def columns(line):
    import unicodedata
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


# ---- OUT-7: nobody takes the output ----

def nobody_listens(t):
    path = write(t, "a.tar", tar_of(docker([layer(ALPINE, (DB, apk(**{f"p{i}": "1" for i in range(3000)})))])))
    for form in ("table", "json"):
        read, out = os.pipe()
        os.close(read)
        done = subprocess.run([LOTSE, "image", "-o", form, path], stdout=out, stderr=subprocess.PIPE, timeout=HANG)
        os.close(out)
        tell(f"OUT-7 {form} into a pipe that is closed", [] if done.returncode == 2 and b"standard output" in done.stderr else [done.returncode, done.stderr])
        with open("/dev/full", "w") as full:
            done = subprocess.run([LOTSE, "image", "-o", form, path], stdout=full, stderr=subprocess.PIPE, timeout=HANG)
        tell(f"OUT-7 {form} onto a disk that is full", [] if done.returncode == 2 and b"standard output" in done.stderr else [done.returncode, done.stderr])
    for command in (["version"], ["help"], ["db", "status", "--db", f"{t}/out-db"], ["cache", "status", "--cache-dir", t], ["debug", "version", "deb", "1", "2"], ["debug", "packages", path]):
        with open("/dev/full", "w") as full:
            done = subprocess.run([LOTSE, *command], stdout=full, stderr=subprocess.PIPE, timeout=HANG)
        tell(f"OUT-7 {' '.join(command[:2])} onto a disk that is full", [] if done.returncode == 2 and done.stderr else [done.returncode, done.stderr])


def main():
    with tempfile.TemporaryDirectory() as t:
        for part in (too_much, manifests, twice, rpm, terminal, nobody_listens):
            part(t)
        versions()
    end()


main()
