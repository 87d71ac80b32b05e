"""Asking programs: ours, and the references."""
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tap import LOTSE

ENV = dict(os.environ, LC_ALL="C")


def run(command, text, **more):
    """What it prints to the text, its complaints too."""
    return subprocess.run(command, **{"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": ENV, **more},
                          input=text.encode("utf-8", "surrogateescape")).stdout.decode()


def lines(command, questions, **more):
    """An answer, a word, to each line."""
    answers = run(command, "".join(question + "\n" for question in questions), stderr=subprocess.DEVNULL, **more).split()
    assert len(answers) == len(questions), f"{command[0]}: {len(answers)} answers to {len(questions)} lines"
    return answers


def tabs(pairs):
    return [f"{a}\t{b}" for a, b in pairs]


def ours(scheme, pairs):
    """"<", "=", ">" or "E" for each."""
    return lines([LOTSE, "debug", "version", scheme], tabs(pairs))


def valid(scheme, versions):
    answers = lines([LOTSE, "debug", "version", "--valid", scheme], versions)
    return {v for v, answer in zip(versions, answers) if answer == "valid"}


def ours_within(scheme, pairs):
    """"in", "out" or "E" for each (range, version)."""
    return lines([LOTSE, "debug", "range", scheme], tabs(pairs))


def halves(function, pairs):
    middle = len(pairs) // 2
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(function, (pairs[:middle], pairs[middle:])), [])


def versions_of(pairs):
    return sorted({v for pair in pairs for v in pair})
