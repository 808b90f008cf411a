"""Faces of 16 x 16 pixels with known parts, out of DiceBear's style `pixel-art` (CC0 1.0).

A face is a map of roles (what each pixel is) and one colour for each role. The map is laid
together from the style's own components; beards are drawn in the hair's colour, because the
style's own pale ones cannot be told from skin.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import resvg_py
from dicebear import Avatar, Style
from PIL import Image

from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab

SIDE = 16
ROLES = ("none", "hair", "hair shade", "skin", "skin shade", "clothes", "clothes shade", "white",
         "lens", "iris", "mouth", "glasses", "beard", "hat", "hat shade")  # fmt: skip
ROLE = {name: number for number, name in enumerate(ROLES)}
BELOW = 10
"""From this row on hair is long: below the mouth."""

_BARE = {
    "hairProbability": 0, "hatProbability": 0, "glassesProbability": 0, "beardProbability": 0,
    "accessoriesProbability": 0, "hairColor": ["#ff0000"], "skinColor": ["#00ff00"],
    "clothingColor": ["#0000ff"], "hatColor": ["#ff00ff"], "glassesColor": ["#000000"],
    "mouthColor": ["#00ffff"], "eyesColor": ["#ffff00"], "mouthVariant": "happy08",
    "eyesVariant": "variant08", "clothesVariant": "variant01", "seed": "a",
}  # fmt: skip
_BEARDS = {"full": "variant01", "goatee": "variant02"}
_MOUSTACHE = ((9, slice(5, 11)), (10, slice(5, 6)), (10, slice(10, 11)))
"""Rows and columns; the style's own cannot be told from a goatee."""
_GLASSES = {"clear": "light05", "dark": "dark03"}
_HATS = {"beanie": "variant04", "cap": "variant02", "brim": "variant06"}
_CLOTHES = {"plain": "variant01", "open": "variant16", "patterned": "variant02"}


@dataclass(frozen=True)
class Face:
    """What a face has. Colours are sRGB, 0 to 1; `hair` is a variant of the style or ""."""

    hair: str
    clothes: str
    glasses: str
    beard: str
    hat: str
    colors: dict[str, tuple[float, float, float]]

    @property
    def long(self) -> bool:
        """Whether hair hangs below the mouth."""
        return bool(self.hair) and is_long(hair_masks()[self.hair])


def is_long(mask: np.ndarray) -> bool:
    """Whether a mask (16, 16) bool has hair below the mouth."""
    return int(mask[BELOW:].sum()) >= 4


@cache
def _style() -> tuple[Style, dict]:
    text = (resources.files("dicebear_styles") / "pixel-art.json").read_text("utf-8")
    return Style(json.loads(text)), json.loads(text)


def _drawn(**options: object) -> np.ndarray:
    """(16, 16, 4) uint8 with these options over the bare face."""
    svg = Avatar(_style()[0], {**_BARE, **options}).to_string()
    png = resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, height=SIDE)
    return np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"))


def _variants(component: str) -> list[str]:
    return list(_style()[1]["components"][component]["variants"])


@cache
def _changed(component: str, variant: str) -> np.ndarray:
    """Where a component changes the bare face, (16, 16) bool."""
    options = {f"{component}Variant": variant, f"{component}Probability": 100}
    return (_drawn(**options) != _drawn()).any(-1)


@cache
def hair_masks() -> dict[str, np.ndarray]:
    """Where each hair of the style has pixels, (16, 16) bool."""
    return {variant: _changed("hair", variant) for variant in _variants("hair")}


@cache
def _bare(clothes: str) -> np.ndarray:
    """Roles of a face with these clothes and nothing else, (16, 16)."""
    shown = _drawn(clothesVariant=_CLOTHES[clothes]).astype(int)
    r, g, b, a = np.moveaxis(shown, -1, 0)
    found = np.full((SIDE, SIDE), ROLE["skin"])
    found[(r == 0) & (g == 255) & (b == 0)] = ROLE["skin shade"]
    found[(b == 255) & (r < 255) & (g < 255)] = ROLE["clothes"]
    found[(b == 255) & (r > 0) & (r == g) & (r < 255)] = ROLE["clothes shade"]
    found[(r == 0) & (g == 255) & (b == 255)] = ROLE["mouth"]
    found[(r == 255) & (g == 255) & (b == 0)] = ROLE["iris"]
    found[(r == 255) & (g == 255) & (b > 0)] = ROLE["white"]
    found[a == 0] = ROLE["none"]
    return found


@cache
def worn(glasses: str) -> tuple[np.ndarray, np.ndarray]:
    """Frame and dark lens, each (16, 16) bool."""
    options = {"glassesVariant": _GLASSES[glasses], "glassesProbability": 100}
    frame = _drawn(**options)[..., :3].max(-1) < 90
    frame &= _drawn(**options)[..., 3] > 0
    lens = _changed("glasses", _GLASSES[glasses]) & ~frame
    return frame, lens & (glasses == "dark")


def roles_of(face: Face) -> np.ndarray:
    """The map of roles, (16, 16) int64."""
    return _laid(face.hair, face.clothes, face.glasses, face.beard, face.hat).copy()


@cache
def _laid(hair: str, clothes: str, glasses: str, beard: str, hat: str) -> np.ndarray:
    found = _bare(clothes).copy()
    if beard == "moustache":
        for row, columns in _MOUSTACHE:
            found[row, columns] = ROLE["beard"]
    elif beard:
        grown = _changed("beard", _BEARDS[beard])
        found[grown & np.isin(found, (ROLE["skin"], ROLE["skin shade"]))] = ROLE["beard"]
    if glasses:
        frame, lens = worn(glasses)
        found[frame] = ROLE["glasses"]
        found[lens] = ROLE["lens"]
    if hair:
        mask = hair_masks()[hair]
        found[mask] = ROLE["hair"]
        found[mask & _shaded(mask)] = ROLE["hair shade"]
    if hat:
        where = _changed("hat", _HATS[hat])
        found[where] = ROLE["hat"]
        light = _drawn(hatVariant=_HATS[hat], hatProbability=100)[..., 1] > 0
        found[where & light] = ROLE["hat shade"]
    return found


def _shaded(mask: np.ndarray) -> np.ndarray:
    """Hair away from the light, which comes from above on the left."""
    y, x = np.mgrid[:SIDE, :SIDE]
    inner = np.zeros_like(mask)
    inner[:-1] = mask[:-1] & ~mask[1:]  # the last pixel above something else
    return (x >= 12) | (inner & (y <= 5)) | (y >= 12)


def colors_of(face: Face) -> np.ndarray:
    """sRGB of each role, (roles, 3), 0 to 1: those of the face, and the shades that follow."""
    lab = {part: srgb_to_oklab(np.asarray(rgb, np.float32)) for part, rgb in face.colors.items()}
    red = srgb_to_oklab(np.array([0.75, 0.12, 0.2], np.float32))
    lab["white"] = np.array([0.97, 0, 0], np.float32)
    lab["lens"] = 0.55 * lab["glasses"] + 0.45 * np.array([0.45, -0.01, -0.04], np.float32)
    lab["mouth"] = 0.5 * lab["skin"] + 0.5 * red
    lab["beard"] = _darker(lab["hair"], 0.93)
    lab["hat shade"] = lab["hat"] + np.array([0.1 if lab["hat"][0] < 0.75 else -0.12, 0, 0])
    for part, amount in (("hair", 0.82), ("skin", 0.88), ("clothes", 0.82)):
        lab[f"{part} shade"] = _darker(lab[part], amount)
    lab["none"] = np.zeros(3, np.float32)
    return oklab_to_srgb(np.stack([lab[role] for role in ROLES]).astype(np.float32)).clip(0, 1)


def _darker(lab: np.ndarray, amount: float) -> np.ndarray:
    """Less light, a little bluer, as shade is drawn; what is nearly black becomes lighter."""
    light = lab[0] * amount if lab[0] > 0.3 else lab[0] + 0.08
    return np.array([light, lab[1], lab[2] - 0.012], np.float32)


def picture(roles: np.ndarray, colors: np.ndarray) -> np.ndarray:
    """(16, 16, 4) uint8: role 0 is clear."""
    rgb = np.rint(255 * colors[roles]).astype(np.uint8)
    return np.dstack([rgb, np.where(roles == ROLE["none"], 0, 255).astype(np.uint8)])
