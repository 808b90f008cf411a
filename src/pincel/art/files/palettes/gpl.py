"""GIMP's palette, `.gpl`: text, one colour a line; Aseprite adds alpha ("Channels: RGBA")."""

from __future__ import annotations

from pincel.art.files.palettes._values import entry, palette_of_numbers, text_of
from pincel.art.palettes import Palette

SUFFIX = ".gpl"


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 1.0 if data.removeprefix(b"\xef\xbb\xbf").startswith(b"GIMP Palette") else 0.0


def read(data: bytes, name: str) -> Palette:
    colors = []
    source = "GIMP"
    seen = 3
    for line in text_of(data).splitlines()[1:]:
        line = line.strip()
        key, colon, value = line.partition(":")
        if colon and key.lower() == "name":
            name = value.strip() or name
        elif colon and key.lower() == "# source":
            source = value.strip()
        elif colon and key.lower() == "channels":  # Aseprite's own: "Channels: RGBA"
            seen = 4 if value.strip().upper() == "RGBA" else 3
        elif line and not line.startswith("#") and not (colon and not key[0].isdigit()):
            colors.append(entry(line.split()[:seen]))
    return palette_of_numbers(name, colors, source)


def write(palette: Palette) -> bytes:
    name = " ".join(palette.name.split())
    lines = ["GIMP Palette", f"Name: {name}", f"Columns: {min(len(palette), 16)}"]
    if palette.source:
        lines.append(f"# Source: {' '.join(palette.source.split())}")
    lines.append("#")
    for (r, g, b), code in zip(palette.colors.tolist(), palette.hexes, strict=True):
        lines.append(f"{r:3d} {g:3d} {b:3d}\t{code[1:]}")
    return ("\n".join(lines) + "\n").encode()
