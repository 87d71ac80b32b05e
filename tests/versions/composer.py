"""Composer: composer/semver, by a program of ours."""
import os
import re
import shutil

from versions import slips
from versions.ask import lines

REFERENCE = "composer/semver"
LIST = "packagist"
OTHERWISE = {("1.0.0", "1.0"): "="}  # the list is of PHP's version_compare, which composer/semver asks of versions written out
MARKS = "0019.-+abxv*_@"
TAILS = (".0", ".1", "0", "-dev", ".x-dev", "-RC1", "-beta.2", "b3", "-patch1", "pl2", "+a", "@beta", "-", ".")
ODD = ["dev-main", "dev-feature/a-b", "master", "trunk", "default", "1.x-dev", "1.2.x-dev", "1.*.x-dev", "v1", "V1.0", "20100102", "2010-01-02", "2010.01.02.5", "2010-01-02-10-20-30.5",
       "201001", "1.0 as 2.0", "1.0@dev", "1.0#abc", "main-dev", "1.0.", "1.0-", "1.0_", "1.0.0.0.0", "123456", "1.0-stable", "1.0-STABLE", "1.0-RC-dev", "1.0alpha2.5", "1.0--dev", "dev", "-dev"]


def number(r):
    return r.choice((*"00112345", "10", "01", "99", str(r.randrange(100000)), str(r.randrange(10 ** 8))))


def make(r):
    if r.random() < .1:
        return r.choice(("dev-" + r.choice(("main", "master", "1.0", "a/b")), f"{number(r)}.x-dev", f"{number(r)}.{number(r)}.x-dev",
                         f"{r.randrange(1990, 2030)}{r.randrange(10, 13)}{r.randrange(10, 29)}", f"{r.randrange(1990, 2030)}-{r.randrange(10, 13)}-{r.randrange(10, 29)}"))
    v = r.choice(("", "", "", "v")) + ".".join(number(r) for _ in range(r.choice((1, 2, 3, 3, 3, 4))))
    if r.random() < .4:
        v += r.choice(("-", "-", ".", "_", "")) + r.choice(("alpha", "a", "beta", "b", "RC", "rc", "patch", "pl", "p", "stable", "Beta")) + r.choice(("", number(r), "." + number(r), "-" + number(r)))
    return v + r.choice(("", "", "", "", "-dev", "+build.5"))


def missing():
    return None if shutil.which("php") and os.path.exists("/usr/share/php/Composer/Semver/autoload.php") else "php-composer-semver is not here"


def ask(what, rows):
    return lines(["php", "-d", "error_reporting=0", "tests/versions/composer.php"], ["\t".join((what, *row)) for row in rows])


def order(pairs):
    return ask("o", pairs)


def valid(versions):
    return {v for v, said in zip(versions, ask("v", [(v,) for v in versions])) if said == "valid"}


def within(pairs):
    return ask("r", pairs)


def ranges(r, v):
    def one(v):
        short = v.partition("-")[0].rpartition(".")[0] or "1"
        return r.choice((v, f"={v}", f"=={v}", f"!={v}", f"<>{v}", f">{v}", f">={v}", f"<{v}", f"<={v}", f">= {v}", f"~{v}", f"~{short}", f"^{v}", f"^{short}", f"{short}.*", f"{short}.x",
                         f"{v} - {make(r)}", f"{short} - {v}", f"{v}@dev", f">={v}@beta", "*", "@dev", f"{short}.x-dev"))
    parts = [one(v if r.random() < .6 else slips.near(r, make, v, marks=MARKS, tails=TAILS)) for _ in range(r.choice((1, 1, 1, 2, 2, 3)))]
    return r.choice((" || ", "|", "||", " | ", ",", ", ", " ")).join(parts)


def excused_ranges(pairs, said):
    """It joins neighbours, (,2) || [2,1) too, of which the second is empty: then what is in one part is not in the whole."""
    parts = [[(part, v) for part in re.split(r"\s*\|\|?\s*", text)] for text, v in pairs]
    return [("in" in ask("r", some)) != (answer == "in") for some, answer in zip(parts, said)]
