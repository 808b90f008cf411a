"""The histograms of a HOG, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.job import Job, Made
    from pincel.pixels.hog import Description


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """hog.json says how many cells and directions there are; cells.bin holds float32
    (rows, columns, directions)."""
    told: Description = made.value
    rows, columns, bins = told.cells.shape
    height, width = told.strength.shape
    about = {"rows": rows, "columns": columns, "bins": bins, "height": height, "width": width}
    yield "hog.json", dumps(about | {"length": int(told.vector.size)}).encode()
    yield "cells.bin", told.cells.astype("<f4").tobytes()
