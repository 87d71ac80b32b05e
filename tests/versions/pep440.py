"""Python: packaging's Version and SpecifierSet, of Debian's python3."""
import shutil
import subprocess

from versions import slips
from versions.ask import lines, tabs

REFERENCE = "packaging"
LIST = "pypi"
MARKS = "0019.-_+abrcv!"
TAILS = (".0", ".1", "0", "a", "rc1", "-1", ".post", ".dev1", "+x", "-", ".", " ")
ODD = ["v1", "V1.0", "1!2", "1!", "!1", "1.0-1", "1.0-", "1.0--1", "1.0alpha", "1.0-alpha-1", "1.0c1", "1.0preview", "1.0pre.post",
       "1.0.rev1", "1.0r", "1.0-r4", "1.0dev", "1.0+", "1.0+a..b", "1.0+A_b-1", "1.0a-post.dev", "1.0post1rc1", "1.", ".1", "vv1", "1.0+1+1"]
PYTHON = "/usr/bin/python3"
PROGRAM = r"""
import sys
from packaging.version import Version, InvalidVersion
from packaging.specifiers import SpecifierSet, InvalidSpecifier

def version(text):
    try:
        return Version(text)
    except InvalidVersion:
        return None

def plain(one):
    # it takes "~=1.0.c1" apart as it is written, and so at another place than "~=1.0rc1"
    v = one.strip().startswith("~=") and version(one.strip()[2:])
    return "~=" + str(v) if v and v.local is None else one

def within(text, v):
    text = ",".join(map(plain, text.split(",")))
    try:
        return "in" if SpecifierSet(text).contains(v, prereleases=True) else "out"
    except (InvalidSpecifier, InvalidVersion):
        return "E"

for line in sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\n")[:-1]:
    a, _, b = line.partition("\t")
    if sys.argv[1] == "valid":
        print("valid" if version(line) else "invalid")
    elif sys.argv[1] == "ranges":
        print("E" if version(b) is None else within(a, version(b)))
    else:
        x, y = version(a), version(b)
        print("E" if x is None or y is None else "<" if x < y else ">" if y < x else "=")
"""


def missing():
    if shutil.which(PYTHON) and subprocess.run([PYTHON, "-c", "import packaging"], stderr=subprocess.DEVNULL).returncode == 0:
        return None
    return "python3-packaging is not here"


def ask(questions, what):
    return lines([PYTHON, "-c", PROGRAM, what], questions)


def make(r):
    v = r.choice(("", "", "", "", "1!", "0!", "v")) + ".".join(slips.number(r)[:20] for _ in range(r.choice((1, 2, 2, 3, 3, 4))))
    mark = lambda: r.choice(("", "", ".", "-", "_"))
    if r.random() < .4:
        v += mark() + r.choice(("a", "b", "rc", "c", "alpha", "beta", "pre", "preview", "RC")) + mark() + r.choice(("", slips.plain(r)))
    if r.random() < .25:
        v += r.choice(("-" + slips.plain(r), mark() + r.choice(("post", "rev", "r")) + mark() + r.choice(("", slips.plain(r)))))
    if r.random() < .25:
        v += mark() + "dev" + mark() + r.choice(("", slips.plain(r)))
    if r.random() < .2:
        v += "+" + r.choice((".", "-", "_")).join(r.choice(("ubuntu", "a", "B", "1a", slips.number(r)[:9])) for _ in range(r.choice((1, 1, 2))))
    return v


def order(pairs):
    return ask(tabs(pairs), "order")


def valid(versions):
    return {v for v, said in zip(versions, ask(versions, "valid")) if said == "valid"}


def within(pairs):
    return ask(tabs(pairs), "ranges")


def excused_ranges(pairs, said):
    """packaging 23 does not look at epochs where there is ".*" or "~="."""
    return [(".*" in text or "~=" in text) and "!" in text.replace("!=", "") + v for text, v in pairs]


def ranges(r, v):
    def one(v):
        op = r.choice(("==", "==", "!=", ">", ">=", "<", "<=", "~=", "~=", "==="))
        core = v.partition("+")[0]
        text = r.choice((v, core, core, core.rpartition(".")[0] or core, (core.rpartition(".")[0] or core) + ".*"))
        return r.choice(("", "", " ")) + op + r.choice(("", " ")) + text
    return ",".join(one(v if r.random() < .6 else slips.near(r, make, v)) for _ in range(r.choice((1, 1, 1, 2, 3))))
