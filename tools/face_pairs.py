"""Pairs for `translator`: a drawn face and the same face as a sprite of 16 x 16 pixels.

    python tools/face_pairs.py OUT.npz --each 700 [--seed 1] [--styles seen|unseen|own|NAME,...]
                                [--bands]

Both come from DiceBear (https://www.dicebear.com): the drawn face in one of thirteen styles, the
sprite in its style `pixel-art`, with the same colours, glasses, beard and hat; its hair is the one
of the style whose shape covers the drawn one's best. Some glasses and hats are drawn over by this
file, so that every style has them. OUT.npz holds for each pair

    drawn    (n, 112, 112, 4) uint8, 80 of 112 pixels are the frame that a sprite shows
    roles    (n, 16, 16) uint8, the parts (`pixel_faces.ROLES`)
    colors   (n, roles, 3) uint8
    facts    (n, len(FACTS)) int16: style, and what a judge is asked (-1: not to be asked)
"""

from __future__ import annotations

import argparse
import io
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py
from dicebear import Avatar, Style, options
from PIL import Image

import face_overlays
from drawn_styles import DRAWN, SEEN, UNSEEN, Choice, Drawn
from pincel.pixels.color import srgb_to_oklab
from pixel_faces import BELOW, Face, colors_of, hair_masks, is_long, roles_of

CROP, FRAME = 112, 80
MARGIN = (CROP - FRAME) // 2
FACTS = ("style", "hair", "skin", "clothes", "glasses", "hat", "length", "beard")
HAIR = ("#241c1a", "#6b4126", "#dcb56c", "#b5391c", "#bdb8b4", "#3d63c9", "#3f9a4a", "#e37fb0",
        "#6d3fa0")  # fmt: skip
SKIN = ("#ffdcc2", "#eab98f", "#c68a5a", "#935a33", "#5a3623")
CLOTHES = ("#d2352b", "#ef8a2b", "#f2d545", "#4aa84f", "#3b6fd1", "#7b46b5", "#ec7fb5", "#eeeeea",
           "#26262c")  # fmt: skip
_SEEN = 45  # pixels of the crop
_NONE = "#5b6e8c"
"""Clothes of a drawn face that shows none."""

options.OptionsValidator.validate = lambda data: None
"""The options here are known to be right, and asking takes longer than drawing."""


def _rgb(text: str) -> np.ndarray:
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255


def _hex(rgb: np.ndarray) -> str:
    return "#" + bytes(np.rint(255 * np.clip(rgb, 0, 1)).astype(np.uint8)).hex()


def _colored(rng: np.random.Generator, named: tuple[str, ...], free: float) -> np.ndarray:
    """One of the named colours, nearly; now and then any colour."""
    if rng.random() < free:
        return rng.random(3).astype(np.float32)
    return np.clip(_rgb(named[rng.integers(len(named))]) + rng.normal(0, 0.025, 3), 0, 1)


def _named(rgb: np.ndarray, named: tuple[str, ...]) -> int:
    """Which named colour this is, -1 where two would do or none."""
    lab = srgb_to_oklab(np.stack([_rgb(n) for n in named]))
    own = srgb_to_oklab(np.asarray(rgb, np.float32))
    own[0] = own[0].clip(lab[:, 0].min(), lab[:, 0].max())  # black is black
    far = np.linalg.norm(lab - own, axis=-1)
    first, second = np.sort(far)[:2]
    return int(far.argmin()) if first < 0.09 and first < 0.6 * second else -1


@cache
def _definition(name: str, bare: tuple[str, ...] = ()) -> Style:
    """A style; the components in `bare` draw nothing."""
    found = json.loads((resources.files("dicebear_styles") / f"{name}.json").read_text("utf-8"))
    for component in bare:
        for variant in found["components"][component]["variants"].values():
            variant["elements"] = []
    return Style(found)


@cache
def _components(name: str) -> dict[str, Any]:
    found = json.loads((resources.files("dicebear_styles") / f"{name}.json").read_text("utf-8"))
    return dict(found["components"])


def _shown(style: Style, options: dict[str, Any], drawn: Drawn) -> np.ndarray:
    """The drawn face in its crop, (112, 112, 4) uint8."""
    center, top, chin = drawn.frame
    side = (chin - top) / 0.625
    pixels = round(FRAME / side)
    svg = Avatar(style, options).to_string()
    png = resvg_py.svg_to_bytes(svg_string=svg, width=pixels, height=pixels)
    whole = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    left = round((center - side / 2) * pixels) - MARGIN
    above = round((top - 0.125 * side) * pixels) - MARGIN
    return np.array(whole.crop((left, above, left + CROP, above + CROP)))


class Person:
    """What one face has, and how one style is told."""

    def __init__(self, name: str, rng: np.random.Generator, bands: bool = False) -> None:
        self.name, self.drawn, self.rng = name, DRAWN[name], rng
        self.hair = _colored(rng, HAIR, 0.2)
        self.skin = _colored(rng, SKIN, 0.12)
        self.clothes = _colored(rng, CLOTHES, 0.3)
        self.hat_color = _colored(rng, CLOTHES, 0.3)
        self.frames = _rgb("#1e1e22") if rng.random() < 0.7 else _colored(rng, CLOTHES, 0.5) * 0.6
        self.glasses = str(rng.choice(["", "clear", "dark"], p=[0.55, 0.3, 0.15]))
        self.beard = str(
            rng.choice(["", "full", "goatee", "moustache"], p=[0.72, 0.12, 0.08, 0.08])
        )
        self.hat = str(rng.choice(["", "beanie", "cap", "brim"], p=[0.72, 0.12, 0.08, 0.08]))
        self.own_hat = self.hat in self.drawn.hats and rng.random() < 0.5
        self.banded = bands and rng.random() < 0.15
        if self.beard and self.beard not in self.drawn.beards:
            self.beard = ""
        self.own_glasses = self.glasses in self.drawn.glasses
        worn = self.drawn.glasses.get(self.glasses, {})
        if set(worn) & set(self.drawn.beards.get(self.beard, {})):
            self.beard = ""  # one component cannot be both
        if self.glasses and not self.own_glasses and self.drawn.eyes is None:
            self.glasses = ""
        self.options = self._options()

    def _options(self) -> dict[str, Any]:
        """The style's options; what is not wanted is not drawn."""
        rng, drawn, options = self.rng, self.drawn, dict(self.drawn.more)
        options["seed"] = str(rng.integers(1 << 30))
        wanted: dict[str, tuple[str, ...]] = {}
        for asked, table in ((self.own_glasses and self.glasses, drawn.glasses),
                             (self.beard, drawn.beards),
                             (self.own_hat and self.hat, drawn.hats)):  # fmt: skip
            named = {c: set() for choice in table.values() for c in choice}
            for choice in table.values():
                for component, variants in choice.items():
                    named[component] |= set(variants)
            for component, variants in named.items():
                self._without(options, component, variants)
            if asked:
                wanted |= table[asked]
        for component, variants in drawn.never.items():
            self._without(options, component, set(variants))
        for component, variants in wanted.items():
            options[f"{component}Variant"] = list(variants)
            if _components(self.name)[component].get("probability") is not None:
                options[f"{component}Probability"] = 100
        return options | self._colors()

    def _without(self, options: dict[str, Any], component: str, variants: set[str]) -> None:
        known = _components(self.name)[component]["variants"]
        before = options.get(f"{component}Variant", list(known))
        left = [v for v in before if v not in variants]
        if left:
            options[f"{component}Variant"] = left
        if _components(self.name)[component].get("probability") is not None and not left:
            options[f"{component}Probability"] = 0

    def _colors(self) -> dict[str, Any]:
        drawn = self.drawn
        found = {f"{c}Color": [_hex(self.hair)] for c in drawn.colors}
        found |= {f"{c}Color": [_hex(self.skin)] for c in drawn.skin}
        found |= {f"{c}Color": [_hex(self.clothes)] for c in drawn.clothes}
        if self.name == "notionists":  # the ink draws all lines: dark
            found["inkColor"] = [_hex(self.hair * 0.35)]
        if self.name == "voxel-art":
            found["hatColor"] = [_hex(self.hat_color)]
        if self.glasses and self.name in ("adventurer", "lorelei", "micah"):
            found["glassesColor"] = [_hex(self.frames)]
        return found

    # ------------------------------------------------------------------------- what is drawn

    def pair(self) -> tuple[np.ndarray, Face, dict[str, int]]:
        """The drawn face, its sprite's parts, and what a judge is asked."""
        shown = _shown(_definition(self.name), self.options, self.drawn)
        mask = self._hair_mask()
        if self.own_glasses:
            shown, seen = self._kept(shown, self.drawn.glasses[self.glasses])
            self.glasses = self.glasses if seen.any() else ""
            if self.name == "big-smile":  # their colour cannot be told
                self.frames = _mode(shown, seen, self.frames)
            elif self.name == "notionists":
                self.frames = self.hair * 0.35
        if self.beard:
            shown, seen = self._kept(shown, self.drawn.beards[self.beard])
            self.beard = self.beard if seen.any() else ""
        if self.drawn.tinted:
            self.skin = _mode(shown, self._skin_mask(shown), self.skin)
        eyes = self.drawn.eyes
        if self.rng.random() < 0.5:  # it looks the other way
            shown, mask = np.ascontiguousarray(shown[:, ::-1]), mask[:, ::-1]
            eyes = eyes and (1 - eyes[1], 1 - eyes[0], *eyes[2:])
        worn = mask & (shown[..., 3] > 128)
        if self.own_hat:
            self.hat_color = _mode(shown, worn, self.hat_color)
        elif worn.sum() > 60:
            self.hair = _mode(shown, worn, self.hair)
        if self.hat and not self.own_hat:
            ink = self.rng.random() < 0.5
            shown = face_overlays.hat(shown, self.hat, self.hat_color, ink, self.rng)
        if self.banded and not self.hat and worn.sum() > 60:
            ink = self.rng.random() < 0.5
            shown = face_overlays.band(shown, self.hat_color, ink, self.rng)
        if self.glasses and not self.own_glasses:
            assert eyes is not None
            shown = face_overlays.glasses(shown, self.glasses, self.frames, eyes, self.rng)
        if self.name == "notionists":  # no colour of its own: paper or ink
            low = np.zeros(mask.shape, bool)
            low[MARGIN + FRAME - 8 : MARGIN + FRAME] = True
            self.clothes = _mode(shown, low & (shown[..., 3] > 128), self.clothes)
        hair = "short03" if self.own_hat else _nearest(_cells(mask))
        return shown, self._face(hair), self._facts(hair)

    def _hair_mask(self) -> np.ndarray:
        """Where hair (or the style's own hat) is, (112, 112) bool, without beard and glasses."""
        drawn, options = self.drawn, dict(self.options)
        for table in (drawn.beards, drawn.glasses):
            for choice in table.values():
                for component in choice:
                    if _components(self.name)[component].get("probability") is not None:
                        options[f"{component}Probability"] = 0
        before = _shown(_definition(self.name), options, drawn)
        if drawn.swap:
            options[f"{drawn.swap[0]}Variant"] = [drawn.swap[1]]
            after = _shown(_definition(self.name), options, drawn)
        elif drawn.bare or self.own_hat:
            bare = drawn.bare or (drawn.hair,)
            after = _shown(_definition(self.name, bare), options, drawn)
        else:
            other = _hex((self.hair + 0.5) % 1)
            options[f"{drawn.colors[0]}Color"] = [other]
            after = _shown(_definition(self.name), options, drawn)
        return np.abs(before.astype(int) - after).max(-1) > 40

    def _kept(self, shown: np.ndarray, choice: Choice) -> tuple[np.ndarray, np.ndarray]:
        """The drawn face, and where what was chosen stands on it, (112, 112) bool. What can hardly
        be seen (thin frames in the skin's colour) is taken away: a face either has it or not."""
        options = dict(self.options)
        for component in choice:
            if _components(self.name)[component].get("probability") is None:
                return shown, np.ones(shown.shape[:2], bool)
            options[f"{component}Probability"] = 0
        other = _shown(_definition(self.name), options, self.drawn)
        seen = np.abs(shown.astype(int) - other).max(-1) > 40
        if seen.sum() >= _SEEN:
            return shown, seen
        self.options = options
        return other, np.zeros_like(seen)

    def _skin_mask(self, shown: np.ndarray) -> np.ndarray:
        """Where skin is, (112, 112) bool."""
        changed = dict(self.options)
        for component in self.drawn.skin:
            changed[f"{component}Color"] = [_hex((self.skin + 0.5) % 1)]
        other = _shown(_definition(self.name), changed, self.drawn)
        return np.abs(shown.astype(int) - other).max(-1) > 30

    def _face(self, hair: str) -> Face:
        shows = bool(self.drawn.clothes) or self.name == "notionists"
        colors = {
            "hair": self.hair, "skin": self.skin, "glasses": self.frames, "hat": self.hat_color,
            "clothes": self.clothes if shows else _rgb(_NONE), "iris": _rgb("#31405a"),
        }  # fmt: skip
        return Face(hair, "plain", self.glasses, self.beard, self.hat,
                    {k: tuple(map(float, v)) for k, v in colors.items()})  # fmt: skip

    def _facts(self, hair: str) -> dict[str, int]:
        long = bool(hair) and is_long(hair_masks()[hair])
        seen = bool(hair) and (not self.hat or long)
        return {
            "style": list(DRAWN).index(self.name),
            "hair": _named(self.hair, HAIR) if seen else -1,
            "skin": _named(self.skin, SKIN),
            "clothes": _named(self.clothes, CLOTHES) if self.drawn.clothes else -1,
            "glasses": int(bool(self.glasses)),
            "hat": int(bool(self.hat)),
            "length": int(long) if not self.own_hat else -1,
            "beard": int(bool(self.beard)),
        }


def _mode(shown: np.ndarray, mask: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """The most frequent colour within a mask, 0 to 1."""
    if mask.sum() < 12:
        return otherwise
    pixels = shown[mask][:, :3]
    coarse = (pixels >> 4).astype(int) @ (1, 16, 256)
    most = np.bincount(coarse).argmax()
    return np.median(pixels[coarse == most], axis=0).astype(np.float32) / 255


def _cells(mask: np.ndarray) -> np.ndarray:
    """How much of each of the sprite's pixels a mask covers, (16, 16), 0 to 1."""
    inner = mask[MARGIN : MARGIN + FRAME, MARGIN : MARGIN + FRAME].astype(np.float32)
    return inner.reshape(16, 5, 16, 5).mean((1, 3))


def _nearest(cover: np.ndarray) -> str:
    """The hair of `pixel-art` that covers the same pixels best; "" for next to none."""
    if cover.sum() < 5:
        return ""
    hangs = float(cover[BELOW:].sum())
    best, found = -1.0, ""
    for name, mask in hair_masks().items():
        if (hangs > 6 and not is_long(mask)) or (hangs < 2.5 and is_long(mask)):
            continue
        overlap = float(np.minimum(cover, mask).sum() / np.maximum(cover, mask).sum())
        if overlap > best:
            best, found = overlap, name
    return found


def pairs(styles: list[str], each: int, seed: int, bands: bool = False) -> dict[str, np.ndarray]:
    """Rendered pairs of these styles, in turn; "own" is drawn by `own_faces.py`. With `bands` some
    faces of the other styles wear one."""
    import own_faces

    held: dict[str, list[np.ndarray]] = {k: [] for k in ("drawn", "roles", "colors", "facts")}
    for number in range(each):
        for name in styles:
            rng = np.random.default_rng([seed, number, [*DRAWN, "own"].index(name)])
            person = own_faces.Own(rng) if name == "own" else Person(name, rng, bands)
            shown, face, facts = person.pair()
            held["drawn"].append(shown)
            held["roles"].append(roles_of(face).astype(np.uint8))
            held["colors"].append(np.rint(255 * colors_of(face)).astype(np.uint8))
            held["facts"].append(np.array([facts[f] for f in FACTS], np.int16))
    return {name: np.stack(values) for name, values in held.items()}


def main() -> None:
    """Render and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--each", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--styles", default="seen", help="seen, unseen, own, or names")
    parser.add_argument("--bands", action="store_true", help="some wear a band in the hair")
    asked = parser.parse_args()
    named = {"seen": SEEN, "unseen": UNSEEN}.get(asked.styles, asked.styles.split(","))
    found = pairs(list(named), asked.each, asked.seed, asked.bands)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(asked.out, **found)
    print(f"{asked.out}: {len(found['roles'])} pairs")


if __name__ == "__main__":
    main()
