"""Files beside a sheet of corner tiles: which corner of which tile is of which ground, as JSON and
as a tileset of the map editor Tiled with its terrain (.tsx, format 1.10, doc.mapeditor.org)."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import numpy as np

from pincel.art.corner_tiles import COUNT, corner_facts, corners_of
from pincel.art.sprite import Sprite
from pincel.art.sprite_files import encode_sprite

_AROUND = (1, 3, 2, 0)
"""The corners in the order of a wangid: above right, below right, below left, above left."""


def corner_json(names: tuple[str, str], side: int) -> bytes:
    """The tiles of a sheet with their places in pixels and the grounds of their corners."""
    return json.dumps(corner_facts(*names, side), indent=1, ensure_ascii=False).encode() + b"\n"


def tiled_files(sheet: Sprite, names: tuple[str, str], name: str) -> list[tuple[str, bytes]]:
    """A tileset with a corner terrain of the two grounds, whose tiles are animated where the sheet
    moves, and its picture, all frames below one another: (suffix, bytes)."""
    side = sheet.width // COUNT
    stacked = Sprite.from_rgba(_stacked(sheet))
    frames = len(sheet.frames)
    root = ElementTree.Element(
        "tileset", version="1.10", tiledversion="1.10.2", name=name,
        tilewidth=str(side), tileheight=str(side), tilecount=str(COUNT * COUNT * frames),
        columns=str(COUNT),
    )  # fmt: skip
    ElementTree.SubElement(root, "image", source=f"{name}.tiled.png",
                           width=str(sheet.width), height=str(sheet.height * frames))  # fmt: skip
    if frames > 1:
        _animated(root, sheet.times())
    sets = ElementTree.SubElement(root, "wangsets")
    one = ElementTree.SubElement(sets, "wangset", name=", ".join(names), type="corner", tile="-1")
    for ground, color in zip(names, ("#3c9c3c", "#3c6ce0"), strict=True):  # as the editor shows it
        ElementTree.SubElement(
            one, "wangcolor", name=ground, color=color, tile="-1", probability="1"
        )
    for number in range(COUNT * COUNT):
        corners = corners_of(number)
        said = ",".join(f"0,{2 - corners[place]}" for place in _AROUND)
        ElementTree.SubElement(one, "wangtile", tileid=str(number), wangid=said)
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"
    return [(".tiled.png", encode_sprite(stacked, ".png", text={})), (".tsx", text)]


def _stacked(sheet: Sprite) -> np.ndarray:
    return np.concatenate([sheet.rgba(number) for number in range(len(sheet.frames))], 0)


def _animated(root: ElementTree.Element, times: list[int]) -> None:
    for number in range(COUNT * COUNT):
        tile = ElementTree.SubElement(root, "tile", id=str(number))
        shown = ElementTree.SubElement(tile, "animation")
        for frame, time in enumerate(times):
            at = number + COUNT * COUNT * frame
            ElementTree.SubElement(shown, "frame", tileid=str(at), duration=str(time))
