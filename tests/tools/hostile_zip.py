"""Zip archives that no zip program writes: each field of the local headers, of the
central directory and of its end as one likes."""
import struct, zlib


class Zip:
    def __init__(self, before=b""):
        self.body, self.entries, self.count = before, [], None

    def local(self, name, body, packed=None, method=0, flags=0, size=None):
        """A local header with its bytes; its place is the result."""
        at = len(self.body)
        packed = body if packed is None else packed
        self.body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, method, 0, 33, zlib.crc32(body), len(packed), len(body) if size is None else size,
                                 len(name), 0) + name + packed
        return at

    def central(self, name, body, at, packed=None, method=0, flags=0, size=None, mode=0o100644, extra=b""):
        packed = len(body) if packed is None else packed
        self.entries.append(struct.pack("<4s6H3I5H2I", b"PK\1\2", 0x31e, 20, flags, method, 0, 33, zlib.crc32(body), packed, len(body) if size is None else size,
                                        len(name), len(extra), 0, 0, 0, mode << 16, at) + name + extra)

    def add(self, name, body, **fields):
        self.central(name, body, self.local(name, body), **fields)
        return self

    def bytes(self, comment=b"", count=None, at=None, length=None):
        directory = b"".join(self.entries)
        count = len(self.entries) if count is None else count
        return self.body + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count & 0xffff, count & 0xffff, len(directory) if length is None else length,
                                                   len(self.body) if at is None else at, len(comment)) + comment


def deflated(body):
    z = zlib.compressobj(9, zlib.DEFLATED, -15)
    return z.compress(body) + z.flush()


def overlapping(n, kernel):
    """n members, all of them the same bytes."""
    z, packed = Zip(), deflated(kernel)
    at = z.local(b"x.json", kernel, packed, 8)
    for i in range(n):
        z.central(b"%05d.json" % i, kernel, at, len(packed), 8)
    return z.bytes()


def quoting(n, kernel):
    """As above, but each header is quoted by the bytes of the member before it, so
    that every member has a header of its own."""
    packed, parts = deflated(kernel), []
    tail = b""
    for i in reversed(range(n)):
        name = b"%05d.json" % i
        body = packed if i == n - 1 else b"\0" + struct.pack("<HH", len(tail_head), len(tail_head) ^ 0xffff) + tail_head + tail_body
        head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(body), 0, len(name), 0) + name
        tail_head, tail_body = head, body
        parts.append((name, len(body)))
    z = Zip()
    z.body = tail_head + tail_body
    at = 0
    for name, size in reversed(parts):
        z.central(name, b"", at, size, 8, size=len(kernel))
        at += 30 + len(name) + 5
    return z.bytes()
