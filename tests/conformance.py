#!/usr/bin/env python3
"""JSON and YAML against cases written from RFC 8259 and YAML 1.2.2, with Python's
readers as a second opinion; hostile YAML: cases TXT-1 and TXT-4. TAP; UPDATE=1 writes
what YAML cases are taken for.

tests/data/json.data is read by build/tests/io_json_test as well, which knows what is
said; here it is about who takes it, and for what."""
import json, os, re, resource, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools"))
from pyyaml import loader, plain
from tap import ASAN, BUILD, LOTSE, end, tell

try:
    import yaml
except ImportError:
    yaml = None

JSON, YAML = "tests/data/json.data", "tests/data/yaml.data"
LEAST = {JSON: 190, YAML: 350}


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
    tell(f"TXT-1 {len(cases)} JSON texts, as Python takes them", bad)
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
    tell(f"TXT-4 {len(cases)} YAML texts, as it says with them", bad)
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


# ---- TXT-4: YAML that is too much ----

def grown(first, rest, depth):
    """Each line stands for nine of the line before."""
    lines = [f"a0: &a0 {first}"]
    for i in range(1, depth):
        lines.append(f"a{i}: &a{i} " + rest % ", ".join(f"{'' if rest[0] == '[' else f'k{n}: '}*a{i - 1}" for n in range(9)))
    return "\n".join(lines) + "\n"


def chain(links):
    return "- &a0 {k0: 0}\n" + "".join(f"- &a{i} {{<<: *a{i - 1}, k{i}: {i}}}\n" for i in range(1, links))


KEY = "k" * 5_000_000
HOSTILE = [  # what, the text, what is said; nothing said when it is read
    ("an alias bomb of lists", grown("[x]", "[%s]", 9), r"line 8, column \d+: anchors stand for too much"),
    ("an alias bomb of maps", grown("{a: x}", "{%s}", 9), r"line 7, column \d+: anchors stand for too much"),
    ("a wide map, merged a hundred times", "a: &a {" + ", ".join(f"k{i}: {i}" for i in range(100_000)) + "}\nb: {<<: [" + "*a, " * 100 + "]}\n", r"line 2, column \d+: anchors stand for too much"),
    ("a long text, a thousand times", "a: &a " + "x" * 100_000 + "\nb: [" + "*a, " * 999 + "]\n", r"line 2, column \d+: anchors stand for too much"),
    ("100,000 lists", "[" * 100_000, "line 1, column 129: nested more than 128 deep"),
    ("100,000 maps", "{a: " * 100_000, "line 1, column 513: nested more than 128 deep"),
    ("100,000 items in each other", "- " * 100_000, "line 1, column 257: nested more than 128 deep"),
    ("100,000 keys in each other", "? " * 100_000, "line 1, column 3: a key that is a map or list"),
    ("a key of 5 MB", KEY + ": 1\n", ""), ("a key of 5 MB in quotes", f'"{KEY}": 1\n', ""),
    ("a key of 5 MB with a mark", f"? {KEY}\n: 1\n", ""), ("a key of 5 MB in flow style", f"{{{KEY}: 1}}\n", ""),
    ("1,000,000 documents", "---\n" * 1_000_000, ""), ("1,000,000 comments", "# x\n" * 1_000_000, ""),
    ("300,000 anchors", "".join(f"- &a{i} x\n" for i in range(300_000)), ""),
    ("300,000 keys", "".join(f"k{i}: {i}\n" for i in range(300_000)), ""),
    ("an alias inside of its list", "&a [*a]\n", "line 1, column 6: an alias inside what it stands for"),
    ("an alias inside of its map", "&a {b: *a}\n", "line 1, column 9: an alias inside what it stands for"),
    ("a thousand merges, each of the one before", chain(1000), ""), ("two thousand", chain(2000), "line 1002, column 16: too many aliases"),
]


def bounded():
    """256 MiB, and an end to what hangs."""
    if not ASAN:
        resource.setrlimit(resource.RLIMIT_DATA, (256 << 20, 256 << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def hostile(t):
    for what, text, says in HOSTILE:
        with open(f"{t}/x.yaml", "w") as f:
            f.write(text)
        done = subprocess.run([BUILD + "/tests/io_yaml_test", "json", f"{t}/x.yaml"], capture_output=True, preexec_fn=bounded)
        said = b"".join(re.findall(rb"^!.*", done.stdout, re.M)).decode()
        tell(f"TXT-4 {what}", [] if done.returncode == 0 and bool(said) == bool(says) and re.search(says, said) else [f"exit {done.returncode}", said[:200]])


def tags(t):
    """In a feed, through the whole program: nothing is run, and a bomb is named with its place."""
    os.makedirs(f"{t}/feed")
    tags = ("python/object/apply:os.system [", "python/object/new:subprocess.Popen [[touch, ", "python/name:", "ruby/object:Gem::Requirement [")
    for name, text in [(f"tag{i}", f'!!{tag}"touch {t}/ran"' + "]" * tag.count("[")) for i, tag in enumerate(tags)] + [("bomb", grown("[x]", "[%s]", 9))]:
        with open(f"{t}/feed/{name}.yaml", "w") as f:
            f.write(text + "\n")
    done = subprocess.run([LOTSE, "db", "build", "--feeds", f"{t}/feed", "--db", f"{t}/db"], capture_output=True, preexec_fn=bounded)
    tell("TXT-4 tags never act", ["something was run"] if os.path.exists(f"{t}/ran") else [])
    tell("TXT-4 a feed that is a bomb", [] if done.returncode == 2 and re.search(rb"bomb\.yaml.*line 8, column \d+", done.stdout + done.stderr) else [done])


of_json()
of_yaml()
with tempfile.TemporaryDirectory() as folder:
    hostile(folder)
    tags(folder)
end()
