"""JSON as TexturePacker's array format and `aseprite --format json-array` have it: frames by name,
tags and slices in `meta`. Read by LÖVE and Defold libraries and by Unity's and Godot's importers
of Aseprite sheets; Phaser loads it as an atlas of named frames."""

from __future__ import annotations

import json
from typing import Any

from pincel.art.atlas import Atlas, Slot
from pincel.pixels.animation import told_tag

SUFFIX = ".json"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`."""
    return json_bytes(describe(atlas, f"{name}.png"))


def describe(atlas: Atlas, image: str) -> dict[str, Any]:
    """The sheet as plain values; `image` is the file name of its picture."""
    frames = [{"filename": cell.name} | told_cell(cell) for cell in atlas.cells]
    return {"frames": frames, "meta": meta(atlas, image)}


def told_cell(cell: Slot) -> dict[str, Any]:
    """A frame's place, as all JSON formats tell it."""
    return {
        "frame": {"x": cell.x, "y": cell.y, "w": cell.width, "h": cell.height},
        "rotated": False,
        "trimmed": cell.trimmed,
        "spriteSourceSize": {"x": cell.left, "y": cell.top, "w": cell.width, "h": cell.height},
        "sourceSize": {"w": cell.wide, "h": cell.high},
        "duration": cell.duration,
    }


def meta(atlas: Atlas, image: str) -> dict[str, Any]:
    """What is told of the whole sheet."""
    return {
        "app": "pincel",
        "version": "1.0",
        "image": image,
        "format": "I8" if atlas.sheet is not None else "RGBA8888",
        "size": {"w": atlas.width, "h": atlas.height},
        "scale": "1",
        "frameTags": [told_tag(tag) for tag in atlas.tags],
        "layers": [{"name": "Layer", "opacity": 255, "blendMode": "normal"}],
        "slices": [one.told() for one in atlas.slices],
    }


def json_bytes(told: dict[str, Any]) -> bytes:
    """Plain values as the bytes of a JSON file."""
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()
