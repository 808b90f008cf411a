"""Pictures and sprites made larger by a network that learned to undo a shrink.

A picture of any size, kind and depth goes through in tiles that overlap by what the network can
see, so that the result is that of the whole picture, to the last bit of rounding. A sprite stays a
sprite: what the network draws only chooses, for every new pixel, among the colours that the old
one and its eight neighbours have. So the grid is exact, the palette the sprite's own and
transparency hard, whatever the network says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from pincel.art.scale2x import enlarged_nearest, epx
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.nets._network import Model
from pincel.nets.upscaler import Net, bicubic, by_votes, smooth
from pincel.pixels.fidelity import batch_ssim, psnr
from pincel.pixels.size_limits import check_size

TILE = 192
_TOGETHER = 16  # slices of a volume at a time


def checked(model: Model) -> Net:
    """The network of a model that can upscale. PincelError for any other."""
    if not isinstance(model.net, Net):
        raise PincelError("upscale.other_family", family=model.family)
    return model.net


# ------------------------------------------------------------------------------------- numbers


@dataclass(frozen=True, eq=False)
class Read:
    """A picture as the network may read it.

    planes  (n, h, w, k) float32 from -1 to 1: slices of a volume or one picture; colours times
            alpha where there is one
    low, high  the values of the file that -1 and 1 stand for
    dtype   of the file's values;  axes  "hw", "hwc", "dhw" or "dhwc"
    alpha   whether the last channel is alpha
    """

    planes: np.ndarray
    low: float
    high: float
    dtype: np.dtype
    axes: str
    alpha: bool = False


def read_stored(values: np.ndarray, axes: str, alpha: bool | None = None) -> Read:
    """Take in the numbers of a picture as they were stored.

    Bytes keep their scale; anything else (16 bits, floats, Hounsfield units) is stretched from
    the least to the greatest value of the whole picture or volume, and `in_file_units` brings the
    result back to the file's own units.

    alpha  whether the last channel is alpha; None: where there are two or four, as in Pillow
    """
    if values.dtype == np.bool_:
        values = values.astype(np.uint8) * np.uint8(255)
    dtype = values.dtype
    plain = np.nan_to_num(values.astype(np.float64 if dtype.itemsize > 2 else np.float32))
    low, high = (0.0, 255.0) if dtype == np.uint8 else (float(plain.min()), float(plain.max()))
    several = plain.shape[-1] if axes[-1] == "c" else 1
    has_alpha = several in (2, 4) if alpha is None else alpha and several > 1
    if has_alpha and dtype != np.uint8:
        low, high = 0.0, float(np.iinfo(dtype).max) if dtype.kind in "iu" else 1.0
    scaled = ((plain - low) / (high - low or 1.0)).astype(np.float32)
    planes = scaled.reshape(
        scaled.shape[0] if axes[0] == "d" else 1,
        *scaled.shape[axes.index("h") : axes.index("h") + 2],
        scaled.shape[-1] if axes[-1] == "c" else 1,
    )
    if has_alpha:
        planes = np.concatenate([planes[..., :-1] * planes[..., -1:], planes[..., -1:]], -1)
    return Read(planes * 2 - 1, low, high, dtype, axes, has_alpha)


def in_file_units(told: Read, planes: np.ndarray) -> np.ndarray:
    """Planes (n, h, w, k) from -1 to 1 back in the file's axes, units and type."""
    share = np.clip((planes.astype(np.float64) + 1) / 2, 0, 1)
    if told.alpha:
        alpha = share[..., -1:]
        colors = np.where(alpha > 1e-3, share[..., :-1] / np.maximum(alpha, 1e-3), 0)
        share = np.concatenate([np.clip(colors, 0, 1), alpha], -1)
    values = share * (told.high - told.low) + told.low
    if told.dtype.kind in "iu":
        values = np.rint(values)
    values = values.astype(told.dtype)
    values = values if told.axes[0] == "d" else values[0]
    return values if told.axes[-1] == "c" else values[..., 0]


# ------------------------------------------------------------------------------------- network


def enlarge(
    net: Net, planes: np.ndarray, tile: int = TILE, alpha: bool | None = None
) -> np.ndarray:
    """(n, h, w, k) from -1 to 1 -> (n, factor h, factor w, k), for any k: a network for colours
    reads grey as three equal channels, and one for grey reads each channel by itself. Four
    channels without alpha (`read_stored`) go through one by one, but for a network of such
    channels."""
    alone = planes.shape[-1] == 4 and alpha is False and not net.config.stains
    rows = [
        _one_by_one(net, planes[start : start + _TOGETHER], tile)
        if alone
        else _channels(net, planes[start : start + _TOGETHER], tile)
        for start in range(0, len(planes), _TOGETHER)
    ]
    return np.concatenate(rows)


def _channels(net: Net, planes: np.ndarray, tile: int) -> np.ndarray:
    wanted, have = net.config.channels, planes.shape[-1]
    if have == wanted:
        return _run(net, planes, tile)
    if wanted == 4 and have == 3:
        return _run(net, np.concatenate([planes, np.ones_like(planes[..., :1])], -1), tile)[..., :3]
    if have == 4 and wanted == 3:
        parts = (planes[..., :3], planes[..., 3:])
        return np.concatenate([_channels(net, part, tile) for part in parts], -1)
    if have == 1:  # grey in a network for colours
        colored = planes.repeat(3, -1)
        if wanted == 4:
            colored = np.concatenate([colored, np.ones_like(planes)], -1)
        return _run(net, colored, tile)[..., :3].mean(-1, keepdims=True)
    return _one_by_one(net, planes, tile)


def _one_by_one(net: Net, planes: np.ndarray, tile: int) -> np.ndarray:
    count = planes.shape[-1]
    return np.concatenate([_channels(net, planes[..., k : k + 1], tile) for k in range(count)], -1)


def _run(net: Net, planes: np.ndarray, tile: int) -> np.ndarray:
    """The network on pictures (n, h, w, c) of its own channels, in tiles."""
    factor, reach = net.config.factor, net.reach
    given = torch.from_numpy(np.ascontiguousarray(np.moveaxis(planes, -1, 1)))
    n, c, height, width = given.shape
    large = torch.empty(n, c, factor * height, factor * width)
    with torch.inference_mode():
        for top in range(0, height, tile):
            for left in range(0, width, tile):
                above, before = max(0, top - reach), max(0, left - reach)
                part = given[..., above : top + tile + reach, before : left + tile + reach]
                done = net.upscale(part)
                y, x = factor * (top - above), factor * (left - before)
                place = large[
                    ...,
                    factor * top : factor * (top + tile),
                    factor * left : factor * (left + tile),
                ]
                place.copy_(done[..., y : y + place.shape[2], x : x + place.shape[3]])
    return large.clamp_(-1, 1).movedim(1, -1).numpy()


def upscaled(
    net: Net, values: np.ndarray, axes: str, name: str = "", alpha: bool | None = None
) -> np.ndarray:
    """A picture's stored numbers, values of any type, with `axes` such as "hwc" (h, w, c), factor
    times larger, same type and axes.

    Raises PincelError when the result would be larger than a picture may be.
    """
    factor = net.config.factor
    height, width = values.shape[axes.index("h") : axes.index("h") + 2]
    check_size(name, factor * width, factor * height)
    told = read_stored(values, axes, alpha)
    return in_file_units(told, enlarge(net, told.planes, alpha=told.alpha))


# -------------------------------------------------------------------------------------- sprites


def upscaled_sprite(net: Net, sprite: Sprite) -> Sprite:
    """The sprite, factor times larger, every frame: its own palette, nothing half-transparent."""
    factor = net.config.factor
    check_size(sprite.name, factor * sprite.width, factor * sprite.height)
    frames = np.stack(sprite.frames)
    planes = _seen(frames, sprite.palette)
    drawn = enlarge(net, planes)
    chosen = [choose(f, d, sprite.palette) for f, d in zip(frames, drawn, strict=True)]
    return replace(sprite, frames=tuple(chosen))


def _seen(indices: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Indices (..., h, w) as colours times alpha, (..., h, w, 4) from -1 to 1."""
    table = np.full((len(palette) + 1, 4), -1, np.float32)
    table[:-1, :3] = palette.astype(np.float32) / 127.5 - 1
    table[:-1, 3] = 1
    return table[indices]


def choose(indices: np.ndarray, drawn: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """For every large pixel the colour, of the nine small ones around it, that comes nearest to
    what was drawn there; its own wins when two are as near.

    indices  (h, w) with -1 for transparent;  drawn  (f h, f w, 4) colours times alpha, -1 to 1
    palette  (k, 3) uint8
    Returns (f h, f w) of the type of `indices`.
    """
    factor = len(drawn) // len(indices)
    height, width = indices.shape
    around = np.pad(indices, 1, mode="edge")
    order = sorted(((y, x) for y in range(3) for x in range(3)), key=lambda p: p != (1, 1))
    best = np.full(drawn.shape[:2], np.inf, np.float32)
    large = enlarged_nearest(indices, factor)
    for y, x in order:
        candidate = enlarged_nearest(around[y : y + height, x : x + width], factor)
        far = ((_seen(candidate, palette) - drawn) ** 2).sum(-1)
        closer = far < best - 1e-6
        best = np.where(closer, far, best)
        large[closer] = candidate[closer]
    return large


# --------------------------------------------------------------------------------------- scores


@dataclass(frozen=True)
class Fidelity:
    """How near a picture that was shrunk came to what it was, by method ("network", "bicubic",
    "nearest", "scale2x"): PSNR in decibels, SSIM, and for sprites the share of exact pixels."""

    psnr: dict[str, float]
    ssim: dict[str, float]
    exact: dict[str, float]


def score(
    net: Net, values: np.ndarray, axes: str, alpha: bool | None = None
) -> tuple[Fidelity, dict[str, np.ndarray]]:
    """Shrink a picture, bring it back in each way, and compare, over all channels and pixels.

    values: its stored numbers, with `axes` such as "hwc" (h, w, c).

    Also returns the middle plane of each as (h, w, k) from -1 to 1, with "true" and "small"; of
    two or more channels without alpha the first three, to look at.
    PincelError for a picture of less than two small pixels.
    """
    factor = net.config.factor
    told = read_stored(values, axes, alpha)
    planes = _cut(told.planes, factor)
    small = _smooth(planes, factor)
    shown = {"true": planes, "small": small, "network": enlarge(net, small, alpha=told.alpha)}
    given = torch.from_numpy(np.ascontiguousarray(np.moveaxis(small, -1, 1)))
    shown["bicubic"] = bicubic(given, factor).clamp(-1, 1).movedim(1, -1).numpy()
    shown["nearest"] = small.repeat(factor, 1).repeat(factor, 2)
    ways = ("network", "bicubic", "nearest")
    found = Fidelity(
        {way: float(psnr(planes, shown[way], 2.0).mean()) for way in ways},
        {way: float(batch_ssim(planes, shown[way], 2.0).mean()) for way in ways},
        {},
    )
    return found, {key: _three(some[len(some) // 2], told.alpha) for key, some in shown.items()}


def _three(plane: np.ndarray, alpha: bool) -> np.ndarray:
    """(h, w, k) from -1 to 1 as red, green and blue where it holds more than can be seen."""
    if alpha or plane.shape[-1] in (1, 3):
        return plane
    if plane.shape[-1] == 2:
        return np.concatenate([plane, np.full_like(plane[..., :1], -1)], -1)
    return plane[..., :3]


def score_sprite(net: Net, sprite: Sprite) -> tuple[Fidelity, dict[str, np.ndarray]]:
    """The same for a sprite, against the nearest pixel and Scale2x; also the share of exact
    pixels. The frames of an animation count as one picture. Returns the first frame of each way as
    `score` does, (h, w, 4) from -1 to 1."""
    factor = net.config.factor
    frames = _cut(np.stack(sprite.frames)[..., None], factor)[..., 0]
    true = _seen(frames, sprite.palette)
    small = np.stack([_vote(frame, factor, sprite.palette) for frame in frames])
    drawn = enlarge(net, _seen(small, sprite.palette))
    ways = {
        "network": np.stack(
            [choose(s, d, sprite.palette) for s, d in zip(small, drawn, strict=True)]
        ),
        "nearest": np.stack([enlarged_nearest(s, factor) for s in small]),
        "scale2x": np.stack([epx(s, factor) for s in small]),
    }
    seen = {way: _seen(indices, sprite.palette) for way, indices in ways.items()}
    found = Fidelity(
        {way: float(psnr(true, planes, 2.0).mean()) for way, planes in seen.items()},
        {way: float(batch_ssim(true, planes, 2.0).mean()) for way, planes in seen.items()},
        {way: float((indices == frames).mean()) for way, indices in ways.items()},
    )
    shown = {"true": true, "small": _seen(small, sprite.palette), **seen}
    return found, {key: some[0] for key, some in shown.items()}


def _cut(planes: np.ndarray, factor: int) -> np.ndarray:
    height, width = (side // factor * factor for side in planes.shape[1:3])
    if min(height, width) < 2 * factor:
        raise PincelError("upscale.too_small", least=2 * factor)
    return planes[:, :height, :width]


def _smooth(planes: np.ndarray, factor: int) -> np.ndarray:
    """Shrunk as photos and scans are."""
    given = torch.from_numpy(np.ascontiguousarray(np.moveaxis(planes, -1, 1)))
    return _plain(smooth(given, factor))


def _plain(values: Tensor) -> np.ndarray:
    return values.movedim(1, -1).numpy()


def _vote(indices: np.ndarray, factor: int, palette: np.ndarray) -> np.ndarray:
    """A sprite shrunk as the network learned it: the colour with most votes in each block."""
    seen = torch.from_numpy(np.moveaxis(_seen(indices, palette), -1, 0)[None].copy())
    small = np.moveaxis(by_votes(seen, factor)[0].numpy(), 0, -1)
    table = _seen(np.arange(-1, len(palette)), palette)
    far = ((small[:, :, None] - table) ** 2).sum(-1)
    return (far.argmin(-1) - 1).astype(np.int16)
