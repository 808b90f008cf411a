"""YOLO: one text a picture, a line a thing: class, then the box's middle and size, or the corners
of a polygon, as shares of the picture. Names stand in data.yaml, classes.txt or obj.names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from pincel.errors import PincelError
from pincel.learn.labels import Known, all_classes, beginning, damaged
from pincel.learn.labels._outline import filled_polygons, holes, rings
from pincel.learn.objects.things import Scene, Thing

SUFFIXES = (".txt", ".yaml", ".yml", ".names")
_LINE = re.compile(r"\s*\d+(\s+-?[\d.eE+-]+){4,}\s*$")
_NAMED = ("classes.txt", "obj.names")


def knows(file: Path) -> bool:
    """Its first line is a class and four or more numbers; or it holds the names."""
    if file.suffix == ".names" or file.name in _NAMED:
        return True
    text = beginning(file)
    if file.suffix in (".yaml", ".yml"):
        return bool(re.search(r"^names\s*:", text, re.M))
    lines = text.splitlines()
    # an empty text is a picture without things, where it lies in a folder called labels
    return bool(lines and _LINE.match(lines[0])) or (not text and file.parent.name == "labels")


def read(files: Sequence[Path], known: Known) -> list[Scene]:
    """A scene for each text that holds boxes."""
    named = [f for f in files if f.suffix != ".txt" or f.name in _NAMED]
    kinds = next((names for f in named if (names := _names(f))), list(known.classes))
    return [_scene(file, kinds, known) for file in files if file not in named]


def _names(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    if file.suffix not in (".yaml", ".yml"):
        return [line.strip() for line in text.splitlines() if line.strip()]
    if found := re.search(r"^names\s*:\s*\[(.*?)\]", text, re.M | re.S):
        return [part.strip().strip("'\"") for part in found[1].split(",") if part.strip()]
    block = re.search(r"^names\s*:\s*\n((?:[ \t]+.*\n?|-.*\n?)+)", text, re.M)
    lines = block[1].splitlines() if block else []
    return [re.sub(r"^\s*(-|\d+\s*:)\s*", "", line).strip().strip("'\"") for line in lines]


def _scene(file: Path, kinds: list[str], known: Known) -> Scene:
    size = known.sizes(file.stem)
    if size is None:
        raise PincelError("annotations.no_picture", file=file.name)
    name, height, width = size
    things = []
    try:
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                number, *values = line.split()
                kind = kinds[int(number)] if int(number) < len(kinds) else str(int(number))
                things.append(_thing(kind, list(map(float, values)), height, width))
    except ValueError as error:
        raise damaged(file, error) from error
    return Scene(name, (height, width), tuple(things))


def _thing(kind: str, values: list[float], height: int, width: int) -> Thing:
    if len(values) <= 5:
        x, y, w, h = values[:4]
        score = values[4] if len(values) == 5 else None
        sides = ((x - w / 2) * width, (y - h / 2) * height,
                 (x + w / 2) * width, (y + h / 2) * height)  # fmt: skip
        return Thing(kind, sides, score=score)
    if len(values) % 2:
        raise ValueError("a polygon has an odd number of numbers")
    ring = [(x * width, y * height) for x, y in zip(values[::2], values[1::2], strict=True)]
    mask = filled_polygons([ring], height, width)
    return Thing(kind, mask.box, mask)


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """labels/NAME.txt for each scene, and data.yaml. A mask becomes the polygon of its largest
    part, which is all that a line can hold."""
    kinds = all_classes(scenes)
    names = json.dumps(kinds, ensure_ascii=False)
    files = [("data.yaml", f"nc: {len(kinds)}\nnames: {names}\n".encode())]
    for scene in scenes:
        lines = [_line(thing, kinds.index(thing.kind), scene) for thing in scene.things]
        text = "".join(f"{line}\n" for line in lines)
        files.append((f"labels/{Path(scene.name).with_suffix('')}.txt", text.encode()))
    return files


def _line(thing: Thing, number: int, scene: Scene) -> str:
    height, width = scene.size
    if thing.mask is not None and thing.mask.area:
        ring = max((r for r in rings(thing.mask) if not holes(r)), key=len)
        values = [v for x, y in ring for v in (x / width, y / height)]
    else:
        left, top, right, bottom = thing.box
        values = [(left + right) / 2 / width, (top + bottom) / 2 / height,
                  (right - left) / width, (bottom - top) / height]  # fmt: skip
        values += [thing.score] if thing.score is not None else []
    return " ".join([str(number), *(f"{value:.9g}" for value in values)])
