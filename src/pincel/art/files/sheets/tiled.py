"""A tileset of the map editor Tiled (.tsx, format 1.10, doc.mapeditor.org): every frame is a tile
with its name as a property, every animation an animated tile.

A sheet in a grid is a tileset of one image; any other is a collection of areas of the image, which
Tiled reads since 1.9. Tiles have no offset, so a trimmed sheet is refused.
"""

from __future__ import annotations

from xml.etree import ElementTree

from pincel.art.atlas import Atlas
from pincel.errors import PincelError
from pincel.pixels.animation import Tag

SUFFIX = ".tsx"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`. PincelError for a trimmed sheet."""
    if any(cell.trimmed for cell in atlas.cells):
        raise PincelError("sheet.trimmed", format="tiled")
    wide, high = max(c.wide for c in atlas.cells), max(c.high for c in atlas.cells)
    numbers = _grid(atlas, wide, high)
    root = ElementTree.Element("tileset", version="1.10", tiledversion="1.10.2", name=name)
    root.set("tilewidth", str(wide))
    root.set("tileheight", str(high))
    image = {"source": f"{name}.png", "width": str(atlas.width), "height": str(atlas.height)}
    if numbers is None:
        root.set("tilecount", str(len(atlas.cells)))
        root.set("columns", "0")
    else:
        columns, rows = _fitting(atlas, wide, high)
        root.set("spacing", str(atlas.spacing))
        root.set("margin", str(atlas.margin))
        root.set("tilecount", str(columns * rows))
        root.set("columns", str(columns))
        ElementTree.SubElement(root, "image", image)
    _tiles(atlas, root, numbers, image)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"


def _fitting(atlas: Atlas, wide: int, high: int) -> tuple[int, int]:
    """How many columns and rows of tiles Tiled finds in the image."""
    columns = (atlas.width - atlas.margin + atlas.spacing) // (wide + atlas.spacing)
    rows = (atlas.height - atlas.margin + atlas.spacing) // (high + atlas.spacing)
    return columns, rows


def _grid(atlas: Atlas, wide: int, high: int) -> list[int] | None:
    """The tile number of every frame in a grid; None where they stand in no grid, or where two
    frames share a place."""
    columns, _ = _fitting(atlas, wide, high)
    numbers = []
    for cell in atlas.cells:
        column, beside = divmod(cell.x - atlas.margin, wide + atlas.spacing)
        row, below = divmod(cell.y - atlas.margin, high + atlas.spacing)
        if beside or below or column >= columns:
            return None
        numbers.append(row * columns + column)
    return numbers if len(set(numbers)) == len(numbers) else None


def _tiles(
    atlas: Atlas, root: ElementTree.Element, numbers: list[int] | None, image: dict[str, str]
) -> None:
    place = list(range(len(atlas.cells))) if numbers is None else numbers
    animated = _animated(atlas)
    for number in sorted(range(len(atlas.cells)), key=place.__getitem__):
        cell = atlas.cells[number]
        tile = ElementTree.SubElement(root, "tile", id=str(place[number]))
        if numbers is None:
            for key, value in zip(
                ("x", "y", "width", "height"),
                (cell.x, cell.y, cell.width, cell.height),
                strict=True,
            ):
                tile.set(key, str(value))
        properties = ElementTree.SubElement(tile, "properties")
        ElementTree.SubElement(properties, "property", name="name", value=cell.name)
        if number in animated:
            tag, order = animated[number]
            ElementTree.SubElement(properties, "property", name="animation", value=tag.name)
            if not tag.endless:  # animated tiles start again for ever, whatever is said
                ElementTree.SubElement(
                    properties, "property", name="loop", type="bool", value="false"
                )
        if numbers is None:
            ElementTree.SubElement(tile, "image", image)
        if number in animated:
            animation = ElementTree.SubElement(tile, "animation")
            for shown in order:
                time = str(atlas.cells[shown].duration)
                ElementTree.SubElement(animation, "frame", tileid=str(place[shown]), duration=time)


def _animated(atlas: Atlas) -> dict[int, tuple[Tag, list[int]]]:
    """The frame whose tile plays an animation: its first one, else the next that plays none yet
    (a tile plays at most one)."""
    animated: dict[int, tuple[Tag, list[int]]] = {}
    for tag in atlas.tags:
        order = tag.played()
        free = next((number for number in order if number not in animated), None)
        if len(set(order)) > 1 and free is not None:
            animated[free] = (tag, order)
    return animated
