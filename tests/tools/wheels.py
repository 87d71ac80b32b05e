"""Python packages of our own, made on the spot: wheels of nothing but
their metadata, and an index of them as PEP 503 has it."""
import base64, hashlib, os, re, zipfile


def key(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def metadata(name, version, requires=(), extras=(), headers=()):
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *headers]
    lines += [f"Provides-Extra: {e}" for e in extras] + [f"Requires-Dist: {r}" for r in requires]
    return "\n".join(lines) + f"\n\n# {name}\n\nRequires-Dist: not-this-one\n"


def wheel(folder, name, version, *args, **words):
    """NAME-VERSION-py3-none-any.whl in the folder; gives its path."""
    module = re.sub(r"[-_.]+", "_", name)
    info = f"{module}-{version}.dist-info"
    files = {f"{module}.py": f"version = {version!r}\n", info + "/METADATA": metadata(name, version, *args, **words),
             info + "/WHEEL": "Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
    record = [f"{n},sha256={base64.urlsafe_b64encode(hashlib.sha256(t.encode()).digest()).rstrip(b'=').decode()},{len(t)}" for n, t in files.items()]
    files[info + "/RECORD"] = "\n".join(record + [info + "/RECORD,,"]) + "\n"
    path = f"{folder}/{module}-{version}-py3-none-any.whl"
    os.makedirs(folder, exist_ok=True)
    with zipfile.ZipFile(path, "w") as z:
        for n, t in files.items():
            z.writestr(zipfile.ZipInfo(n, (2024, 1, 1, 0, 0, 0)), t)
    return path


def setup(folder, name, version, requires=(), tool="setuptools"):
    """A project with a setup.py, unpacked."""
    module = re.sub(r"[-_.]+", "_", name)
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/setup.py", "w") as f:
        wants = f", install_requires={list(requires)!r}" if tool == "setuptools" else ""
        f.write(f"from {tool}{'.core' * (tool == 'distutils')} import setup\n"
                f"setup(name={name!r}, version={version!r}, py_modules=[{module!r}], license='BSD'{wants})\n")
    with open(f"{folder}/{module}.py", "w") as f:
        f.write("pass\n")
    return folder


def index(folder, wheels):
    """FOLDER/simple/NAME/, for a server of files."""
    for path in wheels:
        base = os.path.basename(path)
        where = f"{folder}/simple/{key(base.split('-')[0])}"
        os.makedirs(where, exist_ok=True)
        os.link(path, f"{where}/{base}")
