"""What each colour costs in each cell, learned: the little picture should be seen like the large.

Every cell holds an opinion about every colour. The opinions are mixed into a soft draft, a network
that learned to see (`weights/eyes.onnx`) says how the draft must change to wake the same features
as the source, and the opinions follow, a few steps long, while they are sharpened until every cell
has made up its mind. Lone pixels, in-between pixels and restless areas cost something all along.
Only colours that are near some sample of the cell may compete. Nothing is random.

Seven steps of Adam make a difference in the last bit a difference of half a per cent of the
pixels. Therefore whatever is multiplied as a matrix lies on a grid so coarse that products and
sums are exact (`repeatable.gridded`): they are the same in every order, on every processor.

Runs in the base install: the network and its gradient are one ONNX function (`nets/_eyes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from pincel.art.cells import Cells, unfold
from pincel.art.fringes import Fringes
from pincel.pixels import color, repeatable
from pincel.pixels.repeatable import gridded

CHROMA = np.array([1.0, 2.0, 2.0], np.float32)
"""How much a and b weigh in distances: a wrong hue is worse than a wrong grey."""
REACH = 0.15
"""Distance at which a sample stops caring how wrong a colour is."""
PIXELS = 3
"""Pixels per cell at which the network looks."""
BLUR = 0.45
"""In cells: squares melt a little, as for an eye at a distance."""
SLACK = 0.12
"""How much worse (OKLab) an outline's even colour may be than the learned one; softened outlines
need more than hard ones."""
MOST = 40
"""Colours that may compete in one picture; of a larger palette, those it needs most."""
_LOST = 0.2  # a best colour so far off leaves no choice
_STEP = 16  # the network's pictures have sides that are multiples of this
_LAYERS = (2, 4, 7, 10)
# Bits after the point. A product's bits add up and must stay below 53, those of its sum included.
_FINE = 20  # colours, logits
_SHARE = 26  # what a cell thinks of a colour
_COARSE = 16  # the viewer's matrices, the palette
_SLOPE = 30  # the network's gradient: about 1e-5 a pixel


@dataclass(frozen=True)
class Taste:
    """How much each wish counts in the drawing, and how long it takes.

    steps, rate  of the descent (Adam; Kingma and Ba, 2015); sharp  final sharpening of the softmax
    beta         how much of its way it keeps: less than usual, for it is short
    features     the network sees the same
    tone         the colour of 3 x 3 cells stays
    join         neighbours share a colour
    orphan       no pixel without a like neighbour
    fringe       no pixel whose colour only lies between its two opposite neighbours
    window       a colour may compete where it is at most this much worse (OKLab, chroma doubled)
                 than the best one for some sample
    """

    steps: int = 7
    rate: float = 0.7
    beta: float = 0.75
    sharp: float = 6.0
    features: float = 10.0
    tone: float = 0.3
    join: float = 0.02
    orphan: float = 1.2
    fringe: float = 1.0
    window: float = 0.05


def learned_costs(
    cells: Cells,
    palette: np.ndarray,
    hidden: np.ndarray | None = None,
    taste: Taste = Taste(),
) -> np.ndarray:
    """What each palette colour costs in each cell, (h, w, k) float32, 0-1, ready for
    `assign.assign`.

    cells: samples of the picture. palette: (k, 3) uint8 sRGB. hidden: (h, w) bool, transparent
    cells, which take no part.
    """
    whole = np.ones((cells.height, cells.width, len(palette)), np.float32)
    lab = color.srgb_to_oklab(palette) * CHROMA
    cost, allowed = plain_costs(cells, lab, taste.window)
    if len(palette) > MOST:
        wanted = np.bincount(cost.argmin(-1).ravel(), minlength=len(palette))
        kept = np.sort(np.argsort(-wanted, kind="stable")[:MOST])
        cost, allowed, lab = cost[..., kept], allowed[..., kept], lab[kept]
        allowed[np.arange(cells.height)[:, None], np.arange(cells.width), cost.argmin(-1)] = True
    else:
        kept = np.arange(len(palette))
    logits = _draw(cells, palette[kept].astype(np.float32) / 255, lab, cost, allowed, hidden, taste)
    logits = np.where(allowed, logits, -np.inf)
    behind = (logits.max(-1, keepdims=True) - logits) / 2
    whole[..., kept] = np.minimum(behind, 1.0)
    return whole


def plain_costs(cells: Cells, lab: np.ndarray, window: float) -> tuple[np.ndarray, np.ndarray]:
    """(cost, allowed), (h, w, k) each: half distance to the cell's mean, half truncated distance to
    its samples; and whether a colour is plausible there. lab: OKLab times CHROMA."""
    height, width, k = cells.height, cells.width, len(lab)
    cost = np.empty((height, width, k), np.float32)
    allowed = np.empty((height, width, k), bool)
    mean = (cells.mean * CHROMA).astype(np.float32)
    weight = cells.weight + 1e-4
    weight = weight / weight.sum(-1, keepdims=True)
    for row in range(height):  # row by row: a large palette never fills the memory
        gap = _distance(cells.samples[row] * CHROMA, lab)  # (w, s, k)
        middle = _distance(mean[row], lab)  # (w, k)
        seen = weight[row] > 0.25 / weight.shape[-1]
        best = gap.min(-1, keepdims=True)  # where no colour fits well, none may be much worse
        near = gap <= best + window * np.maximum(1 - best / _LOST, 0)
        allowed[row] = (near & seen[..., None]).mean(1) > 0.1
        best = middle.min(-1, keepdims=True)
        allowed[row] |= middle <= best + window * np.maximum(1 - best / _LOST, 0)
        near = np.minimum(gap, REACH).astype(np.float64)
        cost[row] = gridded(0.5 * middle + 0.5 * np.einsum("wsk,ws->wk", near, weight[row]), _FINE)
    return cost, allowed


def _distance(points: np.ndarray, lab: np.ndarray) -> np.ndarray:
    return np.sqrt(repeatable.squared_gaps(points, lab))


def _draw(
    cells: Cells,
    rgb: np.ndarray,
    lab: np.ndarray,
    cost: np.ndarray,
    allowed: np.ndarray,
    hidden: np.ndarray | None,
    taste: Taste,
) -> np.ndarray:
    """The descent: logits (h, w, k) that make the draft look like the source, cleanly."""
    height, width, _ = cost.shape
    source = gridded(color.oklab_to_srgb(unfold(cells.samples, cells.side)), _FINE)
    rows, columns = _viewer(height, cells.side), _viewer(width, cells.side)
    seen = _seen(rows.source, source.transpose(2, 0, 1), columns.source)
    session = _eyes()
    wanted = _features(session, seen)
    still = None if hidden is None or not hidden.any() else hidden
    under = gridded(color.oklab_to_srgb(cells.mean), _FINE)
    mean = gridded(cells.mean * CHROMA, _FINE)
    fringes = Fringes(allowed, _between(lab / CHROMA))
    rgb, lab = gridded(rgb, _COARSE), gridded(lab, _COARSE)
    logits = gridded(-cost / 0.02, _FINE)
    first, second = np.zeros_like(logits), np.zeros_like(logits)
    for step in range(taste.steps):
        done = step / max(1, taste.steps - 1)
        sharp = 1 + (taste.sharp - 1) * done
        whole = _softmax(np.where(allowed, logits * sharp, -1e4))
        share = gridded(whole, _SHARE)
        draft = gridded(share @ rgb, _FINE)  # (h, w, 3)
        if still is not None:  # a transparent cell shows the source: it changes nothing
            draft = np.where(still[..., None], under, draft)
        toward = taste.features * (_feature_slope(session, (rows, columns), draft, wanted) @ rgb.T)
        toward += 10 * taste.fringe * fringes.slope(share)
        toward += 10 * taste.orphan * orphan_slope(share)
        apart = gridded(_around(_around(gridded(share @ lab, _FINE) - mean)), _FINE)
        toward += taste.tone * 2 / (0.003 * height * width) * (apart @ lab.T)
        toward += taste.join * join_slope(share)
        if still is not None:
            toward[still] = 0
        # through the softmax, to the logits
        change = sharp * whole * (toward - np.sum(toward * whole, -1, keepdims=True))
        first = taste.beta * first + (1 - taste.beta) * change
        second = 0.95 * second + 0.05 * change**2
        steady = first / (1 - taste.beta ** (step + 1))
        spread = np.sqrt(second / (1 - 0.95 ** (step + 1))) + 1e-8
        logits = gridded(logits - taste.rate * (1 - 0.8 * done) * steady / spread, _FINE)
    return logits


def _feature_slope(
    session, axes: tuple[_Viewer, _Viewer], draft: np.ndarray, wanted: dict[str, np.ndarray]
) -> np.ndarray:
    """The slope of the distance to the wanted features at a draft, (h, w, 3) both."""
    rows, columns = (axis.draft for axis in axes)
    slope = _gradient(session, _seen(rows, draft.transpose(2, 0, 1), columns), wanted)
    return gridded(gridded(rows.T @ slope, _SLOPE) @ columns, _SLOPE).transpose(1, 2, 0)


def _seen(rows: np.ndarray, planes: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Planes (c, h, w) brought to the network's size by the matrices of their two axes."""
    return gridded(gridded(rows @ planes, _FINE) @ columns.T, _FINE)


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = repeatable.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


# --- the wishes: the slope of each at soft labels `share` (h, w, k) -----------------------------


def join_slope(share: np.ndarray) -> np.ndarray:
    """The slope, same shape as `share` (h, w, k) 0-1, of the expected colour changes per cell, to
    the right and below."""
    slope = np.zeros_like(share)
    for own, like in ((slope, share), (slope.swapaxes(0, 1), share.swapaxes(0, 1))):
        if len(like) > 1:
            count = like[1:].size // like.shape[-1]
            own[1:] -= like[:-1] / count
            own[:-1] -= like[1:] / count
    return slope


def orphan_slope(share: np.ndarray) -> np.ndarray:
    """The slope, same shape as `share` (h, w, k) 0-1, of the expected share of cells that agree
    with none of their eight neighbours."""
    height, width, _ = share.shape
    padded = np.pad(share, ((1, 1), (1, 1), (0, 0)))
    places = [(dy, dx) for dy in range(3) for dx in range(3) if (dy, dx) != (1, 1)]

    def beside(grid: np.ndarray, place: tuple[int, int]) -> np.ndarray:
        return grid[place[0] : place[0] + height, place[1] : place[1] + width]

    differ = [1 - np.einsum("hwk,hwk->hw", beside(padded, p), share) + 1e-6 for p in places]
    alone = np.prod(differ, axis=0)
    slope = np.zeros_like(share)
    for i, place in enumerate(places):
        theirs = np.pad(alone / differ[len(places) - 1 - i], 1)  # we are their opposite neighbour
        weight = alone / differ[i] + beside(theirs, place)
        slope -= weight[..., None] * beside(padded, place)
    return slope / (height * width)


def _between(lab: np.ndarray, detour: float = 1.15) -> np.ndarray:
    """(k, k, k) float64: 1 where the second colour lies on the way from the first to the third."""
    gap = _distance(lab, lab)
    direct = gap[:, None, :]
    on = (gap[:, :, None] + gap[None] < detour * direct) & (direct > 0.05)
    same = np.eye(len(lab), dtype=bool)
    return (on & ~same[:, :, None] & ~same[None]).astype(np.float64)


def _around(grid: np.ndarray) -> np.ndarray:
    """Mean of 3 x 3 cells."""
    from scipy.ndimage import uniform_filter

    return uniform_filter(grid, (3, 3, 0), mode="nearest")


# --- the network's view -------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Viewer:
    """One axis of the network's picture: `source` takes samples there, `draft` takes cells."""

    source: np.ndarray
    draft: np.ndarray


@cache
def _viewer(cells: int, side: int) -> _Viewer:
    """Matrices that bring one axis to PIXELS a cell, blur it, and repeat the last cell until the
    length suits the network."""
    length = -(-cells * PIXELS // _STEP) * _STEP
    place = (np.arange(length) + 0.5) / PIXELS
    padded = np.minimum(np.arange(length), cells * PIXELS - 1)
    sigma = BLUR * PIXELS
    reach = int(np.ceil(3 * sigma))
    kernel = np.exp(-(np.arange(-reach, reach + 1.0) ** 2) / (2 * sigma**2))
    blur = np.zeros((length, length))
    for offset, value in zip(range(-reach, reach + 1), kernel / kernel.sum(), strict=True):
        beside = np.clip(np.arange(length) + offset, 0, length - 1)
        np.add.at(blur, (np.arange(length), padded[beside]), value)
    draft = np.zeros((length, cells))
    draft[np.arange(length), np.minimum(place.astype(int), cells - 1)] = 1
    # share of each sample in each pixel: overlap of two grids over the same axis
    low, high = np.arange(length) / PIXELS, (np.arange(length) + 1) / PIXELS
    start = np.arange(cells * side) / side
    overlap = np.minimum(high[:, None], start + 1 / side) - np.maximum(low[:, None], start)
    area = np.maximum(overlap, 0) * PIXELS
    return _Viewer(gridded(blur @ area, _COARSE), gridded(blur @ draft, _COARSE))


@cache
def _eyes():
    """The network, loaded once."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = (resources.files("pincel.weights") / "eyes.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


_DEPTHS = {2: (24, 4), 4: (40, 8), 7: (80, 16), 10: (112, 16)}  # channels, pixels per feature


def _features(session, seen: np.ndarray) -> dict[str, np.ndarray]:
    """What the network sees in a picture (3, h, w), and how much each of its layers counts."""
    _, height, width = seen.shape
    empty = {f"weight{i}": np.zeros((), np.float32) for i in _LAYERS} | {
        f"wanted{i}": np.zeros((1, c, height // s, width // s), np.float32)
        for i, (c, s) in _DEPTHS.items()
    }
    names = [f"features{i}" for i in _LAYERS]
    found = session.run(names, {"picture": seen[None].astype(np.float32), **empty})
    weights = {f"weight{i}": _weight(f) for i, f in zip(_LAYERS, found, strict=True)}
    return weights | {f"wanted{i}": f for i, f in zip(_LAYERS, found, strict=True)}


def _weight(features: np.ndarray) -> np.ndarray:
    """One over layers times the variance of a layer's features."""
    whole = features.astype(np.float64)
    variance = repeatable.mean((whole - repeatable.mean(whole)) ** 2)
    return np.asarray(1 / (len(_LAYERS) * (variance + 1e-6)), np.float32)


def _gradient(session, shown: np.ndarray, wanted: dict[str, np.ndarray]) -> np.ndarray:
    """How the distance to the wanted features changes with each value of a picture (3, h, w),
    which is (3, h, w) too, with _SLOPE bits after the point.

    The way back through the network's first layer (3 x 3 pixels, every second one, the last ones
    repeated by zeros) is gone here: ONNX Runtime adds it up in other orders on other processors.
    """
    feed = {"picture": shown[None].astype(np.float32), **wanted}
    slope, kernel = session.run(["gradient", "kernel"], feed)
    flat = gridded(slope[0], _SLOPE).reshape(len(kernel), -1)
    height, width = slope.shape[2:]
    whole = np.zeros((3, 2 * height + 1, 2 * width + 1))
    for dy, dx in np.ndindex(3, 3):
        part = gridded(kernel[:, :, dy, dx].T, _FINE) @ flat
        rows, columns = slice(dy, dy + 2 * height, 2), slice(dx, dx + 2 * width, 2)
        whole[:, rows, columns] += part.reshape(3, height, width)
    return gridded(2 * whole[:, :-1, :-1], _SLOPE)  # the network takes twice the picture, less one
