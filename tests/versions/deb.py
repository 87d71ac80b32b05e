"""Debian: dpkg --compare-versions and --validate-version."""
import re
import shutil
import subprocess

from versions.ask import ENV, halves, ours, run
from versions.slips import number

REFERENCE = "dpkg"
LIST = "debian"
MARKS = "0019.~^+-_abpzA:"
TAILS = (".0", ".1", "0", "a", "~", "-0", "-1", "+", "-", ".")
ODD = ["1\t", "1 2", "+1:1", "+:1", "1:", ":1", "1:-1", "a:1", "1:a", "1\r"]
MOST, OPTION = 300, True
PROGRAM = r'''while IFS="	" read -r a op b; do dpkg --compare-versions "$a" $op "$b"; echo " $?"; done 2>&1'''
OPS = {"<": "lt", "=": "eq", ">": "gt", "E": "eq"}


def make(r):
    def part():
        v = number(r)
        while r.random() < .6:
            v += r.choice((".", ".", "+", "~", "~~", "+dfsg", "+really", "~rc", "~beta", "a", "Z", "+deb12u",
                           "+git", "-", "", "ubuntu", "~bpo")) + r.choice((number(r), number(r), ""))
        return v
    epoch = r.choice(("", "", "", "0:", "1:", "2:", "01:", "2147483647:", "2147483648:"))
    return epoch + part() + r.choice(("", "", "-1", "-0", "-" + part(), "-0ubuntu0." + number(r)))


def missing():
    return None if shutil.which("dpkg") else "dpkg is not here"


def whether(some):
    """A process a pair has to do, so dpkg is asked whether our answer holds. What it
    says on the way is that a version is none."""
    said = re.findall(r"(.*?)^ ([0-9]+)$", run(["sh", "-c", PROGRAM], "".join(f"{a}\t{OPS[o]}\t{b}\n" for a, b, o in some)), re.M | re.S)
    return ["E" if message.strip() else o if code == "0" else f"not {o}" for (message, code), (a, b, o) in zip(said, some)]


def order(pairs):
    return halves(whether, [(a, b, o) for (a, b), o in zip(pairs, ours("deb", pairs))])


def valid(versions):
    return {v for v in versions if subprocess.run(["dpkg", "--validate-version", v], stderr=subprocess.DEVNULL, env=ENV).returncode == 0}
