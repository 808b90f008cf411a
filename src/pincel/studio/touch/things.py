"""The tables and outlines of what a room counts, written as `detect` and `segment` write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from pincel.learn.objects.things import Scene
    from pincel.look.finder import ReadyFinder

FLOOR = 0.05
"""Boxes below this confidence are never shown."""


def _shares(value: Any) -> bool:
    number = isinstance(value, tuple) and len(value) <= 1000
    return number and all(isinstance(one, int | float) and 0 <= one <= 1 for one in value)


CHECKED = {
    "model": lambda value: isinstance(value, str),
    "family": lambda value: value in ("boxes", "masks"),
    "pictures": lambda value: isinstance(value, tuple) and len(value) <= 1000,
    "least": _shares,
    "micrometres": lambda value: isinstance(value, int | float) and 0 < value <= 10_000,
}


def touch(settings: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """objects.csv and summary.csv of all pictures, and one .geojson for each. `least`: the
    confidence from which each class counts, in the order of the network's classes."""
    from pincel.learn import labels
    from pincel.look import table
    from pincel.look.finder import open_finder

    finder = open_finder(settings["model"], settings["family"])
    least = dict(zip(finder.classes, settings["least"], strict=True))
    unit = settings.get("micrometres")
    rows, sums, scenes = [], [], []
    for place in settings["pictures"]:
        scene, rgb = _found(finder, str(place))
        kept = scene.only(one for one in scene.things if (one.score or 0) >= least[one.kind])
        own = table.object_rows(kept, rgb)
        rows += own
        sums += table.sums(kept, own, finder.classes)
        scenes.append(kept)
    yield "objects.csv", table.csv_table(rows, table.COLUMNS[finder.family], unit)
    yield "summary.csv", table.summary_head(unit) + table.summary_lines(sums, unit)
    yield from labels.load("geojson").write(scenes)


def _found(finder: ReadyFinder, place: str) -> tuple[Scene, np.ndarray]:
    """Everything that might be there, and the picture (h, w, 3) uint8."""
    from pincel.learn.objects.inputs import rgb_of
    from pincel.learn.objects.things import Scene
    from pincel.look.finder import Segmented, detect, segment
    from pincel.pixels.open import open_picture

    rgb, name = rgb_of(open_picture(place)), Path(place).name
    boxes = finder.family == "boxes"
    *_, told = detect(finder, rgb, name, FLOOR) if boxes else segment(finder, rgb, name)
    scene = told.scene if isinstance(told, Segmented) else told
    assert isinstance(scene, Scene)
    return scene, rgb
