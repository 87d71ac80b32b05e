"""CISA's catalogue of known exploited vulnerabilities."""
import re

from feeds.nouns import vulnerability


def read(document, path):
    if "vulnerabilities" not in document or "catalogVersion" not in document:
        return  # the schema beside it
    for one in document["vulnerabilities"]:
        yield vulnerability(one["cveID"], one["vulnerabilityName"].strip(), description=one["shortDescription"], cwes=one["cwes"],
                            links=[u.rstrip(".,") for u in re.findall(r"https?://[^\s;)<>\"]*", one["notes"])], kev_added=one["dateAdded"], kev_due=one["dueDate"],
                            kev_ransomware=one["knownRansomwareCampaignUse"] == "Known")
