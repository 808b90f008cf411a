"""PNG's chunks: how they are written and walked through (PNG specification, 5.3)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(kind, data, whole chunk) up to IEND, or to where the file breaks off."""
    at = len(SIGNATURE)
    while at + 12 <= len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        end = at + 12 + size
        if end > len(png):
            return
        kind = png[at + 4 : at + 8]
        yield kind, png[at + 8 : end - 4], png[at:end]
        if kind == b"IEND":
            return
        at = end
