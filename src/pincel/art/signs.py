"""Signs and nature by rules.

A kind is a rule of one of FAMILIES. What a look does not say (form, plates, teeth, how many
peaks, natural colours) follows its seed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pincel.art import (
    emblems,
    features,
    gadgets,
    lands,
    marks,
    shores,
    skies,
    spooks,
    tokens,
    wilds,
)
from pincel.art.easel import Easel
from pincel.art.icons import FINE, WHOLE, icon
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import KINDS, Rule, Sign
from pincel.art.sprite import Sprite
from pincel.art.variety import Variety

FAMILIES = (marks, tokens, emblems, gadgets, skies, lands, shores, spooks, features, wilds)
FIXED: Mapping[str, Shade] = {
    "shine": ("e8ecf4", "f8fafc", "ffffff"), "glyph": ("b0b8c8", "dce2ec", "ffffff"),
    "hollow": ("1c161c", "2c242c", "40363e"), "ink": ("14141c", "2c2c38", "8c90a0"),
    "sheet": ("b8bcc8", "e8ecf4", "ffffff"), "mark": "red", "brass": "gold", "metal": "silver",
    "wood": ("a87848", "e0b47c", "f8dcac"), "grip": ("1c1c22", "34343c", "585862"),
    "snow": ("98b0d0", "dce8f6", "ffffff"), "middle": ("c86408", "fca820", "ffd45c"),
    "core": ("d8a018", "fce05c", "fffcd0"), "bark": ("54341c", "8c6038", "bc9060"),
    "pupil": ("14141c", "2c2c38", "8c90a0"),
    "eye": ("a81c14", "f04c28", "ffb060"),
}  # fmt: skip
"""The colour of what nothing is said of."""


def sign_sprite(look: SceneryLook, side: int = 32) -> Sprite:
    """A sign or a piece of nature, (side, side). A kind or a colour that nobody
    knows raises KeyError."""
    rule = KINDS[look.kind]
    e, v = drawn_to_fit(rule.draw, look, side)
    return e.sprite(sign_colors(rule, look, v, e.materials))


def sign_icon(look: SceneryLook, side: int = 16) -> Sprite:
    """The same for fewer than 32 pixels, (side, side)."""
    rule = KINDS[look.kind]

    def drawn(side: int, size: float, room: int) -> tuple[Easel, dict[str, Shade]]:
        e, v = drawn_with_room(rule.draw, look, side, size, side < FINE)
        return e, sign_colors(rule, look, v, e.materials)

    return icon(look.kind, drawn, side, look.size[0])


def drawn_to_fit(draw: Rule, look: SceneryLook, side: int) -> tuple[Easel, Variety]:
    """What a rule draws in the middle of (side, side), as large as it fits with its outline and at
    most as the look says; and the choices behind it."""
    size = look.size[0]
    while True:
        e, v = drawn_with_room(draw, look, side, size)
        rows, columns = (np.flatnonzero((e.codes >= 0).any(n)) for n in (1, 0))
        if max(np.ptp(rows), np.ptp(columns)) < side - 2 or size < 0.7:
            break
        size -= 0.03
    top, left = (int(used[0] + used[-1] + 1 - side) // 2 for used in (rows, columns))
    e.side, e.codes = side, e.codes[top : top + side, left : left + side]
    return e, v


def drawn_with_room(
    draw: Rule, look: SceneryLook, side: int, size: float, tiny: bool = False
) -> tuple[Easel, Variety]:
    """What a rule draws for (side, side) with room around it, so many times as large; and the
    choices behind it. `tiny` as `Easel` has it."""
    v = Variety(look.seed, look.kind)
    e = Easel(side)
    _with_room(e, size)
    e.tiny = tiny and look.size[0] >= WHOLE
    draw(e, v, look)
    return e, v


def _with_room(e: Easel, size: float) -> None:
    """A canvas with room around its square, everything `size` times as large about its middle."""
    room = e.side // 4
    e.side += 2 * room
    e.row, e.column = np.mgrid[: e.side, : e.side]
    e.x = (e.column + 0.5 - e.side / 2) / e.k / size + 16
    e.y = (e.row + 0.5 - e.side / 2) / e.k / size + 16
    e.codes = np.full((e.side, e.side), -1)


def sign_colors(
    rule: Sign, look: SceneryLook, v: Variety, materials: list[str]
) -> dict[str, Shade]:
    """A colour for every material in use."""
    found: dict[str, Shade] = {}
    for place, material in enumerate(materials):
        color = look.colors.get(material)
        if color is None:
            options = rule.colors.get(material) or (FIXED[material],)
            color = v.turn(options, 1, place)
        found[material] = color
    return found
