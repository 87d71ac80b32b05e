"""A scheme's module, and what is made with it."""
import importlib
import random

from versions import conditions, slips
from versions.ask import ours, ours_within


class Scheme:
    def __init__(self, name):
        self.name = name
        self.its = importlib.import_module("versions." + name)
        self.reference = self.its.REFERENCE

    def asks(self, v):
        """Whether the reference can be asked of it."""
        return not (getattr(self.its, "OPTION", False) and v.startswith("-"))

    def near(self, r, v):
        its = self.its
        more = {key.lower(): getattr(its, key) for key in ("MARKS", "TAILS") if hasattr(its, key)}
        v = slips.near(r, its.make, v, **more)
        return v if self.asks(v) else v.lstrip("-") or "0"

    @staticmethod
    def some(pairs, answers, r):
        """Of those that are no versions or no ranges only some."""
        return [pair for pair, answer in zip(pairs, answers) if answer != "E" or r.random() < .15]

    def pairs(self, n):
        r, found = random.Random(20240229), []
        while len(found) < n:
            made = [self.its.make(r) for _ in range(n - len(found))]
            made = [(v, self.near(r, v)) if r.random() < .5 else (self.near(r, v), v) for v in made]
            found += self.some(made, ours(self.name, made), r)
        return found[:n]

    def range_near(self, r, v):
        if hasattr(self.its, "ranges"):
            return self.its.ranges(r, v if r.random() < .4 else self.near(r, v))
        return conditions.ranges(r, lambda: v if r.random() < .4 else self.near(r, v))

    def range_pairs(self, n):
        """Each of a range and a version, not all of them good."""
        r, found = random.Random(20240301), []
        while len(found) < n:
            made = []
            for _ in range(n - len(found)):
                v = self.its.make(r)
                text = self.range_near(r, v)
                made.append((slips.range_slip(r, text) if text and r.random() < .1 else text, v if r.random() < .7 else self.near(r, v)))
            found += self.some(made, ours_within(self.name, made), r)
        return found[:n]

    def within(self, pairs):
        return self.its.within(pairs) if hasattr(self.its, "within") else conditions.within(self.name, pairs)
