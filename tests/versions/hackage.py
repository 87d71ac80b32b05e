"""Hackage: the library Cabal that comes with Debian's ghc, by a program of ours."""
import os
import re
import shutil
import subprocess

from tap import BUILD
from versions import slips
from versions.ask import lines, tabs

REFERENCE = "Cabal"
LIST = "hackage"
MARKS = "0019.."
TAILS = (".0", ".1", "0", ".", ".*")
ODD = ["1", "1.", ".1", "1..2", "01", "1.00", "0", "1-beta", "1.2-3", "999999999", "1000000000", "1.a", "1*", "1.*"]


def make(r):
    v = slips.plain(r)[:9]
    while r.random() < .7:
        v += "." + slips.plain(r)[:9]
    return v


def missing():
    return None if shutil.which("ghc") else "ghc is not here"


def program():
    source, folder = "tests/versions/hackage.hs", os.path.join(BUILD, "versions")
    made = folder + "/hackage"
    os.makedirs(folder, exist_ok=True)
    if not os.path.exists(made) or os.stat(made).st_mtime < os.stat(source).st_mtime:
        subprocess.run(["ghc", "-v0", "-package", "Cabal", "-outputdir", folder, "-o", made, source], check=True)
    return made


def ask(pairs, *args):
    return lines([program(), *args], tabs(pairs), env=dict(os.environ, LC_ALL="C.UTF-8"))


def is_loose(v):
    """Cabal forgets a tag and the blanks around a version; to us it is none."""
    return "-" in v or v != v.strip()


def order(pairs):
    return ["E" if is_loose(a) or is_loose(b) else said for (a, b), said in zip(pairs, ask(pairs))]


def valid(versions):
    return {v for v, said in zip(versions, order([(v, v) for v in versions])) if said != "E"}


def within(pairs):
    return ["E" if is_loose(v) or re.search(r"[0-9] *-", text) else said for (text, v), said in zip(pairs, ask(pairs, "ranges"))]


def ranges(r, v):
    def near():
        w = v if r.random() < .6 else slips.near(r, make, v, MARKS, TAILS[:3])
        return ".".join(w.split(".")[:r.choice((1, 2, 3, 9, 9))])

    def one():
        op = r.choice(("==", "==", "^>=", "^>=", ">", ">=", "<", "<=")) + r.choice(("", " "))
        if op.strip() in ("==", "^>=") and r.random() < .15:
            return op + "{" + r.choice((", ", ",", " , ")).join(near() for _ in range(r.choice((1, 2, 3)))) + "}"
        return op + near() + (".*" if op.strip() == "==" and r.random() < .5 else "")

    def many(depth):
        text = one() if depth == 0 or r.random() < .6 else "(" + many(depth - 1) + ")"
        for _ in range(r.choice((0, 0, 1, 2))):
            text += r.choice((" ", "")) + r.choice(("&&", "||")) + r.choice((" ", "")) + (
                one() if depth == 0 or r.random() < .6 else "( " + many(depth - 1) + " )")
        return text
    return many(2)
