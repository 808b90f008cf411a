"""One sprite becomes a short animation: its own pixels move by whole pixels, nothing is redrawn.

Every frame is made of rows and pixels of the sprite, so palette and body stay as they are, and the
last frame leads back to the first, which is the sprite itself. Where the feet are, where a body
may sink by a row and which pixels are legs is read from the sprite: its rows, its outline, what
stands on its lowest line.

Palette entries are (h, w) int16, -1 transparent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.tidy import touching_parts
from pincel.errors import PincelError
from pincel.pixels.animation import Tag
from pincel.pixels.color import srgb_to_oklab

MOTIONS = ("idle", "walk", "hover", "squash", "glint")
DURATIONS = {"idle": 250, "walk": 140, "hover": 160, "squash": 140, "glint": 90}
"""Milliseconds of each frame."""
REST = 700
"""Milliseconds that a thing is still before the next light passes over it."""
LEAST = 4
"""A sprite with fewer rows has nothing to move."""
_BAND = (0.22, 0.8)
"""Shares of the height, from the ground, between which a standing body may be cut."""
_LEGS = 0.45
"""Legs end below this share of the height."""
_ROBE = 0.22
"""Share of the height whose two halves take steps where there are no legs."""


@dataclass(frozen=True)
class Box:
    """What is drawn of a sprite: rows top..bottom and columns left..right, both ends included."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """In rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """In columns."""
        return self.right - self.left + 1


def box_of(index: np.ndarray) -> Box:
    """The box around what is drawn of palette entries `index` (h, w) int, -1 transparent.
    PincelError where too little is."""
    rows, columns = np.flatnonzero((index >= 0).any(1)), np.flatnonzero((index >= 0).any(0))
    if len(rows) < LEAST or len(columns) < 2:
        raise PincelError("animate.too_small", least=LEAST)
    return Box(int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1]))


def moving(sprite: Sprite, motions: Sequence[str], frames: int, fps: float | None = None) -> Sprite:
    """The sprite in motion: for each of `motions` (see MOTIONS) so many frames and a tag of its
    name. fps: frames a second; None: as suits the motion. PincelError: see `animated`."""
    shown: list[np.ndarray] = []
    times: list[int] = []
    tags: list[Tag] = []
    for motion in motions:
        made, lasting = animated(sprite.indices, sprite.palette, motion, frames)
        tags.append(Tag(motion, len(shown), len(shown) + frames - 1))
        shown += made
        times += lasting if fps is None else [round(1000 / fps)] * frames
    return replace(
        sprite, frames=tuple(shown), durations=tuple(times), tags=tuple(tags), under=None
    )


def animated(
    index: np.ndarray, palette: np.ndarray, motion: str, frames: int
) -> tuple[tuple[np.ndarray, ...], tuple[int, ...]]:
    """The frames (each (h, w) int16, the first one is `index`) and their durations in
    milliseconds, of entries `index` (h, w) int16 of a palette (k, 3) uint8.

    motion  one of MOTIONS;  frames  2 to 8
    PincelError where the sprite is too small, fills its canvas (hover) or has one shade (glint).
    """
    made = {
        "idle": lambda: idle(index, frames),
        "walk": lambda: walk(index, frames),
        "hover": lambda: hover(index, frames),
        "squash": lambda: squash(index, frames),
        "glint": lambda: glint(index, palette, frames),
    }[motion]()
    times = [DURATIONS[motion]] * frames
    if motion == "glint":
        times[0] = REST
    return tuple(np.ascontiguousarray(frame, np.int16) for frame in made), tuple(times)


# ------------------------------------------------------------------------------------------ idle


def idle(index: np.ndarray, frames: int) -> list[np.ndarray]:
    """Breathing, of palette entries `index` (h, w) int16, -1 transparent: the body sinks by a row
    and the head follows a moment later, while the feet stay. A body is cut into half
    as many pieces as there are frames; each sinks, and each rises again, one after the other from
    below: no two frames are the same where the rows of each piece differ."""
    box = box_of(index)
    pieces = min(-(-frames // 2), box.height - 2)
    cuts = _cuts(index, box, pieces)
    made = []
    for number in range(frames):
        state = round(number * 2 * pieces / frames)
        down = [int(piece < state <= piece + pieces) for piece in range(pieces)]
        made.append(_sunk(index, box, cuts, down))
    return made


def _cuts(index: np.ndarray, box: Box, pieces: int) -> list[int]:
    """For each piece, from the lowest up, the row below which it begins: in its share of the
    height the row that is most like the next one, so that it can be left out or shown twice."""
    low, high = _BAND
    edges = [box.bottom - (low + (high - low) * k / pieces) * box.height for k in range(pieces + 1)]
    found: list[int] = []
    for k in range(pieces):
        most = found[-1] - 1 if found else box.bottom - 1
        last = min(round(edges[k]), most)
        first = max(min(round(edges[k + 1]) + 1, last), box.top + 1)
        found.append(min(range(first, last + 1), key=lambda row: (_unlike(index, row), -row)))
    return found


def _unlike(index: np.ndarray, row: int) -> int:
    """How many pixels of a row differ from those above; what is drawn in one alone counts more."""
    here, above = index[row], index[row - 1]
    return int((here != above).sum() + 2 * ((here >= 0) != (above >= 0)).sum())


def _sunk(index: np.ndarray, box: Box, cuts: list[int], down: list[int]) -> np.ndarray:
    """Each piece above its cut lower by a row, or not: a row is left out or shown twice there."""
    rows = list(range(len(index) - 1, cuts[0] - 1, -1))  # from below; the feet
    before = 0
    for place, (cut, low) in enumerate(zip(cuts, down, strict=True)):
        end = cuts[place + 1] if place + 1 < len(cuts) else 0
        piece = list(range(cut - 1, end - 1, -1))
        if low > before:
            piece = piece[1:]
        elif low < before:
            piece.insert(0, rows[-1])
        rows += piece
        before = low
    made = np.full_like(index, -1)
    kept = rows[: len(index)]
    made[len(index) - len(kept) :] = index[kept[::-1]]
    return made


# ------------------------------------------------------------------------------------------ walk


def walk(index: np.ndarray, frames: int) -> list[np.ndarray]:
    """Steps, of palette entries `index` (h, w) int16, -1 transparent: stand, one foot up, stand,
    the other. What touches the ground apart are the feet; where it is one piece (a robe) its two
    halves are. While a foot is up the body rises with it by a pixel, where there is room above."""
    box = box_of(index)
    first, second, top = _feet(index, box)
    high = 2 if box.bottom - top >= 6 else 1
    rise = int(box.top > 0 and box.bottom - top >= 4)
    made = []
    for number in range(frames):
        turn = 2 * number / frames
        part = turn % 1 if frames > 2 else 0.5 * number
        up = round(high * np.sin(np.pi * part))
        foot = first if turn < 1 else second
        made.append(_stepped(index, foot, top, up, rise * (up > 0)))
    return made


def _feet(index: np.ndarray, box: Box) -> tuple[np.ndarray, np.ndarray, int]:
    """Two places (h, w) bool that step in turn, and the row they hang from."""
    opaque = index >= 0
    ground = box.bottom - max(1, box.height // 12)
    lowest = max(box.bottom - round(_LEGS * box.height), box.top + 1)
    for top in range(lowest, box.bottom - 1):
        below = opaque.copy()
        below[:top] = False
        number = touching_parts(below)
        names = [n for n in np.unique(number[ground:]) if n and (number == n).sum() > 2]
        names.sort(key=lambda n: np.argwhere(number == n)[:, 1].mean())
        if len(names) >= 2:
            groups = [np.isin(number, names[k::2]) for k in (0, 1)]
            return groups[0], groups[1], top
    top = box.bottom - max(2, round(_ROBE * box.height)) + 1
    below = opaque.copy()
    below[:top] = False
    columns = np.flatnonzero(opaque[box.bottom])  # both halves are to stand on the ground
    middle = (columns[0] + columns[-1] + 1) // 2
    left = below & (np.arange(index.shape[1]) < middle)
    return left, below & ~left, top


def _stepped(index: np.ndarray, foot: np.ndarray, top: int, up: int, rise: int) -> np.ndarray:
    """The sprite with one foot `up` pixels higher and the body `rise` pixels; the leg between them
    loses rows where they are most alike, what stands still gains one."""
    made = index.copy()
    if up:
        last = int(np.flatnonzero(foot.any(1))[-1])
        room = range(top, max(top + 1, last - up - 1))
        cut = min(room, key=lambda row: (_changed(index, foot, row, row + up), row))
        made[foot] = -1
        for row in range(top, last - up + 1):
            source = row if row < cut else row + up
            place = foot[source]
            made[row, place] = index[source, place]
    if rise:
        made = np.concatenate([made[1:top], made[top - 1 : top], made[top:], made[:0]])
        made = np.concatenate([made, np.full((len(index) - len(made), index.shape[1]), -1)])
    return made


def _changed(index: np.ndarray, foot: np.ndarray, row: int, other: int) -> int:
    """How many pixels of a foot change where `other` follows upon the row."""
    place = foot[row] | foot[min(other, len(foot) - 1)]
    return int((index[row] != index[min(other, len(index) - 1)])[place].sum())


# --------------------------------------------------------------------------- things: hover, glint


def hover(index: np.ndarray, frames: int) -> list[np.ndarray]:
    """Up and down again, of palette entries `index` (h, w) int16, -1 transparent, by two
    pixels where there is room, else by one."""
    box = box_of(index)
    above, below = box.top, len(index) - 1 - box.bottom
    sign, room = (-1, above) if above >= min(2, below) else (1, below)
    reach = min(2, room, max(1, box.height // 8))
    if reach < 1:
        raise PincelError("animate.no_room")
    return [np.roll(index, sign * level, 0) for level in _levels(reach, frames)]


def with_room(sprite: Sprite, motions: Sequence[str]) -> Sprite:
    """The sprite with room for these motions: if it is to hover and fills its canvas from top to
    bottom, two of its rows go, those most like the one above, and its foot stays where it is."""
    box = box_of(sprite.indices)
    if "hover" not in motions or box.height < len(sprite.indices):
        return sprite
    rows = _without(sprite.indices, 2)
    made = np.full_like(sprite.indices, TRANSPARENT)
    made[len(made) - len(rows) :] = sprite.indices[rows]
    return replace(sprite, frames=(made,))


def _levels(most: int, frames: int) -> list[int]:
    """From 0 to `most` and back, slowly at both ends, one for each frame; of two frames that are
    neighbours, at most as few are alike as whole numbers allow."""
    if most == 1:
        return [int(0 < number <= frames / 2) for number in range(frames)]
    half = frames // 2
    ways = [n / half if n <= half else (frames - n) / (frames - half) for n in range(frames)]
    return [int(np.floor(most * (1 - np.cos(np.pi * way)) / 2 + 0.5)) for way in ways]


def squash(index: np.ndarray, frames: int) -> list[np.ndarray]:
    """Lower and wider, then as before, of palette entries `index` (h, w) int16, -1 transparent: a
    row goes, then a column comes, and the ground stays."""
    box = box_of(index)
    most = max(1, min(box.height // 8, 3))
    levels = _levels(2 * most, frames)
    return [_squashed(index, box, -(-level // 2), level // 2) for level in levels]


def _squashed(index: np.ndarray, box: Box, lower: int, wider: int) -> np.ndarray:
    if not lower:
        return index.copy()
    part = index[box.top : box.bottom + 1, box.left : box.right + 1]
    rows = _without(part, lower)
    room = min(index.shape[1] - box.width, wider)
    columns = _twice(part, room)
    small = part[rows][:, columns]
    left = min(max(box.left - room // 2, 0), index.shape[1] - len(columns))
    made = np.full_like(index, -1)
    made[box.bottom + 1 - len(rows) : box.bottom + 1, left : left + len(columns)] = small
    return made


def _without(part: np.ndarray, count: int) -> list[int]:
    """The rows but those that are most like the one above, one from each of `count` stretches."""
    height = len(part)
    edges = np.linspace(1, height - 1, count + 1).round().astype(int)
    gone = {
        min(range(a, max(b, a + 1)), key=lambda row: (_unlike(part, row), row))
        for a, b in pairwise(edges)
    }
    return [row for row in range(height) if row not in gone]


def _twice(part: np.ndarray, count: int) -> list[int]:
    """The columns, `count` of them shown twice: one from each stretch, most like the next."""
    columns = list(range(part.shape[1]))
    if not count:
        return columns
    turned = part.T
    edges = np.linspace(1, len(columns) - 1, count + 1).round().astype(int)
    again = [
        min(range(a, max(b, a + 1)), key=lambda column: (_unlike(turned, column), column))
        for a, b in pairwise(edges)
    ]
    return sorted([*columns, *again])


def glint(index: np.ndarray, palette: np.ndarray, frames: int) -> list[np.ndarray]:
    """Light that passes from the upper left to the lower right, of palette entries `index` (h, w)
    int16, -1 transparent, of `palette` (k, 3) uint8: in a slanting
    band every pixel takes the palette's next lighter colour of its kind. Outlines stay."""
    box = box_of(index)
    lighter = _lighter(palette)
    y, x = np.indices(index.shape)
    along = (y - box.top) / 2 + (x - box.left)
    inner = _inside(index >= 0)
    if inner.sum() < 0.4 * (index >= 0).sum():  # a thin thing is all outline
        inner = index >= 0
    inner = inner & (lighter[index] != index)
    places = np.unique(np.asarray(along)[inner])
    if len(places) < frames:
        raise PincelError("animate.one_shade")
    wide = max(2, box.width // 8)
    made = [index.copy()]
    for number in range(1, frames):
        middle = places[0] + (places[-1] - places[0]) * (number - 0.5) / (frames - 1)
        middle = places[np.abs(places - middle).argmin()]
        frame = index.copy()
        band = inner & (np.abs(along - middle) < wide)
        frame[band] = lighter[index[band]]
        made.append(frame)
    return made


def _lighter(palette: np.ndarray) -> np.ndarray:
    """For each entry of a palette (k, 3) uint8 the next lighter one that is near in hue, or the
    lightest near one; itself where there is none."""
    lab = srgb_to_oklab(np.asarray(palette, np.uint8))
    found = np.arange(len(palette))
    for entry, own in enumerate(lab):
        higher = lab[:, 0] - own[0]
        aside = np.hypot(*(lab[:, 1:] - own[1:]).T)
        near = (higher > 0.04) & (aside < 0.15)
        if own[0] > 0.2 and near.any():
            cost = np.where(near, np.abs(higher - 0.15) + aside, np.inf)
            found[entry] = int(cost.argmin())
    return found.astype(np.int16)


def _inside(opaque: np.ndarray) -> np.ndarray:
    """What is drawn and has drawn pixels on all four sides."""
    held = np.pad(opaque, 1)
    beside = held[:-2, 1:-1] & held[2:, 1:-1] & held[1:-1, :-2] & held[1:-1, 2:]
    return opaque & beside
