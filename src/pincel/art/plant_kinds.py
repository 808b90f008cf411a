"""The kinds of plants: the rule of each, its parts and the colours they come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pincel.art import flowers, herbs, trees
from pincel.art.easel import Easel
from pincel.art.kinds import Draw, Kind, SceneryLook, Shade
from pincel.art.matter import FIXED
from pincel.art.variety import Variety


def _plant(rule: Callable[[Easel, Variety], None]) -> Draw:
    return lambda e, v, look: rule(e, v)


def _tree(e: Easel, v: Variety, look: SceneryLook) -> None:
    trees.round_tree(e, v)
    if "fruit" in look.more:
        trees.fruits(e, v)
    if "flower" in look.more:
        herbs.flowered(e, v)


def _birch(e: Easel, v: Variety, look: SceneryLook) -> None:
    trees.round_tree(e, v)
    trees.birch_marks(e, v)


def _pine(e: Easel, v: Variety, look: SceneryLook) -> None:
    trees.pine(e, v)
    if look.kind == "christmas tree":
        trees.decked(e, v)


def _bush(e: Easel, v: Variety, look: SceneryLook) -> None:
    herbs.bush(e, v)
    berries = v.turn((False, False, True, False), 1)
    if "flower" in look.more:
        herbs.flowered(e, v)
    elif "fruit" in look.more or (berries and "fruit" not in look.without):
        trees.fruits(e, v)


def _flower(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Any flower: one with a centre where that is said."""
    forms: tuple[Callable[[Easel, Variety], None], ...]
    forms = (flowers.daisy, flowers.lily, flowers.tulip, flowers.daisy, flowers.marguerite)
    if "centre" in look.more:
        forms = (flowers.daisy, flowers.marguerite, flowers.daisy)
    v.turn(forms)(e, v)


def _poppy(e: Easel, v: Variety, look: SceneryLook) -> None:
    flowers.daisy(e, v, petals=v.turn((4, 5)))


def _plant_of(e: Easel, v: Variety, look: SceneryLook) -> None:
    v.turn((herbs.sprout, herbs.potted, herbs.sprout))(e, v)


def _leaf(e: Easel, v: Variety, look: SceneryLook) -> None:
    if look.kind == "maple leaf":
        herbs.maple_leaf(e, v)
    else:
        v.turn((herbs.oval_leaf, herbs.oval_leaf, herbs.maple_leaf), 1)(e, v)


def _cactus(e: Easel, v: Variety, look: SceneryLook) -> None:
    pads = v.turn((False, False, True)) and look.size[0] == 1
    if pads:
        herbs.pear_cactus(e, v)
    else:
        herbs.cactus(e, v, flower="flower" in look.more)


def _mushroom(e: Easel, v: Variety, look: SceneryLook) -> None:
    herbs.mushroom(e, v, spots="spot" not in look.without)


def _clover(e: Easel, v: Variety, look: SceneryLook) -> None:
    herbs.clover(e, v, 4 if look.kind == "lucky clover" else 3)


def _pumpkin(e: Easel, v: Variety, look: SceneryLook) -> None:
    herbs.pumpkin(e, v, carved=look.kind == "jack-o-lantern")


_TREE = {"leaf": "leaf", "stem": "bark", "fruit": "fruit", "flower": "fruit", "snow": "snow"}
_LEAFY = {"leaf": "leaf", "snow": "snow"}
_FLOWER = {"petal": "petal", "flower": "petal", "centre": "centre", "stem": "stem", "leaf": "stem"}
_BLOOMS: dict[str, tuple[Shade, ...]] = {"petal": flowers.BLOOMS}
PLANTS: Mapping[str, Kind] = {
    "tree": Kind(_tree, ("leaf",), _TREE, frozenset(("fruit",))),
    "apple tree": Kind(_tree, ("leaf",), _TREE),
    "blossoming tree": Kind(
        _tree,
        ("leaf",),
        _TREE,
        colors={
            "leaf": (
                ("a84a78", "ec8cb0", "ffd0e0"),
                ("b06a90", "f4b4cc", "ffe8f0"),
                ("9c4a8c", "d888c8", "f4c8ec"),
            ),
            "bark": (trees.GREY_BARK, trees.BARK),
        },
    ),
    "birch": Kind(
        _birch,
        ("leaf",),
        _TREE,
        colors={
            "bark": (("8c8c94", "d8d8d8", "f6f4ee"),),
            "leaf": (
                ("5a7a24", "94b83c", "d4e46c"),
                ("47701f", "7ba834", "bfd95c"),
                trees.AUTUMN[2],
            ),
        },
    ),
    "pine": Kind(
        _pine,
        ("leaf",),
        {"leaf": "leaf", "stem": "bark", "snow": "snow"},
        colors={
            "leaf": (
                ("1f4a36", "35764c", "6cb068"),
                ("1c4a4a", "2f7470", "6cb09c"),
                ("2a5a2c", "4d9440", "93c950"),
                ("3a5a20", "66903a", "a8c860"),
            )
        },
    ),
    "christmas tree": Kind(
        _pine,
        ("leaf",),
        {"leaf": "leaf", "star": "star", "snow": "snow"},
        frozenset(("star",)),
        {"leaf": (("1f4a36", "35764c", "6cb068"),)},
    ),
    "palm": Kind(_plant(trees.palm), ("leaf",), {"leaf": "leaf", "stem": "bark", "fruit": "nut"}),
    "bare tree": Kind(
        _plant(trees.leafless),
        ("stem",),
        {"stem": "bark", "snow": "snow"},
        colors={"bark": (trees.GREY_BARK, trees.BARK, ("3c3430", "5e524a", "8a7c70"))},
    ),
    "willow": Kind(_plant(trees.willow), ("leaf",), {"leaf": "leaf", "stem": "bark"}),
    "bush": Kind(
        _bush,
        ("leaf",),
        {"leaf": "leaf", "flower": "fruit", "fruit": "fruit", "snow": "snow"},
        frozenset(("fruit", "flower")),
        {"fruit": ("red", "purple", "pink", "blue")},
    ),
    "fern": Kind(_plant(herbs.fern), ("leaf",), _LEAFY),
    "grass": Kind(_plant(herbs.grass), ("leaf",), _LEAFY),
    "plant": Kind(_plant_of, ("stem",), {"leaf": "stem", "stem": "stem"}),
    "potted plant": Kind(
        _plant(herbs.potted),
        ("leaf",),
        {"leaf": "leaf", "pot": "pot"},
        colors={"pot": (FIXED["pot"], "blue", "white", "brown")},
    ),
    "cactus": Kind(
        _cactus,
        ("leaf",),
        {"leaf": "leaf", "flower": "petal", "spine": "spine"},
        colors={"leaf": (herbs.CACTUS, ("1f5136", "35804c", "77bb68"))},
    ),
    "mushroom": Kind(
        _mushroom,
        ("cap",),
        {"cap": "cap", "spot": "spot", "stem": "stalk"},
        frozenset(("spot",)),
        {"cap": ("red", "brown", "orange", "purple", "blue")},
    ),
    "leaf": Kind(_leaf, ("leaf",), {"leaf": "leaf", "stem": "rib"}),
    "maple leaf": Kind(
        _leaf, ("leaf",), {"leaf": "leaf", "stem": "rib"}, colors={"leaf": trees.AUTUMN}
    ),
    "clover": Kind(_clover, ("leaf",), {"leaf": "leaf", "stem": "stem"}),
    "lucky clover": Kind(_clover, ("leaf",), {"leaf": "leaf", "stem": "stem"}),
    "pumpkin": Kind(
        _pumpkin,
        ("skin",),
        {"stem": "stem"},
        colors={"skin": (("98400c", "e0741c", "f9a94a"), ("8a4a10", "d08a24", "f0bc58"))},
    ),
    "jack-o-lantern": Kind(_pumpkin, ("skin",), {"stem": "stem", "eye": "glow"}),
    "bamboo": Kind(_plant(herbs.bamboo), ("leaf",), _LEAFY),
    "flower": Kind(_flower, ("petal",), _FLOWER, colors=_BLOOMS),
    "daisy": Kind(_plant(flowers.marguerite), ("petal",), _FLOWER, colors={"petal": ("white",)}),
    "poppy": Kind(
        _poppy,
        ("petal",),
        _FLOWER,
        colors={"petal": ("red",), "centre": (("101014", "2c2a38", "4e4c60"),)},
    ),
    "sunflower": Kind(
        _plant(flowers.sunflower),
        ("petal",),
        _FLOWER,
        colors={"petal": ("yellow",), "centre": (flowers.SEEDS,)},
    ),
    "tulip": Kind(
        _plant(flowers.tulip),
        ("petal",),
        {"petal": "petal", "flower": "petal", "stem": "stem", "leaf": "stem"},
        colors={"petal": ("red", "yellow", "pink", "purple", "orange", "white")},
    ),
    "rose": Kind(
        _plant(flowers.rose),
        ("petal",),
        {"petal": "petal", "flower": "petal", "stem": "stem", "leaf": "stem"},
        colors={"petal": ("red", "pink", "white", "yellow")},
    ),
    "lily": Kind(
        _plant(flowers.lily),
        ("petal",),
        _FLOWER,
        colors={"petal": ("white", "pink", "orange", "purple")},
    ),
    "bellflower": Kind(
        _plant(flowers.bellflower),
        ("petal",),
        _FLOWER,
        colors={"petal": ("blue", "purple", "white")},
    ),
    "lavender": Kind(_plant(flowers.lavender), ("petal",), _FLOWER, colors={"petal": ("purple",)}),
}
"""All kinds of plants, by their English names."""
