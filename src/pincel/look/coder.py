"""A network with a code, as plain arrays: pictures in, codes out, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.errors import PincelError

if TYPE_CHECKING:
    from pincel.nets._network import Model
    from pincel.pixels.picture import Picture

_TOGETHER = 128


@dataclass(frozen=True, eq=False)
class OpenedCoder:
    """What turns pictures into codes and codes into pictures.

    name  what the person called it;  model  the network and its facts
    """

    name: str
    model: Model

    @property
    def title(self) -> str:
        """Its name without the folders before it."""
        return Path(self.name).name.removesuffix(".safetensors")

    @property
    def about(self) -> dict[str, Any]:
        return self.model.about

    @property
    def hard(self) -> bool:
        """Whether it knows pixel art: alpha is 0 or 255, and colours are few."""
        return bool(self.about["prepare"].get("hard_alpha"))

    @property
    def side(self) -> int:
        """The longer side of its pictures, in pixels."""
        return max(int(side) for side in self.about["prepare"]["size"])

    def fit(self, opened: Sequence[Picture]) -> np.ndarray:
        """Opened pictures as the network's own size and channels, (n, h, w, c) uint8. Pixel art
        is never stretched: enlarged by a whole factor and laid in the middle."""
        from pincel.learn.prepare import as_type, stacked
        from pincel.pixels.picture import Picture

        if self.hard:
            size = (int(self.about["prepare"]["size"][0]), int(self.about["prepare"]["size"][1]))
            opened = [Picture((_laid(one.rgba, size),), name=one.name) for one in opened]
        return as_type(stacked(opened, self.about), "uint8")

    def fit_values(self, pictures: np.ndarray) -> np.ndarray:
        """Pictures (n, h, w, c) of a data set in the network's size and channels, uint8."""
        from pincel.learn.prepare import are_seen, as_type, resized, with_channels

        wanted = self.about["prepare"]
        size = (int(wanted["size"][0]), int(wanted["size"][1]))
        how = wanted.get("resize", "bilinear")
        rows = []
        for picture in np.asarray(pictures):
            values = with_channels(
                as_type(picture, "uint8"), wanted["channels"], self.name, are_seen(self.about)
            )
            rows.append(resized(values, size, how))
        return np.stack(rows)

    def encode(self, pictures: np.ndarray) -> np.ndarray:
        """Pictures (n, h, w, c) -> codes (n, d) float32."""
        import torch

        from pincel.learn.prepare import prepare

        rows = []
        with torch.inference_mode():
            for start in range(0, len(pictures), _TOGETHER):
                batch = prepare(np.asarray(pictures[start : start + _TOGETHER]), self.about)
                rows.append(self.model.net.encode(batch).float().numpy())  # type: ignore[operator]
        return np.concatenate(rows)

    def rebuild(self, pictures: np.ndarray) -> np.ndarray:
        """Pictures (n, h, w, c) through the code and back, uint8 of the same shape."""
        return self.decode(self.encode(pictures))

    def decode(self, codes: np.ndarray, own: bool = False) -> np.ndarray:
        """Codes (n, d) -> pictures (n, h, w, c) uint8; `own`: stains in their own type, to keep."""
        import torch

        from pincel.learn.prepare import own_pictures, to_pictures

        codes = np.asarray(codes, np.float32)
        rows = []
        with torch.inference_mode():
            for start in range(0, len(codes), _TOGETHER):
                batch = torch.from_numpy(codes[start : start + _TOGETHER])
                made = self.model.net.decode(batch)  # type: ignore[operator]
                rows.append((own_pictures if own else to_pictures)(made, self.about))
        return np.concatenate(rows)

    def divergences(self, pictures: np.ndarray) -> np.ndarray | None:
        """What each number of a vae's code says of these pictures, in nats a picture, (d,); None
        for a network whose codes have no spread."""
        import torch

        from pincel.learn.prepare import prepare
        from pincel.nets._abilities import Spread

        if not isinstance(self.model.net, Spread):
            return None
        total = np.zeros(1)
        with torch.inference_mode():
            for start in range(0, len(pictures), _TOGETHER):
                batch = prepare(np.asarray(pictures[start : start + _TOGETHER]), self.about)
                each = self.model.net.divergences(batch)
                total = total + len(batch) * each.double().numpy()
        return total / len(pictures)

    def spoiled(self, pictures: np.ndarray, seed: int) -> np.ndarray:
        """Pictures (n, h, w, c) with the damage that the network learned to repair, same shape,
        uint8. PincelError when it learned none."""
        import torch

        from pincel.learn.prepare import prepare, to_pictures

        config = self.model.net.config
        if not (getattr(config, "noise", 0) or getattr(config, "mask", 0)):
            raise PincelError("latent.no_damage", name=self.name)
        drawn = torch.Generator().manual_seed(seed)
        with torch.inference_mode():
            made = self.model.net.spoil(prepare(pictures, self.about), drawn)  # type: ignore
            return to_pictures(made.clamp(-1, 1), self.about)

    def draw(self, seed: int) -> np.ndarray:
        """A code drawn from the standard normal distribution, (d,) float32. PincelError for a
        network whose codes are spread otherwise."""
        import torch

        from pincel.nets._abilities import Sampler

        if not isinstance(self.model.net, Sampler):
            raise PincelError("latent.no_draws", name=self.name, family=self.model.family)
        dims = int(self.model.net.config.dims)  # type: ignore[attr-defined]
        return torch.randn(dims, generator=torch.Generator().manual_seed(seed)).numpy()


def _laid(rgba: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A sprite (h, w, 4) in the middle of a transparent canvas of this size, enlarged by the
    largest whole factor that fits; a larger picture as it is."""
    high, wide = rgba.shape[:2]
    factor = min(size[0] // high, size[1] // wide)
    if factor == 0:
        return rgba
    large = rgba.repeat(factor, 0).repeat(factor, 1)
    canvas = np.zeros((*size, 4), np.uint8)
    top, left = (size[0] - high * factor) // 2, (size[1] - wide * factor) // 2
    canvas[top : top + high * factor, left : left + wide * factor] = large
    return canvas


def find_coder(text: str) -> OpenedCoder:
    """The network with a code that `text` means: a shipped name, a run or a file. PincelError
    when there is none, or when that network has no code."""
    from pincel.look.models import find_model

    model = find_model(text)
    from pincel.nets._abilities import Coder as Codes

    if not isinstance(model.net, Codes) or "prepare" not in model.about:
        raise PincelError("latent.no_code", name=text, family=model.family)
    model.net.eval()
    return OpenedCoder(text, model)
