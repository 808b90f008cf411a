"""The kinds of meals, snacks and vegetables: the rule of each, its parts and colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pincel.art import greens, meals, nuts, plated, snacks, treats
from pincel.art.easel import Easel
from pincel.art.food_kinds import CHOCOLATE, rule_of
from pincel.art.kinds import Kind, Shade
from pincel.art.variety import Variety

_BOWL: tuple[Shade, ...] = (
    ("b0b4c4", "e6e8f0", "ffffff"), ("8c2a24", "cc4a3c", "f08a6c"), ("24508c", "4484cc", "94c4f4"),
    ("7a4a2c", "b07a4c", "dcac78"), ("2c6c5c", "4ca48c", "98dcc4"),
)  # fmt: skip
_BOWLS: Mapping[str, tuple[Shade, ...]] = {
    "bowl": _BOWL, "stripe": ("red", "blue", "white"), "spoon": ("silver",),
    "pole": (("6a3420", "a4603c", "d4946c"),), "broth": (
        ("b0481c", "e8803c", "fcb474"), ("a83020", "dc5038", "f48c68"),
        ("6c8428", "a8bc48", "dce88c"), ("b08028", "e8bc54", "fce498")),
    "root": (("a8520c", "ee8a1c", "fdb85a"),), "crumb": (("d8b074", "f4e0b0", "fff8dc"),),
    "leaf": (("2c6428", "54a83c", "a0dc5c"),), "grain": (("a8acb8", "e6e6ea", "ffffff"),),
    "skin": (("8a1420", "d02a30", "f4706a"),), "seed": (("241c1c", "40343a", "605658"),),
    "dough": (("b8842c", "ecc060", "fce8a0"),), "white": (("b8bcc8", "eceef2", "ffffff"),),
    "yolk": (("c87a10", "f4b020", "ffe070"),), "frill": (("5a8a1c", "98c83a", "d4ec7c"),),
    "pith": (("a86c9c", "dca8d0", "f8e0f4"),), "weed": (("14281c", "24482c", "3c6c44"),),
}  # fmt: skip
_PLATED: Mapping[str, tuple[Shade, ...]] = {
    "plate": (("8c94a8", "ccd2de", "f8fafc"), ("5c80ac", "a0c0e4", "e8f4fc")),
    "crust": (("8a4c1c", "c8833c", "ecb468"), ("946020", "d49c4c", "f4c884")),
    "rim": (("b8843c", "e8c078", "fce4ac"),), "syrup": (("6a2c0c", "a8541c", "dc8c34"),),
    "butter": (("c89c28", "f4d860", "fff4ac"),), "berry": (("2c2c6c", "4c50a8", "8c94dc"),
                                                          ("8a1420", "d02a30", "f4706a")),
    "meat": (("7a3414", "b8642c", "e8a050"), ("6a2c1c", "a8502c", "d88850")),
    "bone": (("b0a488", "e4dcc4", "fffaf0"),), "leaf": (("2c6428", "54a83c", "a0dc5c"),),
    "jelly": (("9c1830", "dc3c50", "fc8c90"), ("3c8420", "70c43c", "bcf080"),
              ("b06410", "f0a02c", "fcd474"), ("6c2c8c", "a858c8", "dca0f0"),
              ("1c64a0", "3ca0dc", "98dcfc")),
    "cherry": (("8a1420", "d02a30", "f4706a"),), "cream": (("c89030", "f0cc6c", "fcecb0"),),
    "filling": (("7a1424", "b82c3c", "e8646c"), ("5c2460", "8c4494", "c080c8"),
                ("b0741c", "e4ac44", "fcdc88")),
}  # fmt: skip
_JAR: Mapping[str, tuple[Shade, ...]] = {
    "honey": (("b0680c", "eca01c", "fcd45c"),), "pole": (("7a4a28", "b07c4c", "dcac78"),),
    "jar": (("7a3c1c", "b8683c", "e4a070"), ("24508c", "4484cc", "94c4f4"),
            ("8c6c34", "ccac6c", "f0dcac")),
    "pane": (("8cb0c8", "c4e0f0", "f0faff"),), "lid": ("red", "gold", "blue", "white"),
    "label": (("c8b088", "f0e4c4", "fffcf0"),),
}  # fmt: skip
_SNACKS: Mapping[str, tuple[Shade, ...]] = {
    "crust": (("8a4c1c", "c8833c", "ecb468"), ("946020", "d49c4c", "f4c884")),
    "crumb": (("d0a870", "f0d8a4", "fdf0cc"),), "leaf": (("2c6428", "54a83c", "a0dc5c"),),
    "tomato": (("8a1420", "d02a30", "f4706a"),), "cheese": (("c08a1c", "f0c040", "ffe88a"),),
    "ham": (("b05868", "e8949c", "fcc8c8"),), "mustard": (("c0901c", "f8d030", "fff08a"),),
    "knot": (("6a2c1c", "a8502c", "d88850"),), "box": ("red", "white", "blue", "yellow"),
    "meat": (("7a2418", "b8442c", "e88058"), ("6a2c1c", "a8502c", "d88850")),
}  # fmt: skip
_FRIES: Mapping[str, tuple[Shade, ...]] = {
    "skin": (("b8800c", "f0c42a", "fff08a"),),
    "box": (("8a1420", "d02a30", "f4706a"),),
    "stripe": (("d8a020", "f8d848", "fff4ac"), "white"),
}
_CORN: Mapping[str, tuple[Shade, ...]] = {
    "corn": (("d0b070", "f8ecc0", "fffdf0"),),
    "butter": (("d09c28", "f4cc50", "fff4ac"),),
    "box": ("white",),
    "stripe": ("red", "blue", "red"),
}
_TACO: Mapping[str, tuple[Shade, ...]] = {
    **_SNACKS,
    "crust": (("b0741c", "eab844", "fce08c"), ("a86420", "dca04c", "f8cc84")),
    "meat": (("4c2418", "7c4428", "ac704c"),),
}
_FISH: Mapping[str, tuple[Shade, ...]] = {
    "skin": (("b84828", "f08050", "fcb48c"), ("a82c34", "e05860", "f8a0a0")),
    "fat": (("e0a080", "fcd8c0", "fff0e4"),),
    "grain": (("a8acb8", "e6e6ea", "ffffff"),),
    "weed": (("14281c", "24482c", "3c6c44"),),
    "leaf": (("3c7428", "74b83c", "bce870"),),
    "yolk": (("c89018", "f4cc3c", "fff08a"),),
}
_CANDY: Mapping[str, tuple[Shade, ...]] = {
    "icing": ("red", "pink", "blue", "green", "orange", "purple"),
    "second": (("b8b8c4", "f0f0f4", "ffffff"),),
}
_PEEL: Mapping[str, tuple[Shade, ...]] = {
    "stem": (("2c5c1c", "5a9434", "98cc5c"),),
    "root": (("a08c60", "dccca0", "f8f0d4"),),
    "neck": (("a07030", "d8ac60", "f4dca0"),),
    "tint": (("a888a8", "d4b8d4", "f0e0f0"),),
    "rind": (("1c3c1c", "34682c", "5c9440"),),
    "pit": (("4a2410", "844820", "b8783c"),),
    "blush": (("a8301c", "ec6850", "fca890"),),
    "pith": (("c8c4bc", "f0eee8", "ffffff"),),
    "bark": (("4c2c1c", "7c5034", "ac8058"),),
    "cap": (("5c3c20", "94683c", "c4985c"),),
    "seed": (("8c9c4c", "d4dc8c", "f8fcd0"),),
}


def _filled(*fillings: Shade) -> Kind:
    """A pie with such fillings."""
    colors = {**_PLATED, "filling": fillings}
    return Kind(rule_of(plated.pie), ("filling",), {"crust": "crust"}, colors=colors)


def _peeled(rule: Callable[[Easel, Variety], None], *skins: Shade, stem: str = "stem") -> Kind:
    """A vegetable with a skin in these colours."""
    parts = {"leaf": "leaf", "stem": stem}
    return Kind(rule_of(rule), ("skin",), parts, colors={**_PEEL, "skin": skins})


_GREEN: Shade = ("2c6c24", "58a83c", "a4dc64")
_RED: Shade = ("8a1420", "d02a30", "f4706a")
_YELLOW: Shade = ("b8800c", "f0c42a", "fff08a")
_ORANGE: Shade = ("a8520c", "ee8a1c", "fdb85a")
_BROWN: Shade = ("6c4420", "b07c40", "dcb070")
_PURPLE: Shade = ("2c1440", "5c2c7c", "9c64b8")
_PLUM: Shade = ("3c1450", "7c3490", "b878c8")
_ONION: Shade = ("a05c1c", "dc9c40", "f8d08c")
_FLESH: Shade = ("a8bc4c", "d4e07c", "f4f8b4")


def _rooted(*skins: Shade) -> Kind:
    """A root of these colours above and pale below."""
    pale: Shade = ("b8a8b8", "ece4ec", "ffffff")
    colors = {**_PEEL, "skin": skins, "neck": (pale,)}
    return Kind(rule_of(treats.turnip), ("skin",), {"leaf": "leaf"}, colors=colors)


_MILK: Shade = ("b8bccc", "eceef4", "ffffff")
_SWEETS: Mapping[str, tuple[Shade, ...]] = {
    "chip": (CHOCOLATE, ("3c2014", "5c3420", "8c5c3c")), "foil": ("silver",),
    "icing": ("red", "blue", "purple", "green", "gold"), "band": ("gold", "white"),
    "crust": (("8a4c1c", "c8833c", "ecb468"), ("946020", "d49c4c", "f4c884")),
    "syrup": (("6a2c0c", "a8541c", "dc8c34"),), "butter": (("c89c28", "f4d860", "fff4ac"),),
    "sugar": (("d8d0c4", "f8f4ec", "ffffff"),), "plate": (("8c94a8", "ccd2de", "f8fafc"),),
    "meat": (("7a1c20", "b83c34", "e07058"),), "fat": (("d0a080", "f4d4b4", "fff0dc"),),
    "pane": (("8cb0c8", "c4e0f0", "f0faff"),), "stripe": ("red", "blue", "green"),
    "drink": (_MILK,), "pea": (("3c8c24", "7cc83c", "c8f080"),),
}  # fmt: skip
_JUICE = {**_SWEETS, "drink": (_RED, _ORANGE, ("7c9c1c", "b8d844", "ecf89c"), _YELLOW)}
_TREATS: Mapping[str, Kind] = {
    "chocolate": Kind(rule_of(treats.chocolate), (), colors=_SWEETS),
    "waffle": Kind(rule_of(treats.waffle), (), {"butter": "butter"}, colors=_SWEETS),
    "bacon": Kind(rule_of(treats.bacon), (), colors=_SWEETS),
    "pretzel": Kind(rule_of(treats.pretzel), (), colors=_SWEETS),
    "butter": Kind(rule_of(treats.butter), (), colors=_SWEETS),
    "milk": Kind(rule_of(treats.glass), (), colors=_SWEETS),
    "milk carton": Kind(rule_of(treats.carton), ("icing",), colors=_SWEETS),
    "juice": Kind(rule_of(treats.juice), ("drink",), {"drink": "drink"}, colors=_JUICE),
    "orange juice": Kind(rule_of(treats.juice), (), colors={**_SWEETS, "drink": (_ORANGE,)}),
    "turnip": _rooted( _PLUM, ("a03070", "d060a0", "f4a8d0")),
    "radish": _rooted( ("9c1838", "dc3858", "fc8c9c")),
    "beet": _peeled(treats.beet, ("5c0c30", "942050", "cc5c88")),
    "blueberry": _peeled(treats.blueberry, ("24306c", "4860b0", "94acec")),
    "raspberry": _peeled(treats.raspberry, ("8c1034", "d43058", "fc8ca0")),
    "blackberry": _peeled(treats.raspberry, ("20142c", "40284c", "806890")),
    "kiwi": Kind(rule_of(treats.kiwi), ("skin",), colors={
        **_PEEL, "skin": (("4c8420", "88c43c", "c8ec7c"),),
        "seed": (("1c1c14", "34341c", "5c5c40"),),
        "pith": (("c8d49c", "ecf4cc", "fcfff0"),)}),
    "melon": _peeled(treats.melon, ("8c8c30", "d0c860", "f4f0a8"), ("5c8c3c", "98c46c", "d4f0a8"),
                     ("b87c1c", "ecb844", "fce890")),
    "peas": Kind(rule_of(treats.peas), ("skin",), colors={
        **_PEEL, **_SWEETS, "skin": (("2c6c24", "58a83c", "a4dc64"),)}),
}  # fmt: skip

MEALS: Mapping[str, Kind] = {
    "soup": Kind(meals.soup, ("broth",), {"bowl": "bowl", "spoon": "spoon"},
                 frozenset(("spoon",)), _BOWLS),
    "tomato soup": Kind(meals.soup, ("broth",), {"bowl": "bowl", "spoon": "spoon"},
                        frozenset(("spoon",)), {**_BOWLS, "broth": (
                            ("a83020", "dc5038", "f48c68"), ("a02818", "d04830", "f08460"))}),
    "noodles": Kind(rule_of(meals.noodles), (), {"bowl": "bowl"}, colors=_BOWLS),
    "rice": Kind(rule_of(meals.rice), ("grain",), {"bowl": "bowl"}, colors=_BOWLS),
    **_TREATS,
    "rice ball": Kind(rule_of(meals.rice_ball), (), colors=_BOWLS),
    "salad": Kind(rule_of(meals.salad), (), {"bowl": "bowl"}, colors=_BOWLS),
    "pancakes": Kind(plated.pancakes, (), {
        "syrup": "syrup", "butter": "butter", "berry": "berry"}, colors=_PLATED),
    "roast": Kind(rule_of(plated.roast), ("meat",), colors=_PLATED),
    "honey": Kind(plated.honey, ("honey",), {"lid": "lid"}, colors=_JAR),
    "jelly": Kind(plated.jelly, ("jelly",), {"cherry": "cherry"}, frozenset(("cherry",)), _PLATED),
    "pudding": Kind(rule_of(plated.pudding), ("cream",), {"syrup": "syrup"}, colors={
        **_PLATED, "syrup": (("6a2c0c", "a8541c", "dc8c34"), CHOCOLATE)}),
    "pie": _filled(*_PLATED["filling"]),
    "apple pie": _filled(("b0741c", "e4ac44", "fcdc88"), ("a86c24", "dca04c", "f8d490")),
    "cherry pie": _filled(("7a1424", "b82c3c", "e8646c"), ("8a1420", "d02a30", "f4706a")),
    "berry pie": _filled(("2c2c6c", "4c50a8", "8c94dc"), ("5c2460", "8c4494", "c080c8")),
    "pumpkin pie": _filled(("a84c0c", "e07c1c", "fcb45c"), ("9c4410", "d47020", "f4a858")),
    "sandwich": Kind(rule_of(snacks.sandwich), (), colors=_SNACKS),
    "sub": Kind(rule_of(snacks.sub), (), colors=_SNACKS),
    "hot dog": Kind(rule_of(snacks.hot_dog), (), {"mustard": "mustard"}, colors=_SNACKS),
    "sausage": Kind(rule_of(snacks.sausage), ("meat",), colors=_SNACKS),
    "taco": Kind(rule_of(snacks.taco), (), colors=_TACO),
    "fries": Kind(rule_of(snacks.fries), (), {"box": "box"}, colors=_FRIES),
    "popcorn": Kind(rule_of(snacks.popcorn), (), {"box": "stripe"}, colors=_CORN),
    "sushi": Kind(rule_of(snacks.sushi), (), colors=_FISH),
    "nigiri": Kind(rule_of(snacks.nigiri), (), colors=_FISH),
    "maki": Kind(rule_of(snacks.maki), (), colors=_FISH),
    "candy": Kind(rule_of(snacks.candy), ("icing", "second"), colors=_CANDY),
    "candy cane": Kind(rule_of(snacks.cane), ("icing", "second"), colors=_CANDY),
    "croissant": Kind(rule_of(snacks.croissant), ("crust",), colors=_SNACKS),
    "pepper": _peeled(greens.pepper, _RED, _GREEN, _YELLOW, _ORANGE),
    "chili": _peeled(greens.chili, _RED, _RED, _GREEN),
    "onion": _peeled(greens.onion, _ONION, ("7c2448", "b8507c", "e498b4"), _ONION),
    "garlic": _peeled(greens.garlic, ("b4a8b0", "e8e2e4", "ffffff")),
    "potato": _peeled(greens.potato, _BROWN, ("8c6428", "cca45c", "f0d490"), _BROWN),
    "broccoli": _peeled(greens.broccoli, ("1c5c28", "3c9440", "80cc5c"), _GREEN),
    "avocado": _peeled(greens.avocado, _FLESH),
    "peach": _peeled(greens.peach, ("c06c30", "fca860", "fcd498"), ("b87838", "fcbc6c", "fce4ac"),
                     stem="bark"),
    "plum": _peeled(greens.plum, _PLUM, ("2c2c70", "5458a8", "949cdc"), stem="bark"),
    "coconut": _peeled(nuts.coconut, stem="bark"),
    "eggplant": _peeled(greens.eggplant, _PURPLE),
    "cabbage": _peeled(greens.cabbage, ("3c7c2c", "7cbc4c", "ccf08c"),
                       ("2c6c3c", "60a854", "b0e08c")),
    "cucumber": _peeled(greens.cucumber, ("90b45c", "c8e08c", "f0fcc4")),
    "seed": _peeled(nuts.seed, _BROWN, ("4c3420", "846040", "b8946c"),
                    ("8c6c34", "ccac64", "f0dca0")),
    "seeds": _peeled(nuts.heap, _BROWN, ("8c6c34", "ccac64", "f0dca0"),
                     ("34302c", "605850", "a09488")),
    "acorn": _peeled(nuts.acorn, _BROWN, ("6c3c14", "b06c2c", "e0a45c"), stem="cap"),
}  # fmt: skip
