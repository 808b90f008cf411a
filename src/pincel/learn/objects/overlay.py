"""What a network found, drawn over the picture: boxes and outlines, a colour a class; and what is
kept of one picture while a network learns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.learn.objects.things import Scene, Thing
from pincel.learn.objects.things_data import ThingsPart
from pincel.pixels import encode

_COLORS = (
    (230, 57, 70),
    (29, 120, 216),
    (20, 150, 90),
    (240, 140, 0),
    (130, 70, 200),
    (0, 150, 170),
)


def overlay(
    rgb: np.ndarray, scene: Scene, classes: Sequence[str], all_in: tuple[int, ...] | None = None
) -> np.ndarray:
    """The picture `rgb` (h, w, 3) uint8 with every box, or the border of every mask, in the colour
    of its class, or all in one colour; lines are one pixel wide, two above 400 pixels, so that
    nothing is hidden."""
    drawn = rgb.copy()
    wide = 2 if min(rgb.shape[:2]) > 400 else 1
    for thing in scene.things:
        color = all_in or _COLORS[list(classes).index(thing.kind) % len(_COLORS)]
        if thing.mask is None:
            _frame(drawn, thing, color, wide)
        else:
            _border(drawn, thing, color)
    return drawn


def kept_one(part: ThingsPart) -> int:
    """The picture of a part that is looked at again and again: as many things as most have."""
    counts = np.array([len(scene.things) for scene in part.scenes])
    return int(np.abs(counts - np.median(counts)).argmin())


def kept_frame(epoch: int, picture: np.ndarray, planes: Sequence[np.ndarray]) -> dict[str, bytes]:
    """The picture (h, w, 3) uint8 with what was found, and beside it each map (h, w) 0 to 1 as
    grey, as a run keeps it of an epoch."""
    greys = [np.rint(255 * np.clip(plane, 0, 1)).astype(np.uint8) for plane in planes]
    white = np.full((len(picture), 2, 3), 255, np.uint8)
    parts = [picture]
    for grey in greys:
        parts += [white, np.repeat(grey[..., None], 3, 2)]
    return {f"epoch-{epoch:04}.png": encode.png(np.concatenate(parts, 1))}


def _frame(drawn: np.ndarray, thing: Thing, color: tuple[int, ...], wide: int) -> None:
    left, top, right, bottom = (round(side) for side in thing.box)
    drawn[top : top + wide, left:right] = color
    drawn[max(top, bottom - wide) : bottom, left:right] = color
    drawn[top:bottom, left : left + wide] = color
    drawn[top:bottom, max(left, right - wide) : right] = color


def _border(drawn: np.ndarray, thing: Thing, color: tuple[int, ...]) -> None:
    mask = thing.mask
    assert mask is not None
    own = np.pad(mask.inside, 1)
    around = own[:-2, 1:-1] & own[2:, 1:-1] & own[1:-1, :-2] & own[1:-1, 2:]
    edge = mask.inside & ~around
    h, w = mask.inside.shape
    drawn[mask.top : mask.top + h, mask.left : mask.left + w][edge] = color
