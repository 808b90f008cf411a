"""A gathered picture, judged: pixel art at its true size, trimmed, or a picture as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from pincel.art.palettes import all_palettes
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.sprite_files import encode_sprite
from pincel.errors import PincelError
from pincel.make.pictures.restore import restore
from pincel.make.pictures.true_grid import at_true_size
from pincel.make.sets.items import Item
from pincel.pixels.open import open_picture
from pincel.pixels.picture import Picture

Kind = Literal["auto", "sprites", "pictures"]

_LARGEST = 256  # pixels a side: what is larger at its true size is a screen, not a sprite
_FEWEST = 4  # pixels a side, and a sprite's opaque pixels
_TOLD = 4  # colours that make a palette worth a name
_ROUNDED = 2  # of 255: a palette that went through another program
_SUFFIX = {"JPEG": ".jpg", "TIFF": ".tif", "ASEPRITE": ".aseprite", "NPY": ".npy"}


@dataclass(frozen=True, eq=False)
class SetPicture:
    """One picture of a data set.

    rgba          (h, w, 4) uint8, its first frame as it is kept
    data, suffix  the file that is kept: a sprite's own PNG, or the file as it came
    sprite        whether this is pixel art, at its true size
    cell          how large one of its pixels was in the file, (across, down); 1 where true already
    colors        different opaque colours of all frames
    palette       a known palette that holds them all, "" for none
    clear, half   share of pixels that are transparent, and half transparent
    """

    item: Item
    rgba: np.ndarray
    data: bytes
    suffix: str
    sprite: bool
    cell: tuple[float, float]
    frames: int
    colors: int
    palette: str
    clear: float
    half: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rgba.shape[1], self.rgba.shape[0]


def judge_file(item: Item, data: bytes, kind: Kind = "auto", trim: bool = True) -> SetPicture:
    """What a file holds.

    kind  "auto": enlarged pixel art comes back at its true size, other pictures stay as they are;
          "sprites": nothing but pixel art is taken; "pictures": everything stays as it is
    trim  a sprite's empty border is cut off

    PincelError says why a file is left out.
    """
    picture = open_picture(data)
    if min(picture.width, picture.height) < _FEWEST:
        raise PincelError("collect.why.tiny", width=picture.width, height=picture.height)
    if not picture.rgba[..., 3].any():
        raise PincelError("collect.why.clear")
    if kind != "pictures":
        found = _as_sprite(picture)
        if found is not None:
            sprite, cell = found
            return _sprite_piece(item, _trimmed(sprite) if trim else sprite, cell)
        if kind == "sprites":
            raise PincelError("collect.why.no_sprite")
    suffix = str(picture.info.get("format", "png"))
    suffix = _SUFFIX.get(suffix, f".{suffix.lower()}")
    return _piece(item, list(picture.frames), data, suffix, False, (1.0, 1.0))


def _as_sprite(picture: Picture) -> tuple[Sprite, tuple[float, float]] | None:
    """Pixel art at its true size, and how large its pixels were; None for other pictures."""
    found = at_true_size(picture)
    if found is not None:
        small, grid = found
        sprite = _exact(small)
        if sprite is not None and max(sprite.width, sprite.height) <= _LARGEST:
            return sprite, (grid.cell[0], grid.cell[1])
    if max(picture.width, picture.height) <= _LARGEST:
        sprite = _exact(picture)
        if sprite is not None and len(sprite.palette) <= 64:
            return sprite, (1.0, 1.0)
    restored = restore(picture)
    sprite = restored.sprite
    if restored.verdict != "grid" or max(sprite.width, sprite.height) > _LARGEST:
        return None
    return replace(sprite, durations=picture.durations), restored.grid.cell


def _exact(picture: Picture) -> Sprite | None:
    """A picture as the sprite that shows the same; None where it has too many colours or pixels
    that are half transparent."""
    try:
        return Sprite.from_rgba(*picture.frames, durations=picture.durations)
    except ValueError:
        return None


def _trimmed(sprite: Sprite) -> Sprite:
    """Without the border that is empty in every frame."""
    seen = np.any([frame != TRANSPARENT for frame in sprite.frames], axis=0)
    if not seen.any():
        raise PincelError("collect.why.clear")
    down, across = (np.flatnonzero(seen.any(axis)) for axis in (1, 0))
    box = (slice(down[0], down[-1] + 1), slice(across[0], across[-1] + 1))
    return replace(sprite, frames=tuple(frame[box] for frame in sprite.frames), slices=(), tags=())


def _sprite_piece(item: Item, sprite: Sprite, cell: tuple[float, float]) -> SetPicture:
    if (sprite.indices != TRANSPARENT).sum() < _FEWEST:
        raise PincelError("collect.why.tiny", width=sprite.width, height=sprite.height)
    frames = [sprite.rgba(number) for number in range(len(sprite.frames))]
    data = encode_sprite(sprite, ".png", text={})
    return _piece(item, frames, data, ".png", True, (round(cell[0], 2), round(cell[1], 2)))


def _piece(
    item: Item,
    frames: list[np.ndarray],
    data: bytes,
    suffix: str,
    sprite: bool,
    cell: tuple[float, float],
) -> SetPicture:
    flat = np.concatenate([frame.reshape(-1, 4) for frame in frames])
    solid = flat[flat[:, 3] == 255, :3]
    codes = np.unique(solid.astype(np.int32) @ np.array([65536, 256, 1], np.int32))
    return SetPicture(
        item, frames[0], data, suffix, sprite, cell, len(frames), len(codes), _known(codes),
        float((flat[:, 3] == 0).mean()), float(((flat[:, 3] > 0) & (flat[:, 3] < 255)).mean()),
    )  # fmt: skip


def _known(codes: np.ndarray) -> str:
    """The smallest known palette that holds all these colours, (k,) as 0xrrggbb, give or take what
    other programs round; "" for none."""
    if not _TOLD <= len(codes) <= 256:
        return ""
    colors = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], -1)
    held = []
    for palette in all_palettes():
        apart = np.abs(colors[:, None] - palette.colors.astype(int)).max(-1)
        if (apart.min(1) <= _ROUNDED).all() and len(np.unique(apart.argmin(1))) == len(codes):
            held.append((len(palette), palette.slug))
    return min(held)[1] if held else ""


def free_file_name(item: Item, taken: set[str]) -> str:
    """A file name for an item that nothing else has, whatever it is called elsewhere."""
    plain = "".join(c if c.isalnum() or c in "-_. " else "-" for c in Path(item.called()).name)
    plain = plain.strip(" .-")[:80] or "picture"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name
