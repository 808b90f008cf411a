"""ImageJ's regions: a zip a picture, as the ROI Manager of ImageJ and Fiji opens it, written by
`roifile`. Outlines go along pixel edges, as ImageJ's own wand draws them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from pincel.learn.labels._outline import Ring, holes, rings
from pincel.learn.objects.things import Scene, Thing

SUFFIXES = (".zip",)


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """NAME.zip for each scene. An outline holds the largest part of a mask, without its holes: a
    polygon of ImageJ holds no more."""
    files = []
    for scene in scenes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for number, thing in enumerate(scene.things, 1):
                name = f"{number:04}-{thing.kind}".replace("/", "-")
                when = zipfile.ZipInfo(f"{name}.roi", (1980, 1, 1, 0, 0, 0))
                if data := _roi(thing, name):
                    packed.writestr(when, data)
        files.append((f"{Path(scene.name).with_suffix('')}.zip", out.getvalue()))
    return files


def _roi(thing: Thing, name: str) -> bytes:
    from roifile import ImagejRoi

    if thing.mask is None:
        left, top, right, bottom = thing.box
        ring: Ring = [(left, top), (right, top), (right, bottom), (left, bottom)]
    else:
        ring = max((r for r in rings(thing.mask) if not holes(r)), key=len, default=[])
    return ImagejRoi.frompoints(ring, name=name).tobytes() if ring else b""
