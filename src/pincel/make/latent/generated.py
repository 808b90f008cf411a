"""Pictures made by a trained network, each from its own seed alone."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pincel.errors import PincelError
from pincel.learn.prepare import own_pictures, to_pictures
from pincel.make.latent.decoded import Decoded, of_model
from pincel.pixels import encode
from pincel.pixels.contact import picture_grid

if TYPE_CHECKING:
    from pincel.nets._network import Model

_TOGETHER = 32
_CELL = 64  # pixels that a picture takes on a sheet, about


@dataclass(frozen=True, eq=False)
class Maker:
    """A trained network that makes pictures.

    title   its name without the folders before it;  sha256  of its file
    """

    title: str
    sha256: str
    model: Model

    @property
    def classes(self) -> list[str]:
        """The classes that can be asked for; empty where none can."""
        from pincel.nets._abilities import classes_of

        count = classes_of(self.model.net)
        names = [str(name) for name in self.model.about.get("classes", [])]
        return names if count > 1 and len(names) == count else []

    @property
    def hard(self) -> bool:
        """Whether it makes pixel art: alpha is 0 or 255, and colours are few."""
        return bool(self.model.about["prepare"].get("hard_alpha"))

    def label(self, name: str | None) -> int | None:
        """The number of a class. PincelError, with the nearest names, when there is none."""
        if name is None:
            return None
        if not self.classes:
            raise PincelError("generate.no_classes", model=self.title)
        if name in self.classes:
            return self.classes.index(name)
        near = difflib.get_close_matches(name, self.classes, 5, 0.4) or self.classes[:8]
        raise PincelError("generate.label", name=name, model=self.title, known=", ".join(near))

    def values(self, seed: int, label: int | None = None, steps: int | None = None) -> np.ndarray:
        """The picture of a seed, (1, h, w, c) uint8, stains in the type that was learned from. On
        one thread and by itself, so that it comes out the same whatever was made beside it."""
        import torch

        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            with torch.inference_mode():
                labels = None if label is None else torch.tensor([label])
                made = self.model.net.sample([seed], labels, steps)  # type: ignore[operator]
        finally:
            torch.set_num_threads(threads)
        return own_pictures(made, self.model.about)

    def many(
        self, seeds: Sequence[int], labels: np.ndarray | None = None, steps: int | None = None
    ) -> Iterator[np.ndarray]:
        """Pictures (n, h, w, c) uint8 of many seeds, with labels (n,) of their classes, some at a
        time, which is faster; a single value may be rounded otherwise than in `values`."""
        import torch

        for start in range(0, len(seeds), _TOGETHER):
            rows = slice(start, start + _TOGETHER)
            asked = None if labels is None else torch.from_numpy(labels[rows].astype(np.int64))
            with torch.inference_mode():
                made = self.model.net.sample(list(seeds[rows]), asked, steps)  # type: ignore[operator]
            yield to_pictures(made, self.model.about)

    def make(
        self,
        seed: int,
        label: int | None = None,
        steps: int | None = None,
        colors: int = 32,
    ) -> Decoded:
        """The same as a picture to keep."""
        return self.kept(self.values(seed, label, steps), colors)

    def kept(self, pictures: np.ndarray, colors: int = 32) -> Decoded:
        """Pictures (n, h, w, c), uint8 or as `values` gives them, as they are kept; pixel art gets
        at most `colors` colours, the same for all."""
        return of_model(pictures, self.model.about, colors)


def find_maker(text: str | Path) -> Maker:
    """The network that `text` means: a shipped name, a run, a file. PincelError when it makes no
    pictures out of nothing."""
    from pincel.look.models import find_file, find_model
    from pincel.nets._abilities import Sampler

    path = find_file(text)
    model = find_model(text)
    if not isinstance(model.net, Sampler):
        raise PincelError("generate.cannot", model=text, family=model.family)
    named = path.parent if path.name == "best.safetensors" else Path(str(text))
    title = named.name.removesuffix(".safetensors")
    return Maker(title, hashlib.sha256(path.read_bytes()).hexdigest(), model)


def draw_sheet(pictures: np.ndarray) -> bytes:
    """Pictures (n, h, w, 4) uint8 in rows, every pixel a square, as a PNG."""
    across = max(1, min(16, int(np.ceil(np.sqrt(len(pictures))))))
    factor = max(1, _CELL // max(pictures.shape[1:3]))
    return encode.png(picture_grid(pictures, across).repeat(factor, 0).repeat(factor, 1))
