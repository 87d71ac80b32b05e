"""Alpine: apk version, of the Alpine 3.20 root among the shared images, by chroot."""
import base64
import hashlib
import io
import os
import re
import subprocess
import tarfile
import tempfile

from versions.ask import SHARED, halves, pairs_versions, run
from versions.near import number

LIST = "alpine"
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


class Reference:
    """100,000 times apk takes minutes, so it is asked once: one side of each pair
    is installed, the other is in a repository, and `apk version` says "<" when the
    repository has the later one; then the other way round. What it does not say
    that way, and every tenth pair, it is asked one by one."""

    name = "apk"

    def __init__(self):
        self.root = tempfile.TemporaryDirectory()
        subprocess.run(["tar", "-xzf", ALPINE, "-C", self.root.name], check=True)

    @staticmethod
    def missing():
        if os.geteuid() != 0 or os.uname().machine != "x86_64":
            return "chroot into an x86_64 Alpine root needs root and x86_64"
        return None if os.path.exists(ALPINE) else "the shared Alpine root is not here"

    def apk(self, args, text=""):
        return run(["chroot", self.root.name, *args], text)

    @staticmethod
    def database(side, versions):
        return "".join(f"C:Q1{base64.b64encode(hashlib.sha1(f'{side}{i}'.encode()).digest()).decode()}\n"
                       f"P:p{i}\nV:{v}\nA:x86_64\nS:1\nI:1\nT:t\n\n" for i, v in enumerate(versions))

    def upgrades(self, pairs):
        repository = os.path.join(self.root.name, "repository/x86_64")
        os.makedirs(repository, exist_ok=True)
        with open(os.path.join(self.root.name, "lib/apk/db/installed"), "w") as f:
            f.write(self.database("a", [a for a, b in pairs]))
        index = self.database("b", [b for a, b in pairs]).encode()
        with tarfile.open(os.path.join(repository, "APKINDEX.tar.gz"), "w:gz") as t:
            info = tarfile.TarInfo("APKINDEX")
            info.size = len(index)
            t.addfile(info, io.BytesIO(index))
        said = self.apk(["/sbin/apk", "--no-network", "--allow-untrusted", "--repositories-file", "/dev/null",
                         "-X", "/repository", "version", "-v", "-l", "<=>?"])
        return {int(i): o for i, o in re.findall(r"^p([0-9]+)-\S+ +([<=>?]) ", said, re.M)}

    def in_bulk(self, pairs):
        there, back = self.upgrades(pairs), self.upgrades([(b, a) for a, b in pairs])
        both = {"<=": "<", "=<": ">", "==": "="}
        said = {i: both.get(there.get(i, "?") + back.get(i, "?")) for i in range(len(pairs))}
        return {i: o for i, o in said.items() if o}

    def one_by_one(self, pairs):
        loop = 'while IFS="	" read -r a b; do apk version -t "$a" "$b"; done'
        return self.apk(["/bin/sh", "-c", loop], "".join(f"{a}\t{b}\n" for a, b in pairs)).split()

    def order(self, pairs, answers):
        known, bad = self.in_bulk(pairs), set(pairs_versions(pairs)) - self.valid(pairs_versions(pairs))[1]
        todo = [i for i in range(len(pairs)) if i % 10 == 0 or i not in known]
        known.update(zip(todo, halves(self.one_by_one, [pairs[i] for i in todo])))
        return ["E" if a in bad or b in bad else known[i] for i, (a, b) in enumerate(pairs)]

    def valid(self, versions):
        bad = set()
        for i in range(0, len(versions), 1000):
            bad.update(self.apk(["/sbin/apk", "version", "--check", *versions[i:i + 1000]]).split("\n"))
        return versions, set(versions) - bad - {""}  # to apk the empty string is one, to us not
