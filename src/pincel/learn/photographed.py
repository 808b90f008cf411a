"""A picture as a phone sees it: turned, leaning, lit unevenly, a little blurred, on some table.

Used to make the two versions of a picture by which a contrastive network learns, and to test
whether it finds the original again. All pictures of a batch are changed at once; only JPEG, which
no tensor library codes, goes picture by picture. Draws come from a generator that the caller seeds.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class Camera:
    """How much may happen; each photograph draws its own within these limits.

    turn         degrees, to both sides
    perspective  how far each corner may wander, in shares of the side
    size, shift  1 ± size times as large, moved by a share of the side
    light        brightness factor 1 ± light, and as much again from one edge to the other / 2
    tint         each colour by 1 ± tint (white balance)
    blur         largest sigma in pixels;  noise  largest sigma of 255
    jpeg         share of photographs that are coded as JPEG, quality drawn from `quality`
    """

    turn: float = 15.0
    perspective: float = 0.08
    size: float = 0.1
    shift: float = 0.05
    light: float = 0.3
    tint: float = 0.08
    blur: float = 1.0
    noise: float = 6.0
    jpeg: float = 1.0
    quality: tuple[int, int] = (60, 90)


PHONE = Camera()


def photographed(
    pictures: np.ndarray, generator: torch.Generator, camera: Camera = PHONE
) -> np.ndarray:
    """Photographs of pictures (n, h, w, 1 or 3) uint8, one of each, same shape and type."""
    count, height, width, channels = pictures.shape

    def draw(*shape: int) -> Tensor:  # -1 to 1
        return torch.rand(*shape, generator=generator) * 2 - 1

    values = torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2).float() / 255
    grid = _grid(_homographies(count, draw, camera), height, width)
    covered = torch.ones(count, 1, height, width)
    seen = functional.grid_sample(
        torch.cat([values, covered], 1), grid, padding_mode="zeros", align_corners=False
    )
    table = (draw(count, channels, 1, 1) + 1) / 2
    seen = seen[:, :channels] + (1 - seen[:, channels:]) * table
    seen = seen * _light(count, channels, height, width, draw, camera)
    seen = _blurred(seen, (draw(count) + 1) / 2 * camera.blur)
    level = (draw(count, 1, 1, 1) + 1) / 2 * camera.noise / 255
    seen = seen + torch.randn(seen.shape, generator=generator) * level
    bytes_ = (seen.clamp(0, 1) * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
    coded = torch.rand(count, generator=generator) < camera.jpeg
    low, high = camera.quality
    quality = torch.randint(low, high + 1, (count,), generator=generator)
    shots = np.ascontiguousarray(bytes_)
    for place in torch.nonzero(coded).flatten().tolist():
        shots[place] = _jpeg(shots[place], int(quality[place]))
    return shots


def _homographies(count: int, draw, camera: Camera) -> Tensor:
    """(n, 3, 3): from places in the photograph to places in the picture, both from -1 to 1."""
    corners = torch.tensor([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])
    angle = draw(count) * math.radians(camera.turn)
    size = 1 / (1 + draw(count) * camera.size)
    cosine, sine = torch.cos(angle) * size, torch.sin(angle) * size
    turned = torch.stack([torch.stack([cosine, -sine], 1), torch.stack([sine, cosine], 1)], 1)
    there = corners @ turned.transpose(1, 2) + draw(count, 1, 2) * camera.shift * 2
    there = there + draw(count, 4, 2) * camera.perspective * 2
    # four pairs of points give eight equations (Hartley & Zisserman, 2003, 4.1)
    x, y = corners[:, 0].expand(count, 4), corners[:, 1].expand(count, 4)
    u, v = there[..., 0], there[..., 1]
    one, zero = torch.ones_like(u), torch.zeros_like(u)
    first = torch.stack([x, y, one, zero, zero, zero, -u * x, -u * y], -1)
    second = torch.stack([zero, zero, zero, x, y, one, -v * x, -v * y], -1)
    found = torch.linalg.solve(torch.cat([first, second], 1), torch.cat([u, v], 1))
    return torch.cat([found, torch.ones(count, 1)], 1).view(count, 3, 3)


def _grid(matrices: Tensor, height: int, width: int) -> Tensor:
    """(n, h, w, 2) places to look at, for `grid_sample`."""
    down = (torch.arange(height) * 2 + 1) / height - 1
    across = (torch.arange(width) * 2 + 1) / width - 1
    y, x = torch.meshgrid(down, across, indexing="ij")
    places = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3)
    moved = places @ matrices.transpose(1, 2)
    return (moved[..., :2] / moved[..., 2:]).view(len(matrices), height, width, 2)


def _light(count: int, channels: int, height: int, width: int, draw, camera: Camera) -> Tensor:
    """(n, c, h, w) factors: overall, falling off to one side, and tinted."""
    level = 1 + draw(count, 1, 1, 1) * camera.light
    down = torch.linspace(-1, 1, height).view(1, 1, -1, 1) * draw(count, 1, 1, 1)
    across = torch.linspace(-1, 1, width).view(1, 1, 1, -1) * draw(count, 1, 1, 1)
    tint = 1 + draw(count, channels, 1, 1) * camera.tint
    return level * (1 + (down + across) / 2 * camera.light / 2) * tint


def _blurred(values: Tensor, sigma: Tensor) -> Tensor:
    """Each picture blurred by its own Gaussian, rows then columns."""
    height, width = values.shape[2:]
    reach = max(1, math.ceil(2.5 * float(sigma.max())))
    steps = torch.arange(-reach, reach + 1).float()
    kernel = torch.exp(-(steps**2) / (2 * sigma.clamp(min=0.05)[:, None] ** 2))
    kernel = (kernel / kernel.sum(1, keepdim=True))[..., None, None, None]  # (n, taps, 1, 1, 1)
    padded = functional.pad(values, (reach, reach, reach, reach), "replicate")
    # taps one by one: a convolution with a group for each picture takes five times as long
    rows = torch.zeros_like(padded[..., :width])
    for tap in range(2 * reach + 1):
        rows.addcmul_(padded[..., tap : tap + width], kernel[:, tap])
    blurred = torch.zeros_like(values)
    for tap in range(2 * reach + 1):
        blurred.addcmul_(rows[:, :, tap : tap + height], kernel[:, tap])
    return blurred


def _jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    held = io.BytesIO()
    grey = picture.shape[-1] == 1
    Image.fromarray(picture[..., 0] if grey else picture).save(held, "JPEG", quality=quality)
    values = np.asarray(Image.open(held))
    return values[..., None] if grey else values
