"""JSON for Phaser's `load.aseprite` and `anims.createFromAseprite` (checked with Phaser 4.2.1): it
looks frames up by their number, which therefore is their `filename`; the name stands beside it.

A ping-pong that starts at the end is a direction that Phaser does not know (it would play it
forward): its frames are written once more, in the order in which they are shown. One that is played
once goes one way only, which Phaser calls forward.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pincel.art.atlas import Atlas, Slot
from pincel.art.files.sheets.json import json_bytes, meta, told_cell
from pincel.pixels.animation import FORWARD, PING_PONG, PING_PONG_REVERSE, Tag

SUFFIX = ".json"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`."""
    return json_bytes(describe(atlas, f"{name}.png"))


def describe(atlas: Atlas, image: str) -> dict[str, Any]:
    """The sheet as plain values; `image` is the file name of its picture."""
    cells: list[Slot] = list(atlas.cells)
    tags: list[Tag] = []
    for tag in atlas.tags:
        if tag.direction == PING_PONG_REVERSE:
            order = tag.played()
            first = len(cells)
            cells += [atlas.cells[number] for number in order]
            tag = replace(tag, first=first, last=len(cells) - 1, direction=FORWARD)
        elif tag.direction == PING_PONG and tag.repeat == 1:
            tag = replace(tag, direction=FORWARD)
        tags.append(tag)
    frames = [
        {"filename": str(number), "name": cell.name} | told_cell(cell)
        for number, cell in enumerate(cells)
    ]
    return {"frames": frames, "meta": meta(replace(atlas, tags=tuple(tags)), image)}
