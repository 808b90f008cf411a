"""Krita's palette, `.kpl`: a zip with `colorset.xml`; colours in RGB, CMYK, CIELAB, XYZ or grey, in
groups, each at a row and a column."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree

import numpy as np

from pincel.art.files.palettes._values import from_cmyk, from_floats, from_lab, palette_of_numbers
from pincel.art.palettes import Palette
from pincel.pixels.color import linear_to_srgb

SUFFIX = ".kpl"
_MOST_TEXT = 8_000_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError)


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    if not data.startswith(b"PK"):
        return 0.0
    return 1.0 if b"application/x-krita-palette" in data[:200] else 0.6 * (suffix == SUFFIX)


def read(data: bytes, name: str) -> Palette:
    """The entries by row and column, those without a group first."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            inside = held.getinfo("colorset.xml")
            if inside.file_size > _MOST_TEXT:
                raise ValueError("too much text")
            text = held.read(inside)
    except _DAMAGE as error:
        raise ValueError("no colorset.xml") from error
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:  # none is written; entities can be bombs
        raise ValueError("a document type")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError("no XML") from error
    colors: list[tuple[float, ...]] = []
    for group in (root, *root.findall("Group")):
        entries = sorted(group.findall("ColorSetEntry"), key=_place)
        colors += [_color(one) for one in entries]
    return palette_of_numbers(root.get("name") or name, from_floats(colors), "Krita")


def _place(entry: ElementTree.Element) -> tuple[int, int]:
    place = entry.find("Position")
    return (0, 0) if place is None else (int(place.get("row", 0)), int(place.get("column", 0)))


def _color(entry: ElementTree.Element) -> tuple[float, ...]:
    """sRGB 0-1 of one entry."""
    for child in entry:
        kind = child.tag.lower()
        if kind in ("rgb", "srgb"):
            values = _values(child, "r", "g", "b")
            # Krita's linear profiles are called sRGB-elle-V2-g10.icc, scRGB (linear), ...
            space = (child.get("space") or "").lower()
            linear = kind == "rgb" and ("g10" in space or "linear" in space)
            return tuple(linear_to_srgb(np.array(values)).tolist()) if linear else values
        if kind == "cmyk":
            return from_cmyk(*_values(child, "c", "m", "y", "k"))
        if kind == "lab":
            return from_lab(*_values(child, "L", "a", "b"))
        if kind == "gray":
            return _values(child, "g") * 3
        if kind == "xyz":
            from skimage.color import xyz2rgb

            return tuple(xyz2rgb(np.array(_values(child, "x", "y", "z"))).tolist())
    raise ValueError("an entry without a colour")


def _values(child: ElementTree.Element, *names: str) -> tuple[float, ...]:
    return tuple(float(child.attrib[name]) for name in names)
