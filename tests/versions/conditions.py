"""Ranges of the families without a language for them: conditions that all hold, by the
order, which is compared with the reference by itself."""
import re

from versions.ask import ours

HOLDS = {"<": "<", "<<": "<", "<=": "<=", ">": ">", ">>": ">", ">=": ">=", "=": "=", "==": "="}
ONE = re.compile("([<=>]*) *([^ ,]*)[ ,]*")


def ranges(r, near):
    return r.choice((" ", ",", ", ")).join(r.choice(list(HOLDS)) + r.choice(("", "", " ")) + near() for _ in range(r.choice((1, 1, 2, 2, 3))))


def parse(text):
    """(operator, bound) of each."""
    found, at = [], re.match("[ ,]*", text).end()
    while at < len(text):
        one = ONE.match(text, at)
        found.append((one[1], one[2]))
        at = one.end()
    return found


def within(scheme, pairs):
    found = [parse(text) for text, v in pairs]
    said = iter(ours(scheme, [(v, bound) for (text, v), some in zip(pairs, found) for op, bound in some]))
    answers = []
    for some in found:
        told = [(HOLDS.get(op), next(said)) for op, bound in some]
        none = not told or any(op is None or is_ == "E" for op, is_ in told)
        answers.append("E" if none else "in" if all(is_ in op for op, is_ in told) else "out")
    return answers
