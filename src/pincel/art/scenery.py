"""Buildings, plants and food by rules.

A kind is a rule of `trees`, `flowers`, `herbs`, `houses`, `blocks`, `towers`, `tents`, `fruit`,
`dishes` or `sweets`. What a look does not say (proportions, how many windows, lobes or petals,
colours) follows its seed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pincel.art import flowers, houses, trees
from pincel.art.building_kinds import BUILDINGS
from pincel.art.easel import Easel
from pincel.art.food_kinds import FOOD
from pincel.art.icons import icon
from pincel.art.kinds import Kind, SceneryLook, Shade
from pincel.art.matter import FIXED, LEAVES, OF_ROOF, OF_WALL, SKINS, TILES, VARIED
from pincel.art.meal_kinds import MEALS
from pincel.art.plant_kinds import PLANTS
from pincel.art.sprite import Sprite
from pincel.art.variety import Variety

KINDS = {**PLANTS, **BUILDINGS, **FOOD, **MEALS}
_FLAGGED = ("tower", "castle", "pavilion", "tent")
"""Kinds that have a place for a flag."""


def scenery_sprite(look: SceneryLook, side: int = 32) -> Sprite:
    """A building or a plant, (side, side), standing on the lowest rows. A kind or a colour that
    nobody knows raises KeyError."""
    e, colors = _painted(look, side)
    return e.sprite(colors)


def scenery_icon(look: SceneryLook, side: int = 16) -> Sprite:
    """The same for fewer than 32 pixels, (side, side)."""
    return icon(look.kind, partial(_painted, look), side, look.size[1], True)


def _painted(
    look: SceneryLook, side: int, size: float = 1.0, room: int = 0
) -> tuple[Easel, dict[str, Shade]]:
    """A look drawn on an easel, so many times as large, and its colours."""
    kind = KINDS[look.kind]
    v = Variety(look.seed, look.kind)
    look = _made_of(kind, look, v)
    e = Easel(side, (look.size[0] * size, look.size[1] * size), room)
    kind.draw(e, v, look)
    if "flag" in look.more and not e.of("flag").any():
        houses.flagged(e, v)
    if "snow" in look.more:
        trees.snow(e)
    return e, _colors(kind, look, v, e.materials)


def _made_of(kind: Kind, look: SceneryLook, v: Variety) -> SceneryLook:
    """With the materials that are not said."""
    wall = look.wall or (v.turn(kind.walls, 1) if kind.walls else "")
    roof = look.roof
    if not roof:
        thatched = wall in ("logs", "plaster", "straw") and "roof" not in look.colors
        roof = "thatch" if thatched and look.kind in ("hut", "cottage") else "tiles"
    wide, high = look.size
    if "flag" in look.more and look.kind not in _FLAGGED:  # room for it
        high = min(high, 0.8)
    return replace(look, wall=wall, roof=roof, size=(wide, high))


def _colors(kind: Kind, look: SceneryLook, v: Variety, materials: list[str]) -> dict[str, Shade]:
    """A colour for every material in use."""
    said = {kind.parts.get(part, part): color for part, color in look.colors.items()}
    found: dict[str, Shade] = {}
    for place, material in enumerate(materials):
        color: Shade | None = said.get(material)
        if color is None:
            options = kind.colors.get(material) or _options(look, material)
            options = tuple(o for o in options if o != said.get("wall")) or options
            color = v.turn(options, 1, place * 2)
        elif material == "leaf" and isinstance(color, str):
            color = v.turn(trees.GREENS) if color == "green" else LEAVES.get(color, color)
        elif material == "skin" and isinstance(color, str):
            color = SKINS.get(color, color)
        found[material] = color
    if "centre" not in said and found.get("petal") in ("yellow", "gold", "orange"):
        found["centre"] = flowers.SEEDS
    return found


def _options(look: SceneryLook, material: str) -> tuple[Shade, ...]:
    if material == "wall" and look.wall in OF_WALL:
        return OF_WALL[look.wall]
    if material == "roof":
        return OF_ROOF.get(look.roof, TILES)
    return VARIED.get(material) or (FIXED[material],)
