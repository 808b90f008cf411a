"""Faces of 16 x 16 pixels from DiceBear's style `pixel-art` (CC0 1.0), with captions that are true.

Hair, skin, glasses, beard, hat, mood and clothes are chosen at random; what is chosen is the
caption. Beards are drawn in the hair's colour (the style's own pale ones look like skin). The same
face at 32 pixels is doubled by EPX (`pincel.art.scale2x`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources

import numpy as np
import resvg_py
from dicebear import Avatar, Style
from PIL import Image

SIDE = 16
_HAIR = {"yellow": ("#e8c55a", "#f2d77a", "#d9b04a"), "brown": ("#603a14", "#83623b", "#5a3216"),
         "black": ("#1a1418", "#28150a"), "red": ("#b5361c", "#9a2a12"), "orange": ("#d96a1e",),
         "white": ("#e8e8ec",), "grey": ("#9a9aa2",), "blue": ("#2f7fd0",), "pink": ("#e86aa8",),
         "green": ("#58a83a",), "purple": ("#7a4ab0",)}  # fmt: skip
_HAIR_OFTEN = (0.19, 0.22, 0.2, 0.1, 0.06, 0.06, 0.05, 0.03, 0.03, 0.03, 0.03)
_SKIN = ("#ffdbac", "#f5cfa0", "#eac393", "#e0b687", "#cb9e6e", "#b68655", "#a26d3d", "#8d5524")
_HATS = {"brown": "#6b4420", "blue": "#2663a3", "grey": "#989789", "green": "#3d8a6b",
         "pink": "#cc6192", "purple": "#614f8a", "red": "#a62116", "black": "#26242c"}  # fmt: skip
_CLOTHES = {"blue": "#428bca", "green": "#44c585", "red": "#d11141", "yellow": "#ffd969",
            "white": "#f2f2f2", "purple": "#7a52a8", "orange": "#e88a2e", "grey": "#8a8a92",
            "black": "#2a2830", "brown": "#7a5230", "pink": "#ef8fb8"}  # fmt: skip


@cache
def _style() -> tuple[Style, dict]:
    text = (resources.files("dicebear_styles") / "pixel-art.json").read_text("utf-8")
    return Style(json.loads(text)), json.loads(text)


def _shown(options: dict[str, object]) -> np.ndarray:
    svg = Avatar(_style()[0], options).to_string()
    png = resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, height=SIDE)
    rgba = np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA")).copy()
    rgba[..., 3] = np.where(rgba[..., 3] > 127, 255, 0)
    rgba[rgba[..., 3] == 0] = 0
    return rgba


def faces(count: int, seed: int) -> Iterator[tuple[np.ndarray, str]]:
    """Different faces, (16, 16, 4) uint8, and their captions."""
    rng = np.random.default_rng(seed)
    seen: set[bytes] = set()
    while len(seen) < count:
        rgba, caption = _one(rng)
        mark = rgba.tobytes()
        if mark not in seen:
            seen.add(mark)
            yield rgba, caption


def _one(rng: np.random.Generator) -> tuple[np.ndarray, str]:
    parts = _style()[1]["components"]

    def any_of(component: str, begins: str = "") -> str:
        names = [n for n in parts[component]["variants"] if n.startswith(begins)]
        return str(rng.choice(names))

    hair = str(rng.choice(list(_HAIR), p=_HAIR_OFTEN))
    clothes, hat = str(rng.choice(list(_CLOTHES))), str(rng.choice(list(_HATS)))
    woman = rng.random() < 0.5
    bald = not woman and rng.random() < 0.18
    beard = not woman and rng.random() < 0.4
    glasses, hatted = rng.random() < 0.28, rng.random() < 0.22
    mood = "happy" if rng.random() < 0.6 else "sad"
    options: dict[str, object] = {
        "seed": "a", "hairProbability": 0 if bald else 100, "beardProbability": 0,
        "glassesProbability": 100 * glasses, "hatProbability": 100 * hatted,
        "accessoriesProbability": 0, "hairVariant": any_of("hair", "long" if woman else "short"),
        "glassesVariant": any_of("glasses"), "hatVariant": any_of("hat"),
        "mouthVariant": any_of("mouth", mood), "eyesVariant": any_of("eyes"),
        "clothesVariant": any_of("clothes"), "hairColor": [str(rng.choice(_HAIR[hair]))],
        "skinColor": [str(rng.choice(_SKIN))], "clothingColor": [_CLOTHES[clothes]],
        "hatColor": [_HATS[hat]], "glassesColor": ["#26242c"],
    }  # fmt: skip
    rgba = _shown(options)
    if beard:
        grown = _shown({**options, "beardProbability": 100, "beardVariant": any_of("beard")})
        changed = (grown != rgba).any(-1)
        tone = str(options["hairColor"][0])  # type: ignore[index]
        rgb = [int(tone[n : n + 2], 16) for n in (1, 3, 5)]
        rgba[changed, :3] = (np.array(rgb) * 0.9).astype(np.uint8)
    who = "woman" if woman else "man"
    told = ["bald" if bald else f"{hair} hair"] if not (hatted and bald) else []
    told += ["beard"] * beard + ["glasses"] * glasses + [f"{hat} hat"] * hatted
    shirt = f"{clothes} shirt" if rng.random() < 0.5 else ""
    caption = f"{mood} {who} face with " + ", ".join([*told, shirt])
    return rgba, caption.strip().strip(",")
