"""Named palettes: the colours of old machines and of well-known pixel artists.

Colours are facts; every palette names its machine or author. They live in `palettes.json`.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from pincel.errors import PincelError

FAMILIES = ("artist", "handheld", "console", "computer", "design")
MOST_COLORS = 256


@dataclass(frozen=True, eq=False)
class Palette:
    """A named, ordered set of colours.

    name     as its author writes it: "PICO-8"
    colors   (k, 3) uint8 sRGB, 1 <= k <= 256
    source   author, machine or file it comes from
    year     of the machine or the palette, None where it is not known for certain
    family   "artist", "handheld", "console", "computer", "design" or "file"
    aliases  other names that `palette_named` understands
    """

    name: str
    colors: np.ndarray
    source: str = ""
    year: int | None = None
    family: str = "file"
    aliases: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The name as one types it or calls a file: "pico-8"."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "palette"

    @property
    def hexes(self) -> tuple[str, ...]:
        """The colours as "#rrggbb"."""
        return tuple("#{:02x}{:02x}{:02x}".format(*color) for color in self.colors.tolist())

    def save(self, path: str | os.PathLike, *, force: bool = False) -> Path:
        """Write a palette file; its suffix says how (`files.palettes.palette_suffixes`), none is
        .gpl. An existing one is only replaced with `force`. Returns the path."""
        from pincel.art.files.palettes import write_palette
        from pincel.atomic import write_new

        target = Path(path) if Path(path).suffix else Path(f"{path}.gpl")
        return write_new(target, write_palette(self, target.suffix), force=force)

    def __len__(self) -> int:
        return len(self.colors)


def from_hexes(hexes: Sequence[str], name: str = "palette", **facts: object) -> Palette:
    """A palette from "1d2b53", "#1D2B53" or "#15b"; ValueError where a text is no colour. Eight
    digits are RRGGBBAA; those of alpha 0, which show nothing, are left out."""
    seen = [color for color in map(_color, hexes) if color is not None]
    colors = np.array(seen, np.uint8).reshape(-1, 3)
    colors.setflags(write=False)  # named palettes are shared
    return Palette(name, colors, **facts)  # type: ignore[arg-type]


def palette_named(name: str) -> Palette:
    """The palette of this name; case, spaces and hyphens do not matter ("Pico 8", "pico-8").

    An unknown name is a PincelError that offers the nearest ones.
    """
    found = _by_name().get(_plain(name))
    if found is None:
        near = get_close_matches(_plain(name), list(_by_name()), n=3, cutoff=0.5)
        offers = list(dict.fromkeys(_by_name()[key].slug for key in near)) or ["pico-8", "nes"]
        raise PincelError(
            "palette.unknown", name=name, near=", ".join(offers), count=len(all_palettes())
        )
    return found


def names() -> tuple[str, ...]:
    """What one types for every named palette, in the order of the list."""
    return tuple(palette.slug for palette in all_palettes())


@cache
def all_palettes() -> tuple[Palette, ...]:
    """Every named palette, by family and then by number of colours."""
    text = resources.files(__package__).joinpath("palettes.json").read_text("utf-8")
    return tuple(_entry(**entry) for entry in json.loads(text)["palettes"])


def _entry(
    name: str,
    family: str,
    source: str,
    colors: list[str],
    year: int | None = None,
    aliases: tuple[str, ...] | list[str] = (),
) -> Palette:
    on_lospec = re.findall(r"lospec\.com/palette-list/([\w-]+)", source)
    return from_hexes(
        " ".join(colors).split(),
        name,
        source=source,
        year=year,
        family=family,
        aliases=(*aliases, *on_lospec),
    )


@cache
def _by_name() -> dict[str, Palette]:
    table: dict[str, Palette] = {}
    for palette in all_palettes():
        for alias in palette.aliases:
            table.setdefault(_plain(alias), palette)
    return table | {_plain(palette.name): palette for palette in all_palettes()}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _color(text: str) -> tuple[int, int, int] | None:
    digits = text.strip().lower().removeprefix("#").removeprefix("0x")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if not re.fullmatch("[0-9a-f]{6}|[0-9a-f]{8}", digits):
        raise ValueError(f"not a colour: {text!r}")
    red, green, blue, *alpha = bytes.fromhex(digits)
    return None if alpha == [0] else (red, green, blue)
