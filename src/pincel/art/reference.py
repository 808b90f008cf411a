"""What real sprites show: for each source the range of every number, and its 3x3 patterns.

`references.json` is made by `tools/make_references.py` from sprites whose licences allow it; it
holds numbers only, no picture.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import resources

import numpy as np

from pincel.art.score import Craft, craft, indexed_picture, pattern_distance, patterns

LOWER_IS_CALMER = ("orphan8", "noise", "tiny", "fringe", "jag", "mix", "dbl", "pattern")
"""Numbers that a machine's picture has too much of; of the others it has too little."""


@dataclass(frozen=True)
class Range:
    """What eight of ten sprites show (low to high), and the middle one."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, eq=False)
class Reference:
    """One source of real sprites.

    name, licence, count; ranges of every craft number, of `colors` and of `pattern` (how far a
    single sprite lies from the source's patterns); patterns (256,) counts
    """

    name: str
    licence: str
    count: int
    ranges: dict[str, Range]
    patterns: np.ndarray = field(repr=False)

    def distance(self, indices: np.ndarray) -> float:
        """How far a sprite's 3x3 patterns lie from this source's, Jensen-Shannon, 0-1; indices are
        (h, w) whole numbers, -1 where transparent."""
        return pattern_distance(patterns(indices), self.patterns)


def standing_of(name: str, value: float, real: Range) -> str:
    """ "usual" within what eight of ten real sprites show, "calm" on the tidy side of it, "much"
    on the untidy side."""
    if real.low <= value <= real.high:
        return "usual"
    too_much = value > real.high if name in LOWER_IS_CALMER else value < real.low
    return "much" if too_much else "calm"


def measured_reference(sprites: Sequence[np.ndarray], name: str, licence: str = "") -> Reference:
    """The reference that these sprites are, each (h, w, 4) uint8."""
    grids = [indexed_picture(sprite) for sprite in sprites]
    table = patterns(*(indices for indices, _ in grids))
    rows: list[dict[str, float]] = []
    for indices, palette in grids:
        numbers: Craft = craft(indices, palette)
        own = pattern_distance(patterns(indices), table)
        rows.append({"colors": len(palette), **asdict(numbers), "pattern": own})
    ranges = {}
    for number in rows[0]:
        low, median, high = np.percentile([row[number] for row in rows], [10, 50, 90])
        ranges[number] = Range(float(low), float(median), float(high))
    return Reference(name, licence, len(sprites), ranges, table)


def names() -> list[str]:
    """The sources that come with the package."""
    return list(_stored())


@cache
def reference_named(name: str) -> Reference:
    """One of `names()`; KeyError for others."""
    stored = _stored()[name]
    ranges = {number: Range(*values) for number, values in stored["ranges"].items()}
    table = np.array(stored["patterns"], float)
    return Reference(name, stored["licence"], stored["count"], ranges, table)


@cache
def _stored() -> dict[str, dict]:
    file = resources.files("pincel.art") / "references.json"
    return json.loads(file.read_text("utf-8"))["sources"]
