"""The secfixes of Alpine and of those who publish as it does."""
import re

from feeds.nouns import statement


def read(document, path):
    prefix = document["urlprefix"]
    names = [n for host, n in (("wolfi", "wolfi"), ("cgr.dev", "chainguard"), ("mini.dev", "minimos")) if host in prefix]
    if not names and "alpinelinux" not in prefix:
        yield "a secdb of a distribution that is not known"
        return
    ecosystem = names[0] if names else "alpine:" + document["distroversion"].lstrip("v")
    for pkg in [p["pkg"] for p in document["packages"] or []]:
        for version, entries in (pkg.get("secfixes") or {}).items():
            rest = {"status": "not-affected"} if version == "0" else {"ranges": [(False, (("introduced", "0"), ("fixed", version)))]}
            for entry in entries or []:
                said = entry.split("(")[0]
                cves = ["CVE-" + n for n in re.findall(r"\bCVE[-_ ](\d{4}-\d{4,})", said)]
                others = [w for w in re.split(r"[\s,;]+", said) if re.match(r"(?!CVE)[A-Za-z]+-\w", w)]
                if cves and others:
                    yield statement(ecosystem, pkg["name"], others[0], cves, **rest)
                for i in [] if cves and others else cves or others:
                    yield statement(ecosystem, pkg["name"], i, [i], **rest)
                if not cves and not others:
                    yield "not an id"
