"""A picture in memory: still or animated, always ready as RGBA, raw values kept beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pincel.pixels.animation import Slice, Tag


@dataclass(frozen=True, eq=False)
class Picture:
    """What was read: frames as sRGB RGBA and, beside them, the values as the file holds them.

    frames     each (height, width, 4) uint8, sRGB, straight (not premultiplied) alpha
    durations  milliseconds for each frame; (0,) for a still
    name       the source's name without folder and suffix, "picture" where there is none
    raw        the first frame as stored: (h, w), (h, w, c) or (d, h, w), any dtype; None when it
               is no different from frames[0]
    info       facts about the source: format, mode, bits, profile, orientation, palette, ...
    tags       named runs of frames, where the file has them (Aseprite)
    slices     named areas, where the file has them (Aseprite)
    """

    frames: tuple[np.ndarray, ...]
    durations: tuple[int, ...] = (0,)
    name: str = "picture"
    raw: np.ndarray | None = None
    info: dict[str, Any] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    slices: tuple[Slice, ...] = ()

    @property
    def rgba(self) -> np.ndarray:
        """The first frame, (height, width, 4) uint8."""
        return self.frames[0]

    @property
    def width(self) -> int:
        return self.frames[0].shape[1]

    @property
    def height(self) -> int:
        return self.frames[0].shape[0]

    @property
    def plays(self) -> int:
        """How often an animation is to be shown; 0 is for ever, also where nothing is said."""
        return int(self.info.get("plays", 0)) if self.animated else 0

    @property
    def animated(self) -> bool:
        return len(self.frames) > 1
