"""Portage: the algorithms of the Package Manager Specification once more."""
import functools
import re

from versions import rules, slips

REFERENCE = "PMS"
MARKS = "0019.-_abpr"
TAILS = (".0", ".1", "0", "a", "-r1", "-r0", "_p1", "_rc1", "_alpha", "_p", "-r", "_", ".", "_pre2")
FORM = re.compile(r"([0-9]+(?:\.[0-9]+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)[0-9]*)*)(?:-r([0-9]+))?")
ODD = ["1A", "1ab", "1_foo", "1-1", "1-r", "1.", ".1", "1-r1-r1", "1_p-r01", "1a_p", "1_p1a", "a", "1_rc_p", "1~rc", "9999"]


def make(r):
    v = slips.number(r)
    while r.random() < .6:
        v += "." + slips.number(r)
    v += r.choice(("", "", "", "a", "b", "z"))
    while r.random() < .35:
        v += r.choice(("_alpha", "_beta", "_pre", "_rc", "_p")) + r.choice(("", slips.number(r)))
    return v + r.choice(("", "", "-r0", "-r1", "-r" + slips.number(r)))


def missing():
    return None


def sign(a, b):
    return (a > b) - (a < b)


def numbers(a, b):
    """3.2 and 3.3"""
    a, b = a.split("."), b.split(".")
    r = sign(int(a[0]), int(b[0]))
    for x, y in zip(a[1:], b[1:]):
        if r == 0:
            r = sign(x.rstrip("0"), y.rstrip("0")) if x[0] == "0" or y[0] == "0" else sign(int(x), int(y))
    return r or sign(len(a), len(b))


def suffixes(a, b):
    """3.5 and 3.6"""
    a, b = (re.findall("_([a-z]+)([0-9]*)", text) for text in (a, b))
    kinds = ["alpha", "beta", "pre", "rc", "p"]
    for (x, n), (y, m) in zip(a, b):
        r = sign(kinds.index(x), kinds.index(y)) or sign(int(n or 0), int(m or 0))
        if r:
            return r
    if len(a) > len(b):
        return 1 if a[len(b)][0] == "p" else -1
    if len(a) < len(b):
        return -1 if b[len(a)][0] == "p" else 1
    return 0


def compare(a, b):
    """3.1"""
    (n, letter, tail, revision), (m, other, end, other_revision) = FORM.fullmatch(a).groups(), FORM.fullmatch(b).groups()
    return numbers(n, m) or sign(letter, other) or suffixes(tail, end) or sign(int(revision or 0), int(other_revision or 0))


def key(v):
    return functools.cmp_to_key(compare)(v) if FORM.fullmatch(v) else None


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)
