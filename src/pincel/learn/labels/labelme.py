"""LabelMe: one JSON a picture, polygons and rectangles (Russell et al., 2008)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pincel.learn.labels import Known, beginning, damaged
from pincel.learn.labels._outline import filled_polygons, holes, rings
from pincel.learn.objects.things import Scene, Thing

SUFFIXES = (".json",)


def knows(file: Path) -> bool:
    """It has "shapes"."""
    return '"shapes"' in beginning(file, 1 << 16)


def read(files: Sequence[Path], known: Known) -> list[Scene]:
    """One scene for each file."""
    return [_scene(file) for file in files]


def _scene(file: Path) -> Scene:
    try:
        held = json.loads(file.read_text("utf-8"))
        size = (int(held["imageHeight"]), int(held["imageWidth"]))
        parts: dict[Any, list[dict[str, Any]]] = {}
        for place, shape in enumerate(held["shapes"]):
            group = shape.get("group_id")
            parts.setdefault(("alone", place) if group is None else group, []).append(shape)
        things = tuple(_thing(shapes, *size) for shapes in parts.values())
        name = Path(str(held.get("imagePath") or file.stem).replace("\\", "/")).name
    except KeyError as error:
        raise damaged(file, f"{error} is missing") from error
    except (ValueError, TypeError) as error:
        raise damaged(file, error) from error
    return Scene(name, size, things)


def _thing(shapes: list[dict[str, Any]], height: int, width: int) -> Thing:
    """Shapes of one group are one thing."""
    kind, flags = str(shapes[0]["label"]), shapes[0].get("flags") or {}
    crowd = bool(flags.get("crowd"))
    corners = [[(float(x), float(y)) for x, y in shape["points"]] for shape in shapes]
    if len(shapes) == 1 and shapes[0].get("shape_type", "polygon") == "rectangle":
        (x0, y0), (x1, y1) = corners[0]
        return Thing(kind, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), crowd=crowd)
    wrong = [s["shape_type"] for s in shapes if s.get("shape_type", "polygon") != "polygon"]
    if wrong:
        raise ValueError(f"a shape of type {wrong[0]}; wanted are polygon and rectangle")
    mask = filled_polygons(corners, height, width)
    return Thing(kind, mask.box, mask, crowd)


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """A JSON for each scene. A mask of several parts, or with holes, is a group of polygons; a
    pixel lies inside where an odd number of them goes around it."""
    return [(f"{Path(s.name).with_suffix('')}.json", _written(s)) for s in scenes]


def _written(scene: Scene) -> bytes:
    shapes: list[dict[str, Any]] = []
    for number, thing in enumerate(scene.things, 1):
        shapes += _shapes(thing, number)
    held: dict[str, Any] = {
        "version": "5.5.0",
        "flags": {},
        "shapes": shapes,
        "imagePath": Path(scene.name).name,
        "imageData": None,
        "imageHeight": scene.size[0],
        "imageWidth": scene.size[1],
    }
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()


def _shapes(thing: Thing, number: int) -> list[dict[str, Any]]:
    flags = {"crowd": True} if thing.crowd else {}
    if thing.mask is None:
        left, top, right, bottom = thing.box
        return [_shape(thing.kind, [(left, top), (right, bottom)], "rectangle", None, flags)]
    drawn = sorted(rings(thing.mask), key=holes)
    group = number if len(drawn) > 1 else None
    return [_shape(thing.kind, ring, "polygon", group, flags) for ring in drawn]


def _shape(
    kind: str, ring: list[tuple[float, float]], form: str, group: int | None, flags: dict[str, bool]
) -> dict[str, Any]:
    points = [[x, y] for x, y in ring]
    return {"label": kind, "points": points, "group_id": group, "shape_type": form, "flags": flags}
