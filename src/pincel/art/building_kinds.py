"""The kinds of buildings: the rule of each, its parts and the colours they come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pincel.art import blocks, houses, tents, towers
from pincel.art.easel import Easel
from pincel.art.houses import Built
from pincel.art.kinds import Draw, Kind, SceneryLook
from pincel.art.matter import BRICK, STONE, STRAW, TILES, WOOD
from pincel.art.variety import Variety


def _built(look: SceneryLook) -> Built:
    return Built(look.wall, look.roof, look.more, look.without)


def _house(rule: Callable[[Easel, Variety, Built], None]) -> Draw:
    return lambda e, v, look: rule(e, v, _built(look))


_HOUSE = {one: one for one in ("wall", "roof", "door", "flag", "chimney", "snow")} | {
    "window": "glass", "steps": "step", "timber": "timber",
}  # fmt: skip
_HOUSE_LOOSE = frozenset(("chimney", "window", "door", "flag", "steps"))
_TOWER = {one: one for one in ("wall", "roof", "door", "flag", "snow", "battlements")} | {
    "window": "glass",
}  # fmt: skip
BUILDINGS: Mapping[str, Kind] = {
    "house": Kind(
        _house(houses.house),
        ("wall", "roof"),
        _HOUSE,
        _HOUSE_LOOSE,
        walls=("plaster", "wood", "stone", "brick", "plaster"),
    ),
    "cottage": Kind(
        _house(houses.house),
        ("wall", "roof"),
        _HOUSE,
        _HOUSE_LOOSE,
        walls=("plaster", "stone", "logs"),
    ),
    "cabin": Kind(
        _house(houses.house), ("wall", "roof"), _HOUSE, _HOUSE_LOOSE, walls=("logs", "wood")
    ),
    "hut": Kind(
        _house(houses.hut),
        ("wall", "roof"),
        _HOUSE,
        frozenset(("window", "door")),
        walls=("logs", "plaster", "wood"),
    ),
    "barn": Kind(
        _house(houses.barn),
        ("wall", "roof"),
        {one: one for one in ("wall", "roof", "door", "flag", "snow")},
        colors={
            "wall": (("7a1c1c", "b0342c", "d8604c"), WOOD[0], WOOD[1]),
            "frame": ("white",),
            "roof": (TILES[4], TILES[2]),
            "door": (("6a1c1c", "942c28", "bc5044"),),
        },
        walls=("wood",),
    ),
    "church": Kind(
        _house(houses.church),
        ("wall", "roof"),
        {**_HOUSE, "cross": "cross"},
        frozenset(("window", "door")),
        walls=("stone", "plaster", "brick"),
    ),
    "temple": Kind(
        _house(houses.temple),
        ("wall", "roof"),
        {
            "wall": "wall",
            "roof": "roof",
            "column": "wall",
            "steps": "step",
            "flag": "flag",
            "snow": "snow",
        },
        colors={
            "wall": (("a09c94", "d8d4cc", "f6f4ee"), ("b09a70", "dcc89c", "f6ecc8")),
            "roof": (("a09c94", "d0ccc4", "f0eee8"), TILES[0]),
        },
    ),
    "shop": Kind(
        _house(blocks.shop),
        ("wall", "awning"),
        {**_HOUSE, "awning": "awning", "sign": "sign"},
        colors={"awning": ("red", "green", "blue", "orange", "purple")},
        walls=("brick", "plaster", "wood", "stone"),
    ),
    "building": Kind(_house(blocks.block), ("wall",), _HOUSE, walls=("brick", "plaster", "stone")),
    "tall building": Kind(
        _house(blocks.tall_block),
        ("wall",),
        _HOUSE,
        walls=("plaster", "brick", "stone"),
        colors={"wall": (("44586c", "6c88a0", "a4bccc"), *BRICK, STONE[0])},
    ),
    "factory": Kind(
        _house(blocks.works),
        ("wall", "roof"),
        {**_HOUSE, "band": "band"},
        walls=("brick",),
        colors={"roof": (TILES[4],)},
    ),
    "tower": Kind(
        _house(towers.tower),
        ("wall", "roof"),
        _TOWER,
        frozenset(("roof", "window", "door", "flag")),
        walls=("stone", "stone", "brick"),
    ),
    "castle": Kind(
        _house(towers.castle),
        ("wall", "roof"),
        _TOWER,
        frozenset(("roof", "flag")),
        walls=("stone",),
    ),
    "lighthouse": Kind(
        _house(towers.lighthouse),
        ("band", "wall"),
        {"wall": "wall", "roof": "roof", "door": "door", "band": "band", "lamp": "lamp"},
        frozenset(("window", "door")),
        {
            "wall": (("a8a8b0", "e0e0e4", "ffffff"),),
            "band": ("red", "red", "blue", "black"),
            "roof": (("7c2a22", "b8443a", "e07a5c"), TILES[4]),
        },
    ),
    "windmill": Kind(
        _house(towers.windmill),
        ("wall", "roof"),
        {**_TOWER, "sail": "sail", "cap": "roof"},
        frozenset(("window", "door")),
        walls=("plaster", "stone", "brick"),
    ),
    "tent": Kind(
        _house(tents.tent),
        ("cloth", "stripe"),
        {"cloth": "cloth", "stripe": "stripe", "flag": "flag"},
        colors={
            "cloth": (("8a5a20", "d09440", "f0c878"), "green", "blue", "red", "orange"),
            "stripe": (("c0b8a4", "ece4d0", "fffaf0"), "red", "yellow", "white"),
        },
    ),
    "tipi": Kind(
        _house(tents.tipi),
        ("cloth", "stripe"),
        {"cloth": "cloth", "stripe": "stripe"},
        colors={
            "cloth": (("a08458", "dcc498", "f8ecd0"), ("8a5a20", "d09440", "f0c878")),
            "stripe": ("red", "blue", "brown"),
        },
    ),
    "pavilion": Kind(
        _house(tents.pavilion),
        ("cloth", "stripe"),
        {"cloth": "cloth", "stripe": "stripe", "flag": "flag"},
        colors={"cloth": ("red", "blue", "green", "yellow"), "stripe": ("white",)},
    ),
    "well": Kind(
        _house(towers.well),
        ("wall", "roof"),
        {"wall": "wall", "roof": "roof", "bucket": "timber"},
        frozenset(("roof",)),
        {"roof": (TILES[0], WOOD[0], STRAW, TILES[1], TILES[4])},
        walls=("stone",),
    ),
    "bridge": Kind(_house(towers.bridge), ("wall",), {"wall": "wall"}, walls=("stone", "wood")),
    "igloo": Kind(
        _house(tents.igloo),
        ("wall",),
        {"wall": "wall"},
        colors={"wall": (("8cb0d0", "cfe4f4", "ffffff"),)},
    ),
    "pyramid": Kind(
        _house(tents.pyramid),
        ("wall",),
        {"wall": "wall", "door": "dark"},
        colors={"wall": (("9a7430", "d0a850", "f4d888"), ("8a6840", "c09868", "e8c898"))},
    ),
    "fence": Kind(
        _house(tents.fence),
        ("wall",),
        {"wall": "wall"},
        colors={"wall": (*WOOD, ("a8a8b0", "e0e0e4", "ffffff"))},
    ),
}
"""All kinds of buildings, by their English names."""
