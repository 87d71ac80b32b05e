#!/usr/bin/env python3
"""lotse repo: which folders of a checkout are entered, what lock files and installed packages
say together, and how it ends. Prints TAP."""
import json, os, subprocess, tempfile

from tap import LOTSE, end, tell


def tree(w, files):
    root = tempfile.mkdtemp(dir=w)
    for path, text in files.items():
        os.makedirs(os.path.dirname(f"{root}/{path}"), exist_ok=True)
        with open(f"{root}/{path}", "w") as f:
            f.write(text)
    return root


def installed(name, version):
    return json.dumps({"name": name, "version": version})


def lock(packages, dev=()):
    rows = {f"node_modules/{n}": {"version": v, **({"dev": True} if n in dev else {})} for n, v in packages.items()}
    return json.dumps({"name": "app", "lockfileVersion": 3, "packages": {"": {"name": "app", "dependencies": dict.fromkeys(packages, "*")}, **rows}})


def run(root, *options):
    done = subprocess.run([LOTSE, "repo", root, "-o", "json", *options], capture_output=True, text=True)
    report = json.loads(done.stdout) if done.stdout else {}
    return sorted((p["name"], p["version"], p["path"]) for p in report.get("packages", [])), report, done


def see(w, what, files, wanted, *options, code=None):
    got, _, done = run(tree(w, files), *options)
    bad = [] if got == sorted(wanted) else [f"wanted {sorted(wanted)}", f"got    {got}", done.stderr]
    tell(what, bad + ([f"exit {done.returncode}"] if code is not None and code != done.returncode else []))


METADATA = "Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\n"
A = ("a", "1.0.0", "package-lock.json")


def folders(w):
    there = ("b", "2.0.0", "node_modules/b/package.json")
    see(w, "installed packages count where there is no lock file", {"node_modules/b/package.json": installed("b", "2.0.0")}, [there])
    for name in ("package-lock.json", "npm-shrinkwrap.json"):
        see(w, f"{name} speaks for node_modules", {name: lock({"a": "1.0.0"}), "node_modules/b/package.json": installed("b", "2.0.0")}, [("a", "1.0.0", name)])
    see(w, "and for those below", {"package-lock.json": lock({"a": "1.0.0"}), "web/node_modules/b/package.json": installed("b", "2.0.0")}, [A])
    see(w, "not for those beside", {"one/package-lock.json": lock({"a": "1.0.0"}), "two/node_modules/b/package.json": installed("b", "2.0.0")},
        [("a", "1.0.0", "one/package-lock.json"), ("b", "2.0.0", "two/node_modules/b/package.json")])
    site = ".venv/lib/python3.11/site-packages/six-1.16.0.dist-info/METADATA"
    see(w, "an environment of Python without a lock file", {site: METADATA}, [("six", "1.16.0", site)])
    see(w, "an environment of Python with one", {site: METADATA, "requirements.txt": "six==1.15.0\n"}, [("six", "1.15.0", "requirements.txt")])
    see(w, "what git keeps is not the checkout", {".git/modules/x/package-lock.json": lock({"a": "1.0.0"}), "package-lock.json": lock({"a": "1.0.0"})}, [A])
    see(w, "a lock file of another language says nothing of node_modules", {"poetry.lock": "", "node_modules/b/package.json": installed("b", "2.0.0")}, [there])


def what_counts(w):
    files = {"package-lock.json": lock({"a": "1.0.0", "t": "3.0.0"}, dev=("t",))}
    see(w, "what only developing needs is left out", files, [A])
    see(w, "and there with --include-dev", files, [A, ("t", "3.0.0", "package-lock.json")], "--include-dev")
    see(w, "a checkout of nothing", {"README": "x"}, [], code=3)
    see(w, "a broken lock file does not hide the others", {"package-lock.json": "{", "sub/package-lock.json": lock({"a": "1.0.0"})}, [("a", "1.0.0", "sub/package-lock.json")], code=2)
    _, report, _ = run(tree(w, files))
    here = [p["line"] for p in report["packages"]]
    tell("the line of the declaration", [] if here == [1] else [str(here)])
    done = subprocess.run([LOTSE, "repo", w + "/none"], capture_output=True, text=True)
    tell("a folder that is not there", [] if done.returncode == 2 and "none" in done.stderr else [done.stderr])


with tempfile.TemporaryDirectory() as where:
    for part in (folders, what_counts):
        part(where)
end()
