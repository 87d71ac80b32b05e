#!/usr/bin/env python3
"""JSON and YAML against cases written from RFC 8259 and YAML 1.2.2, with Python's
readers as a second opinion. TAP; UPDATE=1 writes what YAML cases are taken for.

tests/data/json.data is read by build/tests/io_json_test as well, which knows what is
said; here it is about who takes it, and for what."""
import json, os, re, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools"))
from pyyaml import loader, plain
from tap import BUILD, end, tell

try:
    import yaml
except ImportError:
    yaml = None

JSON, YAML = "tests/data/json.data", "tests/data/yaml.data"
LEAST = {JSON: 150, YAML: 120}


def unescape(text):
    return re.sub(rb"%([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), text)


def read(path):
    with open(path, "rb") as f:
        return f.read()


# ---- JSON ----

def json_cases():
    """(text, outcome, whether Python agrees): not in a block that begins with a line "# Python reads these"."""
    agrees = True
    for line in read(JSON).split(b"\n"):
        if not line or line.startswith(b"#"):
            agrees = line != b"# Python reads these" and (agrees or bool(line))
            continue
        text, outcome = line.split(b" -> ")
        yield unescape(text), unescape(outcome), agrees


def python_json(text):
    try:
        return json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ValueError


def of_json():
    cases, bad = list(json_cases()), []
    for text, outcome, agrees in cases:
        theirs = python_json(text)
        ours = ValueError if outcome.startswith(b"!") else json.loads(outcome)
        if agrees and ours != theirs:
            bad.append(f"{text!r}: ours {ours!r}, Python's {theirs!r}")
        if not agrees and ours == theirs:
            bad.append(f"{text!r}: Python does not differ")
    tell(f"{len(cases)} JSON texts, as Python takes them", bad)
    tell("enough of them", [] if len(cases) >= LEAST[JSON] else [len(cases)])


# ---- YAML ----

class Case:
    def __init__(self, block):
        head, rest = block.split(b"\n", 1)
        flags, self.name = re.fullmatch(rb"((?:[%~] )*)(.*)", head).groups()
        self.differs = b"~" in flags
        text, self.wanted = re.fullmatch(rb"((?:.*\n)*?)-->\n((?:.*\n)*?)(?:\n*(?:#.*\n?)*)*", rest).groups()
        self.text = unescape(text.rstrip(b"\n")) if b"%" in flags else text


def yaml_cases():
    return [Case(b + b"\n") for b in re.split(rb"^=== ", read(YAML), flags=re.M)[1:]]


def ours(cases):
    """What the program that tests YAML makes of each."""
    with tempfile.TemporaryDirectory() as t:
        paths = [f"{t}/{i}" for i in range(len(cases))]
        for path, case in zip(paths, cases):
            with open(path, "wb") as f:
                f.write(case.text)
        done = subprocess.run([BUILD + "/tests/io_yaml_test", "json", *paths], capture_output=True, check=True)
    return re.findall(rb"((?:(?!\.\n).*\n)*)\.\n", done.stdout)


def python_yaml(text):
    try:
        return [plain(d) for d in yaml.load_all(text.decode("utf-8-sig"), loader(yaml))]
    except (yaml.YAMLError, ValueError, RecursionError):
        return ValueError


def documents(lines):
    """Of JSON texts; the error takes them all, as for PyYAML."""
    return ValueError if b"\n!" in b"\n" + lines else [json.loads(l) for l in lines.splitlines()]


def of_yaml():
    cases = yaml_cases()
    found = ours(cases)
    if os.environ.get("UPDATE"):
        update(found)
        cases = yaml_cases()
    bad = [f"{c.name.decode()}: {f.decode()!r}, wanted {c.wanted.decode()!r}" for c, f in zip(cases, found) if c.wanted != f]
    tell(f"{len(cases)} YAML texts, as it says with them", bad)
    if not yaml:
        return tell("YAML as PyYAML takes it", skip="no PyYAML here")
    bad = []
    for case in cases:
        a, b = documents(case.wanted), python_yaml(case.text)
        if (a != b) != case.differs:
            bad.append(f"{case.name.decode()}: ours {a!r}, PyYAML's {b!r}")
    tell(f"{sum(not c.differs for c in cases)} of them as PyYAML takes them, the others not", bad)
    tell("enough of them", [] if len(cases) >= LEAST[YAML] else [len(cases)])


def update(found):
    """Puts what was found behind each arrow."""
    left = iter(found)
    text = re.sub(rb"^-->\n(?:(?!=== |#|\n).*\n)*", lambda _: b"-->\n" + next(left), read(YAML), flags=re.M)
    with open(YAML, "wb") as f:
        f.write(text)


of_json()
of_yaml()
end()
