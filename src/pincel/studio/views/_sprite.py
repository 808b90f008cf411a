"""A sprite as indices and colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite
    from pincel.job import Job, Made


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """sprite.json says the size, times and colours; frames.bin holds (frames, height, width) int16,
    -1 where transparent."""
    sprite: Sprite = made.value
    yield from packed_sprite(sprite.frames, sprite.palette, sprite.times())


def packed_sprite(
    frames: tuple[np.ndarray, ...], palette: np.ndarray, times: list[int]
) -> Iterator[tuple[str, bytes]]:
    """Index grids (h, w), -1 where transparent, and their (k, 3) uint8 sRGB colours."""
    told = {
        "width": frames[0].shape[1],
        "height": frames[0].shape[0],
        "frames": len(frames),
        "times": times,
        "colors": ["#" + bytes(rgb).hex() for rgb in palette.tolist()],
    }
    yield "sprite.json", dumps(told).encode()
    yield "frames.bin", np.stack(frames).astype("<i2").tobytes()
