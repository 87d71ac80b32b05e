"""NuGet: the rules of its page on package versioning, once more."""
import re

from versions import rules, slips

REFERENCE = "the rules of NuGet's package versioning"
LIST = "nuget"
MARKS = "0019.-+abR"
TAILS = (".0", ".1", "0", "-0", "-1", "-rc.1", "-RC.01", "+b", ".", "-")
WORDS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
FORM = re.compile(rf"([0-9]+(?:\.[0-9]+){{0,3}})(?:-({WORDS}))?(?:\+{WORDS})?")
ODD = ["0", "1", "1.2.3.4", "1.2.3.4.5", "01.0", "1.0-", "1.0+", "1..2", "v1", "a", "1.0-a..b", "1.0-a+b+c"]


def make(r):
    v = slips.semver(r, pre=.4, build=.1)
    return r.choice((v, v, v, v.replace(".0", "", 1), v.upper(), slips.number(r), slips.number(r) + ".0", re.sub(r"^[0-9.]+", lambda m: m[0] + "." + slips.number(r), v)))


def missing():
    return None


def word(w):
    return (0, int(w), "") if w.isdigit() else (1, 0, w.lower())


def key(v):
    m = FORM.fullmatch(v.strip())
    if not m:
        return None
    core = [int(n) for n in m[1].split(".")]
    return core + [0] * (4 - len(core)), (0, [word(w) for w in m[2].split(".")]) if m[2] else (1, [])


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)


def ranges(r, v):
    w = v.split("+")[0]
    return r.choice((w, f"[{w}]", f"({w},)", f"[{w},)", f"(,{w}]", f"(,{w})", f"[0.1,{w})", f"[{w}, 99]", f"[{w},{w}]", f"[{w},0.1]", f"({w})", w[:r.randrange(len(w) + 1)] + "*", w.rpartition(".")[0] + ".*", w.partition("-")[0] + "-*"))


def floating(stem, v):
    """What is in front of the star."""
    core, dash, pre = stem.partition("-")
    if dash:
        if key(core) is None or core != core.strip() or not re.fullmatch(rf"(?:{WORDS}\.?)?", pre):
            return "E"
        own = v.split("+")[0].partition("-")
        return "in" if key(own[0]) == key(core) and (not own[1] or own[2].lower().startswith(pre.lower())) else "out"
    parts = core.split(".")
    if parts.pop() or not all(p.isdigit() for p in parts):
        return "E"
    return "in" if key(v)[1] == (1, []) and (key(v)[0] + [0] * 9)[:len(parts)] == [int(p) for p in parts] else "out"


def inside(text, v):
    k, text = key(v), text.strip()
    if k is None:
        return "E"
    if text.endswith("*"):
        return floating(text[:-1], v.strip())
    if key(text) is not None:
        return "in" if k >= key(text) else "out"
    m = re.fullmatch(r"([\[(])([^\[\]()]*)([\])])", text)
    if not m:
        return "E"
    low, comma, high = (p.strip() for p in m[2].partition(","))
    if not comma:
        low = m[2]
        return "E" if m[1] + m[3] != "[]" or key(low) is None else "in" if k == key(low) else "out"
    if any(b and key(b) is None for b in (low, high)) or not low + high or (low and high and key(low) > key(high)):
        return "E"
    below = low and (k < key(low) or (k == key(low) and m[1] == "("))
    above = high and (k > key(high) or (k == key(high) and m[3] == ")"))
    return "out" if below or above else "in"


def within(pairs):
    return [inside(*pair) for pair in pairs]
