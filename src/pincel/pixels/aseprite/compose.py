"""A frame of an Aseprite file: its cels in order, put over each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from pincel.pixels.aseprite.blend import put_over, times_byte
from pincel.pixels.aseprite.model import AsepriteLayer, Cel, Contents

CLEAR = -1


@dataclass
class _Group:
    """What is drawn together: `drawn` holds (layer number + z, z, layer number or group)."""

    layer: AsepriteLayer | None = None
    drawn: list[tuple[int, int, int | _Group]] = field(default_factory=list)

    def in_order(self) -> list[int | _Group]:
        """From back to front: by layer number plus z, equal ones by z (note 5 of the format)."""
        return [what for _, _, what in sorted(self.drawn, key=lambda entry: entry[:2])]


def composed(file: Contents, frame: int) -> np.ndarray:
    """One frame as (height, width, 4) uint8. See `AsepriteFile.rgba`."""
    index = composed_indices(file, frame)
    if index is not None:
        table = np.zeros((257, 4), np.uint8)
        table[:-1] = _table(file, frame)
        return table[index]
    canvas = np.zeros((file.height, file.width, 4), np.uint8)
    _draw_group(file, frame, _plan(file, frame), canvas)
    canvas[canvas[..., 3] == 0] = 0  # what nobody sees is no colour
    return canvas


def composed_indices(file: Contents, frame: int) -> np.ndarray | None:
    """One frame as (height, width) int16, or None. See `AsepriteFile.indices`."""
    if file.mode != "indexed" or np.any(_table(file, frame)[:, 3] % 255):
        return None
    order = list(_plain_order(_plan(file, frame)))
    canvas = np.full((file.height, file.width), CLEAR, np.int16)
    clear = _table(file, frame)[:, 3] == 0
    for number in order:
        layer = None if number is None else file.layers[number]
        cel = None if number is None else file.cels[frame][number]
        if layer is None or cel is None or layer.opacity < 255 or cel.opacity < 255 or layer.blend:
            return None
        there, here = _overlap(cel, file.width, file.height)
        part = cel.pixels[here]
        seen = ~clear[part]
        if not layer.background:
            seen &= part != file.transparent
        canvas[there][seen] = part[seen]
    return canvas


def frame_under(file: Contents, frame: int) -> np.ndarray | None:
    """The colours that lie under clear pixels of one frame, (height, width, 3) uint8, 0 elsewhere;
    None where not one cel alone is drawn: what lies under several is no colour of the frame."""
    order = list(_plain_order(_plan(file, frame)))
    if len(order) != 1 or order[0] is None:
        return None
    layer, cel = file.layers[order[0]], file.cels[frame][order[0]]
    there, here = _overlap(cel, file.width, file.height)
    part = cel.pixels[here]
    clear = _colors(file, frame, part, layer)[..., 3] == 0
    stored = (
        _table(file, frame)[part] if file.mode == "indexed" else _colors(file, frame, part, layer)
    )
    found = np.zeros((file.height, file.width, 3), np.uint8)
    found[there][clear] = stored[clear][:, :3]
    return found


def _plan(file: Contents, frame: int) -> _Group:
    """The cels that are seen, in their groups where groups count; else all in one."""
    cels, shown = file.cels[frame], set(file.shown())
    whole = _Group()
    groups = [whole]
    for number, layer in enumerate(file.layers):
        level = min(layer.level, len(groups) - 1)
        inside = groups[level]
        del groups[level + 1 :]
        if layer.group:
            group = inside
            if file.isolated:
                group = _Group(layer)
                if layer.visible:
                    inside.drawn.append((number, 0, group))
            groups.append(group)
        elif number in shown and number in cels:
            z = cels[number].z
            inside.drawn.append((number + z, z, number))
    return whole


def _plain_order(group: _Group) -> Iterator[int | None]:
    """The layers from back to front; None for a group that is more than its layers."""
    for what in group.in_order():
        if isinstance(what, int):
            yield what
        elif what.layer is not None and (what.layer.opacity < 255 or what.layer.blend):
            yield None
        else:
            yield from _plain_order(what)


def _draw_group(file: Contents, frame: int, group: _Group, canvas: np.ndarray) -> None:
    for what in group.in_order():
        if isinstance(what, int):
            layer, cel = file.layers[what], file.cels[frame][what]
            there, here = _overlap(cel, file.width, file.height)
            front = _colors(file, frame, cel.pixels[here], layer)
            put_over(canvas[there], front, int(times_byte(layer.opacity, cel.opacity)), layer.blend)
        elif what.drawn and what.layer is not None:
            own = np.zeros_like(canvas)
            _draw_group(file, frame, what, own)
            put_over(canvas, own, what.layer.opacity, what.layer.blend)


def _overlap(cel: Cel, width: int, height: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Where on the canvas a cel lies, and which part of the cel that is."""
    high, wide = cel.pixels.shape[:2]
    left, top = max(cel.x, 0), max(cel.y, 0)
    right, bottom = max(min(cel.x + wide, width), left), max(min(cel.y + high, height), top)
    there = (slice(top, bottom), slice(left, right))
    return there, (slice(top - cel.y, bottom - cel.y), slice(left - cel.x, right - cel.x))


def _table(file: Contents, frame: int) -> np.ndarray:
    """The colours that indices can mean, (256, 4); those that the palette lacks are clear."""
    table = np.zeros((256, 4), np.uint8)
    entries = file.palettes[frame][:256]
    table[: len(entries)] = entries
    return table


def _colors(file: Contents, frame: int, pixels: np.ndarray, layer: AsepriteLayer) -> np.ndarray:
    if file.mode == "rgba":
        return pixels
    if file.mode == "grey":
        return pixels[..., [0, 0, 0, 1]]
    table = _table(file, frame)
    if not layer.background:
        table[file.transparent] = 0
    return table[pixels]
