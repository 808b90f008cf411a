"""What lies behind the faces of `face_views.py`."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

import scenery
from pixel_faces import ROLE

SIDE = 64


class Grounds:
    """Grounds of all kinds, (n, 3, 64, 64), 0 to 1."""

    def __init__(self) -> None:
        self.photos = [torch.from_numpy(p).movedim(2, 0) for p in scenery.photos()]

    def some(self, n: int, draws: torch.Generator) -> Tensor:
        """(n, 3, 64, 64), 0 to 1: plain ones, photographs, and shapes on either."""
        found = _plain(n, draws)
        for place in range(n):
            kind = float(torch.rand((), generator=draws))
            if kind < 0.15:
                photo = self.photos[int(torch.randint(len(self.photos), (), generator=draws))]
                side = int(torch.randint(64, min(photo.shape[1:]), (), generator=draws))
                top, left = (
                    int(torch.randint(size - side + 1, (), generator=draws))
                    for size in photo.shape[1:]
                )
                crop = photo[:, top : top + side, left : left + side].float() / 255
                found[place] = functional.interpolate(crop[None], SIDE, mode="area")[0]
            elif kind < 0.4:
                _blots(found[place], draws)
        return found

    def more(self, grounds: Tensor, colors: Tensor, draws: torch.Generator) -> None:
        """Some of these (n, 3, 64, 64) become a drawn landscape, or nearly the colour of the face's
        own hair or skin (colors (n, roles, 3), -1 to 1)."""
        for place in range(len(grounds)):
            kind = float(torch.rand((), generator=draws))
            if kind < 0.12:
                grounds[place] = landscape(draws)
            elif kind < 0.2:
                part = ROLE["hair"] if kind < 0.16 else ROLE["skin"]
                near = (colors[place, part] + 1) / 2 + 0.1 * torch.randn(3, generator=draws)
                grounds[place] = near.clamp(0, 1)[:, None, None]


def landscape(draws: torch.Generator) -> Tensor:
    """A sky, a light in it, hills: (3, 64, 64)."""

    def u(low: float, high: float) -> float:
        return low + (high - low) * float(torch.rand((), generator=draws))

    y, x = torch.meshgrid(torch.linspace(0, 1, SIDE), torch.linspace(0, 1, SIDE), indexing="ij")
    above, below, glow = torch.rand(3, 3, 1, 1, generator=draws)
    shown = above + (y / u(0.5, 1)).clamp(0, 1) * (below - above)
    if u(0, 1) < 0.6:
        far = torch.hypot(x - u(0, 1), y - u(0, 0.8))
        shown = shown + (-far / u(0.05, 0.3)).exp() * (1 - 0.4 * glow - shown)
    for _ in range(int(u(0, 4))):
        edge = u(0.4, 0.95) + u(0.02, 0.15) * torch.sin(u(3, 25) * x + u(0, 6.28))
        shown = torch.where(y > edge, torch.rand(3, 1, 1, generator=draws) * u(0.3, 1), shown)
    return shown


def _blots(ground: Tensor, draws: torch.Generator) -> None:
    """Shapes of any colour, as in a drawn scene."""
    y, x = torch.meshgrid(torch.arange(SIDE), torch.arange(SIDE), indexing="ij")
    for _ in range(int(torch.randint(1, 6, (), generator=draws))):
        cy, cx, ry, rx = (
            int(torch.randint(low, high, (), generator=draws))
            for low, high in ((0, SIDE), (0, SIDE), (4, 30), (4, 30))
        )
        round_ = bool(torch.rand((), generator=draws) < 0.5)
        far_y, far_x = (y - cy).abs() / ry, (x - cx).abs() / rx
        inside = far_y**2 + far_x**2 < 1 if round_ else torch.maximum(far_y, far_x) < 1
        color = torch.rand(3, 1, generator=draws)
        ground[:, inside] = color if float(torch.rand((), generator=draws)) < 0.8 else color * 0.3


def _plain(n: int, draws: torch.Generator) -> Tensor:
    """(n, 3, 64, 64), 0 to 1: white, one colour, a slope, or something unquiet."""
    kind = torch.rand(n, generator=draws)
    ground = torch.rand(n, 3, 1, 1, generator=draws)
    pale = torch.rand(n, 1, 1, 1, generator=draws) < 0.5
    ground = torch.where(pale, 0.55 + 0.45 * ground, ground).expand(-1, -1, SIDE, SIDE)
    other = torch.rand(n, 3, 1, 1, generator=draws)
    far = torch.linspace(0, 1, SIDE)
    slope = torch.where(
        (torch.rand(n, 1, 1, generator=draws) < 0.5), far[None, :, None], far[None, None, :]
    )[:, None]
    sloped = ground + slope * (other - ground)
    sizes = torch.randint(2, 12, (1,), generator=draws)
    coarse = torch.rand(n, 3, int(sizes), int(sizes), generator=draws)
    mode = "nearest" if float(torch.rand((), generator=draws)) < 0.4 else "bilinear"
    unquiet = functional.interpolate(coarse, SIDE, mode=mode)
    kind = kind[:, None, None, None]
    found = torch.where(kind < 0.25, torch.ones(()), ground)
    found = torch.where(kind > 0.6, sloped, found)
    return torch.where(kind > 0.75, unquiet, found)
