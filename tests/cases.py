#!/usr/bin/env python3
"""Runs tests/cases/*.t and the console blocks of README.md: a command line and
what it prints. TAP.

In a .t file, "  $ command" is run by sh in a folder of its own, the indented
lines behind it are what it prints (standard output and error together),
"  [2]" is its exit code when that is not 0. A line that ends in " (re)" is a
regular expression, one in " (...)" stands for any number of lines. All else is
explanation. In README.md the commands of blocks marked console are run the
same way, after "$ ". UPDATE=1 rewrites the .t files.

lotse, $LOTSE_DB and the example images (shop-debian.tar, shop-alpine.tar) are
at hand.
"""
import glob, os, re, subprocess, sys, tempfile

TOP = os.getcwd()
BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
UPDATE = os.environ.get("UPDATE")


def prepare(where):
    env = dict(os.environ, PATH=BUILD + ":" + os.environ["PATH"], HOME=where, TOP=TOP,
               XDG_CACHE_HOME=where + "/cache", SHARED=os.path.abspath(os.environ.get("SHARED", "../shared")))
    subprocess.run([TOP + "/tests/tools/example", where], check=True)
    subprocess.run(["lotse", "db", "build", "--feeds", TOP + "/data"], check=True, env=env, stdout=subprocess.DEVNULL)
    return env


def run(command, env, where):
    done = subprocess.run(["sh", "-c", command], cwd=where, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = done.stdout.decode("utf-8", "replace").replace(where, "$WORK").splitlines()
    return lines + ([f"[{done.returncode}]"] if done.returncode else [])


def undated(line):
    return re.sub(r"built \d{4}-\d\d-\d\d", "built DATE", line)


def matches(wanted, got):
    if not wanted:
        return not got
    if wanted[0] == "(...)":
        return any(matches(wanted[1:], got[i:]) for i in range(len(got) + 1))
    if not got:
        return False
    if wanted[0].endswith(" (re)"):
        return re.fullmatch(wanted[0][:-5], got[0]) is not None and matches(wanted[1:], got[1:])
    return undated(wanted[0]) == undated(got[0]) and matches(wanted[1:], got[1:])


def commands(lines, prompt, more):
    """(line number, command, what it prints) of each command."""
    found = []
    for n, line in enumerate(lines):
        if line.startswith(prompt):
            found.append([n, line[len(prompt):], []])
        elif found and line.startswith(more) and not found[-1][2] and found[-1][1].endswith("\\"):
            found[-1][1] = found[-1][1][:-1] + line[len(more):]
        elif found and line.startswith(more):
            found[-1][2].append(line[len(more):])
    return found


def case(path, env, where):
    with open(path) as f:
        lines = f.read().splitlines()
    bad, fresh = [], []
    if path.endswith(".md"):
        lines = sum((["  " + l for l in block.splitlines()]
                     for block in re.findall(r"^```console\n(.*?)^```", "\n".join(lines), re.M | re.S)), [])
    todo = {n: (c, w) for n, c, w in commands(lines, "  $ ", "  ")}
    skip = 0
    for n, line in enumerate(lines):
        if n in todo:
            command, wanted = todo[n]
            got = run(command, env, where)
            if not matches(wanted, got):
                bad += [f"{path}:{n + 1}: {command}"] + ["- " + w for w in wanted] + ["+ " + g for g in got]
            fresh += [line] + ["  " + g for g in (wanted if matches(wanted, got) else got)]
            skip = len(wanted)
        elif skip:
            skip -= 1
        else:
            fresh.append(line)
    if UPDATE and bad and path.endswith(".t"):
        with open(path, "w") as f:
            f.write("\n".join(fresh) + "\n")
    return bad


def main():
    paths = sorted(glob.glob("tests/cases/*.t")) + ["README.md"]
    print(f"1..{len(paths)}")
    failed = False
    for n, path in enumerate(paths, 1):
        with tempfile.TemporaryDirectory() as where:
            bad = case(path, prepare(where), where)
        failed |= bool(bad)
        print(f"{'not ok' if bad else 'ok'} {n} - {path}")
        print("".join(f"# {line}\n" for line in bad[:60]), end="")
    sys.exit(failed)


main()
