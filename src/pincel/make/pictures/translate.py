"""A drawn face becomes a sprite face: a head is found, brought into the frame, and redrawn.

Two small networks do it, both run by ONNX Runtime. One finds the head; the other says what each
pixel of the sprite is and which colour that has (`pincel.nets.translator`). The sprite has one
colour a role and hard edges, by construction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pincel.art.denoise import CHROMA
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.errors import PincelError
from pincel.look.onnx_session import open_session
from pincel.make.pictures import doubts, heads, whole_parts
from pincel.make.pictures.heads import Frame
from pincel.pixels import color
from pincel.pixels.framing import Shrunk, over_white

SHIPPED = "translator.faces"
_PARTS = ("finder", "translator")
_SHIPPED = {"finder": "finder", "translator": "quick"}
"""Parts of the shipped networks, by the names of their files: the translator computes in 8 bits
(`tools/quick_translator.py`); its weights in 16 lie beside it, for networks that learn on."""
_COLORED = ("hair", "skin", "clothes")
_DOUBTED = 0.8
"""Where the colour of one of those parts is right with less than this chance, it is looked for in a
wider frame, too: a shoulder that the frame cuts off has no colour in it."""
_WIDER = 1.15
__all__ = ["Translation", "Translator", "open_translator", "over_white"]

Run = Callable[[np.ndarray], list[np.ndarray]]


@dataclass(frozen=True, eq=False)
class Translation:
    """One face.

    sprite  what came out;  frame  where in the picture the head was
    roles   (s, s) int64, what each pixel is;  colors  (roles, 3) uint8 sRGB
    chance  (s, s) float32, the probability of each pixel's role
    chances  part, and "whole" -> chance that it is right (`doubts`); empty without a table of them
    seen    (4s, 4s, 3) uint8: the frame as the network saw it
    """

    sprite: Sprite
    frame: Frame
    roles: np.ndarray
    colors: np.ndarray
    chance: np.ndarray
    seen: np.ndarray
    chances: dict[str, float] = field(default_factory=dict)

    @property
    def sure(self) -> float:
        """The chance that hair, skin, clothes, glasses, hat and the hair's length are right; of a
        network without a table of doubts, the mean over pixels of the probability of their role."""
        return self.chances.get(doubts.WHOLE, float(self.chance.mean()))


@dataclass(frozen=True, eq=False)
class Translator:
    """Both networks, ready. `about`: what the file says, "roles" and "side" among it."""

    name: str
    sha256: str
    about: dict[str, Any]
    run: Run
    finder: Run | None

    def translate(
        self, rgba: np.ndarray, frame: Frame | None = None, palette: np.ndarray | None = None
    ) -> Translation:
        """The face in a picture (h, w, 4) uint8 as a sprite.

        frame    where the head is; None: it is looked for
        palette  (k, 3) uint8: every role takes the nearest of these colours

        PincelError where nothing is opaque or no head is found.
        """
        shown, frame = self._held(rgba, frame)
        seen = self._seen(shown, frame)
        scores, colors, *spread = self.run(planes(seen))
        chances = self._chances(scores[0], spread[0][0]) if spread else {}
        own = colors[0]
        if any(chances.get(part, 1.0) < _DOUBTED for part in _COLORED):
            own = self._steadiest(shown, frame, own, spread[0][0])
        roles = self.roles(scores[0])
        table = srgb_of(own)
        if palette is not None:
            table = nearest_colors(table, palette)
        shares = np.exp(scores[0] - scores[0].max(0))
        chance = np.take_along_axis(shares, roles[None], 0)[0] / shares.sum(0)
        return Translation(
            sprite_of_roles(roles, table), frame, roles, table, chance, seen, chances
        )

    def _seen(self, shown: np.ndarray | Shrunk, frame: Frame) -> np.ndarray:
        """What lies in a frame as the network sees it, (4s, 4s, 3) uint8."""
        side = int(self.about.get("sees", 4 * int(self.about["side"])))
        return heads.framed_square(shown, frame, side)

    def _steadiest(
        self, shown: Shrunk, frame: Frame, colors: np.ndarray, spread: np.ndarray
    ) -> np.ndarray:
        """Colours (roles, 3), those of hair, skin and clothes from a wider frame where they lie
        closer together there than in this one: `spread` (roles,)."""
        seen = self._seen(shown, heads.frame_times(frame, _WIDER))
        _, (others,), (apart,) = self.run(planes(seen))
        kept, names = colors.copy(), list(self.about["roles"])
        for part in _COLORED:
            own = [names.index(name) for name in doubts.PARTS[part] if name in names]
            if own and apart[own[0]] < spread[own[0]]:
                kept[own] = others[own]
        return kept

    def roles(self, scores: np.ndarray) -> np.ndarray:
        """Scores (roles, s, s) as the role of each pixel, (s, s) int64; parts whose shapes the
        network's file knows are there whole or not at all."""
        return whole_parts.decided(scores, self.about.get("whole", ()))

    def found(self, rgba: np.ndarray, frame: Frame | None = None) -> tuple[np.ndarray, Frame]:
        """A picture (h, w, 4) uint8 on white paper, (h, w, 3 or 4) uint8, and its head. PincelError
        as `translate`."""
        held, frame = self._held(rgba, frame)
        return held.shown, frame

    def _held(self, rgba: np.ndarray, frame: Frame | None) -> tuple[Shrunk, Frame]:
        """The same, with the smaller copies that were made on the way."""
        if rgba[..., 3].max() == 0:
            raise PincelError("translate.clear")
        shown = Shrunk(over_white(rgba))
        if frame is None:
            frame = heads.find_head(shown, None if self.finder is None else self.looked)
        if frame is None:
            raise PincelError("translate.no_face")
        return shown, frame

    def _chances(self, scores: np.ndarray, spread: np.ndarray) -> dict[str, float]:
        """Of each part, if the network's file holds a table of doubts."""
        table = self.about.get("doubts")
        if not table:
            return {}
        return doubts.part_chances(doubts.signs(scores, spread, self.about["roles"]), table)

    def looked(self, picture: np.ndarray) -> np.ndarray:
        """What the finder says of a picture (64, 64, 3) uint8, (4, 8, 8) as `heads.find_head` takes
        it."""
        assert self.finder is not None
        given = np.moveaxis(picture, -1, 0)[None].astype(np.float32) / 255
        return self.finder(given)[0][0]


def planes(seen: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8 as the network takes it, (1, 3, h, w) float32: OKLab as 2L-1, 4a, 4b."""
    lab = np.moveaxis(color.srgb_to_oklab(seen), -1, 0)
    own = np.empty((1, *lab.shape), np.float32)
    np.multiply(2, lab[0], own[0, 0])
    own[0, 0] -= 1
    np.multiply(CHROMA, lab[1:], own[0, 1:])
    return own


def srgb_of(colors: np.ndarray) -> np.ndarray:
    """Colours (k, 3) as the network gives them, as (k, 3) uint8 sRGB."""
    lab = np.concatenate([(colors[:, :1] + 1) / 2, colors[:, 1:] / CHROMA], 1)
    lab[:, 0] = lab[:, 0].clip(0, 1)
    return color.to_bytes(color.oklab_to_srgb(lab.astype(np.float32)))


def nearest_colors(colors: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Each of `colors` (k, 3) uint8 as the nearest of `palette` (p, 3) uint8 in OKLab, (k, 3)
    uint8."""
    own, given = color.srgb_to_oklab(colors), color.srgb_to_oklab(np.asarray(palette, np.uint8))
    far = np.linalg.norm(own[:, None] - given[None], axis=-1)
    return np.asarray(palette, np.uint8)[far.argmin(1)]


def sprite_of_roles(roles: np.ndarray, colors: np.ndarray) -> Sprite:
    """Roles (s, s) and their colours (k, 3) uint8 as a sprite; role 0 is clear, and only colours
    that occur are kept."""
    used = np.flatnonzero(np.bincount(roles.ravel(), minlength=len(colors))[1:]) + 1
    if not len(used):
        return Sprite((np.full(roles.shape, TRANSPARENT, np.int16),), np.zeros((1, 3), np.uint8))
    own = colors[used]
    numbers = (own.astype(np.int64) << np.array([16, 8, 0])).sum(1)  # one a colour, in its order
    _, first, place = np.unique(numbers, return_index=True, return_inverse=True)
    table = np.full(len(colors), TRANSPARENT, np.int16)
    table[used] = place.ravel()
    return Sprite((table[roles],), own[first])


# ------------------------------------------------------------------------------------- opening


def open_translator(model: str | Path | None = None) -> Translator:
    """The shipped networks, or the folder that `tools/export_translator.py` wrote, or one exported
    translator (an .onnx file, which finds no heads by itself). PincelError when they are missing or
    damaged."""
    return _open(str(model) if model not in (None, "", SHIPPED) else SHIPPED)


def _files(model: str) -> dict[str, Path]:
    if model == SHIPPED:
        folder = Path(str(resources.files("pincel") / "weights"))
        return {part: folder / f"{SHIPPED}.{name}.onnx" for part, name in _SHIPPED.items()}
    path = Path(model)
    if path.is_file():
        shipped = _files(SHIPPED)["finder"]
        return {"translator": path} | ({"finder": shipped} if shipped.is_file() else {})
    return {part: path / f"{part}.onnx" for part in _PARTS}


@lru_cache(maxsize=2)
def _open(model: str) -> Translator:
    code = hashlib.sha256()
    runs: dict[str, Run] = {}
    facts: dict[str, Any] = {}
    for part, path in sorted(_files(model).items()):
        if not path.is_file():
            raise PincelError("translate.no_model", path=path)
        data = path.read_bytes()
        code.update(data)
        runs[part], facts[part] = _session(data, path)
    if "side" not in facts["translator"]:
        raise PincelError("translate.other_model", path=_files(model)["translator"])
    name = SHIPPED if model == SHIPPED else Path(model).name
    return Translator(
        name, code.hexdigest(), facts["translator"], runs["translator"], runs.get("finder")
    )


def _session(data: bytes, path: Path) -> tuple[Run, dict[str, Any]]:
    session, facts = open_session(data, path, threads=1)
    given = session.get_inputs()[0].name
    return (lambda values: session.run(None, {given: values})), facts


def beside_face(translation: Translation, times: int = 12) -> np.ndarray:
    """The frame as it was seen, and the sprite, (h, w, 4) uint8, one beside the other."""
    tall = translation.sprite.height * times
    seen = Image.fromarray(translation.seen).resize((tall, tall), Image.Resampling.LANCZOS)
    left = np.dstack([np.asarray(seen), np.full((tall, tall), 255, np.uint8)])
    gap = np.zeros((tall, times, 4), np.uint8)
    return np.concatenate([left, gap, translation.sprite.rgba(scale=times)], 1)
