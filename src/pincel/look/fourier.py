"""A picture as waves, so that gradient ascent draws shapes and not noise.

When every pixel is a number of its own, a network's gradient fills a picture with the finest
pattern, which answers strongly and shows nothing. Written as waves whose size is divided by their
frequency, all scales of the picture learn equally fast; and with the three colour channels turned
so that each varies by itself, as they do in photos, colours come out natural (Olah et al., 2017).
"""

from __future__ import annotations

import torch
from torch import Tensor

# how the colours of photos vary together: the matrix of Lucid (Olah et al., 2017), to length 1
_COLORS = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]])
_COLORS = _COLORS / _COLORS.norm(dim=0).max()
_CALM = 4.0
_NEAR = 1e-4  # how near 0 and 1 a value may come: there the way back has no end


def frequencies(height: int, width: int) -> Tensor:
    """How many waves a pixel has in each entry of a spectrum, (height, width // 2 + 1)."""
    down = torch.fft.fftfreq(height)[:, None]
    across = torch.fft.rfftfreq(width)[None]
    return (down**2 + across**2).sqrt()


def _scale(height: int, width: int) -> Tensor:
    """The factor of each wave: 1 / frequency, the constant part as the slowest wave."""
    slowest = 1.0 / max(height, width)
    return (height * width) ** 0.5 / frequencies(height, width).clamp(min=slowest) / _CALM


def noise(
    count: int, channels: int, height: int, width: int, generator: torch.Generator, size: float
) -> Tensor:
    """A spectrum to begin with, (count, channels, height, width // 2 + 1, 2): almost grey."""
    shape = (count, channels, height, width // 2 + 1, 2)
    return torch.randn(shape, generator=generator) * size


def to_values(spectrum: Tensor, width: int) -> Tensor:
    """(n, c, h, width // 2 + 1, 2) -> (n, c, h, width): any numbers, channels by themselves."""
    height = spectrum.shape[2]
    waves = torch.view_as_complex(spectrum.contiguous()) * _scale(height, width)
    return torch.fft.irfft2(waves, s=(height, width), norm="ortho")


def to_picture(values: Tensor) -> Tensor:
    """What `to_values` gave as colours, (n, c, h, w), values 0 to 1."""
    if values.shape[1] == 3:
        values = torch.einsum("nchw,dc->ndhw", values, _COLORS.to(values))
    return torch.sigmoid(values)


def as_photos_vary(slope: Tensor) -> Tensor:
    """A gradient, `slope` (n, 3, h, w), with each direction of colour as strong as it is in
    photos."""
    colors = _COLORS.to(slope)
    return torch.einsum("nchw,dc->ndhw", slope, colors @ colors.T)


def from_picture(pictures: Tensor) -> Tensor:
    """The spectrum of pictures (n, c, h, w), values 0 to 1: `to_picture` gives them back."""
    height, width = pictures.shape[2:]
    values = torch.logit(pictures.clamp(_NEAR, 1 - _NEAR))
    if values.shape[1] == 3:
        values = torch.einsum("nchw,dc->ndhw", values, torch.linalg.inv(_COLORS).to(values))
    waves = torch.fft.rfft2(values, norm="ortho") / _scale(height, width)
    return torch.view_as_real(waves)
