"""ruby-advisory-db, https://github.com/rubysec/ruby-advisory-db (README, "Format")."""
import functools
import itertools
import os
import re

from feeds import spans
from feeds.nouns import statement, trim, vulnerability


def words(v):
    return re.findall("[0-9]+|[a-z]+", v.strip().replace("-", ".pre."), re.I)


def compare(a, b):
    """Numbers above letters, and what is not there is 0."""
    for x, y in itertools.zip_longest(words(a), words(b), fillvalue="0"):
        if x.isdigit() != y.isdigit():
            return 1 if x.isdigit() else -1
        x, y = (int(x), int(y)) if x.isdigit() else (x, y)
        if x != y:
            return 1 if x > y else -1
    return 0


key = functools.cmp_to_key(compare)


def meaning(op, v):
    if not re.fullmatch(r"[0-9]+(\.[0-9A-Za-z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?", v):
        raise ValueError(v)
    if op != "~>":
        return spans.simple(op or "=", v)
    numbers = list(itertools.takewhile(str.isdigit, v.split(".")))
    fast = numbers[:-1] or numbers
    return (v, -1), (".".join([*fast[:-1], str(int(fast[-1]) + 1), "a"]), -1)


def severity(document):
    """The bands of CVSS 3 and 4; of CVSS 2 none is critical."""
    number = lambda k: float(document.get(k) or 0)
    v = number("cvss_v4") or number("cvss_v3")
    if v >= 9:
        return "critical"
    v = v or number("cvss_v2")
    return "high" if v >= 7 else "medium" if v >= 4 else "low" if v else "unknown"


def read(document, path):
    if not document.get("gem"):
        yield "not about a gem"
        return
    stem = os.path.basename(path).rpartition(".")[0]
    ids = [prefix + document[k] for k, prefix in (("cve", "CVE-"), ("ghsa", "GHSA-")) if document.get(k)] or [stem]
    yield vulnerability(ids[0], trim(trim(document["title"]).split("\n")[0]), aliases=ids[1:], description=trim(document.get("description", "")),
                        published=document.get("date", ""), links=[document["url"]] if document.get("url") else [])
    fine = [spans.conditions(text, meaning, key) for k in ("patched_versions", "unaffected_versions") for text in document.get(k) or []]
    affected = spans.left(fine, key)
    if affected:
        yield statement("gem", document["gem"], stem, ids[:1], ids[1:], severity=severity(document), ranges=spans.ranges(affected))
