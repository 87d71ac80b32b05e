"""Asking programs: ours, and the references."""
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tap import LOTSE, SHARED

ENV = dict(os.environ, LC_ALL="C")


def run(args, text):
    return subprocess.run(args, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=ENV).stdout.decode()


def ours(scheme, pairs):
    answers = run([LOTSE, "debug", "version", scheme], "".join(f"{a}\t{b}\n" for a, b in pairs)).split()
    assert len(answers) == len(pairs), f"{len(answers)} answers to {len(pairs)} pairs"
    return answers


def valid(scheme, versions):
    text = "".join(v + "\n" for v in versions)
    answers = run([LOTSE, "debug", "version", "--valid", scheme], text).split()
    return {v for v, answer in zip(versions, answers) if answer == "valid"}


def in_range(scheme, pairs):
    """"in", "out" or "E" for each (range, version)."""
    answers = run([LOTSE, "debug", "range", scheme], "".join(f"{a}\t{v}\n" for a, v in pairs)).split()
    assert len(answers) == len(pairs), f"{len(answers)} answers to {len(pairs)} ranges"
    return answers


def halves(function, pairs):
    middle = len(pairs) // 2
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(function, (pairs[:middle], pairs[middle:])), [])


def pairs_versions(pairs):
    return sorted({v for pair in pairs for v in pair})


class Program:
    """A reference that is a program. It answers each line of what it reads with a line:

        order A<TAB>B   < = > or E
        valid V         valid or invalid
        range A<TAB>V   in, out or E
    """

    command = []
    more = []  # versions to ask about whether they are any

    def ask(self, lines):
        answers = run(self.command, "".join(line + "\n" for line in lines)).split("\n")[:-1]
        assert len(answers) == len(lines), f"{answers[:3]}: {len(answers)} answers to {len(lines)} lines"
        return answers

    def order(self, pairs, answers):
        return self.ask([f"order {a}\t{b}" for a, b in pairs])

    def valid(self, versions):
        some = versions + self.more
        return some, {v for v, answer in zip(some, self.ask(["valid " + v for v in some])) if answer == "valid"}

    def ranges(self, pairs):
        return self.ask([f"range {a}\t{v}" for a, v in pairs])


class Rules:
    """A reference in Python: valid_one(v), key(v) that orders, holds(range, v), which
    fails with a ValueError where there is nothing to be said."""

    more = []

    @staticmethod
    def missing():
        return None

    def valid_one(self, v):
        try:
            self.key(v)
            return True
        except ValueError:
            return False

    def order_one(self, a, b):
        try:
            a, b = self.key(a), self.key(b)
        except ValueError:
            return "E"
        return "<" if a < b else ">" if b < a else "="

    def order(self, pairs, answers):
        return [self.order_one(a, b) for a, b in pairs]

    def valid(self, versions):
        some = versions + self.more
        return some, {v for v in some if self.valid_one(v)}

    def range_one(self, a, v):
        try:
            return "in" if self.holds(a, v) else "out"
        except ValueError:
            return "E"

    def ranges(self, pairs):
        return [self.range_one(a, v) for a, v in pairs]
