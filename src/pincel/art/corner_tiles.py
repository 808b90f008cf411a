"""Two grounds that meet, as the sixteen tiles of which each corner is of one ground or the other
(a corner Wang set; H. Wang, 1961).

The line between the grounds follows the corners and a little chance that is the same at every
border, and runs straight across it, so tiles whose corners agree join to the pixel. The four by
four tiles of the sheet stand so that they join one another, and the sheet itself on all sides.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from skimage.measure import label

from pincel.art.ground_kinds import GROUNDS, HIGH, MIRE, GroundLook
from pincel.art.grounds import ground_plot, ground_ramps, merged
from pincel.art.plots import BODY, DEEP, DIM, PALE, SHINE, Plot, Ramp, beside, grounds_sprite
from pincel.art.sprite import Sprite

CORNERS = np.array([[0, 0, 0, 1], [0, 0, 1, 0], [1, 0, 1, 1], [0, 1, 1, 1]])
COUNT = 4
"""So many tiles stand beside and below one another in a sheet."""
PLACES = ("nw", "ne", "sw", "se")
_BANK: Ramp = ("2c1c14", "48301e", "6a482c", "8c6440", "b08858")
"""The earth under what grows beside water."""
_RAGGED = 0.11


def corners_of(number: int) -> tuple[int, int, int, int]:
    """Which corners of a tile of the sheet, from 0 to 15, are of the first ground (1): above left
    and right, below left and right."""
    y, x = divmod(number, COUNT)
    below, right = (y + 1) % COUNT, (x + 1) % COUNT
    found = (CORNERS[at] for at in ((y, x), (y, right), (below, x), (below, right)))
    a, b, c, d = map(int, found)
    return a, b, c, d


def corner_sheet(first: GroundLook, second: GroundLook, side: int = 32, frames: int = 1) -> Sprite:
    """The sixteen tiles of two grounds in a sheet of four by four tiles of `side` pixels, of so
    many frames. A kind or a colour that nobody knows raises KeyError."""
    drawn = [_sheet(first, second, side, number / frames) for number in range(frames)]
    materials, codes = merged(drawn)
    ramps: dict[str, Ramp] = {"bank": _BANK}
    for place, look in enumerate((first, second)):
        ramps |= {f"{place} {name}": ramp for name, ramp in ground_ramps(look).items()}
    return grounds_sprite(codes, materials, ramps)


def _sheet(
    first: GroundLook, second: GroundLook, side: int, phase: float
) -> tuple[np.ndarray, list[str]]:
    parts = []
    for number in range(COUNT * COUNT):
        plots = [
            ground_plot(replace(look, seed=COUNT * COUNT * look.seed + number), side, phase)
            for look in (first, second)
        ]
        line = Plot(side - 1 - 2 * flat_of(side), first.base, number, "between")
        mask = meeting(corners_of(number), line, side)
        kinds = GROUNDS[first.kind], GROUNDS[second.kind]
        above = 0 if kinds[0].height >= kinds[1].height else 1
        heights = kinds[above].height, kinds[1 - above].height
        parts.append(_joined(plots, mask, above, heights))
    materials, codes = merged(parts)
    rows = [np.concatenate(codes[n : n + COUNT], 1) for n in range(0, COUNT * COUNT, COUNT)]
    return np.concatenate(rows, 0), materials


def flat_of(side: int) -> int:
    """So many pixels before a border the line between two grounds runs straight on."""
    return max(2, side // 11)


def meeting(corners: tuple[int, int, int, int], line: Plot, side: int) -> np.ndarray:
    """Where a tile of `side` pixels is of the first ground, bool (side, side), as its corners are;
    `line` is what the chance of it comes from, as large as a tile without its flat borders."""
    along = np.clip(np.arange(side) - flat_of(side), 0, line.side)
    part = along / line.side
    part = part * part * (3 - 2 * part)
    a, b, c, d = corners
    left, right = a + (c - a) * part[:, None], b + (d - b) * part[:, None]
    level = left + (right - left) * part[None] - 0.5
    chance = line.field(max(4.0, side / 5)) + 0.3 * line.field(3.5)
    ragged = np.clip(_RAGGED * chance, -0.3, 0.3)[np.ix_(along % line.side, along % line.side)]
    return _calmed(level + ragged > 0)


def _calmed(mask: np.ndarray) -> np.ndarray:
    """Without crumbs and pinholes; what touches the border stays."""
    for _ in range(2):
        held = np.pad(mask, 1, mode="edge").astype(int)
        near = [np.roll(held, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
        mask = (np.sum(near, 0) > 4)[1:-1, 1:-1]
    for whole in (True, False):
        pieces, count = label(mask == whole, return_num=True, connectivity=1)
        sizes = np.bincount(pieces.ravel(), minlength=count + 1)
        rim = np.ones(mask.shape, bool)
        rim[1:-1, 1:-1] = False
        sizes[np.unique(pieces[rim])] = mask.size
        mask = np.where((sizes < mask.size // 40)[pieces] & (mask == whole), not whole, mask)
    return mask


def _joined(
    plots: list[Plot], first: np.ndarray, above: int, heights: tuple[int, int]
) -> tuple[np.ndarray, list[str]]:
    """A tile of two plots, codes (side, side) and their materials; `above` is the one that lies
    higher, `heights` how high both lie, the higher one first."""
    named = [(p.codes, [f"{n} {name}" for name in p.materials]) for n, p in enumerate(plots)]
    materials, (one, other) = merged(named)
    own, beneath = (materials.index(_most(*named[place])) for place in (above, 1 - above))
    materials.append("bank")
    codes = np.where(first, one, other)
    over = first if above == 0 else ~first
    rim = 2 + (2 if len(over) == 16 else 3)
    marks = _marks(np.pad(over, rim, mode="edge"), heights, (own, beneath, len(materials) - 1))
    for mask, code in marks:
        codes[mask[rim:-rim, rim:-rim]] = code
    return codes, materials


def _marks(
    over: np.ndarray, heights: tuple[int, int], places: tuple[int, int, int]
) -> list[tuple[np.ndarray, int]]:
    """What is laid along the line: where, bool (h, w), and which code. `over` is where the higher
    ground is, with a rim around the tile; `places` are the numbers of its material, that of the
    lower ground and the bank's."""
    own, beneath, bank = (8 * place for place in places)
    under = ~over
    if heights[0] < HIGH:
        marks = [(over & _around(under), own + DIM)]
    else:
        top, low = over & beside(under, 1, 0), over & beside(under, -1, 0)
        marks = [(over & _around(under), own + DIM), (top, own + PALE), (low, own + DEEP)]
    if heights[1] > MIRE:
        return [*marks, (under & _around(over), beneath + DEEP)]
    solid = over
    if heights[0] == HIGH:  # earth below the edge, as far down as lines run straight
        deep = 2 if len(over) == 16 + 8 else 3
        for step in range(1, deep + 1):
            face = beside(over, step, 0) & ~solid
            marks.append((face, bank + (DEEP if step == 1 else BODY if step < deep else DIM)))
            solid = solid | face
    return [*marks, (~solid & _around(solid), beneath + SHINE)]


def _around(mask: np.ndarray) -> np.ndarray:
    """Where the pixel above, below, left or right is of a mask, bool (h, w)."""
    return beside(mask, 1, 0) | beside(mask, -1, 0) | beside(mask, 0, 1) | beside(mask, 0, -1)


def _most(codes: np.ndarray, names: list[str]) -> str:
    """The material that most of a plot is of."""
    return names[int(np.bincount(codes.ravel() // 8, minlength=len(names)).argmax())]


def corner_facts(first: str, second: str, side: int) -> dict[str, object]:
    """Where each tile of a sheet is, in pixels, and of which ground each of its corners is."""
    grounds = (second, first)
    tiles = []
    for number in range(COUNT * COUNT):
        y, x = divmod(number, COUNT)
        corners = {p: grounds[c] for p, c in zip(PLACES, corners_of(number), strict=True)}
        tiles.append({"id": number, "x": x * side, "y": y * side, **corners})
    return {"tile": side, "columns": COUNT, "grounds": [first, second], "tiles": tiles}
