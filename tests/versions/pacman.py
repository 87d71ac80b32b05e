"""Pacman: alpm_pkg_vercmp() of Debian's libalpm13."""
import ctypes
import ctypes.util
import re

from versions import slips

REFERENCE = "libalpm"
MARKS = "0019.-+abpz:_~"
TAILS = (".0", ".1", "0", "a", "-1", "-2", "-1.1", "rc1", "+", ".", "..1", ".a", "_")
FORM = re.compile(r"([0-9]*:)?[^\0- /:\x7f-\U0010ffff-]*[0-9A-Za-z](-[^\0- /:\x7f-\U0010ffff-]*[0-9A-Za-z])?")
ODD = ["1:2:3", "1-2-3", "a:1", ":1", "1:", "1-", "1/2", "1.", ".1", "1.-1", "1-1.", "1\x7f", "0:1", "_1", "1_", "+"]


def make(r):
    def part():
        v = r.choice((slips.number(r), slips.plain(r), slips.plain(r), "a", "r" + slips.plain(r)))
        while r.random() < .6:
            v += r.choice((".", ".", ".", "+", "_", "", "..", "~", "@", "rc", "a", "beta", ".r", "+g", "z")) + r.choice((slips.plain(r), slips.number(r), "b"))
        return v
    return r.choice(("", "", "", "0:", "1:", "2:", "01:", ":")) + part() + r.choice(("", "-1", "-2", "-10", "-1.1", "-" + part()))


def library():
    try:
        return ctypes.CDLL("libalpm.so.13")
    except OSError:
        return None


def missing():
    return None if library() else "libalpm13 is not here"


def valid(versions):
    return {v for v in versions if FORM.fullmatch(v)}


def same_but_release(a, b):
    """One has a release and the other not: to vercmp they are the same then."""
    return ("-" in a) != ("-" in b)


def order(pairs):
    vercmp = library().alpm_pkg_vercmp
    good = valid([v for pair in pairs for v in pair])
    said = ["<=>"[vercmp(a.encode(), b.encode()) + 1] if a in good and b in good else "E" for a, b in pairs]
    # to vercmp no release is any release, to us it is before all
    return [">" if o == "=" and same_but_release(a, b) and "-" in a else "<" if o == "=" and same_but_release(a, b) else o
            for (a, b), o in zip(pairs, said)]
