"""A place of a sprite in a named colour: lights stay lights, outlines stay outlines."""

from __future__ import annotations

import numpy as np

from pincel.art import color_names
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

MOST_COLORS = 31
_OUTLINE = 0.2
"""Darker pixels (OKLab) are outline and keep their colour."""
_APART = 0.03
"""Two shades nearer than this (OKLab) become one."""


def painted(sprite: Sprite, mask: np.ndarray, color: str, *, palette_stays: bool = False) -> Sprite:
    """The sprite with the pixels of the mask (h, w) bool in the shades of a colour (an English
    name, key of `color_names.RAMPS`), by their lightness.

    palette_stays  only colours that the palette has; as it came where it has none like this one.
    Otherwise shades are added, at most 31 colours in all.
    """
    lab = srgb_to_oklab(np.asarray(sprite.palette, np.uint8))
    place = mask & (sprite.indices >= 0)
    entries = [e for e in np.unique(sprite.indices[place]) if lab[e, 0] >= _OUTLINE]
    if not entries:  # nothing but outline: better that than no colour at all
        entries = list(np.unique(sprite.indices[place]))
    if not entries:
        return sprite
    ramp = srgb_to_oklab(color_names.ramp(color))
    wanted = _shades(lab[entries, 0], ramp)
    if palette_stays:
        own = _like(lab, ramp)
        if not len(own):
            return sprite
        far = ((wanted[:, None] - lab[own][None]) ** 2).sum(-1)
        return _moved(sprite, place, entries, own[far.argmin(1)], sprite.palette)
    fresh, which = _few(wanted)
    room = MOST_COLORS - len(sprite.palette)
    if len(fresh) > room:  # the fewest shades that still tell light from dark
        fresh, which = fresh[:: -(-len(fresh) // max(room, 1))], which * 0
    palette = np.concatenate([sprite.palette, to_bytes(oklab_to_srgb(fresh))])
    return _trimmed(_moved(sprite, place, entries, which + len(sprite.palette), palette))


def _shades(light: np.ndarray, ramp: np.ndarray) -> np.ndarray:
    """For each lightness a shade of the ramp (3, 3) OKLab: the darkest of them its dark end, the
    lightest its light one; of a single one the middle."""
    low, high = light.min(), light.max()
    spread = high - low
    t = np.full(len(light), 1.0) if spread < _APART else 2 * (light - low) / spread
    if _APART <= spread < 0.25:  # little light and shade stays little
        t = 1 + (t - 1) * spread / 0.25
    floor = np.clip(t.astype(int), 0, 1)
    part = (t - floor)[:, None]
    return ramp[floor] * (1 - part) + ramp[floor + 1] * part


def _like(lab: np.ndarray, ramp: np.ndarray) -> np.ndarray:
    """The entries of a palette that are shades of the colour."""
    far = np.sqrt(((lab[:, None] - ramp[None]) ** 2).sum(-1)).min(1)
    return np.flatnonzero(far <= color_names.LACKS)


def _few(shades: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shades that can be told apart, and the place of each of `shades` among them."""
    kept: list[np.ndarray] = []
    which = np.zeros(len(shades), np.intp)
    for number, shade in enumerate(shades):
        far = [float(np.linalg.norm(shade - other)) for other in kept]
        if far and min(far) < _APART:
            which[number] = int(np.argmin(far))
        else:
            which[number] = len(kept)
            kept.append(shade)
    return np.array(kept), which


def _moved(
    sprite: Sprite, place: np.ndarray, entries: list, to: np.ndarray, palette: np.ndarray
) -> Sprite:
    table = np.arange(len(sprite.palette) + 1)
    table[entries] = to
    indices = np.where(place, table[sprite.indices], sprite.indices)
    return Sprite((indices.astype(np.int16),), palette)


def _trimmed(sprite: Sprite) -> Sprite:
    """Only the colours that occur, each once."""
    return Sprite.from_rgba(sprite.rgba())
