"""Maven: maven-artifact of Debian's libmaven3-core-java, by a program of ours in Java."""
import functools
import glob
import os
import re
import shutil
import subprocess

from tap import BUILD
from versions import slips
from versions.ask import lines, tabs

JARS = [jar for name in ("maven3-artifact", "commons-lang3") for jar in glob.glob(f"/usr/share/java/{name}.jar")]
REFERENCE = "Maven"
LIST = "maven"
MARKS = "0019.-_+abmpzX"
TAILS = (".0", ".1", "0", "a", "b2", "-1", "-", "+", ".", ".0.0", "-0", "-SNAPSHOT", ".Final", "-ga", ".RC1", "-0-0", "..")
# Characters that no project has in its version, and those that ranges are made of.
FORM = re.compile(r'(?:(?![\\/:"<>|?*\[\](),])[!-~])+')
# 1-ga-1 was once 1-1, and is 1--1 now.
OTHERWISE = {("1-1", "1-ga-1"): ">"}
ODD = ["1:1", "1/1", "1,1", "[1]", "1(1", "${v}", "\\", "?", "1*", "a", "-", ".", "1#"]


def make(r):
    v = r.choice((slips.number(r), slips.plain(r), slips.plain(r)))
    while r.random() < .65:
        v += r.choice((".", ".", ".", "-", "-", "", "_", "..", "--"))
        v += r.choice((slips.plain(r), slips.plain(r), "0", "0.0", slips.number(r), "alpha", "Beta", "m", "a", "b", "rc", "CR", "cr2", "milestone-1",
                       "SNAPSHOT", "ga", "Final", "RELEASE", "sp", "SP1", "jre", "foo", "x", "android", "incubating", "GA", "rc1", "M2", ""))
    return v


def missing():
    if len(JARS) < 2:
        return "maven-artifact is not here"
    return None if shutil.which("javac") else "javac is not here"


@functools.cache
def classes():
    """Where the program is, compiled."""
    folder = os.path.join(BUILD, "versions")
    subprocess.run(["javac", "-cp", ":".join(JARS), "-d", folder, "tests/versions/Maven.java"], check=True)
    return ":".join([folder, *JARS])


def java(pairs, *args):
    return lines(["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classes(), "Maven", *args], tabs(pairs)) if pairs else []


def is_version(v):
    return FORM.fullmatch(v) is not None


def valid(versions):
    return {v for v in versions if is_version(v)}


def order(pairs):
    return [said if is_version(a) and is_version(b) else "E" for (a, b), said in zip(pairs, java(pairs))]


def excused(pairs, said):
    """Maven says a > b, but of some w, what both begin with, a <= w <= b: a circle."""
    tries = [(i, v[:n]) for i, pair in enumerate(pairs) for v in pair for n in range(1, len(v))]
    steps = zip(java([(pairs[i][0], w) for i, w in tries]), java([(w, pairs[i][1]) for i, w in tries]))
    circles = {i for (i, w), two in zip(tries, steps) if len({*two} - {"="}) == 1 and said[i] not in {*two} - {"="}}
    return [i in circles for i in range(len(pairs))]


def excused_ranges(pairs, said):
    """Any two of the versions that each is about are in such a circle."""
    about = [(i, a, b) for i, (text, v) in enumerate(pairs)
             for a in (v, *parts(text)) for b in parts(text) if a and b and a != b]
    some = [(a, b) for i, a, b in about]
    circles = {i for (i, a, b), circle in zip(about, excused(some, java(some))) if circle}
    return [i in circles for i in range(len(pairs))]


def parts(text):
    return [part.strip() for inside in re.findall(r"[\[(]([^\])]*)[\])]", text) for part in inside.split(",", 1)]


def bounds(text):
    """Whether every bound in a range is a version, and there is one set at least."""
    if text[:1] not in ("[", "("):
        return is_version(text)
    return bool(parts(text)) and all(part == "" or is_version(part) for part in parts(text)) and "[]" not in re.sub(r"\s", "", text)


def within(pairs):
    return [said if bounds(text) and is_version(v) else "E" for (text, v), said in zip(pairs, java(pairs, "ranges"))]


def ranges(r, v):
    w = slips.near(r, make, v)
    if r.random() < .2:
        return v
    sets = []
    for i in range(r.choice((1, 1, 1, 2, 3))):
        low, high = r.choice(((v, w), (w, v), (v, ""), ("", v), (w, ""), ("", w), (v, v), (str(i), str(i + 1)), ("", "")))
        sets.append(r.choice("[(") + low + r.choice((",", ",", ", ")) + high + r.choice("])") if r.random() < .85 else f"[{v}]")
    return r.choice((",", ",", " ", ", ", "")).join(sets)
