"""What each image's scan must say: the packages dpkg-query listed when the image
was made, and the findings that the tests' own matcher (tests/matching.py) makes
of a tracker generated over them. Kept beside the images."""
import glob, json, os, random, shutil, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.append(ROOT + "/tests")
import matching

SEED = 3  # of the made-up tracker


def lists(images):
    """The package lists by image: rows of name, version, architecture, source, its version."""
    found = {}
    for path in sorted(glob.glob(images + "/*.packages.json")):
        with open(path) as f:
            found[os.path.basename(path).split(".")[0]] = json.load(f)
    return found


def feeds(where, images, shared):
    """The folder of feeds: those shared, where there are some, and the tracker; and the tracker's statements."""
    rows = lists(images).values()
    made, statements = matching.tracker({(row[3], row[4]) for image in rows for row in image}, random.Random(SEED))
    shutil.rmtree(where, ignore_errors=True)
    if os.path.isdir(shared):
        shutil.copytree(shared, where)
    os.makedirs(where, exist_ok=True)
    with open(where + "/tracker.json", "w") as f:
        json.dump(made, f)
    return statements


def write(images, statements):
    """NAME.expect.json for each image, made when its packages or the matcher are newer."""
    for name, rows in lists(images).items():
        out, path = f"{images}/{name}.expect.json", f"{images}/{name}.packages.json"
        if os.path.exists(out) and os.path.getmtime(out) > max(map(os.path.getmtime, (path, matching.__file__, __file__))):
            continue
        wanted = matching.reference([(n, v, s, sv, None) for n, v, _, s, sv in rows], statements, matching.deb)
        with open(out + ".new", "w") as f:
            json.dump({"packages": sorted(row[:3] for row in rows), "findings": sorted(wanted)}, f)
        os.rename(out + ".new", out)


def of_languages(report):
    """What no list of dpkg has: packages of other kinds and their findings."""
    kinds = {i: p for i, p in enumerate(report["packages"]) if not p["purl"].startswith("pkg:deb/")}
    names = {(p["name"], p["version"]) for p in kinds.values()}
    return {"packages": sorted([p["purl"], p["path"]] for p in kinds.values()),
            "findings": sorted([f["package"], f["installed"], f["id"]] for f in report["findings"] if (f["package"], f["installed"]) in names)}


def differences(report, expected, languages):
    """Statements of what a report has too much or too little; languages: what of_languages said of it before."""
    now = of_languages(report)
    others = [f"{kind} of languages: {len(now[kind])} instead of {len(languages[kind])}, or others" for kind in now if now[kind] != languages[kind]]
    some = {tuple(f) for f in now["findings"]}
    report = {"packages": [p for p in report["packages"] if p["purl"].startswith("pkg:deb/")],
              "findings": [f for f in report["findings"] if (f["package"], f["installed"], f["id"]) not in some]}
    return others + of_debian(report, expected)


def of_debian(report, expected):
    got = {"packages": {(p["name"], p["version"], p.get("arch", "")) for p in report["packages"]},
           "findings": {(f["package"], f["installed"], f["id"], f.get("fixed", ""), f["status"]) for f in report["findings"]}}
    bad = []
    for kind, have in got.items():
        want = {tuple(row) for row in expected[kind]}
        bad += [f"{kind}: missing {row}" for row in sorted(want - have)] + [f"{kind}: extra {row}" for row in sorted(have - want)]
        if len(report[kind]) != len(expected[kind]):
            bad.append(f"{kind}: {len(report[kind])} instead of {len(expected[kind])}")
    return bad
