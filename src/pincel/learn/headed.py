"""Two folders without pairs: pictures of faces, and somebody's own sprites.

As `learn.two`, but the pictures are brought to the frame of the head that they show (where that is,
is known before), and sprites keep their clear pixels and the size that most of them have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

import numpy as np

from pincel.errors import PincelError
from pincel.learn.two import (
    FEWEST,
    Choice,
    Two,
    fitted,
    on_black,
    own_size,
    read_folder,
    split_two,
    squared,
)
from pincel.pixels.framing import Frame, framed_square, over_white


def open_headed(
    source: str | Path,
    to: str | Path,
    frames: Mapping[str, Sequence[float]],
    side: int = 64,
    native: int = 0,
    seed: int = 0,
    **reading: Unpack[Choice],
) -> Two:
    """Both folders.

    frames  file name without ending -> left, top and side of the head's square in pixels; the
            middle square of a picture that is not named
    reading as in `open_two`
    side    pixels of a picture;  native  of a sprite; 0: the long side that most have, 8 to 64

    PincelError where a folder is missing or has too few pictures.
    """
    broken: list[tuple[str, str]] = []
    faces, drawn = (read_folder(Path(folder), broken, **reading) for folder in (source, to))
    for folder, held in ((source, faces), (to, drawn)):
        if len(held) < FEWEST:
            raise PincelError("two.few", folder=folder, came=len(held), least=FEWEST)
    drawn = {name: own_size(rgba) for name, rgba in drawn.items()}
    sizes: dict[str, int] = {}
    for rgba in drawn.values():
        named = f"{rgba.shape[1]} x {rgba.shape[0]}"
        sizes[named] = sizes.get(named, 0) + 1
    long = [max(rgba.shape[:2]) for rgba in drawn.values()]
    native = native or int(np.clip(max(sorted(set(long)), key=long.count), 8, 64))
    names, own = sorted(faces), sorted(drawn)
    sprites = np.stack([fitted(drawn[name], native) for name in own])
    if (sprites[..., 3] > 0).all():
        sprites = on_black(sprites)
    pictures = np.stack([_head(faces[name], frames.get(name), side) for name in names])
    called = f"{Path(source).name}-{Path(to).name}"
    both, whose = (pictures, sprites), (names, own)
    return split_two(called, both, whose, seed, (broken, sizes, False))


def _head(rgba: np.ndarray, frame: Sequence[float] | None, side: int) -> np.ndarray:
    """The head in a picture (h, w, 4) uint8 on white paper, (side, side, 3) uint8."""
    if frame is None:
        return squared(rgba, side)
    left, top, wide = frame
    return framed_square(over_white(rgba), Frame(left, top, wide), side)
