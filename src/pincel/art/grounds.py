"""Ground tiles by rules: full canvases that join themselves on all four sides.

A kind is a rule of one of FAMILIES. Tiles of one base have the same outermost rows and columns and
the same colours, so they may lie side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from pincel.art import grounds_built, grounds_laid, grounds_made, grounds_soft, grounds_wet
from pincel.art.ground_kinds import GROUNDS, GroundLook
from pincel.art.plots import Plot, Ramp, five_of, grounds_sprite
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

FAMILIES = (grounds_soft, grounds_wet, grounds_laid, grounds_built, grounds_made)
SIDES = (16, 32, 48, 64)
_TONE = 0.09


def ground_plot(look: GroundLook, side: int, phase: float = 0.0) -> Plot:
    """A ground as a plot of `side` pixels. A kind that nobody knows raises KeyError."""
    plot = Plot(side, look.base, look.seed + 1, look.kind, phase)
    GROUNDS[look.kind].draw(plot, look.more)
    same, materials = _border(look.kind, look.base, look.more, side, phase)
    plot.materials, (own, same) = merged([(plot.codes, plot.materials), (same, materials)])
    plot.codes = np.where(plot.rim == 0, same, own)  # of all seeds the same, to the pixel
    return plot


@lru_cache(maxsize=32)
def _border(
    kind: str, base: int, more: frozenset[str], side: int, phase: float
) -> tuple[np.ndarray, list[str]]:
    plot = Plot(side, base, 0, kind, phase)
    GROUNDS[kind].draw(plot, more)
    return plot.codes, plot.materials


def ground_sprite(look: GroundLook, side: int = 32, frames: int = 1) -> Sprite:
    """A ground tile, (side, side), of so many frames. A kind or a colour that nobody knows raises
    KeyError."""
    plots = [ground_plot(look, side, number / frames) for number in range(frames)]
    materials, drawn = merged([(one.codes, one.materials) for one in plots])
    return grounds_sprite(drawn, materials, ground_ramps(look))


def merged(
    drawn: Sequence[tuple[np.ndarray, list[str]]],
) -> tuple[list[str], list[np.ndarray]]:
    """Codes, each (h, w) int with its own list of materials, as codes (h, w) int of one list."""
    every = list(dict.fromkeys(name for _, own in drawn for name in own))
    found = []
    for codes, own in drawn:
        place = np.array([every.index(name) for name in own])
        found.append(8 * place[codes // 8] + codes % 8)
    return every, found


def ground_ramps(look: GroundLook) -> dict[str, Ramp]:
    """The colours of each material of a look."""
    kind = GROUNDS[look.kind]
    found: dict[str, Ramp] = {}
    for material, options in kind.ramps.items():
        ramp = look.colors.get(material, options[look.base % len(options)])
        found[material] = _toned(ramp, look.tone) if material in kind.main else ramp
    return found


def _toned(ramp: Ramp, tone: int) -> Ramp:
    if not tone:
        return ramp
    lab = srgb_to_oklab(five_of(ramp))
    lab[:, 0] = np.clip(lab[:, 0] + tone * _TONE, 0.08, 1)
    return tuple(bytes(one).hex() for one in to_bytes(oklab_to_srgb(lab)))
