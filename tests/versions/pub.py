"""Pub: the rules of pub_semver once more."""
import re

from versions import rules, slips

REFERENCE = "pub_semver's README"
LIST = "pub"
ODD = ["1.2", "v1.2.3", "1.2.3-01", "01.02.03", "1.2.3-a..b", "1.2.3+a+b", "1.2.3-", "1.2.3+", "1.2.3.4", "1.2.3-a_b", "1-2-3"]
WORDS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
FORM = re.compile(rf"([0-9]+)\.([0-9]+)\.([0-9]+)(?:-({WORDS}))?(?:\+({WORDS}))?")


def make(r):
    return slips.semver(r, build=.4)


def missing():
    return None


def key(v):
    m = FORM.fullmatch(v)
    return m and (core(v), (0, rules.words(m[4])) if m[4] else (1,), (1, rules.words(m[5])) if m[5] else (0,))


def core(v):
    return [int(n) for n in FORM.match(v).groups()[:3]]


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)


def within(pairs):
    return rules.within(key, allows, pairs)


def allows(text, v):
    text = text.strip(" \t\n\v\f\r")
    if text == "any":
        return True
    if text[:1] == "^":
        return compatible(text[1:].lstrip(), v)
    low, high = [], []  # each (key, whether with it, the version)
    while text:
        m = re.match(r"([<>]=?)?\s*", text)
        version = FORM.match(text, m.end())
        if not version:
            return None
        op, text, version = m[1], text[version.end():].lstrip(), version[0]
        if op not in ("<", "<="):
            low.append((key(version), op != ">", version))
        if op not in (">", ">="):
            high.append((key(version), op != "<", version))
    if not low and not high:
        return None
    if low and not all(k < key(v) or (k == key(v) and with_it) for k, with_it, of in low):
        return False
    if not high:
        return True
    k, with_it, of = min(high, key=lambda one: one[:2])
    if not with_it and "-" not in of.partition("+")[0] and "+" not in of:
        least = max(low)[2] if low else None
        if least is None or "-" not in least.partition("+")[0] or core(least) != core(of):
            k = key(".".join(str(n) for n in core(of)) + "-0")
    return key(v) < k or (with_it and key(v) == k)


def compatible(base, v):
    if not FORM.fullmatch(base):
        return None
    major, minor, patch = core(base)
    breaking = f"0.{minor + 1}.0-0" if major == 0 else f"{major + 1}.0.0-0"
    return key(base) <= key(v) < key(breaking)


def ranges(r, v):
    def near():
        w = v if r.random() < .5 else slips.near(r, make, v)
        return w if r.random() < .5 else w.partition("+")[0].partition("-")[0]
    if r.random() < .3:
        return r.choice(("^", "^", "^", "^ ", " ^")) + near()
    if r.random() < .03:
        return r.choice(("any", " any ", "", " ", "any 1.0.0"))
    return r.choice((" ", " ", "")).join(r.choice((">=", ">", "<", "<=", "<", ">=", "")) + r.choice(("", "", " ")) + near()
                                         for _ in range(r.choice((1, 2, 2, 2, 3))))
