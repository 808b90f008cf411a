"""The kinds of items, and what there is to each."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art import blades, flasks, hafted, jewels, shields, stores
from pincel.art.bench import Ware

_HILT = {"hilt": ("guard", "grip"), "blade": ("blade",), "gem": ("gem",)}
_HAFT = {"hilt": ("haft", "grip"), "blade": ("metal",)}
_HARD = ("metal", "stone", "jewel", "wood", "glass")

KINDS: Mapping[str, Ware] = {
    "sword": Ware(
        blades.sword,
        ("blade", "guard", "grip"),
        _HILT,
        matter=_HARD,
        forms=(*blades.SWORDS, "short", "rapier"),
    ),
    "dagger": Ware(
        blades.dagger, ("blade", "guard", "grip"), _HILT, matter=_HARD, forms=blades.DAGGERS
    ),
    "axe": Ware(hafted.axe, ("metal", "haft"), _HAFT, matter=_HARD, forms=hafted.AXES),
    "mace": Ware(
        hafted.mace, ("metal", "haft"), _HAFT, matter=_HARD, forms=("flanged", "spiked", "round")
    ),
    "hammer": Ware(
        hafted.hammer, ("metal", "haft"), _HAFT, matter=_HARD, forms=("block", "war", "sledge")
    ),
    "shield": Ware(
        shields.shield,
        ("field", "mark"),
        {
            "rim": ("rim",),
            "boss": ("boss",),
            "cross": ("mark",),
            "stripe": ("mark",),
            "star": ("mark",),
            "heart": ("mark",),
            "gem": ("gem",),
        },
        matter=_HARD,
        forms=(*shields.SHIELDS, "buckler"),
        loose=frozenset(("boss", "cross")),
    ),
    "potion": Ware(
        flasks.potion,
        ("liquid", "glass"),
        {"liquid": ("liquid",), "glass": ("glass",), "cork": ("cork",), "label": ("label",)},
        matter=("glass",),
        forms=flasks.FLASKS,
        loose=frozenset(("cork",)),
    ),
    "bottle": Ware(
        flasks.potion,
        ("glass",),
        {"liquid": ("liquid",), "glass": ("glass",), "cork": ("cork",), "label": ("label",)},
        matter=("glass",),
        forms=flasks.FLASKS,
        loose=frozenset(("cork", "liquid")),
    ),
    "gem": Ware(jewels.gemstone, ("stone",), matter=("jewel", "glass"), forms=jewels.GEMS),
    "ring": Ware(
        jewels.ring,
        ("band",),
        {"gem": ("gem",), "band": ("band",)},
        matter=("metal", "stone", "jewel", "wood"),
        forms=("band", "stone"),
        loose=frozenset(("gem",)),
    ),
    "coin": Ware(jewels.coin, ("coin",), matter=("metal", "stone", "wood")),
    "key": Ware(
        jewels.key,
        ("shaft",),
        {"gem": ("gem",), "hilt": ("bow",)},
        matter=("metal", "stone", "jewel", "wood"),
        same={"bow": "shaft"},
    ),
    "chest": Ware(
        stores.chest,
        ("wood", "metal"),
        {
            "lid": ("lid",),
            "lock": ("lock",),
            "rim": ("metal",),
            "hoard": ("coin",),
            "gem": ("gem",),
        },
        matter=("metal", "wood", "stone", "jewel"),
        forms=("closed", "open"),
        same={"lid": "wood"},
    ),
    "book": Ware(
        stores.book,
        ("cover", "trim"),
        {
            "cover": ("cover",),
            "spine": ("spine",),
            "lock": ("lock",),
            "gem": ("gem",),
            "rim": ("trim",),
            "star": ("trim",),
            "cross": ("trim",),
            "heart": ("trim",),
            "pages": ("pages",),
        },
        matter=("soft", "wood"),
        forms=("closed", "open"),
        same={"spine": "cover"},
    ),
}
