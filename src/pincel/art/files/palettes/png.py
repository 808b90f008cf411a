"""The colours of any picture that has at most 256; written as a strip one pixel high."""

from __future__ import annotations

import numpy as np

from pincel.art.files.palettes import readable
from pincel.art.palettes import MOST_COLORS, Palette
from pincel.errors import PincelError

SUFFIX = ".png"
ALSO = (".gif",)


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`: what nothing else takes is tried as a picture."""
    return 0.1


def read(data: bytes, name: str) -> Palette:
    """The opaque colours of a picture: a one-pixel-high strip as it stands, else each once, in
    the order of the file's own palette where it has one, else of first use."""
    from pincel.pixels.open import open_picture

    try:
        picture = open_picture(data)
    except PincelError as error:
        if error.key in ("picture.text", "picture.unknown", "picture.empty"):
            raise PincelError(
                "palette.unknown_file", name=name, formats=" ".join(readable())
            ) from error
        raise PincelError(error.key, **(error.values | {"name": name})) from error
    pixels = np.concatenate([frame.reshape(-1, 4) for frame in picture.frames])
    codes = pixels[pixels[:, 3] > 0, :3] @ np.array([65536, 256, 1], np.int32)
    if picture.height > 1 or picture.width > MOST_COLORS or picture.animated:
        own = [(r << 16) + (g << 8) + b for r, g, b in picture.info.get("palette") or ()]
        used, first = np.unique(codes, return_index=True)
        place = {code: number for number, code in reversed(list(enumerate(own)))}
        codes = used[np.argsort(first)]
        if len(used) <= MOST_COLORS and all(int(code) in place for code in used):
            codes = np.array(sorted(used.tolist(), key=lambda code: place[code]), np.int32)
    colors = np.stack([codes >> 16, (codes >> 8) & 255, codes & 255], -1).astype(np.uint8)
    return Palette(name, colors, str(picture.info.get("format", "")))


def write(palette: Palette) -> bytes:
    from pincel.pixels.encode import indexed_png

    return indexed_png(np.arange(len(palette), dtype=np.int16)[None], palette.colors)
