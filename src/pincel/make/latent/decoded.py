"""What a network decoded, as pictures to keep: pixel art with a palette, or plain pictures.

A network answers with a colour of its own for every pixel; pixel art has few. Frames that belong
together get one palette, so that nothing flickers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.art.quantize import choose_palette
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.learn.prepare import are_seen, names_in, visible
from pincel.pixels import color, encode
from pincel.pixels.contact import as_rgba
from pincel.pixels.tiff_written import ome_tiff

if TYPE_CHECKING:
    from pincel.look.coder import OpenedCoder

_LOOKED_AT = 256  # pixels; the longer side of an enlarged GIF


@dataclass(frozen=True, eq=False)
class Decoded:
    """Pictures of one result.

    shown   (n, h, w, 4) uint8
    sprite  the same as pixel art, one palette for all; None for other pictures
    stains  (n, h, w, c) of the type that the network learned from, what `names` says of each
            channel: pictures that are no colours, of which `shown` is what can be seen; else None
    """

    shown: np.ndarray
    sprite: Sprite | None = None
    stains: np.ndarray | None = None
    names: tuple[str, ...] = ()

    @property
    def value(self) -> Any:
        """The one picture, or all of several, for whoever asked in Python: a sprite, channels
        (h, w, c), or (h, w, 4) uint8."""
        if self.sprite is not None:
            return self.sprite
        kept = self.shown if self.stains is None else self.stains
        return kept[0] if len(kept) == 1 else kept

    def files(self) -> Iterator[tuple[str, bytes]]:
        """A PNG to look at and, of what are no colours, an OME-TIFF with every channel."""
        yield ".png", self.png()
        if self.stains is not None:
            yield ".ome.tif", ome_tiff(self.stains, self.names)

    def png(self) -> bytes:
        """All at their own size, side by side, as a PNG."""
        if self.sprite is not None:
            return encode.indexed_png(np.concatenate(self.sprite.frames, 1), self.sprite.palette)
        strip = np.concatenate(list(self.shown), 1)
        return encode.png(strip[..., :3] if (strip[..., 3] == 255).all() else strip)

    def back_and_forth(self) -> Decoded:
        """The same and, from the last but one to the second, back again."""
        order = [*range(len(self.shown)), *range(len(self.shown) - 2, 0, -1)]
        drawn = self.sprite
        if drawn is not None:
            frames = tuple(drawn.frames[k] for k in order)
            drawn = Sprite(frames, drawn.palette, (0,) * len(order), drawn.name)
        channels = None if self.stains is None else self.stains[order]
        return Decoded(self.shown[order], drawn, channels, self.names)

    def gif(self, milliseconds: Sequence[float]) -> bytes:
        """All as the frames of an endless GIF, each pixel enlarged to a square."""
        drawn = self.sprite or as_sprite(self.shown, 255)
        scale = max(1, round(_LOOKED_AT / max(self.shown.shape[1:3])))
        frames = [frame.repeat(scale, 0).repeat(scale, 1) for frame in drawn.frames]
        return encode.gif(frames, drawn.palette, milliseconds)


def of_codes(coder: OpenedCoder, codes: np.ndarray, colors: int = 32) -> Decoded:
    """What codes (n, d) float32 are decoded to, as it is kept (see `of_model`)."""
    return of_model(coder.decode(codes, own=True), coder.about, colors)


def looked(pictures: np.ndarray, about: Mapping[str, Any]) -> np.ndarray:
    """Pictures (n, h, w, c) of a model with these facts to look at, (n, h, w, 4) uint8."""
    return as_rgba(visible(pictures, about))


def of_model(pictures: np.ndarray, about: Mapping[str, Any], colors: int = 32) -> Decoded:
    """What a network made, as `learn.prepare.own_pictures` gives it, (n, h, w, c) uint8, uint16 or
    float32, by the facts of its model (`about`); pixel art gets at most `colors` colours."""
    if are_seen(about):
        return decoded(pictures, bool(about["prepare"].get("hard_alpha")), colors)
    return Decoded(looked(pictures, about), stains=pictures, names=names_in(about["prepare"]))


def decoded(pictures: np.ndarray, hard: bool, colors: int = 32) -> Decoded:
    """Pictures (n, h, w, 1, 3 or 4) uint8; hard: they are pixel art of at most `colors` colours."""
    shown = as_rgba(pictures)
    if not hard:
        return Decoded(shown)
    drawn = as_sprite(shown, colors)
    again = [Sprite((f,), drawn.palette, (0,), "").rgba() for f in drawn.frames]
    return Decoded(np.stack(again), drawn)


def as_sprite(rgba: np.ndarray, colors: int) -> Sprite:
    """Frames (n, h, w, 4) uint8 as a sprite of at most `colors` colours; more are brought to the
    nearest in OKLab, alpha under one half to nothing."""
    opaque = rgba[..., 3] >= 128
    seen = rgba[opaque][:, :3]
    unique, inverse = np.unique(seen, axis=0, return_inverse=True)
    index = np.full(opaque.shape, TRANSPARENT, np.int16)
    if not len(unique):
        return Sprite(tuple(index), np.zeros((1, 3), np.uint8), (0,) * len(index), "decoded")
    table, place = unique, np.arange(len(unique))
    if len(unique) > colors:
        table = choose_palette(color.srgb_to_oklab(seen), colors)
        lab = color.srgb_to_oklab(unique)
        gap = [((lab - one) ** 2).sum(-1) for one in color.srgb_to_oklab(table)]
        place = np.argmin(gap, 0)
    index[opaque] = place[inverse.ravel()]
    return Sprite(tuple(index), table, (0,) * len(index), "decoded")
