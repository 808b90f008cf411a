"""What an Aseprite file holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pincel.pixels.animation import Slice, Tag

BLEND_MODES = (
    *("normal", "multiply", "screen", "overlay", "darken", "lighten", "color_dodge"),
    *("color_burn", "hard_light", "soft_light", "difference", "exclusion", "hue"),
    *("saturation", "color", "luminosity", "addition", "subtract", "divide"),
)
"""By the number that a file gives a layer."""


@dataclass(frozen=True)
class AsepriteLayer:
    """One layer, bottom first. `level` tells how deep it stands in groups; a group has no cels.

    blend      a place in BLEND_MODES
    reference  a picture to draw after, which is no part of the sprite
    tileset    the id of the tileset of a tilemap layer, None for other layers
    """

    name: str
    visible: bool = True
    opacity: int = 255
    background: bool = False
    group: bool = False
    level: int = 0
    blend: int = 0
    reference: bool = False
    tileset: int | None = None


@dataclass(frozen=True, eq=False)
class Cel:
    """A picture placed on one layer of one frame.

    pixels  (h, w) uint8 indices, (h, w, 2) grey and alpha, or (h, w, 4) RGBA, as the file's mode
    z       by how many layers it is shown later (or, negative, earlier) than its own
    """

    x: int
    y: int
    opacity: int
    pixels: np.ndarray
    z: int = 0


@dataclass(frozen=True, eq=False)
class Tileset:
    """The tiles of tilemap layers.

    pixels      (tiles, h, w) or (tiles, h, w, channels) uint8, as the file's mode
    zero_empty  whether tile 0 is the empty one (as all released versions write)
    """

    name: str
    pixels: np.ndarray
    zero_empty: bool = True


@dataclass(frozen=True, eq=False)
class Contents:
    """All that a file holds.

    mode         "indexed", "grey" or "rgba"
    palettes     for each frame (k, 4) uint8 RGBA, the palette as stored; frames with the same
                 palette share one array
    transparent  the index that shows nothing on layers that are no background (mode "indexed")
    cels         for each frame, layer number -> Cel; linked cels have the pixels of their source
    durations    milliseconds for each frame
    isolated     whether groups are put together by themselves and have opacity and blend mode
    profile      the embedded ICC profile
    gamma        the fixed gamma that the values were stored with, None where they are sRGB
    """

    width: int
    height: int
    mode: str
    palettes: tuple[np.ndarray, ...]
    transparent: int
    layers: tuple[AsepriteLayer, ...]
    cels: tuple[Mapping[int, Cel], ...]
    durations: tuple[int, ...]
    tags: tuple[Tag, ...] = ()
    slices: tuple[Slice, ...] = ()
    tilesets: Mapping[int, Tileset] = field(default_factory=dict)
    isolated: bool = False
    profile: bytes | None = None
    gamma: float | None = None
    name: str = "sprite"

    @property
    def entries(self) -> np.ndarray:
        """The palette of the first frame, (k, 4) uint8 RGBA, as stored."""
        return self.palettes[0]

    @property
    def palette(self) -> np.ndarray:
        """The palette of the first frame without fully transparent entries, (k, 3) uint8."""
        return self.entries[self.entries[:, 3] > 0, :3]

    def shown(self) -> list[int]:
        """The numbers of the layers that are seen, bottom first: visible, in visible groups, and
        no reference layers."""
        numbers, groups = [], [True]
        for number, layer in enumerate(self.layers):
            level = min(layer.level, len(groups) - 1)
            seen = groups[level] and layer.visible
            groups[level + 1 :] = [seen]
            if seen and not layer.group and not layer.reference:
                numbers.append(number)
        return numbers
