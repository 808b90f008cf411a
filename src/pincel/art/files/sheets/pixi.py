"""JSON for PixiJS's `Spritesheet` and `Assets.load` (checked with PixiJS 8.22.0): frames by name in
a hash, and `animations` with the names of their frames in the order in which they are shown."""

from __future__ import annotations

from typing import Any

from pincel.art.atlas import Atlas
from pincel.art.files.sheets.json import json_bytes, meta, told_cell

SUFFIX = ".json"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`."""
    return json_bytes(describe(atlas, f"{name}.png"))


def describe(atlas: Atlas, image: str) -> dict[str, Any]:
    """The sheet as plain values; `image` is the file name of its picture."""
    return {
        "frames": {cell.name: told_cell(cell) for cell in atlas.cells},
        "animations": {tag.name: [atlas.cells[n].name for n in tag.played()] for tag in atlas.tags},
        "meta": meta(atlas, image),
    }
