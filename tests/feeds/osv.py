"""OSV: https://ossf.github.io/osv-schema/, and what is said at the head of src/advisory/osv.c."""
import re

from feeds.nouns import level, once, statement, vulnerability

CVE = r"CVE-\d{4}-\d{4,}"
FAMILY = {"Go": "go", "PyPI": "pypi", "Bitnami": "bitnami", "Chainguard": "chainguard", "AlmaLinux": "almalinux", "Rocky Linux": "rocky",
          "Ubuntu": "ubuntu", "Wolfi": "wolfi"}


def ecosystem_of(name):
    family, _, release = name.partition(":")
    if family == "Ubuntu":
        found = re.match(r"\d+\.\d+", release)
        if not found:
            return None
        release = found[0]
    return FAMILY[family] + (":" + release if release else "")


def plain(name):
    return re.sub(r"^(UBUNTU|DEBIAN)-(?=CVE-)", "", name)


def osv_ids(r, collects):
    def cves(key):
        return once(plain(i) for i in r.get(key) or [] if plain(i).startswith("CVE-"))
    if plain(r["id"]).startswith("CVE-"):
        return [plain(r["id"])]
    urls = " ".join(x["url"] for x in r.get("references") or [])
    return (cves("aliases") or cves("upstream") or (collects and (cves("related") or once(re.findall(CVE, urls)) or
            once(re.findall(CVE, r.get("details") or "")))) or [])


def modules_of(r):
    text = re.sub(r"^(\w+): ", "", (r.get("summary") or "").removeprefix(r["id"] + ": "))
    return once(re.findall(r"([\w.+-]+:[\w.+-]+)(?=[/, ])", text)) or [text.split()[0]]


def osv_severity(r, one, collects):
    def worded(items):
        return [level(s.get("score")) for s in items or [] if not s["type"].startswith("CVSS_")]
    words = worded(one.get("severity"))
    for place in (one.get("ecosystem_specific"), one.get("database_specific"), r.get("database_specific")):
        place = place if isinstance(place, dict) else {}
        words += [level(place.get("urgency")), level(place.get("severity"))]
    words += worded(r.get("severity"))
    if collects:
        found = re.match(r"(\w+): ", r["summary"]) or re.search(r"\((\w+)\)$", r["summary"])
        words.append(level(found and found[1]))
    return next((w for w in words if w != "unknown"), "unknown")


def osv_text(r, ids, aliases, collects):
    def dated(key):
        date = str(r.get(key) or "")
        return "" if date.startswith("0") else date
    scores = [s["score"] for x in [r, *(r.get("affected") or [])] for s in x.get("severity") or [] if s["type"].startswith("CVSS_")]
    specific = r.get("database_specific")
    whole = {"description": r.get("details") or "", "scores": scores, "links": [x["url"] for x in r.get("references") or []],
             "cwes": ((specific or {}).get("cwe_ids") or []) if isinstance(specific, dict) else [],
             "published": dated("published"), "modified": dated("modified"), "withdrawn": dated("withdrawn")}
    title = (r.get("summary") or "").strip().split("\n")[0].strip()
    if not collects:
        names = ids if len(ids) == 1 else [r["id"], *ids]
        return [vulnerability(i, title, aliases=aliases if len(ids) == 1 else [], **whole) for i in names]
    out = [vulnerability(r["id"], title, **whole)]
    link = next((x["url"] for x in r.get("references") or [] if x["type"] == "ADVISORY"), (whole["links"] or [None])[0])
    lines = re.findall(r"^[ \t]*\* (.*)\(([^()]*)\)[ \t\r]*$", whole["description"], re.M)
    for i in ids:
        if i != r["id"]:
            about = next((text.strip() for text, names in lines if i in re.split(r"\s*,\s*", names.strip())), "")
            out.append(vulnerability(i, about, links=[link] if link else []))
    return out


def read(r, path):
    if isinstance(r, list) or not r.get("id"):
        return
    collects = re.match(r"(AL|RL)[SBE]A-|USN-", r["id"]) is not None
    ids = osv_ids(r, collects)
    if not ids and re.match(r"..[BE]A-", r["id"]):
        yield "of bug fixes, names no vulnerability"
        return
    names = once(r.get("aliases") or [])
    yield from ("another name that is no id" for i in names if not re.fullmatch(r"[\w.:-]+", i))
    aliases = [i for i in names if not plain(i).startswith("CVE-") and re.fullmatch(r"[\w.:-]+", i)]
    if not collects and len(ids) <= 1:
        aliases += [i for i in r.get("upstream") or [] if not plain(i).startswith("CVE-")]
    if ids and not collects and r["id"] not in ids:
        aliases.append(r["id"])
    ids, aliases = ids or [r["id"]], once(aliases)
    yield from osv_text(r, ids, aliases, collects)
    for one in [] if r.get("withdrawn") else r.get("affected") or []:
        if not (one.get("package") or {}).get("name"):
            yield "no package name"
            continue
        ecosystem = ecosystem_of(one["package"]["ecosystem"])
        ranges = [(g["type"] == "SEMVER", tuple(tuple(e.items())[0] for e in g["events"])) for g in one.get("ranges") or [] if g["type"] != "GIT"]
        versions = one.get("versions") or []
        if not ecosystem:
            yield "not of a release that everybody gets"
        elif not ranges and not versions:
            yield "no versions, only commits" if one.get("ranges") else "no versions"
        else:
            for module in modules_of(r) if collects and ".module" in str(ranges) else [""]:
                yield statement(ecosystem, one["package"]["name"], r["id"], ids, aliases, "affected", osv_severity(r, one, collects), module, ranges, versions)
