"""The kinds of food and drink: the rule of each, its parts and the colours they come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pincel.art import dishes, fruit, sweets
from pincel.art.easel import Easel
from pincel.art.kinds import Draw, Kind, SceneryLook, Shade
from pincel.art.variety import Variety

_RED: Shade = ("8a1420", "d02a30", "f4706a")
_CRIMSON: Shade = ("7a1020", "c0203a", "ec5a64")
_YELLOW: Shade = ("b8860c", "f0c82a", "fff08a")
_ORANGE: Shade = ("a8520c", "ee8a1c", "fdb85a")
_LIME: Shade = ("5a8a1c", "98c83a", "d4ec7c")
_CRUST: Shade = ("8a4c1c", "c8833c", "ecb468")
_CRUMB: Shade = ("d8b074", "f0d8a4", "fdf0cc")
_DOUGH: Shade = ("9a6a34", "d4a25c", "f2cc8c")
_CREAM: Shade = ("d8c8b0", "f4e8d4", "fffaf0")
_CHEESE: Shade = ("c08a1c", "f0c040", "ffe88a")
CHOCOLATE: Shade = ("4a2818", "7a4830", "a87454")
_ICINGS: tuple[Shade, ...] = ("pink", CHOCOLATE, _CREAM, ("4a8a8c", "8cd0c8", "d4f4ec"))
_LEAFY = {"leaf": "leaf", "stem": "bark"}


def rule_of(rule: Callable[[Easel, Variety], None]) -> Draw:
    """A rule that asks nothing of the look."""
    return lambda e, v, look: rule(e, v)


def _bread(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Any bread."""
    v.turn((dishes.loaf, dishes.toast, dishes.loaf, dishes.baguette))(e, v)


def _cake(e: Easel, v: Variety, look: SceneryLook) -> None:
    said = "cherry" in look.more or "cherry" in look.without
    sweets.cake(e, v, "cherry" in look.more if said else None)


def _fruit(rule: Callable[[Easel, Variety], None], *skins: Shade) -> Kind:
    """A fruit with a skin in these colours."""
    return Kind(rule_of(rule), ("skin",), _LEAFY, colors={"skin": skins})


_BREAD: Mapping[str, tuple[Shade, ...]] = {
    "crust": (_CRUST, ("7a3c14", "b06c2c", "dca05c"), ("946020", "d49c4c", "f4c884")),
    "crumb": (_CRUMB,),
}
_SWEET: Mapping[str, tuple[Shade, ...]] = {
    "icing": _ICINGS, "dough": (_DOUGH,), "cream": (_CREAM,), "cherry": (_RED,),
    "sprinkle": (("2a8a9c", "50c8d8", "b0f0f4"), ("b08a14", "f4d030", "fff4a0"), _CREAM),
    "cup": ("blue", "cyan", "purple", "red"),
}  # fmt: skip
_MEAT: Mapping[str, tuple[Shade, ...]] = {
    "meat": (("6a2c1c", "a8502c", "d88850"), ("5c2418", "944428", "c87848")),
    "bone": (("b0a488", "e4dcc4", "fffaf0"),), "fat": (("c8a088", "f0d4c0", "fff0e4"),),
}  # fmt: skip
_ICED = {"icing": "icing", "cherry": "cherry"}

FOOD: Mapping[str, Kind] = {
    "apple": _fruit(fruit.apple, _RED, _CRIMSON, _RED, _LIME),
    "pear": _fruit(fruit.pear, ("6a8a1c", "a8c83a", "dcec7c"), ("9a8a1c", "d4c83a", "f4ec8c")),
    "orange": _fruit(fruit.orange, _ORANGE),
    "lemon": _fruit(fruit.lemon, _YELLOW),
    "lime": _fruit(fruit.lemon, _LIME),
    "cherry": Kind(
        rule_of(fruit.cherry),
        ("skin",),
        {"leaf": "leaf", "stem": "stem"},
        colors={"skin": (_CRIMSON, _RED)},
    ),
    "strawberry": Kind(
        rule_of(fruit.strawberry),
        ("skin",),
        {"leaf": "leaf", "seed": "seed"},
        colors={"skin": (_RED,), "seed": (("c0902c", "f0d060", "fff6b0"),)},
    ),
    "grapes": _fruit(fruit.grapes, "purple", _LIME, ("5a1838", "963060", "cc6c98")),
    "watermelon": Kind(
        rule_of(fruit.watermelon),
        ("skin",),
        {"seed": "seed"},
        colors={
            "skin": (_RED,),
            "rind": (("1d5a2a", "3a8c3f", "6ab85a"),),
            "pith": (("b8c890", "dcecb8", "f4fce0"),),
            "seed": (("2c1810", "4e2c1c", "7a4c30"),),
        },
    ),
    "banana": _fruit(fruit.banana, _YELLOW),
    "tomato": _fruit(fruit.tomato, _RED),
    "carrot": _fruit(fruit.carrot, _ORANGE),
    "pineapple": _fruit(fruit.pineapple, ("9a6410", "d89c24", "f4cc54")),
    "corn": _fruit(fruit.corn, _YELLOW),
    "egg": Kind(
        rule_of(dishes.egg),
        ("skin",),
        colors={"skin": (("b89c80", "ecd8bc", "fff6e8"), ("a87c54", "d8ac80", "f4d4ac"), "white")},
    ),
    "fried egg": Kind(
        rule_of(dishes.fried_egg),
        (),
        {"yolk": "yolk"},
        colors={
            "skin": (("b8bcc8", "eceef2", "ffffff"),),
            "yolk": (("c87a10", "f4b020", "ffe070"),),
        },
    ),
    "bread": Kind(_bread, ("crust",), colors=_BREAD),
    "loaf": Kind(rule_of(dishes.loaf), ("crust",), colors=_BREAD),
    "toast": Kind(rule_of(dishes.toast), ("crust",), colors=_BREAD),
    "baguette": Kind(rule_of(dishes.baguette), ("crust",), colors=_BREAD),
    "cheese": Kind(
        rule_of(dishes.cheese),
        ("skin",),
        colors={"skin": (_CHEESE, ("b8741c", "eca83c", "fcd47c"))},
    ),
    "cake": Kind(_cake, ("icing",), _ICED, frozenset(("cherry",)), _SWEET),
    "cupcake": Kind(
        rule_of(sweets.cupcake),
        ("icing",),
        {**_ICED, "sprinkle": "sprinkle", "cup": "cup"},
        frozenset(),
        _SWEET,
    ),
    "cookie": Kind(
        rule_of(sweets.cookie),
        ("dough",),
        {"chip": "chip"},
        colors={"dough": (_DOUGH, ("8a5a2c", "c08c4c", "e4b87c")), "chip": (CHOCOLATE,)},
    ),
    "doughnut": Kind(
        rule_of(sweets.doughnut),
        ("icing",),
        {"icing": "icing", "sprinkle": "sprinkle"},
        colors=_SWEET,
    ),
    "pizza": Kind(
        rule_of(dishes.pizza),
        (),
        colors={
            "cheese": (_CHEESE,),
            "crust": (_CRUST,),
            "sausage": (("7a1c1c", "b83a2c", "e06a50"),),
        },
    ),
    "burger": Kind(
        rule_of(dishes.burger),
        (),
        colors={
            "crust": (_CRUST, ("946020", "d49c4c", "f4c884")),
            "meat": (("3c1c14", "6c3824", "985c3c"),),
            "cheese": (_CHEESE,),
            "tomato": (_RED,),
            "seed": (_CRUMB,),
        },
    ),
    "meat": Kind(rule_of(dishes.meat), ("meat",), {"bone": "bone"}, colors=_MEAT),
    "joint": Kind(rule_of(dishes.joint), ("meat",), {"bone": "bone"}, colors=_MEAT),
    "steak": Kind(
        rule_of(dishes.chop),
        ("meat",),
        {"bone": "bone"},
        colors={**_MEAT, "meat": (("7a1c24", "b83c40", "e07870"), ("6a2c1c", "a8502c", "d88850"))},
    ),
    "drumstick": Kind(rule_of(dishes.drumstick), ("meat",), {"bone": "bone"}, colors=_MEAT),
    "cup": Kind(
        rule_of(dishes.mug),
        ("cup", "stripe"),
        {"drink": "drink", "stripe": "stripe"},
        colors={
            "cup": ("white", "blue", "red", "green", "yellow"),
            "drink": (("3a2010", "6a3c1c", "96602c"),),
            "stripe": ("red", "white", "blue"),
        },
    ),
    "beer": Kind(
        rule_of(dishes.beer),
        ("drink",),
        {"foam": "foam"},
        colors={
            "drink": (("b8720c", "eca81c", "fdd85a"), ("8a4c14", "c07828", "e8a850")),
            "pane": (("8cb0c8", "c4e0f0", "f0faff"),),
            "foam": (("c8c0b0", "f0ece0", "ffffff"),),
        },
    ),
    "ice cream": Kind(
        rule_of(sweets.ice_cream),
        ("icing", "second", "third"),
        {"cone": "cone", "cherry": "cherry"},
        colors={
            **_SWEET,
            "second": (_CREAM, "pink"),
            "third": (CHOCOLATE, ("4a8a5c", "8cd098", "d4f4d4")),
            "cone": (("9a6424", "d49c4c", "f4cc84"),),
        },
    ),
    "lollipop": Kind(
        rule_of(sweets.lollipop),
        ("icing", "second"),
        colors={
            "icing": ("red", "pink", "green", "blue", "orange", "purple"),
            "second": ("white", "yellow"),
            "pole": ("white",),
        },
    ),
}
"""All kinds of food and drink, by their English names."""
