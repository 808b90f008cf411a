"""Rows of a data set: the lines of a CSV, and those of any set that lack their label or number."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pincel.errors import PincelError, SystemReason
from pincel.words import say

_COLUMNS = {
    "file": ("file", "path", "filename", "image", "archivo"),
    "label": ("label", "class", "target", "etiqueta", "clase"),
    "split": ("split", "set", "part", "parte"),
}
PARTS_SAID = {"train": "train", "training": "train", "val": "val", "valid": "val", "test": "test",
              "validation": "val", "dev": "val", "testing": "test"}  # fmt: skip

Dropped = list[tuple[str, str]]
"""(name of a row, why it was left out)."""


class Line(NamedTuple):
    """One picture of a CSV, as written there."""

    file: str
    label: str
    part: str | None = None
    group: str | None = None


def lines_of(path: Path, group: str | None) -> tuple[list[Line], Dropped]:
    """The pictures that a CSV names; a line without its file or its label is left out and told.

    group  the column that keeps pictures together. PincelError when this is no such CSV.
    """
    table, at, of_group = _opened(path, group)
    lines: list[Line] = []
    dropped: Dropped = []
    for row in table:
        name, label = (str(row.get(at[k]) or "").strip() for k in ("file", "label"))
        if not name or not label:
            key = "data.no_label" if name else "data.no_file"
            dropped.append((name or label or "-", say(key, line=table.line_num, source=path.name)))
            continue
        part = None
        if at["split"] is not None:
            said = str(row.get(at["split"]) or "").strip().lower()
            if said not in PARTS_SAID:
                raise PincelError("data.csv_split", source=path, line=table.line_num, came=said)
            part = PARTS_SAID[said]
        lines.append(Line(name, label, part, str(row.get(of_group)) if of_group else None))
    if not lines:
        if dropped:
            raise PincelError("data.all_broken", source=path, name=dropped[0][0], why=dropped[0][1])
        raise PincelError("data.no_pictures", source=path)
    return lines, dropped


def _opened(
    path: Path, group: str | None
) -> tuple[csv.DictReader, dict[str, str | None], str | None]:
    """The table, the column of each of `_COLUMNS` and the group's."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise PincelError("picture.missing", name=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PincelError("data.csv_damaged", source=path, why=SystemReason(error)) from error
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    table = csv.DictReader(text.splitlines(), delimiter=mark)
    columns = {(name or "").strip().lower(): name for name in table.fieldnames or ()}
    at = {
        what: next((columns[n] for n in names if n in columns), None)
        for what, names in _COLUMNS.items()
    }
    if at["file"] is None or at["label"] is None:
        raise PincelError("data.csv_columns", source=path, columns=", ".join(columns) or "-")
    if group is not None and group.strip().lower() not in columns:
        raise PincelError("data.csv_group", source=path, column=group, columns=", ".join(columns))
    return table, at, columns[group.strip().lower()] if group is not None else None


def blank(labels: np.ndarray) -> np.ndarray:
    """Which of the labels (n,) say nothing: an empty text, or NaN."""
    if labels.dtype.kind == "f":
        return np.isnan(labels)
    if labels.dtype.kind == "U":
        return np.char.strip(labels) == ""
    return np.zeros(len(labels), bool)
