"""RPM: rpm.vercmp() of rpm's Lua."""
import re
import shutil
import tempfile

from versions.ask import run, versions_of
from versions.slips import number

REFERENCE = "rpm"
LIST = "redhat"
MARKS = "0019.~^+-_abpzA:"
TAILS = (".0", ".1", "0", "a", "~", "^", "-1", "-", "+", ".")
PROGRAM = ("%%{lua: for line in io.lines('%s') do local a, b = line:match('^(.-)\t(.*)$') "
           "local r = rpm.vercmp(a, b) print((r < 0 and '<' or r > 0 and '>' or '=') .. '\\n') end}")


def make(r):
    def part():
        v = number(r)
        while r.random() < .6:
            v += r.choice((".", ".", "_", "", "+", "~", "^", "..", "~~", "^^")) + r.choice(
                (number(r), number(r), "rc" + number(r), "a", "B", "el8", ".el9_2", "git", "fc39", "module+el8.6.0", ""))
        return v
    epoch = r.choice(("", "", "", "0:", "1:", "2:", "01:", ":"))
    return epoch + part() + r.choice(("", "-1", "-" + part(), "-" + part()))


def missing():
    return None if shutil.which("rpm") else "rpm is not here"


def order(pairs):
    good = valid(versions_of(pairs))
    with tempfile.NamedTemporaryFile("w") as f:
        f.writelines(f"{a}\t{b}\n" for a, b in pairs)
        f.flush()
        said = run(["rpm", "--eval", PROGRAM % f.name], "").split()
    return [o if a in good and b in good else "E" for o, (a, b) in zip(said, pairs)]


def valid(versions):
    """To rpm every string but the empty one is a version; our rule has no blanks."""
    return {v for v in versions if re.fullmatch("[^\0- \x7f]+", v)}
