"""What the numbers of a picture are like: shape, kind, range, spread, how often each comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.pixels.picture import Picture

KINDS = ("grey", "grey-alpha", "rgb", "rgba", "channels", "volume")


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


def kind(values: np.ndarray, axes: str) -> str:
    """What an array with these axes ("hw", "hwc", "dhw" or "dhwc") is: one of `KINDS`."""
    if axes[0] == "d":
        return "volume"
    if axes == "hw":
        return "grey"
    names = {1: "grey", 2: "grey-alpha", 3: "rgb", 4: "rgba"}
    return names.get(values.shape[-1], "channels")


def product(shape: tuple[int, ...]) -> int:
    """How many numbers an array of this shape holds: 224 x 224 x 3 is 150,528."""
    count = 1
    for side in shape:
        count *= int(side)
    return count


def summary(channel: np.ndarray) -> Summary:
    """Least, most, mean, standard deviation (of all values, not of a sample), median, distinct."""
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
    a byte come equally often. No code that looks at values one by one can need fewer."""
    share = counts[counts > 0] / counts.sum() if counts.sum() else np.ones(1)
    return float(-(share * np.log2(share)).sum()) + 0.0


_CHANNELS = {
    "grey": ("grey",),
    "grey-alpha": ("grey", "A"),
    "rgb": ("R", "G", "B"),
    "rgba": ("R", "G", "B", "A"),
}


@dataclass(frozen=True, eq=False)
class Reading:
    """A picture's numbers, taken stock of.

    values      (h, w), (h, w, c), (d, h, w) or (d, h, w, c)
    kind        one of `KINDS`
    names       a name for each channel: "R", "G", "B", "A", "grey", or "1", "2", ...
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
        """A name and the (h, w) numbers of each channel, of one slice in a volume."""
        flat = self.values[slice_number] if self.kind == "volume" else self.values
        if flat.ndim == 2:
            return ((self.names[0], flat),)
        return tuple((name, flat[..., i]) for i, name in enumerate(self.names))


def stored(picture: Picture) -> tuple[np.ndarray, str, tuple[str, ...] | None]:
    """The numbers of a picture as its file holds them: (values, axes, channel names or None).

    Palette pictures give their colours, not their indices; channels come last.
    """
    mode, axes = str(picture.info.get("mode", "")), str(picture.info.get("axes", ""))
    if picture.raw is None or mode in ("P", "PA"):
        seen = picture.rgba
        opaque = bool(np.all(seen[..., 3] == 255))
        return (seen[..., :3] if opaque and "A" not in mode else seen), "hwc", None
    values = picture.raw
    if axes == "chw":
        values, axes = np.moveaxis(values, 0, -1), "hwc"
    if not axes:
        axes = "hwc" if values.ndim == 3 else "hw"
    if axes == "hwc" and values.shape[-1] == 1:
        values, axes = values[..., 0], "hw"
    return values, axes, ("C", "M", "Y", "K") if mode == "CMYK" else None


def read(values: np.ndarray, axes: str, names: tuple[str, ...] | None = None) -> Reading:
    """Take stock of an array with these axes."""
    found = kind(values, axes)
    parts: tuple[np.ndarray, ...]
    if axes[-1] != "c":
        parts, names = (values,), ("grey",)
    else:
        parts = tuple(values[..., i] for i in range(values.shape[-1]))
        plain = kind(values[0], "hwc") if found == "volume" else found
        names = names or _CHANNELS.get(plain) or tuple(str(i + 1) for i in range(len(parts)))
    return Reading(
        values=values,
        kind=found,
        names=names,
        summaries=tuple(summary(part) for part in parts),
        histograms=tuple(histogram(part) for part in parts),
    )


def busiest(plane: np.ndarray, side: int = 8) -> tuple[int, int]:
    """Column and row of the (side, side) tile where the numbers differ most: a place to look at.

    The first one where several are alike; (0, 0) in a picture smaller than a tile.
    """
    rows, columns = plane.shape[0] // side, plane.shape[1] // side
    if not rows or not columns:
        return 0, 0
    tiles = plane[: rows * side, : columns * side].astype(np.float32)
    spread = tiles.reshape(rows, side, columns, side).std((1, 3))
    row, column = np.unravel_index(int(np.argmax(np.round(spread, 3))), spread.shape)
    return int(column) * side, int(row) * side
