"""The colours that materials of buildings and plants come in, by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art import flowers, herbs, trees
from pincel.art.kinds import Shade

STONE: tuple[Shade, ...] = (("55555e", "8c8c96", "bcbcc4"), ("6a6054", "a09484", "ccc2b0"),
                            ("4e5864", "80909c", "b0c0c8"))  # fmt: skip
WOOD: tuple[Shade, ...] = (("5e3a22", "94623a", "bd8c58"), ("6e5232", "a88450", "d0b07c"))
BRICK: tuple[Shade, ...] = (("7a3428", "b0583e", "d48a64"), ("8a4a30", "c07a50", "e0a880"))
PLASTER: tuple[Shade, ...] = (
    ("b09a78", "e0d0ac", "f8ecd0"), ("a8a8a4", "dcdcd6", "f8f8f2"),
    ("b0906c", "dcb88c", "f4dcb4"), ("98a4a4", "c8d8d4", "ecf6f2"),
)  # fmt: skip
OF_WALL = {"stone": STONE, "wood": WOOD, "logs": WOOD, "brick": BRICK, "plaster": PLASTER}
OF_MATERIAL: Mapping[str, Shade] = {
    "marble": ("a4a4ac", "dedee2", "fafafa"), "sand": ("9a7848", "d0ac74", "f0d8a4"),
    "clay": ("8a5030", "bc7c50", "dca878"), "straw": ("8a6420", "c89c3c", "ecd078"),
    "ice": ("5c8cbc", "a4d0ec", "e8f8ff"),
}  # fmt: skip
"""Walls of what is no material of `masonry`."""
STRAW: Shade = ("8a6420", "c89c3c", "ecd078")
TILES: tuple[Shade, ...] = (
    ("7c2a22", "b8443a", "e07a5c"), ("2c3a5c", "4c6494", "8aa4cc"), ("5a3420", "8c5834", "b88454"),
    ("2c5244", "4a8468", "82b894"), ("47474f", "72727c", "a2a2ac"), ("5a2c58", "8c4c88", "b880b0"),
)  # fmt: skip
OF_ROOF = {"thatch": (STRAW,), "planks": WOOD, "tiles": TILES}
FIXED: Mapping[str, Shade] = {
    "frame": ("6a4428", "94653c", "bb8e5c"), "glass": ("2c5a84", "5aa0cc", "b8e4f6"),
    "timber": ("4a2c1c", "6e4428", "94653c"), "brass": "gold",
    "step": ("6a6a70", "9a9aa0", "c6c6ca"),
    "chimney": ("6a3428", "9a5440", "c07a60"), "pole": ("4a3a30", "6e5a48", "94806a"),
    "dark": ("141018", "201a28", "3a3048"), "iron": "grey", "cross": "gold", "letter": "white",
    "sign": ("6a4428", "94653c", "bb8e5c"), "goods": "orange",
    "lamp": ("c07a18", "f8c848", "fff2a8"),
    "band": "red", "rock": ("4c4a52", "7a7880", "aaa8ae"), "sail": ("a89878", "e4d8bc", "fbf6e8"),
    "rope": ("7a6a48", "b8a270", "dccb9a"), "cloth": "white", "stripe": "white", "flag": "red",
    "stem": flowers.STEM, "centre": flowers.CENTRE, "bark": trees.BARK, "earth": trees.BARK,
    "nut": trees.BARK, "mark": "black", "fruit": "red", "snow": ("a8bcd4", "e4eef8", "ffffff"),
    "petal": "pink", "spine": "white", "stalk": herbs.STALK, "cap": "red", "spot": "white",
    "rib": "brown", "skin": "orange", "glow": "yellow", "pot": ("7c3a20", "b8623a", "e09a6a"),
    "star": "yellow", "glint": "white", "seed": "yellow",
}  # fmt: skip
VARIED: Mapping[str, tuple[Shade, ...]] = {
    "leaf": trees.GREENS, "flag": ("red", "blue", "green", "purple", "gold"),
    "door": (("4a2c1c", "7a4e30", "a87a4c"), ("1e4a3c", "35745a", "62a684"),
             ("5c1f1c", "943a30", "c46a54"), ("22385e", "3e6094", "7296c4")),
}  # fmt: skip
SKINS: Mapping[str, Shade] = {
    "green": ("5a8a1c", "98c83a", "d4ec7c"),
    "yellow": ("b8860c", "f0c82a", "fff08a"),
    "orange": ("a8520c", "ee8a1c", "fdb85a"),
    "red": ("8a1420", "d02a30", "f4706a"),
}
"""Skins of fruit that are said to have a colour."""
LEAVES: Mapping[str, Shade] = {
    "yellow": trees.AUTUMN[2], "orange": trees.AUTUMN[0], "red": trees.AUTUMN[1],
    "pink": ("a84a78", "ec8cb0", "ffd0e0"),
}  # fmt: skip
"""Leaves that are said to have a colour."""
