"""The colours that items come in: by themselves, and of a material that is said."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.kinds import Shade

STEEL: Shade = ("4c5670", "9aa8bc", "eef4fa")
IRON: Shade = ("3e424c", "767c88", "b8c0ca")
GOLD: Shade = ("8a5510", "e0a526", "fff09a")
SILVER: Shade = ("5a6270", "a6b0c0", "f2f6fa")
BRONZE: Shade = ("6a3a18", "b87834", "f0c07a")
COPPER: Shade = ("7a2e1c", "c8683e", "f4ae82")
WOOD: tuple[Shade, ...] = (
    ("5e3a22", "94623a", "c8925c"),
    ("6a4a2a", "a47e4a", "d4b07a"),
    ("4a2c22", "7a4a34", "a8765a"),
)
LEATHER: tuple[Shade, ...] = (
    ("4a2a1a", "855029", "b87a48"),
    ("3a2a2a", "5e4640", "8a6c60"),
    ("5c2020", "94403a", "c06a5c"),
    ("22385e", "3e6094", "7296c4"),
)
JEWELS: tuple[Shade, ...] = ("red", "blue", "green", "purple", "cyan", "pink", "orange")
LIQUIDS: tuple[Shade, ...] = ("red", "blue", "green", "purple", "pink", "orange", "cyan", "gold")
CLOTHS: tuple[Shade, ...] = ("red", "blue", "green", "purple", "brown", "black", "orange")
PAPER: Shade = ("a8885c", "e4d0a0", "fbf2d6")
STONE: tuple[Shade, ...] = (
    ("55555e", "8c8c96", "c0c0c8"),
    ("6a6054", "a09484", "ccc2b0"),
    ("4e5864", "80909c", "b0c0c8"),
)
METALS = (GOLD, SILVER, BRONZE, IRON)
BY_COLOR: Mapping[str, Shade] = {"gold": GOLD, "silver": SILVER}
"""Metals that are said by their colour."""
OF: Mapping[str, tuple[str, Shade]] = {
    "iron": ("metal", IRON),
    "steel": ("metal", STEEL),
    "metal": ("metal", STEEL),
    "copper": ("metal", COPPER),
    "bronze": ("metal", BRONZE),
    "rusty": ("metal", COPPER),
    "stone": ("stone", STONE[0]),
    "wood": ("wood", WOOD[0]),
    "leather": ("soft", LEATHER[0]),
    "bone": ("stone", ("9a8a66", "dccfa8", "fbf6e2")),
    "ivory": ("stone", ("a8987a", "e8dcc0", "fffaec")),
    "glass": ("glass", ("6a98b0", "aed6e4", "ecfafd")),
    "crystal": ("jewel", ("4a78b8", "86c4ec", "e4f8ff")),
    "diamond": ("jewel", ("6aa0c0", "b4e4f2", "ffffff")),
    "ruby": ("jewel", ("7a0e28", "d42444", "ff8a8c")),
    "emerald": ("jewel", ("0e5a38", "22a860", "86f0a8")),
    "sapphire": ("jewel", ("16307e", "2c62d8", "80b4fa")),
    "amethyst": ("jewel", ("4a1e7a", "8c44c8", "d0a0f4")),
    "obsidian": ("jewel", ("14101e", "302a42", "6e6488")),
    "clay": ("clay", ("8a4a2a", "bc7648", "e0a878")),
    "ice": ("jewel", ("4a84c0", "98d0f0", "effcff")),
    "fire": ("jewel", ("b42c10", "f4842a", "ffe882")),
    "lava": ("jewel", ("a02410", "ee6a1e", "ffd860")),
    "cloth": ("soft", ("7a6a5a", "b8a68c", "e0d4bc")),
    "wax": ("wax", ("b89a68", "ecdcb0", "fff8e0")),
    "shadow": ("jewel", ("1a1428", "3a2e54", "6c5a90")),
    "paper": ("paper", PAPER),
}
"""What materials are of which group, and look like."""
FIXED: Mapping[str, tuple[Shade, ...]] = {
    "blade": (STEEL, STEEL, IRON, SILVER),
    "guard": (GOLD, BRONZE, STEEL, GOLD, IRON),
    "grip": LEATHER,
    "gem": JEWELS,
    "glint": (("ffffff", "ffffff", "ffffff"),),
    "string": (("a89878", "e4d8bc", "fbf6e8"),),
    "feather": ("red", "white", "blue", "green"),
    "tip": (GOLD, "white"),
    "star": (GOLD, "yellow"),
    "tassel": ("red", "blue", "green"),
    "horn": (("9a8a66", "dccfa8", "fbf6e2"), ("4a3c34", "7a6a5c", "a89888")),
    "crest": ("red", "blue", "purple", "green"),
    "eyes": ("red", "cyan", "yellow"),
    "shoulder": (STEEL, IRON),
    "belt": LEATHER,
    "boot": LEATHER,
    "sole": (("2c2420", "4a3c34", "6a5a4c"),),
    "cuff": (LEATHER[1], LEATHER[0], IRON, GOLD),
    "lace": (("a89878", "e4d8bc", "fbf6e8"),),
    "knob": (GOLD,),
    "lining": ("red", "purple", "blue"),
    "cloth": CLOTHS,
    "plume": ("white", "red", "green"),
    "clasp": (GOLD, SILVER),
    "flame": (("d8401c", "f8a024", "fff4a0"),),
    "wax": (
        ("b89a68", "ecdcb0", "fff8e0"),
        ("a8a8b4", "e0e0e8", "ffffff"),
        ("a04038", "d86858", "f8a890"),
    ),
    "wick": (("2c2420", "4a3c34", "6a5a4c"),),
    "wrap": (("6a5a44", "a89472", "d8c8a4"),),
    "light": (("c07a18", "f8c848", "fff2a8"),),
    "shell": (("16161e", "34343f", "74748a"),),
    "cap": (IRON, BRONZE, GOLD),
    "fuse": (("6a5436", "b08e5c", "dcc08c"),),
    "frame": WOOD,
    "nail": (IRON, STEEL),
    "clay": (
        ("8a4a2a", "bc7648", "e0a878"),
        ("6a4a3a", "9c7258", "c8a084"),
        ("3e5a74", "6e90ac", "a8c8dc"),
        ("8a7450", "c0a878", "e8d6ac"),
    ),
    "stripe": ("white", "black"),
    "sand": (("a87830", "e0b458", "f8e098"),),
    "pane": (("2c5a84", "5aa0cc", "b8e4f6"),),
    "handle": (GOLD, IRON, BRONZE),
    "earth": (("3e2a1c", "6a4a30", "906a48"),),
    "grass": (("1f5136", "3f8f3a", "84c547"),),
    "post": WOOD,
    "plate": (IRON, STEEL),
    "paper": (PAPER,),
    "seal": ("red", "purple", "blue"),
    "rod": WOOD,
    "land": (("4a6a30", "7a9a4c", "a8c070"), ("6a5030", "a08050", "c8a878")),
    "cord": (GOLD, ("7a6a48", "b8a270", "dccb9a"), "red"),
    "patch": ("red", "blue", "green"),
    "chain": (GOLD, SILVER),
    "setting": (GOLD, SILVER),
    "haft": WOOD,
    "metal": (STEEL, IRON, STEEL, BRONZE),
    "trim": (GOLD, SILVER, BRONZE),
    "rim": (IRON, GOLD, STEEL, BRONZE),
    "boss": (GOLD, STEEL, IRON),
    "mark": ("white", "gold", "black"),
    "field": ("red", "blue", "green", "purple", WOOD[0]),
    "glass": (("5a86a4", "a8d0e0", "e8f8fc"), ("6a90a0", "b0d4d0", "eefaf4")),
    "liquid": LIQUIDS,
    "cork": (("7a5230", "b88a54", "e0bc88"),),
    "label": (PAPER,),
    "stone": JEWELS,
    "band": (GOLD, SILVER, GOLD, BRONZE),
    "coin": (GOLD,),
    "shaft": (GOLD, SILVER, BRONZE, IRON),
    "bow": (GOLD, SILVER, BRONZE, IRON),
    "wood": WOOD,
    "lid": WOOD,
    "lock": (GOLD, SILVER, BRONZE),
    "dark": (("120e16", "241c28", "3e3444"),),
    "cover": ("red", "blue", "green", "brown", "purple", "black"),
    "spine": ("red",),
    "pages": (PAPER,),
    "ink": (("4a3c34", "6a5a4c", "8a7a68"),),
    "ribbon": ("red", "blue", "green"),
    "leg": WOOD,
    "beam": WOOD,
    "picture": ("blue", "green"),
    "tuft": (("a8783a", "e0b470", "fce8b8"),),
    "pouch": LEATHER,
    "button": (GOLD, SILVER),
    "crown": (SILVER, GOLD),
    "rock": STONE,
    "tint": (("c8a0c0", "e8c8e0", "fce4f4"),),
    "gem_two": ("blue", "green", "purple"),
    "gem_three": ("green", "cyan", "red"),
    "vine": (("1f5136", "3f8f3a", "84c547"),),
    "mouth": (("2c0a14", "5c1428", "8c2840"),),
    "pillow": ("white",),
    "carpet": ("red", "blue"),
    "tongue": ("red",),
    "spark": (("c89020", "ffe070", "fffbe0"),),
}
"""What each material comes in by itself."""
