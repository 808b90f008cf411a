"""A square of a picture, pixelated: what redrawing a face as a sprite is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_LARGEST = 256  # pixels of the square that is pixelated


def _square(value: Any) -> bool:
    three = isinstance(value, tuple) and len(value) == 3
    known = three and all(isinstance(one, int | float) and abs(one) < 1e5 for one in value)
    return known and value[2] >= 8


CHECKED = {
    "picture": lambda value: isinstance(value, str),
    "crop": _square,
    "side": lambda value: isinstance(value, int) and 4 <= value <= 64,
    "colors": lambda value: isinstance(value, int) and 2 <= value <= 64,
    "palette": lambda value: isinstance(value, str),
}


def touch(settings: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The sprite as indices and colours, and crop.png, the square itself. `crop`: left, top and
    side in pixels of the picture; of `colors` and `palette` one or none."""
    from pincel.calls import call
    from pincel.make.pictures.heads import Frame, framed_square
    from pincel.make.pictures.translate import over_white
    from pincel.pixels.encode import png
    from pincel.pixels.open import open_picture
    from pincel.studio.views._sprite import packed_sprite

    shown = over_white(open_picture(settings["picture"]).rgba)
    frame = Frame(*map(float, settings["crop"]))
    square = framed_square(shown, frame, min(_LARGEST, max(64, round(frame.side))))
    chosen = {name: settings[name] for name in ("colors", "palette") if name in settings}
    sprite = call("pixelate", square, width=settings["side"], height=settings["side"], **chosen)
    yield from packed_sprite(sprite.frames, sprite.palette, sprite.times())
    yield "crop.png", png(square)
