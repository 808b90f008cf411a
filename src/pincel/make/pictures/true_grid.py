"""Pixel art given to the engine, enlarged or at its own size: it has a grid already, and is drawn
on that one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pincel.art.enlarged import true_grid
from pincel.art.grid import Grid
from pincel.art.sprite import Sprite
from pincel.make.pictures.restore import palette_of_cells, read_cells, variance_explained
from pincel.pixels.picture import Picture

_LARGEST = 160  # cells of a side: what is larger is no sprite,
_LARGEST_CLEAN = 640  # unless it was enlarged by a whole number: a game's screen
_RICHEST = 64  # colours, that a sprite has at most: what has more is an enlarged photograph
_CERTAIN = 9.0  # evidence of a picture that was enlarged once; where there is less:
_EXPLAINED = 0.9  # of the picture's variance by flat cells
_REMEMBERED = 4  # pictures: whoever moves a slider asks again for the same one
_last: dict[tuple[object, ...], tuple[Picture, Grid] | None] = {}


def at_true_size(picture: Picture) -> tuple[Picture, Grid] | None:
    """A picture of enlarged pixel art with one pixel a cell, and the grid that it was read on;
    None for any other picture, photographs above all. One grid and one palette for all frames.
    The last few files are remembered, by their hash: it depends on nothing else."""
    key = (picture.info.get("sha256"), picture.name, picture.rgba.shape, len(picture.frames))
    if key[0] is None:
        return _at_true_size(picture)
    if key not in _last:
        for oldest in list(_last)[: len(_last) - _REMEMBERED + 1]:
            del _last[oldest]
        _last[key] = _at_true_size(picture)
    return _last[key]


def drawn_already(picture: Picture, most: int) -> bool:
    """Whether every pixel of a picture at its own size may stay as it is: no larger than a sprite,
    at most `most` colours in all its frames together."""
    if max(picture.width, picture.height) > _LARGEST:
        return False
    worn: np.ndarray = np.zeros((0, 3), np.uint8)
    for frame in picture.frames:
        seen = frame[frame[..., 3] > 0][:, :3]
        worn = np.unique(np.concatenate([worn, seen]), axis=0)
        if len(worn) > most:
            return False
    return True


def _at_true_size(picture: Picture) -> tuple[Picture, Grid] | None:
    grid = true_grid(picture.rgba)
    largest = _LARGEST_CLEAN if grid is not None and grid.wobble == 0 else _LARGEST
    if grid is None or max(grid.width, grid.height) > largest:
        return None
    labels, palette = palette_of_cells([read_cells(frame, grid) for frame in picture.frames])
    if len(palette) > _RICHEST:
        return None
    sprite = Sprite(tuple(labels), palette, picture.durations)
    if grid.evidence < _CERTAIN and variance_explained(picture.rgba, grid, sprite) < _EXPLAINED:
        return None
    frames = tuple(sprite.rgba(number) for number in range(len(labels)))
    return replace(picture, frames=frames), grid
