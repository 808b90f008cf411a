"""The sheet itself: an indexed PNG, or RGBA where colours are too many or half-transparent."""

from __future__ import annotations

from pincel.art.atlas import Atlas
from pincel.pixels import encode

SUFFIX = ".png"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`."""
    if atlas.sheet is not None:
        (indices,), palette = atlas.sheet.entries()
        return encode.indexed_png(indices, palette)
    return encode.png(atlas.pixels)
