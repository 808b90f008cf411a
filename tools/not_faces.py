"""Pictures without a face: what the finder of heads must refuse (`train_finder.py` learns from the
first half, `judge_finder.py` measures on the second).

Sprites of things, tiles, icons and animals, parts of dolls, cells, patterns of DiceBear, letters.
Halves are those of the files; some kinds (`LATE`) are in the second half only. Robots, smileys,
masks and whole figures are in neither: a person may take them for faces.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import resvg_py
from dicebear import Avatar, Style
from PIL import Image, ImageDraw, ImageFont

PATTERNS = ("blobs", "constellation", "glass", "identicon", "initials", "landscape", "rings",
            "shapes", "stripes", "waves", "squircles")  # fmt: skip
LATE_PATTERNS = ("disco", "icons", "loops", "patchwork", "planets", "shape-grid", "slice", "stack",
                 "triangles", "weave")  # fmt: skip
LATE = ("late patterns", "icons of programs", "ships", "nuclei", "capitals", "silhouettes")
"""Kinds of which nothing is learned from."""
_PEOPLE = re.compile(
    r"\b(?:face\w*|man|men|woman|women|person|people|boy|girl|baby|head\w*|skull|mask\w*|human|"
    r"child|family|couple|kiss|prince\w*|guard|police\w*|detective|worker|angel|fairy|mage|vampire|"
    r"zombie|genie|elf|troll|ninja|superhero|supervillain|santa|claus|mrs|robot|alien|monster|"
    r"ghost|goblin|ogre|clown|pumpkin|jack|snowman|bust|speaking|statue|portrait|mermaid|merman|"
    r"bride|adult|hair|emotion|smil\w*|doll\w*|teddy|bear|helmet|crown|hat|hood|cap|wig|queen|king|feeding|gesture|cook|student|"
    r"singer|farmer|teacher|artist|pilot|deaf|shrug\w*|pout\w*|frown\w*|selfie|massage|elder|idol|"
    r"gargoyle|orb|sphinx|altar|shrine|throne)\b"
)
_ANIMALS = re.compile(
    r"\b(?:cat|dog|mouse|cow|tiger|rabbit|dragon|horse|pig|frog|chicken|penguin|bird|fish|whale|"
    r"dolphin|elephant|rat|ox|sheep|goat|snake|turtle|bug|ant|bee|spider|wolf|fox|lion|owl|duck|"
    r"eagle|bat|shark|crab|octopus|snail|camel|koala|hamster|hound|worm|jackal|yak|hog|scorpion|"
    r"butterfly|crocodile|leopard|zebra|deer|giraffe|sloth|otter|skunk|kangaroo|badger|llama)\b"
)
_FACELESS_GROUPS = {"item", "items", "dungeon", "effect", "effects", "hud", "HUD", "weapons", "fx",
                    "particles", "shots", "background-elements", "background", "spell icon", "tile",
                    "emoji", "emoji flag", "ui icon", "ships"}  # fmt: skip
_FACELESS_PARTS = ("hand1", "hand2", "gloves", "boots", "legs", "cloak", "barding", "body")


def not_faces(data: Path, late: bool) -> dict[str, list[np.ndarray]]:
    """Kind -> pictures (h, w, 4) uint8; `data` is the folder of sprites.zip, doll-parts.zip and the
    rest. `late`: the half that nothing learns from."""
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    for kind, mark, rgba in _all(data):
        if (kind in LATE or _second(mark)) is late:
            found[kind].append(rgba)
    return dict(found)


def _second(mark: str) -> bool:
    return bool(zlib.crc32(mark.encode()) & 1)


def _all(data: Path) -> Iterator[tuple[str, str, np.ndarray]]:
    """Kind, a mark that decides over the half, and the picture."""
    yield from _sprites(data / "sprites.zip")
    with zipfile.ZipFile(data / "doll-parts.zip") as packed:
        for name in packed.namelist():
            if name.endswith(".png") and name.split("/")[0] in _FACELESS_PARTS:
                yield "parts of dolls", name, _opened(packed.read(name))
    with zipfile.ZipFile(data / "nuclei.zip") as packed:
        for name in [n for n in packed.namelist() if n.startswith("images/")][::6]:
            yield "nuclei", name, _opened(packed.read(name))
    cells = np.load(data / "bloodmnist.npz")["val_images"][::12]
    for number, cell in enumerate(cells):
        yield "cells", f"cell{number}", np.dstack([cell, np.full(cell.shape[:2], 255, np.uint8)])
    for number in range(40):
        for kind, names in (("patterns", PATTERNS), ("late patterns", LATE_PATTERNS)):
            for name in names:
                yield kind, f"{name}{number}", _drawn(name, str(number))
        yield "silhouettes", f"shadow{number}", _drawn("shadows", str(number))
    yield from _letters()


def _sprites(path: Path) -> Iterator[tuple[str, str, np.ndarray]]:
    with zipfile.ZipFile(path) as packed:
        for line in packed.read("index.jsonl").decode().splitlines():
            row = json.loads(line)
            kind = _kind(row)
            if kind is not None:
                yield kind, row["file"], _opened(packed.read(row["file"]))


def _kind(row: dict) -> str | None:
    text, group = (row["caption"] or "").lower(), row["group"]
    animal = bool(_ANIMALS.search(text))
    if animal and group in ("emoji", "animals", "monster"):
        return "animals"
    if group not in _FACELESS_GROUPS or animal or _PEOPLE.search(text):
        return None
    if group == "ui icon":
        return "icons of programs"
    if group in ("ships", "shots") or "shmup" in row["source"]:
        return "ships"
    if group == "emoji flag":
        return "flags"
    if group in ("dungeon", "tile"):
        return "tiles"
    return "emoji of things" if group == "emoji" else "things"


def _opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


@cache
def _style(name: str) -> Style:
    return Style(json.loads((resources.files("dicebear_styles") / f"{name}.json").read_text()))


def _drawn(name: str, seed: str) -> np.ndarray:
    svg = Avatar(_style(name), {"seed": seed}).to_string()
    return _opened(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=96, height=96)))


def _letters() -> Iterator[tuple[str, str, np.ndarray]]:
    """Small letters and numbers; capitals come late."""
    rng = np.random.default_rng(8)
    for kind, signs in (("letters", "abcdefghijklmnopqrstuvwxyz0123456789"),
                        ("capitals", "ABCDEFGHIJKLMNOPQRSTUVWXYZ&?!@%")):  # fmt: skip
        for sign in signs:
            paper, ink = (tuple(int(v) for v in rng.integers(0, 256, 3)) for _ in range(2))
            picture = Image.new("RGBA", (96, 96), (*paper, 255))
            draw = ImageDraw.Draw(picture)
            font = ImageFont.load_default(int(rng.integers(40, 90)))
            draw.text((48, 48), sign, ink, font, anchor="mm")
            yield kind, sign, np.asarray(picture)


def shown(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A picture as a person may have it, (h, w, 4) uint8: small ones enlarged to blocks or not, on
    a clear ground or a plain one, with or without room around."""
    small = max(rgba.shape[:2]) <= 64
    times = int(rng.choice([1, 1, 4, 8])) if small else 1
    large = rgba.repeat(times, 0).repeat(times, 1)
    room = round(float(rng.choice([0, 0, 0.2, 0.6])) * max(large.shape[:2]))
    large = np.pad(large, ((room, room), (room, room), (0, 0)))
    if rng.random() < 0.5:
        return large
    ground = Image.new(
        "RGBA", large.shape[1::-1], (*(int(v) for v in rng.integers(0, 256, 3)), 255)
    )
    ground.alpha_composite(Image.fromarray(large))
    return np.asarray(ground)
