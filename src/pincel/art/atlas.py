"""Sprite sheets: many sprites packed into one picture. What engines read beside it stands in
`pincel.art.files.sheets`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pincel.art import packing
from pincel.art.files import SHEETS
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.atomic import write_new
from pincel.errors import PincelError
from pincel.pixels.animation import Slice, Tag
from pincel.pixels.picture import Picture
from pincel.pixels.size_limits import MOST_PIXELS

_UNSAID_DURATION = 100  # ms
_CODE = np.array([65536, 256, 1], np.int32)


@dataclass(frozen=True)
class Slot:
    """One frame's place in the sheet.

    x, y, width, height  the part of the sheet that holds it
    left, top            where that part lies in the whole frame (0, 0 unless trimmed)
    wide, high           the size of the whole frame
    """

    name: str
    x: int
    y: int
    width: int
    height: int
    left: int
    top: int
    wide: int
    high: int
    duration: int

    @property
    def trimmed(self) -> bool:
        """Whether transparent borders are left out of the sheet."""
        return (self.width, self.height) != (self.wide, self.high)


@dataclass(frozen=True, eq=False)
class Atlas:
    """A packed sheet.

    pixels   (height, width, 4) uint8
    sheet    the same as an indexed sprite with one palette for all; None where the sprites have
             more than 256 colours together or are half-transparent
    cells    one for each frame, in the order given; equal frames share their place
    tags     the animations: those of the sprites, one for each sprite without any
    sprites  which cells each sprite has, as tags
    slices   those of the sprites
    margin, spacing   free pixels before the first cell and between cells of a grid
    """

    pixels: np.ndarray
    sheet: Sprite | None
    cells: tuple[Slot, ...]
    tags: tuple[Tag, ...]
    sprites: tuple[Tag, ...] = ()
    slices: tuple[Slice, ...] = ()
    margin: int = 0
    spacing: int = 0

    @property
    def width(self) -> int:
        """In pixels."""
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        """In pixels."""
        return self.pixels.shape[0]

    @property
    def filled(self) -> float:
        """The share of the sheet that cells cover, 0 to 1."""
        places = {(c.x, c.y, c.width, c.height) for c in self.cells}
        return sum(w * h for _, _, w, h in places) / (self.width * self.height)

    def untold(self) -> tuple[Tag, ...]:
        """The sprites that have frames in none of their animations."""
        told = {number for tag in self.tags for number in range(tag.first, tag.last + 1)}
        return tuple(s for s in self.sprites if not told.issuperset(range(s.first, s.last + 1)))

    def save(
        self, path: str | os.PathLike, also: Iterable[str] = ("json",), *, force: bool = False
    ) -> list[Path]:
        """Write the PNG called `path` and beside it what engines read (see
        `pincel.art.files.sheets`). Existing files are only replaced with `force`. Returns the
        paths."""
        target = Path(os.fspath(path).removesuffix(".png"))
        files = atlas_files(self, target.name, ("png", *also))
        return [write_new(Path(f"{target}{end}"), data, force=force) for end, data in files]


def atlas_files(
    atlas: Atlas, name: str, wanted: Iterable[str] = ("png", "json")
) -> list[tuple[str, bytes]]:
    """The sheet as (suffix, bytes): the picture and, by name, what engines read beside it.

    name  what the files will be called, without folder and suffix: they point to each other

    Of two formats with the same suffix the later one is called by its name as well (".pixi.json",
    ".plain.json").
    """
    made: dict[str, bytes] = {}
    for one in dict.fromkeys(wanted):
        if one not in SHEETS.names():
            raise PincelError("sheet.format", format=one, formats=", ".join(SHEETS.names()))
        form = SHEETS.load(one)
        suffix = form.SUFFIX
        if suffix in made:
            suffix = f".{'plain' if one == 'json' else one}{suffix}"
        made[suffix] = form.write(atlas, name)
    return list(made.items())


def pack(
    sprites: Sequence[Sprite | Picture],
    *,
    layout: str = "tight",
    columns: int | None = None,
    padding: int = 1,
    extrude: int = 0,
    trim: bool = False,
    power_of_two: bool = False,
    largest: int = 4096,
) -> Atlas:
    """Pack sprites, still or animated, into one sheet.

    layout        "tight": as small as it gets; "grid": equal cells, `columns` across; "rows":
                  equal cells, one row for each animation
    padding       free pixels between cells
    extrude       repeat the border of every cell this often, against bleeding when scaled
    trim          leave transparent borders out of the sheet
    power_of_two  sides 2, 4, 8, ... as old graphics chips want them
    largest       the longest side allowed

    One frame is called by its sprite's name ("hero"), several are numbered ("hero_0"); those of a
    tagged animation by the first tag that has them ("hero_walk_0"). No name is given twice. Frames
    that are equal share a place. PincelError where the sheet would be too large.
    """
    if not sprites:
        raise PincelError("sheet.nothing")
    frames = [frame for sprite in sprites for frame in _frames(sprite)]
    boxes = [_box(frame) if trim else (0, 0, *frame.shape[1::-1]) for frame in frames]
    parts = [f[t : t + h, x : x + w] for f, (x, t, w, h) in zip(frames, boxes, strict=True)]
    named = _Named.of(sprites)
    first: dict[tuple, int] = {}
    same = [first.setdefault((p.shape, p.tobytes()), n) for n, p in enumerate(parts)]
    if layout != "tight":  # a grid keeps every frame where one expects it
        same = list(range(len(parts)))
    kept = sorted(set(same))

    gap = padding + 2 * extrude
    sizes = [(parts[n].shape[1] + gap, parts[n].shape[0] + gap) for n in kept]
    if layout == "tight":
        placed = packing.smallest_sheet(sizes, padding, largest, power_of_two)
    else:
        placed = packing.grid(sizes, named.runs if layout == "rows" else None, columns)
    places, *size = placed
    width, height = (packing.next_power(n - padding) if power_of_two else n - padding for n in size)
    if max(width, height) > largest or width * height > MOST_PIXELS:
        raise PincelError("sheet.too_large", width=width, height=height, largest=largest)
    pixels = _drawn([parts[n] for n in kept], places, (height, width), extrude)
    at = {n: (x + extrude, y + extrude) for n, (x, y) in zip(kept, places, strict=True)}
    times = [time or _UNSAID_DURATION for sprite in sprites for time in sprite.durations]
    cells = [
        Slot(name, *at[same[n]], wide, high, left, top, frame.shape[1], frame.shape[0], times[n])
        for n, (name, frame, (left, top, wide, high)) in enumerate(
            zip(named.frames, frames, boxes, strict=True)
        )
    ]
    return Atlas(
        pixels,
        _indexed(pixels, sprites),
        tuple(cells),
        tuple(named.tags),
        tuple(named.sprites),
        tuple(named.slices),
        margin=extrude,
        spacing=gap,
    )


def _drawn(
    parts: list[np.ndarray], places: list[tuple[int, int]], shape: tuple[int, int], extrude: int
) -> np.ndarray:
    """The sheet, (height, width, 4) uint8: every part in its place, its border repeated."""
    pixels = np.zeros((*shape, 4), np.uint8)
    for part, (x, y) in zip(parts, places, strict=True):
        part = np.pad(part, ((extrude, extrude), (extrude, extrude), (0, 0)), "edge")
        pixels[y : y + part.shape[0], x : x + part.shape[1]] = part
    return pixels


def _frames(sprite: Sprite | Picture) -> list[np.ndarray]:
    if isinstance(sprite, Sprite):
        return [sprite.rgba(n) for n in range(len(sprite.frames))]
    cleared = []
    for frame in sprite.frames:
        frame = frame.copy()
        frame[frame[..., 3] == 0] = 0  # what nobody sees is no colour
        cleared.append(frame)
    return cleared


def _box(frame: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, width, height of what is seen; one pixel where nothing is."""
    seen = frame[..., 3] > 0
    if not seen.any():
        return 0, 0, 1, 1
    columns, rows = np.flatnonzero(seen.any(0)), np.flatnonzero(seen.any(1))
    left, top = int(columns[0]), int(rows[0])
    return left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1


# --- names ---


@dataclass
class _Named:
    """What everything in a sheet is called; `runs` counts the frames of each row."""

    frames: list[str]
    tags: list[Tag]
    sprites: list[Tag]
    slices: list[Slice]
    runs: list[int]

    @classmethod
    def of(cls, sprites: Sequence[Sprite | Picture]) -> _Named:
        named = cls([], [], [], [], [])
        taken: set[str] = set()  # frames may not share a name, nor animations
        tagged: set[str] = set()
        counts: dict[str, int] = {}
        for sprite in sprites:
            while True:
                count = counts[sprite.name] = counts.get(sprite.name, 0) + 1
                label = sprite.name if count == 1 else f"{sprite.name}-{count}"
                tags = _tags(label, sprite)
                frames, runs = _frame_names(label, len(sprite.frames), tags)
                names = {tag.name for tag in tags} | {label}
                if taken.isdisjoint(frames) and tagged.isdisjoint(names):
                    break
            taken.update(frames)
            tagged.update(names)
            named._add(label, sprite, frames, tags, runs)
        return named

    def _add(
        self, label: str, sprite: Sprite | Picture, frames: list[str], tags: list[Tag], runs: list
    ) -> None:
        start = len(self.frames)
        self.frames += frames
        self.tags += [tag.moved(start) for tag in tags]
        self.sprites.append(Tag(label, start, start + len(frames) - 1))
        self.runs += runs
        known = {one.name for one in self.slices}
        for one in sprite.slices:
            name = one.name if one.name not in known else f"{label}_{one.name}"
            self.slices.append(replace(one.moved(start), name=name))


def _tags(label: str, sprite: Sprite | Picture) -> list[Tag]:
    """The animations of a sprite under their names in the sheet, its frames counted from 0."""
    last = len(sprite.frames) - 1
    if not sprite.tags:
        return [Tag(label, 0, last, repeat=sprite.plays)]
    tags: list[Tag] = []
    used: set[str] = set()
    for tag in sprite.tags:
        name, count = f"{label}_{tag.name}", 1
        while name in used:
            count += 1
            name = f"{label}_{tag.name}-{count}"
        used.add(name)
        tags.append(replace(tag, name=name))
    return tags


def _frame_names(label: str, count: int, tags: list[Tag]) -> tuple[list[str], list[int]]:
    """A name for each frame, and how many frames in a row belong to the same animation."""
    names: list[str] = []
    homes: list[str] = []
    for number in range(count):
        home = next((tag for tag in tags if tag.first <= number <= tag.last), None)
        if home is None:
            names.append(f"{label}_{number}")
        elif home.first == home.last:
            names.append(home.name)
        else:
            names.append(f"{home.name}_{number - home.first}")
        homes.append(home.name if home else "")
    runs: list[int] = []
    for number, home_name in enumerate(homes):
        if number and home_name == homes[number - 1]:
            runs[-1] += 1
        else:
            runs.append(1)
    return _distinct(names), runs


def _distinct(names: list[str]) -> list[str]:
    """The second "x" becomes "x-2"."""
    taken: set[str] = set()
    for place, name in enumerate(names):
        label, count = name, 1
        while label in taken:
            count += 1
            label = f"{name}-{count}"
        taken.add(label)
        names[place] = label
    return names


# --- one palette for all ---


def _indexed(pixels: np.ndarray, sprites: Sequence[Sprite | Picture]) -> Sprite | None:
    """The sheet with one palette: the sprites' own in their order while they fit in 256, else
    only the colours in use; None where even these are too many or alpha is soft."""
    alpha = pixels[..., 3]
    if np.any((alpha > 0) & (alpha < 255)):
        return None
    codes = pixels[..., :3].astype(np.int32) @ _CODE
    used, first = np.unique(codes[alpha > 0], return_index=True)
    if len(used) > 256:
        return None
    own = [(s.palette.astype(np.int32) @ _CODE).tolist() for s in sprites if isinstance(s, Sprite)]
    order = list(dict.fromkeys(code for codes in own for code in codes))
    if len(order) > 256 or len(own) < len(sprites):
        order = used[np.argsort(first)].tolist()
    table = np.array(order, np.int32)
    rank = np.argsort(table)
    index = np.full(codes.shape, TRANSPARENT, np.int16)
    index[alpha > 0] = rank[np.searchsorted(table[rank], codes[alpha > 0])]
    palette = np.stack([table >> 16, (table >> 8) & 255, table & 255], -1).astype(np.uint8)
    under = np.where(alpha[..., None] == 0, pixels[..., :3], np.uint8(0))
    palette = palette.reshape(-1, 3)
    return Sprite((index,), palette, name="sheet", under=under if under.any() else None)
