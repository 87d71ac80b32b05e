#!/usr/bin/env python3
"""Findings compared, one by one, with a matcher of its own. TAP.

The matcher below shares no code with lotse: it reads the feeds as JSON and
YAML, orders versions by the distributions' documents, and takes the lists of
packages from the distributions' own tools. The roots are the shared images:
Alpine 3.10 and AlmaLinux 8 and 9 with their real feeds, Debian 12 with a
tracker that is generated over its real packages.

Besides, tests/advisory_pairs.data: findings written by hand from advisories.
"""
import functools, glob, io, itertools, json, os, random, re, subprocess, sys, tarfile, tempfile

from tap import LOTSE, SHARED, end, tell

LONG = len(sys.argv) > 1

# ---- version orders, after the distributions' documents ----

def sign(a, b):
    return (a > b) - (a < b)


def deb_part(a, b):
    """Debian policy 5.6.12: by turns a run without digits and one of digits."""
    def key(text):  # '~' below the end, letters below the rest
        return [(-1, 0) if c == "~" else (1, ord(c)) if c.isalpha() else (2, ord(c)) for c in text] + [(0, 0)]
    while a or b:
        x, y = re.match(r"\D*", a)[0], re.match(r"\D*", b)[0]
        if x != y:
            return sign(key(x), key(y))
        a, b = a[len(x):], b[len(y):]
        x, y = re.match(r"\d*", a)[0], re.match(r"\d*", b)[0]
        if int(x or 0) != int(y or 0):
            return sign(int(x or 0), int(y or 0))
        a, b = a[len(x):], b[len(y):]
    return 0


def deb(a, b):
    def cut(v):
        epoch, _, rest = v.rpartition(":") if ":" not in v else v.partition(":")
        upstream, _, revision = rest.rpartition("-")
        return (int(epoch or 0), upstream, revision) if upstream else (int(epoch or 0), rest, "")
    x, y = cut(a), cut(b)
    return sign(x[0], y[0]) or deb_part(x[1], y[1]) or deb_part(x[2], y[2])


def rpm_part(a, b):
    """rpm-version(7): runs of digits or letters; ~ before the end, ^ just behind it."""
    x, y = (re.findall(r"\d+|[a-zA-Z]+|~|\^", v) for v in (a, b))
    for p, q in itertools.zip_longest(x, y):
        for mark, other in (("~", -1), ("^", 1)):
            if (p == mark) != (q == mark):
                if mark == "~":
                    return -1 if p == "~" else 1
                if p == "^":
                    return -1 if q else 1
                return 1 if p else -1
        if p is None or q is None:
            return 1 if q is None else -1
        if p in "~^":
            continue
        if p.isdigit() != q.isdigit():
            return 1 if p.isdigit() else -1
        r = sign(int(p), int(q)) if p.isdigit() else sign(p, q)
        if r:
            return r
    return 0


def rpm(a, b):
    def cut(v):
        m = re.match(r"(?:(\d*):)?(.*?)(?:-([^-]*))?$", v)
        return int(m[1] or 0), m[2], m[3] or ""
    x, y = cut(a), cut(b)
    return sign(x[0], y[0]) or rpm_part(x[1], y[1]) or rpm_part(x[2], y[2])


SUFFIX = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"]


def apk(a, b):
    """The Alpine wiki's package versions: digits, letter, suffixes, revision."""
    def key(v):
        m = re.fullmatch(r"(\d+(?:\.\d+)*)([a-z]?)((?:_[a-z]+\d*)*)(?:-r(\d+))?", v)
        first, *rest = m[1].split(".")
        # behind a point, leading zeros count as in a fraction
        numbers = [(1, int(first))] + [(0, -len(re.match("0+", n)[0]), n) if n.startswith("0") else (1, int(n)) for n in rest]
        marks = [(SUFFIX.index(w), int(n or 0)) for w, n in re.findall(r"_([a-z]+)(\d*)", m[3])]
        return numbers, m[2], marks + [(SUFFIX.index(""), 0)], int(m[4] or 0)
    x, y = key(a), key(b)
    return sign(x, y)


# ---- matching ----

def reference(packages, statements, order):
    """packages: (name, version, key, its version); statements: key -> (id, advisory, fixed or None, status)."""
    found = {}
    for name, version, key, subject, module in packages:
        for vulnerability, fixed, status, stream in statements.get(key, ()):
            if status == "not-affected" or (stream or "") != (module or ""):
                continue
            if fixed is not None and order(subject, fixed) >= 0:
                continue
            at = (name, version, vulnerability)
            old = found.get(at)
            if old is None or (fixed and (old[0] is None or order(fixed, old[0]) > 0)):
                found[at] = (fixed, "fixed" if fixed else status)
    return {at + (fixed or "", status) for at, (fixed, status) in found.items()}


def lotse(root, db):
    done = subprocess.run([LOTSE, "image", "--db", db, "-o", "json", root], capture_output=True, text=True)
    report = json.loads(done.stdout) if done.stdout else {"findings": [], "packages": []}
    if done.returncode not in (0, 1):
        return {("lotse", "failed", str(done.returncode), done.stderr, str(report.get("coverage")))}
    return {(f["package"], f["installed"], f["id"], f.get("fixed", ""), f["status"]) for f in report["findings"]}


def compare(what, wanted, got):
    bad = [f"not found: {x}" for x in sorted(wanted - got)] + [f"not in the reference: {x}" for x in sorted(got - wanted)]
    tell(f"{what}: {len(wanted)} findings as the reference", bad)


def build(feeds, db):
    subprocess.run([LOTSE, "db", "build", "--feeds", feeds, "--db", db], check=True, stdout=subprocess.DEVNULL)


def unpack_feed(name, where):
    for archive in glob.glob(f"{SHARED}/feeds/{name}/*.tar.zst"):
        subprocess.run(["tar", "-x", "-I", "zstd -d --long=27", "-C", where, "-f", archive], check=True)


def root_of(archive, where):
    os.makedirs(where)
    subprocess.run(["tar", "--no-same-owner", "-x", "-C", where, "--exclude=dev/*", "--exclude=./dev/*", "-f", archive], check=True)
    return where


# ---- Alpine ----

def alpine(w):
    import yaml
    unpack_feed("alpine-secdb", w + "/secdb")
    build(f"{SHARED}/feeds", w + "/db") if LONG else build(w, w + "/db")
    statements = {}
    for repo in ("main", "community"):
        for one in yaml.safe_load(open(glob.glob(f"{w}/secdb/**/v3.10/{repo}.yaml", recursive=True)[0]))["packages"] or []:
            pkg = one["pkg"]
            for fixed, ids in (pkg.get("secfixes") or {}).items():
                for text in ids or []:
                    for word in str(text).split("(")[0].split():
                        if "-" in word:
                            statements.setdefault(pkg["name"], []).append(
                                (word, str(fixed), "not-affected" if str(fixed) == "0" else "affected", None))
    archive = f"{SHARED}/images/alpine/alpine-minirootfs-3.10.3-x86_64.tar.gz"
    root = root_of(archive, w + "/root")
    with tarfile.open(archive) as tar:
        text = tar.extractfile("./lib/apk/db/installed").read().decode()
    packages = []
    for paragraph in text.strip().split("\n\n"):
        f = dict(line.split(":", 1) for line in paragraph.splitlines())
        packages.append((f["P"], f["V"], f.get("o", f["P"]), f["V"], None))
    # older ones too, so that there is more to say
    compare("Alpine 3.10", reference(packages, statements, apk), lotse(archive, w + "/db"))
    old = re.sub(r"^V:.*$", "V:0.1-r0", text, flags=re.M)
    with open(root + "/lib/apk/db/installed", "w") as f:
        f.write(old)
    packages = [(n, "0.1-r0", o, "0.1-r0", None) for n, _, o, _, _ in packages]
    compare("Alpine 3.10 with the oldest versions", reference(packages, statements, apk), lotse(root, w + "/db"))


# ---- AlmaLinux ----

def almalinux_feed(w, release):
    statements = {}
    for path in glob.glob(f"{w}/osv/**/*.json", recursive=True):
        record = json.load(open(path))
        ids = [i for i in record.get("related", []) if i.startswith("CVE-")]
        if not ids:
            if not record["id"].startswith("ALSA-"):
                continue
            ids = [record["id"]]
        stream = re.match(r"\w+: (\S+:\S+) ", record["summary"])
        for one in record["affected"]:
            if one["package"]["ecosystem"] != f"AlmaLinux:{release}":
                continue
            fixed = [e["fixed"] for r in one["ranges"] for e in r["events"] if "fixed" in e][0]
            for i in ids:
                statements.setdefault(one["package"]["name"], []).append(
                    (i, fixed, "affected", stream[1] if stream and ".module" in fixed else None))
    return statements


def almalinux(w):
    if not any("rpm" in l for l in open("src/pkg/list.def")):
        return tell("AlmaLinux", skip="rpm databases are not read")
    if subprocess.run(["sh", "-c", "command -v rpm"], stdout=subprocess.DEVNULL).returncode:
        return tell("AlmaLinux", skip="no rpm to list the packages with")
    unpack_feed("osv-almalinux", w + "/osv")
    build(w, w + "/db")
    for release, archive in (("8", "al8-20230523-almalinux-8-docker-s390x-micro"), ("9", "al9-20231124-arm64v8-almalinux-9-docker-aarch64-micro")):
        archive = f"{SHARED}/images/almalinux/{archive}.tar.xz"
        root = root_of(archive, f"{w}/root{release}")
        listed = subprocess.run(["rpm", "-qa", "--dbpath", root + "/var/lib/rpm", "--qf",
                                 "%{NAME}\t%{EPOCHNUM}\t%{VERSION}-%{RELEASE}\t%{MODULARITYLABEL}\n"],
                                capture_output=True, text=True, check=True).stdout
        packages = []
        for line in listed.splitlines():
            name, epoch, version, module = line.split("\t")
            if name == "gpg-pubkey":
                continue
            version = version if epoch == "0" else f"{epoch}:{version}"
            stream = None if module == "(none)" else ":".join(module.split(":")[:2])
            packages.append((name, version, name, version, stream))
        compare(f"AlmaLinux {release}", reference(packages, almalinux_feed(w, release), rpm), lotse(archive, w + "/db"))


# ---- Debian, with a generated tracker ----

def tracker(packages, r):
    """Every form a release may have in the tracker, over real source packages."""
    out, statements, n = {}, {}, 0
    for source, version in sorted(packages):
        for _ in range(r.randrange(6)):
            n += 1
            name = f"CVE-2099-{n:05}"
            kind = r.randrange(9)
            fixed = r.choice([version, version + "+deb12u1", version + "~rc1", "0", "1:" + version.split(":")[-1],
                              re.sub(r"\d+", lambda m: str(int(m[0]) + 1), version, count=1)])
            release = {"repositories": {"bookworm": version}, "urgency": r.choice(["not yet assigned", "low", "high**", "unimportant"])}
            status = "affected"
            if kind < 4:
                release.update(status="resolved", fixed_version=fixed)
            elif kind == 4:
                release.update(status="undetermined")
                status = "under-investigation"
            else:
                release.update(status="open")
                if kind == 5:
                    release.update(nodsa="Minor issue", nodsa_reason="ignored")
                    status = "will-not-fix"
                elif kind == 6:
                    release.update(nodsa="Minor issue", nodsa_reason=r.choice(["", "postponed"]))
                    status = "postponed"
                elif kind == 7:
                    release.update(urgency="end-of-life")
                    status = "end-of-life"
            other = {"status": "open", "repositories": {}, "urgency": "high"}
            where = r.choice([["bookworm"], ["bookworm", "sid"], ["sid"]])
            out.setdefault(source, {})[name] = {"description": "made up", "scope": "local",
                                                "releases": {k: release if k == "bookworm" else other for k in where}}
            if "bookworm" in where:
                fix = release.get("fixed_version")
                statements.setdefault(source, []).append((name, fix, "not-affected" if fix == "0" else status, None))
    return out, statements


def debian(w):
    archive = f"{SHARED}/images/debian/bookworm-minbase.tar.zst"
    admin = w + "/admin"
    os.makedirs(admin)
    subprocess.run(["tar", "-x", "-I", "zstd -d --long=27", "-C", admin, "--strip-components=4", "-f", archive, "./var/lib/dpkg"], check=True)
    listed = subprocess.run(["dpkg-query", "--admindir", admin, "-W", "-f",
                             "${Package}\t${Version}\t${source:Package}\t${source:Version}\t${db:Status-Status}\n"],
                            capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in listed.splitlines()]
    packages = [(n, v, s, sv, None) for n, v, s, sv, status in rows if status == "installed"]
    for seed in range(20 if LONG else 2):
        made, statements = tracker({(s, sv) for _, _, s, sv, _ in packages}, random.Random(seed))
        os.makedirs(w + "/feeds", exist_ok=True)
        with open(w + "/feeds/tracker.json", "w") as f:
            json.dump(made, f)
        build(w + "/feeds", w + "/db")
        compare(f"Debian 12, made-up tracker {seed}", reference(packages, statements, deb), lotse(archive, w + "/db"))


# ---- records that disagree ----

def disagree(w):
    """The fix that is shown must be one by every record's word."""
    os.makedirs(w + "/feeds")
    with open(w + "/feeds/a.yaml", "w") as f:
        for n, (name, aliases, events) in enumerate([
                ("CVE-2024-1", [], [{"fixed": "2-r0"}]), ("GHSA-aaaa-bbbb-cccc", ["CVE-2024-1"], [{"last_affected": "2-r0"}]),
                ("CVE-2024-2", [], [{"fixed": "2-r0"}]), ("GHSA-aaaa-bbbb-dddd", ["CVE-2024-2"], [{"fixed": "3-r0"}]),
                ("CVE-2024-3", [], [{"fixed": "2-r0"}, {"introduced": "3-r0"}, {"fixed": "4-r0"}]), ("GHSA-aaaa-bbbb-eeee", ["CVE-2024-3"], [{"fixed": "3-r5"}])]):
            f.write("---\n" + json.dumps({"id": name, "aliases": aliases, "modified": "2024-01-01T00:00:00Z", "affected": [
                {"package": {"ecosystem": "Alpine:v3.10", "name": "zz"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}] + events}]}]}) + "\n")
    build(w + "/feeds", w + "/db")
    got = subprocess.run([LOTSE, "debug", "match", "--db", w + "/db"], input="alpine:3.10\tzz\t1-r0\n", capture_output=True, text=True).stdout.split()
    wanted = ["CVE-2024-1", "-", "CVE-2024-2", "3-r0", "CVE-2024-3", "4-r0"]
    tell("records that disagree: a fix is one by every record's word", [] if got == wanted else [f"{got}"])


# ---- written by hand ----

def by_hand(w):
    os.makedirs(w + "/feeds")
    os.symlink(os.path.abspath("data/starter"), w + "/feeds/starter.link")
    subprocess.run(["cp", "-r", "data/starter", w + "/feeds/starter"], check=True)
    for name in ("osv-almalinux", "alpine-secdb"):
        subprocess.run(["cp", "-r", f"{SHARED}/feeds/{name}", w + "/feeds/"], check=True)
    build(w + "/feeds", w + "/db")
    pairs = [line.rstrip("\n").split("\t") for line in open("tests/advisory_pairs.data") if line.strip() and line[0] != "#"]
    lines = []
    for ecosystem, package, version, *_ in pairs:
        package, _, module = package.partition("/")
        lines.append("\t".join([ecosystem.lower().replace(":v", ":"), package, version, module]))
    answers = subprocess.run([LOTSE, "debug", "match", "--db", w + "/db"], input="\n".join(lines) + "\n",
                             capture_output=True, text=True).stdout
    answers = re.split(r"^\n", answers, flags=re.M)  # an empty line behind each
    bad = []
    for (ecosystem, package, version, vulnerability, status, fixed, *_), answer in zip(pairs, answers):
        found = dict(line.split(" ", 1) for line in answer.splitlines() if line)
        wanted = fixed if status == "affected" else None
        if found.get(vulnerability) != wanted:
            bad.append(f"{ecosystem} {package} {version} {vulnerability}: {status} {fixed}, but lotse says {found.get(vulnerability)}")
    tell(f"{len(pairs)} pairs written by hand from advisories", bad)


def main():
    parts = [("folding", disagree), ("Alpine", alpine), ("AlmaLinux", almalinux), ("Debian", debian), ("pairs", by_hand)]
    for name, part in parts:
        if name != "folding" and not os.path.isdir(SHARED + "/images"):
            tell(name, skip="no shared data")
            continue
        with tempfile.TemporaryDirectory() as where:
            for sub in ("secdb", "osv"):
                os.makedirs(f"{where}/{sub}")
            part(where)
    end()


if __name__ == "__main__":
    main()
