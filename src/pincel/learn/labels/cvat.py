"""CVAT for images 1.1: one XML for all pictures, boxes, polygons and masks (runs along the rows of
a window)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from pincel.learn.labels import Known, _runs, beginning, damaged
from pincel.learn.labels._outline import filled_polygons
from pincel.learn.objects.things import Mask, Scene, Thing, tight_mask

SUFFIXES = (".xml",)


def knows(file: Path) -> bool:
    """It begins with <annotations>."""
    return bool(re.search(r"<annotations[\s>]", beginning(file)))


def read(files: Sequence[Path], known: Known) -> list[Scene]:
    """The scenes of all files."""
    return [scene for file in files for scene in _scenes(file)]


def _scenes(file: Path) -> list[Scene]:
    try:
        root = ElementTree.parse(file).getroot()
        return [_scene(image) for image in root.iter("image")]
    except KeyError as error:
        raise damaged(file, f"{error} is missing") from error
    except (ElementTree.ParseError, ValueError, TypeError) as error:
        raise damaged(file, error) from error


def _scene(image: ElementTree.Element) -> Scene:
    height, width = int(image.attrib["height"]), int(image.attrib["width"])
    things = [_thing(one, height, width) for one in image if one.tag in ("box", "polygon", "mask")]
    return Scene(image.attrib["name"], (height, width), tuple(things))


def _thing(one: ElementTree.Element, height: int, width: int) -> Thing:
    said = one.attrib
    crowd = any(a.get("name") == "crowd" and a.text == "true" for a in one.iter("attribute"))
    if one.tag == "box":
        left, top, right, bottom = (float(said[side]) for side in ("xtl", "ytl", "xbr", "ybr"))
        return Thing(said["label"], (left, top, right, bottom), crowd=crowd)
    if one.tag == "polygon":
        corners = [tuple(map(float, pair.split(","))) for pair in said["points"].split(";")]
        mask = filled_polygons([[(x, y) for x, y in corners]], height, width)
    else:
        h, w = int(said["height"]), int(said["width"])
        runs = [int(part) for part in said["rle"].split(",") if part.strip()]
        inside = _runs.filled_runs(runs, h * w).reshape(h, w)
        mask = tight_mask(inside, int(said["top"]), int(said["left"]))
    return Thing(said["label"], mask.box, mask, crowd)


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """annotations.xml."""
    root = ElementTree.Element("annotations")
    ElementTree.SubElement(root, "version").text = "1.1"
    for number, scene in enumerate(scenes):
        height, width = scene.size
        image = ElementTree.SubElement(
            root, "image", id=str(number), name=scene.name, width=str(width), height=str(height)
        )
        for thing in scene.things:
            one = _mask(image, thing.kind, thing.mask) if thing.mask else _box(image, thing)
            if thing.crowd:
                ElementTree.SubElement(one, "attribute", name="crowd").text = "true"
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return [("annotations.xml", text + b"\n")]


def _box(image: ElementTree.Element, thing: Thing) -> ElementTree.Element:
    sides = dict(zip(("xtl", "ytl", "xbr", "ybr"), (f"{v:g}" for v in thing.box), strict=True))
    said = {"label": thing.kind, "source": "manual", "occluded": "0", **sides, "z_order": "0"}
    return ElementTree.SubElement(image, "box", said)


def _mask(image: ElementTree.Element, kind: str, mask: Mask) -> ElementTree.Element:
    h, w = mask.inside.shape
    place = {"left": str(mask.left), "top": str(mask.top), "width": str(w), "height": str(h)}
    runs = ", ".join(map(str, _runs.counted(mask.inside.ravel())))
    said = {"label": kind, "source": "manual", "occluded": "0", "rle": runs, **place}
    return ElementTree.SubElement(image, "mask", {**said, "z_order": "0"})
