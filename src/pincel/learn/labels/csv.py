"""CSV: a line a box: file, class, left, top, right, bottom (also filename, label, xmin, ymin, xmax,
ymax, or x, y, width, height), score and crowd if there are any."""

from __future__ import annotations

import csv as table
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from pincel.learn.labels import Known, beginning, damaged
from pincel.learn.objects.things import Box, Scene, Thing

SUFFIXES = (".csv", ".tsv")
MASKS = False
_SAID = {
    "file": ("file", "filename", "image", "image_id", "path"),
    "kind": ("class", "label", "kind", "name", "category"),
    "left": ("left", "xmin", "x_min", "x1", "x"),
    "top": ("top", "ymin", "y_min", "y1", "y"),
    "right": ("right", "xmax", "x_max", "x2"),
    "bottom": ("bottom", "ymax", "y_max", "y2"),
    "width": ("width", "w"),
    "height": ("height", "h"),
    "score": ("score", "confidence"),
    "crowd": ("crowd",),
}


def knows(file: Path) -> bool:
    """Its first line names a file and the sides of a box."""
    first = beginning(file).partition("\n")[0].lower()
    names = {
        part.strip().strip('"') for part in first.replace("\t", ",").replace(";", ",").split(",")
    }
    return all(names & set(_SAID[wanted]) for wanted in ("file", "left", "top"))


def read(files: Sequence[Path], known: Known) -> list[Scene]:
    """A scene for each picture that a line names; a line without numbers names a picture without
    things."""
    own: dict[str, list[Thing]] = {}
    for file in files:
        try:
            text = file.read_text("utf-8-sig")
            first = text.partition("\n")[0]
            between = max(",\t;", key=first.count)
            for row in table.DictReader(StringIO(text), delimiter=between):
                columns = {str(k).strip().lower(): (v or "").strip() for k, v in row.items()}
                things = own.setdefault(_of(columns, "file"), [])
                if _of(columns, "left"):
                    things.append(_thing(columns))
        except ValueError as error:
            raise damaged(file, error) from error
    return [_scene(name, tuple(things), known) for name, things in own.items()]


def _scene(name: str, things: tuple[Thing, ...], known: Known) -> Scene:
    size = known.sizes(Path(name).stem)
    return Scene(name, size[1:] if size else (0, 0), things)


def _of(row: Mapping[str, str], wanted: str) -> str:
    return next((row[name] for name in _SAID[wanted] if name in row), "")


def _thing(row: Mapping[str, str]) -> Thing:
    left, top = float(_of(row, "left")), float(_of(row, "top"))
    if _of(row, "right"):
        box: Box = (left, top, float(_of(row, "right")), float(_of(row, "bottom")))
    else:
        box = (left, top, left + float(_of(row, "width")), top + float(_of(row, "height")))
    score = _of(row, "score")
    crowd = _of(row, "crowd").lower() in ("1", "true", "yes")
    return Thing(_of(row, "kind") or "object", box, None, crowd, float(score) if score else None)


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """boxes.csv; a picture without things has a line with its name alone."""
    out = StringIO()
    rows = table.writer(out, lineterminator="\n")
    rows.writerow(["file", "class", "left", "top", "right", "bottom", "score", "crowd"])
    for scene in scenes:
        if not scene.things:
            rows.writerow([scene.name, "", "", "", "", "", "", ""])
        for thing in scene.things:
            score = "" if thing.score is None else f"{thing.score:.6g}"
            sides = [f"{side:.10g}" for side in thing.box]
            rows.writerow([scene.name, thing.kind, *sides, score, int(thing.crowd)])
    return [("boxes.csv", out.getvalue().encode())]
