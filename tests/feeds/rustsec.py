"""RustSec's advisories, https://github.com/RustSec/advisory-db (README, "Advisory Format")."""
import re

from feeds import spans
from feeds.nouns import once, statement, trim, vulnerability
from versions.semver import key


def three(v):
    core, mark, pre = re.fullmatch(r"([0-9.]*)([-+]?)(.*)", v).groups()
    return core + ".0" * (2 - core.count(".")) + mark + pre


def above(v, tilde):
    numbers = [int(n) for n in re.match(r"[0-9.]+", v)[0].split(".")]
    i = min(1, len(numbers) - 1) if tilde else next((i for i, n in enumerate(numbers) if n), len(numbers) - 1)
    return ".".join(str(n) for n in (numbers[:i] + [numbers[i] + 1, 0, 0])[:3])


def meaning(op, v):
    if op in ("", "^", "~"):
        return (three(v), -1), (above(v, op == "~"), -1)
    return spans.simple(op, three(v))


def title_of(path):
    with open(path) as f:
        text = f.read().split("```", 2)[2]
    title = re.search(r"^# (.*)$", text, re.M)
    return trim(title[1]), trim(text[title.end():])


def read(document, path):
    about, versions = document["advisory"], document.get("versions") or {}
    if about.get("informational", "unsound") != "unsound" or about.get("withdrawn"):
        yield "informational or withdrawn"
        return
    if "/rust/" in path:
        yield "about Rust itself, not about a crate"
        return
    names = once(about.get("aliases") or [])
    ids = [i for i in names if i.startswith("CVE-")] or [about["id"]]
    aliases = [i for i in [*names, about["id"]] if i not in ids]
    title, description = title_of(path)
    links = [about[k] for k in ("url",) if k in about] + (about.get("references") or [])
    for i in ids:
        yield vulnerability(i, title, aliases=aliases, description=description, published=str(about["date"]), links=links,
                            scores=[about["cvss"]] if "cvss" in about else [])
    fine = [spans.conditions(text, meaning, key) for k in ("patched", "unaffected") for text in versions.get(k) or []]
    affected = spans.left(fine, key)
    if affected:
        yield statement("cargo", about["package"], about["id"], ids, aliases, ranges=spans.ranges(affected))
