"""A .tpsheet, format 40300, for TexturePacker's importer in Unity (asset store): y counts from
below, the pivot is the middle of the whole frame. It knows frames and no animations."""

from __future__ import annotations

from pincel.art.atlas import Atlas

SUFFIX = ".tpsheet"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`."""
    lines = [
        "#",
        "# Sprite sheet data for Unity: read by TexturePacker's importer (Unity asset store).",
        "# Names are <sprite>_<frame>, as Unity's own slicer gives them.",
        "#",
        ":format=40300",
        f":texture={name}.png",
        f":size={atlas.width}x{atlas.height}",
        ":pivotpoints=enabled",
        ":borders=disabled",
        ":alphahandling=ClearTransparentPixels",
        "",
    ]
    for cell in atlas.cells:
        pivot_x = (cell.wide / 2 - cell.left) / cell.width
        pivot_y = 1 - (cell.high / 2 - cell.top) / cell.height
        place = f"{cell.x};{atlas.height - cell.y - cell.height};{cell.width};{cell.height}"
        label = cell.name.replace(";", "_")
        lines.append(f"{label};{place}; {pivot_x:.6g};{pivot_y:.6g}; 0;0;0;0")
    return ("\n".join(lines) + "\n").encode()
