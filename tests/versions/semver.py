"""Semantic Versioning: the rules of semver.org once more."""
import re

from versions.ask import Rules
from versions.near import number

LIST = "semver"


def make(r):
    def word():
        return r.choice((number(r), number(r), "alpha", "beta", "rc", "RC", "x" + number(r), "-", "0a", "1-1"))
    v = ".".join(str(int(number(r))) for _ in range(3))
    if r.random() < .6:
        v += "-" + ".".join(word() for _ in range(r.randrange(1, 4)))
    if r.random() < .2:
        v += "+" + ".".join(word() for _ in range(r.randrange(1, 3)))
    return v


class Reference(Rules):
    name = "semver.org"
    number = "(?:0|[1-9][0-9]*)"
    word = f"(?:{number}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
    form = re.compile(rf"({number})\.({number})\.({number})(?:-({word}(?:\.{word})*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?")
    more = ["", "v1.2.3", "1.2", "1.2.3.", "1.2.3-", "1.2.3+", "1.2.3-01", "1.2.3-a..b", "1.2.3-é", " 1.2.3"]

    def key(self, v):
        m = self.form.fullmatch(v)
        if not m:
            raise ValueError(v)
        words = m[4].split(".") if m[4] else None
        order = (1,) if not words else (0, [(0, int(w), "") if w.isdigit() else (1, 0, w) for w in words])
        return [int(m[i]) for i in (1, 2, 3)], order
