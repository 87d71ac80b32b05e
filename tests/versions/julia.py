"""Julia: the rules of its VersionNumber once more."""
import re

from versions import rules, slips

REFERENCE = "Julia's manual"
TAILS = (".0", ".1", "0", "rc1", "-rc1", "+0", "+1", "-", "+", "-+", ".")
WORDS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
FORM = re.compile(rf"[vV]?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:(-)|(?:-({WORDS})|([A-Za-z][0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*))?(?:(\+)|\+({WORDS}))?)")
ODD = ["1", "v1.2", "V1.2.3", "vv1", "1.2.3-", "1.2.3+", "1.2.3-+1", "1.2.3-+", "1.2rc1", "1.2.3.4", "1.2.3-a..b", "01.02.03", "1.2.3-01", "", "-", "+"]


def make(r):
    v = slips.semver(r, build=.5)
    return r.choice(("", "", "", "v")) + r.choice((v, v, v.replace("-", "", 1), v.partition("-")[0].rpartition(".")[0]))


def missing():
    return None


def key(v):
    m = FORM.fullmatch(v)
    if not m:
        return None
    pre = m[5] or m[6]
    before = (0,) if m[4] else (1, rules.words(pre)) if pre else (2,)
    behind = (2,) if m[7] else (1, rules.words(m[8])) if m[8] else (0,)
    return [int(n or 0) for n in m.groups()[:3]], before, behind


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)
