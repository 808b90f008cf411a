"""A judged sprite: its pixels, its verdict, and which pixels each craft number counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel import words
from pincel.studio.strict import dumps
from pincel.studio.views._sprite import packed_sprite

if TYPE_CHECKING:
    from pincel.art.verdict import Verdict
    from pincel.job import Job, Made

_MOST_SIDE, _MOST_COLORS = 512, 256


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """verdict.json; where it is small enough to be drawn by pixels, the sprite, and marks.bin:
    (numbers with marks, height, width) uint8, in the order of `marked` in verdict.json."""
    from pincel.art import score
    from pincel.pixels.open import find_pictures, open_picture

    verdict: Verdict = made.value
    told = _told(verdict)
    settings: Any = job
    source = next(one for one in find_pictures(settings.sources) if one.name == made.name)
    rgba = open_picture(source.source).rgba
    if max(rgba.shape[:2]) <= _MOST_SIDE:
        indices, palette = score.indexed_picture(rgba)
        if len(palette) <= _MOST_COLORS:
            yield from packed_sprite((indices,), palette, [0])
            if verdict.numbers:
                marks = score.where(indices, palette)
                told["marked"] = list(marks)
                yield "marks.bin", np.stack(list(marks.values())).astype(np.uint8).tobytes()
    yield "verdict.json", dumps(told).encode()


def _told(verdict: Verdict) -> dict[str, Any]:
    from pincel.show.art.marked import verdict_sentences

    return {
        "grade": verdict.grade,
        "sentences": verdict_sentences(verdict),
        "enlarged": verdict.enlarged,
        "true_size": verdict.true_size,
        "marked": [],
        "numbers": [
            {
                "name": one.name,
                "label": _both(f"number.{one.name}"),
                "meaning": _both(f"meaning.{one.name}"),
                "value": one.value,
                "low": one.real.low,
                "median": one.real.median,
                "high": one.real.high,
                "standing": one.standing,
            }
            for one in verdict.numbers
        ],
    }


def _both(key: str) -> dict[str, str]:
    return dict(words.area("score")[key])
