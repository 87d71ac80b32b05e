#!/usr/bin/env python3
"""Layers and archives, made here, and what lotse must see in them. TAP."""
import io, json, os, subprocess, sys, tempfile, zipfile

sys.path.append("tests/tools")
import elf
from made import *
from tap import LOTSE, end, tell


def same(what, wanted, got):
    tell(what, [] if wanted == got else [f"wanted {wanted}", f"got    {got}"])


# ---- looking ----

def packages(path, *options):
    done = subprocess.run([LOTSE, "debug", "packages", *options, path], capture_output=True, text=True)
    if not done.stdout:
        return done.stderr.strip(), done.returncode
    found = json.loads(done.stdout)["packages"]
    return sorted((p["name"], p["version"], p.get("layer")) for p in found), done.returncode


def see(where, what, layers, wanted, code=0):
    same(what, (sorted(wanted), code), packages(write(where, "image.tar", tar_of(docker([layer(*l) for l in layers])))))


def layers_together(w):
    base = [ALPINE, (DB, apk(a="1-r0", b="1-r0"))]
    see(w, "one layer", [base], [("a", "1-r0", 0), ("b", "1-r0", 0)])
    see(w, "a package is upgraded", [base, [(DB, apk(a="2-r0", b="1-r0"))]], [("a", "2-r0", 1), ("b", "1-r0", 0)])
    see(w, "a package is removed", [base, [(DB, apk(b="1-r0"))]], [("b", "1-r0", 0)])
    see(w, "a package is removed and comes back", [base, [(DB, apk(b="1-r0"))], [(DB, apk(a="1-r0", b="1-r0"))]],
        [("a", "1-r0", 2), ("b", "1-r0", 0)])
    see(w, "layers without a change between", [base, ["tmp/x"], [(DB, apk(a="1-r0", b="1-r0", c="1-r0"))]],
        [("a", "1-r0", 0), ("b", "1-r0", 0), ("c", "1-r0", 2)])
    see(w, "the database is taken away", [base, ["lib/apk/db/.wh.installed"]], [])
    see(w, "a folder above it is taken away", [base, [".wh.lib"]], [])
    see(w, "taken away and brought anew in one layer", [base, [".wh.lib", (DB, apk(c="1-r0"))]], [("c", "1-r0", 1)])
    see(w, "an opaque folder hides what is below", [base, ["lib/", "lib/.wh..wh..opq", "lib/x"]], [])
    see(w, "an opaque folder does not hide its own layer", [base, ["lib/apk/db/.wh..wh..opq", (DB, apk(c="1-r0"))]], [("c", "1-r0", 1)])
    see(w, "whiteouts of nothing are ignored", [base, [".wh..", "x/.wh.", ".wh..wh.plnk"]], [("a", "1-r0", 0), ("b", "1-r0", 0)])
    see(w, "a file takes the folder's place", [base, ["lib"]], [])
    see(w, "a folder takes the file's place", [base, [DB + "/"]], [])
    see(w, "the kind of database changes", [base, [".wh.lib", (STATUS, dpkg(d="1"))]], [("d", "1", 1)])


def stores(w):
    """A folder is a package of Nix, by itself or by what is in it; it costs no content."""
    at = "nix/store/" + 4 * "0123abcd" + "-"
    a, b = at + "a-1.0", at + "b-2.0-bin"
    both = [a + "/", a + "/bin/", (a + "/bin/a", "x"), (b + "/bin/b", "x"), (a + "/bin/c", "x")]
    see(w, "folders of a Nix store", [both], [("a", "1.0", 0), ("b", "2.0", 0)])
    see(w, "files of a Nix store are no packages", [[(a, "x"), (b, "->", a), "nix/store", "x/" + a + "/"]], [])
    see(w, "a folder of a Nix store is written into", [both, [(a + "/bin/a", "y")], [a + "/"]], [("a", "1.0", 0), ("b", "2.0", 0)])
    see(w, "a folder of a Nix store is taken away", [both, ["nix/store/.wh." + a[10:]]], [("b", "2.0", 0)])
    see(w, "a folder of a Nix store comes back", [both, ["nix/store/.wh." + a[10:]], [a + "/"]], [("a", "1.0", 2), ("b", "2.0", 0)])
    see(w, "only a file in a folder of a Nix store is taken away", [both, [a + "/bin/.wh.a"]], [("a", "1.0", 0), ("b", "2.0", 0)])
    see(w, "a Nix store is taken away", [both, ["nix/.wh.store"]], [])


def links(w):
    usr = "usr/" + DB
    see(w, "a merged /usr", [[("lib", "->", "usr/lib"), (usr, apk(a="1-r0"))]], [("a", "1-r0", 0)])
    see(w, "written through a folder link of an earlier layer", [[("lib", "->", "usr/lib"), (usr, apk(a="1-r0"))], [(DB, apk(a="2-r0"))]],
        [("a", "2-r0", 1)])
    see(w, "a real folder takes the link's place", [[("lib", "->", "usr/lib"), (usr, apk(a="1-r0"))], ["lib/", (DB, apk(c="1-r0"))]],
        [("a", "1-r0", 0), ("c", "1-r0", 1)])
    see(w, "taken away through a link", [[("lib", "->", "usr/lib"), (usr, apk(a="1-r0"))], ["lib/apk/db/.wh.installed"]], [])
    see(w, "a link to bytes of the same layer", [[(STATUS, "->", "/data/status"), ("data/status", dpkg(a="1"))]], [("a", "1", 0)])
    see(w, "a link to bytes of an earlier layer", [[("data/status", dpkg(a="1"))], [(STATUS, "->", "../../../data/status")]], [("a", "1", 1)])
    see(w, "a folder is replaced by a link", [[(STATUS, dpkg(a="1")), ("opt/dpkg/status", dpkg(b="1"))],
                                             [("var/lib/dpkg", "->", "/opt/dpkg")]], [("b", "1", 1)])
    see(w, "a hard link to bytes of the same layer", [[("data/status", dpkg(a="1")), (STATUS, "=>", "data/status")]], [("a", "1", 0)])
    see(w, "a hard link to bytes of an earlier layer", [[("data/status", dpkg(a="1"))], [(STATUS, "=>", "data/status")]], [("a", "1", 1)])
    old = "var/lib/dpkg/status-old"
    see(w, "hard linked to a backup, then written anew", [[(old, dpkg(a="1")), (STATUS, "=>", old)], [(STATUS, dpkg(a="9"))]], [("a", "9", 1)])
    see(w, "written anew, and hard linked in the same layer", [[(DB, apk(a="1-r0"))], [(DB, apk(b="2-r0")), ("usr/" + DB, "=>", DB)]], [("b", "2-r0", 1)])
    see(w, "hard linked, then taken away", [[("data/st", dpkg(a="1")), (STATUS, "=>", "data/st")], ["var/lib/dpkg/.wh.status"]], [])
    see(w, "the other name of a hard link is written anew", [[("data/st", dpkg(a="1")), (STATUS, "=>", "data/st")], [("data/st", dpkg(b="1"))]],
        [("a", "1", 0)])
    see(w, "a chain of hard links", [[("x", dpkg(a="1")), ("y", "=>", "x"), ("z", "=>", "y"), (STATUS, "=>", "z")]], [("a", "1", 0)])
    see(w, "a hard link to a symbolic link", [[("x", dpkg(a="1")), ("y", "->", "x"), (STATUS, "=>", "y")]], [("a", "1", 0)])
    see(w, "a hard link whose other name goes in the same layer", [[("data/st", dpkg(a="1"))], ["data/.wh.st", (STATUS, "=>", "data/st")]], [("a", "1", 1)])
    see(w, "a record separator of blanks", [[(STATUS, dpkg(a="1") .rstrip("\n") + "\n \n" + dpkg(b="1"))]], [("a", "1", 0), ("b", "1", 0)])
    see(w, "a hard link to a file that is wanted itself", [[(DB, apk(a="1-r0")), ("usr/" + DB, "=>", DB)]], [("a", "1-r0", 0)])
    see(w, "the link's target changes in a later layer", [[(STATUS, "->", "/data/status"), ("data/status", dpkg(a="1"))], [("data/status", dpkg(a="2"))]],
        [("a", "2", 1)])
    see(w, "links in a circle", [[("lib", "->", "usr"), ("usr", "->", "lib"), (STATUS, dpkg(a="1"))]], [("a", "1", 0)])
    see(w, "a link out of the root stays inside", [[("lib", "->", "../../../usr/lib"), (usr, apk(a="1-r0"))]], [("a", "1-r0", 0)])
    see(w, "a link to nothing", [[(STATUS, "->", "/no/where"), (DB, apk(a="1-r0"))]], [("a", "1-r0", 0)])
    see(w, "a hard link to nothing, and to itself", [[(STATUS, "=>", "no/where"), (DB, "=>", DB)]], [])
    see(w, "names that lead out are ignored", [[("../" + STATUS, dpkg(a="1")), ("x/../../" + STATUS, dpkg(b="1")), ("/" + DB, apk(c="1-r0"))]],
        [("c", "1-r0", 0)])


def licences(w):
    """Those of Debian's packages are in a file of their own."""
    doc, installed = "usr/share/doc/", (STATUS, dpkg(a="1", b="1"))

    def own(name, licence):
        return doc + name + "/copyright", f"see /usr/share/common-licenses/{licence}\n"

    def see_licences(what, layers, wanted):
        done = subprocess.run([LOTSE, "debug", "packages", write(w, "image.tar", tar_of(docker([layer(*l) for l in layers])))], capture_output=True, text=True)
        same(what, (wanted, ""), ([p.get("licence") for p in json.loads(done.stdout)["packages"]], done.stderr))

    see_licences("the licence of a package", [[installed, own("a", "MPL-2.0")]], ["MPL-2.0", None])
    see_licences("in another layer, before and after the database", [[own("a", "MPL-2.0")], [installed], [own("b", "GPL-3")]], ["MPL-2.0", "GPL-3"])
    see_licences("it changes, and is taken away", [[installed, own("a", "MPL-1.1"), own("b", "GPL-3")], [own("a", "MPL-2.0"), doc + "b/.wh.copyright"]], ["MPL-2.0", None])
    see_licences("all documents are taken away", [[installed, own("a", "GPL-3"), own("b", "GPL-3")], ["usr/share/.wh.doc"]], [None, None])
    see_licences("a folder that is a link to another's", [[installed, own("a", "GPL-3"), (doc + "b", "->", "a")]], ["GPL-3", "GPL-3"])
    see_licences("links over links, before what they lead to", [[installed, (doc + "b", "->", "c"), (doc + "c", "->", "/" + doc + "a")], [own("a", "GPL-3")]], ["GPL-3", "GPL-3"])
    see_licences("a file that is a link", [[installed, own("a", "GPL-3"), (doc + "b/copyright", "->", "../a/copyright")]], ["GPL-3", "GPL-3"])
    see_licences("a file that is a hard link", [[installed, own("a", "GPL-3"), (doc + "b/copyright", "=>", doc + "a/copyright")]], ["GPL-3", "GPL-3"])
    see_licences("a hard link to bytes elsewhere", [[installed, ("x", own("a", "GPL-3")[1]), (doc + "b/copyright", "=>", "x")]], [None, "GPL-3"])
    see_licences("links to nothing and in a circle", [[installed, (doc + "a", "->", "b"), (doc + "b", "->", "a"), (doc + "c", "->", "/no/where")]], [None, None])
    see_licences("a file too deep, or not deep enough", [[installed, own("a/more", "GPL-3"), (doc + "copyright", own("b", "GPL-3")[1])]], [None, None])


def programs(w):
    """In folders of libraries they are only read when nobody owns them: by a second look."""
    nginx, redis = elf.KINDS["program-nginx"](), elf.KINDS["program-redis"]()
    lib, owner = "usr/lib/x86_64-linux-gnu/libx.so.1", (DB, "P:x\nV:1-r0\nF:usr/lib/x86_64-linux-gnu\nR:libx.so.1\n\n")
    x, n, r = ("x", "1-r0", 0), ("nginx", "1.25.3", 0), ("redis", "7.2.3", 0)
    zlib, ssl = ("zlib", "1.2.13", 0), ("openssl", "3.0.11", 0)

    def at(layer, *found):
        return [(name, version, layer) for name, version, _ in found]
    see(w, "a library that its package owns", [[(lib, nginx), owner]], [x])
    see(w, "a library that no package owns", [[(lib.replace("libx", "liby"), nginx), owner]], [x, n, zlib, ssl])
    see(w, "a library without any package", [[(lib, nginx)]], [n, zlib, ssl])
    see(w, "a library that was written over its package's", [[(lib, redis), owner], [(lib, nginx)]], [x, *at(1, n, zlib, ssl)])
    see(w, "a library whose package was taken away", [[(lib, nginx), owner], ["lib/apk/db/.wh.installed"]], [n, zlib, ssl])
    see(w, "a library that nobody owns, and no longer there", [[(lib, nginx)], [lib.replace("libx", ".wh.libx")]], [])
    see(w, "a library, written over by another", [[(lib, nginx)], [(lib, redis)]], [])
    see(w, "a program in a folder of libraries, by a link of an earlier layer", [[("lib", "->", "usr/lib"), "usr/lib/"], [("lib/redis/redis-server", redis)]], at(1, r))
    see(w, "a library that its package owns by a link", [[("lib", "->", "usr/lib"), (lib, nginx), (DB, owner[1].replace("F:usr/", "F:"))]], [x])
    see(w, "a library of two names, of which its package has one", [[(lib, nginx), ("usr/lib/libz.so", "=>", lib), owner]], [x])
    see(w, "what npm, pip and gem put there is read at once", [[("usr/lib/node_modules/x/x.node", b"?"), ("usr/lib/python3/site-packages/x.so", nginx)]], [n, zlib, ssl])
    see(w, "in /opt", [[("opt/redis/redis-server", redis), owner]], [x, r])


def large_programs(w):
    """Those over the limit are told of, but not when a package owns them."""
    subprocess.run([LOTSE, "db", "build", "--feeds", "tests/data/feed/secdb/basic", "--db", w + "/db"], capture_output=True)

    def see_large(what, entries, wanted):
        done = subprocess.run([LOTSE, "image", "--db", w + "/db", "--limit", "file=1M", "-o", "json", write(w, "image.tar", tar_of(docker([layer(*entries)])))], capture_output=True)
        coverage = json.loads(done.stdout)["coverage"]
        same(what, wanted, ([n["what"] for n in coverage["notes"] if n["level"] == "unread"], coverage.get("unowned")))
    large = elf.KINDS["program-nginx"]().ljust((1 << 20) + 1, b"\0")
    told = ["larger than 1 MiB (limit file), not read"]
    for path in ("opt/nginx", "usr/lib/nginx"):
        see_large(f"a program over the limit: /{path}", [(path, large), (DB, apk(x="1-r0"))], (told, {"files": 1, "paths": [path]}))
        see_large(f"the same, of a package: /{path}", [(path, large), (DB, "P:x\nV:1-r0\nF:%s\nR:nginx\n\n" % path[:-6])], ([], None))


def remarks(w):
    """What is only worth knowing of a file is nobody's business when a package owns the file."""
    def see_notes(what, entries, wanted):
        done = subprocess.run([LOTSE, "image", "-o", "json", write(w, "image.tar", tar_of(docker([layer(*entries)])))], capture_output=True)
        same(what, wanted, [(n["level"], n["where"]) for n in json.loads(done.stdout)["coverage"]["notes"]])
    nameless = io.BytesIO()
    with zipfile.ZipFile(nameless, "w") as z:
        z.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
    path, owner = "usr/share/java/tool.jar", (DB, "P:x\nV:1-r0\nF:usr/share/java\nR:tool.jar\n\n")
    see_notes("a jar that says nothing", [(path, nameless.getvalue()), (DB, apk(x="1-r0"))], [("info", path)])
    see_notes("the same, of a package", [(path, nameless.getvalue()), owner], [])
    see_notes("what cannot be read is told of all the same", [(path, b"PK\3\4 broken"), owner], [("unread", path)])


def forms(w):
    layers = [layer(ALPINE, (DB, apk(a="1-r0"))), layer((DB, apk(a="1-r0", b="2-r0")))]
    wanted = ([("a", "1-r0", 0), ("b", "2-r0", 1)], 0)
    for packed in PACK:
        same(f"docker archive, layers {packed or 'plain'}", wanted, packages(write(w, "d.tar", tar_of(docker(layers, packed)))))
        same(f"OCI layout in a tar, layers {packed or 'plain'}, all said to be gzip", wanted, packages(write(w, "o.tar", tar_of(oci(layers, packed)))))
        same(f"docker archive in {packed or 'nothing'}", wanted, packages(write(w, "dp", PACK[packed](tar_of(docker(layers))))))
        same(f"OCI layout in a tar in {packed or 'nothing'}", wanted, packages(write(w, "op", PACK[packed](tar_of(oci(layers))))))
        same(f"a root file system in a tar in {packed or 'nothing'}", ([("a", "1-r0", 0)], 0), packages(write(w, "r", PACK[packed](layers[0]))))
    for name, body in oci(layers).items():
        write(w + "/layout", name, body)
    same("OCI layout in a directory", wanted, packages(w + "/layout"))
    same("the same with its scheme", wanted, packages(f"oci-dir:{w}/layout"))
    os.makedirs(w + "/root")
    with tarfile.open(fileobj=io.BytesIO(layers[1])) as tar:
        tar.extractall(w + "/root")
    os.symlink("/etc", w + "/root/loop")
    os.mkfifo(w + "/root/fifo")
    same("an unpacked root, with a link out and a fifo", ([("a", "1-r0", 0), ("b", "2-r0", 0)], 0), packages(w + "/root"))
    same("the same layer twice", ([("a", "1-r0", 0)], 0), packages(write(w, "t.tar", tar_of(docker([layers[0], layers[0]])))))
    same("no layer at all", ([], 0), packages(write(w, "n.tar", tar_of(docker([])))))
    many = [layer((DB, apk(a=f"{i}-r0"))) for i in range(300)]
    same("300 layers", ([("a", "299-r0", 299)], 0), packages(write(w, "m.tar", tar_of(docker(many)))))


def broken(w):
    layers = [layer((DB, apk(a="1-r0"))), layer((STATUS, dpkg(b="1")))]
    files = oci(layers)
    name = "blobs/sha256/" + sha(PACK["gzip"](layers[1]))
    seen = ([("a", "1-r0", 0)], 2)
    for what, body in (("cut in the middle", files[name][:-20]), ("with a wrong byte", files[name][:30] + b"?" + files[name][31:]),
                       ("of something else", b"hello"), ("empty", b"")):
        found, code = packages(write(w, "b.tar", tar_of(dict(files, **{name: body}))))
        same(f"a layer {what}: the other one is read", (("a", "1-r0", 0), 2), (found[0], code))
    same("a layer that is not there: the other one is read", seen, packages(write(w, "b.tar", tar_of({k: v for k, v in files.items() if k != name}))))
    whole = tar_of(docker(layers))
    bad = [n for n in range(0, len(whole) - 10240, 512) if packages(write(w, "c.tar", whole[:n]))[1] != 2]
    same("an archive that breaks off anywhere is never whole", [], bad)
    same("a Windows image is not judged", 3, subprocess.run(
        [LOTSE, "image", write(w, "w.tar", tar_of(windows()))], capture_output=True, env=dict(os.environ, XDG_CACHE_HOME=w)).returncode)


def windows():
    files = docker([layer("Files/x")])
    conf = config([layer("Files/x")], "windows")
    files[sha(conf) + ".json"] = conf
    files["manifest.json"] = json.dumps([{"Config": sha(conf) + ".json", "Layers": [sha(layer("Files/x")) + "/layer.tar"]}]).encode()
    return files


for part in (layers_together, stores, links, licences, programs, large_programs, remarks, forms, broken):
    with tempfile.TemporaryDirectory() as where:
        part(where)
end()
