#!/usr/bin/env python3
"""Packages of the shared roots, one by one as the distributions'
own tools list them, and that the shared image archives open. The databases of the
rpm world have a test of their own, tests/rpm_oracle. TAP."""
import glob, json, os, re, subprocess, sys, tarfile, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)) + "/tools")
import needs
from tap import LOTSE, SHARED, end, tell

IMAGES = SHARED + "/images"

def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def lotse(path, *options):
    done = run(LOTSE, "debug", "packages", *options, path)
    return json.loads(done.stdout)["packages"] if done.stdout else [], done


def compare(what, wanted, got):
    wanted, got = sorted(map(tuple, wanted)), sorted(map(tuple, got))
    bad = [f"not found: {x}" for x in wanted if x not in got] + [f"too much: {x}" for x in got if x not in wanted]
    if not bad and len(wanted) != len(got):
        bad = [f"{len(got)} instead of {len(wanted)}"]
    tell(f"{what}: {len(wanted)} as listed", bad)


def unpack(archive, where, *only):
    os.makedirs(where, exist_ok=True)
    subprocess.run(["tar", "--no-same-owner", "-C", where, "--exclude=dev/*", "--exclude=./dev/*", "-xf", archive, *only], check=True)
    return where


def files_of(package):
    return {f["path"] for f in package.get("files", [])}


def tell_needs(what, packages, wanted, provided):
    tell(f"{what}: {needs.edges(packages)} dependencies", needs.wrong(packages, wanted, provided) or [] if needs.edges(packages) else ["none"])


def relations(text):
    """libc6 (>= 2.3), a | b:any -> [[libc6], [a, b]]"""
    return [[re.match(r"[^\s:(]+", one.strip())[0] for one in each.split("|")] for each in text.split(",") if each.strip()]


def debian_needs(admin, packages):
    listed = {}
    for line in run("dpkg-query", "--admindir", admin, "-W", "-f", "${Package}\t${Pre-Depends}\t${Depends}\t${Provides}\n").stdout.splitlines():
        name, before, after, provides = line.split("\t")
        listed[name] = relations(before) + relations(after), {name, *sum(relations(provides), [])}
    tell_needs("Debian 12", packages, *zip(*(listed[p["name"]] for p in packages)))


def alpine_needs(what, root, packages):
    wanted, provided = [], []
    for p in packages:
        said = [run("chroot", root, "/sbin/apk", "info", how, p["name"]).stdout.splitlines()[1:] for how in ("-R", "-P")]
        words = [[re.split("[<>=~]", l)[0] for l in lines if l and l[0] != "!"] for lines in said]
        wanted.append([[word] for word in words[0]])
        provided.append({p["name"], *words[1]})
    tell_needs(what, packages, wanted, provided)


def debian(w):
    archive = IMAGES + "/debian/bookworm-minbase.tar.zst"
    root = unpack(archive, w + "/debian", "./var/lib/dpkg", "./etc/os-release", "./usr/lib/os-release")
    admin = root + "/var/lib/dpkg"
    listed = run("dpkg-query", "--admindir", admin, "-W", "-f",
                 "${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n").stdout
    packages, _ = lotse(archive, "--files")
    compare("Debian 12, packages", [l.split("\t") for l in listed.splitlines()],
            [(p["name"], p["version"], p["arch"], p.get("source", p["name"]), p.get("sourceVersion", p["version"])) for p in packages])
    debian_needs(admin, packages)
    wanted, got = [], []
    for p in packages:
        lines = run("dpkg-query", "--admindir", admin, "-L", p["name"] + ":" + p["arch"] if p["arch"] != "all" else p["name"]).stdout.splitlines()
        wanted += [(p["name"], l[1:]) for l in lines if l.startswith("/") and l != "/."]
        got += [(p["name"], f) for f in files_of(p)]
    compare("Debian 12, files", sorted(set(wanted)), sorted(set(got)))
    sums = {(p["name"], f["path"], f["digest"]) for p in packages for f in p["files"] if "digest" in f}
    listed = set()
    for path in glob.glob(admin + "/info/*.md5sums"):
        name = os.path.basename(path)[:-8].split(":")[0]
        listed |= {(name, l[34:].strip(), l[:32]) for l in open(path)}
    compare("Debian 12, md5sums", listed, {s for s in sums if s in listed or not s[1].startswith("etc/")})


def alpine(w):
    for archive in sorted(glob.glob(IMAGES + "/alpine/*.tar.gz")):
        release = re.search(r"-(\d\S+)-x86_64", archive)[1]
        packages, _ = lotse(archive, "--files")
        if os.geteuid() or os.uname().machine != "x86_64":
            tell(f"Alpine {release}", skip="apk is run by chroot, as root on x86_64")
            continue
        root = unpack(archive, w + "/alpine-" + release)
        listed = run("chroot", root, "/sbin/apk", "info", "-v").stdout.split()
        compare(f"Alpine {release}, packages", [(l,) for l in listed], [(f"{p['name']}-{p['version']}",) for p in packages])
        alpine_needs(f"Alpine {release}", root, packages)
        files = []
        for p in packages:
            text = run("chroot", root, "/sbin/apk", "info", "-L", p["name"]).stdout
            files += [(p["name"], l) for l in text.splitlines()[1:] if l]
        compare(f"Alpine {release}, files", files, [(p["name"], f) for p in packages for f in files_of(p)])


def busybox(w):
    for archive in sorted(glob.glob(IMAGES + "/busybox/*.tar.gz")):
        packages, done = lotse(archive)
        report = json.loads(run(LOTSE, "image", "-o", "json", archive, env=dict(os.environ, XDG_CACHE_HOME=w)).stdout)
        bad = [] if [(p["purl"].partition("@")[0], p["version"]) for p in packages] == [("pkg:generic/busybox", report["distribution"].get("version"))] and done.returncode == 0 and report.get("distribution", {}).get("id") == "busybox" else [done.stderr, str(report.get("distribution"))]
        tell(f"{os.path.basename(archive)}: BusyBox, known by its program alone, as there is no package database in it", bad)


def archives(w):
    # dockergoof's layers were cut down after it was made: their digests are wrong, and that is said
    for path in sorted(glob.glob(IMAGES + "/archives/*.tar")):
        name = os.path.basename(path)
        packages, done = lotse(path)
        bad = []
        if name.startswith("dockergoof"):
            if done.returncode != 2 or "digest is" not in done.stderr or len(packages) < 100:
                bad = [f"exit {done.returncode}, {len(packages)} packages", done.stderr]
        elif done.returncode:
            bad = [done.stderr]
        tell(f"{name} opens ({len(packages)} packages)", bad)


def main():
    if not os.path.isdir(IMAGES):
        tell("real roots", skip="no shared images")
    else:
        with tempfile.TemporaryDirectory() as where:
            for part in (debian, alpine, busybox, archives):
                part(where)
    end()


main()
