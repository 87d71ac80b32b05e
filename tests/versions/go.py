"""Go: the rules of go.dev/ref/mod and of govulncheck, once more."""
import re

from versions import rules, slips

REFERENCE = "go.dev/ref/mod"
MARKS = "0019.-+abrcv"
TAILS = (".0", ".1", "0", "rc1", "-1", "-", "+incompatible", ".", "-rc.1")
ODD = ["v1.2.3rc1", "go1.21rc2", "1.21beta1", "1.21gamma1", "go1.21.0rc1", "v1.2rc1-a", "gov1.2", "v1.2-rc1", "1.2.3-a+b", "1rc1", "1.-a"]
WORDS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
NUMBER = r"(?:0|[1-9][0-9]*)"
FORM = re.compile(rf"(?:go|v)?({NUMBER})(?:\.({NUMBER}))?(?:\.({NUMBER}))?(?:-({WORDS}))?(?:\+{WORDS})?")
ITSELF = re.compile(rf"(?:go|v)?({NUMBER})(?:\.({NUMBER}))?()(?:(rc|beta|alpha)({NUMBER}))(?:\+{WORDS})?")


def make(r):
    if r.random() < .3:
        return r.choice(("go", "")) + "1." + slips.plain(r) + r.choice(("", "." + slips.plain(r), "rc" + slips.plain(r), "beta1"))
    return r.choice(("v", "v", "", "go")) + slips.semver(r)


def missing():
    return None


def key(v):
    m, itself = FORM.fullmatch(v), ITSELF.fullmatch(v)
    if itself:
        m, words = itself, [itself[4], itself[5]]
    elif m:
        words = m[4].split(".") if m[4] else None
        if words and any(re.fullmatch("0[0-9]+", w) for w in words):
            return None
    else:
        return None
    return [int(m[i] or 0) for i in (1, 2, 3)] + ([1] if words is None else [0, rules.words(".".join(words))])


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)
