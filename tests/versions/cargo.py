"""Cargo: the crate semver of Debian's librust-semver-dev, by a program of ours in Rust."""
import glob
import os
import shutil
import subprocess

from tap import BUILD
from versions import slips
from versions.ask import lines, tabs

CRATES = sorted(glob.glob("/usr/share/cargo/registry/semver-1.*/src/lib.rs"))
REFERENCE = "the crate semver"
ODD = ["18446744073709551615.0.0", "18446744073709551616.0.0", "1.0.0-18446744073709551616", "1.2", "v1.2.3", "1.2.3-01", "1.2.3+01", "=1.2.3"]


def make(r):
    return slips.semver(r)


def missing():
    if not CRATES:
        return "librust-semver-dev is not here"
    return None if shutil.which("rustc") else "rustc is not here"


def program():
    source, folder = "tests/versions/cargo.rs", os.path.join(BUILD, "versions")
    made = folder + "/cargo"
    os.makedirs(folder, exist_ok=True)
    if not os.path.exists(made) or os.stat(made).st_mtime < os.stat(source).st_mtime:
        rustc = ["rustc", "--edition", "2018", "--cap-lints", "allow", "-O"]
        subprocess.run([*rustc, "--crate-type", "rlib", "--crate-name", "semver", "--cfg", 'feature="std"', "--out-dir", folder, CRATES[-1]],
                       check=True)
        subprocess.run([*rustc, "--extern", f"semver={folder}/libsemver.rlib", "-o", made, source], check=True)
    return made


def ask(pairs, *args):
    return lines([program(), *args], tabs(pairs))


def order(pairs):
    return ask(pairs)


def valid(versions):
    return {v for v, said in zip(versions, order([(v, v) for v in versions])) if said != "E"}


def within(pairs):
    return ask(pairs, "ranges")


def ranges(r, v):
    def one(v):
        core, dash, pre = v.partition("+")[0].partition("-")
        numbers = (core.split(".") + ["0", "0"])[:3]
        n = r.choice((1, 2, 3, 3, 3, 3))
        if n < 3:
            text = ".".join(numbers[:n]) + r.choice(("", "", ".*", ".x")) + r.choice(("", "", "", ".*"))
        else:
            text = r.choice((v, core, core + dash + pre))
        return r.choice(("", "^", "~", "=", ">", ">=", "<", "<=")) + r.choice(("", "", " ")) + text
    if r.random() < .02:
        return r.choice(("*", " * ", "x", ""))
    return r.choice((",", ", ")).join(one(v if r.random() < .7 else slips.near(r, make, v)) for _ in range(r.choice((1, 1, 2, 3))))
