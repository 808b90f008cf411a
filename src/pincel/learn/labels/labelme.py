"""LabelMe: one JSON a picture; polygons, circles, rectangles and masks (Russell et al., 2008).

Corners lie on the edges between pixels: a square from 5 to 8 is three pixels wide here. LabelMe's
own exports make it four (labelme 6.3.1: findings/labelme-grows-its-outlines.sh).
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pincel.learn.labels import Known, beginning, damaged
from pincel.learn.labels._outline import Ring, filled_polygons, holes, rings
from pincel.learn.objects.things import Mask, Scene, Thing, tight_mask

SUFFIXES = (".json",)
_STEPS = 256  # corners of a circle


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
    if len(shapes) == 1 and _form(shapes[0]) == "rectangle":
        (x0, y0), (x1, y1) = _corners(shapes[0])
        return Thing(kind, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), crowd=crowd)
    mask = _drawn(shapes, height, width)
    return Thing(kind, mask.box, mask, crowd)


def _form(shape: dict[str, Any]) -> str:
    return str(shape.get("shape_type") or "polygon")


def _corners(shape: dict[str, Any]) -> Ring:
    return [(float(x), float(y)) for x, y in shape["points"]]


def _drawn(shapes: list[dict[str, Any]], height: int, width: int) -> Mask:
    """The pixels that an odd number of outlines goes around, and those of masks."""
    outlines = [_outline(shape) for shape in shapes if _form(shape) != "mask"]
    drawn = filled_polygons(outlines, height, width)
    painted = [shape for shape in shapes if _form(shape) == "mask"]
    if not painted:
        return drawn
    whole = drawn.whole(height, width)
    for shape in painted:
        (left, top), (right, bottom) = ((round(x), round(y)) for x, y in _corners(shape))
        with Image.open(BytesIO(base64.b64decode(shape["mask"]))) as picture:
            inside = np.asarray(picture.convert("L")) > 0
        if inside.shape != (bottom + 1 - top, right + 1 - left):  # both corners are pixels of it
            raise ValueError("a mask of another size than its corners say")
        ys, xs = max(0, -top), max(0, -left)
        part = whole[top + ys : max(0, bottom + 1), left + xs : max(0, right + 1)]
        part |= inside[ys : ys + part.shape[0], xs : xs + part.shape[1]]
    return tight_mask(whole)


def _outline(shape: dict[str, Any]) -> Ring:
    """The corners of a shape that has an outline. ValueError where it is no area."""
    corners, form = _corners(shape), _form(shape)
    if form in ("polygon", "oriented_rectangle"):
        return corners
    if form != "circle":
        wanted = "polygon, circle, rectangle, oriented_rectangle and mask"
        raise ValueError(f"a shape of type {form}; wanted are {wanted}")
    (x, y), rim = corners
    radius = math.dist((x, y), rim)
    turns = [2 * math.pi * step / _STEPS for step in range(_STEPS)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


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
