"""The picture of `caption`: the sprite, and for each word where the network looked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pincel.look.wording import Wording
from pincel.pixels.planes import on_ground
from pincel.show.charts import MARGIN, MUTED, Chart
from pincel.show.heat import overlaid
from pincel.words import language, say
from pincel.words.numbers import number

_SIDE = 2.0
_GAP = 0.25
_ACROSS = 6
_CLEAR = 1.5  # times more than even: a place that stands out


def stands_out(shares: np.ndarray) -> np.ndarray:
    """Shares (h, w) that sum to 1 as heat 0 to 1: what an even look would give is 0, and a look
    that is nearly even stays pale."""
    above = np.asarray(shares, np.float64) * shares.size - 1
    return np.clip(above / max(float(above.max()), _CLEAR), 0, 1)


def draw_caption(
    name: str,
    seen: np.ndarray,
    caption: Wording,
    words: Sequence[tuple[str, str, str]],
    both: Mapping[str, str],
) -> bytes:
    """A PNG. seen (s, s, 4) uint8 as the network read it; `both` the phrase by language."""
    cells = 1 + len(words)
    across = min(cells, _ACROSS)
    down = -(-cells // across)
    foot, top = 0.62, 1.2
    title = f"{name} · {both[language()]}" if words else name
    width = max(2 * MARGIN + across * (_SIDE + _GAP) - _GAP, 7.0)
    note = say("caption.figure.note" if words else "caption.figure.nothing")
    sheet = Chart(width, top + down * (_SIDE + foot + _GAP), title, note)
    flat = on_ground(seen)[..., :3]
    sheet.picture(MARGIN, top, _SIDE, _SIDE, flat.repeat(8, 0).repeat(8, 1))
    sheet.text(
        MARGIN + _SIDE / 2, top + _SIDE + 0.17, say("caption.figure.seen"), 10, across="center"
    )
    own = 0 if language() == "en" else 1
    for i, word in enumerate(words, 1):
        row, column = divmod(i, across)
        x, y = MARGIN + column * (_SIDE + _GAP), top + row * (_SIDE + foot + _GAP)
        looked = overlaid(flat, stands_out(caption.shares[i - 1]), side=256)
        sheet.picture(x, y, _SIDE, _SIDE, looked)
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
