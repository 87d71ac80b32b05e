#!/usr/bin/env python3
"""Every format, cut at every byte, and nothing is missing in silence. TAP.

What is read of a shortened file (build/tools/cut) is an error, or it comes with a note
that something could not be read, or it is all there was: only padding is gone. A text
that is cut behind a line is a shorter text, and nothing can tell: such forms are told
apart below. YAML has no end at all; feeds of it come in archives, which have one. A log of SQLite is not here (tests/unit/rpm_test.c): one that ends early is
what a crash leaves, and means that its last commits never were."""
import os, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path[:0] = ["tests/tools"]
import hostile_tar as ht
import jar
import nixdb
import rpmdb
from made import *
from tap import ASAN, BUILD, LOTSE, end, tell

RPM = {"bdb-little": "Packages", "bdb-big": "Packages", "ndb": "Packages.db", "sqlite": "rpmdb.sqlite"}


def never(text, n):
    return False


def behind_a_line(text, n):
    return n == 0 or text[n - 1:n] == b"\n"


def anywhere(text, n):
    return True


def short(tar):
    """Without most of the empty blocks at its end."""
    n = len(tar.rstrip(b"\0"))
    return tar[:n + -n % 512 + 1024]


def layers():
    files = (ALPINE, (DB, apk(musl="1.2.4", busybox="1.36")))
    plain = short(layer(*files, ("n" * 150, "long"), "usr/", ("usr/a", "->", "../b")))
    for name, pack in PACK.items():
        yield f"a tar in {name}" if name else "a tar", "layer", pack(plain), never
    gnu = io.BytesIO()
    with tarfile.open(fileobj=gnu, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, text in (("d/" * 70 + "x", "abc"), *files):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    yield "a tar of GNU's", "layer", short(gnu.getvalue()), never
    text = files[1][1].encode()
    yield "a sparse file in a tar", "layer", short(layer(ALPINE))[:-1024] + ht.sparse_1([(0, 20), (20, len(text) - 20)], len(text), text) + ht.END, never


def images():
    own = [short(layer(ALPINE, (DB, apk(musl="1.2.4"))))]
    yield "a docker archive", "image", short(tar_of(docker(own))), never
    yield "an OCI archive", "image", short(tar_of(oci(own))), never
    for name in ("gzip", "zstd", "xz", "bzip2"):
        yield f"a docker archive in {name}", "image", PACK[name](short(tar_of(docker(own)))), never
    yield "a root in a tar", "image", own[0], never


def languages():
    """What ends nowhere in particular may be shorter by whole lines; a description behind headers, and a list that people write, by anything."""
    info = "opt/venv/lib/python3.12/site-packages/c-1.dist-info/METADATA"
    text = read("tests/data/pkg/dist_info/licences/root/" + info)
    yield "METADATA", info, text, lambda t, n: behind_a_line(t, n) or n > t.index(b"\n\n")
    for reader, case, may_shorten in (("requirements", "compiled/root/srv/requirements.txt", anywhere), ("pipfile_lock", "groups/root/srv/Pipfile.lock", never),
                                      ("poetry_lock", "v2.1/root/srv/poetry.lock", never), ("pdm_lock", "v4.0/root/srv/pdm.lock", never),
                                      ("uv_lock", "project/root/srv/uv.lock", behind_a_line), ("pylock", "groups/root/srv/pylock.toml", behind_a_line)):
        yield reader, "srv/" + os.path.basename(case), read(f"tests/data/pkg/{reader}/{case}")[:1800 if may_shorten == behind_a_line else None].rpartition(b"\n")[0] + b"\n", may_shorten
    yield "a jar", "srv/a-1.0.jar", jar.jar(jar.maven_jar("org.example", "a", "1.0")), never
    yield "conda-meta", "opt/conda/conda-meta/x.json", b'{"name": "x", "version": "1.0", "depends": ["y >=1"]}', never


LOCKS = {  # lists of a form that ends nowhere may be shorter by whole lines
    "Cargo.lock": ('version = 3\n\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+x"\n\n[[package]]\nname = "b"\nversion = "2.0.0"\nsource = "registry+x"\n', behind_a_line),
    "Gemfile.lock": ("GEM\n  remote: https://rubygems.org/\n  specs:\n    rack (3.0.8)\n    racc (1.7.3)\n", behind_a_line),
    "composer.lock": ('{"packages": [{"name": "a/b", "version": "1.0"}], "packages-dev": [{"name": "c/d", "version": "2.0"}]}', never),
    "go.mod": ("module m\nrequire a.b/c v1.0.0\nrequire (\n\td.e/f v2.0.0 // indirect\n)\n", behind_a_line),
}


JAVA = {
    "pom.xml": ("<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency><groupId>org.example</groupId>"
                "<artifactId>b</artifactId><version>1.0</version></dependency></dependencies></project>", never),
    "gradle.lockfile": ("# a comment\na.b:c:1.0=runtimeClasspath\nd.e:f:2.0=testRuntimeClasspath\nempty=\n", behind_a_line),
    "gradle/dependency-locks/runtimeClasspath.lockfile": ("a.b:c:1.0\nd.e:f:2.0\n", behind_a_line),
    "gradle/libs.versions.toml": ('[versions]\na = "1.0"\n[libraries]\nb = { module = "org.example:b", version.ref = "a" }\nc = "org.example:c:2"\n', behind_a_line),
    "build.sbt.lock": ('{"lockVersion": 1, "dependencies": [{"org": "a", "name": "b", "version": "1", "configurations": ["test"]}]}', never),
    "jre/release": ('IMPLEMENTOR="Eclipse Adoptium"\nJAVA_RUNTIME_VERSION="17.0.9+9"\nJAVA_VERSION="17.0.9"\n',
                    lambda t, n: behind_a_line(t, n) or n <= t.index(b"\"")),  # as any file of that name may begin
}


def more_languages():
    """Terms, JSON and Lua have an end; YAML and what is made of lines or paragraphs have none."""
    rocks = "usr/local/lib/luarocks/rocks-5.1/alpha/1.0-2/alpha-1.0-2.rockspec"
    rlib = "usr/local/lib/R/site-library/gamma/DESCRIPTION"
    meta = "opt/local/lib/perl5/x86_64-linux-gnu-thread-multi/.meta/Beta-v2.3.1/MYMETA.json"
    for reader, case, path, may_shorten in (
            ("mix_lock", "mix", "srv/mix.lock", never), ("rebar_lock", "rebar3", "srv/rebar.lock", behind_a_line),
            ("pubspec_lock", "flutter", "srv/pubspec.lock", behind_a_line), ("swift_resolved", "v3", "srv/Package.resolved", never),
            ("podfile_lock", "parts", "srv/Podfile.lock", behind_a_line), ("r_description", "installed", rlib, behind_a_line),
            ("renv_lock", "v2", "srv/renv.lock", never), ("packrat_lock", "snapshot", "srv/packrat.lock", behind_a_line),
            ("julia_manifest", "1.0", "srv/Manifest.toml", behind_a_line), ("cabal_freeze", "cabal", "new/cabal.project.freeze", behind_a_line),
            ("stack_lock", "project", "srv/stack.yaml.lock", behind_a_line), ("luarocks", "made", rocks, at_a_statement),
            ("luarocks_lock", "made", "srv/luarocks.lock", never), ("cpan_meta", "made", meta, never),
            ("cpan_snapshot", "made", "srv/cpanfile.snapshot", behind_a_line),
            ("perllocal", "made", "usr/local/lib/perl5/x86_64-linux-gnu/perllocal.pod", behind_a_line),
            ("helm", "chart", "srv/app/Chart.lock", behind_a_line)):
        yield reader, path, read(f"tests/data/pkg/{reader}/{case}/root/{path}"), may_shorten


def at_a_statement(text, n):
    """A piece of Lua between its statements."""
    return text[:n].count(b"{") == text[:n].count(b"}")


def other_systems():
    """What is no more than lines may be shorter by whole lines."""
    for reader, path, may_shorten in (
            ("opkg/openwrt", "usr/lib/opkg/status", behind_a_line),
            ("opkg/openwrt", "usr/lib/opkg/info/busybox.control", behind_a_line),
            ("dpkg_copyright/basic", "usr/share/doc/apart/copyright", anywhere),  # a file that people write
            ("pacman/tool", "var/lib/pacman/local/app-0.1-1/desc", behind_a_line),
            ("portage/basic", "var/db/pkg/dev-libs/openssl-3.0.13-r2/CONTENTS", behind_a_line),
            ("brew/basic", "opt/homebrew/Cellar/tool/0.9/INSTALL_RECEIPT.json", never), ("snap/itself", "meta/snap.yaml", anywhere)):
        yield reader, path, read(f"tests/data/pkg/{reader}/root/{path}"), may_shorten
    wall = b'{"jsonwall":"1.0","count":2}\n{"kind":"package","name":"libc6","version":"2.39"}\n'
    yield "chisel", "var/lib/chisel/manifest.wall", PACK["zstd"](wall), never
    yield "Bottlerocket", "usr/share/bottlerocket/application-inventory.json", b'{"Content": [{"Name": "bash", "Version": "5.2", "Release": "1"}]}', never
    purl = {"referenceType": "purl", "referenceLocator": "pkg:bitnami/redis@7.4.1-0"}
    yield "Bitnami", "opt/bitnami/redis/.spdx-redis.spdx", json.dumps({"packages": [{"name": "redis", "externalRefs": [purl]}]}).encode(), never


def packages(scratch):
    yield "dpkg's status", "var/lib/dpkg/status", dpkg(curl="7.88.1-10", zlib1g="1:1.2.13").encode(), behind_a_line
    yield from other_systems()
    yield "a status of one package", "var/lib/dpkg/status.d/base", b"Package: base-files\nArchitecture: amd64\nVersion: 12.4\n", anywhere
    yield "apk's installed", "lib/apk/db/installed", apk(musl="1.2.4-r2", busybox="1.36.1-r5").encode(), behind_a_line
    for what, file, may_shorten in (("package-lock.json", "npm_lock/v3/root/srv/package-lock.json", never), ("yarn.lock", "yarn_lock/v1/root/srv/yarn.lock", behind_a_line),
                                    ("bun.lock", "bun_lock/v2/root/srv/bun.lock", never)):
        yield what, what, read("tests/data/pkg/" + file).strip() if may_shorten == never else read("tests/data/pkg/" + file)[:1500].rpartition(b"\n")[0] + b"\n", may_shorten
    yield from languages()
    yield from more_languages()
    for file, (text, may_shorten) in {**LOCKS, **JAVA}.items():
        yield file, "srv/" + file, text.encode(), may_shorten
    nixdb.write(scratch + ".nix", {"curl-8.6.0": ["zlib-1.3.1"], "zlib-1.3.1": []})
    yield "the database of a Nix store", "nix/var/nix/db/db.sqlite", read(scratch + ".nix"), never
    rpmdb.INDEXES = []  # only the table of packages
    sound = {number: header for number, header in rpmdb.FEW.items() if number not in (3, 6)}
    for kind, file, data in rpmdb.databases(scratch, sound):
        if RPM.get(kind) == file:
            yield f"rpm's database, {kind}", "var/lib/rpm/" + file, data, never


def read(path):
    with open(path, "rb") as f:
        return f.read()


OSV = {"schema_version": "1.6.0", "id": "GHSA-aaaa-bbbb-cccc", "modified": "2024-02-03T04:05:06Z", "aliases": ["CVE-2024-1111"],
       "summary": "it breaks", "affected": [{"package": {"ecosystem": "npm", "name": "left"}, "ranges": [
           {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.3"}]}]}]}


def feeds(scratch):
    one = json.dumps(OSV).encode()
    yield "a feed, osv", "feed", one, never
    yield "a feed, kev", "feed", json.dumps({"title": "x", "catalogVersion": "2025.01.01", "vulnerabilities": [
        {"cveID": "CVE-2021-44228", "dateAdded": "2021-12-10", "knownRansomwareCampaignUse": "Known"}]}).encode(), never
    yield "a feed, secdb", "feed", read("tests/data/feed/secdb/kin/input.json"), never
    yield "a feed, tracker", "feed", json.dumps({"openssl": {"CVE-2022-0778": {"description": "loops", "releases": {
        "bookworm": {"status": "resolved", "repositories": {"bookworm": "3.0.11-1"}, "fixed_version": "3.0.2-1", "urgency": "low"}}}}}).encode(), never
    for name in ("", "gzip", "zstd", "xz", "bzip2"):
        yield f"a feed in a tar{name and ' in ' + name}", "feed", PACK[name](short(tar_of({"a.json": one, "b/b.json": one}))), never
    path = write(scratch, "zip/a.json", one)
    subprocess.run([sys.executable, "-m", "zipfile", "-c", "feed.zip", path], cwd=scratch, check=True)
    yield "a feed in a zip", "feed", read(scratch + "/feed.zip"), never


def cut(what, text, env=None, path=None):
    """A line a length: (length, outcome, found, said), the whole one first."""
    step = str(max(1, len(text) // 400 | 1)) if ASAN else "1"
    with tempfile.TemporaryDirectory() as t:
        path = path or write(t, "file", text)
        done = subprocess.run([BUILD + "/tools/cut", what, path, step], capture_output=True, env=dict(os.environ, **(env or {})))
    lines = [l.split("\t") for l in done.stdout.decode("utf-8", "replace").splitlines()]
    return [(int(l[0]), *l[1:]) for l in lines], done


def judge(what, text, may_shorten, lines, done):
    bad = [f"exit {done.returncode}: {done.stderr[-300:]}"] if done.returncode or not lines or lines[-1][0] != 0 else []
    if not lines or lines[0][1] != "whole" or not lines[0][2]:
        bad.append(f"not whole before it is cut: {lines[:1]}")
    for n, outcome, found, said in lines[1:]:
        if outcome == "whole" and found != lines[0][2] and not may_shorten(text, n):
            bad.append(f"cut to {n} of {len(text)}: nothing was said, and found was {found or 'nothing'}")
        if outcome != "whole" and not said:
            bad.append(f"cut to {n} of {len(text)}: {outcome}, and not a word")
    tell(f"{what}, {len(text)} bytes, cut at {len(lines) - 1}", bad)


def one(form):
    what, how, text, may_shorten = form
    return what, text, may_shorten, *cut(how, text)


def blobs(w):
    """The files of an OCI layout in a folder."""
    files = oci([short(layer(ALPINE, (DB, apk(musl="1.2.4"))))])
    for name, body in files.items():
        write(w + "/layout", name, body)
    for name, body in files.items():
        if name != "oci-layout":
            kind = "index" if name == "index.json" else "manifest" if b'"config"' in body else "config" if body[:1] == b"{" else "layer"
            judge(f"an OCI layout's {kind}", body, never, *cut("image", body, {"CUT_IMAGE": w + "/layout"}, f"{w}/layout/{name}"))
            write(w + "/layout", name, body)


def database(w):
    subprocess.run([LOTSE, "db", "build", "--feeds", "tests/data/feed/secdb", "--db", w + "/db"], check=True, stdout=subprocess.DEVNULL)
    for folder, _, names in os.walk(w + "/db"):
        for name in sorted(names):
            text = read(f"{folder}/{name}")
            judge(f"the advisory database's {name[:8]}", text, never, *cut("database", text, {"CUT_DATABASE": w + "/db"}, f"{folder}/{name}"))
            write(folder, name, text)


def cache(w):
    path = write(w, "image.tar", tar_of(docker([layer(ALPINE, (DB, apk(musl="1.2.4")))])))
    env = {k: v for k, v in os.environ.items() if k != "LOTSE_NO_CACHE"}
    subprocess.run([LOTSE, "image", "--cache-dir", w + "/cache", path], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kept = [f"{d}/{n}" for d, _, names in os.walk(w + "/cache/facts") for n in names if len(n) == 62]
    text = read(kept[0])
    judge("facts in the cache", text, never, *cut("cache", text, None, kept[0]))


def main(w):
    forms = [*layers(), *packages(w + "/rpm"), *feeds(w), *images()]
    with ThreadPoolExecutor(2) as pool:
        for done in pool.map(one, forms):
            judge(*done)
    for part in (blobs, database, cache):
        part(w)
    end()


with tempfile.TemporaryDirectory() as where:
    main(where)
