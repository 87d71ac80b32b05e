"""npm: node-semver, the newest one here. npm has one of its own."""
import json
import os
import re
import shutil

from versions.ask import lines, tabs
from versions.slips import near

LIST = "semver"
MARKS = "0019.~^+-_abpzA:"
PLACES = ["/usr/lib/node_modules", "/usr/local/lib/node_modules", "/usr/lib/node_modules/npm/node_modules",
          "/usr/local/lib/node_modules/npm/node_modules", "/usr/share/nodejs"]
NEEDED = (7, 8)  # older ones take "x.1.2" for a range, but no blanks around versions, nor builds in odd places
ODD = ["1", "1.2", "=1.2.3", "vv1.2.3", "v 1.2.3", "V1.2.3", "1.2.3 4", "1.2.3-", "1.2.3+", "1.2.3-01",
       "1.2.3-" + "a" * 250, "1.2.3-" + "a" * 251, "1.2.3+" + "a" * 250, "1.2.9007199254740991", "1.2.9007199254740992"]


def version_of(place):
    with open(place + "/package.json") as f:
        return tuple(int(n) for n in json.load(f)["version"].split("+")[0].split(".")[:2])


def place():
    there = [at + "/semver" for at in PLACES if os.path.exists(at + "/semver/package.json")]
    return max((at for at in there if version_of(at) >= NEEDED), key=version_of, default=None)


REFERENCE = "node-semver " + ".".join(map(str, version_of(place()) if place() else NEEDED))


def number(r):
    return r.choice((*"00112233", "9", "10", "4", "5", str(r.randrange(30)), str(r.randrange(10 ** 15)),
                     "01", str(2 ** 53 - r.randrange(3)), str(10 ** r.choice((16, 20, 40)))))[:r.choice((1, 1, 2, 99))]


def word(r):
    # numbers that a double has exactly: the reference makes doubles of them
    return r.choice((number(r)[:15], str(r.randrange(12)), "alpha", "beta", "rc", "RC", "x" + number(r), "-", "0a", "1-1"))


def make(r):
    v = ".".join(number(r) for _ in range(3))
    if r.random() < .5:
        v += "-" + ".".join(word(r) for _ in range(r.randrange(1, 4)))
    if r.random() < .2:
        v += "+" + ".".join(word(r) for _ in range(r.randrange(1, 3)))
    return r.choice(("", "", "", "", "v", " ", " v")) + v + r.choice(("", "", "", "", " "))


def partial(r, v):
    v = v.strip(" v")
    core = (re.match(r"[0-9.]*", v)[0].split(".") + ["0"] * 3)[:3]
    kind = r.random()
    if kind < .45:
        return v
    if kind < .7:
        return ".".join(core[:r.randrange(1, 4)])
    return ".".join(core[:r.randrange(0, 3)] + [r.choice("xX*")] * r.choice((1, 1, 1, 2))) + r.choice(("", "", "", "-a", ".1"))


def ranges(r, v):
    def one_near():
        return v if r.random() < .4 else near(r, make, v, MARKS)

    def one():
        if r.random() < .15:
            return partial(r, one_near()) + r.choice((" - ", " - ", "  -  ", " -")) + partial(r, one_near())
        op = r.choice(("", "^", "^", "~", "~", "~>", ">=", ">", "<", "<=", "=", "==", ">= ", "< ", "^ ", "~ ", "~> ", "=v", "^v", "> =", "v"))
        return op + partial(r, one_near())

    def some():
        return r.choice((" ", " ", " ", "  ", ", ", "")).join(one() for _ in range(r.choice((1, 1, 2, 2, 3))))
    return r.choice(("||", " || ", " || ", "|| ", " | ")).join(r.choice((some(), some(), some(), some(), "", "*"))
                                                               for _ in range(r.choice((1, 1, 1, 2, 3))))


def missing():
    return None if shutil.which("node") and place() else "node-semver 7.8 is not here"


def ask(what, questions):
    return lines(["node", "tests/versions/npm.js", place(), what], questions)


def order(pairs):
    return ask("order", tabs(pairs))


def valid(versions):
    return {v for v, said in zip(versions, ask("valid", versions)) if said == "valid"}


def within(pairs):
    return ask("range", tabs(pairs))
