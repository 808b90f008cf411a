"""COCO: one JSON for all pictures, boxes, polygons and runs (Lin et al., 2014).

Masks are written as runs (RLE), which lose nothing. Ids begin at 1: pycocotools takes an annotation
whose id is 0 for one that nobody found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pincel.learn.labels import Known, _runs, all_classes, beginning, damaged
from pincel.learn.labels._outline import filled_polygons
from pincel.learn.objects.things import Mask, Scene, Thing, tight_mask

SUFFIXES = (".json",)


def knows(file: Path) -> bool:
    """It has "annotations" and "images"."""
    text = beginning(file, 1 << 20)
    return '"images"' in text or '"annotations"' in text


def read(files: Sequence[Path], known: Known) -> list[Scene]:
    """The scenes of all files."""
    return [scene for file in files for scene in _scenes(file)]


def _scenes(file: Path) -> list[Scene]:
    try:
        held = json.loads(file.read_text("utf-8"))
        kinds = {one["id"]: str(one["name"]) for one in held["categories"]}
        own: dict[Any, list[Thing]] = {one["id"]: [] for one in held["images"]}
        sizes = {one["id"]: (int(one["height"]), int(one["width"])) for one in held["images"]}
        for one in held["annotations"]:
            image = one["image_id"]
            own[image].append(_thing(one, kinds[one["category_id"]], *sizes[image]))
        return [
            Scene(str(one["file_name"]), sizes[one["id"]], tuple(own[one["id"]]))
            for one in held["images"]
        ]
    except KeyError as error:
        raise damaged(file, f"{error} is missing") from error
    except (ValueError, TypeError, IndexError) as error:
        raise damaged(file, error) from error


def _thing(one: dict[str, Any], kind: str, height: int, width: int) -> Thing:
    mask = _mask(one.get("segmentation"), height, width)
    if "bbox" in one:
        x, y, w, h = map(float, one["bbox"])
        box = (x, y, x + w, y + h)
    elif mask is not None:
        box = mask.box
    else:
        raise ValueError("an annotation has neither bbox nor segmentation")
    score = one.get("score")
    crowd = bool(one.get("iscrowd", 0))
    return Thing(kind, box, mask, crowd, None if score is None else float(score))


def _mask(said: Any, height: int, width: int) -> Mask | None:
    if not said:
        return None
    if isinstance(said, dict):
        runs = said["counts"]
        runs = _runs.unsqueezed(runs) if isinstance(runs, str) else runs
        h, w = said["size"]
        return tight_mask(_runs.filled_runs(runs, h * w).reshape(w, h).T)
    parts = [list(zip(ring[::2], ring[1::2], strict=True)) for ring in said]
    whole = None
    for ring in parts:  # several polygons are parts of one thing, which may overlap
        part = filled_polygons([ring], height, width).whole(height, width)
        whole = part if whole is None else whole | part
    return None if whole is None else tight_mask(whole)


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """annotations.json."""
    kinds = all_classes(scenes)
    place = {kind: number for number, kind in enumerate(kinds, 1)}
    rows: list[dict[str, Any]] = []
    for image, scene in enumerate(scenes, 1):
        for thing in scene.things:
            rows.append(_row(thing, scene, len(rows) + 1, image, place[thing.kind]))
    held = {
        "images": [
            {"id": n, "file_name": s.name, "height": s.size[0], "width": s.size[1]}
            for n, s in enumerate(scenes, 1)
        ],
        "categories": [{"id": n, "name": kind} for kind, n in place.items()],
        "annotations": rows,
    }
    return [("annotations.json", (json.dumps(held, ensure_ascii=False) + "\n").encode())]


def _row(thing: Thing, scene: Scene, number: int, image: int, category: int) -> dict[str, Any]:
    left, top, right, bottom = thing.box
    row: dict[str, Any] = {
        "id": number,
        "image_id": image,
        "category_id": category,
        "bbox": [left, top, right - left, bottom - top],
        "area": thing.area,
        "iscrowd": int(thing.crowd),
    }
    if thing.mask is not None:
        runs = _runs.counted(thing.mask.whole(*scene.size).T.ravel())
        row["segmentation"] = {"size": list(scene.size), "counts": _runs.squeezed(runs)}
    if thing.score is not None:
        row["score"] = thing.score
    return row
