"""Style transfer on a sprite's own grid: a picture drawn like other sprites, in real pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pincel.art.quantize import choose_palette
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.look.seers import Seer
from pincel.look.style import ENLARGED, Course, StyleStage, transfer
from pincel.make.pictures import pixelate
from pincel.make.pictures.true_grid import at_true_size
from pincel.pixels.color import srgb_to_oklab
from pincel.pixels.picture import Picture

COLORS = 24
"""Colours that are taken from the likes when no palette is given and they have more."""
_KEPT = 8  # pictures on the way
_LARGE = 8  # pixels of a side for each cell when the engine draws what was learned


@dataclass(frozen=True, eq=False)
class Styled:
    """What style transfer drew.

    picture  (h, w, 4) uint8 as it was learned; sprite: the same in real pixels, None without grid
    plain    what `pixelate` draws with the same palette and size, None without grid
    stages   some pictures on the way, (h, w, 3) float32 each; losses: every step's parts
    """

    picture: np.ndarray
    sprite: Sprite | None
    plain: Sprite | None
    stages: tuple[np.ndarray, ...]
    losses: dict[str, tuple[float, ...]] = field(default_factory=dict)


def true_sized(picture: Picture) -> np.ndarray:
    """Pixel art at its true size, (h, w, 4) uint8; any other picture as it is."""
    found = at_true_size(picture)
    return picture.rgba if found is None else found[0].rgba


def palette_of_sprites(likes: Sequence[np.ndarray], most: int = COLORS) -> np.ndarray:
    """The colours of the opaque pixels of sprites, (h, w, 4) uint8 each, as (k, 3) uint8; of more
    than `most` those that stand for all."""
    seen = np.concatenate([like[like[..., 3] > 127][:, :3] for like in likes])
    return choose_palette(srgb_to_oklab(seen), most)


def native(
    seer: Seer,
    picture: Picture,
    likes: Sequence[np.ndarray],
    options: pixelate.Options,
    course: Course,
    learned: bool = False,
) -> Iterator[StyleStage | Styled]:
    """Draw a picture like the sprites `likes`, (h, w, 4) uint8 at their true size each.

    options  size and palette of the sprite; learned: the palette is chosen again from what was
             drawn, of as many colours

    Begins with what `pixelate` draws, changes it under the network's eyes, and lets the engine draw
    the outcome in the palette. Yields every stage, and at the end what came of it.
    """
    plain, _ = pixelate.pixelate(picture, options)
    shown = [like.repeat(ENLARGED, 0).repeat(ENLARGED, 1) for like in likes]
    stages: list[StyleStage] = []
    for stage in transfer(seer, _filled(plain), shown, course, ENLARGED):
        stages.append(stage)
        yield stage
    size = replace(options, width=plain.width, height=plain.height, palette=plain.palette)
    if learned:
        size = replace(size, palette=None, colors=len(plain.palette))
    sprite = _in_pixels(stages[-1].picture, plain, size)
    yield Styled(sprite.rgba(), sprite, plain, *_course(stages))


def _in_pixels(drawn: np.ndarray, plain: Sprite, options: pixelate.Options) -> Sprite:
    """What was drawn, (h, w, 3) from 0 to 1, in the palette; clear where `plain` is."""
    eight = np.rint(drawn * 255).astype(np.uint8)
    large = eight.repeat(_LARGE, 0).repeat(_LARGE, 1)
    rgba = np.dstack([large, np.full(large.shape[:2], 255, np.uint8)])
    sprite, _ = pixelate.pixelate(rgba, options)
    labels = without_new_specks(sprite.indices, plain.indices)
    labels = np.where(plain.indices == TRANSPARENT, TRANSPARENT, labels).astype(np.int16)
    return replace(sprite, frames=(labels,), name=plain.name)


def style_freely(
    seer: Seer, content: np.ndarray, likes: Sequence[np.ndarray], course: Course
) -> Iterator[StyleStage | Styled]:
    """Style transfer as it was published: every pixel of `content`, (h, w, 4) uint8, is free;
    likes: (h, w, 4) uint8 each."""
    alpha = content[..., 3:].astype(np.float32) / 255
    values = content[..., :3].astype(np.float32) / 255 * alpha + (1 - alpha)
    stages: list[StyleStage] = []
    for stage in transfer(seer, values, likes, course):
        stages.append(stage)
        yield stage
    rgb = np.rint(stages[-1].picture * 255).astype(np.uint8)
    yield Styled(np.dstack([rgb, content[..., 3]]), None, None, *_course(stages))


def without_new_specks(drawn: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Drawn labels (h, w), whole numbers, without single cells that stand alone now and did not in
    `before`: each takes the label that most of its neighbours have."""
    new = _alone(drawn) & ~_alone(before)
    held = drawn.copy()
    for row, column in np.argwhere(new).tolist():
        around = drawn[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2].ravel().tolist()
        around.remove(drawn[row, column])
        held[row, column] = max(sorted(set(around)), key=around.count)
    return held


def _alone(labels: np.ndarray) -> np.ndarray:
    """Cells (h, w) of which none of the eight around has the same label."""
    height, width = labels.shape
    wide = np.full((height + 2, width + 2), -2, labels.dtype)
    wide[1:-1, 1:-1] = labels
    same = np.zeros(labels.shape, bool)
    for down in range(3):
        for across in range(3):
            if (down, across) != (1, 1):
                same |= wide[down : down + height, across : across + width] == labels
    return ~same


def _filled(sprite: Sprite) -> np.ndarray:
    """A sprite's colours, (h, w, 3) from 0 to 1, transparent cells in the mean of the others."""
    rgba = sprite.rgba().astype(np.float32) / 255
    seen = rgba[..., 3] > 0
    mean = rgba[seen][:, :3].mean(0) if seen.any() else np.ones(3, np.float32)
    return np.where(seen[..., None], rgba[..., :3], mean).astype(np.float32)


def _course(
    stages: Sequence[StyleStage],
) -> tuple[tuple[np.ndarray, ...], dict[str, tuple[float, ...]]]:
    """Some of the pictures, evenly spread, and the losses of all steps."""
    at = np.unique(np.linspace(0, len(stages) - 1, min(_KEPT, len(stages))).round().astype(int))
    losses = {name: tuple(s.losses[name] for s in stages) for name in stages[0].losses}
    return tuple(stages[k].picture for k in at), losses
