"""Bare hexadecimal digits, `.hex`: a colour a line, six digits or, with alpha, eight (RRGGBBAA)."""

from __future__ import annotations

import re

from pincel.art.files.palettes._values import entry, palette_of_numbers, text_of
from pincel.art.palettes import Palette

SUFFIX = ".hex"


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    if suffix in (SUFFIX, ".gpl", ".pal"):
        return 0.5
    start = data[:200].removeprefix(b"\xef\xbb\xbf")
    line = rb"\s*(?:;[^\n]*\n\s*)*#?[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?\s*(?:\n|$)"
    return 0.3 if re.match(line, start) else 0.0


def read(data: bytes, name: str) -> Palette:
    """Comments begin with ";"."""
    return palette_of_numbers(name, [entry(digits_of(code)) for code in hex_codes(data)], "HEX")


def hex_codes(data: bytes) -> list[str]:
    """The colours' digits, six or eight of each line. ValueError where a line is none."""
    found = []
    for line in text_of(data).splitlines():
        code = line.partition(";")[0].strip().removeprefix("#").removeprefix("0x")
        if code and not re.fullmatch("[0-9a-fA-F]{6}|[0-9a-fA-F]{8}", code):
            raise ValueError(f"not a colour: {code[:20]!r}")
        if code:
            found.append(code)
    return found


def digits_of(code: str) -> list[str]:
    """Red, green, blue and, if it has one, alpha of a code, as the numbers' texts."""
    return [str(value) for value in bytes.fromhex(code)]


def write(palette: Palette) -> bytes:
    """Six digits a line."""
    return "".join(code[1:] + "\n" for code in palette.hexes).encode()
