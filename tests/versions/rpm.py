"""RPM: rpm.vercmp() of rpm's Lua."""
import re
import shutil
import tempfile

from versions.ask import run
from versions.near import number

LIST = "redhat"


def make(r):
    def part():
        v = number(r)
        while r.random() < .6:
            v += r.choice((".", ".", "_", "", "+", "~", "^", "..", "~~", "^^")) + r.choice(
                (number(r), number(r), "rc" + number(r), "a", "B", "el8", ".el9_2", "git", "fc39", "module+el8.6.0", ""))
        return v
    epoch = r.choice(("", "", "", "0:", "1:", "2:", "01:", ":"))
    return epoch + part() + r.choice(("", "-1", "-" + part(), "-" + part()))


class Reference:
    name = "rpm"
    program = ("%%{lua: for line in io.lines('%s') do local a, b = line:match('^(.-)\t(.*)$') "
               "local r = rpm.vercmp(a, b) print((r < 0 and '<' or r > 0 and '>' or '=') .. '\\n') end}")

    @staticmethod
    def missing():
        return None if shutil.which("rpm") else "rpm is not here"

    def order(self, pairs, answers):
        with tempfile.NamedTemporaryFile("w") as f:
            f.writelines(f"{a}\t{b}\n" for a, b in pairs)
            f.flush()
            return run(["rpm", "--eval", self.program % f.name], "").split()

    def valid(self, versions):
        # to rpm every string but the empty one is a version; our rule has no blanks
        return versions, {v for v in versions if re.fullmatch("[^\0- \x7f]+", v)}
