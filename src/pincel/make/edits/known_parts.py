"""Things that people wear and hold, as they were drawn by hand for `pincel.art.people`: asked for
in a place of a picture, such a part is laid there instead of what a network would draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.art import lexicon
from pincel.art.denoise import nearest_entry
from pincel.art.people import HATS, HELD, hat_alone, part_alone
from pincel.art.sprite import TRANSPARENT
from pincel.make.edits.apart import placed
from pincel.pixels.color import srgb_to_oklab

_HATS = {"hat": "brim", "helmet": "helmet", "crown": "crown", "hood": "hood"}
_ROLES = {"crown": "trim", "shield": "shield", "bow": "wood", "staff": "wood", "wand": "wood"}
"""What a colour word colours, where it is not the hat's cloth or the metal."""
_WIDE = 4
"""The first row of a head has so many pixels: a tuft has fewer."""
_ENOUGH = 0.4
"""A place is a part's own when the part fills so much of its height or width."""


def part_of(words: Sequence[int], palette: np.ndarray, mirrored: bool) -> np.ndarray | None:
    """The part that the words (ids) name, indices (h, w) int16 of the palette (k, 3) uint8, -1
    transparent; what is held mirrored or not. None where they name none, or more than that."""
    named = _named(words)
    if named is None:
        return None
    name, told = named
    made = _in_palette(part_alone(name, told), palette)
    return made[:, ::-1] if mirrored and name not in HATS else made


def _named(words: Sequence[int]) -> tuple[str, dict[str, str]] | None:
    """The part that the words (ids) name, and its colours."""
    vocabulary = lexicon.vocabulary()
    named = [vocabulary[word] for word in words if word > 0]
    things = [word["en"] for word in named if word["kind"] == "object"]
    colors = [word["en"] for word in named if word["kind"] == "colour"]
    if set(things) == {"wizard", "hat"}:
        name = "wizard"
    elif len(things) == 1 and (things[0] in _HATS or things[0] in HELD):
        name = _HATS.get(things[0], things[0])
    else:
        return None
    role = _ROLES.get(name, "hat" if name in HATS else "metal")
    return name, {role: colors[0]} if colors else {"hat": "silver"} if name == "helmet" else {}


def _in_palette(rgba: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Colours (h, w, 4) uint8 as the nearest entries of a palette (k, 3) uint8, (h, w) int16."""
    entries = nearest_entry(srgb_to_oklab(rgba[..., :3]), srgb_to_oklab(palette))
    return np.where(rgba[..., 3] > 0, entries, TRANSPARENT).astype(np.int16)


def with_part(
    indices: np.ndarray, mask: np.ndarray, words: Sequence[int], palette: np.ndarray
) -> tuple[np.ndarray, np.ndarray] | None:
    """A picture, indices (h, w) int16 of the palette (k, 3) uint8, with the part that the words
    (ids) name in the mask (h, w) bool, and the part's own pixels (h, w) bool; None where they name
    none, or the place is not one for it. A hat is as large as the head that it lies on; to the
    right of the middle what is held is mirrored."""
    rows, columns = np.nonzero(mask)
    high, wide = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    named = _named(words)
    if named is None or len(palette) < 2 or min(high, wide) < 4:
        return None
    if named[0] in HATS:
        worn = _on_head(indices, mask, named, palette)
        if worn is not None:
            return worn
    body = np.flatnonzero((indices >= 0).any(0))
    middle = body.mean() if len(body) else indices.shape[1] / 2
    part = part_of(words, palette, bool(columns.mean() > middle))
    if part is None or max(part.shape[0] / high, part.shape[1] / wide) < _ENOUGH:
        return None
    made, own = placed(indices, mask, part)
    return (made, own) if own.any() else None


def _on_head(
    indices: np.ndarray, mask: np.ndarray, named: tuple[str, dict[str, str]], palette: np.ndarray
) -> tuple[np.ndarray, np.ndarray] | None:
    """The hat on the head that is drawn in the mask, as `with_part`; None where there is none: a
    head is 4 to 14 pixels wide and narrower than the place."""
    rows, columns = np.nonzero(mask)
    seen = (indices >= 0) & mask
    first = np.flatnonzero(seen.sum(1) >= _WIDE)
    if not len(first):
        return None
    head = np.flatnonzero(seen[first[0] : first[0] + 6].sum(0) >= 3)
    if not 4 <= len(head) <= 14 or len(head) > np.ptp(columns):
        return None
    rgba, above = hat_alone(*named, len(head))
    hat = _in_palette(rgba, palette)
    top = max(int(first[0]) - above, int(rows.min()))
    left = round((int(head[0]) + int(head[-1]) + 1 - hat.shape[1]) / 2)
    made, own = indices.copy(), np.zeros(indices.shape, bool)
    for y, x in np.argwhere(hat >= 0):
        at = top + int(y), left + int(x)
        if 0 <= at[0] < mask.shape[0] and 0 <= at[1] < mask.shape[1] and mask[at]:
            made[at], own[at] = hat[y, x], True
    return (made.astype(np.int16), own) if own.any() else None
