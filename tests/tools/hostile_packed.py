"""Packed bytes with headers and sums as one likes."""
import lzma, struct, zlib


def patched_xz(size, body):
    """Says that it needs a dictionary of 2 << size/2 KiB and more."""
    b = bytearray(lzma.compress(body, check=lzma.CHECK_CRC32))
    assert b[13:16] == b"\x00\x21\x01"
    b[16] = size
    b[20:24] = struct.pack("<I", zlib.crc32(b[12:20]))
    return bytes(b)


def gz(body, flags=0, extra=b"", crc=None, size=None):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = b"\x1f\x8b\x08" + bytes([flags]) + bytes(4) + b"\x00\x03" + extra
    if flags & 2:
        head += struct.pack("<H", zlib.crc32(head) & 0xffff)
    return head + deflate.compress(body) + deflate.flush() + struct.pack("<2I", zlib.crc32(body) if crc is None else crc, len(body) if size is None else size)
