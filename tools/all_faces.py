"""Pictures with a face, of many hands: what the finder of heads must let through
(`judge_finder.py` measures it).

Whole avatars of DiceBear in styles that the finder learned and in others, faces that Pincel puts
together from parts, portraits of 38 pixels, emoji of people, photographs in grey.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import defaultdict
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import resvg_py
from dicebear import Avatar, Style
from PIL import Image

from drawn_styles import DRAWN, SEEN
from pincel.art import faces
from pincel.art.color_names import RAMPS
from pincel.art.people import HAIRS, SKINS

FIRST = (*SEEN, "avataaars")
LATE = ("personas", "open-peeps", "croodles", "pixel-art")
"""Styles of the second half, of which nothing was learned or chosen."""
_MASKED = (1, 7, 11, 13, 15, 18, 20, 21, 23, 24)
_HEADS = re.compile(
    r"^(?:man|woman|person|old man|old woman|older person|boy|girl|child|"
    r"(?:man|woman|person) (?:\w+ hair|blond hair|bald|wearing turban)|prince|princess|"
    r"woman technologist|man office worker|woman office worker|man judge|woman judge|man guard)$"
)


def all_faces(data: Path, late: bool, each: int = 40) -> dict[str, list[np.ndarray]]:
    """Kind -> pictures (h, w, 4) uint8; `late`: the half that nothing is chosen on."""
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    for name in LATE if late else FIRST:
        for number in range(each):
            found[name].append(_avatar(name, f"{'late' if late else 'first'}{number}", number))
    rng = np.random.default_rng(2 + late)
    found["put together"] = [_put_together(rng) for _ in range(2 * each)]
    found["portraits of 38 pixels"] = _portraits(data / "sprites.zip")[late::2]
    if late:
        found["emoji of people"] = _emoji(data / "sprites.zip")
        found["grey"] = [_grey(one) for name in ("personas", "open-peeps")
                         for one in found[name][::2]]  # fmt: skip
    found["photographs of 25 pixels"] = _photographs()[late::2]
    return dict(found)


@cache
def _style(name: str) -> Style:
    return Style(json.loads((resources.files("dicebear_styles") / f"{name}.json").read_text()))


def _avatar(name: str, seed: str, number: int) -> np.ndarray:
    """The whole avatar, as the style is, at one of many sizes."""
    size = 16 if name == "pixel-art" else (32, 48, 96, 256, 512)[number % 5]
    chosen: dict[str, object] = {"seed": seed, **(DRAWN[name].more if name in DRAWN else {})}
    svg = Avatar(_style(name), chosen).to_string()
    png = resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size)
    return np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"))


def _put_together(rng: np.random.Generator) -> np.ndarray:
    def one(names: tuple[str, ...], chance: float = 1.0) -> str:
        return str(rng.choice(names)) if rng.random() < chance else ""

    look = faces.FaceLook(
        head=one(faces.HEADS), eyes=one(faces.EYES), mood=one(faces.MOODS),
        clothes=one(faces.CLOTHES), hair=one(faces.SHORT + faces.LONG, 0.9),
        beard=one(faces.BEARDS, 0.2), glasses=one(faces.GLASSES, 0.2), hat=one(faces.HATS[:3], 0.2),
        colors={"skin": one(tuple(SKINS)), "hair": one(tuple(HAIRS)), "cloth": one(tuple(RAMPS)),
                "hat": one(tuple(RAMPS))},
    )  # fmt: skip
    return faces.face_sprite(look).rgba()


def _portraits(path: Path) -> list[np.ndarray]:
    """The heads of people among them; no masks, helmets, animals."""
    found = []
    with zipfile.ZipFile(path) as packed:
        for line in packed.read("index.jsonl").decode().splitlines():
            row = json.loads(line)
            number = re.fullmatch(r"(\d+)\.png", row.get("original", ""))
            drawn = row["source"] == "superpowers" and row["w"] == row["h"] == 38
            if drawn and number and int(number[1]) not in _MASKED:
                found.append(_opened(packed.read(row["file"])))
    return found


def _emoji(path: Path) -> list[np.ndarray]:
    found = []
    with zipfile.ZipFile(path) as packed:
        for line in packed.read("index.jsonl").decode().splitlines():
            row = json.loads(line)
            if row["group"] == "emoji" and _HEADS.match((row["caption"] or "").lower()):
                found.append(_opened(packed.read(row["file"])))
    return found


def _photographs() -> list[np.ndarray]:
    from skimage import data

    grey = np.rint(255 * data.lfw_subset()[:100]).astype(np.uint8)
    return [np.dstack([one] * 3 + [np.full(one.shape, 255, np.uint8)]) for one in grey]


def _grey(rgba: np.ndarray) -> np.ndarray:
    light = np.rint(rgba[..., :3].mean(-1, keepdims=True)).astype(np.uint8)
    return np.concatenate([light.repeat(3, -1), rgba[..., 3:]], -1)


def _opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
