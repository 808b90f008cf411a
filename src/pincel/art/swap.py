"""Palette swaps: single colours of a finished sprite exchanged, everything else as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pincel.art.sprite import TRANSPARENT, Sprite


def swapped(sprite: Sprite, swap: str | None) -> Sprite:
    """The sprite with each colour that `swap` names ("#aa3344=#3344aa, ...") exchanged for the one
    behind it, in all frames at once. Colours that it does not have are passed over; two that
    become the same are one."""
    if not swap:
        return sprite
    colors = np.asarray(sprite.palette).copy()
    for pair in swap.split(","):
        old, new = (
            np.frombuffer(bytes.fromhex(one.strip().lstrip("#")), np.uint8)
            for one in pair.split("=")
        )
        colors[(sprite.palette == old).all(1)] = new
    _, first, place = np.unique(colors, axis=0, return_index=True, return_inverse=True)
    kept = np.sort(first)  # in the order in which they were
    table = np.append(np.searchsorted(kept, first[place.ravel()]), TRANSPARENT).astype(np.int16)
    return replace(sprite, frames=tuple(table[one] for one in sprite.frames), palette=colors[kept])
