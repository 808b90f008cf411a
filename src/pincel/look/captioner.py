"""A captioner ready to use, with whatever is installed: ONNX Runtime alone, or torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pincel.art.enlarged import enlarged
from pincel.errors import PincelError
from pincel.learn.prepare import network_numbers
from pincel.look import models
from pincel.look.onnx_session import open_session
from pincel.look.wording import Step, Wording, written_captions
from pincel.nets import _needed

SHIPPED = "captioner.sprites"


@dataclass(frozen=True, eq=False)
class ReadyCaptioner:
    """A captioner. `engine`: "torch" or "onnx";  words  (English, Spanish, kind) by id."""

    about: dict[str, Any]
    engine: str
    step: Step

    @property
    def words(self) -> list[tuple[str, str, str]]:
        return [(en, es, kind) for en, es, kind in self.about["words"]]

    def captions(self, sprites: Sequence[np.ndarray]) -> list[Wording]:
        """Captions of pictures (h, w, 4) uint8 of any size."""
        side = int(self.about["prepare"]["size"][0])
        given = network_numbers(
            np.stack([captioner_sized(rgba, side) for rgba in sprites]), self.about
        )
        return written_captions(self.step, given)


def captioner_sized(rgba: np.ndarray, side: int) -> np.ndarray:
    """A sprite (h, w, 4) uint8 as the network learned them, (side, side, 4) with hard edges: in the
    middle, whole multiples of its size, a larger one cut to what is drawn and shrunk. Pixel art
    that was blown up is made small first."""
    rgba = _own_size(rgba, side)
    opaque = rgba[..., 3] >= 128
    shown = np.where(opaque[..., None], rgba, 0).astype(np.uint8)
    shown[..., 3] = np.where(opaque, 255, 0)
    if max(shown.shape[:2]) > side and opaque.any():
        rows, columns = np.flatnonzero(opaque.any(1)), np.flatnonzero(opaque.any(0))
        shown = shown[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = shown.shape[:2]
    if max(height, width) > side:
        scale = side / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = np.asarray(Image.fromarray(shown).resize(size, Image.Resampling.BOX))
        shown = np.where(small[..., 3:] >= 128, small, 0).astype(np.uint8)
        shown[..., 3] = np.where(small[..., 3] >= 128, 255, 0)
    else:
        times = side // max(height, width)
        shown = shown.repeat(times, 0).repeat(times, 1)
    height, width = shown.shape[:2]
    canvas = np.zeros((side, side, 4), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    canvas[top : top + height, left : left + width] = shown
    return canvas


def _own_size(rgba: np.ndarray, side: int) -> np.ndarray:
    """Pixel art that was blown up, one pixel for each of its squares again."""
    height, width = rgba.shape[:2]
    if max(height, width) <= side:
        return rgba
    found = enlarged(rgba)
    times = round(found.times) if found else 1
    if times < 2 or height % times or width % times:
        return rgba
    return rgba[times // 2 :: times, times // 2 :: times]


def open_captioner(text: str | Path) -> ReadyCaptioner:
    """The captioner that `text` means: an .onnx file, or anything `models.find_file` finds; one
    with an ONNX file beside it runs through that. PincelError when there is none, or when the
    network writes no captions."""
    path = models.find_file(text)
    beside = path if path.suffix.lower() == ".onnx" else path.with_suffix(".onnx")
    if beside.is_file():
        return _onnx(beside)
    _needed.require()
    model = models.find_model(text)
    if model.family != "captioner" or "words" not in model.about:
        raise PincelError("caption.other_family", family=model.family)
    import torch

    def step(pictures: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.inference_mode():
            scores, shares = model.net(torch.from_numpy(pictures), torch.from_numpy(words))
        return scores.numpy(), shares.numpy()

    return ReadyCaptioner(model.about, "torch", step)


def _onnx(path: Path) -> ReadyCaptioner:
    session, facts = open_session(path.read_bytes(), path)
    if facts.get("family") != "captioner":
        raise PincelError("caption.other_family", family=facts.get("family"))

    def step(pictures: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        given = {"pictures": pictures, "words": words}
        scores, shares = session.run(["scores", "shares"], given)
        return scores, shares

    return ReadyCaptioner(facts["about"], "onnx", step)
