"""Things a game needs, by rules: weapons, shields, potions, treasure.

A kind is a rule of `blades`, `hafted`, `shields`, `flasks`, `jewels` or `stores`. What a look does
not say (form, proportions, colours) follows its seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from pincel.art import (
    caves,
    clothing,
    crypts,
    deskware,
    dungeons,
    effects,
    furniture,
    keepsakes,
    nouns,
    parlour,
    playthings,
    relics,
    shells,
    spills,
    swung,
    trimmings,
)
from pincel.art.bench import LIGHT, MID, Bench, ItemLook, Ware
from pincel.art.household import HOUSEHOLD
from pincel.art.icons import icon
from pincel.art.item_kinds import KINDS as ITEMS
from pincel.art.item_matter import BY_COLOR, FIXED
from pincel.art.kinds import Shade
from pincel.art.sprite import Sprite
from pincel.art.variety import Variety

FAMILIES = (
    caves,
    clothing,
    crypts,
    deskware,
    dungeons,
    effects,
    furniture,
    keepsakes,
    nouns,
    parlour,
    playthings,
    relics,
    shells,
    spills,
    swung,
    trimmings,
)
"""What enters its kinds in HOUSEHOLD."""
KINDS: Mapping[str, Ware] = {**ITEMS, **HOUSEHOLD}
"""Every kind of item and what there is to it."""
_BUILDS = (1.0, 0.96, 0.98, 0.94, 0.99, 0.95, 0.97)
"""How wide things are, or how long on the diagonal."""
_UPON = ("pin", "beam", "bone", "crossbow")
"""Kinds whose middle lies on pixels of the diagonal at 16 pixels; that of others lies between two
rows of them, so that a blade has a light and a dark one."""
_TRIES = 24
"""So many seeds are tried until all parts that are named are seen."""


def item_sprite(look: ItemLook, side: int = 32) -> Sprite:
    """An item, (side, side), in the middle. A kind or a colour that nobody knows raises
    KeyError."""
    e, colors = _laid(look, side)
    return e.sprite(colors)


def item_icon(look: ItemLook, side: int = 16) -> Sprite:
    """The same for fewer than 32 pixels, (side, side)."""
    return icon(look.kind, partial(_laid, look), side, look.size)


def _laid(
    look: ItemLook, side: int, size: float = 1.0, room: int = 0
) -> tuple[Bench, dict[str, Shade]]:
    """A look drawn on a bench, so many times as large, and its colours."""
    kind = KINDS[look.kind]
    said = [kind.parts[part] for part in {*look.more, *look.colors} if part in kind.parts]
    wide = _BUILDS[look.seed % len(_BUILDS)]
    for further in range(_TRIES):
        v = Variety(look.seed + 11 * further, look.kind)
        e = Bench(side, look.size * size, wide, room)
        if room and side < 32 and look.kind not in _UPON:
            e.lean = 0.5
        kind.draw(e, v, look)
        if all(any(e.of(material).any() for material in part) for part in said):
            break
    if look.kind in HOUSEHOLD and not room:  # room for the outline
        inner = np.zeros_like(e.codes, bool)
        inner[1:-1, 1:-1] = True
        e.codes[~inner] = -1
    if "old" in look.more:
        _aged(e, v)
    if "magic" in look.more:
        sparkles(e)
    return e, _colors(look, Variety(look.seed, look.kind), e.materials)


def sparkles(e: Bench) -> None:
    """Three glints in free places around a thing."""
    k = e.side / 32
    for row, column in ((5, 5), (26, 26), (6, 25), (25, 6), (15, 3), (15, 28), (3, 15), (28, 15)):
        y, x = np.abs(e.row - row * k), np.abs(e.column - column * k)
        if (e.codes[(y < 3.6 * k) & (x < 3.6 * k)] >= 0).any():
            continue
        if len(np.unique(e.codes[e.of("spark")])) >= 0 and e.of("spark").sum() > 14 * k * k:
            return
        e.lay((x + y <= 2 * k) & ((x < 0.6 * k) | (y < 0.6 * k)), "spark", MID)
        e.lay((x < 0.6 * k) & (y < 0.6 * k), "spark", LIGHT)


def _aged(e: Bench, v: Variety) -> None:
    """Cracks from the border inwards."""
    shown = e.codes >= 0
    rows = np.flatnonzero(shown.any(1))
    draw = np.random.default_rng([v.seed, 5])
    for number in range(5):
        y = (rows[0] + (rows[-1] - rows[0]) * draw.uniform(0.1, 0.9)) / e.k
        own = np.flatnonzero(shown[min(int(y * e.k), e.side - 1)])
        if not len(own):
            continue
        way = 1 if number % 2 else -1
        x = (own[0] if way > 0 else own[-1]) / e.k
        line = [(x, y)]
        for step in range(4):
            x, y = x + way * draw.uniform(1.4, 2.6), y + draw.uniform(1.0, 2.4) * (-1) ** step
            line.append((x, y))
        crack = _grid_stroke(e, line) & shown
        e.shaded(crack, -3)
        e.shaded(np.roll(crack, 1, 0) & shown & ~crack, 1)


def _grid_stroke(e: Bench, line: list[tuple[float, float]]) -> np.ndarray:
    """A thin line through points of the picture itself, bool (side, side)."""
    plain = Bench(e.side)
    return plain.stroke(line, 1.0)


def _colors(look: ItemLook, v: Variety, materials: list[str]) -> dict[str, Shade]:
    """A colour for every material in use."""
    kind = KINDS[look.kind]
    said: dict[str, Shade] = {}
    for part, named in look.colors.items():
        for material in kind.parts.get(part, (part,)):
            said[material] = named
    found: dict[str, Shade] = {}
    after = sorted(materials, key=lambda material: material in kind.same)
    for place, material in enumerate(after):
        color: Shade | None = said.get(material)
        like = kind.same.get(material, "")
        if color is None and like:  # the colour of another material
            color = found.get(like) or said.get(like)
        if color is None:
            options = kind.colors.get(material) or FIXED[material]
            worn = (
                [_plain(c) for c in (*said.values(), *found.values())] if len(options) > 2 else []
            )
            options = tuple(o for o in options if _plain(o) not in worn) or options
            color = v.turn(options, 1, place * 2)
        found[material] = color
    return {material: _plain(color) for material, color in found.items()}


def _plain(color: Shade) -> Shade:
    """Metals that are said by their colour."""
    return BY_COLOR.get(color, color) if isinstance(color, str) else color
