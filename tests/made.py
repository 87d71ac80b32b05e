"""Layers and image archives, made in memory, for the test scripts."""
import bz2, gzip, hashlib, io, json, lzma, os, subprocess, tarfile

DB = "lib/apk/db/installed"
STATUS = "var/lib/dpkg/status"
ALPINE = ("etc/os-release", 'ID=alpine\nVERSION_ID=3.10.3\nPRETTY_NAME="Alpine Linux v3.10"\n')


def apk(**packages):
    return "".join(f"P:{n}\nV:{v}\nA:x86_64\no:{n}\n\n" for n, v in packages.items())


def dpkg(**packages):
    return "".join(f"Package: {n}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {v}\n\n"
                   for n, v in packages.items())


def layer(*entries):
    """Entries: (path, text), (path, "->", target), (path, "=>", target) for a hard link, path/ for a folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for e in entries:
            if isinstance(e, str):
                info = tarfile.TarInfo(e)
                info.type = tarfile.DIRTYPE if e.endswith("/") else tarfile.REGTYPE
                tar.addfile(info)
            elif len(e) == 3:
                info = tarfile.TarInfo(e[0])
                info.type = tarfile.SYMTYPE if e[1] == "->" else tarfile.LNKTYPE
                info.linkname = e[2]
                tar.addfile(info)
            else:
                body = e[1] if isinstance(e[1], bytes) else e[1].encode()
                info = tarfile.TarInfo(e[0])
                info.size = len(body)
                tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def zstd(b):
    return subprocess.run(["zstd", "-q", "-c"], input=b, stdout=subprocess.PIPE, check=True).stdout


PACK = {"": lambda b: b, "gzip": lambda b: gzip.compress(b, mtime=0), "zstd": zstd,
        "xz": lzma.compress, "bzip2": bz2.compress}


def sha(b):
    return hashlib.sha256(b).hexdigest()


def tar_of(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def config(layers, os_="linux", arch="amd64"):
    return json.dumps({"os": os_, "architecture": arch, "rootfs": {"type": "layers", "diff_ids": ["sha256:" + sha(l) for l in layers]},
                       "history": [{"created_by": f"RUN step {i}"} for i in range(len(layers))]}).encode()


def docker(layers, packed=""):
    conf = config(layers)
    files = {f"{sha(l)}/layer.tar": PACK[packed](l) for l in layers}
    files[sha(conf) + ".json"] = conf
    files["manifest.json"] = json.dumps([{"Config": sha(conf) + ".json", "RepoTags": ["t:1"],
                                          "Layers": [f"{sha(l)}/layer.tar" for l in layers]}]).encode()
    return files


def oci(layers, packed="gzip", media="application/vnd.oci.image.layer.v1.tar+gzip"):
    blobs = {}

    def blob(body, media_type, **more):
        blobs["blobs/sha256/" + sha(body)] = body
        return dict(mediaType=media_type, digest="sha256:" + sha(body), size=len(body), **more)

    conf = blob(config(layers), "application/vnd.oci.image.config.v1+json")
    manifest = {"schemaVersion": 2, "config": conf, "layers": [blob(PACK[packed](l), media) for l in layers]}
    index = {"schemaVersion": 2, "manifests": [blob(json.dumps(manifest).encode(), "application/vnd.oci.image.manifest.v1+json")]}
    return dict({"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "index.json": json.dumps(index).encode()}, **blobs)


def write(where, name, body):
    path = f"{where}/{name}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(body)
    return path
