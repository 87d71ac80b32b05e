"""Debian: dpkg --compare-versions and --validate-version."""
import re
import shutil
import subprocess

from versions.ask import ENV, halves, run
from versions.near import number

LIST = "debian"


def make(r):
    def part():
        v = number(r)
        while r.random() < .6:
            v += r.choice((".", ".", "+", "~", "~~", "+dfsg", "+really", "~rc", "~beta", "a", "Z", "+deb12u",
                           "+git", "-", "", "ubuntu", "~bpo")) + r.choice((number(r), number(r), ""))
        return v
    epoch = r.choice(("", "", "", "0:", "1:", "2:", "01:", "2147483647:", "2147483648:"))
    return epoch + part() + r.choice(("", "", "-1", "-0", "-" + part(), "-0ubuntu0." + number(r)))


class Reference:
    """One process a pair has to do: it is asked whether our answer holds. What
    dpkg says on the way is that a version is none."""

    name = "dpkg"
    program = r'''while IFS="	" read -r a op b; do dpkg --compare-versions "$a" $op "$b"; echo " $?"; done 2>&1'''
    ops = {"<": "lt", "=": "eq", ">": "gt", "E": "eq"}

    @staticmethod
    def missing():
        return None if shutil.which("dpkg") else "dpkg is not here"

    def ask(self, some):
        text = "".join(f"{a}\t{self.ops[o]}\t{b}\n" for a, b, o in some)
        said = re.findall(r"(.*?)^ ([0-9]+)$", run(["sh", "-c", self.program], text), re.M | re.S)
        assert len(said) == len(some), f"dpkg gave {len(said)} answers to {len(some)} pairs"
        return ["E" if message.strip() else o if code == "0" else f"not {o}"
                for (message, code), (a, b, o) in zip(said, some)]

    def order(self, pairs, answers):
        return halves(self.ask, [(a, b, o) for (a, b), o in zip(pairs, answers)])

    def valid(self, versions):
        some = versions[:300] + ["", " ", " 1", "1\t", "1 2", "+1:1", "+:1", "1:", ":1", "1:-1", "a:1", "1:a", "1é", "1\r"]
        return some, {v for v in some if subprocess.run(["dpkg", "--validate-version", v], stderr=subprocess.DEVNULL,
                                                        env=ENV).returncode == 0}
