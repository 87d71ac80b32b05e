"""RubyGems: Gem::Version and Gem::Requirement, by a program of ours."""
import shutil

from versions import slips
from versions.ask import lines, tabs

REFERENCE = "gem"
LIST = "rubygems"
MARKS = "0019.-abz"
TAILS = (".0", ".1", "0", "a", ".a", "-1", "-", ".pre", ".rc1", " ")
ODD = ["1.", ".1", "1..2", "v1", "1_2", "1+2", "1-", "1--2", "1-.2", "1.0-a_b", "1.a-b", "01", "1.00"]


def make(r):
    v = ".".join(slips.number(r)[:20] for _ in range(r.choice((1, 2, 3, 3, 3, 4))))
    if r.random() < .4:
        v += r.choice((".", "-", "")) + r.choice(("a", "b", "rc", "pre", "beta", "A", "a1b2", "rc" + slips.plain(r)))
        v += r.choice(("", "", "." + slips.plain(r), "-" + slips.plain(r)))
    return v


def missing():
    return None if shutil.which("ruby") else "ruby is not here"


def ask(questions, *args):
    return lines(["ruby", "tests/versions/gem.rb", *args], questions)


def order(pairs):
    return ask(tabs(pairs))


def valid(versions):
    return {v for v, said in zip(versions, ask(versions, "valid")) if said == "valid"}


def within(pairs):
    return ask(tabs(pairs), "ranges")


def ranges(r, v):
    def one(v):
        return r.choice(("", "=", "!=", ">", ">=", "<", "<=", "~>", "~>", "~>")) + r.choice(("", " ", " ")) + r.choice((v, v, v.rpartition(".")[0] or v))
    return r.choice((",", ", ", " , ")).join(one(v if r.random() < .6 else slips.near(r, make, v)) for _ in range(r.choice((1, 1, 1, 2, 3))))
