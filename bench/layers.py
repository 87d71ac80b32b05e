"""Root file systems, layer after layer: mmdebstrap for the base, an overlay
for each layer above it, its upper folder as a layer's tar."""
import json, os, shutil, stat, subprocess, tarfile

from recipes import BASE, NODE

SOURCES = ("/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list")
CHROOT_ENV = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8",
              "HOME": "/root"}


def run(*command, **more):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, **more)


def base(where):
    """A small Debian of the suite, from the machine's own sources where they have it."""
    mine = [s for s in SOURCES if os.path.exists(s) and BASE["suite"] in open(s).read()]
    run("mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--include=" + BASE["include"],
        *(f"--dpkgopt=path-exclude={glob}" for glob in BASE["exclude"]),
        *(f"--customize-hook={hook}" for hook in BASE["hooks"]),
        BASE["suite"], where, *mine[:1])


class Overlay:
    """Layers over each other, mounted while `with` lasts; new files go to `upper`."""

    def __init__(self, lower, upper, lent):
        self.lower, self.upper, self.lent = lower, upper, lent
        self.root, self.work = upper + ".root", upper + ".work"

    def __enter__(self):
        for folder in (self.upper, self.root, self.work):
            os.makedirs(folder)
        run("mount", "-t", "overlay", "overlay", self.root, "-o",
            f"lowerdir={':'.join(reversed(self.lower))},upperdir={self.upper},workdir={self.work},"
            "redirect_dir=off,metacopy=off,index=off,xino=off")
        run("mount", "-t", "proc", "proc", self.root + "/proc")
        for name in ("archives", "lists"):
            os.makedirs(f"{self.lent}/{name}/partial", exist_ok=True)
        run("mount", "--bind", self.lent + "/archives", self.root + "/var/cache/apt/archives")
        run("mount", "--bind", self.lent + "/lists", self.root + "/var/lib/apt/lists")
        run("mount", "--bind", "/etc/resolv.conf", self.root + "/etc/resolv.conf")
        return self

    def __exit__(self, *_):
        run("umount", "--recursive", self.root)
        shutil.rmtree(self.work)
        os.rmdir(self.root)

    def step(self, step):
        if isinstance(step, str):
            return run("chroot", self.root, "sh", "-ec", step, env=CHROOT_ENV, stdout=subprocess.DEVNULL)
        package = self.root + "/app/package.json"
        if not os.path.exists(package):
            with open(package, "w") as f:
                json.dump({"name": "app", "version": "1.0.0", "dependencies": NODE}, f)
        run("sh", "-ec", step[1], cwd=self.root, stdout=subprocess.DEVNULL)


def installed(lower, upper, lent):
    """What dpkg-query lists in the uppermost root: name, version, architecture, source and its version."""
    with Overlay(lower, upper, lent) as over:
        text = subprocess.run(
            ["chroot", over.root, "dpkg-query", "-W", "-f",
             "${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n"],
            check=True, capture_output=True, text=True, env=CHROOT_ENV).stdout
    shutil.rmtree(upper)
    rows = [line.split("\t") for line in text.splitlines()]
    return sorted(row[1:] for row in rows if row[0] == "installed")


def opaque(path):
    try:
        return os.getxattr(path, "trusted.overlay.opaque", follow_symlinks=False) == b"y"
    except OSError:
        return False


def mark(tar, name):
    tar.addfile(tarfile.TarInfo(name))


def add(tar, path, name):
    """One entry, what the overlay marked written as an image layer marks it."""
    info = os.lstat(path)
    folder, last = os.path.split(name)
    if stat.S_ISCHR(info.st_mode) and info.st_rdev == 0:
        return mark(tar, os.path.join(folder, ".wh." + last))
    member = tar.gettarinfo(path, name)
    if not member:  # a socket
        return None
    member.mtime = int(member.mtime)
    if member.isreg():
        with open(path, "rb") as f:
            tar.addfile(member, f)
    else:
        tar.addfile(member)
    if member.isdir() and opaque(path):
        mark(tar, name + "/.wh..wh..opq")


def pack(tree, out):
    """The layer's tar, folders before what is in them."""
    with tarfile.open(out, "w", format=tarfile.PAX_FORMAT, copybufsize=1 << 20) as tar:
        for folder, names, files in os.walk(tree):
            names.sort()
            for name in sorted(names + files):
                path = os.path.join(folder, name)
                add(tar, path, os.path.relpath(path, tree))
