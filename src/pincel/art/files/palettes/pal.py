"""Paint Shop Pro's palette, `.pal` beginning with "JASC-PAL": text, one colour a line, alpha behind
it where it was written with some."""

from __future__ import annotations

from pincel.art.files.palettes._values import entry, palette_of_numbers, text_of
from pincel.art.palettes import Palette

SUFFIX = ".pal"


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 1.0 if data.removeprefix(b"\xef\xbb\xbf").startswith(b"JASC-PAL") else 0.0


def read(data: bytes, name: str) -> Palette:
    lines = [line for line in text_of(data).splitlines() if line.strip()]
    count = int(lines[2])
    colors = [entry(line.split()) for line in lines[3 : 3 + min(count, len(lines))]]
    if len(colors) != count:
        raise ValueError("fewer colours than announced")
    return palette_of_numbers(name, colors, "JASC")


def write(palette: Palette) -> bytes:
    lines = ["JASC-PAL", "0100", str(len(palette))]
    lines += ["{} {} {}".format(*color) for color in palette.colors.tolist()]
    return ("\r\n".join(lines) + "\r\n").encode()
