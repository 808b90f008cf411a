"""Which pictures can be edited: still pixel art of few colours, read with its own palette."""

from __future__ import annotations

import struct

import numpy as np

from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.make.edits.edit import MOST_SIDE
from pincel.pixels.aseprite import read_aseprite
from pincel.pixels.open import open_picture
from pincel.pixels.picture import Picture
from pincel.pixels.png_text import SIGNATURE

MOST_COLORS = 31


def editable(data: bytes, name: str, job: str = "edit", most: int = MOST_COLORS) -> Sprite:
    """The sprite in the bytes of a picture called `name`, for a job that says in its own sentences
    what it cannot take (`animated`, `too_large`, `soft`, `many_colors`).

    A palette PNG and an indexed Aseprite file keep their palette in its order, unused colours too,
    as long as they are at most `most`; otherwise the palette is the colours in use. PincelError for
    animations, half-transparent pixels, more than `most` colours and sides over 256.
    """
    picture = open_picture(data)
    if picture.animated:
        raise PincelError(f"{job}.animated", name=name)
    if max(picture.width, picture.height) > MOST_SIDE:
        size = {"width": picture.width, "height": picture.height}
        raise PincelError(f"{job}.too_large", name=name, most=MOST_SIDE, **size)
    rgba = picture.rgba
    soft = (rgba[..., 3] > 0) & (rgba[..., 3] < 255)
    if soft.any():
        raise PincelError(f"{job}.soft", name=name)
    colors = len(np.unique(rgba[rgba[..., 3] > 0][:, :3], axis=0))
    if colors > most:
        raise PincelError(f"{job}.many_colors", name=name, count=colors, most=most)
    sprite = Sprite.from_rgba(rgba)
    own = picture.info.get("palette") if picture.info.get("format") == "ASEPRITE" else None
    stored = _stored(data) if own is None else np.array(own, np.uint8).reshape(-1, 3)
    return _in_order(sprite, stored, most)


def colors_under(data: bytes, kept: np.ndarray, left: int = 0, top: int = 0) -> np.ndarray:
    """The colours under the transparent pixels of a picture, (h, w, 3) uint8 of an edited one: the
    original lies at (top, left) of it, and only where `kept` (h, w) bool says that nothing was
    drawn; elsewhere 0, or the one colour that all of them have."""
    rgba = _with_stored(open_picture(data), data)
    found = np.zeros((*kept.shape, 3), np.uint8)
    place = (slice(top, top + len(rgba)), slice(left, left + rgba.shape[1]))
    found[place] = np.where(rgba[..., 3:] == 0, rgba[..., :3], 0)
    found[~kept] = 0
    one = np.unique(rgba[rgba[..., 3] == 0][:, :3], axis=0)
    if len(one) == 1:  # a key colour, such as magenta
        found[...] = one
    return found


def _with_stored(picture: Picture, data: bytes) -> np.ndarray:
    """The picture (h, w, 4) uint8 with what its file holds under clear pixels: an Aseprite file is
    put together, which leaves nothing there."""
    if picture.info.get("format") != "ASEPRITE" or picture.info.get("profile"):
        return picture.rgba
    file = read_aseprite(data, picture.name)
    stored = None if file.gamma else file.under()
    if stored is None:
        return picture.rgba
    clear = picture.rgba[..., 3:] == 0
    colors = np.where(clear, stored, picture.rgba[..., :3])
    return np.concatenate([colors, picture.rgba[..., 3:]], -1)


def _in_order(sprite: Sprite, stored: np.ndarray | None, most: int) -> Sprite:
    """The sprite with the palette of its file, where that holds all its colours."""
    if stored is None or len(stored) > most:
        return sprite
    places = {bytes(color): number for number, color in reversed(list(enumerate(stored)))}
    table = [places.get(bytes(color), -1) for color in sprite.palette]
    if -1 in table:
        return sprite
    order = np.array([*table, -1], np.int16)
    return Sprite((order[sprite.indices],), stored)


def _stored(data: bytes) -> np.ndarray | None:
    """The palette of an indexed PNG, (k, 3) uint8 without its transparent entries."""
    if not data.startswith(SIGNATURE) or data[25:26] != b"\3":
        return None
    at, colors, alpha = len(SIGNATURE), None, b""
    while at + 12 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"PLTE":
            colors = np.frombuffer(body[: len(body) // 3 * 3], np.uint8).reshape(-1, 3)
        elif kind == b"tRNS":
            alpha = body
        elif kind == b"IDAT":
            break
        at += 12 + size
    if colors is None:
        return None
    opaque = np.ones(len(colors), bool)
    opaque[: len(alpha)] = np.frombuffer(alpha[: len(colors)], np.uint8) > 0
    return colors[opaque]
