"""paint.net's palette, `.txt`: one colour a line, eight digits with alpha in front (AARRGGBB)."""

from __future__ import annotations

from pincel.art.files.palettes._values import entry, palette_of_numbers
from pincel.art.files.palettes.hex import digits_of, hex_codes
from pincel.art.palettes import Palette

SUFFIX = ".txt"


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.lower().startswith(b"; paint.net"):
        return 1.0
    if suffix == SUFFIX:
        return 0.5
    return 0.4 if not suffix and start.startswith(b";") else 0.0  # nobody else writes comments so


def read(data: bytes, name: str) -> Palette:
    """Comments begin with ";". Six digits are a colour without alpha."""
    turned = [code[2:] + code[:2] if len(code) == 8 else code for code in hex_codes(data)]
    return palette_of_numbers(name, [entry(digits_of(code)) for code in turned], "paint.net")


def write(palette: Palette) -> bytes:
    lines = ["; paint.net Palette File", f"; Palette Name: {' '.join(palette.name.split())}"]
    lines += [f"; Colors: {len(palette)}", *(f"FF{code[1:].upper()}" for code in palette.hexes)]
    return ("\n".join(lines) + "\n").encode()
