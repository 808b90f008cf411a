"""Vehicles, instruments and gadgets by rules.

A kind is a rule of one of FAMILIES. What a look does not say follows its seed. Vehicles face the
right; "left" mirrors the shapes, not the light.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pincel.art import (
    balloons,
    devices,
    flyers,
    handy,
    lorries,
    meters,
    rails,
    roads,
    toolbox,
    tunes,
    vessels,
)
from pincel.art.drawn_parts import shades_of
from pincel.art.easel import DARK, LIGHT, Easel
from pincel.art.icons import icon
from pincel.art.item_matter import OF, WOOD
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.rigging import RIGS
from pincel.art.signs import drawn_to_fit, drawn_with_room
from pincel.art.sprite import Sprite
from pincel.art.variety import Variety

FAMILIES = (
    roads,
    lorries,
    rails,
    vessels,
    flyers,
    balloons,
    tunes,
    devices,
    meters,
    handy,
    toolbox,
)
FIXED: Mapping[str, Shade] = {
    "pane": ("2c4c74", "68a8d8", "d4f0fc"),
    "tyre": ("16161e", "2e2e38", "5c5c6a"),
    "lamp": ("c08a18", "fcd850", "fff8c0"), "tail": ("901424", "f03840", "fc9088"),
    "lens": ("1c48b0", "3c8cfc", "a8dcff"), "metal": ("4c5464", "8c96a6", "ccd4de"),
    "brass": ("8c5c10", "e4ac24", "ffe47c"), "trim": ("1a1a24", "34343f", "6a6a7c"),
    "sheet": ("b8bcc8", "e8ecf4", "ffffff"), "cloth": ("a8a8b4", "e8e8f0", "ffffff"),
    "shine": ("e8ecf4", "f8fafc", "ffffff"), "ink": ("14141c", "2c2c38", "5c5c6a"),
    "band": ("8890a4", "dce0ea", "ffffff"), "door": ("8890a4", "dce0ea", "ffffff"),
    "roof": ("1a1a24", "34343f", "6a6a7c"), "seat": ("4a2a1a", "855029", "b87a48"),
    "helmet": ("8890a4", "dce0ea", "ffffff"), "ladder": ("5a6270", "b0b8c4", "eef2f6"),
    "earth": ("5a3c24", "8c6440", "b88c5c"),
    "school": ("9c7410", "f4c430", "fff090"), "smoke": ("8c8c98", "c8c8d2", "f0f0f4"),
    "wheel": ("4c5464", "8c96a6", "ccd4de"), "stack": ("1a1a24", "34343f", "6a6a7c"),
    "barrel": ("1a1a24", "34343f", "6a6a7c"), "track": ("1c1c22", "3a3a42", "64646e"),
    "mark": "white", "ore": ("3a3a44", "62626e", "92929e"),
    "crystal": ("1c4c9c", "3c94e4", "a4e0fc"), "basket": ("7a5230", "b88a54", "e0bc88"),
    "water": ("1c4c9c", "3a8ce0", "a0dcfc"), "spar": ("4a2c22", "7a4a34", "a8765a"),
    "flag": "red", "jolly": ("14141c", "2c2c38", "5c5c6a"), "skull": ("b8bcc8", "e8ecf4", "ffffff"),
    "cabin": ("8890a4", "e0e4ec", "ffffff"), "pod": ("5a6270", "9aa4b4", "dfe6ee"),
    "rudder": "red", "rotor": ("2c2c36", "5c5c6a", "a4a4b4"), "wing": "red",
    "flame": ("b02c10", "f06a1c", "fca848"), "middle": ("c87808", "fcb828", "ffdc64"),
    "core": ("d8a830", "fff08c", "fffcd8"), "tip": "red", "fin": "red", "dome": "cyan",
    "beam": ("6ca830", "b4f070", "e8ffc0"), "pilot": ("2c7a24", "5cc840", "b0f080"),
    "panel": ("1c3c8c", "3a6cd0", "84b0f8"), "dish": ("8890a4", "d8dce6", "ffffff"),
    "rope": ("7a6a48", "b8a270", "dccb9a"), "gondola": ("5e3a22", "94623a", "c8925c"),
    "peg": ("5a6270", "b0b8c4", "eef2f6"), "hole": ("1c1014", "2c1c1c", "4c3834"),
    "string": ("a89878", "e4d8bc", "fbf6e8"), "bridge": ("a88450", "d8b880", "f0dcb0"),
    "bow": ("4a2c22", "7a4a34", "a8765a"), "guard": ("1a1a24", "34343f", "6a6a7c"),
    "valves": ("8890a4", "d8dce6", "ffffff"), "sticks": ("8a6438", "c89c60", "f0d09c"),
    "skin": ("b8a888", "ece0c8", "fffcf0"), "keys": ("8890a4", "dce0ea", "ffffff"),
    "pad": ("1c1c26", "3a3a48", "70707e"), "screen": ("1c3c6c", "3c7cc4", "9cd0fc"),
    "glow": ("b08818", "fcdc58", "fffcd0"), "land": ("145a3c", "2c9c5c", "7cdc94"),
    "green": ("145a2c", "34b850", "98ec98"), "cap": ("8c5c10", "e4ac24", "ffe47c"),
    "legs": ("5e3a22", "94623a", "c8925c"),
        "button": ("901424", "f03840", "fc9088"),
    "needle": ("901424", "f03840", "fc9088"),
    "ring": ("4c5464", "8c96a6", "ccd4de"), "far": ("4c5464", "8c96a6", "ccd4de"),
    "dots": ("b8bcc8", "e8ecf4", "ffffff"), "casing": ("8c5c10", "e4ac24", "ffe47c"),
    "cone": ("3a3a42", "64646e", "a0a0ac"), "second": "yellow",
    "lid": ("5a6270", "9aa4b4", "dfe6ee"), "bag": ("1a1a24", "34343f", "6a6a7c"),
    "knob": ("8c5c10", "e4ac24", "ffe47c"), "grip": ("5e3a22", "94623a", "c8925c"),
    "rust": ("4a2414", "8c4a24", "b87040"),
    "wood": ("5e3a22", "94623a", "c8925c"),
}  # fmt: skip
"""The colour of what nothing is said of."""
BUILT = frozenset((
    "trumpet", "drum", "bell", "flute", "piano", "gamepad", "headphone", "magnet", "anchor", "kite",
    "die", "scissors", "teapot",
))  # fmt: skip
"""Kinds whose width follows the seed, too: in one said colour they would soon repeat."""
_WIDTHS = (1.0, 0.96, 0.92, 0.98, 0.94, 1.02, 0.9)
VARIED: Mapping[str, tuple[Shade, ...]] = {
    "glass": (("2c4c74", "68a8d8", "d4f0fc"), ("24586c", "60b4c8", "d0f4f4"),
              ("2c3c64", "6088c4", "c4dcf8"), ("34546c", "7cacc8", "dceef4"),
              ("1c4468", "4c98d0", "bce4fc")),
    "hub": (("6a7080", "b4bcc8", "f4f8fc"), ("5c6470", "a4acb8", "e4eaf0")),
}  # fmt: skip
"""The same, where it comes in several."""


def contraption_sprite(look: SceneryLook, side: int = 32) -> Sprite:
    """A vehicle, an instrument or a gadget, (side, side). A kind or a colour that nobody knows
    raises KeyError."""
    e, v = drawn_to_fit(_draw, look, side)
    return e.sprite(_rig_colors(look, e, v))


def contraption_icon(look: SceneryLook, side: int = 16) -> Sprite:
    """The same for fewer than 32 pixels, (side, side)."""

    def drawn(side: int, size: float, room: int) -> tuple[Easel, dict[str, Shade]]:
        e, v = drawn_with_room(_draw, look, side, size)
        return e, _rig_colors(look, e, v)

    return icon(look.kind, drawn, side, look.size[0])


def _rig_colors(look: SceneryLook, e: Easel, v: Variety) -> dict[str, Shade]:
    """A colour for every material in use."""
    rule = RIGS[look.kind]
    colors: dict[str, Shade] = {}
    first = look.colors.get(rule.main[0]) or v.turn(
        rule.colors.get(rule.main[0]) or (FIXED[rule.main[0]],)
    )
    for place, material in enumerate(e.materials):
        options = rule.colors.get(material) or VARIED.get(material) or (FIXED[material],)
        turns = [v.turn(options, 1, place + n) for n in range(len(options))]
        if material in rule.main[1:]:  # else one is not told from the other
            turns = [one for one in turns if not _alike(one, first)] or turns
        own = turns[0]
        colors[material] = look.colors.get(material) or own
    colors[rule.main[0]] = first
    return colors


def _alike(one: Shade, other: Shade) -> bool:
    """Whether two colours can hardly be told apart."""
    both = [shades_of(shade)[1].astype(int) for shade in (one, other)]
    return bool(np.abs(both[0] - both[1]).sum() < 90)


def _draw(e: Easel, v: Variety, look: SceneryLook) -> None:
    """The rule of a look, mirrored and with rust where that is said."""
    rule = RIGS[look.kind]
    if look.kind in BUILT:
        e.x = 16 + (e.x - 16) / v.turn(_WIDTHS)
    if "left" in look.more and "left" in rule.states:
        e.x = 32 - e.x
    rule.draw(e, v, look)
    if "rusty" in look.more:
        _rust(e, "metal" if "metal" in rule.main else rule.main[0], look.seed)


def _rust(e: Easel, material: str, seed: int) -> None:
    """Patches of rust on a material, most of them low."""
    own = e.of(material)
    rows = np.flatnonzero(own.any(1))
    if not len(rows):
        return
    block = max(2, round(2 * e.k))
    low = (e.row - rows[0]) / max(1, np.ptp(rows))
    rust = own & (e.noise(seed, block + 1, block) > 0.9 - 0.36 * low)
    e.lay(rust, "rust", np.clip(e.codes % 8, DARK, LIGHT))


def shade_of_matter(kind: str, matter: str, seed: int = 0) -> Shade | None:
    """What a kind of it, or with "" a part, looks like when it is made of a material; None where
    it cannot be."""
    group, shade = OF.get(matter, ("", ""))
    if not group or (kind and group not in RIGS[kind].matter):
        return None
    return WOOD[seed % len(WOOD)] if matter == "wood" else shade
