"""A sprite: pixel art by construction. A grid of palette indices, so nothing off-grid, off-palette
or half-transparent can be said in it, unless levels of alpha were asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from pincel.pixels.animation import Slice, Tag

TRANSPARENT = -1


@dataclass(frozen=True, eq=False)
class Sprite:
    """Indexed pixel art, still or animated.

    frames     each (height, width) int16: an index into `palette`, or -1 where transparent
    palette    (k, 3) uint8 sRGB, k <= 256
    durations  milliseconds for each frame; (0,) for a still
    recipe     what made it: job, settings, seed, source hash, versions (goes into the file)
    tags       named runs of frames, as Aseprite keeps them
    slices     named areas, as Aseprite keeps them
    plays      how often an animation is shown; 0: for ever
    alphas     for every frame (height, width) uint8, a few levels of alpha, 0 where it is -1; ():
               all that is there is opaque, as pixel art should be
    under      (height, width, 3) uint8: the colours under the transparent pixels of a still, which
               nobody sees but engines may read (bleeding, masks); None: nothing is kept there
    """

    frames: tuple[np.ndarray, ...]
    palette: np.ndarray
    durations: tuple[int, ...] = (0,)
    name: str = "sprite"
    recipe: dict[str, Any] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    slices: tuple[Slice, ...] = ()
    plays: int = 0
    alphas: tuple[np.ndarray, ...] = ()
    under: np.ndarray | None = None

    @property
    def width(self) -> int:
        return self.frames[0].shape[1]

    @property
    def height(self) -> int:
        return self.frames[0].shape[0]

    @property
    def indices(self) -> np.ndarray:
        """The first frame, (height, width) int16."""
        return self.frames[0]

    def rgba(self, frame: int = 0, scale: int = 1) -> np.ndarray:
        """One frame as (height*scale, width*scale, 4) uint8; transparent cells are (0, 0, 0, 0),
        or have the colour that lies `under` them and alpha 0."""
        table = np.zeros((len(self.palette) + 1, 4), np.uint8)
        table[:-1, :3] = self.palette
        table[:-1, 3] = 255
        rgba = table[self.frames[frame]]  # index -1 is the last row: transparent
        if self.alphas:
            rgba[..., 3] = self.alphas[frame]
        if self.under is not None:
            clear = rgba[..., 3] == 0
            rgba[clear, :3] = self.under[clear]
        return rgba.repeat(scale, 0).repeat(scale, 1) if scale > 1 else rgba

    def entries(self) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        """(frames, palette) as indexed files hold them: the sprite's own; where there is partial
        alpha, each colour once for each of its levels, palette (n, 4) uint8 and frames (h, w)
        int32; where colours lie `under` transparent pixels, one more entry of alpha 0 for each
        behind the palette, and no -1."""
        if self.hidden().any():
            return self._with_hidden()
        if not self.alphas:
            return self.frames, self.palette
        codes = [f * 256 + a for f, a in zip(map(np.int32, self.frames), self.alphas, strict=True)]
        worn = np.unique(
            np.concatenate([c[f >= 0] for c, f in zip(codes, self.frames, strict=True)])
        )
        frames = (
            np.where(f < 0, TRANSPARENT, np.searchsorted(worn, c)).astype(np.int32)
            for c, f in zip(codes, self.frames, strict=True)
        )
        return tuple(frames), np.column_stack([self.palette[worn // 256], worn % 256]).astype(
            np.uint8
        )

    def hidden(self) -> np.ndarray:
        """The colours that lie under transparent pixels, (n, 3) uint8, each once; none where
        nothing is kept there."""
        if self.under is None:
            return np.zeros((0, 3), np.uint8)
        return np.unique(self.under[self.frames[0] < 0].reshape(-1, 3), axis=0)

    def _with_hidden(self) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        """`entries` of a still with colours under its transparent pixels."""
        (frame,), palette = replace(self, under=None).entries()
        seen = np.full((len(palette), 4), 255, np.uint8)
        seen[:, : palette.shape[1]] = palette
        clear = frame < 0
        hidden, which = np.unique(np.asarray(self.under)[clear], axis=0, return_inverse=True)
        flat = frame.astype(np.int32)
        flat[clear] = len(seen) + which.ravel()
        unseen = np.column_stack([hidden, np.zeros(len(hidden), np.uint8)])
        return (flat,), np.concatenate([seen, unseen])

    def times(self) -> list[int]:
        """Milliseconds for each frame as files need them: 100 where nothing is said."""
        return [duration or 100 for duration in self.durations]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """The first frame, so that a sprite can be given wherever a picture can."""
        rgba = self.rgba()
        return rgba if dtype is None else rgba.astype(dtype)

    def save(self, path: str | os.PathLike, *, force: bool = False) -> Path:
        """Write a file: .png, .gif, .apng, .webp, .aseprite (see `pincel.art.sprite_files`). An
        existing one is only replaced with `force`. Returns the path."""
        from pincel.art.sprite_files import save_sprite

        return save_sprite(self, path, force=force)

    def show(self, scale: int | None = None) -> None:
        """Open the first frame, enlarged, in the system's picture viewer."""
        from PIL import Image

        from pincel.art.sprite_files import preview_scale

        Image.fromarray(self.rgba(scale=scale or preview_scale(self))).show()

    def _repr_png_(self) -> bytes:
        """What a notebook shows: the sprite enlarged, every pixel sharp."""
        from pincel.art.sprite_files import encode_sprite, preview_scale

        return encode_sprite(self, ".png", scale=preview_scale(self), text={})

    @classmethod
    def from_rgba(cls, *frames: np.ndarray, name: str = "sprite", durations=None) -> Sprite:
        """The sprite that shows exactly these (h, w, 4) uint8 frames; alpha must be 0 or 255 and
        the colours at most 256 in all (ValueError otherwise). Palette in order of first use."""
        flat = np.concatenate([f.reshape(-1, 4) for f in frames])
        if np.any((flat[:, 3] > 0) & (flat[:, 3] < 255)):
            raise ValueError("a sprite has no half-transparent pixels")
        opaque = flat[:, 3] == 255
        codes = flat[:, :3].astype(np.int32) @ np.array([65536, 256, 1], np.int32)
        unique, first, inverse = np.unique(codes[opaque], return_index=True, return_inverse=True)
        if len(unique) > 256:
            raise ValueError(f"a sprite has at most 256 colours, got {len(unique)}")
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        index = np.full(len(flat), TRANSPARENT, np.int16)
        index[opaque] = rank[inverse]
        palette = np.stack([unique >> 16, (unique >> 8) & 255, unique & 255], -1)[order]
        split, start = [], 0
        for f in frames:
            size = f.shape[0] * f.shape[1]
            split.append(index[start : start + size].reshape(f.shape[:2]))
            start += size
        return cls(
            tuple(split), palette.astype(np.uint8), tuple(durations or [0] * len(frames)), name
        )
