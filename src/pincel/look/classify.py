"""Naming the classes of pictures with whatever is installed: torch, or ONNX Runtime alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pincel.errors import PincelError
from pincel.learn.prepare import choosing, prepare, read_picture, stacked
from pincel.learn.views import views_of_arrays
from pincel.look import models
from pincel.look.onnx_model import open_onnx
from pincel.nets import _needed
from pincel.pixels.picture import Picture


@dataclass(frozen=True, eq=False)
class ReadyClassifier:
    """A classifier ready to answer. `engine`: "torch" or "onnx"."""

    family: str
    about: dict[str, Any]
    engine: str
    _answer: Callable[[np.ndarray], np.ndarray]

    @property
    def classes(self) -> list[str]:
        return list(self.about["classes"])

    def channels(self, picture: Picture) -> tuple[str, ...]:
        """What each channel is that it reads of a picture (see `pixels.channels`)."""
        return read_picture(picture, self.about)[1]

    def probabilities(self, pictures: Sequence[Picture]) -> np.ndarray:
        """(n, classes) floats, rows sum to 1, of opened pictures of any size."""
        return self._answer(stacked(pictures, self.about))

    def stored(self, pictures: Sequence[Picture]) -> np.ndarray:
        """Opened pictures as one array (n, h, w, c) of the size, channels and type (of
        `prepare.type`: uint8, uint16 or float32) it learned from. PincelError when the channels do
        not fit."""
        return stacked(pictures, self.about)

    def of_arrays(self, pictures: np.ndarray) -> np.ndarray:
        """(n, classes) floats, rows sum to 1, of an array (n, h, w, c) as a data set stores it."""
        return self._answer(pictures)

    def averaged(self) -> ReadyClassifier:
        """The same, its answers averaged over the flips and turns that it was taught with.
        PincelError when it was taught with none."""
        kind = str(self.about.get("recipe", {}).get("augment", "none"))
        if len(views_of_arrays(np.zeros((1, 1, 1, 1)), kind)) == 1:
            raise PincelError("classify.no_views", family=self.family)

        def answer(pictures: np.ndarray) -> np.ndarray:
            return np.mean([self._answer(view) for view in views_of_arrays(pictures, kind)], 0)

        return replace(self, _answer=answer)


def open_classifier(text: str | Path, channels: str | None = None) -> ReadyClassifier:
    """The classifier that `text` means: an .onnx file, or anything `models.find_file` finds.

    channels  the numbers of the channels to read ("1,3") instead of those it was taught with

    A model with an ONNX file beside it runs without torch; others need it. PincelError, one
    sentence, when there is none, when it is damaged, or when it names no classes.
    """
    ready = _opened(text)
    return replace(ready, about=choosing(ready.about, channels))


def _opened(text: str | Path) -> ReadyClassifier:
    path = models.find_file(text)
    if path.suffix.lower() == ".onnx":
        return _onnx(path)
    beside = path.with_suffix(".onnx")
    if _needed.missing_libraries():
        if beside.is_file():
            return _onnx(beside)
        raise PincelError("models.torch_for_file", path=path)
    return _torch(path)


def _onnx(path: Path) -> ReadyClassifier:
    model = open_onnx(path)
    return ReadyClassifier(model.family, model.about, "onnx", model.probabilities)


def _torch(path: Path) -> ReadyClassifier:
    import torch

    from pincel.learn.measure import softmax
    from pincel.nets._abilities import Classifier

    model = models.find_model(path)
    net = model.net
    if not isinstance(net, Classifier) or "classes" not in model.about:
        raise PincelError("models.no_classifier", path=path, family=model.family)

    def answer(pictures: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            return softmax(net.logits(prepare(pictures, model.about)).float().numpy())

    return ReadyClassifier(model.family, model.about, "torch", answer)
