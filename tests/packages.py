#!/usr/bin/env python3
"""Reads every tests/data/pkg/NAME/CASE/root, or what CASE/make makes of an empty
folder (databases are not committed), and compares with CASE/expect, a line a package: type name version, then what else is known, and what was said on
standard error; and docs/coverage.md with the tables it is made of. TAP; UPDATE=1 rewrites both. Each line of
src/pkg/list.def needs a case."""
import json, os, re, subprocess, sys, tempfile

LOTSE = os.environ.get("BUILD", "build") + "/lotse"
DATA = "tests/data/pkg"
failed = False


def describe(p, packages):
    words = [p["purl"].split("/")[0][4:], p["name"], p["version"]]
    words += [f"{k}={p[k]}" for k in ("group", "arch", "source", "sourceVersion", "module", "vendor", "licence", "spdx", "path", "line") if k in p]
    words += [k for k in ("direct", "dev", "optional") if k in p]
    lines = [" ".join(str(w) for w in words)]
    lines += [f"    needs {packages[i]['name']} {packages[i]['version']}" for i in p.get("dependsOn", [])]
    for f in p.get("files", []):
        lines.append("    " + f["path"] + (f" {f['algorithm']}:{f['digest']}" if "digest" in f else "") + (" config" if f.get("config") else ""))
    return lines


def look(root):
    done = subprocess.run([LOTSE, "debug", "packages", "--files", "dir:" + root], capture_output=True, text=True)
    packages = json.loads(done.stdout)["packages"] if done.stdout else []
    lines = sum((describe(p, packages) for p in packages), [])
    return lines + done.stderr.splitlines() + [f"exit {done.returncode}"]


cases = sorted((n, c) for n in os.listdir(DATA) for c in os.listdir(f"{DATA}/{n}"))
readers = re.findall(r"^PKG\((\w+)\)", open("src/pkg/list.def").read(), re.M)
print(f"1..{len(cases) + 2}")
for i, (name, case) in enumerate(cases, 1):
    where = f"{DATA}/{name}/{case}"
    if os.path.exists(where + "/make"):
        with tempfile.TemporaryDirectory() as root:
            subprocess.run([where + "/make", root], check=True)
            got = look(root)
    else:
        got = look(where + "/root")
    if os.environ.get("UPDATE"):
        open(where + "/expect", "w").write("\n".join(got) + "\n")
    wanted = open(where + "/expect").read().splitlines()
    failed |= got != wanted
    print(f"{'ok' if got == wanted else 'not ok'} {i} - {name}/{case}")
    if got != wanted:
        print("\n".join(f"# - {l}" for l in wanted if l not in got))
        print("\n".join(f"# + {l}" for l in got if l not in wanted))
missing = sorted(set(readers) - {n for n, _ in cases})
failed |= bool(missing)
told = subprocess.run([LOTSE, "debug", "coverage"], capture_output=True, text=True).stdout
if os.environ.get("UPDATE"):
    open("docs/coverage.md", "w").write(told)
same = told == open("docs/coverage.md").read()
failed |= not same
print(f"{'not ok' if missing else 'ok'} {len(cases) + 1} - every reader has a case" + (f": not {missing}" if missing else ""))
print(f"{'ok' if same else 'not ok'} {len(cases) + 2} - docs/coverage.md is what lotse debug coverage prints")
sys.exit(failed)
