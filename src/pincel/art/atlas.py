"""Sprite sheets: many sprites packed into one picture, and the files that engines read with it.

One JSON serves TexturePacker's array format and `aseprite --format json-array` readers alike
(Phaser, PixiJS, Godot and Unity importers, LÖVE); a SpriteFrames resource serves Godot 4, a
.tpsheet TexturePacker's importer for Unity.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pincel.art.aseprite import Tag, write_aseprite
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.errors import PincelError
from pincel.pixels.encode import indexed_png, png
from pincel.pixels.limits import MOST_PIXELS
from pincel.pixels.picture import Picture

LAYOUTS = ("tight", "grid", "rows")
FORMATS = ("png", "json", "godot", "unity", "aseprite")
_UNSAID_DURATION = 100  # ms
_CODE = np.array([65536, 256, 1], np.int32)


@dataclass(frozen=True)
class Cell:
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
        return (self.width, self.height) != (self.wide, self.high)


@dataclass(frozen=True, eq=False)
class Atlas:
    """A packed sheet.

    pixels  (height, width, 4) uint8
    sheet   the same as an indexed sprite with one palette for all; None where the sprites have
            more than 256 colours together or are half-transparent
    cells   one for each frame, in the order given; equal frames share their place
    tags    one for each sprite: which cells it has
    """

    pixels: np.ndarray
    sheet: Sprite | None
    cells: tuple[Cell, ...]
    tags: tuple[Tag, ...]

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        return self.pixels.shape[0]

    @property
    def filled(self) -> float:
        """The share of the sheet that cells cover, 0 to 1."""
        places = {(c.x, c.y, c.width, c.height) for c in self.cells}
        return sum(w * h for _, _, w, h in places) / (self.width * self.height)

    def save(
        self, path: str | os.PathLike, also: Iterable[str] = ("json",), *, force: bool = False
    ) -> list[Path]:
        """Write the PNG called `path` and beside it what engines read (see FORMATS). Existing files
        are only replaced with `force`. Returns the paths."""
        from pincel.art.export import write_file

        target = Path(os.fspath(path).removesuffix(".png"))
        files = atlas_files(self, target.name, ("png", *also))
        return [write_file(Path(f"{target}{end}"), data, force=force) for end, data in files]


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

    layout        "tight": as small as it gets (skyline, bottom-left; Jylänki, 2010); "grid": equal
                  cells, `columns` across; "rows": equal cells, one row for each sprite
    padding       free pixels between cells
    extrude       repeat the border of every cell this often, against bleeding when scaled
    trim          leave transparent borders out of the sheet
    power_of_two  sides 2, 4, 8, ... as old graphics chips want them
    largest       the longest side allowed

    One frame is called by its sprite's name ("hero"), several are numbered ("hero_0"). Frames that
    are equal share a place. PincelError where the sheet would be too large.
    """
    if not sprites:
        raise PincelError("sheet.nothing")
    names = _distinct_names([sprite.name for sprite in sprites])
    animations = [_frames(sprite) for sprite in sprites]
    frames = [frame for animation in animations for frame in animation]
    boxes = [_box(frame) if trim else (0, 0, *frame.shape[1::-1]) for frame in frames]
    parts = [f[t : t + h, x : x + w] for f, (x, t, w, h) in zip(frames, boxes, strict=True)]
    first: dict[tuple, int] = {}
    same = [first.setdefault((p.shape, p.tobytes()), n) for n, p in enumerate(parts)]
    shared = layout == "tight"  # a grid keeps every frame where one expects it
    kept = sorted(set(same)) if shared else list(range(len(parts)))

    gap = padding + 2 * extrude
    sizes = [(parts[n].shape[1] + gap, parts[n].shape[0] + gap) for n in kept]
    if layout == "tight":
        places, width, height = _tight(sizes, padding, largest, power_of_two)
    else:
        counts = [len(a) for a in animations] if layout == "rows" else None
        places, width, height = _grid(sizes, counts, columns)
    width, height = width - padding, height - padding
    if power_of_two:
        width, height = _power(width), _power(height)
    if max(width, height) > largest or width * height > MOST_PIXELS:
        raise PincelError("sheet.too_large", width=width, height=height, largest=largest)

    pixels = np.zeros((height, width, 4), np.uint8)
    at: dict[int, tuple[int, int]] = {}
    for number, (x, y) in zip(kept, places, strict=True):
        part = np.pad(parts[number], ((extrude, extrude), (extrude, extrude), (0, 0)), "edge")
        pixels[y : y + part.shape[0], x : x + part.shape[1]] = part
        at[number] = (x + extrude, y + extrude)
    spots = [at[same[n] if shared else n] for n in range(len(parts))]
    cells, tags = _told(names, sprites, frames, spots, boxes)
    return Atlas(pixels, _indexed(pixels, sprites), cells, tags)


def _told(
    names: list[str],
    sprites: Sequence[Sprite | Picture],
    frames: list[np.ndarray],
    spots: list[tuple[int, int]],
    boxes: list[tuple[int, int, int, int]],
) -> tuple[tuple[Cell, ...], tuple[Tag, ...]]:
    cells: list[Cell] = []
    tags: list[Tag] = []
    for name, sprite in zip(names, sprites, strict=True):
        start, count = len(cells), len(sprite.frames)
        tags.append(Tag(name, start, start + count - 1))
        for index, number in enumerate(range(start, start + count)):
            (x, y), (left, top, wide, high) = spots[number], boxes[number]
            height, width = frames[number].shape[:2]
            label = name if count == 1 else f"{name}_{index}"
            time = sprite.durations[index] or _UNSAID_DURATION
            cells.append(Cell(label, x, y, wide, high, left, top, width, height, time))
    return tuple(cells), tuple(tags)


def _frames(sprite: Sprite | Picture) -> list[np.ndarray]:
    if isinstance(sprite, Sprite):
        return [sprite.rgba(n) for n in range(len(sprite.frames))]
    cleared = []
    for frame in sprite.frames:
        frame = frame.copy()
        frame[frame[..., 3] == 0] = 0  # what nobody sees is no colour
        cleared.append(frame)
    return cleared


def _distinct_names(names: Iterable[str]) -> list[str]:
    taken: set[str] = set()
    result = []
    for name in names:
        label, count = name, 1
        while label in taken:
            count += 1
            label = f"{name}-{count}"
        taken.add(label)
        result.append(label)
    return result


def _box(frame: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, width, height of what is seen; one pixel where nothing is."""
    seen = frame[..., 3] > 0
    if not seen.any():
        return 0, 0, 1, 1
    columns, rows = np.flatnonzero(seen.any(0)), np.flatnonzero(seen.any(1))
    left, top = int(columns[0]), int(rows[0])
    return left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1


# --- placing ---


def _grid(
    sizes: list[tuple[int, int]], counts: list[int] | None, columns: int | None
) -> tuple[list[tuple[int, int]], int, int]:
    """Equal cells; `counts` gives every sprite its own row."""
    wide, high = max(w for w, _ in sizes), max(h for _, h in sizes)
    if counts is not None:
        spots = [(c, row) for row, count in enumerate(counts) for c in range(count)]
        across = max(counts)
    else:
        across = min(columns or math.ceil(math.sqrt(len(sizes) * high / wide)), len(sizes))
        spots = [(n % across, n // across) for n in range(len(sizes))]
    places = [(c * wide, r * high) for c, r in spots]
    return places, across * wide, (spots[-1][1] + 1) * high


def _tight(
    sizes: list[tuple[int, int]], padding: int, largest: int, power_of_two: bool
) -> tuple[list[tuple[int, int]], int, int]:
    """Try several widths; keep the smallest sheet, of equals the squarest."""
    side = math.sqrt(sum(w * h for w, h in sizes))
    least, most = max(w for w, _ in sizes), sum(w for w, _ in sizes)
    if power_of_two:
        widths = [(1 << bits) + padding for bits in range(16)]
    else:
        tries = 24 if len(sizes) < 300 else 8
        widths = sorted({round(side * (0.85 + 0.7 * n / tries)) for n in range(tries)})
        widths = [max(w, least) for w in widths if w <= most] + [min(most, largest + padding)]
    best = None
    for width in widths:
        if not least <= width <= max(least, largest + padding):
            continue
        places, height = _skyline(sizes, width)
        used = max(x + w for (x, _), (w, _) in zip(places, sizes, strict=True))
        shown = (used - padding, height - padding)
        if power_of_two:
            shown = (_power(shown[0]), _power(shown[1]))
        cost = (max(shown) > largest, shown[0] * shown[1], max(shown))
        if best is None or cost < best[0]:
            best = cost, (places, used, height)
    if best is None:  # wider than allowed, whatever one does: refused by the caller
        return [(0, 0)] * len(sizes), least, max(h for _, h in sizes)
    return best[1]


def _skyline(sizes: list[tuple[int, int]], width: int) -> tuple[list[tuple[int, int]], int]:
    """Place the tallest first, each as far up and then as far left as it goes."""
    line = [(0, 0, width)]  # x, y, length: the lower edge of what is placed
    places: list[tuple[int, int]] = [(0, 0)] * len(sizes)
    bottom = 0
    order = sorted(range(len(sizes)), key=lambda n: (-sizes[n][1], -sizes[n][0], n))
    for number in order:
        wide, high = sizes[number]
        y, x = min(_fits(line, wide, width))
        places[number] = (x, y)
        bottom = max(bottom, y + high)
        line = _raised(line, x, y + high, wide)
    return places, bottom


def _fits(line: list[tuple[int, int, int]], wide: int, width: int) -> Iterable[tuple[int, int]]:
    for start, (x, _, _) in enumerate(line):
        if x + wide > width and start:
            break
        y, at = 0, start
        while at < len(line) and line[at][0] < x + wide:
            y = max(y, line[at][1])
            at += 1
        yield y, x


def _raised(
    line: list[tuple[int, int, int]], x: int, y: int, wide: int
) -> list[tuple[int, int, int]]:
    """The skyline after something of this width was placed at x with its lower edge at y."""
    result = [(x, y, wide)]
    for left, height, length in line:
        right = left + length
        if left < x:
            result.append((left, height, min(right, x) - left))
        if right > x + wide:
            start = max(left, x + wide)
            result.append((start, height, right - start))
    result.sort()
    merged: list[tuple[int, int, int]] = []
    for left, height, length in result:
        if merged and merged[-1][1] == height and merged[-1][0] + merged[-1][2] == left:
            merged[-1] = (merged[-1][0], height, merged[-1][2] + length)
        else:
            merged.append((left, height, length))
    return merged


def _power(side: int) -> int:
    return 1 << max(side - 1, 0).bit_length()


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
    return Sprite((index,), palette.reshape(-1, 3), name="sheet")


# --- files ---


def atlas_files(
    atlas: Atlas, name: str, formats: Iterable[str] = ("png", "json")
) -> list[tuple[str, bytes]]:
    """The sheet as (suffix, bytes): the picture and, by name, what engines read beside it.

    name  what the files will be called, without folder and suffix: they point to each other
    """
    made: list[tuple[str, bytes]] = []
    for one in formats:
        if one not in _WRITERS:
            raise PincelError("sheet.format", format=one, formats=", ".join(FORMATS))
        suffix, write = _WRITERS[one]
        made.append((suffix, write(atlas, name)))
    return made


def _picture(atlas: Atlas, name: str) -> bytes:
    if atlas.sheet is not None:
        return indexed_png(atlas.sheet.indices, atlas.sheet.palette)
    return png(atlas.pixels)


def describe(atlas: Atlas, image: str) -> dict:
    """The sheet as TexturePacker's JSON (array) and Aseprite's `json-array` tell it."""
    frames = [
        {
            "filename": cell.name,
            "frame": {"x": cell.x, "y": cell.y, "w": cell.width, "h": cell.height},
            "rotated": False,
            "trimmed": cell.trimmed,
            "spriteSourceSize": {
                "x": cell.left,
                "y": cell.top,
                "w": cell.width,
                "h": cell.height,
            },
            "sourceSize": {"w": cell.wide, "h": cell.high},
            "duration": cell.duration,
        }
        for cell in atlas.cells
    ]
    tags = [
        {"name": tag.name, "from": tag.first, "to": tag.last, "direction": "forward"}
        for tag in atlas.tags
    ]
    meta = {
        "app": "pincel",
        "version": "1.0",
        "image": image,
        "format": "I8" if atlas.sheet is not None else "RGBA8888",
        "size": {"w": atlas.width, "h": atlas.height},
        "scale": "1",
        "frameTags": tags,
        "layers": [{"name": "Layer", "opacity": 255, "blendMode": "normal"}],
        "slices": [],
    }
    return {"frames": frames, "meta": meta}


def _json(atlas: Atlas, name: str) -> bytes:
    text = json.dumps(describe(atlas, f"{name}.png"), indent=1, ensure_ascii=False)
    return (text + "\n").encode()


def _godot(atlas: Atlas, name: str) -> bytes:
    """A SpriteFrames resource of Godot 4: one animation for each sprite, times kept."""
    lines = [
        f'[gd_resource type="SpriteFrames" load_steps={len(atlas.cells) + 2} format=3]',
        "",
        f'[ext_resource type="Texture2D" path="{name}.png" id="1"]',
    ]
    for number, cell in enumerate(atlas.cells):
        lines += [
            "",
            f'[sub_resource type="AtlasTexture" id="AtlasTexture_{number}"]',
            'atlas = ExtResource("1")',
            f"region = Rect2({cell.x}, {cell.y}, {cell.width}, {cell.height})",
        ]
        if cell.trimmed:
            more = (cell.wide - cell.width, cell.high - cell.height)
            lines.append(f"margin = Rect2({cell.left}, {cell.top}, {more[0]}, {more[1]})")
        lines.append("filter_clip = true")
    animations = []
    for tag in atlas.tags:
        run = range(tag.first, tag.last + 1)
        base = min(atlas.cells[n].duration for n in run)
        frames = ", ".join(
            f'{{\n"duration": {_decimal(atlas.cells[n].duration / base)},\n'
            f'"texture": SubResource("AtlasTexture_{n}")\n}}'
            for n in run
        )
        label = tag.name.replace("\\", "\\\\").replace('"', '\\"')
        animations.append(
            f'{{\n"frames": [{frames}],\n"loop": true,\n"name": &"{label}",\n'
            f'"speed": {_decimal(1000 / base)}\n}}'
        )
    lines += ["", "[resource]", f"animations = [{', '.join(animations)}]", ""]
    return "\n".join(lines).encode()


def _decimal(number: float) -> str:
    text = f"{number:.6g}"
    return text if "." in text or "e" in text else text + ".0"


def _unity(atlas: Atlas, name: str) -> bytes:
    """A .tpsheet, format 40300: y counts from below, the pivot is the middle of the whole frame."""
    lines = [
        "#",
        "# Sprite sheet data for Unity: read by TexturePacker's importer (Unity asset store).",
        "# Names are <sprite>_<frame>, as Unity's own slicer gives them.",
        "#",
        ":format=40300",
        f":texture={name}.png",
        f":size={atlas.width}x{atlas.height}",
        ":pivotpoints=enabled",
        ":borders=disabled",
        ":alphahandling=ClearTransparentPixels",
        "",
    ]
    for cell in atlas.cells:
        pivot_x = (cell.wide / 2 - cell.left) / cell.width
        pivot_y = 1 - (cell.high / 2 - cell.top) / cell.height
        place = f"{cell.x};{atlas.height - cell.y - cell.height};{cell.width};{cell.height}"
        label = cell.name.replace(";", "_")
        lines.append(f"{label};{place}; {pivot_x:.6g};{pivot_y:.6g}; 0;0;0;0")
    return ("\n".join(lines) + "\n").encode()


def _aseprite(atlas: Atlas, name: str) -> bytes:
    """All frames one after the other, a tag for each sprite; smaller ones in the upper left."""
    if atlas.sheet is None:
        raise PincelError("sheet.too_many_colors")
    wide, high = max(c.wide for c in atlas.cells), max(c.high for c in atlas.cells)
    frames = []
    for cell in atlas.cells:
        frame = np.full((high, wide), TRANSPARENT, np.int16)
        part = atlas.sheet.indices[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width]
        frame[cell.top : cell.top + cell.height, cell.left : cell.left + cell.width] = part
        frames.append(frame)
    durations = tuple(cell.duration for cell in atlas.cells)
    sprite = Sprite(tuple(frames), atlas.sheet.palette, durations, name)
    return write_aseprite(sprite, tags=atlas.tags)


_WRITERS: dict[str, tuple[str, Callable[[Atlas, str], bytes]]] = {
    "png": (".png", _picture),
    "json": (".json", _json),
    "godot": (".tres", _godot),
    "unity": (".tpsheet", _unity),
    "aseprite": (".aseprite", _aseprite),
}
