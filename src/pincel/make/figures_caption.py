"""The picture of `caption`: the sprite, and for each word where the network looked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pincel.look.captions import Caption
from pincel.make.charts import MARGIN, MUTED, Sheet, number
from pincel.make.heat import overlaid
from pincel.pixels.planes import on_ground
from pincel.words import language, say

_SIDE = 2.0
_GAP = 0.25
_ACROSS = 6


def draw(
    name: str,
    seen: np.ndarray,
    caption: Caption,
    words: Sequence[tuple[str, str, str]],
    both: Mapping[str, str],
) -> bytes:
    """A PNG. seen (s, s, 4) uint8 as the network read it; `both` the phrase by language."""
    cells = 1 + len(words)
    across = min(cells, _ACROSS)
    down = -(-cells // across)
    foot, top = 0.62, 1.5
    title = f"{name} · {both[language()]}" if words else name
    width = max(2 * MARGIN + across * (_SIDE + _GAP) - _GAP, 7.0)
    note = say("caption.figure.note" if words else "caption.figure.nothing")
    sheet = Sheet(width, top + down * (_SIDE + foot + _GAP), title, note)
    flat = on_ground(seen)[..., :3]
    sheet.picture(MARGIN, top, _SIDE, _SIDE, flat.repeat(8, 0).repeat(8, 1))
    sheet.text(
        MARGIN + _SIDE / 2, top + _SIDE + 0.17, say("caption.figure.seen"), 10, across="center"
    )
    own = 0 if language() == "en" else 1
    for i, word in enumerate(words, 1):
        row, column = divmod(i, across)
        x, y = MARGIN + column * (_SIDE + _GAP), top + row * (_SIDE + foot + _GAP)
        heat = caption.shares[i - 1]
        sheet.picture(
            x, y, _SIDE, _SIDE, overlaid(flat, heat / max(float(heat.max()), 1e-9), side=256)
        )
        middle = x + _SIDE / 2
        sheet.text(
            middle,
            y + _SIDE + 0.17,
            sheet.fitted(word[own], _SIDE, 12),
            12,
            bold=True,
            across="center",
        )
        other = f"{word[1 - own]} · {number(100 * caption.chance[i - 1], 0)} %"
        sheet.text(middle, y + _SIDE + 0.38, other, 9, color=MUTED, across="center")
    return sheet.png()
