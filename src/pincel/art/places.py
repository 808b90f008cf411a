"""Where a part of a thing lies on its sprite: rules, and the cut where the colours change most.

No network has learned where a hilt or a roof is. Such a part is a stretch of the sprite, from one
of its ends to somewhere between two shares of its length; of the cuts between them the one is taken
at which the colours on both sides differ most (Otsu, 1979, in OKLab).
"""

from __future__ import annotations

import numpy as np

from pincel.art.calm import areas_of_grid
from pincel.pixels.color import srgb_to_oklab

_DARK = 0.2
"""Below this lightness (OKLab) a pixel is outline and says nothing about colour."""
_SPECK = 6
"""The most pixels of an eye; what stands out by STANDS_OUT (OKLab) may be one."""
STANDS_OUT = 0.2


def part_pixels(rgba: np.ndarray, place: str, least: float = 0.0, most: float = 0.0) -> np.ndarray:
    """The pixels of a part, (h, w) bool, on a sprite (h, w, 4) uint8.

    place  "top", "bottom", "left", "lower_end", "upper_end" (of the longer axis): from there on,
           between the shares `least` and `most` of the length, where the colours change most;
           "body" (from `least` to `most` of the height), "sides", "centre" (`least` of the width),
           "rim", "inside", "eyes", "door", "held" (what is held out at one side)

    KeyError for any other name.
    """
    opaque = rgba[..., 3] > 127
    if not opaque.any():
        return opaque
    if place in _ENDS:
        return _cut(rgba, opaque, _ENDS[place](opaque), least, most)
    if place in ("rim", "inside", "eyes"):
        return {"rim": _rim, "inside": _inside, "eyes": _eyes}[place](rgba, opaque)
    down, across = _share(opaque, 0), _share(opaque, 1)
    if place == "held":
        return _held(rgba, opaque, down, across)
    found = {
        "body": (down >= least) & (down <= most),
        "sides": np.abs(across - 0.5) > 0.5 - least,
        "centre": (np.abs(across - 0.5) < least / 2) & (np.abs(down - 0.5) < most / 2),
        "door": (np.abs(across - 0.5) < 0.18) & (down > 0.6),
    }
    return opaque & found[place]


def _share(opaque: np.ndarray, axis: int) -> np.ndarray:
    """How far down (axis 0) or across (1) every pixel lies in the sprite's box, 0 to 1."""
    line = np.flatnonzero(opaque.any(1 - axis))
    far = (np.arange(opaque.shape[axis]) + 0.5 - line[0]) / (line[-1] - line[0] + 1)
    return np.broadcast_to(far[:, None] if axis == 0 else far[None, :], opaque.shape)


def _along(opaque: np.ndarray) -> np.ndarray:
    """How far from its lower end every pixel lies along the sprite's longer axis, 0 to 1 for the
    opaque ones (principal axis of their places)."""
    places = np.argwhere(opaque).astype(np.float64)
    middle = places.mean(0)
    spread = np.cov((places - middle).T) if len(places) > 2 else np.eye(2)
    axis = np.linalg.eigh(spread)[1][:, -1]
    if axis[0] > 0 or (axis[0] == 0 and axis[1] < 0):
        axis = -axis  # upwards; of a lying one from left to right
    y, x = np.indices(opaque.shape)
    far = (y - middle[0]) * axis[0] + (x - middle[1]) * axis[1]
    low, high = far[opaque].min(), far[opaque].max()
    return (far - low) / max(high - low, 1e-9)


_ENDS = {
    "top": lambda opaque: _share(opaque, 0),
    "bottom": lambda opaque: 1 - _share(opaque, 0),
    "left": lambda opaque: _share(opaque, 1),
    "lower_end": _along,
    "upper_end": lambda opaque: 1 - _along(opaque),
}


def _cut(
    rgba: np.ndarray, opaque: np.ndarray, far: np.ndarray, least: float, most: float
) -> np.ndarray:
    """The pixels before the cut between two shares that parts the colours best."""
    lab = srgb_to_oklab(rgba[..., :3])
    counts = opaque & (lab[..., 0] > _DARK)
    if not counts.any():
        counts = opaque
    tries = np.linspace(least, most, max(2, round((most - least) * max(opaque.shape)) + 1))
    best, kept = -1.0, tries[0]
    for cut in tries:
        here, there = lab[counts & (far <= cut)], lab[counts & (far > cut)]
        if not len(here) or not len(there):
            continue
        share = len(here) / (len(here) + len(there))
        apart = share * (1 - share) * float(((here.mean(0) - there.mean(0)) ** 2).sum())
        if apart > best + 1e-9:
            best, kept = apart, cut
    return opaque & (far <= kept)


def _eroded(opaque: np.ndarray) -> np.ndarray:
    from scipy.ndimage import binary_erosion

    times = 2 if max(opaque.shape) > 16 else 1
    return np.asarray(binary_erosion(opaque, np.ones((3, 3)), iterations=times))


def _inside(rgba: np.ndarray, opaque: np.ndarray) -> np.ndarray:
    """What lies within, without the upper quarter (the neck of a bottle)."""
    found = _eroded(opaque) & (_share(opaque, 0) > 0.25)
    return found if found.any() else opaque & (_share(opaque, 0) > 0.5)


def _rim(rgba: np.ndarray, opaque: np.ndarray) -> np.ndarray:
    return opaque & ~_eroded(opaque)


def _eyes(rgba: np.ndarray, opaque: np.ndarray) -> np.ndarray:
    """Specks in the upper half that stand out; where there are none, two places in the head."""
    lab = srgb_to_oklab(rgba[..., :3])
    codes = np.where(opaque, rgba[..., :3].astype(np.int64) @ [65536, 256, 1], -1)
    size = areas_of_grid(codes)
    around = _typical(lab, opaque)
    found = opaque & _eroded_once(opaque) & (size <= _SPECK) & (_share(opaque, 0) < 0.5)
    found &= np.linalg.norm(lab - around, axis=-1) > STANDS_OUT
    if found.any():
        rows = np.flatnonzero(found.any(1))
        return found & (np.arange(len(found))[:, None] <= rows[0] + 2)
    row = round(np.argwhere(opaque)[:, 0].min() + 0.22 * np.ptp(np.argwhere(opaque)[:, 0]))
    columns = np.flatnonzero(opaque[row])
    middle, apart = columns.mean(), max(1, round(np.ptp(columns) / 6))
    for column in (round(middle - apart), round(middle + apart)):
        found[row, np.clip(column, columns[0], columns[-1])] = True
    return found & opaque


def _eroded_once(opaque: np.ndarray) -> np.ndarray:
    from scipy.ndimage import binary_erosion

    return np.asarray(binary_erosion(opaque))


def _typical(lab: np.ndarray, opaque: np.ndarray) -> np.ndarray:
    """The median colour of the 5 x 5 pixels around each, without what is transparent."""
    padded = np.pad(np.where(opaque[..., None], lab, np.nan), ((2, 2), (2, 2), (0, 0)),
                    constant_values=np.nan)  # fmt: skip
    windows = np.lib.stride_tricks.sliding_window_view(padded, (5, 5), axis=(0, 1))
    flat = windows.reshape(*lab.shape, 25)
    filled = np.where(np.isnan(flat).all(-1, keepdims=True), 0, flat)
    return np.asarray(np.nanmedian(filled, -1))


def _held(rgba: np.ndarray, opaque: np.ndarray, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """The outer third, left or right, whose colours differ most from those of the middle."""
    lab = srgb_to_oklab(rgba[..., :3])
    middle = opaque & (np.abs(across - 0.5) < 0.2)
    if not middle.any():
        middle = opaque
    best, kept = -1.0, opaque & (across < 0.3)
    for side in (across < 0.3, across > 0.7):
        found = opaque & side & (down > 0.15) & (down < 0.9)
        if found.any():
            far = float(np.linalg.norm(lab[found].mean(0) - lab[middle].mean(0)))
            if far > best:
                best, kept = far, found
    return kept
