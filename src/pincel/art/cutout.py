"""Taking the background away: what the border shows, followed inward as far as it goes.

The border's colours are modelled as one or two smooth gradients with their own spread; the
background is what fits a model and hangs together with the border. Alpha comes out hard.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from pincel.art import cut_edges, fade
from pincel.errors import PincelError
from pincel.pixels import color, repeatable

_SIDE = 384
"""The mask is found on a picture this long at most: edges finer than a cell are of no use."""

_LINE = 0.2
"""OKLab distance from the background at which a thin line is an outline, not to be stepped over."""


def cut(
    rgba: np.ndarray, holes: bool = False, tolerance: float = 1.0, unmix: bool = False
) -> np.ndarray:
    """The picture, rgba, with its background transparent, both (h, w, 4) uint8.

    holes      also take away background that the subject encloses (between arm and body)
    tolerance  1 is chosen from the border's own spread; 2 allows twice as much
    unmix      also take the background's colour out of the rim (`cut_edges.unmixed`); not where
               a pixel is a cell that somebody drew

    PincelError where no background can be told, or everything would go.
    """
    away = background(rgba, holes, tolerance)
    if unmix:
        shrunk_by = max(1.0, max(rgba.shape[:2]) / _SIDE)  # as finely as the mask knows its edge
        return cut_edges.unmixed(rgba, away, int(np.ceil(2 * shrunk_by)))
    result = rgba.copy()
    result[..., 3][away] = 0
    return result


def with_mask(rgba: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The picture, rgba (h, w, 4) uint8, transparent where `mask` is dark or transparent; mask (H,
    W, 4) uint8 is stretched to the picture's size and may not be empty (PincelError)."""
    grey = mask[..., :3].astype(np.float32).mean(-1) * (mask[..., 3] / 255.0)
    size = (rgba.shape[1], rgba.shape[0])
    resized = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR))
    seen = resized >= 127.5
    if not seen.any():
        raise PincelError("options.mask_empty")
    result = rgba.copy()
    result[..., 3] = np.where(seen, rgba[..., 3], 0)
    return result


def background(rgba: np.ndarray, holes: bool = False, tolerance: float = 1.0) -> np.ndarray:
    """Where the background of rgba (h, w, 4) uint8 is, (h, w) bool. See `cut`."""
    from scipy import ndimage

    small = _shrunk(rgba)
    lab = color.srgb_to_oklab(small[..., :3])
    gone = small[..., 3] < 128
    if _rim(gone).mean() > 0.5:  # cut out already: the transparent part is the background
        return rgba[..., 3] < 128
    away = _flooded(lab, gone, holes, tolerance, ndimage)
    share = float(away.mean())
    outer = np.concatenate([away[0], away[: int(0.8 * len(away)), [0, -1]].ravel()])
    if share < 0.02 or outer.mean() < 0.7:  # half a background cut away is worse than none
        raise PincelError("options.no_background")
    if share > 0.985:
        raise PincelError("options.all_background")
    away = _tidy(away, ndimage)
    size = (rgba.shape[1], rgba.shape[0])
    resized = Image.fromarray(away.astype(np.float32)).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(resized) > 0.5


def _shrunk(rgba: np.ndarray) -> np.ndarray:
    height, width = rgba.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    if scale == 1.0:
        return rgba
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(rgba).resize(size, Image.Resampling.BOX))


def _rim(grid: np.ndarray, depth: int = 2) -> np.ndarray:
    """The values along the border, flat."""
    frame = np.ones(grid.shape[:2], bool)
    frame[depth:-depth, depth:-depth] = False
    return grid[frame]


def _flooded(lab: np.ndarray, gone: np.ndarray, holes: bool, tolerance: float, ndimage):
    """Background: fits a model of the border and hangs together with it."""
    height, width = lab.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    place = np.stack([x / max(width - 1, 1) - 0.5, y / max(height - 1, 1) - 0.5], -1)
    frame = np.zeros((height, width), bool)
    frame[:2] = frame[-2:] = frame[:, :2] = frame[:, -2:] = True
    frame &= ~gone
    away = gone.copy()
    terms = _terms(place)
    for start in _ground_colors(lab, place, frame):
        alike = frame & (((lab - start) ** 2).sum(-1) < 0.07**2)
        if alike.any() and away[alike].mean() > 0.8:
            continue  # found along with an earlier one
        model, spread = _fit(lab[frame], place[frame], start)
        for _ in range(3):  # grow, learn the gradient from what was found, grow again
            limit = tolerance * float(np.clip(3.5 * spread + 0.015, 0.03, 0.11))
            gap = _gap(lab, terms, model)
            near = gap < limit
            found = _touching(near | gone, frame | gone, gap > _LINE, ndimage) & near
            if found.sum() < 20:
                break
            model, spread = _refit(lab[found], place[found], spread)
        else:
            away |= found
            soft = _gap(lab, terms, model) < 2.2 * limit
            away |= ndimage.binary_dilation(away, iterations=2, mask=soft | away)
            if holes:
                away |= _large(_gap(lab, terms, model) < 0.8 * limit, ndimage)
    return away


def _ground_colors(lab: np.ndarray, place: np.ndarray, frame: np.ndarray) -> list[np.ndarray]:
    """The colours that the background starts from: what most of the border shows, and what else
    two of its sides share. The lower edge counts less, for that is where a portrait's shoulders
    leave the picture."""
    colors, spots = lab[frame], place[frame]
    weight = np.where(spots[:, 1] > 0.47, 0.25, 1.0)
    left = np.ones(len(colors), bool)
    starts: list[np.ndarray] = []
    while left.any() and len(starts) < 6:
        step = max(1, int(left.sum()) // 150)
        tries = colors[left][::step]
        near = np.sqrt(((tries[:, None] - colors[None]) ** 2).sum(-1)) < 0.07
        votes = (near * (weight * left)[None]).sum(1)
        best = int(votes.argmax())
        member = near[best] & left
        share = float(votes[best] / weight.sum())
        sides = sum(
            bool((member & side).sum() > 0.1 * side.sum())
            for side in (spots[:, 0] < -0.47, spots[:, 0] > 0.47, spots[:, 1] < -0.47)
        )
        if starts and (share < 0.03 or sides < 2):
            break
        starts.append(np.median(colors[member], 0))
        left &= ~member
    return starts


def _terms(place: np.ndarray) -> np.ndarray:
    x, y = place[..., 0], place[..., 1]
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1)


def _fit(colors: np.ndarray, place: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, float]:
    """A plane of colours through the border pixels that are near `start`, strays left out."""
    terms = _terms(place)
    terms[:, 3:] = 0  # the border alone does not show how the middle bends
    model = np.zeros((6, 3), np.float32)
    model[0] = start
    reach = 0.1
    for _ in range(5):
        gap = _gap(colors, terms, model)
        near = gap < reach
        if near.sum() < 12:
            break
        model = _solved(terms[near], colors[near])
        reach = float(np.clip(4 * np.median(gap[near]) + 0.02, 0.03, 0.1))
    gap = _gap(colors, terms, model)
    return model, float(np.median(gap[gap < reach])) if (gap < reach).any() else 0.02


def _refit(colors: np.ndarray, place: np.ndarray, spread: float) -> tuple[np.ndarray, float]:
    """A quadratic gradient through what was found so far."""
    step = max(1, len(colors) // 20_000)
    terms = _terms(place[::step])
    model = _solved(terms, colors[::step])
    gap = _gap(colors[::step], terms, model)
    return model, min(float(np.median(gap)), 1.5 * spread + 0.003)


def _solved(terms: np.ndarray, colors: np.ndarray) -> np.ndarray:
    """The model (6, 3) nearest to these colours. Solved in double precision and rounded, for the
    solver's last bits are not the same on every processor."""
    found = np.linalg.lstsq(terms.astype(np.float64), colors.astype(np.float64), rcond=None)[0]
    return found.astype(np.float32)


def _gap(colors: np.ndarray, terms: np.ndarray, model: np.ndarray) -> np.ndarray:
    """How far colours (..., 3) lie from what the model says there."""
    away = colors - repeatable.mixed(terms, model.T)
    return np.sqrt(np.sum(away * away, -1))


def _touching(where: np.ndarray, seeds: np.ndarray, line: np.ndarray, ndimage) -> np.ndarray:
    """The 4-connected parts of `where` that hold a seed. Noise may not block the way: specks of a
    few pixels are bridged first."""
    bridged = ndimage.binary_closing(np.pad(where, 2, mode="edge"), iterations=1)[2:-2, 2:-2]
    label, _ = ndimage.label((bridged & ~line) | where)
    reached = np.unique(label[seeds & where])
    return np.isin(label, reached[reached > 0])


def _large(where: np.ndarray, ndimage) -> np.ndarray:
    """The parts of `where` larger than 0.3 % of the picture."""
    label, _ = ndimage.label(where)
    size = np.bincount(label.ravel())
    size[0] = 0
    return (size > max(16, 0.003 * where.size))[label]


def _tidy(away: np.ndarray, ndimage) -> np.ndarray:
    """No crumbs: bits of subject and of background under 0.05 % of the picture go over."""
    least = max(6, 0.0005 * away.size)
    for wanted in (False, True):
        label, _ = ndimage.label(away == wanted)
        size = np.bincount(label.ravel())
        small = size < least
        small[0] = False
        away = np.where(small[label], not wanted, away)
    return away


def alpha_threshold(coverage: np.ndarray) -> float:
    """Where to draw the line between there and not there, 0.25-0.75, for (h, w) mean alpha.

    Hard edges are alike at every threshold. A soft glow is not: cut at an arbitrary level it ends
    in a ragged rim. The level chosen leaves the fewest cells close to it and the shortest contour
    for its area; near a tie, 0.5. A fade over many cells ends at half alpha where that is even: its
    bright core, whose edge is the sharpest, is not all that there is.
    """
    soft = (coverage > 0.02) & (coverage < 0.98)
    if soft.sum() < 8 or (fade.fading(coverage).any() and fade.even_at_half(coverage)):
        return 0.5
    best, price = 0.5, np.inf
    for level in np.linspace(0.25, 0.75, 11):
        seen = coverage >= level
        area = max(int(seen.sum()), 1)
        contour = int((seen[1:] != seen[:-1]).sum() + (seen[:, 1:] != seen[:, :-1]).sum())
        doubtful = float((np.abs(coverage - level) < 0.06).sum())
        cost = (contour + doubtful) / np.sqrt(area) * (1 + 0.3 * abs(level - 0.5))
        if cost < price - 1e-9:
            best, price = float(level), cost
    return best
