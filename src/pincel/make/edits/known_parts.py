"""Things that people wear and hold, as they were drawn by hand for `pincel.art.people`: asked for
in a place of a picture, such a part is laid there instead of what a network would draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.art import lexicon
from pincel.art.denoise import nearest_entry
from pincel.art.people import HELD, part_alone
from pincel.art.sprite import TRANSPARENT
from pincel.make.edits.apart import placed
from pincel.pixels.color import srgb_to_oklab

_HATS = {"hat": "brim", "helmet": "helmet", "crown": "crown", "hood": "hood"}
_ROLES = {"crown": "trim", "shield": "shield", "bow": "wood", "staff": "wood", "wand": "wood"}
"""What a colour word colours, where it is not the hat's cloth or the metal."""
_ENOUGH = 0.4
"""A place is a part's own when the part fills so much of its height or width."""


def part_of(words: Sequence[int], palette: np.ndarray, mirrored: bool) -> np.ndarray | None:
    """The part that the words (ids) name, indices (h, w) int16 of the palette (k, 3) uint8, -1
    transparent; what is held mirrored or not. None where they name none, or more than that."""
    vocabulary = lexicon.vocabulary()
    named = [vocabulary[word] for word in words if word > 0]
    things = [word["en"] for word in named if word["kind"] == "object"]
    colors = [word["en"] for word in named if word["kind"] == "colour"]
    if set(things) == {"wizard", "hat"}:
        name, hat = "wizard", True
    elif len(things) == 1 and things[0] in _HATS:
        name, hat = _HATS[things[0]], True
    elif len(things) == 1 and things[0] in HELD:
        name, hat = things[0], False
    else:
        return None
    role = _ROLES.get(name, "hat" if hat else "metal")
    told = {role: colors[0]} if colors else {"hat": "silver"} if name == "helmet" else {}
    rgba = part_alone(name, told)
    entries = nearest_entry(srgb_to_oklab(rgba[..., :3]), srgb_to_oklab(palette))
    made = np.where(rgba[..., 3] > 0, entries, TRANSPARENT).astype(np.int16)
    return made[:, ::-1] if mirrored and not hat else made


def with_part(
    indices: np.ndarray, mask: np.ndarray, words: Sequence[int], palette: np.ndarray
) -> tuple[np.ndarray, np.ndarray] | None:
    """A picture, indices (h, w) int16 of the palette (k, 3) uint8, with the part that the words
    (ids) name in the mask (h, w) bool, and the part's own pixels (h, w) bool; None where they name
    none, or the place is not one for it. To the right of the middle a part is mirrored."""
    rows, columns = np.nonzero(mask)
    high, wide = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    body = np.flatnonzero((indices >= 0).any(0))
    middle = body.mean() if len(body) else indices.shape[1] / 2
    part = part_of(words, palette, bool(columns.mean() > middle))
    if part is None or len(palette) < 2:
        return None
    if max(part.shape[0] / high, part.shape[1] / wide) < _ENOUGH or min(high, wide) < 4:
        return None
    made, own = placed(indices, mask, part)
    return (made, own) if own.any() else None
