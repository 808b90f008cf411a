"""Pascal VOC: one XML a picture, boxes alone (Everingham et al., 2010).

Numbers are taken as they stand, as labelImg, CVAT and the COCO converters do: xmax - xmin is the
width. "difficult" is kept as a crowd is: it may be found and need not be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from pincel.learn.labels import Known, beginning, damaged
from pincel.learn.objects.things import Scene, Thing

SUFFIXES = (".xml",)
MASKS = False


def knows(file: Path) -> bool:
    """It begins with <annotation>."""
    return bool(re.search(r"<annotation[\s>]", beginning(file)))


def read(files: Sequence[Path], known: Known) -> list[Scene]:
    """One scene for each file."""
    return [_scene(file) for file in files]


def _scene(file: Path) -> Scene:
    try:
        root = ElementTree.parse(file).getroot()
        things = tuple(_thing(one) for one in root.iter("object"))
        size = tuple(int(float(root.findtext(f"size/{side}") or 0)) for side in ("height", "width"))
    except (ElementTree.ParseError, ValueError, TypeError) as error:
        raise damaged(file, error) from error
    # some sets name another file than the one beside: the file's own name is the sure one
    return Scene(file.stem, (size[0], size[1]), things)


def _thing(one: ElementTree.Element) -> Thing:
    sides = [float(one.findtext(f"bndbox/{s}") or "") for s in ("xmin", "ymin", "xmax", "ymax")]
    return Thing(
        (one.findtext("name") or "").strip(),
        (sides[0], sides[1], sides[2], sides[3]),
        crowd=(one.findtext("difficult") or "0").strip() == "1",
    )


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """An XML for each scene."""
    return [(f"{Path(scene.name).with_suffix('')}.xml", _written(scene)) for scene in scenes]


def _written(scene: Scene) -> bytes:
    root = ElementTree.Element("annotation")
    ElementTree.SubElement(root, "filename").text = Path(scene.name).name
    size = ElementTree.SubElement(root, "size")
    for side, count in (("width", scene.size[1]), ("height", scene.size[0]), ("depth", 3)):
        ElementTree.SubElement(size, side).text = str(count)
    for thing in scene.things:
        one = ElementTree.SubElement(root, "object")
        ElementTree.SubElement(one, "name").text = thing.kind
        ElementTree.SubElement(one, "difficult").text = "1" if thing.crowd else "0"
        box = ElementTree.SubElement(one, "bndbox")
        for side, value in zip(("xmin", "ymin", "xmax", "ymax"), thing.box, strict=True):
            ElementTree.SubElement(box, side).text = f"{value:g}"
    ElementTree.indent(root)
    return ElementTree.tostring(root, "utf-8") + b"\n"
