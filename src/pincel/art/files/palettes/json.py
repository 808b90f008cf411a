"""JSON with a list "colors", as Lospec gives it (texts of digits), as Pixelorama writes it (numbers
0 to 1 in brackets, with alpha) and as the Sketch Palettes plugin does (`.sketchpalette`: red,
green, blue and alpha, 0 to 1; in older files texts of digits)."""

from __future__ import annotations

import json
import re

from pincel.art.files.palettes._values import from_floats, palette_of_numbers, text_of
from pincel.art.palettes import Palette, from_hexes

SUFFIX = ".json"
ALSO = (".sketchpalette",)


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in (SUFFIX, *ALSO):
        return 0.5
    return 0.4 if start.startswith(b"{") and b'"colors"' in data else 0.0


def read(data: bytes, name: str) -> Palette:
    """A project of Pixelorama (.pxo as JSON) has no list of colours and is refused."""
    told = json.loads(text_of(data))
    colors = told["colors"] if isinstance(told, dict) else told
    if not isinstance(colors, list):
        raise ValueError("no list of colours")
    if not isinstance(told, dict):
        told = {}
    name = str(told.get("name") or name)
    if colors and isinstance(colors[0], dict) and "red" in colors[0]:
        seen = [[float(one[part]) for part in ("red", "green", "blue")] for one in colors
                if float(one.get("alpha", 1)) > 0]  # fmt: skip
        return palette_of_numbers(name, from_floats(seen), "Sketch")
    if colors and isinstance(colors[0], dict):
        return _pixelorama(colors, name)
    palette = from_hexes([str(color) for color in colors], name)
    return Palette(name, palette.colors, str(told.get("author") or "") or "JSON")


def _pixelorama(colors: list[dict], name: str) -> Palette:
    """Entries {"color": "(r, g, b, a)", "index": place}; those seen through are left out."""
    seen = []
    for one in sorted(colors, key=lambda entry: int(entry["index"])):
        found = [float(part) for part in re.findall(r"-?[\d.]+(?:e-?\d+)?", str(one["color"]))]
        if len(found) not in (3, 4):
            raise ValueError("not a colour")
        if len(found) == 3 or found[3] > 0:
            seen.append(found[:3])
    return palette_of_numbers(name, from_floats(seen), "Pixelorama")
