"""CRAN: R of Debian's r-base-core, by a program of ours."""
import re
import shutil

from versions import slips
from versions.ask import lines, tabs, versions_of

REFERENCE = "R"
LIST = "cran"
MARKS = "0019.-."
TAILS = (".0", ".1", "0", "-1", "-0", ".", "-9000", ".9000")
ODD = ["1", "1.", ".1", "1..2", "1.-2", "-1", "1-", "1.a", "a", "1_2", "+1", "1e5", "1.2.3.4.5.6.7.8.9", "001", "1\t"]


def make(r):
    def number():
        return r.choice((slips.plain(r)[:9], slips.plain(r)[:9], "00", "01", "2147483647", "9000"))
    v = number()
    while r.random() < .7:
        v += r.choice("...-") + number()
    return v


def missing():
    return None if shutil.which("Rscript") else "Rscript is not here"


def ask(questions, *args):
    return lines(["Rscript", "--vanilla", "tests/versions/cran.R", *args], questions)


def large(v):
    """To R numbers of more than 31 bits are none, to us they are."""
    return any(int(n) > 2147483647 for n in re.findall("[0-9]+", v))


def valid(versions):
    one_line = [v for v in versions if v]
    said = dict(zip(one_line, ask(one_line, "valid")))
    return {v for v in versions if said.get(v) == "valid" or (large(v) and re.fullmatch("[0-9]+([.-][0-9]+)*", v))}


def order(pairs):
    good = valid(versions_of(pairs))
    asked = [(a, b) for a, b in pairs if a in good and b in good and not large(a) and not large(b)]
    said = dict(zip(asked, ask(tabs(asked))))
    return [said.get((a, b)) or (by_number(a, b) if a in good and b in good else "E") for a, b in pairs]


def by_number(a, b):
    x, y = ([int(n) for n in re.split("[.-]", v)] for v in (a, b))
    return "<" if x < y else ">" if x > y else "="
