"""Image archives: umoci puts layers into an OCI layout, skopeo turns that into
the other forms. What neither of them makes (a stream as a layer, a named zstd
window) is written here."""
import gzip, hashlib, io, json, os, shutil, subprocess, tarfile

from layers import run

FORMS = ("docker", "gzip", "zstd")  # one file each: plain layers, OCI gzip, OCI zstd
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+"


def layout(where, layers):
    """An OCI layout of these tars, packed by umoci."""
    shutil.rmtree(where, ignore_errors=True)
    run("umoci", "init", "--layout", where)
    run("umoci", "new", "--image", where + ":bench")
    for n, layer in enumerate(layers):
        run("umoci", "raw", "add-layer", "--image", where + ":bench", "--history.created_by", f"layer {n}", layer)
    run("umoci", "gc", "--layout", where)


def archives(where, out):
    """The three forms of a layout, `out` with the form's name behind it."""
    aside = out + ".new"
    for form, options, kind in (("gzip", [], "oci-archive"), ("docker", [], "docker-archive"),
                                ("zstd", ["--dest-compress-format", "zstd"], "oci-archive")):
        if os.path.exists(aside):
            os.unlink(aside)
        run("skopeo", "--insecure-policy", "copy", "--quiet", *options, f"oci:{where}:bench", f"{kind}:{aside}:bench:latest"
            if kind == "docker-archive" else f"{kind}:{aside}:bench")
        os.rename(aside, f"{out}.{form}.tar")


class Counted:
    """A file that knows the digest of what was written to it."""

    def __init__(self, file):
        self.file, self.sha, self.size = file, hashlib.sha256(), 0

    def write(self, data):
        self.sha.update(data)
        self.size += len(data)
        return self.file.write(data)

    def flush(self):
        self.file.flush()

    @property
    def digest(self):
        return "sha256:" + self.sha.hexdigest()


def pack_gzip(chunks, out):
    """A layer from the bytes of its tar: (descriptor, diff_id)."""
    with open(out, "wb") as file:
        blob = Counted(file)
        with gzip.GzipFile(fileobj=blob, mode="wb", compresslevel=6, mtime=0) as packer:
            plain = Counted(packer)
            for chunk in chunks:
                plain.write(chunk)
    return {"mediaType": LAYER + "gzip", "digest": blob.digest, "size": blob.size, "file": out}, plain.digest


def pack_zstd(tar, out, options):
    """The same from a tar in a file, by the zstd program."""
    run("zstd", "-q", "-f", *options, tar, "-o", out)
    sums = []
    for path in (out, tar):
        with open(path, "rb") as file:
            sums.append("sha256:" + hashlib.file_digest(file, "sha256").hexdigest())
    return {"mediaType": LAYER + "zstd", "digest": sums[0], "size": os.path.getsize(out), "file": out}, sums[1]


def oci_archive(layers, out):
    """An OCI layout in a tar, of what pack_* gave."""
    def add(name, data):
        info = tarfile.TarInfo(name)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))

    def blob(kind, value):
        data = json.dumps(value).encode()
        digest = hashlib.sha256(data).hexdigest()
        add("blobs/sha256/" + digest, data)
        return {"mediaType": kind, "digest": "sha256:" + digest, "size": len(data)}

    with tarfile.open(out + ".new", "w", format=tarfile.PAX_FORMAT, copybufsize=1 << 20) as tar:
        config = blob(CONFIG, {"architecture": "amd64", "os": "linux", "config": {},
                               "rootfs": {"type": "layers", "diff_ids": [diff_id for _, diff_id in layers]}})
        described = []
        for layer, _ in layers:
            tar.add(layer["file"], "blobs/sha256/" + layer["digest"][7:])
            described.append({key: layer[key] for key in ("mediaType", "digest", "size")})
        manifest = blob(MANIFEST, {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": described})
        add("oci-layout", b'{"imageLayoutVersion": "1.0.0"}')
        add("index.json", json.dumps({"schemaVersion": 2, "manifests": [manifest]}).encode())
    os.rename(out + ".new", out)


# ---- layers that are streams ----

def header(name, size, kind=tarfile.REGTYPE):
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    info.mode = 0o755 if kind == tarfile.DIRTYPE else 0o644
    return info.tobuf(tarfile.GNU_FORMAT)


def empty_files(count):
    """A tar of so many empty files, a thousand a folder."""
    for folder in range(0, count, 1000):
        rows = [header(f"srv/{folder // 1000:05}", 0, tarfile.DIRTYPE)]
        first = header(f"srv/{folder // 1000:05}/000.txt", 0)
        at = first.index(b"/000.txt") + 1
        base = int(first[148:154], 8)
        for n in range(min(1000, count - folder)):  # only three digits and the checksum differ
            digits = b"%03d" % n
            total = b"%06o" % (base + sum(digits) - 3 * ord("0"))
            rows.append(first[:at] + digits + first[at + 3:148] + total + first[154:])
        yield b"".join(rows)
    yield bytes(1024)


def one_file(size):
    """A tar of one file: in each MiB 16 KiB that were not seen before, repeated, so it packs about 45:1."""
    import random
    source = random.Random(1)
    yield header("srv/disk.img", size)
    for _ in range(size >> 20):
        yield source.randbytes(16 << 10) * 64
    yield bytes(1024)
