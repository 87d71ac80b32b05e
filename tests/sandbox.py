#!/usr/bin/env python3
"""Readers that misbehave (src/pkg/selftest.c) take nothing but themselves along. TAP."""
import json, os, subprocess, tempfile

from made import *
from tap import ASAN, LOTSE, end, tell

# what the reader does, how its end is told
DEEDS = [("abort", "signal 6"), ("crash", "signal 11"), ("hang", "nothing moved for 1 s"), ("eat", "out of memory"),
         ("write", "did what the sandbox forbids"), ("exec", "did what the sandbox forbids"),
         ("fork", "did what the sandbox forbids"), ("connect", "did what the sandbox forbids"),
         ("code", "did what the sandbox forbids")]
LOCKS = ("write", "exec", "fork", "connect", "code")


def scan(path, *options):
    done = subprocess.run([LOTSE, "debug", "sandbox", "--no-progress", "--stall-timeout", "1", "--memory-limit", "300M",
                           "-o", "json", *options, path], capture_output=True, text=True)
    report = json.loads(done.stdout) if done.stdout.startswith("{") else None
    return report, done.returncode, done.stderr


def names(report):
    return sorted((p["name"], p["version"], p["layer"]) for p in report["packages"])


def unread(report):
    return [n for n in report["coverage"]["notes"] if n["level"] == "unread"]


def image(*deeds):
    """Packages in three layers; the misdeeds are in the middle one, between other files."""
    files = [(f"lotse-selftest/{d}", "x") for d in deeds]
    return [layer(ALPINE, (STATUS, dpkg(one="1"))),
            layer(("lotse-selftest/aaa", "x"), *files, ("lotse-selftest/zzz", "x"), (DB, apk(two="2"))),
            layer(("lotse-selftest/top", "x"))]


WANTED = [("aaa", "survived", 1), ("one", "1", 0), ("top", "survived", 2), ("two", "2", 1), ("zzz", "survived", 1)]


def check(what, path, wanted_notes, lacks=()):
    report, code, stderr = scan(path)
    bad = []
    if report is None:
        tell(what, [f"no report, exit {code}", stderr])
        return
    if names(report) != WANTED:
        bad.append(f"packages {names(report)}")
    told = [(n["where"], n["layer"]) for n in unread(report)]
    if sorted(told) != sorted((f"lotse-selftest/{d}", 1) for d, _ in wanted_notes):
        bad.append(f"notes {unread(report)}")
    for deed, how in wanted_notes:
        if not any(n["where"].endswith("/" + deed) and how in n["what"] for n in unread(report)):
            bad.append(f"{deed}: no word of '{how}' in {unread(report)}")
    if code != 2:
        bad.append(f"exit {code}")
    tell(what, bad)


def readers(path):
    """Which processes read of the archive or map it: their numbers, and that of lotse itself."""
    with tempfile.NamedTemporaryFile("r") as trace:
        subprocess.run(["strace", "-f", "-y", "-o", trace.name, "-e", "trace=read,pread64,readv,preadv,mmap",
                        LOTSE, "image", "--no-progress", "-o", "json", path], capture_output=True)
        lines = trace.read().splitlines()
    return {l.split()[0] for l in lines if f"<{path}>" in l}, lines[0].split()[0]


def main():
    with tempfile.TemporaryDirectory() as t:
        for deed, how in DEEDS:
            what = f"SBX-1 a reader that does '{deed}' costs one file"
            if ASAN and deed in LOCKS + ("eat", "crash", "abort"):
                tell(what, skip="the sanitizer runs outside of the sandbox")
                continue
            path = write(t, "image.tar", tar_of(docker(image(deed))))
            check(what, path, [(deed, how)])
        if not ASAN:
            many = ["abort", "crash", "exec", "write"]
            for packed, form in (("gzip", "OCI gzip"), ("zstd", "OCI zstd"), ("", "OCI plain")):
                path = write(t, "oci.tar", tar_of(oci(image(*many), packed)))
                check(f"SBX-1 four misdeeds in a layer, {form}", path, [(d, dict(DEEDS)[d]) for d in many])
            path = write(t, "image.tar.gz", gzip.compress(tar_of(docker(image("abort"))), mtime=0))
            check("SBX-1 in an archive that is packed itself", path, [("abort", "signal 6")])
        if ASAN:
            tell("SBX-1, SBX-2", skip="the sanitizer runs outside of the sandbox")
            end()
        for what, path in (("docker archive", write(t, "image.tar", tar_of(docker(image())))),
                           ("OCI archive", write(t, "oci.tar", tar_of(oci(image(), "zstd")))),
                           ("packed archive", write(t, "image.tar.gz", gzip.compress(tar_of(docker(image()))))),
                           ("root", write(t, "root.tar", image()[0]))):
            pids, own = readers(path)
            tell(f"SBX-1 the bytes of an image are read by children only: {what}",
                 [] if pids and own not in pids else [f"lotse is {own}, readers are {pids}"])
        path = write(t, "read.tar", tar_of(docker([layer(("lotse-selftest/read", "x"))])))
        report, code, _ = scan(path)
        told = [p["version"] for p in report["packages"]]
        tell("SBX-1 a file outside cannot be opened", [] if told == ["refused"] else [f"{told}, exit {code}"])
        root = os.path.join(t, "root")
        write(root, "etc/os-release", ALPINE[1].encode())
        write(root, DB, apk(two="2").encode())
        for deed in ("abort", "read", "write"):
            write(root, f"lotse-selftest/{deed}", b"x")
        report, code, _ = scan("dir:" + root)
        bad = []
        if [n for n in names(report)] != [("selftest-read", "refused", 0), ("two", "2", 0)]:
            bad.append(f"{names(report)}")
        if sorted(n["where"] for n in unread(report)) != ["lotse-selftest/abort", "lotse-selftest/write"] or code != 2:
            bad.append(f"{unread(report)}, exit {code}")
        tell("SBX-1 in a folder, where files may be opened but only below it", bad)
        tell("nothing was written", ["/tmp/lotse-selftest is there"] if os.path.exists("/tmp/lotse-selftest") else [])
        report, code, stderr = scan(path, "-d")
        tell("SBX-2 debug output tells what the kernel has",
             [] if "sandbox: complete" in stderr or "sandbox: partly, " in stderr else [stderr])
        report, code, stderr = scan(path, "--require-sandbox")
        fine = "complete" in scan(path, "-d")[2]
        tell("SBX-2 --require-sandbox fails just where something is missing",
             [] if (report is not None) == fine and (fine or code == 2) else [f"exit {code}", stderr])
    end()


main()
