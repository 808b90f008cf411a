"""The colours of monsters: what they are made of, skins, glows; besides those of animals."""

from __future__ import annotations

HIDES: dict[str, tuple[str, str, str]] = {
    "stone": ("54565e", "888a90", "bcbec0"),
    "clay": ("84442c", "b8704c", "e0a07c"),
    "iron": ("3c4450", "707c8c", "b4c0cc"),
    "sand": ("9c7a44", "d4b070", "f4dca4"),
    "basalt": ("241c20", "40343a", "685860"),
    "lava": ("e04810", "fc9020", "ffd858"),
    "ice": ("4c8cc0", "94d0f0", "e4faff"),
    "frost": ("1c5090", "3c88d0", "84c4f4"),
    "snow": ("98b0d0", "dce8f6", "ffffff"),
    "wood": ("5c3a1c", "906034", "bc8c54"),
    "bark": ("483424", "705438", "9c7c54"),
    "bandage": ("a08c68", "dccca4", "f8f0d4"),
    "linen": ("74603c", "a8906a", "c8b48c"),
    "fair": ("c48460", "f4c49c", "ffe4c8"),
    "rose": ("b87060", "eca894", "ffd4c4"),
    "deep": ("5c3820", "8c5c38", "b88458"),
    "mint": ("2c8c74", "68ccac", "b8f4dc"),
    "rosewing": ("c088b8", "f0c0e4", "fff0fc"),
    "goldwing": ("c0a040", "f4e090", "fffce0"),
    "ochre": ("94602c", "cc9450", "f0c488"),
    "slateblue": ("3c5484", "6c88b8", "a8c0e4"),
    "flame": ("b82c10", "f0641c", "ffa040"),
    "foam": ("90c0dc", "d4f0f8", "ffffff"),
    "wind": ("8ca4bc", "c8dce8", "f4fcff"),
    "soil": ("4c3420", "785434", "a47c50"),
    "crystal": ("7048b0", "b088f0", "f0e0ff"),
    "mintskin": ("4c8058", "84b888", "bce4b4"),
    "mauve": ("8c4c70", "c47ca0", "e8b0cc"),
    "grave": ("55705a", "8aa384", "b4c8a8"),
    "pale": ("9c90a8", "d0c8d8", "f0ecf4"),
    "rust": ("6c3418", "a85c2c", "d08c50"),
    "bone": ("9a8c6c", "dcd0ac", "fcf4d8"),
}
"""Dark, middle and light."""
