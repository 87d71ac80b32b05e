"""What all readers of feeds give: statements and vulnerabilities, in a form that can be compared."""
import re

SEVERITY = {"critical": "critical", "important": "high", "high": "high", "moderate": "medium", "medium": "medium",
            "low": "low", "none": "negligible", "negligible": "negligible", "unimportant": "negligible"}


def once(items):
    return list(dict.fromkeys(items))


def trim(text):
    """Of white space in ASCII only."""
    return text.strip(" \t\r\n\v\f")


def level(word):
    return SEVERITY.get(str(word or "").lower().rstrip("*"), "unknown")


def one_name(ecosystem, name):
    """The form under which all spellings of a name are kept."""
    if ecosystem in ("bitnami", "composer", "conancenter", "actions", "hex", "nuget", "pypi", "swifturl"):
        name = re.sub("[A-Z]", lambda m: m[0].lower(), name)
    return re.sub("[-_.]+", "-", name) if ecosystem == "pypi" else name


def statement(ecosystem, package, advisory, ids, aliases=(), status="affected", severity="unknown", module="", ranges=(), versions=()):
    return (ecosystem, one_name(ecosystem, package), advisory, tuple(ids), tuple(sorted(aliases)), status, severity, module, tuple(ranges), tuple(versions))


def vulnerability(name, title="", **more):
    v = {"aliases": [], "withdrawn": "", "published": "", "modified": "", "kev_added": "", "kev_due": "", "kev_ransomware": False,
         "cwes": [], "scores": [], "links": [], "description": "", **more}
    return (name, title) + tuple((k, tuple(x) if isinstance(x, list) else x) for k, x in sorted(v.items()))
