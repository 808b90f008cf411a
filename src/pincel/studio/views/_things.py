"""What stands in pictures, as the room Cells draws it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.look.finder import ReadyFinder


def told_things(model: str, family: str, pictures: list[dict[str, Any]]) -> bytes:
    """things.json: the classes, each with the confidence from which the network counts best, and
    for each picture its objects with class, confidence and figures in pixels."""
    finder = _finder(model, family, _changed(model))
    least = finder.chosen.get("thresholds", {})
    classes = [{"name": one, "least": float(least.get(one, 0.0))} for one in finder.classes]
    return dumps({"classes": classes, "engine": finder.engine, "pictures": pictures}).encode()


def packed_labels(labels: np.ndarray) -> tuple[bytes, bytes]:
    """labels.json: width and height of labels.bin, (height, width) uint32, 0 the ground. Of a large
    picture every second, third, ... row and column is given."""
    from pincel.studio.preview_size import step_of

    step = step_of(*labels.shape)
    seen = np.ascontiguousarray(labels[::step, ::step].astype("<u4"))
    return dumps({"height": seen.shape[0], "width": seen.shape[1]}).encode(), seen.tobytes()


@lru_cache(maxsize=4)
def _finder(model: str, family: str, changed: float) -> ReadyFinder:
    from pincel.look.finder import open_finder

    return open_finder(model, family)


def _changed(model: str) -> float:
    from pincel.look.models import find_file

    return Path(find_file(model)).stat().st_mtime
