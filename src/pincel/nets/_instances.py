"""Objects out of the maps of `masks`, with numpy, scipy and scikit-image alone.

Connected pixels that are no ground are one object or several that touch. Where the deep pixels
among them fall into several connected parts, each is the core of one: a watershed goes out from
them (Beucher and Lantuejoul, 1979). A core that higher up falls into several parts, each standing
out far enough above the level where they part, is as many cores (the dynamics of peaks; Grimaud,
1992): a valley between two objects need not reach the level of all others. Every connected part is
treated by itself, so a large picture costs little more than its maps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_LEVEL = 0.05  # steps in which depth is climbed
_AROUND = 8  # pixels around a part that its smoothing may see


@dataclass(frozen=True)
class InstanceReading:
    """How objects are read off, chosen on validation pictures.

    threshold  a pixel is of an object where its chance of being ground is below 1 - threshold
    smooth     standard deviation, in pixels, by which depth is smoothed
    core       depth from which a pixel belongs to a core
    smallest   pixels of an object
    stands     how far a peak of depth must stand out to be a core of its own; 0: cores are what is
               connected
    """

    threshold: float = 0.5
    smooth: float = 1.0
    core: float = 0.5
    smallest: int = 15
    stands: float = 0.0


def chances(kinds: np.ndarray) -> np.ndarray:
    """`kinds` (1 + classes, h, w) float32 scores as chances of the same shape, over the first
    axis."""
    powers = np.exp(kinds - kinds.max(0, keepdims=True))
    return powers / powers.sum(0, keepdims=True)


def parts(inside: np.ndarray) -> np.ndarray:
    """Connected pixels (sides, not corners) of a bool map (h, w) as int32 numbers, 0 outside."""
    from scipy.ndimage import label

    return label(inside, output=np.int32)[0]


def objects(inside: np.ndarray, depth: np.ndarray, how: InstanceReading) -> np.ndarray:
    """Objects as a label picture (h, w) int32, 1, 2, 3, ... from above to below.

    inside  (h, w) bool: no ground;  depth  (h, w), of any float type
    """
    return apart(parts(inside), depth, how)


def apart(labels: np.ndarray, depth: np.ndarray, how: InstanceReading) -> np.ndarray:
    """Objects out of connected parts, `labels` (h, w) int32, which are written over; `depth`
    (h, w), of any float type. See `objects`."""
    from scipy.ndimage import find_objects

    places = find_objects(labels)
    count = 0
    for number, place in enumerate(places, 1):
        window = labels[place]
        own = window == number
        area = int(own.sum())
        if area < how.smallest:
            window[own] = 0
            continue
        pieces = _pieces(own, place, depth, how)
        sizes = np.bincount(pieces[own])
        for piece in np.flatnonzero(sizes):
            kept = bool(piece) and sizes[piece] >= how.smallest
            count += kept
            window[own & (pieces == piece)] = -count if kept else 0
    return np.negative(labels, out=labels)


def _pieces(
    own: np.ndarray, place: tuple[slice, slice], depth: np.ndarray, how: InstanceReading
) -> np.ndarray:
    """One connected part, numbered piece by piece, 0 outside."""
    from scipy.ndimage import gaussian_filter
    from skimage.segmentation import watershed

    y, x = (slice(max(0, s.start - _AROUND), s.stop + _AROUND) for s in place)
    smooth = gaussian_filter(depth[y, x].astype(np.float32), how.smooth)
    top, left = place[0].start - y.start, place[1].start - x.start
    smooth = smooth[top : top + own.shape[0], left : left + own.shape[1]]
    cores = parts(own & (smooth > how.core))
    if how.stands:
        cores = _standing(cores, smooth, how)
    if cores.max() < 2:  # one object; or none, where nothing is deep: most such parts are stray
        return (own & (cores.max() > 0)).astype(np.int32)
    return watershed(-smooth, cores, mask=own)


def _standing(cores: np.ndarray, smooth: np.ndarray, how: InstanceReading) -> np.ndarray:
    """Cores (h, w), numbered, each as those of its parts that stand out, where there are several;
    `smooth` is depth."""
    from scipy.ndimage import maximum, maximum_filter

    peaks = cores[(smooth == maximum_filter(smooth, 3)) & (cores > 0)]
    several = np.bincount(peaks, minlength=int(cores.max()) + 1) > 1
    found = np.where(several[cores], 0, cores)
    count = int(cores.max())
    left = [(cores == number, how.core) for number in np.flatnonzero(several)]
    while left:
        inside, level = left.pop(0)
        current = inside
        while True:
            level += _LEVEL
            higher = parts(current & (smooth > level))
            numbers = np.arange(1, int(higher.max()) + 1)
            tops = np.asarray(maximum(smooth, higher, numbers)) if len(numbers) else numbers
            stand = numbers[tops - level >= how.stands]
            if len(stand) != 1:
                break
            current = higher == stand[0]
        if len(stand):
            left += [(higher == number, level) for number in stand]
        else:  # nothing in it stands out: it is one
            count += 1
            found[inside] = count
    return found
