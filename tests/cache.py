#!/usr/bin/env python3
"""What is kept of layers: a scan says the same with and without, whatever happens to the files. TAP."""
import json, os, pathlib, shutil, signal, subprocess, tempfile, time

from made import *
from tap import ASAN, LOTSE, end, tell

ROOT = os.geteuid() == 0
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LOTSE_")}


def image():
    return [layer(ALPINE, (STATUS, dpkg(one="1")), ("usr/lib/os", "->", "../../etc")),
            layer((DB, apk(two="2")), ("gone", "x")),
            layer(("opt/.wh.gone", ""), (STATUS, dpkg(one="1", three="3")))]


def lead_on():
    """Links lead where no reader looks by itself: there is a second look."""
    return [layer(ALPINE, ("data/lib/dpkg/status", dpkg(one="1")), ("var", "->", "data")), layer((DB, apk(two="2")))]


def scan(path, cache=None, *options, env=ENV, **more):
    where = ["--cache-dir", cache] if cache else []
    return subprocess.run([LOTSE, "image", "--no-progress", "-o", "json", *where, *options, path], capture_output=True, text=True,
                          env=dict(env, XDG_CACHE_HOME=env.get("XDG_CACHE_HOME", "/nonexistent")), **more)


def said(done):
    """The report without what tells when it was made."""
    return done.returncode, done.stdout


def files(cache):
    return sorted(str(p) for p in pathlib.Path(cache).rglob("*") if p.is_file() and p.name != "swept")


def forms(t):
    for name, layers in (("three layers", image()), ("links", lead_on())):
        for form, body in (("docker archive", tar_of(docker(layers))), ("OCI gzip", tar_of(oci(layers, "gzip"))),
                           ("OCI zstd", tar_of(oci(layers, "zstd"))), ("packed docker archive", gzip.compress(tar_of(docker(layers)), mtime=0))):
            yield f"{name}, {form}", write(t, name.replace(" ", "-") + form.replace(" ", "-") + ".tar", body)
        where = f"{t}/{name}-dir"
        for n, b in oci(layers, "gzip").items():
            write(where, n, b)
        yield f"{name}, OCI directory", where


def same(what, path, cache, wanted, kept=None):
    got = scan(path, cache)
    bad = [] if said(got) == said(wanted) else [f"exit {got.returncode}, wanted {wanted.returncode}", got.stderr, got.stdout[:2000]]
    if kept is not None and len(files(cache)) != kept:
        bad.append(f"{len(files(cache))} files, wanted {kept}")
    tell(what, bad)


def damages(body):
    yield "cut", body[:-1]
    yield "empty", b""
    yield "one byte of the facts", body[:100] + bytes([body[100] ^ 1]) + body[101:]
    yield "one byte of the header", bytes([body[0] ^ 1]) + body[1:]
    yield "longer than it says", body + b"x"
    yield "the facts of something else", body[:64] + bytes(len(body) - 64)


def whole(body):
    return body[:14] == b"lotse cache 2\n" and int.from_bytes(body[16:24], "little") == len(body) - 64


def hurt(t, path, wanted):
    for what, _ in damages(bytes(200)):
        cache = f"{t}/hurt"
        shutil.rmtree(cache, ignore_errors=True)
        scan(path, cache)
        before = files(cache)
        for f in before:
            body = open(f, "rb").read()
            open(f, "wb").write(dict(damages(body))[what])
        same(f"damaged: {what}", path, cache, wanted)
        bad = [f for f in before if not whole(open(f, "rb").read())]
        tell(f"damaged: {what}: is written anew", bad)


def strangers(t, path, wanted):
    cache = f"{t}/strange"
    scan(path, cache)
    for f in files(cache):
        os.chmod(f, 0o666)
    same("files that others may write are not believed", path, cache, wanted)
    tell("and are replaced", [f for f in files(cache) if os.stat(f).st_mode & 0o022])
    for f in files(cache):
        body = open(f, "rb").read()
        os.unlink(f)
        write(t, "else", body)
        os.symlink(f"{t}/else", f)
    same("nor are symbolic links", path, cache, wanted)
    os.chmod(cache + "/facts", 0o777)
    got = scan(path, cache)
    tell("a folder that others may write is not used", [] if said(got) == said(wanted) and "others may write" in got.stderr else [got.stderr])
    got = scan(path, write(t, "file", b"x"))
    tell("a file where the folder should be", [] if said(got) == said(wanted) and "nothing is kept" in got.stderr else [got.stderr])
    if not ROOT:
        return
    shutil.rmtree(cache)
    scan(path, cache)
    for f in files(cache):
        os.chown(f, 65534, 65534)
    same("files of another user are not believed", path, cache, wanted)
    tell("and are replaced", [f for f in files(cache) if os.stat(f).st_uid != 0])


def nobody():
    os.setgid(65534)
    os.setuid(65534)


def homes(t, path):
    os.chmod(t, 0o755)
    nothing = dict(ENV)
    nothing.pop("HOME", None)
    as_user = dict(preexec_fn=nobody) if ROOT else {}
    plain = scan(path)
    os.makedirs(f"{t}/home", exist_ok=True)
    os.chmod(f"{t}/home", 0o555)
    for what, env in (("no HOME", nothing), ("HOME that cannot be written", dict(ENV, HOME=f"{t}/home")), ("HOME that is not there", dict(ENV, HOME=f"{t}/none"))):
        got = subprocess.run([LOTSE, "image", "--no-progress", "-o", "json", path], capture_output=True, text=True, env=env, **as_user)
        bad = [] if said(got) == said(plain) and "kept" not in got.stderr else [f"exit {got.returncode}", got.stderr]
        tell(f"{what}: the same report, and no word of it", bad)
    got = subprocess.run([LOTSE, "image", "-d", "--no-progress", "-o", "json", path], capture_output=True, text=True, env=dict(ENV, HOME=f"{t}/home"), **as_user)
    tell("-d tells", [] if "nothing is kept for later scans" in got.stderr else [got.stderr])
    home = f"{t}/fresh"
    os.makedirs(home)
    subprocess.run([LOTSE, "image", "--no-progress", path], capture_output=True, env=dict(ENV, HOME=home), umask=0)
    bad = [oct(os.stat(p).st_mode) for p in [f"{home}/.cache/lotse/facts"] if os.stat(p).st_mode & 0o077] + [f for f in files(home) if os.stat(f).st_mode & 0o022]
    tell("below the home directory, for the user alone, whatever the umask", bad or ([] if files(home) else ["nothing is there"]))
    cache = f"{t}/readonly"
    scan(path, cache)
    before = files(cache)
    subprocess.run(["chmod", "-R", "a-w", cache])
    got = scan(path, cache)
    tell("a cache that is only to be read is read", [] if said(got) == said(plain) and files(cache) == before else [got.stderr])
    subprocess.run(["chmod", "-R", "u+w", cache])


def lotse(*args):
    done = subprocess.run([LOTSE, *args], capture_output=True, text=True, env=dict(ENV, HOME="/nonexistent"))
    return done.returncode, done.stdout + done.stderr


def status(t, path):
    cache = f"{t}/status"
    code, text = lotse("cache", "status", "--cache-dir", cache)
    tell("status of none", [] if code == 0 and "layers  0" in text else [text])
    scan(path, cache)
    code, text = lotse("cache", "status", "--cache-dir", cache)
    tell("status counts", [] if code == 0 and "layers  3" in text and cache in text else [text])
    one = files(cache)[0]
    os.utime(one, (time.time() - 40 * 86400,) * 2)
    left = f"{os.path.dirname(files(cache)[1])}/{'a' * 62}.7.lotse-tmp"
    open(left, "w").close()
    code, text = lotse("cache", "clean", "--older", "30", "--cache-dir", cache)
    tell("clean --older removes what is older, and what the dead left",
         [] if code == 0 and "removed 1 of 3" in text and len(files(cache)) == 2 and not os.path.exists(left) else [text, *files(cache)])
    code, text = lotse("cache", "clean", "--cache-dir", cache)
    tell("clean asks what", [] if code == 2 and len(files(cache)) == 2 else [text])
    for f in files(cache):
        os.utime(f, (time.time() - 40 * 86400,) * 2)
    scan(path, cache)
    tell("what is used becomes young again", [f for f in files(cache) if time.time() - os.stat(f).st_mtime > 86400])
    code, text = lotse("cache", "clean", "--all", "--cache-dir", cache)
    tell("clean --all", [] if code == 0 and not files(cache) else [text])
    scan(path, cache, "--limit", "cache=1")
    tell("the bound holds", files(cache))
    scan(path, cache, "--no-cache")
    tell("--no-cache keeps nothing", files(cache))


def wrong(t):
    """What is not what its digest says is not kept; what is broken is told of each time, and read once."""
    cache = f"{t}/wrong"
    layers = [layer(ALPINE), layer((DB, "P:two\nV:2\n\nP\xff broken\n"))]
    body = docker(image())
    name = next(n for n in body if n.endswith("layer.tar"))
    body[name] = layer(ALPINE, (STATUS, dpkg(other="9")))
    scan(write(t, "wrong.tar", tar_of(body)), cache)
    got = scan(write(t, "right.tar", tar_of(docker(image()))), cache)
    tell("a layer with another digest leaves nothing behind", [] if said(got) == said(scan(f"{t}/right.tar")) and got.returncode != 2 else [got.stdout[:500]])
    cut = write(t, "cut.tar", tar_of(docker([layers[0], layers[0][:700] + b"x" * 512])))
    broken = write(t, "broken.tar", tar_of(docker([layer((DB, "P:two\nV:2\n\nP\xff broken\n"))])))
    same("a broken file", broken, f"{t}/broken", scan(broken))
    tell("its notes are kept", [] if len(files(f"{t}/broken")) == 1 and scan(broken, f"{t}/broken").returncode == 2 else files(f"{t}/broken"))
    first, second = scan(cut, f"{t}/cut"), scan(cut, f"{t}/cut")
    tell("of a layer that breaks off nothing is kept", [f for f in files(f"{t}/cut")[1:]])
    tell("what could not be read is told again", [] if first.returncode == second.returncode == 2 and said(first) == said(second) else [first.stderr, second.stderr])


def database(where, name, fixed):
    rows = {"one": {"CVE-2020-0001": {"releases": {"bookworm": {"status": "resolved", "fixed_version": fixed, "urgency": "low",
                                                               "repositories": {"bookworm": fixed}}}}}}
    write(f"{where}/{name}-feeds", "debian.json", json.dumps(rows).encode())
    done = subprocess.run([LOTSE, "db", "build", "--feeds", f"{where}/{name}-feeds", "--db", f"{where}/{name}"], capture_output=True, text=True)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def at_once(t):
    """RES-4: the database is replaced while 64 scans run, and some of them are killed."""
    debian = ("etc/os-release", 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n')
    path = write(t, "debian.tar", tar_of(oci([layer(debian, (STATUS, dpkg(one="1"))), layer(("a", "b" * 100000))], "gzip")))
    bad = database(t, "old", "2") + database(t, "new", "3") + database(t, "live", "2")
    wanted = {}
    for name in ("old", "new"):
        report = json.loads(scan(path, None, "--db", f"{t}/{name}").stdout)
        wanted[name] = [(f["id"], f.get("fixed")) for f in report["findings"]]
    if wanted["old"] == wanted["new"] or not all(wanted.values()):
        bad.append(f"the databases do not differ: {wanted}")
    cache = f"{t}/at-once"
    running = [subprocess.Popen([LOTSE, "image", "--no-progress", "-o", "json", "--cache-dir", cache, "--db", f"{t}/live", path],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV, text=True) for _ in range(64)]
    for i in range(0, 64, 8):
        running[i].send_signal(signal.SIGKILL)
    for i in range(4):
        shutil.copytree(f"{t}/{'old' if i % 2 else 'new'}-feeds", f"{t}/live-feeds", dirs_exist_ok=True)
        done = subprocess.run([LOTSE, "db", "build", "--feeds", f"{t}/live-feeds", "--db", f"{t}/live"], capture_output=True, text=True)
        bad += [] if done.returncode == 0 else [done.stderr]
    ended = 0
    for p in running:
        out, err = p.communicate()
        if p.returncode == -signal.SIGKILL:
            continue
        ended += 1
        findings = [(f["id"], f.get("fixed")) for f in json.loads(out)["findings"]] if out else None
        if p.returncode != 1 or findings not in wanted.values():
            bad.append(f"exit {p.returncode}: {findings} {err}")
    tell(f"RES-4 {ended} scans at once while the database is replaced", bad)
    same("and what they kept is good", path, cache, scan(path))
    subprocess.run([LOTSE, "cache", "clean", "--older", "1", "--cache-dir", cache], capture_output=True)
    tell("nothing is left of the killed", [f for f in files(cache) if f.endswith("tmp")])


def main():
    with tempfile.TemporaryDirectory() as t:
        for n, (what, path) in enumerate(forms(t)):
            cache = f"{t}/cache{n}"
            cold = scan(path)
            same(f"{what}: with an empty cache", path, cache, cold)
            kept = files(cache)
            same(f"{what}: with a filled one", path, cache, cold, len(kept))
            tell(f"{what}: something was kept", [] if kept else ["nothing"])
        path = write(t, "image.tar", tar_of(docker(image())))
        wanted = scan(path)
        hurt(t, path, wanted)
        strangers(t, path, wanted)
        homes(t, path)
        status(t, path)
        wrong(t)
        at_once(t)
    end()


main()
