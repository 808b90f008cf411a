"""What the numbers of a picture are like: shape, kind, range, spread, how often each comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pincel.pixels import channels
from pincel.pixels.arrays import image_of
from pincel.pixels.picture import Picture
from pincel.pixels.to_rgba import rgba_of_image

KINDS = ("grey", "grey-alpha", "rgb", "rgba", "inks", "channels", "volume")


@dataclass(frozen=True)
class Summary:
    """The numbers of one channel. Missing values (NaN, infinite) are counted and left out."""

    least: float
    most: float
    mean: float
    deviation: float
    median: float
    distinct: int
    missing: int = 0


def array_kind(axes: str, names: Sequence[str]) -> str:
    """What an array with these axes ("hw", "hwc", "dhw" or "dhwc") and channels is: one of
    `KINDS`."""
    if axes[0] == "d":
        return "volume"
    if len(names) == 1:
        return "grey"
    kinds = dict(zip(channels.CONVENTION.values(), KINDS, strict=False))
    kinds[channels.INKS] = "inks"
    return kinds.get(tuple(names), "channels")


def product(shape: tuple[int, ...]) -> int:
    """How many numbers an array of this shape holds: 224 x 224 x 3 is 150,528."""
    count = 1
    for side in shape:
        count *= int(side)
    return count


def summarised(channel: np.ndarray) -> Summary:
    """Least, most, mean, standard deviation (of all values, not of a sample), median, distinct, of
    bools, whole numbers or floats of any shape; NaN where no value is finite."""
    flat = np.asarray(channel).ravel()
    good = flat
    if np.issubdtype(flat.dtype, np.floating):
        good = flat[np.isfinite(flat)]
    if not good.size:
        nothing = float("nan")
        return Summary(nothing, nothing, nothing, nothing, nothing, 0, flat.size)
    wide = good.astype(np.float64)
    return Summary(
        least=float(wide.min()),
        most=float(wide.max()),
        mean=float(wide.mean()),
        deviation=float(wide.std()),
        median=float(np.median(wide)),
        distinct=int(np.unique(good).size),
        missing=int(flat.size - good.size),
    )


def histogram(channel: np.ndarray, bins: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """How often each value comes: (counts (n,), edges (n + 1,)).

    uint8 has one bin for each of its 256 values, bool two; others `bins` even ones from least to
    most.
    """
    flat = np.asarray(channel).ravel()
    if flat.dtype == bool:
        flat, span, bins = flat.astype(np.uint8), (0.0, 2.0), 2
    elif flat.dtype == np.uint8:
        span, bins = (0.0, 256.0), 256
    else:
        flat = flat[np.isfinite(flat)].astype(np.float64)
        least, most = (float(flat.min()), float(flat.max())) if flat.size else (0.0, 1.0)
        span = (least, most) if most > least else (least - 0.5, least + 0.5)
    return np.histogram(flat, bins=bins, range=span)


def bits_of_surprise(counts: np.ndarray) -> float:
    """Shannon's entropy in bits per value (1948): 0 when all are equal, 8 when all 256 values of
    a byte come equally often. No code that looks at values one by one can need fewer. `counts` are
    whole numbers of any shape, as `histogram` gives them."""
    share = counts[counts > 0] / counts.sum() if counts.sum() else np.ones(1)
    return float(-(share * np.log2(share)).sum()) + 0.0


@dataclass(frozen=True, eq=False)
class Reading:
    """A picture's numbers, taken stock of.

    values      (h, w), (h, w, c), (d, h, w) or (d, h, w, c)
    kind        one of `KINDS`
    names       a name for each channel (see `channels`)
    summaries   one for each channel; those of a volume count all its slices
    histograms  (counts, edges) for each of them
    """

    values: np.ndarray
    kind: str
    names: tuple[str, ...]
    summaries: tuple[Summary, ...]
    histograms: tuple[tuple[np.ndarray, np.ndarray], ...]

    @property
    def count(self) -> int:
        """How many numbers the picture is."""
        return product(self.values.shape)

    @property
    def slices(self) -> int:
        """How many slices a volume has; 1 for a picture."""
        return self.values.shape[0] if self.kind == "volume" else 1

    def planes(self, slice_number: int = 0) -> tuple[tuple[str, np.ndarray], ...]:
        """A name and the (h, w) numbers of each channel, of one slice in a volume, of the same type
        as `values`."""
        flat = self.values[slice_number] if self.kind == "volume" else self.values
        if flat.ndim == 2:
            return ((self.names[0], flat),)
        return tuple((name, flat[..., i]) for i, name in enumerate(self.names))


def stored_numbers(picture: Picture) -> tuple[np.ndarray, str, tuple[str, ...]]:
    """The numbers of a picture as its file holds them: (values, axes, a name for each channel).

    Palette pictures give their colours, not their indices; channels come last. Values are (h, w),
    (h, w, c), (d, h, w) or (d, h, w, c), of the type of `raw`; of pictures without it, and of those
    with a palette, (h, w, 3) uint8, or (h, w, 4) where alpha counts.
    """
    info = picture.info
    mode, axes = str(info.get("mode", "")), str(info.get("axes", ""))
    if picture.raw is None or mode in ("P", "PA"):
        seen = picture.rgba
        opaque = bool(np.all(seen[..., 3] == 255)) and "A" not in mode
        return (seen[..., :3], "hwc", channels.RGB) if opaque else (seen, "hwc", channels.RGBA)
    values = picture.raw
    if axes == "chw":
        values, axes = np.moveaxis(values, 0, -1), "hwc"
    if not axes:
        axes = "hwc" if values.ndim == 3 else "hw"
    count = values.shape[-1] if axes[-1] == "c" else 1
    if axes[-1] == "c" and count == 1:
        values, axes = values[..., 0], axes[:-1]
    own = channels.INKS if mode == "CMYK" else info.get("names") or _MODES.get(mode)
    return values, axes, channels.channel_names(own, count)


_MODES = {"LA": channels.CONVENTION[2], "RGBA": channels.RGBA}


def only_channels(picture: Picture, numbers: Sequence[int] | None) -> Picture:
    """The picture with these of its channels only, counted from 1, in this order; None keeps all.

    They are channels then, and none is alpha. The slices of a volume without channels are what a
    network reads as its channels, so they are what is chosen from. PincelError for a number that
    the picture does not have.
    """
    if numbers is None:
        return picture
    values, axes, names = stored_numbers(picture)
    if axes == "dhw":
        values, axes = np.moveaxis(values, 0, -1), "hwc"
        names = channels.numbered_channels(values.shape[-1])
    elif axes == "hw":
        values, axes = values[..., None], "hwc"
    kept = channels.picked(names, numbers, picture.name)
    values = np.ascontiguousarray(values[..., [number - 1 for number in numbers]])
    image, stretched = image_of(values, axes, alpha=False)
    own = {"axes": axes, "channels": len(kept), "names": list(kept), "chosen": list(numbers)}
    info = picture.info | own | {"stretched": stretched, "mode": "", "palette": None}
    return Picture((rgba_of_image(image),), name=picture.name, raw=values, info=info)


def reading_of(values: np.ndarray, axes: str, names: tuple[str, ...] | None = None) -> Reading:
    """Take stock of an array with these axes: (h, w), (h, w, c), (d, h, w) or (d, h, w, c), bools,
    whole numbers or floats."""
    parts: tuple[np.ndarray, ...] = (values,)
    if axes[-1] == "c":
        parts = tuple(values[..., i] for i in range(values.shape[-1]))
    names = channels.channel_names(names, len(parts))
    return Reading(
        values=values,
        kind=array_kind(axes, names),
        names=names,
        summaries=tuple(summarised(part) for part in parts),
        histograms=tuple(histogram(part) for part in parts),
    )


def busiest(plane: np.ndarray, side: int = 8) -> tuple[int, int]:
    """Column and row of the (side, side) tile of a plane, (h, w) of any type, where the numbers
    differ most: a place to look at.

    The first one where several are alike; (0, 0) in a picture smaller than a tile.
    """
    rows, columns = plane.shape[0] // side, plane.shape[1] // side
    if not rows or not columns:
        return 0, 0
    tiles = plane[: rows * side, : columns * side].astype(np.float32)
    spread = tiles.reshape(rows, side, columns, side).std((1, 3))
    row, column = np.unravel_index(int(np.argmax(np.round(spread, 3))), spread.shape)
    return int(column) * side, int(row) * side
