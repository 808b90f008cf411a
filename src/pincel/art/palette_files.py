"""The palette that somebody asks for: a name, a file, a list of colours, an array. The formats of
files stand in `pincel.art.files.palettes`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

import numpy as np

from pincel.art.files.palettes import read_palette
from pincel.art.palettes import MOST_COLORS, Palette, from_hexes, palette_named
from pincel.errors import PincelError, SystemReason

_MOST_BYTES = 64_000_000
_HEX = r"(?:#|0x)?(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})"


def load_palette(wanted: str | os.PathLike | Palette | Iterable) -> Palette:
    """The palette somebody asks for: the one door for all jobs.

    `wanted` is the name of a known palette ("pico-8"), a palette file or a picture with few
    colours ("my.gpl"), colours ("#1d2b53,#7e2553"), an array (k, 3) or a Palette. Colours that
    stand twice are kept once. Anything else is a PincelError.
    """
    if isinstance(wanted, Palette):
        return _distinct(wanted)
    if not isinstance(wanted, str | os.PathLike):
        return _distinct(_from_values(wanted))
    text = os.fspath(wanted).strip()
    if isinstance(wanted, str):
        colors = _listed(text)
        if colors is not None:
            return _distinct(_checked(colors, text))
        if text.startswith("#") and not os.path.exists(text):
            raise PincelError("palette.not_colors", given=text[:60])
        if not PurePath(text).suffix.lower() and os.sep not in text:
            try:
                return palette_named(text)
            except PincelError:
                if not os.path.exists(text):
                    raise
    return _distinct(read_palette(_bytes_of(text), text))


def _listed(text: str) -> list[str] | None:
    """The colours of "#1d2b53, 7e2553 #fff" (or, with alpha, "#1d2b53ff"); None where the text is
    no list of colours.

    One colour alone needs its "#", so that no name is taken for a colour.
    """
    if not re.fullmatch(rf"{_HEX}(?:[\s,;]+{_HEX})*[\s,;]*", text):
        return None
    colors = re.findall(_HEX, text)
    return colors if len(colors) > 1 or text.startswith("#") else None


def _checked(hexes: list[str], name: str) -> Palette:
    if len(hexes) > MOST_COLORS:
        raise PincelError(
            "palette.too_many", name=f"{name[:20]}...", count=len(hexes), most=MOST_COLORS
        )
    palette = from_hexes(hexes, "colors")
    if not len(palette):  # all of them alpha 0
        raise PincelError("palette.empty", name=f"{name[:20]}...")
    return palette


def _from_values(values: Iterable) -> Palette:
    given = list(values)
    if given and all(isinstance(value, str) for value in given):
        try:
            return _checked(given, "colors")
        except PincelError:
            raise
        except ValueError as error:
            raise PincelError("palette.not_colors", given=str(given)[:60]) from error
    try:
        colors = np.asarray(given)
    except ValueError as error:
        raise PincelError("palette.not_colors", given=str(given)[:60]) from error
    whole = colors.ndim == 2 and colors.shape[1:] == (3,) and colors.dtype.kind in "iu"
    if not whole or colors.min() < 0 or colors.max() > 255:
        raise PincelError("palette.not_colors", given=str(given)[:60])
    if len(colors) > MOST_COLORS:
        raise PincelError("palette.too_many", name="colors", count=len(colors), most=MOST_COLORS)
    return Palette("colors", colors.astype(np.uint8))


def _distinct(palette: Palette) -> Palette:
    _, first = np.unique(palette.colors, axis=0, return_index=True)
    if len(first) == len(palette):
        return palette
    colors = palette.colors[np.sort(first)]
    return Palette(
        palette.name, colors, palette.source, palette.year, palette.family, palette.aliases
    )


def _bytes_of(text: str) -> bytes:
    path = Path(text)
    try:
        if path.is_dir():
            raise PincelError("palette.folder", name=text)
        if path.stat().st_size > _MOST_BYTES:
            raise PincelError("palette.too_large", name=path.name, most=_MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except PincelError:
        raise
    except FileNotFoundError:
        raise PincelError("palette.no_file", name=text) from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise PincelError("palette.unreadable", name=text, why=SystemReason(error)) from error
