"""What Pillow needs to be told about animated WebP (container specification, Google: VP8X, ANMF).

Encoders cut every frame to what changes. Where all that is left is opaque, libwebp (1.6) says of
the whole file that it has no alpha, and Pillow (13.0) then shows black where nothing was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

_ALPHA, _ANIMATED = 0x10, 0x02
_FLAGS = 20  # where they stand in a file that begins with VP8X
_CLEARED = 0x01


def told_of_alpha(data: bytes) -> bytes:
    """The file with its alpha flag set where nothing is drawn on some of its canvas: its first
    frame does not fill it, or a frame is cleared before the next one."""
    if data[12:16] != b"VP8X" or len(data) < 30:
        return data
    if data[_FLAGS] & (_ALPHA | _ANIMATED) != _ANIMATED:
        return data
    size = (_number(data, 24) + 1, _number(data, 27) + 1)
    for number, at in enumerate(_frames(data)):
        x, y = 2 * _number(data, at), 2 * _number(data, at + 3)
        width, height = _number(data, at + 6) + 1, _number(data, at + 9) + 1
        fills = (x, y, width, height) == (0, 0, *size)
        if (number == 0 and not fills) or data[at + 15] & _CLEARED:
            return data[:_FLAGS] + bytes([data[_FLAGS] | _ALPHA]) + data[_FLAGS + 1 :]
    return data


def _frames(data: bytes) -> Iterator[int]:
    """Where each frame's own header begins."""
    at = 12
    while at + 24 <= len(data):
        if data[at : at + 4] == b"ANMF":
            yield at + 8
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 3], "little")
