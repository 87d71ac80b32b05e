"""Alpine: apk version, of the Alpine 3.20 root among the shared images, by chroot."""
import base64
import functools
import hashlib
import io
import os
import re
import subprocess
import tarfile
import tempfile

from tap import SHARED
from versions.ask import halves, run, versions_of
from versions.slips import number

REFERENCE = "apk"
LIST = "alpine"
MARKS = "0019.~^+-_abpzA:"
TAILS = (".0", ".1", "0", "a", "p1", "-r0", "-r1", "_p", "_rc1", "-", ".")
OPTION = True
ALPINE = os.path.join(SHARED, "images/alpine/alpine-minirootfs-3.20.3-x86_64.tar.gz")

# What the list says and the reference does not: it follows apk-tools 3.
OTHERWISE = {("0.r1", "0r2"): ">", ("0.8.21.r2", "0.8.21r2"): ">"}


def make(r):
    v = number(r)
    while r.random() < .6:
        v += "." + number(r)
    v += r.choice(("", "", "", "a", "b", "z", "a1", "b2.0"))
    while r.random() < .35:
        v += "_" + r.choice(("alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"))
        v += r.choice(("", number(r)))
    return v + r.choice(("", "-r0", "-r1", "-r" + number(r)))


def missing():
    if os.geteuid() != 0 or os.uname().machine != "x86_64":
        return "chroot into an x86_64 Alpine root needs root and x86_64"
    return None if os.path.exists(ALPINE) else "the shared Alpine root is not here"


@functools.cache
def root():
    folder = tempfile.TemporaryDirectory()
    subprocess.run(["tar", "-xzf", ALPINE, "-C", folder.name], check=True)
    return folder


def apk(args, text=""):
    return run(["chroot", root().name, *args], text)


def database(side, versions):
    return "".join(f"C:Q1{base64.b64encode(hashlib.sha1(f'{side}{i}'.encode()).digest()).decode()}\n"
                   f"P:p{i}\nV:{v}\nA:x86_64\nS:1\nI:1\nT:t\n\n" for i, v in enumerate(versions))


def upgrades(pairs):
    repository = os.path.join(root().name, "repository/x86_64")
    os.makedirs(repository, exist_ok=True)
    with open(os.path.join(root().name, "lib/apk/db/installed"), "w") as f:
        f.write(database("a", [a for a, b in pairs]))
    index = database("b", [b for a, b in pairs]).encode()
    with tarfile.open(os.path.join(repository, "APKINDEX.tar.gz"), "w:gz") as t:
        info = tarfile.TarInfo("APKINDEX")
        info.size = len(index)
        t.addfile(info, io.BytesIO(index))
    said = apk(["/sbin/apk", "--no-network", "--allow-untrusted", "--repositories-file", "/dev/null",
                "-X", "/repository", "version", "-v", "-l", "<=>?"])
    return {int(i): o for i, o in re.findall(r"^p([0-9]+)-\S+ +([<=>?]) ", said, re.M)}


def in_bulk(pairs):
    there, back = upgrades(pairs), upgrades([(b, a) for a, b in pairs])
    both = {"<=": "<", "=<": ">", "==": "="}
    said = {i: both.get(there.get(i, "?") + back.get(i, "?")) for i in range(len(pairs))}
    return {i: o for i, o in said.items() if o}


def one_by_one(pairs):
    loop = 'while IFS="	" read -r a b; do apk version -t "$a" "$b"; done'
    return apk(["/bin/sh", "-c", loop], "".join(f"{a}\t{b}\n" for a, b in pairs)).split()


def order(pairs):
    """100,000 times apk takes minutes, so it is asked once: one side of each pair
    is installed, the other is in a repository, and `apk version` says "<" when the
    repository has the later one; then the other way round. What it does not say
    that way, and every tenth pair, it is asked one by one."""
    known, bad = in_bulk(pairs), set(versions_of(pairs)) - valid(versions_of(pairs))
    todo = [i for i in range(len(pairs)) if i % 10 == 0 or i not in known]
    known.update(zip(todo, halves(one_by_one, [pairs[i] for i in todo])))
    return ["E" if a in bad or b in bad else known[i] for i, (a, b) in enumerate(pairs)]


def valid(versions):
    bad = set()
    for i in range(0, len(versions), 1000):
        bad.update(apk(["/sbin/apk", "version", "--check", *versions[i:i + 1000]]).split("\n"))
    return set(versions) - bad - {""}  # to apk the empty string is one, to us not
