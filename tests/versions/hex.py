"""Hex: Elixir's Version, by a program of ours."""
import os
import shutil

from versions import slips
from versions.ask import lines, tabs

REFERENCE = "Elixir"
ODD = ["1.2", "v1.2.3", "1.2.3-01", "1.2.3+01", "01.2.3", "1.2.3-a..b", "1.2.3+a+b", "99999999999999999999.0.0", "1.2.3-a_b"]


def make(r):
    return slips.semver(r)


def missing():
    return None if shutil.which("elixir") else "elixir is not here"


def ask(pairs, *args):
    return lines(["elixir", "tests/versions/hex.exs", *args], tabs(pairs), env=dict(os.environ, LC_ALL="C.UTF-8"))


def order(pairs):
    return ask(pairs)


def valid(versions):
    return {v for v, said in zip(versions, order([(v, v) for v in versions])) if said != "E"}


def within(pairs):
    return ask(pairs, "ranges")


def ranges(r, v):
    def one(v):
        core, dash, pre = v.partition("+")[0].partition("-")
        op = r.choice(("==", "", "!=", "!", ">", ">=", "<", "<=", "~>", "~>", "~>"))
        text = r.choice((v, core, core + dash + pre, core.rpartition(".")[0] if op == "~>" else v, core.rpartition(".")[0] + dash + pre))
        return op + r.choice(("", " ", " ")) + text
    text = one(v)
    for _ in range(r.choice((0, 0, 1, 1, 2, 3))):
        text += r.choice((" and ", " or ", " and ", " or ", "  and  ", " or  ")) + one(v if r.random() < .6 else slips.near(r, make, v))
    return r.choice(("", "", "", " ")) + text
