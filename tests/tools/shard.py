"""The advisory database as docs/formats/database.md describes it, and by nothing else."""
import hashlib, json, struct, subprocess


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def more(self):
        return self.at < len(self.data)

    def take(self, n):
        got = self.data[self.at:self.at + n]
        assert len(got) == n, "past the end"
        self.at += n
        return got

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def string(self):
        return self.take(self.number()).decode("utf-8", "surrogateescape")

    def list(self, *item):
        return [tuple(one() for one in item) if len(item) > 1 else item[0]() for _ in range(self.number())]

    def strings(self):
        return self.list(self.string)


def sum_of(data):
    return hashlib.sha256(data).digest()[:16]


def records(path, shard):
    """(key, value) of a shard; everything that the format promises is asserted."""
    with open(f"{path}/shards/{shard['sha256']}.shard", "rb") as f:
        data = f.read()
    schema, keys, blocks, index_at, index_n = struct.unpack_from("<5Q", data, 8)
    assert data[:8] == b"LOTSEDB\0" and schema == 1 and index_at + index_n == len(data) == shard["bytes"]
    assert hashlib.sha256(data).hexdigest() == shard["sha256"]
    assert data[48:64].hex() == shard["sum"] and data[48:64] == sum_of(data[:48] + data[index_at:])
    index, last, seen = Bytes(data[index_at:]), None, 0
    for _ in range(blocks):
        first, at, stored, plain, mark = index.take(index.number()), index.number(), index.number(), index.number(), index.take(16)
        block = data[64 + at:64 + at + stored]
        assert 64 + at + stored <= index_at and sum_of(block) == mark
        if stored != plain:
            block = subprocess.run(["zstd", "-dcq"], input=block, capture_output=True, check=True).stdout
        assert len(block) == plain
        rest = Bytes(block)
        while rest.more():
            key, value = rest.take(rest.number()), rest.take(rest.number())
            assert (last is None or key > last) and key >= first
            last, seen = key, seen + 1
            yield key.decode("utf-8", "surrogateescape"), value
    assert not index.more() and seen == keys == shard["keys"]


def statements(value):
    rest = Bytes(value)
    while rest.more():
        s = Bytes(rest.take(rest.number()))
        one = {"advisory": s.string(), "ids": s.strings(), "aliases": s.strings(), "status": s.number(), "severity": s.number(),
               "module": s.string(), "ranges": s.list(s.number, lambda: s.list(s.number, s.string)), "versions": s.strings()}
        assert not s.more()
        yield one


TEXTS = ("id", "title", "description", "published", "modified", "withdrawn", "kev_added", "kev_due")


def vulnerability(v):
    one = {key: v.string() for key in TEXTS}
    one |= {"ransomware": v.number(), "aliases": v.strings(), "cwes": v.strings(), "scores": v.list(v.string, v.string),
            "links": v.list(v.string, v.string)}
    assert not v.more()
    return one


def manifest(path):
    with open(path + "/manifest.json") as f:
        return json.load(f)
