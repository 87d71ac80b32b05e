"""Bitnami: the rules of its go-version, as its records need them, once more."""
import re

from versions import rules, slips

REFERENCE = "go-version's README"
MARKS = "0019.-+abr"
TAILS = (".0", ".1", "0", "-0", "-1", "-2", "-0.1", "-rc1", "+b", ".", "-")
WORDS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
FORM = re.compile(rf"([0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)(?:-({WORDS}))?(?:\+{WORDS})?")
ODD = ["0", "latest", "1", "v1.2.3", "2023.03.13", "nightly.2026-03-10.0", "2.4.46-10.el8", "1.2_3", "1..2", "1-", "-1", "1+", "1+a+b", "a-1"]


def make(r):
    v = slips.semver(r, pre=0, build=0)
    v = r.choice((v, v, v, v.rpartition(".")[0], v + "." + slips.number(r)))
    v += r.choice(("", "-0", "-1", "-" + slips.number(r), "-rc" + slips.plain(r), "-10.el8", "-" + slips.word(r)))
    return v + r.choice(("", "", "", "+" + slips.plain(r)))


def missing():
    return None


def key(v):
    m = FORM.fullmatch(v)
    if not m or not re.search("[0-9]", v):
        return None
    core = rules.words(m[1])
    while core and core[-1] == (0, 0, ""):
        core.pop()
    # what is not there is 0, which is above nothing that a version can hold
    return [core, rules.words(m[2] or "0")]


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)
