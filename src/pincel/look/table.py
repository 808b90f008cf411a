"""The table a lab keeps: a line an object, and a line a picture and class. numpy and scikit-image.

Area, perimeter and axes are of the pixels of the mask (perimeter by Crofton's formula in four
directions; axes of the ellipse with the same second moments). Circularity is 4 pi area over the
square of the perimeter, at most 1: 1 for a disk, less for what is ragged or long; of few pixels it
is rough (a disk of radius 3 has 0.83). Of a box alone, area and sides are the box's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pincel.learn.objects.things import Scene, Thing

CHANNELS = ("red", "green", "blue")
_LENGTHS = ("perimeter", "centroid_x", "centroid_y", "major_axis", "minor_axis", "width", "height")
BOX_COLUMNS = ("area", "centroid_x", "centroid_y", "width", "height")
MASK_COLUMNS = (
    *("area", "perimeter", "centroid_x", "centroid_y", "major_axis", "minor_axis"),
    *("circularity", *(f"mean_{name}" for name in CHANNELS)),
)
COLUMNS = {"boxes": BOX_COLUMNS, "masks": MASK_COLUMNS}


@dataclass(frozen=True)
class ObjectRow:
    """One object: its picture, its number from 1, class, confidence, figures in pixels."""

    file: str
    number: int
    kind: str
    score: float | None
    figures: dict[str, float]


def object_rows(scene: Scene, rgb: np.ndarray) -> list[ObjectRow]:
    """A row for each thing of a picture (h, w, 3) uint8."""
    return [
        ObjectRow(scene.name, number, thing.kind, thing.score,
            _of_mask(thing, rgb) if thing.mask else _of_box(thing))
        for number, thing in enumerate(scene.things, 1)
    ]  # fmt: skip


def _of_box(thing: Thing) -> dict[str, float]:
    left, top, right, bottom = thing.box
    values = (thing.area, (left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
    return dict(zip(BOX_COLUMNS, map(float, values), strict=True))


def _of_mask(thing: Thing, rgb: np.ndarray) -> dict[str, float]:
    from skimage.measure import perimeter_crofton

    mask = thing.mask
    assert mask is not None
    h, w = mask.inside.shape
    pixels = rgb[mask.top : mask.top + h, mask.left : mask.left + w][mask.inside]
    perimeter = float(perimeter_crofton(np.pad(mask.inside, 1), 4))
    rows, columns = np.nonzero(mask.inside)
    area, y, x = len(rows), rows.mean(), columns.mean()
    major, minor = _axes(rows - y, columns - x)
    values = (
        area, perimeter, mask.left + x + 0.5, mask.top + y + 0.5, major, minor,
        min(1.0, 4 * np.pi * area / perimeter**2) if perimeter else 0.0,
        *pixels.mean(0),
    )  # fmt: skip
    return dict(zip(MASK_COLUMNS, map(float, values), strict=True))


def _axes(rows: np.ndarray, columns: np.ndarray) -> tuple[float, float]:
    """The axes of the ellipse with the second moments of pixels at `rows` and `columns`, (n,) each,
    from their middle."""
    pairs = ((columns, columns), (rows, rows), (rows, columns))
    along, down, both = (float((a * b).mean()) for a, b in pairs)
    middle, apart = (along + down) / 2, float(np.hypot((along - down) / 2, both))
    return 4 * float(np.sqrt(middle + apart)), 4 * float(np.sqrt(max(0.0, middle - apart)))


def in_micrometres(figures: dict[str, float], micrometres: float | None) -> dict[str, float]:
    """Figures in micrometres, where it is known how many a pixel has."""
    if micrometres is None:
        return figures
    power = dict.fromkeys(_LENGTHS, 1) | {"area": 2}
    return {name: value * micrometres ** power.get(name, 0) for name, value in figures.items()}


def header(name: str, micrometres: float | None) -> str:
    """A column with its unit: "area (px²)"."""
    unit = "px" if micrometres is None else "µm"
    if name == "area":
        return f"area ({unit}²)"
    return f"{name} ({unit})" if name in _LENGTHS else name


def head(names: Sequence[str], micrometres: float | None) -> bytes:
    """The first line of a table with these figures, as CSV."""
    return _csv(
        [["file", "object", "class", "confidence", *(header(n, micrometres) for n in names)]]
    )


def csv_lines(found: Sequence[ObjectRow], micrometres: float | None) -> bytes:
    """A line an object, as CSV: file, object, class, confidence, and its figures."""
    told: list[list[Any]] = []
    for row in found:
        values = in_micrometres(row.figures, micrometres).values()
        score = "" if row.score is None else f"{row.score:.4f}"
        figures = [f"{value:.6g}" for value in values]
        told.append([row.file, row.number, row.kind, score, *figures])
    return _csv(told)


def csv_table(found: Sequence[ObjectRow], names: Sequence[str], micrometres: float | None) -> bytes:
    """Both, `names` being those of the figures."""
    return head(names, micrometres) + csv_lines(found, micrometres)


@dataclass(frozen=True)
class Sum:
    """Of one class in one picture: how many, their mean area and its standard deviation, and the
    share of the picture that they cover; areas in pixels."""

    file: str
    kind: str
    count: int
    area: float
    spread: float
    share: float


def sums(scene: Scene, found: Sequence[ObjectRow], classes: Sequence[str]) -> list[Sum]:
    """A line for each class of a picture, also where there is none of it."""
    whole = scene.size[0] * scene.size[1]
    told = []
    for kind in classes:
        areas = np.array([row.figures["area"] for row in found if row.kind == kind])
        mean = float(areas.mean()) if len(areas) else 0.0
        spread = float(areas.std(ddof=1)) if len(areas) > 1 else 0.0
        share = float(areas.sum() / whole) if whole else 0.0
        told.append(Sum(scene.name, kind, len(areas), mean, spread, share))
    return told


def summary_head(micrometres: float | None) -> bytes:
    """The first line of a summary, as CSV."""
    unit = "px²" if micrometres is None else "µm²"
    return _csv(
        [["file", "class", "count", f"mean area ({unit})", f"standard deviation ({unit})",
          "covered (%)"]]
    )  # fmt: skip


def summary_lines(found: Iterable[Sum], micrometres: float | None) -> bytes:
    """A line a picture and class, as CSV."""
    factor = 1.0 if micrometres is None else micrometres**2
    return _csv(
        [one.file, one.kind, one.count, f"{one.area * factor:.6g}", f"{one.spread * factor:.6g}",
         f"{100 * one.share:.4g}"]
        for one in found
    )  # fmt: skip


def _csv(lines: Iterable[Sequence[Any]]) -> bytes:
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerows(lines)
    return held.getvalue().encode("utf-8")
