"""GeoJSON as QuPath opens it (Bankhead et al., 2017): one file a picture, one detection an object,
its outline along pixel edges, holes as holes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pincel.learn.labels._outline import Ring, holes, rings
from pincel.learn.objects.things import Scene, Thing

SUFFIXES = (".geojson",)


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """NAME.geojson for each scene."""
    files = []
    for scene in scenes:
        things = [_feature(thing) for thing in scene.things if not thing.mask or thing.mask.area]
        held = {"type": "FeatureCollection", "features": things}
        text = json.dumps(held, ensure_ascii=False) + "\n"
        files.append((f"{Path(scene.name).with_suffix('')}.geojson", text.encode()))
    return files


def _feature(thing: Thing) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "objectType": "detection",
        "classification": {"name": thing.kind},
    }
    if thing.score is not None:
        facts["measurements"] = {"confidence": thing.score}
    return {"type": "Feature", "geometry": _geometry(thing), "properties": facts}


def _geometry(thing: Thing) -> dict[str, Any]:
    if thing.mask is None:
        left, top, right, bottom = thing.box
        corners: Ring = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return {"type": "Polygon", "coordinates": [_closed(corners)]}
    drawn = rings(thing.mask)
    outer = [[ring] for ring in drawn if not holes(ring)]
    for ring in drawn:
        if holes(ring):
            own = next((one for one in outer if _around(one[0], ring)), outer[0])
            own.append(ring)
    parts = [[_closed(ring) for ring in part] for part in outer]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _closed(ring: Ring) -> list[list[float]]:
    return [[x, y] for x, y in [*ring, ring[0]]]


def _around(outer: Ring, hole: Ring) -> bool:
    """Whether a hole lies in an outline: a pixel that touches the hole from outside is asked."""
    x, y = min(hole)
    x, y = x - 0.5, y + 0.5  # left of the hole's leftmost side: a pixel that belongs to the object
    inside = False
    for (x0, y0), (x1, y1) in zip(outer, [*outer[1:], outer[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside
