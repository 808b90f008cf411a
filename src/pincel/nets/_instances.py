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
_AT_ONCE = 1 << 24  # pixels of a picture that is smoothed at once


@dataclass(frozen=True)
class InstanceReading:
    """How objects are read off, chosen on validation pictures.

    threshold  a pixel is of an object where its chance of being ground is below 1 - threshold
    smooth     standard deviation, in pixels, by which depth is smoothed
    core       depth from which a pixel belongs to a core
    smallest   pixels of an object
    stands     how far a peak of depth must stand out to be a core of its own; 0: cores are what is
               connected
    diameter   pixels across the object of middle size, to which a picture is enlarged or made
               smaller before it is seen (`learn.objects.object_sizes`); 0: it is seen as it is.
               All else is said of the maps at the picture's own size
    twice      what a pixel belongs to is the mean of that and of the picture seen as it is
    looks      1, 2 or 4: what is said of the picture is the mean over it and its mirror images
    brief      the first look is at small parts, where they show enough, and the picture as it is
               counts only where else it is seen smaller: a quarter of the time of a large one
    """

    threshold: float = 0.5
    smooth: float = 1.0
    core: float = 0.5
    smallest: int = 15
    stands: float = 0.0
    diameter: float = 0.0
    twice: bool = False
    looks: int = 1
    brief: bool = False


def chances(kinds: np.ndarray) -> np.ndarray:
    """`kinds` (1 + classes, h, w) float32 scores as chances of the same shape, over the first
    axis. Of one class alone there may be one score (1, h, w), how much likelier it is than the
    ground: (2, h, w) chances."""
    if len(kinds) == 1:
        own = 0.5 * (1 + np.tanh(0.5 * kinds[0]))
        return np.stack([1 - own, own])
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
    from scipy.ndimage import find_objects, gaussian_filter

    if labels.size > _AT_ONCE:  # smoothed part by part, which takes longer and less memory
        return _part_by_part(labels, depth, how)
    smooth = gaussian_filter(depth.astype(np.float32), how.smooth)
    whole, split = _kinds(labels, smooth, how)
    places = find_objects(labels)
    numbers = np.flatnonzero(split).tolist()
    owned = [(labels[places[k - 1]] == k, smooth[places[k - 1]]) for k in numbers]
    pieces = {number: _large(one, how.smallest)
              for number, one in zip(numbers, _all_split(owned, how), strict=True)}  # fmt: skip
    counts = whole.astype(np.int32)
    for number, own in pieces.items():
        counts[number] = own.max()
    before = np.cumsum(counts) - counts
    np.take(np.where(whole, before + 1, 0).astype(np.int32), labels, out=labels, mode="clip")
    for number, own in pieces.items():
        there = own > 0
        labels[places[number - 1]][there] = own[there] + before[number]
    return labels


def _kinds(
    labels: np.ndarray, smooth: np.ndarray, how: InstanceReading
) -> tuple[np.ndarray, np.ndarray]:
    """Which parts (1 + parts,) bool are one object, and which may be several: those with several
    cores, or with several peaks in one. The rest are too small, or nowhere deep."""
    areas = np.bincount(labels.ravel())
    deep = (labels > 0) & (smooth > how.core)
    cores = parts(deep)
    count = int(cores.max(initial=0))
    owner = np.zeros(count + 1, np.int64)
    owner[cores[deep]] = labels[deep]
    several = np.bincount(owner[1:], minlength=len(areas)) > 1
    if how.stands:
        peaks = np.bincount(cores[_peaks(smooth, deep)], minlength=count + 1)
        several[owner[1:][peaks[1:] > 1]] = True
    counted = areas >= how.smallest
    counted[0] = False
    has_core = np.zeros(len(areas), bool)
    has_core[owner[1:]] = True
    return counted & has_core & ~several, counted & several


def _peaks(smooth: np.ndarray, deep: np.ndarray) -> np.ndarray:
    """Where, in the mask `deep`, no pixel above, below, left or right is deeper; (h, w) bool."""
    held = np.where(deep, smooth, -np.inf)
    found = deep.copy()
    found[1:] &= held[1:] >= held[:-1]
    found[:-1] &= held[:-1] >= held[1:]
    found[:, 1:] &= held[:, 1:] >= held[:, :-1]
    found[:, :-1] &= held[:, :-1] >= held[:, 1:]
    return found


def _large(pieces: np.ndarray, smallest: int) -> np.ndarray:
    """Pieces (h, w) of at least so many pixels, numbered anew in their order, 0 elsewhere."""
    sizes = np.bincount(pieces.ravel())
    kept = sizes >= smallest
    kept[0] = False
    return np.where(kept, np.cumsum(kept), 0).astype(np.int32)[pieces]


def _part_by_part(labels: np.ndarray, depth: np.ndarray, how: InstanceReading) -> np.ndarray:
    from scipy.ndimage import find_objects

    count = 0
    for number, place in enumerate(find_objects(labels), 1):
        window = labels[place]
        own = window == number
        if int(own.sum()) < how.smallest:
            window[own] = 0
            continue
        found = _large(_split(own, _smoothed(place, depth, how), how), how.smallest)
        window[own] = np.where(found[own] > 0, -(found[own] + count), 0)
        count += int(found.max())
    return np.negative(labels, out=labels)


def _split(own: np.ndarray, smooth: np.ndarray, how: InstanceReading) -> np.ndarray:
    """One connected part, `own` (h, w) bool, numbered piece by piece, 0 outside."""
    return _all_split([(own, smooth)], how)[0]


def _all_split(
    parts_of: list[tuple[np.ndarray, np.ndarray]], how: InstanceReading
) -> list[np.ndarray]:
    """Each of several connected parts (`own` (h, w) bool and depth) numbered piece by piece, 0
    outside; side by side they take one watershed, not one each."""
    from skimage.segmentation import watershed

    found, left = [], []
    for own, smooth in parts_of:
        found.append(_cores(own, smooth, how))
        if found[-1].max() > 1:
            left.append(len(found) - 1)
        else:  # one object; or none, where nothing is deep: most such parts are stray
            found[-1] = (own & (found[-1].max() > 0)).astype(np.int32)
    if not left:
        return found
    size, places = _side_by_side([found[k].shape for k in left])
    inside, markers, depth = np.zeros(size, bool), np.zeros(size, np.int32), np.zeros(size)
    for k, place in zip(left, places, strict=True):
        inside[place], markers[place] = parts_of[k][0], found[k]
        np.negative(parts_of[k][1], out=depth[place])
    flooded = watershed(depth, markers, mask=inside)
    for k, place in zip(left, places, strict=True):
        found[k] = flooded[place]
    return found


def _side_by_side(
    sizes: list[tuple[int, ...]],
) -> tuple[tuple[int, int], list[tuple[slice, slice]]]:
    """The size of a field that holds boxes of these sizes (h, w), in rows, the highest first, one
    pixel between any two; and where each lies in it."""
    width = max(max(w for _, w in sizes), int(sum((h + 1) * (w + 1) for h, w in sizes) ** 0.5)) + 1
    places: list[tuple[slice, slice]] = [(slice(0), slice(0))] * len(sizes)
    top, left, below = 0, 0, 0
    for k in sorted(range(len(sizes)), key=lambda k: -sizes[k][0]):
        h, w = sizes[k]
        if left + w > width:
            top, left = below, 0
        if not left:
            below = top + h + 1
        places[k] = slice(top, top + h), slice(left, left + w)
        left += w + 1
    return (below, width), places


def cores(
    own: np.ndarray, place: tuple[slice, slice], depth: np.ndarray, how: InstanceReading
) -> tuple[np.ndarray, np.ndarray]:
    """Of one connected part, `own` (h, w) bool at `place` of the map `depth`: its depth smoothed,
    and its cores, numbered, 0 elsewhere; both (h, w)."""
    smooth = _smoothed(place, depth, how)
    return smooth, _cores(own, smooth, how)


def _smoothed(place: tuple[slice, slice], depth: np.ndarray, how: InstanceReading) -> np.ndarray:
    """Depth smoothed at one place alone, to the same numbers as in the whole map."""
    from scipy.ndimage import gaussian_filter

    y, x = (slice(max(0, s.start - _AROUND), s.stop + _AROUND) for s in place)
    smooth = gaussian_filter(depth[y, x].astype(np.float32), how.smooth)
    top, left = place[0].start - y.start, place[1].start - x.start
    height, width = (s.stop - s.start for s in place)
    return smooth[top : top + height, left : left + width]


def _cores(own: np.ndarray, smooth: np.ndarray, how: InstanceReading) -> np.ndarray:
    found = parts(own & (smooth > how.core))
    return _standing(found, smooth, how) if how.stands else found


def _standing(cores: np.ndarray, smooth: np.ndarray, how: InstanceReading) -> np.ndarray:
    """Cores (h, w), numbered, each as those of its parts that stand out, where there are several;
    `smooth` is depth."""
    from scipy.ndimage import maximum

    peaks = cores[_peaks(smooth, cores > 0)]
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
