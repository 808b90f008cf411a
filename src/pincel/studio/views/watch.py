"""The way of a diffusion network from noise to a picture, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.job import Job, Made
    from pincel.look.watched import Watched


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """way.json says how many steps and when; held.bin and seen.bin hold (steps, height, width, 4)
    uint8: what it had before each step, and the picture that it saw in it."""
    from pincel.pixels.contact import as_rgba

    told: Watched = made.value
    if not told.reversals:
        return
    way = told.reversals[0]
    held, seen = as_rgba(way.held), as_rgba(way.seen)
    about = {
        "steps": len(seen),
        "height": seen.shape[1],
        "width": seen.shape[2],
        "times": [float(one) for one in way.times],
        "moved": [float(one) for one in way.moved],
    }
    yield "way.json", dumps(about).encode()
    yield "held.bin", np.ascontiguousarray(held).tobytes()
    yield "seen.bin", np.ascontiguousarray(seen).tobytes()
