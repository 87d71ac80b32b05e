"""Semantic Versioning: the rules of semver.org once more."""
import re

from versions import rules
from versions.slips import number

REFERENCE = "semver.org"
LIST = "semver"
NUMBER = "(?:0|[1-9][0-9]*)"
WORD = f"(?:{NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
FORM = re.compile(rf"({NUMBER})\.({NUMBER})\.({NUMBER})(?:-({WORD}(?:\.{WORD})*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?")
ODD = ["v1.2.3", "1.2", "1.2.3.", "1.2.3-", "1.2.3+", "1.2.3-01", "1.2.3-a..b", "1.2.3-é", " 1.2.3"]


def make(r):
    def word():
        return r.choice((number(r), number(r), "alpha", "beta", "rc", "RC", "x" + number(r), "-", "0a", "1-1"))
    v = ".".join(str(int(number(r))) for _ in range(3))
    if r.random() < .6:
        v += "-" + ".".join(word() for _ in range(r.randrange(1, 4)))
    if r.random() < .2:
        v += "+" + ".".join(word() for _ in range(r.randrange(1, 3)))
    return v


def missing():
    return None


def key(v):
    m = FORM.fullmatch(v)
    return m and ([int(m[i]) for i in (1, 2, 3)], (0, rules.words(m[4])) if m[4] else (1,))


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)
