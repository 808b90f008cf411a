"""What the code of a lesson shows: pictures, curves, tables, and the number that it must reach.

Each of these is an object that a notebook draws by itself, and that the studio and the page draw
in their own way. Nothing here knows any lesson.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pincel.words import LANGUAGES, language, say
from pincel.words.numbers import number

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes

_WIDTH = 6.4  # inches of everything that is shown
_GAP = 0.16
_CAPTION = 0.3


def both(english: str, spanish: str) -> str:
    """The text of the language in force. A notebook holds only that text."""
    return (english, spanish)[LANGUAGES.index(language())]


@dataclass(frozen=True, eq=False)
class ShownPicture:
    """A PNG with the sentence that says what it shows."""

    png: bytes
    about: str

    def _repr_png_(self) -> bytes:
        return self.png

    def __repr__(self) -> str:
        return self.about


@dataclass(frozen=True, eq=False)
class ShownTable:
    """Rows of texts and numbers below a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    digits: int

    def cells(self) -> list[list[str]]:
        """Every cell as it is written in the language in force."""
        return [[self._told(value) for value in row] for row in self.rows]

    def _told(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return str(value)
        return number(value, 0 if isinstance(value, int) else self.digits)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(one)}</th>" for one in self.head)
        rows = ("".join(f"<td>{html.escape(one)}</td>" for one in row) for row in self.cells())
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __repr__(self) -> str:
        lines = [list(self.head), *self.cells()]
        wide = [max(len(line[i]) for line in lines) for i in range(len(self.head))]
        padded = ("  ".join(c.ljust(w) for c, w in zip(line, wide, strict=True)) for line in lines)
        return "\n".join(line.rstrip() for line in padded)


@dataclass(frozen=True)
class Goal:
    """The number on which a lesson ends, and what it must be."""

    value: float
    at_least: float | None
    at_most: float | None

    @property
    def reached(self) -> bool:
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    def __repr__(self) -> str:
        wanted = [
            say(f"lesson.{name}", value=_short(limit))
            for name, limit in (("at_least", self.at_least), ("at_most", self.at_most))
            if limit is not None
        ]
        key = "lesson.reached" if self.reached else "lesson.missed"
        return say(key, value=_short(self.value), wanted=say("lesson.and").join(wanted))


def goal(value: float, *, at_least: float | None = None, at_most: float | None = None) -> Goal:
    """The number on which the lesson ends, beside what it must be."""
    return Goal(float(value), at_least, at_most)


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], digits: int = 2) -> ShownTable:
    """Rows of texts and numbers; numbers that are not whole get so many digits."""
    return ShownTable(tuple(head), tuple(tuple(row) for row in rows), digits)


def pictures(
    values: Sequence[Any],
    captions: Sequence[str] = (),
    *,
    about: str,
    columns: int | None = None,
    between: tuple[float, float] | None = (0.0, 1.0),
    signed: bool = False,
) -> ShownPicture:
    """Pictures side by side, each enlarged with hard edges.

    values   each (h, w) numbers, black to white over `between` (None: its own least and most), or
             (h, w, 3 or 4) uint8 colours or floats 0-1
    captions one above each;  about  a sentence for who cannot see them
    signed   numbers around zero: blue below, white at 0, orange above, to the largest of all
    """
    import numpy as np

    from pincel.show.charts import SIGNED, Chart

    arrays = [_colours(np.asarray(one)) for one in values]
    columns = min(columns or 6, len(arrays))
    side = min(_most(arrays), (_WIDTH - _GAP * (columns - 1)) / columns)
    tall = max(side * min(1.6, one.shape[0] / one.shape[1]) for one in arrays)
    above = _CAPTION if captions else 0.0
    down = -(-len(arrays) // columns)
    width = columns * (side + _GAP) - _GAP + 0.1
    sheet = Chart(width, down * (above + tall + _GAP) + 0.05)
    low, high = between or (None, None)
    if signed:
        high = max(float(np.abs(one).max()) for one in arrays) or 1.0
        low = -high
    for number_, one in enumerate(arrays):
        x = 0.05 + number_ % columns * (side + _GAP)
        y = 0.05 + number_ // columns * (above + tall + _GAP) + above
        title = captions[number_] if number_ < len(captions) else ""
        sheet.picture(x, y, side, tall, one, title, low=low, high=high,
                      color_map=SIGNED if signed else "gray")  # fmt: skip
    return ShownPicture(sheet.png(), about)


def _most(arrays: Sequence[np.ndarray]) -> float:
    """Inches across that a picture may have: one alone is larger, where it is large or wide."""
    height, width = arrays[0].shape[:2]
    if len(arrays) > 1:
        return 2.0
    return _WIDTH if width > 2 * height else 4.4 if width > 40 else 2.0


def _colours(one: np.ndarray) -> np.ndarray:
    """Colours as bytes; numbers as they are."""
    import numpy as np

    if one.ndim == 3 and one.dtype != np.uint8:
        return np.rint(np.clip(one, 0, 1) * 255).astype(np.uint8)
    return one


def curves(
    lines: Mapping[str, Sequence[float]],
    *,
    about: str,
    across: str = "",
    at: Sequence[float] | None = None,
) -> ShownPicture:
    """One curve for each name over its places (`at`, else 1, 2, 3, ...), named at its end."""
    from pincel.show.charts import SERIES

    made = drawing(about, across=across)
    for color, (name, values) in zip(SERIES, lines.items(), strict=False):
        places = list(at) if at is not None else list(range(1, len(values) + 1))
        made.axes.plot(places, list(values), color=color, linewidth=2, label=name)
    return ShownPicture(made.named().png, about)


class ShownDrawing:
    """A white place to draw on with matplotlib: `drawing(...).axes`."""

    def __init__(self, about: str, height: float, across: str, up: str) -> None:
        from pincel.show.charts import MUTED, Chart, plain_axes

        self.about = about
        self._sheet = Chart(_WIDTH, height)
        self.axes: Axes = self._sheet.axes(0.62, 0.42, _WIDTH - 0.8, height - 1.0)
        plain_axes(self.axes)
        self._sheet.text(_WIDTH - 0.18, height - 0.16, across, 9.5, color=MUTED, across="right")
        self._sheet.text(0.1, 0.18, up, 9.5, color=MUTED)

    def named(self) -> Any:
        """With the names of its lines above, side by side."""
        from pincel.show.charts import font

        lines, names = self.axes.get_legend_handles_labels()
        self.axes.legend(lines, names, loc="lower right", bbox_to_anchor=(1.0, 1.0), frameon=False,
                         ncols=len(names), prop=font(9.5), borderaxespad=0.2,
                         handlelength=1.2)  # fmt: skip
        return self

    @property
    def png(self) -> bytes:
        return self._sheet.png()

    def _repr_png_(self) -> bytes:
        return self.png

    def __repr__(self) -> str:
        return self.about


def drawing(about: str, *, height: float = 2.9, across: str = "", up: str = "") -> ShownDrawing:
    """An empty chart; `about` says for who cannot see it what it shows, `across` and `up` name its
    axes. Draw on its `.axes`, and give it back as the last line of the cell."""
    return ShownDrawing(about, height, across, up)


def _short(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 3 if abs(value) < 10 else 1)
