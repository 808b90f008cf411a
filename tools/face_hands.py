"""Rendered pairs as other hands would have drawn them: each part is changed on its own.

A part is where the picture has nearly the part's colour. Its colour may become another (and the
sprite's with it); it is hatched, striped, shaded, lit, drawn as lines, banded, outlined: then the
sprite keeps its colour. Planes are those of `translator`: 2L-1, 4a, 4b of OKLab.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from pixel_faces import ROLE

SIDE = 64
_UNITS = torch.tensor([2.0, 4.0, 4.0])
_HAIR = tuple(ROLE[name] for name in ("hair", "hair shade", "beard"))
_OTHERS = tuple(ROLE[name] for name in ("skin", "clothes", "glasses", "hat"))


def other_hands(
    planes: Tensor, there: Tensor, colors: Tensor, roles: Tensor, draws: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Planes (n, 3, 64, 64) and colours (n, roles, 3), changed by chance. `there` (n, 1, 64, 64) is
    how much of the face covers each pixel, `roles` (n, 16, 16) what occurs."""
    hand = _Hand(len(planes), draws)
    hair, skin, cloth = (
        _part(planes, colors[:, ROLE[name]], there) for name in ("hair", "skin", "clothes")
    )
    far = _apart(colors, roles)
    alone = (far > 0.1).float()[:, None, None, None]  # nothing else has the hair's colour
    hair = hair * alone
    planes, colors = _recolored(planes, colors, hair, hand)
    planes = planes + hair * hand.shading(0.55)
    planes = planes + skin * (1 - hair) * 0.6 * hand.shading(0.4)
    planes = planes + cloth * (1 - hair) * (1 - skin) * 0.8 * hand.shading(0.35)
    planes = hand.strands(planes, hair)
    planes = hand.hatched(planes, hair, colors[:, ROLE["skin"]])
    planes = hand.lit(planes, hair)
    planes = hand.banded(planes, hair)
    planes = hand.outlined(planes, hair, skin, there)
    return planes, colors


def _part(planes: Tensor, color: Tensor, there: Tensor) -> Tensor:
    """How much of each pixel has this colour (n, 3), (n, 1, 64, 64)."""
    far = (planes - color[:, :, None, None]) / _UNITS[:, None, None]
    far = (0.5 * far[:, :1].square() + far[:, 1:].square().sum(1, keepdim=True)).sqrt()
    return torch.sigmoid((0.055 - far) / 0.012) * there


def _apart(colors: Tensor, roles: Tensor) -> Tensor:
    """How far the hair's colour is from the nearest other that occurs, (n,)."""
    seen = functional.one_hot(roles.flatten(1), colors.shape[1]).amax(1)[:, list(_OTHERS)]
    far = (colors[:, list(_OTHERS)] - colors[:, ROLE["hair"], None]) / _UNITS
    return (far.norm(dim=2) + 9 * (1 - seen)).amin(1)


def _darker(lab: Tensor, amount: float) -> Tensor:
    """As `pixel_faces._darker`, of OKLab (n, 3)."""
    light = torch.where(lab[:, :1] > 0.3, lab[:, :1] * amount, lab[:, :1] + 0.08)
    return torch.cat([light, lab[:, 1:2], lab[:, 2:] - 0.012], 1)


def _recolored(planes: Tensor, colors: Tensor, hair: Tensor, hand: _Hand) -> tuple[Tensor, Tensor]:
    """Hair of another colour: of someone else's, nearly the skin's, or any."""
    now = (colors[:, ROLE["hair"]] + torch.tensor([1.0, 0, 0])) / _UNITS
    skin = (colors[:, ROLE["skin"]] + torch.tensor([1.0, 0, 0])) / _UNITS
    n = hand.n
    near = skin + 0.1 * hand.normal(n, 3)
    near[:, 0] += 0.06 * hand.normal(n)
    wild = torch.stack([hand.u(0.12, 0.95), 0.13 * hand.normal(n), 0.13 * hand.normal(n)], 1)
    kind = hand.u(0, 1)[:, None]
    new = torch.where(kind < 0.5, now.roll(1, 0), torch.where(kind < 0.75, near, wild))
    new = torch.cat([new[:, :1].clamp(0.08, 0.97), new[:, 1:].clamp(-0.28, 0.28)], 1)
    chosen = hand.some(0.35)[:, 0, 0] * ((new - skin).norm(dim=1, keepdim=True) > 0.07)
    new = now + chosen * (new - now)
    change = (new - now) * _UNITS
    planes = planes + hair * change[:, :, None, None]
    base = torch.tensor([1.0, 0, 0])
    tables = (new, _darker(new, 0.82), _darker(new, 0.93))
    colors = colors.clone()
    for role, lab in zip(_HAIR, tables, strict=True):
        told = lab * _UNITS - base
        colors[:, role] = torch.where(chosen > 0, told, colors[:, role])
    return planes, colors


class _Hand:
    """The dice of one batch of n pictures, and what they do."""

    def __init__(self, n: int, draws: torch.Generator) -> None:
        self.n, self.draws = n, draws
        line = torch.linspace(-1, 1, SIDE)
        self.y, self.x = line[None, :, None], line[None, None, :]

    def u(self, low: float, high: float) -> Tensor:
        """(n,)"""
        return low + (high - low) * torch.rand(self.n, generator=self.draws)

    def normal(self, *shape: int) -> Tensor:
        """Normal numbers."""
        return torch.randn(*shape, generator=self.draws)

    def some(self, share: float) -> Tensor:
        """(n, 1, 1, 1): 1 for a share of the pictures."""
        return (self.u(0, 1) < share).float()[:, None, None, None]

    def field(self, channels: int, high: int, wide: int, mode: str = "bilinear") -> Tensor:
        """Smooth chance, (n, channels, 64, 64)."""
        return functional.interpolate(self.normal(self.n, channels, high, wide), SIDE, mode=mode)

    def along(self) -> Tensor:
        """How far across a line of any direction, (n, 1, 64, 64)."""
        angle = self.u(0, 6.28)[:, None, None]
        return (angle.cos() * self.x + angle.sin() * self.y)[:, None]

    def shading(self, share: float) -> Tensor:
        """Soft blotches, a slope of light, a step between light and shade: change of the planes."""
        blotches = self.field(3, 6, 6) * torch.tensor([0.1, 0.03, 0.03])[:, None, None]
        slope = self.along()
        step = torch.tanh((slope + self.u(-0.4, 0.4)[:, None, None, None]) * 12)
        much = self.u(-0.3, 0.3)[:, None, None, None]
        hard = self.some(0.4)
        light = much * (hard * step + (1 - hard) * slope)
        warm = 0.25 * light * self.normal(self.n, 2, 1, 1)
        return self.some(share) * (self.some(0.5) * blotches + torch.cat([light, warm], 1))

    def strands(self, planes: Tensor, part: Tensor) -> Tensor:
        """Lighter and darker locks, mostly down the head."""
        high, wide = ((3, 20), (4, 32), (16, 4))[int(torch.randint(3, (), generator=self.draws))]
        locks = self.field(1, high, wide)
        hard = self.some(0.4)
        locks = hard * locks.sign() + (1 - hard) * locks
        much = self.u(0.05, 0.3)[:, None, None, None] * self.some(0.3)
        return planes + part * much * torch.cat([locks, 0.1 * locks, 0.1 * locks], 1)

    def hatched(self, planes: Tensor, part: Tensor, skin: Tensor) -> Tensor:
        """Hair of strokes: between them paper, or the skin."""
        waves = self.along() + 0.08 * self.field(1, 5, 5)
        wide = self.u(12, 45)[:, None, None, None]
        gaps = torch.sigmoid((torch.sin(wide * waves) - self.u(0.0, 0.8)[:, None, None, None]) * 6)
        paper = torch.tensor([0.95, 0, 0])[:, None, None]
        bare = self.some(0.5)
        between = bare * skin[:, :, None, None] + (1 - bare) * paper
        return planes + part * gaps * self.some(0.12) * (between - planes)

    def lit(self, planes: Tensor, part: Tensor) -> Tensor:
        """A light on the hair: an arc or a spot, white or tinted."""
        cx, cy = self.u(-0.4, 0.4)[:, None, None], self.u(-0.2, 0.6)[:, None, None]
        far = torch.hypot(self.x - cx, self.y - cy)
        arc = (far - self.u(0.3, 0.9)[:, None, None]).abs()
        arc = arc + (self.x - self.u(-0.5, 0.5)[:, None, None]).abs() * 0.15
        wide = self.u(0.04, 0.2)[:, None, None]
        glow = torch.sigmoid((wide - arc) / (wide * self.u(0.05, 0.5)[:, None, None]))[:, None]
        tint = torch.cat([self.u(0.3, 1)[:, None], 0.1 * self.normal(self.n, 2)], 1)
        much = self.u(0.15, 0.7)[:, None, None, None] * self.some(0.25)
        return planes + part * glow * much * (tint[:, :, None, None] - planes)

    def banded(self, planes: Tensor, part: Tensor) -> Tensor:
        """A band across the hair, or a garland of many colours."""
        bow = self.y + self.u(-0.3, 0.3)[:, None, None] * self.x + self.u(-0.3, 0.5)[
            :, None, None] * self.x.square()  # fmt: skip
        at, wide = self.u(-0.75, -0.2)[:, None, None], self.u(0.03, 0.14)[:, None, None]
        band = torch.sigmoid((wide - (bow - at).abs()) * 60)[:, None]
        many = self.some(0.4)
        scale = torch.tensor([0.5, 0.35, 0.35])[:, None, None]
        spots = self.field(3, 16, 16, "nearest") * scale
        plain = self.normal(self.n, 3, 1, 1) * scale
        color = many * spots + (1 - many) * plain
        return planes + part * band * self.some(0.1) * (color - planes)

    def outlined(self, planes: Tensor, hair: Tensor, skin: Tensor, there: Tensor) -> Tensor:
        """Lines where parts end, in dark ink or in any colour, thin or thick."""
        for part, share in ((hair, 0.2), (skin, 0.12), (there, 0.12)):
            far = 1 if float(torch.rand((), generator=self.draws)) < 0.6 else 2
            wide = functional.max_pool2d(part, 2 * far + 1, 1, far)
            thin = -functional.max_pool2d(-part, 3, 1, 1)
            line = (wide - thin).clamp(0, 1)
            any_ = self.some(0.25)
            ink = self.normal(self.n, 3, 1, 1) * torch.tensor([0.4, 0.2, 0.2])[:, None, None]
            dark = torch.tensor([-0.75, 0.0, 0.0])[:, None, None]
            ink = any_ * ink + (1 - any_) * dark
            much = self.u(0.3, 1)[:, None, None, None] * self.some(share)
            planes = planes + line * much * (ink - planes)
        return planes
