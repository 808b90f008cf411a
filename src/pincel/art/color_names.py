"""The colours that people name, in English and Spanish, each as a small ramp of shades."""

from __future__ import annotations

import re

import numpy as np

from pincel.pixels.color import srgb_to_oklab
from pincel.words.unaccented import unaccented

RAMPS: dict[str, tuple[str, ...]] = {
    "red": ("7a1620", "c8272d", "f0635a"),
    "orange": ("8a3b0c", "e0741c", "f9a94a"),
    "yellow": ("a8811a", "f0c929", "fff07a"),
    "gold": ("7d5412", "d9a022", "ffe27a"),
    "green": ("1d5a2a", "3a9c3f", "8ad65a"),
    "cyan": ("14686e", "2ab6b8", "8ff0e4"),
    "blue": ("1c2f7a", "3161cf", "7aa8f5"),
    "purple": ("43206e", "7d3fb5", "b98ae8"),
    "pink": ("9c3d6b", "e57aa8", "ffc0d8"),
    "brown": ("4a2a16", "855029", "bd8750"),
    "grey": ("4a4a50", "85858c", "bcbcc2"),
    "silver": ("5a6270", "9aa4b4", "dfe6ee"),
    "white": ("b8bcc8", "e6e8ee", "ffffff"),
    "black": ("0c0c10", "24242c", "44444e"),
}
"""Dark, middle and light, sRGB."""
_SPOKEN = {
    "red": "red rojo roja rojos rojas crimson scarlet carmesi escarlata",
    "orange": "orange naranja naranjas anaranjado anaranjada",
    "yellow": "yellow amarillo amarilla amarillos amarillas",
    "gold": "gold golden dorado dorada dorados doradas oro",
    "green": "green verde verdes",
    "cyan": "cyan turquoise teal cian turquesa celeste",
    "blue": "blue azul azules",
    "purple": "purple violet morado morada morados moradas violeta purpura lila",
    "pink": "pink magenta rosa rosado rosada fucsia",
    "brown": "brown marron marrones pardo parda cafe castano castana",
    "grey": "grey gray gris grises",
    "silver": "silver plateado plateada plata",
    "white": "white blanco blanca blancos blancas",
    "black": "black negro negra negros negras",
}
_NAMED = {word: color for color, said in _SPOKEN.items() for word in said.split()}
LACKS = 0.12
"""A palette has a colour when one of its own lies this near to a shade of it (OKLab)."""


def named_in(text: str) -> list[str]:
    """The colours that a sentence names, each once, in its order: keys of RAMPS."""
    found = (_NAMED.get(word) for word in re.findall(r"[a-z]+", unaccented(text)))
    return list(dict.fromkeys(color for color in found if color))


def ramp(color: str) -> np.ndarray:
    """The shades of a colour, (3, 3) uint8 sRGB, from dark to light; KeyError for none of RAMPS."""
    return np.array([list(bytes.fromhex(shade)) for shade in RAMPS[color]], np.uint8)


def lacking(palette: np.ndarray, colors: list[str]) -> list[str]:
    """Those of the colours that a palette (k, 3) uint8 has no shade of."""
    if not len(palette):
        return list(colors)
    own = srgb_to_oklab(np.asarray(palette, np.uint8))
    missing = []
    for color in colors:
        shades = srgb_to_oklab(ramp(color))
        if np.sqrt(((own[:, None] - shades[None]) ** 2).sum(-1)).min() > LACKS:
            missing.append(color)
    return missing
