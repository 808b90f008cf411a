"""Animals and monsters at fewer than 32 pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pincel.art.beasts import (
    EACH,
    LINE,
    RIM,
    BeastLook,
    beast_roles,
    color_table,
    drawn_beast,
    leg_step,
    outlined_beast,
    sized_beast,
    walking,
    walks,
)
from pincel.art.drawn_parts import SIDE, sprite_of_codes
from pincel.art.icons import FINE, MOST_COLORS, extent, lessened, on_icon, small_marks
from pincel.art.shaped_parts import ROOM, Place
from pincel.art.sprite import Sprite

_WEIGHTS = {"ink": 1.6, "iris": 1.5, "shine": 1.2, "mouth": 1.2, "nose": 1.4, "horn": 1.4}
"""How much more than its area a role counts where an animal is brought down."""
DRAWN = frozenset((
    "golem", "iron_golem", "lava_golem", "ice_golem", "wood_golem", "gargoyle", "hand",
    "claw_hand", "fist", "brain", "dragonfly", "cricket", "mosquito", "octopus", "moth", "spider",
))  # fmt: skip
"""Kinds that are drawn at fewer than 32 pixels, not brought down to them."""
_NEAR = 12
"""What ends so near to the lowest row of 64 stands on the ground."""


def beast_icon(look: BeastLook, side: int = 16) -> Sprite:
    """The same for fewer than 32 pixels, (side, side), brought down but for kinds of DRAWN."""
    if look.kind in DRAWN:
        place = Place(scale=side / SIDE)
        look, window, drawn = sized_beast(look, place)
        return sprite_of_codes([drawn[window]], color_table(look), MOST_COLORS)
    return sprite_of_codes(_brought_down(look, side, [((), ())]), color_table(look), MOST_COLORS)


def walking_icon(look: BeastLook, frames: int, side: int = 16) -> Sprite | None:
    """The same in so many frames of a walk; None where it has no legs that walk."""
    if not walks(look):
        return None
    if look.kind in DRAWN:
        return walking(look, frames, side)
    drawn = _brought_down(look, side, [leg_step(number, frames) for number in range(frames)])
    return replace(
        sprite_of_codes(drawn, color_table(look), MOST_COLORS), durations=(140,) * frames
    )


def _brought_down(
    look: BeastLook, side: int, steps: list[tuple[tuple[float, ...], tuple[float, ...]]]
) -> list[np.ndarray]:
    """Frames of codes (side, side), each with its legs so far forward and up."""
    place = Place(scale=FINE / SIDE)
    still = _body(drawn_beast(look, place))
    rows, columns = extent(still >= 0)
    roles = beast_roles(look)
    weights = {n: _WEIGHTS.get(name, 1.0) for n, name in enumerate(roles)}
    marks = {n for n, name in enumerate(roles) if name in ("ink", "iris", "shine")}
    ground = rows[1] >= FINE + (ROOM - SIDE) * FINE // SIDE // 2 - _NEAR
    frames = []
    for forward, up in steps:
        drawn = still
        if forward:
            drawn = _body(drawn_beast(look, replace(place, steps=forward, lifts=up)))
        material = np.where(drawn >= 0, drawn // EACH, -1)
        shade = np.where(drawn >= 0, drawn % EACH % LINE, 0)
        lines = (drawn >= 0) & (drawn % EACH == LINE)
        small, level = lessened(material, shade, side - 2, weights, (rows, columns), lines)
        for row, column, blob in small_marks(material, marks, side - 2, (rows, columns)):
            if small[row, column] >= 0:
                named = [roles[n] for n in blob]
                shown = "iris" if "iris" in named else "ink"
                small[row, column], level[row, column] = roles.index(shown), 1
        codes = np.where(small >= 0, EACH * small + np.clip(level, 0, 2), -1)
        frames.append(outlined_beast(on_icon(codes, side, ground)))
    return frames


def _body(codes: np.ndarray) -> np.ndarray:
    """Codes without the outline."""
    return np.where(codes % EACH == RIM, -1, codes)
