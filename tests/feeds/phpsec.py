"""FriendsOfPHP's advisories, https://github.com/FriendsOfPHP/security-advisories (README)."""
import os
import re

from feeds import spans
from feeds.nouns import statement, trim, vulnerability

WORDS = ["dev", "alpha", "beta", "rc", "", "p"]


def key(v):
    """Of the plain versions that it has: "1.2.0-beta3"."""
    numbers, word, n = re.fullmatch(r"v?([0-9]+(?:\.[0-9]+)*)(?:-?([A-Za-z]*)\.?([0-9]*))", v).groups()
    return [int(x) for x in (numbers.split(".") + ["0"] * 3)[:4]], WORDS.index(word.lower()), int(n or 0)


def read(document, path):
    if "branches" not in document:
        return  # none of its advisories
    package = document["reference"].removeprefix("composer://")
    name = document.get("cve") or ""
    if not name.startswith("CVE-"):
        stem = os.path.basename(path).rpartition(".")[0]
        name = ":".join(["FriendsOfPHP", *package.split("/"), stem])
    yield vulnerability(name, trim(trim(document["title"]).split("\n")[0]), links=[document["link"]] if document.get("link") else [])
    affected = [spans.conditions(",".join(branch["versions"]), lambda op, v: spans.simple(op or "=", v), key) for branch in document["branches"].values()]
    yield statement("composer", package, name, [name], ranges=spans.ranges(affected))
