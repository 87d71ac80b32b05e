#!/usr/bin/env python3
"""Jars that do not say what they are, and a table of hashes that does. Prints TAP."""
import hashlib, json, os, subprocess, tempfile, zipfile

from tap import LOTSE, end, tell


def jar(path, *names):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w") as z:
        for name in names:
            z.writestr(zipfile.ZipInfo(name), name)
    with open(path, "rb") as f:
        return hashlib.sha1(f.read()).hexdigest()


def table(path, rows):
    with open(path, "w") as f:
        f.writelines(f"{sha1} {name}\n" for sha1, name in sorted(rows))
    return path


def scan(w, *options):
    done = subprocess.run([LOTSE, "image", "dir:" + w + "/root", "-o", "json", *options], capture_output=True, text=True)
    report = json.loads(done.stdout) if done.stdout else {"packages": [], "coverage": {"notes": []}}
    return [(p["purl"], p["path"]) for p in report["packages"]], [n["where"] for n in report["coverage"]["notes"]], done.stderr


def same(what, wanted, got):
    tell(what, [] if wanted == got else [f"wanted {wanted}", f"got    {got}"])


def main(w):
    one, two = jar(w + "/root/opt/one.jar", "A.class"), jar(w + "/root/opt/two.jar", "B.class")
    more = [(hashlib.sha1(b"%d" % n).hexdigest(), f"org.other:n{n}:{n}") for n in range(3000)]
    paths, known = ["opt/one.jar", "opt/two.jar"], ("pkg:maven/com.acme/one@4.5", "opt/one.jar")
    same("no table", ([], paths), scan(w)[:2])
    for n in (0, 1, 2, 3000):
        path = table(w + "/table", [(one, "com.acme:one:4.5"), *more[:n]])
        same(f"a table of {n + 1}", ([known], paths[1:]), scan(w, "--jar-hashes", path)[:2])
        both = table(w + "/table", [(one, "com.acme:one:4.5"), (two, "com.acme:two:5"), *more[:n]])
        same(f"a table of {n + 2}, both in it", ([known, ("pkg:maven/com.acme/two@5", "opt/two.jar")], []), scan(w, "--jar-hashes", both)[:2])
    open(w + "/empty", "w").close()
    same("an empty table", ([], paths), scan(w, "--jar-hashes", w + "/empty")[:2])
    for what, text, says in (("no table", "one two\n", "line 1 is not"), ("no version", f"{one} com.acme:one\n", "line 1 is not"),
                             ("out of order", f"{max(one, two)} a:b:1\n{min(one, two)} a:b:2\n", "line 2 is out of order")):
        with open(w + "/bad", "w") as f:
            f.write(text)
        said = scan(w, "--jar-hashes", w + "/bad")[2]
        tell(what + " is told of", [] if says in said else [said])
    said = scan(w, "--jar-hashes", w + "/none")[2]
    tell("a file that is not there", [] if "No such file" in said else [said])


with tempfile.TemporaryDirectory() as folder:
    main(folder)
end()
