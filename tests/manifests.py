#!/usr/bin/env python3
"""Archives with several images, odd ones and broken ones: which is chosen, and what is said. TAP."""
import copy, hashlib, io, json, os, re, subprocess, sys, tarfile, tempfile

from made import *
from tap import LOTSE, end, tell

INDEX = "application/vnd.oci.image.index.v1+json"


def scan(path, *options):
    """Exit code, names of packages, everything that was said."""
    done = subprocess.run([LOTSE, "image", "-o", "json", *options, path], capture_output=True, text=True)
    report = json.loads(done.stdout) if done.stdout else {"packages": [], "coverage": {"notes": []}}
    notes = [f"{n.get('layer', '')} {n['level']}: {n['what']}" for n in report["coverage"]["notes"]]
    return done.returncode, sorted(p["name"] for p in report["packages"]), "; ".join(notes) + done.stderr


def check(what, path, code, packages, says, *options):
    got = scan(path, *options)
    bad = [] if got[0] == code and got[1] == packages and re.search(says, got[2]) else [f"wanted {code} {packages} {says!r}", f"got    {got}"]
    tell(what, bad)


def one(name):
    return layer(ALPINE, (DB, apk(**{name: "1-r0"})))


# ---- docker archives ----

def docker_many(*images):
    """(tags, package) each in one archive."""
    files, manifest = {}, []
    for tags, name in images:
        more = docker([one(name)])
        entry = dict(json.loads(more.pop("manifest.json"))[0], RepoTags=tags)
        manifest.append(entry)
        files.update(more)
    return dict(files, **{"manifest.json": json.dumps(manifest).encode()})


def changed(files, change):
    """A docker archive with another manifest."""
    manifest = json.loads(files["manifest.json"])
    change(manifest)
    return dict(files, **{"manifest.json": json.dumps(manifest).encode()})


def tar_with(files, *links):
    """The archive, and links (name, "->" or "=>", target) in it."""
    out = io.BytesIO(tar_of(files))
    with tarfile.open(fileobj=out, mode="a") as tar:
        for name, kind, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = (tarfile.SYMTYPE if kind == "->" else tarfile.LNKTYPE), target
            tar.addfile(info)
    return out.getvalue()


def of_docker(w):
    def put(files):
        return write(w, "a.tar", files if isinstance(files, bytes) else tar_of(files))

    two = docker_many((["x:1", "h:5000/r/x:latest"], "a"), (["y:2"], "b"))
    check("the first of two images, and a word about it", put(two), 3, ["a"], "holds 2 images.*x:1, h:5000/r/x:latest, y:2")
    check("chosen by its whole name", put(two) + ":y:2", 3, ["b"], "")
    check("chosen by its tag alone", put(two) + ":2", 3, ["b"], "")
    check("chosen by a second name", put(two) + ":h:5000/r/x:latest", 3, ["a"], "")
    check("the end of a tag is no tag", put(two) + ":atest", 2, [], "no image tagged atest; there are x:1")
    check("no such tag", put(two) + ":3", 2, [], "no image tagged 3; there are x:1")
    check("the platform it has", put(two), 3, ["a"], "", "--platform", "linux/amd64")
    check("another platform", put(two), 2, [], "no linux/arm64 in this archive; it has linux/amd64", "--platform", "linux/arm64")
    check("no image", put(changed(two, lambda m: m.clear())), 2, [], "names no image")
    check("no tags", put(docker_many((None, "a"))), 3, ["a"], "")
    single = docker([one("a")])
    conf = next(n for n in single if n.endswith(".json") and n != "manifest.json")
    name = next(n for n in single if n.endswith("layer.tar"))
    check("a config called by its digest", put(changed(dict(single, **{"sha256:" + conf[:64]: single[conf]}), lambda m: m[0].update(Config="sha256:" + conf[:64]))), 3, ["a"], "")
    check("a config called anything has no digest", put(changed(dict(single, **{"c.json": single[conf]}), lambda m: m[0].update(Config="c.json"))), 3, ["a"], "")
    check("no config named", put(changed(single, lambda m: m[0].pop("Config"))), 2, [], "manifest.json: no Config")
    check("a config that is not there", put(changed(single, lambda m: m[0].update(Config="x.json"))), 2, [], "image config: x.json: not in the archive")
    check("a config out of the archive", put(changed(single, lambda m: m[0].update(Config="../x.json"))), 2, [], "no Config")
    check("a config that is no JSON", put(dict(single, **{conf: b"{"})), 2, [], "image config: not JSON")
    check("a config with another digest", put(dict(single, **{conf: single[conf] + b" "})), 2, ["a"], "image config: its digest is")
    check("a layer out of the archive", put(changed(single, lambda m: m[0].update(Layers=["../x"]))), 2, [], "its blob is not in the archive")
    check("a layer of another digest", put(dict(single, **{name: one("b")})), 2, ["b"], "digest is sha256:")
    check("a manifest that is no JSON", put(dict(single, **{"manifest.json": b"x"})), 2, [], "manifest.json: not JSON: line 1, column 1")
    check("no manifest", put({n: b for n, b in single.items() if n != "manifest.json"}), 2, [], "manifest.json: not in the archive")
    check("Docker before 1.10", put({"repositories": b"{}", "0" * 64 + "/layer.tar": one("a")}), 2, [], "Docker before 1.10")
    check("fewer layers in the config", put(changed(single, lambda m: m[0].update(Layers=[name, name]))), 2, ["a"], "names 1 layers, the manifest 2")
    links = {n: b for n, b in single.items() if n != name}
    check("a layer that is a link to another, as docker writes", put(tar_with(dict(links, **{"real/layer.tar": single[name]}), (name, "->", "../real/layer.tar"))), 3, ["a"], "")
    check("a layer that is a hard link", put(tar_with(dict(links, **{"real/layer.tar": single[name]}), (name, "=>", "real/layer.tar"))), 3, ["a"], "")
    check("links in a circle", put(tar_with(links, (name, "->", "../x"), ("x", "->", name))), 2, [], "its blob is not in the archive")
    check("a link to nothing", put(tar_with(links, (name, "->", "../x"))), 2, [], "its blob is not in the archive")
    twice = tar_of(single)[:-1]
    twice = twice[:len(twice.rstrip(b"\0")) + -len(twice.rstrip(b"\0")) % 512] + tar_of({name: one("b"), conf: single[conf]})
    check("names that are there twice: the later ones, and no silence", put(twice), 2, ["b"], "programs differ in how they read this archive: it holds .* twice")
    check("many layers", put(docker([layer((f"f{i}", "x")) for i in range(129)])), 3, [], "129 layers: most engines run no image of more than 128")
    check("more layers than may be", put(docker([one("a")] * 6)), 2, [], r"6 layers, 5 are allowed \(limit layers\)", "--limit", "layers=5")
    check("more files than may be", put(single), 2, [], r"more than 2 files \(limit members\)", "--limit", "members=2")
    check("a config larger than may be", put(dict(single, **{conf: single[conf] + b" " * 2000})), 2, [], r"larger than 2048 \(limit manifest\)", "--limit", "manifest=2048")
    packed = PACK["gzip"](tar_of(dict(single, **{conf: single[conf] + b" " * 2000})))
    check("the same in a packed archive", write(w, "a.tgz", packed), 2, [], r"larger than 2048 \(limit manifest\)", "--limit", "manifest=2048")
    check("all documents of a packed archive", write(w, "a.tgz", packed), 2, [], r"more than 1024 bytes of manifests \(limit kept\)", "--limit", "kept=1024")
    check("a packed archive whose config is no JSON", write(w, "a.tgz", PACK["gzip"](tar_of(dict(single, **{conf: b"x"})))), 2, [], "image config: .*: no JSON")
    check("a packed archive with a byte order mark", write(w, "a.tgz", PACK["gzip"](tar_of(dict(single, **{"manifest.json": b"\xef\xbb\xbf" + single["manifest.json"]})))), 3, ["a"], "")
    check("a packed archive without a manifest", write(w, "a.tgz", PACK["gzip"](tar_of({conf: single[conf], name: single[name]}))), 2, [], "manifest.json: not in the archive")
    check("a root file system is no archive", "docker-archive:" + write(w, "root.tar", one("a")), 2, [], "a root file system, not an image archive")
    check("a file is no folder", "dir:" + put(single), 2, [], "a file, not a folder")
    check("a folder is no tar", "tar:" + w, 2, [], "a folder, not a tar")
    check("a device is neither", "/dev/null", 2, [], "neither a file nor a folder")
    check("an empty archive", write(w, "a.tar", tar_of({})), 2, [], "neither an image archive nor a root file system")
    check("text", write(w, "a.tar", b"hello\n"), 2, [], "neither an image archive nor a root file system|not a tar")


# ---- OCI layouts ----

class Layout:
    """Blobs by digest, and an index over what was added."""
    def __init__(self):
        self.files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}'}
        self.index = {"schemaVersion": 2, "manifests": []}

    def blob(self, body, media="application/octet-stream", algorithm="sha256", **more):
        digest = hashlib.new(algorithm, body).hexdigest()
        self.files[f"blobs/{algorithm}/{digest}"] = body
        return dict(mediaType=media, digest=f"{algorithm}:{digest}", size=len(body), **more)

    def image(self, package, os_="linux", arch="amd64", variant=None, algorithm="sha256", change=None, **more):
        body = one(package)
        conf = dict(json.loads(config([body], os_, arch)), **({"variant": variant} if variant else {}))
        manifest = {"schemaVersion": 2, "config": self.blob(json.dumps(conf).encode(), algorithm=algorithm), "layers": [self.blob(PACK["gzip"](body), algorithm=algorithm)]}
        if change:
            change(manifest)
        return self.blob(json.dumps(manifest).encode(), algorithm=algorithm, **more)

    def add(self, *descriptors):
        self.index["manifests"] += descriptors
        return self

    def over(self, *descriptors, **more):
        return self.blob(json.dumps({"schemaVersion": 2, "manifests": descriptors}).encode(), INDEX, **more)

    def tar(self, w):
        return write(w, "o.tar", tar_of(dict(self.files, **{"index.json": json.dumps(self.index).encode()})))


def named(name, key="org.opencontainers.image.ref.name"):
    return {"annotations": {key: name}}


def on(arch, variant=None, os_="linux"):
    return {"platform": dict({"os": os_, "architecture": arch}, **({"variant": variant} if variant else {}))}


def several():
    o = Layout()
    return o.add(o.image("a", **named("1.0")), o.image("b", **named("h/r:2.0", "io.containerd.image.name")))


def platforms():
    o = Layout()
    return o, [o.image("amd", **on("amd64")), o.image("arm", arch="arm64", variant="v8", **on("arm64", "v8")), o.image("win", os_="windows", **on("amd64", os_="windows"))]


def of_oci(w):
    check("OCI: by a tag", several().tar(w) + ":1.0", 3, ["a"], "")
    check("OCI: by the tag of a whole name", several().tar(w) + ":2.0", 3, ["b"], "")
    check("OCI: by the whole name", several().tar(w) + ":h/r:2.0", 3, ["b"], "")
    check("OCI: the end of a tag is no tag", several().tar(w) + ":0", 2, [], "no image tagged 0; there are 1.0, h/r:2.0")
    check("OCI: the first of several, and a word about it", several().tar(w), 3, ["a"], "2 images fit, the first was read; there are 1.0, h/r:2.0")
    check("OCI: no image", Layout().tar(w), 2, [], "index.json names no image")
    o, three = platforms()
    check("OCI: of platforms, the one that is asked for", o.add(*three).tar(w), 3, ["arm"], "", "--platform", "linux/arm64")
    check("OCI: with its variant", o.tar(w), 3, ["arm"], "", "--platform", "linux/arm64/v8")
    check("OCI: another variant", o.tar(w), 2, [], "no linux/arm64/v9 in this image; there are linux/amd64, linux/arm64/v8, windows/amd64", "--platform", "linux/arm64/v9")
    check("OCI: of another system", o.tar(w), 3, ["win"], "", "--platform", "windows/amd64")
    o, three = platforms()
    check("OCI: an index in the index, with a name", o.add(o.over(*three, **named("all"))).tar(w) + ":all", 3, ["arm"], "", "--platform", "linux/arm64")
    o, three = platforms()
    nested = o.over(o.over(o.over(o.over(*three))))
    check("OCI: indexes in indexes", o.add(nested).tar(w), 2, [], r"indexes nested more than 3 deep \(limit indexes\)", "--platform", "linux/arm64")
    check("OCI: as deep as is allowed", o.tar(w), 3, ["arm"], "", "--platform", "linux/arm64", "--limit", "indexes=4")
    check("OCI: more manifests than may be", o.tar(w), 2, [], r"more than 2 manifests \(limit manifests\)", "--platform", "linux/arm64", "--limit", "indexes=4", "--limit", "manifests=2")
    o, three = platforms()
    o.files = {n: b for n, b in o.files.items() if not n.endswith(three[0]["digest"][7:])}
    check("OCI: of platforms, one that is there", o.add(three[0], three[1]).tar(w), 3, ["arm"], "")
    check("OCI: one that is not there, asked for", o.tar(w), 2, [], "manifest: .*not in the archive", "--platform", "linux/amd64")
    o = Layout()
    o.add(o.blob(b"{}", **on("unknown", os_="unknown")), o.image("a", **on("amd64")), o.image("b", **{"annotations": {"vnd.docker.reference.type": "attestation-manifest"}}))
    check("OCI: attestations are no images", o.tar(w), 3, ["a"], "")
    o = Layout()
    check("OCI: digests of SHA-512", o.add(o.image("a", algorithm="sha512")).tar(w), 3, ["a"], "")
    o = Layout()
    check("OCI: alone, whatever its platform", o.add(o.image("a", arch="s390x", **on("s390x"))).tar(w), 3, ["a"], "")
    check("OCI: alone, and another one asked for", o.tar(w), 2, [], "no linux/amd64 in this image; there are linux/s390x", "--platform", "linux/amd64")
    o = Layout()
    check("OCI: the config says the platform", o.add(o.image("a", arch="s390x")).tar(w), 2, [], "no linux/amd64 in this image; it is linux/s390x", "--platform", "linux/amd64")
    for what, change, code, packages, says in (
            ("a layer's digest is none", lambda m: m["layers"][0].update(digest="sha256:x"), 2, [], "its blob is not in the archive"),
            ("a layer's size is wrong", lambda m: m["layers"][0].update(size=1), 2, ["a"], r"it has \d+ bytes, the manifest says 1"),
            ("a layer's size is below nought", lambda m: m["layers"][0].update(size=-1), 2, ["a"], r"it has \d+ bytes, the manifest says 0"),
            ("a layer has no size", lambda m: m["layers"][0].pop("size"), 2, ["a"], r"the manifest says 0"),
            ("a config's digest is none", lambda m: m["config"].update(digest="x"), 2, [], 'image config: "x" is not a digest'),
            ("no config", lambda m: m.pop("config"), 2, [], 'image config: "" is not a digest'),
            ("a config that is not there", lambda m: m["config"].update(digest="sha256:" + "0" * 64), 2, [], "image config: .*not in the archive"),
            ("no layers", lambda m: m.pop("layers"), 2, [], "names 1 layers, the manifest 0"),
            ("more layers than may be", lambda m: m.update(layers=m["layers"] * 1001), 2, [], r"1001 layers, 1000 are allowed \(limit layers\)")):
        o = Layout()
        check(f"OCI: {what}", o.add(o.image("a", change=change)).tar(w), code, packages, says)
    o = Layout()
    check("OCI: a manifest's digest is none", o.add(dict(o.image("a"), digest="md5:1")).tar(w), 2, [], 'manifest: "md5:1" is not a digest')
    o = Layout()
    check("OCI: a manifest that is not there", o.add(dict(o.image("a"), digest="sha256:" + "0" * 64)).tar(w), 2, [], "manifest: .*not in the archive")
    check("OCI: nor another one", o.add(dict(o.image("b"), digest="sha256:" + "1" * 64)).tar(w), 2, [], "none of its manifests is in the archive")
    o = Layout()
    check("OCI: a manifest that is no JSON", o.add(o.blob(b"x")).tar(w), 2, [], "index: not JSON")
    o = Layout()
    d = o.image("a")
    o.files[f"blobs/sha256/{d['digest'][7:]}"] += b" "
    check("OCI: a manifest of another digest", o.add(d).tar(w), 2, ["a"], "manifest: its digest is")
    o = Layout()
    o.files["index.json"] = b"["
    check("OCI: an index that is no JSON", write(w, "o.tar", tar_of(o.files)), 2, [], "index.json: not JSON")
    o = several()
    folder = w + "/layout"
    for name, body in dict(o.files, **{"index.json": json.dumps(o.index).encode()}).items():
        write(folder, name, body)
    check("OCI: a folder", folder + ":2.0", 3, ["b"], "")
    os.unlink(folder + "/oci-layout")
    check("OCI: a folder without its mark, by its scheme", "oci-dir:" + folder + ":2.0", 3, ["b"], "")
    check("OCI: and without it a root without packages", folder, 3, [], "")


def main():
    with tempfile.TemporaryDirectory() as w:
        of_docker(w)
        of_oci(w)
    end()


main()
