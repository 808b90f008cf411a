"""Text inside a PNG, read, written and taken out chunk by chunk; the pixels stay as they are.

Only international text (iTXt) is looked at (PNG specification, 11.3.4.5).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping

from pincel.errors import PincelError
from pincel.pixels.chunks import SIGNATURE, chunk, chunks

MOST_TEXT = 256 * 1024
"""Bytes of one text; longer ones are not read."""
_BEFORE = (b"acTL", b"fcTL", b"IDAT")


def find_text(png: bytes, key: str) -> str | None:
    """The first text under this key; None where there is none or the bytes are no PNG.

    PincelError when it is damaged (wrong checksum, broken compression, no UTF-8) or too long.
    """
    if not png.startswith(SIGNATURE):
        return None
    for kind, data, whole in chunks(png):
        if kind == b"iTXt" and data.startswith(key.encode() + b"\0"):
            if zlib.crc32(kind + data) != struct.unpack(">I", whole[-4:])[0]:
                raise PincelError("recipe.damaged")
            return _value(data)
    return None


def insert(png: bytes, notes: Mapping[str, str]) -> bytes:
    """The PNG with these texts before its pixels."""
    _be_png(png)
    written = b"".join(
        chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + value.encode())
        for key, value in notes.items()
    )
    parts: list[bytes] = [SIGNATURE]
    for kind, _, whole in chunks(png):
        if kind in _BEFORE and written:
            parts.append(written)
            written = b""
        parts.append(whole)
    return b"".join(parts)


def remove(png: bytes, unwanted: Callable[[str, str], bool]) -> bytes:
    """The PNG without the texts for which `unwanted(key, value)` holds."""
    _be_png(png)
    parts = [SIGNATURE]
    for kind, data, whole in chunks(png):
        if kind == b"iTXt":
            key = data.partition(b"\0")[0].decode("latin-1")
            try:
                value = _value(data)
            except PincelError:
                value = ""
            if unwanted(key, value):
                continue
        parts.append(whole)
    return b"".join(parts)


def _value(data: bytes) -> str:
    """The text of an iTXt chunk: key 0 compressed method language 0 translated key 0 text."""
    head, rest = data.partition(b"\0")[2][:2], data.partition(b"\0")[2][2:]
    body = rest.partition(b"\0")[2].partition(b"\0")[2]
    if len(head) < 2 or len(body) > MOST_TEXT:
        raise PincelError("recipe.damaged")
    try:
        if head[0]:
            opened = zlib.decompressobj()
            body = opened.decompress(body, MOST_TEXT)
            if opened.unconsumed_tail:
                raise PincelError("recipe.damaged")
        return body.decode()
    except (zlib.error, UnicodeDecodeError):
        raise PincelError("recipe.damaged") from None


def _be_png(png: bytes) -> None:
    if not png.startswith(SIGNATURE):
        raise PincelError("recipe.no_png")
