#!/usr/bin/env python3
"""Feeds and the database that is made of them. TAP.

tests/data/feed/NAME/CASE/input.* becomes a database; expect is what was said
while it was built and all that is in it (UPDATE=1 rewrites it). A damaged
database never gives a wrong answer, and a build that is killed leaves the old
one. Whole feeds: tests/feed_oracle.
"""
import glob, json, os, random, re, shutil, signal, subprocess, sys, tempfile, time

from tap import LOTSE, SHARED, end, tell

sys.path.insert(0, os.path.dirname(__file__) + "/tools")
import shard

def run(*command):
    return subprocess.run([LOTSE, *command], capture_output=True, text=True)


def build(feeds, db):
    return run("db", "build", "--feeds", feeds, "--db", db)


def statements(db):
    return run("debug", "statements", "--db", db).stdout.splitlines()


# ---- small feeds ----

def cases(w):
    for path in sorted(glob.glob("tests/data/feed/*/*/input.*")):
        where = os.path.dirname(path)
        feeds, db = f"{w}/feeds", f"{w}/db"
        for old in (feeds, db):
            shutil.rmtree(old, ignore_errors=True)
        os.makedirs(feeds)
        shutil.copy(path, feeds)
        got = [l for l in build(feeds, db).stdout.splitlines() if not l.startswith("written")]
        got += statements(db)
        with open(path) as f:
            names = sorted({i for l in [*got, f.read()] for i in re.findall(r"(?:CVE|GHSA|AL[SB]A|TEMP)-[\w:-]*\w", l)})
        for name in names:
            got += [l for l in run("db", "search", "--db", db, name).stdout.splitlines() if not l.startswith("  ") or "http" in l]
        if os.environ.get("UPDATE"):
            open(where + "/expect", "w").write("\n".join(got) + "\n")
        wanted = open(where + "/expect").read().splitlines() if os.path.exists(where + "/expect") else []
        tell(where[len("tests/data/"):], [f"- {l}" for l in wanted if l not in got] + [f"+ {l}" for l in got if l not in wanted])


# ---- the forms a feed comes in ----

def forms(w):
    src = os.path.abspath("data/starter")
    build("data", w + "/plain")
    wanted = sorted(statements(w + "/plain"))
    made = {
        "zip": f"cd {src} && python3 -m zipfile -c OUT.zip .",
        "tar": f"tar -cf OUT.tar -C {src} .",
        "tar.gz": f"tar -czf OUT.tar.gz -C {src} .",
        "tar.zst": f"tar -cf - -C {src} . | zstd -q -o OUT.tar.zst",
        "tar.xz": f"tar -cJf OUT.tar.xz -C {src} .",
        "tar.bz2": f"tar -cjf OUT.tar.bz2 -C {src} .",
        "zip in a folder": f"mkdir OUT && cd {src} && python3 -m zipfile -c OUT/x.zip .",
        "one packed file": f"cat {src}/CVE*.yaml {src}/[!CR]*.yaml 2>/dev/null | sed 's/^schema_version/---\\n&/' | gzip >OUT.yaml.gz",
    }
    for name, command in made.items():
        feeds = f"{w}/form"
        shutil.rmtree(feeds, ignore_errors=True)
        os.makedirs(feeds)
        subprocess.run(["sh", "-c", command.replace("OUT", feeds + "/feed")], check=True)
        done = build(feeds, w + "/db")
        got = sorted(statements(w + "/db"))
        tell(f"a feed as {name}", [] if got == wanted else [f"{len(got)} statements instead of {len(wanted)}", done.stdout, done.stderr])
    with open(feeds + "/broken.zip", "wb") as f:
        f.write(b"PK\3\4 and then nothing of the kind")
    done = build(feeds, w + "/db")
    tell("a broken zip beside it is told, the rest is read",
         [] if sorted(statements(w + "/db")) == wanted and done.returncode == 2 and "broken.zip" in done.stderr else [done.stdout, done.stderr])


# ---- the format, read by its description ----

STATUS = ("affected", "will-not-fix", "postponed", "end-of-life", "under-investigation", "not-affected")
SEVERITY = ("unknown", "negligible", "low", "medium", "high", "critical")
SIGN = (">=", "<", "<=", "limit:")


def line_as_told(ecosystem, package, s):
    line = f"{ecosystem}\t{package}\t{s['advisory']}\t{STATUS[s['status']]} {SEVERITY[s['severity']]}"
    for semver, events in s["ranges"]:
        line += f" {'semver' if semver else ''}[" + " ".join(SIGN[what] + version for what, version in events) + "]"
    for key in ("versions", "ids", "aliases"):
        line += f" {key}=" + ",".join(s[key]) if s[key] else ""
    return line + (f" module={s['module']}" if s["module"] else "")


def described(w):
    db, lines, places, bad = w + "/described", [], {}, []
    build("data", db)
    told = shard.manifest(db)
    for one in told["shards"]:
        read = list(shard.records(db, one))
        if one["name"] == "details":
            known = {key: shard.vulnerability(v) for key, value in read if (v := shard.Bytes(value)).number() == 0}
            aliases = {key: v.string() for key, value in read if (v := shard.Bytes(value)).number() == 1}
        elif one["name"] == "ids":
            ids = {key: strings_of(value) for key, value in read}
        else:
            lines += [(one["name"], package, s) for package, value in read for s in shard.statements(value)]
    for ecosystem, package, s in lines:
        for i in (s["advisory"], *s["ids"], *s["aliases"]):
            places.setdefault(i, set()).add(f"{ecosystem}\t{package}")
    bad += [] if ids == {i: sorted(p) for i, p in places.items()} else ["ids do not lead to the statements"]
    bad += [] if len(known) == told["vulnerabilities"] else ["not so many vulnerabilities"]
    bad += [f"{i}: not the id in it" for i, v in known.items() if v["id"] != i]
    bad += [f"{i}: leads nowhere" for i, to in aliases.items() if to not in known]
    bad += [f"{a}: not found by it" for v in known.values() for a in v["aliases"] if a not in known and a not in aliases]
    got = statements(db)
    bad += [] if got == [line_as_told(*l) for l in lines] else ["other statements than lotse reads"]
    tell(f"{len(lines)} statements, {len(known)} vulnerabilities read by the description of the format", bad)


def strings_of(value):
    rest, got = shard.Bytes(value), []
    while rest.more():
        got.append(rest.string())
    return got


# ---- the same bytes, damage, and kills ----

def same(w):
    if not os.path.isdir(SHARED + "/feeds"):
        return tell("the same bytes from a copy of all feeds", skip="not here")
    shutil.copytree(SHARED + "/feeds", w + "/copy", copy_function=shutil.copyfile)
    build(SHARED + "/feeds", w + "/one")
    build(w + "/copy", w + "/two")
    done = subprocess.run(["diff", "-r", w + "/one", w + "/two"], capture_output=True, text=True)
    tell("the same bytes from a copy of all feeds", [done.stdout] if done.returncode else [])


def answers(db):
    done = run("debug", "statements", "--db", db)
    return done.stdout, done.returncode


def damage(w):
    db = w + "/small"
    build("data", db)
    wanted, _ = answers(db)
    r, bad, n = random.Random(1), [], 0
    for path in sorted(glob.glob(db + "/shards/*")):
        with open(path, "rb") as f:
            good = f.read()
        spots = sorted({0, 8, 16, 40, 50, 63, 64, len(good) - 1, *range(0, len(good), 4096), *(r.randrange(len(good)) for _ in range(4))})
        for spot in spots:
            for broken in (good[:spot] + bytes([good[spot] ^ 1 << r.randrange(8)]) + good[spot + 1:], good[:spot]):
                n += 1
                with open(path, "wb") as f:
                    f.write(broken)
                verify, (got, code) = run("db", "verify", "--db", db), answers(db)
                if verify.returncode != 2 or code not in (0, 2) or (code == 0 and got != wanted) or not wanted.startswith(got):
                    bad.append(f"{os.path.basename(path)} at {spot}: verify {verify.returncode}, answers {code}")
        with open(path, "wb") as f:
            f.write(good)
        if n > 100:  # each spot of each shard: tests/unit/advisory_db_test.c
            break
    tell(f"{n} damages are found, none gives a wrong answer", bad)
    os.remove(glob.glob(db + "/shards/*")[0])
    done = run("db", "verify", "--db", db)
    tell("a shard that is gone is named", [] if done.returncode == 2 and "advisory database, " in done.stderr else [done.stderr])


def kills(w):
    db, bad = w + "/killed", []
    build("data", db)
    wanted, _ = answers(db)
    shutil.copytree("data", w + "/other")
    os.remove(sorted(glob.glob(w + "/other/starter/CVE*"))[0])
    build(w + "/other", w + "/otherdb")
    other, _ = answers(w + "/otherdb")
    r = random.Random(2)
    for i in range(20):
        feeds = w + "/other" if i % 2 else "data"
        p = subprocess.Popen([LOTSE, "db", "build", "--feeds", feeds, "--db", db], stdout=subprocess.DEVNULL)
        time.sleep(r.random() * .06)
        p.send_signal(signal.SIGKILL)
        p.wait()
        got, code = answers(db)
        if code or got not in (wanted, other):
            bad.append(f"kill {i}: exit {code}")
    tell("20 builds killed: the old database or the new one", bad)


with tempfile.TemporaryDirectory() as where:
    for part in (cases, forms, described, same, damage, kills):
        part(where)
end()
