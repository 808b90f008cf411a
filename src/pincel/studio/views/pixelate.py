"""Sprites as indices and colours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite
    from pincel.job import Job, Made


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """sprite.json says the size, times and colours; frames.bin holds (frames, height, width) int16,
    -1 where transparent."""
    yield from of(made.value)


def of(sprite: Sprite) -> Iterator[tuple[str, bytes]]:
    told = {
        "width": sprite.width,
        "height": sprite.height,
        "frames": len(sprite.frames),
        "times": sprite.times(),
        "colors": ["#" + bytes(rgb).hex() for rgb in sprite.palette.tolist()],
    }
    yield "sprite.json", json.dumps(told).encode()
    yield "frames.bin", np.stack(sprite.frames).astype("<i2").tobytes()
