"""Conan: the rules of its documentation, once more."""
import re

from versions import rules, slips

REFERENCE = "the rules of Conan's documentation"
MARKS = "0019.-+abk"
TAILS = (".0", ".1", "0", "-rc1", "-1", "+1", "k", ".")
ODD = ["0", "1", "cci.20200217", "1.1.1k", "1-", "-1", "1+", "1-rc.1+2", "1-a-b", "1..2", "_1", "1.0-0"]


def make(r):
    v = slips.semver(r, pre=.3, build=.2)
    return r.choice((v, v, v.replace(".0", "", 1), slips.number(r), v + r.choice("akw"), "cci." + slips.number(r)))


def missing():
    return None


def items(text):
    words = [(0, int(w), "") if w.isdigit() else (1, 0, w) for w in text.split(".")] if text else []
    while words and words[-1] == (0, 0, ""):
        words.pop()
    return words


def key(v):
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,100}", v):
        return None
    rest, plus, build = v.rpartition("+") if "+" in v else (v, "", "")
    core, dash, pre = rest.rpartition("-") if "-" in rest else (rest, "", "")
    if not all(all(part.split(".")) for part, there in ((core, True), (pre, dash), (build, plus)) if there):
        return None
    return items(core), (0, items(pre)) if dash else (1, []), (1, items(build)) if plus else (0, [])


def order(pairs):
    return rules.order(key, pairs)


def valid(versions):
    return rules.valid(key, versions)


def ranges(r, v):
    c = r.choice((f">={v}", f"<{v}", f"<={v}", f">{v}", f"={v}", v, f"~{v}", f"^{v}", "*", f">={v} <99", f"<{v} || >{v}"))
    return r.choice((c, f"[{c}]", f"[{c}, include_prerelease]", f"[{c}, include_prerelease=False]"))


def condition(text, v):
    op = re.match("[<>=~^]*", text)[0]
    want = text[len(op):]
    if not op and want == "*":
        return True
    k, w = key(v), key(want)
    if w is None:
        return None
    core = want.rpartition("+")[0] or want
    core = core.rpartition("-")[0] if "-" in core else core
    if op in ("~", "^"):
        words = core.split(".")
        keeps = min(len(words), 2) if op == "~" else next((i + 1 for i, x in enumerate(words) if items(x)), len(words))
        own = v.rpartition("+")[0] or v
        own = (own.rpartition("-")[0] if "-" in own else own).split(".")
        front = all(items(a) == items(b) for a, b in zip((own + [""] * keeps)[:keeps], words[:keeps]))
        return front and (k >= w or k[0] == w[0])
    if op == "<":
        return k < w and (w[1][0] == 0 or k[0] != items(want))
    return {"<=": k <= w, ">": k > w, ">=": k >= w, "=": k == w, "": k == w}.get(op)


def inside(text, v):
    if key(v) is None:
        return "E"
    if len(text) > 2 and text[0] == "[" and text[-1] == "]":
        text = text[1:-1]
    text, comma, option = text.partition(",")
    name, _, value = option.strip(" \t\r\n").partition("=")
    if comma and name.strip(" \t\r\n") != "include_prerelease":
        return "E"
    sets = text.split("||")
    if not sets[-1]:
        sets.pop()
    answers = [[condition(c, v) for c in s.split(" ") if c] for s in sets]
    if any(not a or None in a for a in answers):
        return "E"
    pre = bool(comma) and not value.startswith("False")
    return "in" if any(all(a) for a in answers) and (pre or key(v)[1][0] == 1) else "out"


def within(pairs):
    return [inside(*pair) for pair in pairs]
