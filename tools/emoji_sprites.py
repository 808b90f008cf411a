"""Emoji drawn as vectors, as captioned sprites of 32 pixels.

Read from the npm packages `@iconify-json/fluent-emoji-flat` (MIT, Microsoft), `@iconify-json/noto`
(Apache 2.0, Google) and `@iconify-json/twemoji` (CC BY 4.0, Twitter and others), as `npm pack`
downloads them. They are no pixel art, so they are made some: rasterised, hard at the edge, few
colours, and a dark line of their own colours around them. What they add is shapes for words that
few sprites have: food, faces, plants, people, buildings.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import resvg_py
from PIL import Image

from pincel.art import denoise
from pincel.pixels import color

SIDE = 32
COLORS, APART = 10, 0.12
_TONES = re.compile(r"-(light|medium-light|medium|medium-dark|dark)(-skin-tone)?(?=-|$)")
_FOREIGN = re.compile(
    r"^(flag-|keycap|letter-|\d|input-|japanese-|family|kiss|couple|circled|trade|regist|copyr)"
    r"|oclock|thirty|aquarius|aries|taurus|gemini|cancer|leo$|virgo|libra|scorpius|sagittarius"
    r"|capricorn|pisces|ophiuchus|clock-|button$|-button-|hands?$|gesture|men-|women-|people-"
)
"""Letters, signs of the zodiac and other symbols, and many hands that look alike."""
_SAID = (
    (re.compile(r"\b(mage)\b"), "wizard"),
    (re.compile(r"\bold (man|woman)\b"), r"old \1"),
    (re.compile(r"\b(blond|blonde)\b"), "yellow"),
    (re.compile(r"^(boy|girl|child|baby|man|woman|old man|old woman|older person|person)$"),
     r"\1 face"),
    (re.compile(r"^(man|woman|person) (bald|beard|red hair|white hair|curly hair|blond hair)$"),
     r"\1 \2 face"),
    (re.compile(r"\b(pouting|enraged|steam from nose)\b"), "angry"),
    (re.compile(r"\b(crying|disappointed|frowning|weary|worried|pensive|tired)\b"), "sad"),
    (re.compile(r"\b(grinning|smiling|beaming|laughing|joy|hugging|savoring)\b"), "happy"),
)  # fmt: skip


def sprites(archives: list[Path]) -> Iterator[tuple[np.ndarray, str, str]]:
    """Pictures (32, 32, 4) uint8, captions, and the set they come from."""
    for path in archives:
        with tarfile.open(path) as archive:
            held = archive.extractfile("package/icons.json")
            assert held is not None
            icons = json.load(held)
        source = icons["prefix"]
        for name, icon in icons["icons"].items():
            if icon.get("hidden") or _FOREIGN.search(name) or not _wanted(name):
                continue
            wide = icon.get("width", icons.get("width", 16))
            high = icon.get("height", icons.get("height", 16))
            yield _drawn(icon["body"], wide, high), caption(_TONES.sub("", name)), source


def _wanted(name: str) -> bool:
    """Of the five skins of a person one, always the same, besides the yellow one."""
    tones = _TONES.findall(name)
    if not tones:
        return "tone" not in name
    if len(tones) > 1 or "hand" in name:
        return False
    draw = hashlib.sha256(_TONES.sub("", name).encode()).digest()[0] % 5
    return tones[0][0] == ("light", "medium-light", "medium", "medium-dark", "dark")[draw]


def caption(name: str) -> str:
    """An emoji's name as a caption."""
    said = name.replace("-", " ")
    for pattern, other in _SAID:
        said = pattern.sub(other, said)
    return said


def _drawn(body: str, wide: int, high: int) -> np.ndarray:
    """Rasterised in the middle of the canvas with a pixel of room, as pixel art."""
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
           f'viewBox="0 0 {wide} {high}">{body}</svg>')  # fmt: skip
    png = resvg_py.svg_to_bytes(svg_string=svg, width=4 * SIDE, height=4 * SIDE)
    large = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    box = large.getbbox()
    if box is not None:
        large = large.crop(box)
    room = SIDE - 2
    scale = room / max(large.size)
    size = (max(1, round(large.width * scale)), max(1, round(large.height * scale)))
    small = np.asarray(large.resize(size, Image.Resampling.BOX))
    canvas = np.zeros((SIDE, SIDE, 4), np.uint8)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    canvas[top : top + size[1], left : left + size[0]] = small
    return outlined(fewer(canvas))


def fewer(rgba: np.ndarray, most: int = COLORS, apart: float = APART) -> np.ndarray:
    """Hard at the edge, in few colours."""
    opaque = rgba[..., 3] > 127
    found = np.zeros_like(rgba)
    if opaque.any():
        lab = color.srgb_to_oklab(rgba[opaque][:, :3])
        colors, place = denoise.few_colors(lab, most, apart)
        found[opaque, :3] = color.to_bytes(color.oklab_to_srgb(colors))[place]
        found[opaque, 3] = 255
    return found


def outlined(rgba: np.ndarray) -> np.ndarray:
    """The outermost pixels in a darker shade of what is there, one shade for each hue."""
    opaque = rgba[..., 3] > 0
    held = np.pad(opaque, 1)
    inner = held[:-2, 1:-1] & held[2:, 1:-1] & held[1:-1, :-2] & held[1:-1, 2:]
    rim = opaque & ~inner
    lab = color.srgb_to_oklab(rgba[..., :3])
    dark = lab * np.array([0.5, 0.7, 0.7])
    found = rgba.copy()
    if rim.any():
        colors, place = denoise.few_colors(dark[rim], 2, 0.1)
        found[rim, :3] = color.to_bytes(color.oklab_to_srgb(colors))[place]
    return found
