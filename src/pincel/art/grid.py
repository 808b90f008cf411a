"""The hidden grid of enlarged, blurred or generated "pixel art": cell size, offset, every line.

Colour changes inside such a picture happen along lines that stand about one cell apart. So: how
much colour changes between neighbouring columns and rows (`edge_profile`), the places where it
peaks (`edge_peaks`), how well each regular grid explains the peaks of both axes together
(`find_grid`), and the course of each line, which may stray from its place (`trace_lines`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pincel.art.lattice import Grid, clean_cells, enlarged_once

WOBBLES = (0.02, 0.04, 0.08, 0.13, 0.2, 0.26)
"""Standard deviations, in cells, of lines around their places, that a grid is tried with."""

_BAND = 5  # rows averaged before a difference is taken: noise falls, edges run on for a cell
_MOST_BANDS = 320
_SOFT = 0.10  # a change of colour of this length (sRGB 0-1) counts half of a full edge
_NO_EDGE = 0.12  # share of lines inside the drawing where no colour changes
_TRUST = 3.0  # log of how much rarer a full peak is than a faint one where there is no line
_DOUBT = 2.0
_MOST_CELLS = 400
_LARGE = 1024  # a picture longer than this is also searched at a smaller size
_SMALLEST = 2.0  # cell in pixels
_FREE = 10.0  # what a grid that does not start at the frame has to explain better (log)
_PROPOSED = 24  # cell sizes that the periodogram proposes for grids that start anywhere
_PHASES = 32
_TRUSTED, _LIKELY = 0.85, 0.6  # confidence
_FINER = 2.6  # times as many cells as lines say: no longer plausible
_PLAIN = 16.0  # evidence of an interpolation that nothing was done to
_MIXED = 13.0  # the same, after JPEG
_LARGE_SPRITE = 128


@dataclass(frozen=True, eq=False)
class GridAxis:
    """Where colour changes along one axis.

    size     length in picture pixels
    profile  (size - 1,) amount of change between pixel k and k + 1, 0-1
    places   (j,) positions of its peaks, in pixels from the frame
    weights  (j,) 0-1, how marked each peak is
    """

    size: int
    profile: np.ndarray
    places: np.ndarray
    weights: np.ndarray

    @property
    def drawn(self) -> tuple[float, float]:
        """First and last marked peak: outside, missing lines say nothing."""
        marked = self.places[self.weights > 0.5]
        return (float(marked[0]), float(marked[-1])) if len(marked) else (0.0, float(self.size))


def edge_profile(rgba: np.ndarray, axis: int) -> np.ndarray:
    """How much colour changes between neighbouring columns (axis 1) or rows (axis 0).

    rgba (h, w, 4) uint8 -> (size - 1,) float32 in 0-1. A few pixels along the line are averaged
    first, and a change counts d^2 / (d^2 + 0.1^2), so that contrast says little and length much.
    """
    flat = rgba if axis == 1 else rgba.swapaxes(0, 1)
    length, size = flat.shape[:2]
    band = min(_BAND, length)
    starts = np.arange(0, length - band + 1, 1)
    if len(starts) > _MOST_BANDS:
        starts = np.unique(np.linspace(0, length - band, _MOST_BANDS).astype(int))
    total = np.zeros((len(starts), size, 4), np.float32)
    for step in range(band):
        total += flat[starts + step]
    total /= band * 255.0
    total[..., :3] *= total[..., 3:]
    change = np.diff(total, axis=1)
    squared = (change * change).sum(-1)
    return (squared / (squared + _SOFT * _SOFT)).mean(0)


def edge_peaks(profile: np.ndarray) -> GridAxis:
    """The peaks of a profile (size - 1,), 0-1, between pixels (by a parabola), with weights."""
    size = len(profile) + 1
    if size < 4:
        return GridAxis(size, profile, np.zeros(0), np.zeros(0))
    smooth = _smooth(profile, 0.7)
    middle = smooth[1:-1]
    at = np.flatnonzero((middle > smooth[:-2]) & (middle >= smooth[2:])) + 1
    if not len(at):
        return GridAxis(size, profile, np.zeros(0), np.zeros(0))
    before, here, after = smooth[at - 1], smooth[at], smooth[at + 1]
    bend = before - 2 * here + after
    shift = np.where(bend < 0, 0.5 * (before - after) / np.minimum(bend, -1e-9), 0.0)
    height = here - np.percentile(smooth, 20)
    full = 0.25 * max(float(np.percentile(height, 90)), 1e-6)
    weights = np.clip(height / full, 0, 1) ** 1.5
    return GridAxis(size, profile, at + 1 + np.clip(shift, -0.5, 0.5), weights)


def _smooth(values: np.ndarray, sigma: float) -> np.ndarray:
    reach = int(np.ceil(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    return np.convolve(np.pad(values, reach, mode="edge"), kernel / kernel.sum(), "valid")


def grid_scores(
    axis: GridAxis, pitches: np.ndarray, wobble: float, phases: np.ndarray | float = 0.0
) -> np.ndarray:
    """Log-likelihood ratio of "lines at (phase + k) * pitch" against "peaks anywhere".

    pitches (n,) pixels, phases (n,) cells, floats -> (n,) float64. Peaks lie about their line as a
    normal distribution of `wobble` cells; a line inside the drawing may lack an edge at a price.
    """
    count = len(pitches)
    scores = np.zeros(count)
    if not len(axis.places) or not count:
        return scores
    phases = np.broadcast_to(np.asarray(phases, float), (count,))
    density = axis.weights.sum() / axis.size + 1e-9
    place = axis.places / pitches[:, None] - phases[:, None]  # (n, j) in cells
    line = np.rint(place).astype(int)
    spread = np.exp(-0.5 * ((place - line) / wobble) ** 2) / (2.5066 * wobble * pitches[:, None])
    ratio = np.exp(_TRUST * axis.weights - _DOUBT) * spread / density
    first, last = axis.drawn
    low = np.ceil(first / pitches - phases - 0.5).astype(int)
    high = np.floor(last / pitches - phases + 0.5).astype(int)
    # the frame's own two sides are no lines that could be seen
    low = np.maximum(low, np.floor(0.25 - phases).astype(int) + 1)
    high = np.minimum(high, np.ceil(axis.size / pitches - phases - 0.25).astype(int) - 1)
    inside = (line >= low[:, None]) & (line <= high[:, None])
    width = max(1, int((high - low).max()) + 1)
    cell = (line - low[:, None]) + width * np.arange(count)[:, None]
    sums = np.bincount(cell[inside], ratio[inside], count * width).reshape(count, width)
    gained = np.log(_NO_EDGE + (1 - _NO_EDGE) * sums)
    there = np.arange(width)[None] <= (high - low)[:, None]
    return np.where(there, gained, 0.0).sum(1)


@dataclass(frozen=True)
class _Guess:
    score: float
    pitch: tuple[float, float]
    phase: tuple[float, float]
    wobble: float


def find_grid(
    rgba: np.ndarray,
    cell: float | tuple[float, float] | None = None,
    size: tuple[int, int] | None = None,
    offset: tuple[float, float] | None = None,
) -> Grid:
    """The grid of a picture (h, w, 4) uint8; what the person knows is taken as given.

    cell    cell size in picture pixels, one number or (across, down)
    size    (width, height) of the sprite in cells
    offset  (x, y) of the first line in picture pixels
    """
    if cell is None and size is None and offset is None:
        clean = clean_cells(rgba)
        if clean is not None:
            return clean
        return _likelier(enlarged_once(rgba), _by_lines(rgba))
    return _search(rgba, _pair(cell), size, offset)


def _likelier(once: Grid | None, lines: Grid) -> Grid:
    """Of the grid that one enlargement left and the one that lines speak for.

    Lines also stand two cells apart where a sprite has details of two pixels: the finer grid is
    right then. A very much finer one is what blur and JPEG leave inside of large cells.
    """
    if once is None or once.confidence < _TRUSTED:
        return lines if once is None or once.confidence <= lines.confidence else once
    if once.wobble == 0 or once.evidence > _PLAIN:
        return once
    finer = once.width / lines.width
    if (once.width, once.height) == (lines.width, lines.height):  # two witnesses
        if once.linear and once.evidence > _MIXED:
            return once
        return replace(lines, evidence=once.evidence, confidence=once.confidence)
    if lines.confidence >= _TRUSTED:
        return once if 1.4 <= finer <= _FINER else lines
    large = max(once.width, once.height) > _LARGE_SPRITE and max(once.cell) < 2.5
    return lines if large or (finer > _FINER and lines.confidence > _LIKELY) else once


def _by_lines(rgba: np.ndarray) -> Grid:
    longest = max(rgba.shape[:2])
    full = _search(rgba, None, None, None)
    if longest <= _LARGE:
        return full
    shrink = -(-longest // _LARGE)  # wide blurred cells show in the small, narrow ones only in full
    small = _enlarged(_search(_shrunk(rgba, shrink), None, None, None), shrink)
    return max(small, full, key=lambda grid: grid.confidence)


def _shrunk(rgba: np.ndarray, factor: int) -> np.ndarray:
    """Every factor x factor pixels become their mean (what is left over at the end is dropped)."""
    height, width = (side // factor for side in rgba.shape[:2])
    total = np.zeros((height, width, 4), np.uint32)
    for y in range(factor):
        for x in range(factor):
            total += rgba[y : height * factor : factor, x : width * factor : factor]
    return (total // factor**2).astype(np.uint8)


def _enlarged(grid: Grid, factor: int) -> Grid:
    """The same grid on a picture `factor` times as large."""
    return replace(
        grid,
        columns=grid.columns * factor,
        rows=grid.rows * factor,
        cell=(grid.cell[0] * factor, grid.cell[1] * factor),
        offset=(grid.offset[0] * factor, grid.offset[1] * factor),
    )


def _search(
    rgba: np.ndarray,
    cell: tuple[float, float] | None,
    size: tuple[int, int] | None,
    offset: tuple[float, float] | None,
) -> Grid:
    across, down = edge_peaks(edge_profile(rgba, 1)), edge_peaks(edge_profile(rgba, 0))
    guesses = _guesses(across, down, cell, size, offset)
    one = _Guess(0.0, (float(across.size), float(down.size)), (0.0, 0.0), WOBBLES[0])
    best = max(guesses, key=lambda guess: guess.score, default=one)
    columns = trace_lines(across, best.pitch[0], best.phase[0], best.wobble)
    rows = trace_lines(down, best.pitch[1], best.phase[1], best.wobble)
    rivals = [g.score for g in guesses if abs(np.log(g.pitch[0] / best.pitch[0])) > 0.02]
    lead = best.score - max(rivals) if rivals else best.score
    lines = max(1.0, across.size / best.pitch[0] + down.size / best.pitch[1])
    confidence = 1.0 if cell or size else _confidence(best.score / lines, lead)
    return Grid(
        columns,
        rows,
        best.pitch,
        (best.phase[0] * best.pitch[0], best.phase[1] * best.pitch[1]),
        best.wobble,
        confidence,
        best.score / lines,
    )


def size_scores(rgba: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of rgba (h, w, 4) uint8: cell sizes (n,) that fill the frame, and evidence a line (n,)."""
    across, down = edge_peaks(edge_profile(rgba, 1)), edge_peaks(edge_profile(rgba, 0))
    best: dict[float, float] = {}
    for guess in _whole_frame(across, down):
        lines = across.size / guess.pitch[0] + down.size / guess.pitch[1]
        best[guess.pitch[0]] = max(best.get(guess.pitch[0], -np.inf), guess.score / lines)
    pitches = np.array(sorted(best))
    return pitches, np.array([best[p] for p in pitches.tolist()])


def _pair(cell: float | tuple[float, float] | None) -> tuple[float, float] | None:
    if cell is None or isinstance(cell, tuple):
        return cell
    return float(cell), float(cell)


def _confidence(evidence: float, lead: float) -> float:
    """How often guesses with this evidence a line and lead over the next cell size were right.

    Logistic regression on 420 enlarged sprites of all four levels of `benchmarks/restore.py` (its
    development half) and 80 crops of photographs and textures: of guesses called 0.85 or more,
    99 % were right, of those under 0.35, 8 %.
    """
    return float(1 / (1 + np.exp(-(3.74 * evidence + 0.327 * min(lead, 20.0) - 4.52))))


def _guesses(
    across: GridAxis,
    down: GridAxis,
    cell: tuple[float, float] | None,
    size: tuple[int, int] | None,
    offset: tuple[float, float] | None,
) -> list[_Guess]:
    if size is not None or cell is not None:
        return _given(across, down, cell, size, offset)
    guesses = _whole_frame(across, down) if offset is None else []
    if offset is not None:
        return _anchored(across, down, offset)
    return guesses + _free(across, down)


def _whole_frame(across: GridAxis, down: GridAxis) -> list[_Guess]:
    """Grids whose cells fill the picture: a whole number of them on either axis."""
    longest = max(across.size, down.size)
    smallest = max(_SMALLEST, longest / _MOST_CELLS)
    cells = [np.arange(2, max(4, int(axis.size / smallest) + 1)) for axis in (across, down)]
    pitches = [axis.size / n for axis, n in zip((across, down), cells, strict=True)]
    # both axes share one cell size: how far, in pixels, is the picture from saying so?
    stray = down.size - pitches[0][:, None] * cells[1][None]
    unequal = np.abs(np.log(pitches[0][:, None] / pitches[1][None])) > 0.15
    prior = -np.minimum(0.5 * stray**2, 12.0) - np.where(unequal, np.inf, 0)
    guesses = []
    for wobble in WOBBLES:
        x, y = (grid_scores(a, p, wobble) for a, p in zip((across, down), pitches, strict=True))
        total = x[:, None] + y[None] + prior
        best = total.argmax(1)
        guesses += [
            _Guess(float(total[i, j]), (float(pitches[0][i]), float(pitches[1][j])), (0, 0), wobble)
            for i, j in enumerate(best)
            if np.isfinite(total[i, j])
        ]
    return guesses


def periodogram(axis: GridAxis, pitches: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How well the peaks of one axis keep step with pitches, and where it begins, all (n,).

    The squared length of sum(w exp(2 pi i x / pitch)) over sum(w^2), about 1 for peaks anywhere,
    and its phase in cells (0-1). Peaks have weights of at most 1, so contrast does not count.
    """
    turn = np.exp(2j * np.pi * axis.places[None] / pitches[:, None]) @ axis.weights
    power = np.abs(turn) ** 2 / max(float((axis.weights**2).sum()), 1e-9)
    return power, np.angle(turn) / (2 * np.pi) % 1.0


def _free(across: GridAxis, down: GridAxis) -> list[_Guess]:
    """Grids of one cell size that start anywhere: cropped pictures, borders."""
    longest, shortest = max(across.size, down.size), min(across.size, down.size)
    smallest = max(_SMALLEST, longest / _MOST_CELLS)
    cells = np.arange(4 * longest / shortest, longest / smallest, 0.125)
    if len(cells) < 3:
        return []
    pitches = longest / cells
    (power_x, phase_x), (power_y, phase_y) = (
        periodogram(across, pitches),
        periodogram(down, pitches),
    )
    joint = power_x + power_y
    peak = np.flatnonzero((joint[1:-1] >= joint[:-2]) & (joint[1:-1] >= joint[2:])) + 1
    peak = peak[np.argsort(-joint[peak], kind="stable")[:_PROPOSED]]
    guesses = []
    for wobble in WOBBLES[1:]:
        x = grid_scores(across, pitches[peak], wobble, phase_x[peak])
        y = grid_scores(down, pitches[peak], wobble, phase_y[peak])
        guesses += [
            _Guess(
                float(x[n] + y[n]) - _FREE,
                (float(pitches[i]), float(pitches[i])),
                (float(phase_x[i]), float(phase_y[i])),
                wobble,
            )
            for n, i in enumerate(peak)
        ]
    return guesses


def _given(
    across: GridAxis,
    down: GridAxis,
    cell: tuple[float, float] | None,
    size: tuple[int, int] | None,
    offset: tuple[float, float] | None,
) -> list[_Guess]:
    """The person named the cell size or the number of cells: only phase and wobble are open."""
    axes = (across, down)
    guesses = []
    for wobble in WOBBLES:
        total, pitch, phase = 0.0, [], []
        for k, axis in enumerate(axes):
            start = offset[k] if offset else 0.0
            if size is not None:
                pitch.append(cell[k] if cell else (axis.size - start) / size[k])
            else:
                pitch.append(cell[k] if cell else 0.0)
            fits = abs(axis.size / pitch[k] - round(axis.size / pitch[k])) * pitch[k] < 1.0
            if offset is not None:
                tried = np.array([start / pitch[k]])
            elif size is not None or fits:
                tried = np.zeros(1)
            else:
                tried = np.arange(_PHASES) / _PHASES
            scores = grid_scores(axis, np.full(len(tried), pitch[k]), wobble, tried)
            phase.append(float(tried[scores.argmax()]))
            total += float(scores.max())
        guesses.append(_Guess(total, (pitch[0], pitch[1]), (phase[0], phase[1]), wobble))
    return guesses


def _anchored(across: GridAxis, down: GridAxis, offset: tuple[float, float]) -> list[_Guess]:
    """The person named the first line only."""
    longest = max(across.size, down.size)
    cells = np.arange(4, longest / max(_SMALLEST, longest / _MOST_CELLS), 0.125)
    pitches = longest / cells
    guesses = []
    for wobble in WOBBLES:
        total = grid_scores(across, pitches, wobble, offset[0] / pitches)
        total = total + grid_scores(down, pitches, wobble, offset[1] / pitches)
        guesses += [
            _Guess(float(total[i]), (p, p), (offset[0] / p, offset[1] / p), wobble)
            for i, p in enumerate(pitches.tolist())
        ]
    return guesses


def trace_lines(axis: GridAxis, pitch: float, phase: float, wobble: float) -> np.ndarray:
    """Each line at its edge: the likeliest rising course through the peaks, by dynamic programming.

    A line may take a peak near its place or, where none speaks for one, the place itself. Returns
    the lines (k,), floats, in pixels, the frame's sides included where a cell of at least half a
    cell ends there."""
    first = int(np.floor(0.5 - phase)) if phase > 0.5 else 0
    last = int(np.floor(axis.size / pitch - phase + 0.5))
    numbers = np.arange(first, max(last, first + 1) + 1)
    expected = (numbers + phase) * pitch
    density = axis.weights.sum() / axis.size + 1e-9
    states: list[tuple[np.ndarray, np.ndarray]] = []
    for k, place in enumerate(expected):
        at_frame = k in (0, len(expected) - 1) and min(place, axis.size - place) < 0.25 * pitch
        near = np.abs(axis.places - place) < 0.8 * pitch
        near &= (axis.places > 0.3 * pitch) & (axis.places < axis.size - 0.3 * pitch)
        if at_frame:
            near[:] = False
        stray = (axis.places[near] - place) / pitch
        gain = _TRUST * axis.weights[near] - _DOUBT - 0.5 * (stray / wobble) ** 2
        gain = gain - np.log(2.5066 * wobble * pitch * density)
        states.append((np.append(axis.places[near], place), np.append(gain, np.log(_NO_EDGE))))
    return np.clip(_best_course(states, pitch), 0, axis.size)


def _best_course(states: list[tuple[np.ndarray, np.ndarray]], pitch: float) -> np.ndarray:
    """Viterbi: one state a line, largest total gain, lines not closer than a quarter of a cell."""
    total, back = states[0][1], []
    for (before, _), (here, gain) in pairwise(states):
        gap = (here[:, None] - before[None]) / pitch
        way = total[None] - 200.0 * np.maximum(0, 0.25 - gap) ** 2 - 1e3 * (gap <= 0.05)
        back.append(way.argmax(1))
        total = way.max(1) + gain
    k = int(total.argmax())
    course = [states[-1][0][k]]
    for (places, _), links in zip(states[-2::-1], back[::-1], strict=True):
        k = int(links[k])
        course.append(places[k])
    return np.array(course[::-1])
