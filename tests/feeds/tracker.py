"""The Debian security tracker's JSON."""
from feeds.nouns import level, statement, vulnerability

RELEASE = {"jessie": "8", "stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12", "trixie": "13", "sid": "sid"}


def read(document, path):
    for package, ids in document.items():
        for i, one in ids.items():
            bug = one.get("debianbug")
            links = [f"https://security-tracker.debian.org/tracker/{i}"] + ([f"https://bugs.debian.org/{bug}"] if bug else [])
            yield vulnerability(i, description=one.get("description", ""), links=links)
            for codename, release in dict(one["releases"]).items():
                fixed, status = release.get("fixed_version"), "affected"
                if release["status"] == "undetermined":
                    status = "under-investigation"
                elif release["status"] == "open":
                    status = ("end-of-life" if release["urgency"] == "end-of-life" else "will-not-fix" if release.get("nodsa_reason") == "ignored"
                              else "postponed" if release.get("nodsa") or release.get("nodsa_reason") == "postponed" else "affected")
                events = (("introduced", "0"),) + ((("fixed", fixed),) if fixed else ())
                if fixed == "0":
                    status = "not-affected"
                yield statement("debian:" + RELEASE[codename], package, i, [i], status=status, severity=level(release["urgency"]),
                                ranges=[] if fixed == "0" else [(False, events)])
