"""A picture painted anew by a diffusion network: wholly, after some noise, or behind a mask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pincel.errors import PincelError
from pincel.learn.prepare import are_seen, own_pictures, prepare, stacked
from pincel.make.latent.decoded import Decoded
from pincel.make.latent.generated import Maker, find_maker
from pincel.pixels.contact import as_rgba
from pincel.pixels.picture import Picture


@dataclass(frozen=True, eq=False)
class Repainter:
    """A network that can begin from a picture."""

    maker: Maker

    def paint(
        self,
        picture: Picture,
        seed: int,
        strength: float,
        mask: np.ndarray | None = None,
        *,
        label: int | None = None,
        steps: int | None = None,
        colors: int = 32,
    ) -> Decoded:
        """The picture in the network's size, drowned in noise up to t = `strength` and brought
        back.

        mask    (h, w) bool of the picture's own size: only there; every other pixel stays exactly
                as it is, and `strength` says nothing
        colors  of pixel art that is wholly painted anew
        """
        import torch

        model = self.maker.model
        net: Any = model.net
        values = stacked([picture], model.about)  # (1, side, side, c)
        given = prepare(values, model.about)
        labels = None if label is None else torch.tensor([label])
        threads = torch.get_num_threads()
        torch.set_num_threads(1)  # the same whatever the machine is told
        try:
            if mask is None:
                made = net.vary(given, strength, [seed], labels, steps)
            else:
                place = _shrunk(mask, given.shape[-2:])
                made = net.inpaint(
                    given, torch.from_numpy(place)[None, None], [seed], labels, steps
                )
        finally:
            torch.set_num_threads(threads)
        pictures = own_pictures(made, model.about)
        if mask is None:
            return self.maker.kept(pictures, colors)
        same = values.dtype == pictures.dtype
        return self._laid(pictures, values if same else own_pictures(given, model.about), place)

    def _laid(self, made: np.ndarray, before: np.ndarray, place: np.ndarray) -> Decoded:
        """Made pictures (1, side, side, c) where `place` (side, side) is, else those before."""
        if not are_seen(self.maker.model.about):
            return self.maker.kept(np.where(place[..., None], made, before))
        return Decoded(np.where(place[..., None], as_rgba(made), as_rgba(before)))


def find_painter(text: str | Path) -> Repainter:
    """The network that `text` means. PincelError when it cannot begin from a picture."""
    maker = find_maker(text)
    from pincel.nets._abilities import Painter

    if not isinstance(maker.model.net, Painter):
        raise PincelError("repaint.cannot", model=maker.title, family=maker.model.family)
    return Repainter(maker)


def _shrunk(mask: np.ndarray, size: Any) -> np.ndarray:
    """A mask in another size: a pixel is masked when any part of it is."""
    height, width = int(size[0]), int(size[1])
    if mask.shape == (height, width):
        return mask
    shares = Image.fromarray(mask.astype(np.float32)).resize((width, height), Image.Resampling.BOX)
    return np.asarray(shares) > 1e-6
