"""The house style of every chart: a white sheet measured in inches from its top left corner.

Nothing global is touched: no pyplot, no rcParams, so charts may be drawn in threads. Places are
given, not guessed, and texts are measured before they are set, so that labels never overlap.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pincel import words
from pincel.words.numbers import number, number_plain, short

INK = "#1d2733"
MUTED = "#647181"
HAIR = "#d5dbe3"
GROUND = "#ffffff"
SOFT = "#f3f5f8"
ACCENT = "#e4572e"
BLUE = "#2b6cd4"
RED = "#d43d3d"
GREEN = "#27935a"
SERIES = (BLUE, ACCENT, GREEN, "#8a5cc9", "#c99a1a", "#2a9ba8", "#b5507c", MUTED)
SIGNED = LinearSegmentedColormap.from_list(
    "pincel-signed", ["#1f4fa3", "#7fa6e0", "#ffffff", "#f0a07f", "#b8341b"]
)
"""For values around zero: blue below, white at 0, orange above."""
WARM = LinearSegmentedColormap.from_list("pincel-warm", ["#ffffff", "#f3b37f", ACCENT, "#7a1f0b"])

DPI = 110
MARGIN = 0.45
_FAMILY = "DejaVu Sans"  # comes with matplotlib, so a chart looks the same everywhere
_SAMPLE = 1400


def font(size: float, bold: bool = False, mono: bool = False) -> FontProperties:
    """The house font in points."""
    family = "DejaVu Sans Mono" if mono else _FAMILY
    return FontProperties(family=family, size=size, weight="bold" if bold else "normal")


@cache
def _glyphs(mono: bool = False) -> frozenset[int]:
    return frozenset(get_font(findfont(font(10, mono=mono))).get_charmap())


def drawable(text: str) -> str:
    """The text with a box for every letter that the font cannot draw (file names may hold any)."""
    known = _glyphs()
    return "".join(c if ord(c) in known or c == "\n" else "\u25a1" for c in text)


def shrunk(values: np.ndarray, side: int = _SAMPLE, peaks: bool = False) -> np.ndarray:
    """A picture no longer than `side`, by blocks of whole pixels: enough to be looked at.

    A block is its mean; with `peaks` its value farthest from 0, so that thin edges of both signs
    stay visible.
    """
    step = -(-max(values.shape[:2]) // side)
    if step <= 1:
        return values
    down, across = min(step, values.shape[0]), min(step, values.shape[1])
    height, width = values.shape[0] // down * down, values.shape[1] // across * across
    shape = (height // down, down, width // across, across, *values.shape[2:])
    blocks = values[:height, :width].reshape(shape)
    if peaks:
        most, least = blocks.max((1, 3)), blocks.min((1, 3))
        return np.where(np.abs(least) > np.abs(most), least, most)
    mean = blocks.mean((1, 3), dtype=np.float64)
    return np.rint(mean).astype(np.uint8) if values.dtype == np.uint8 else mean


class Chart:
    """One chart: a white sheet with a heading, on which things are placed in inches."""

    def __init__(self, width: float, height: float, title: str = "", note: str = "") -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height), dpi=DPI, facecolor=GROUND)
        self.canvas = FigureCanvasAgg(self.figure)
        self._marks: list[Any] = []
        if title:
            title = self.fitted(drawable(title), width - 2 * MARGIN, 17, bold=True)
            self.text(MARGIN, 0.36, title, 17, bold=True)
        if note:
            self.paragraph(MARGIN, 0.78, width - 2 * MARGIN, note, 11.5, color=MUTED)

    # texts

    def extent(self, text: str, size: float, bold: bool = False, mono: bool = False) -> float:
        """How wide one line of text is, in inches."""
        renderer = self.canvas.get_renderer()
        wide, _, _ = renderer.get_text_width_height_descent(text, font(size, bold, mono), False)
        return wide / DPI

    def fitted(self, text: str, width: float, size: float, bold: bool = False) -> str:
        """The text, or its two ends with … between, so that it is no wider than `width`."""
        if self.extent(text, size, bold) <= width:
            return text
        keep = len(text)
        while keep > 2:
            keep -= 1
            cut = text[: (keep + 1) // 2] + "\u2026" + text[len(text) - keep // 2 :]
            if self.extent(cut, size, bold) <= width:
                return cut
        return "\u2026"

    def wrapped(
        self, text: str, width: float, size: float, bold: bool = False, mono: bool = False
    ) -> list[str]:
        """The text in lines no wider than `width` inches (a longer word stands alone)."""
        lines = []
        for part in drawable(text).split("\n"):
            line = ""
            for word in part.split(" "):
                longer = f"{line} {word}" if line else word
                if line and self.extent(longer, size, bold, mono) > width:
                    lines.append(line)
                    line = word
                else:
                    line = longer
            lines.append(line)
        return lines

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 11,
        *,
        color: str = INK,
        bold: bool = False,
        mono: bool = False,
        across: str = "left",
        down: str = "center",
        turn: float = 0,
    ) -> None:
        """One line of text at x, y inches from the top left."""
        self.figure.text(
            x / self.width,
            1 - y / self.height,
            drawable(text),
            fontproperties=font(size, bold, mono),
            color=color,
            ha=across,
            va=down,
            rotation=turn,
            parse_math=False,
        )

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        size: float = 11,
        *,
        color: str = INK,
        bold: bool = False,
        mono: bool = False,
        across: str = "left",
    ) -> float:
        """Text in as many lines as it needs; `y` is the middle of the first. Returns the middle
        of the line that would follow."""
        step = size / 72 * 1.5
        for line in self.wrapped(text, width, size, bold, mono):
            self.text(x, y, line, size, color=color, bold=bold, mono=mono, across=across)
            y += step
        return y

    def lines_height(self, text: str, width: float, size: float) -> float:
        """How much room `paragraph` takes, in inches."""
        return len(self.wrapped(text, width, size)) * size / 72 * 1.5

    # places

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """An empty place, x and y of its top left corner, all in inches."""
        place = (x / self.width, 1 - (y + height) / self.height)
        axes = self.figure.add_axes((*place, width / self.width, height / self.height))
        axes.set_facecolor(GROUND)
        return axes

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | tuple = SOFT,
        edge: str | None = None,
        line: float = 1.0,
    ) -> None:
        """A filled rectangle behind everything."""
        self.figure.add_artist(
            Rectangle(
                (x / self.width, 1 - (y + height) / self.height),
                width / self.width,
                height / self.height,
                transform=self.figure.transFigure,
                facecolor=fill,
                edgecolor=edge or "none",
                linewidth=line if edge else 0,
                zorder=-1,
            )
        )

    def picture(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        values: np.ndarray,
        title: str = "",
        *,
        color_map: Any = "gray",
        low: float | None = 0,
        high: float | None = 255,
        across: str = "center",
        peaks: bool = False,
    ) -> Axes:
        """A picture as large as fits into the place, square pixels, a hairline around it; the
        title stands in the 0.3 inches above. Axes are in the picture's own pixels.

        values  (h, w, 3 or 4) uint8, or (h, w) numbers drawn from `low` to `high`;  peaks  see
        `shrunk`
        """
        rows, columns = values.shape[:2]
        scale = min(width / columns, height / rows)
        wide, tall = max(columns * scale, 0.02), max(rows * scale, 0.02)
        spare = {"left": 0.0, "center": 0.5, "right": 1.0}[across] * (width - wide)
        axes = self.axes(x + spare, y, wide, tall)
        small = shrunk(values, max(64, int(2 * DPI * max(wide, tall))), peaks)
        enlarged = scale * DPI >= 1.5
        axes.imshow(
            small,
            cmap=color_map,
            vmin=low,
            vmax=high,
            extent=(0, columns, rows, 0),
            interpolation="nearest" if enlarged else "antialiased",
            aspect="auto",
        )
        bare(axes, frame=True)
        if title:
            self.text(x + width / 2, y - 0.17, self.fitted(title, width, 11), 11, across="center")
        return axes

    def grid(
        self,
        x: float,
        y: float,
        cell: float,
        values: np.ndarray,
        colors: np.ndarray | None = None,
        *,
        title: str = "",
        labels: Sequence[Sequence[str]] | None = None,
        first: tuple[int, int] | None = None,
        edge: str = "#ffffff",
    ) -> Axes:
        """Numbers in squares, each on its colour, black or white ink as it reads better.

        values  (h, w) numbers;  colors  (h, w, 3) floats 0-1;  first  the column and row number
        of the first square, written along the edges
        """
        rows, columns = values.shape
        axes = self.axes(x, y, columns * cell, rows * cell)
        axes.set_xlim(0, columns)
        axes.set_ylim(rows, 0)
        if colors is None:
            colors = np.ones((rows, columns, 3))
        axes.imshow(
            colors, extent=(0, columns, rows, 0), interpolation="nearest", aspect="auto", zorder=0
        )
        finite = values[np.isfinite(values)]
        span = float(np.ptp(finite)) if finite.size else 1.0
        if labels is None:
            labels = [[short(v, span) for v in row] for row in values]
        longest = max(len(label) for row in labels for label in row)
        size = min(cell * 72 * 0.4, cell * 72 * 0.76 / (0.63 * max(longest, 1)))
        if size >= 5:
            for row in range(rows):
                for column in range(columns):
                    axes.text(
                        column + 0.5,
                        row + 0.53,
                        labels[row][column],
                        fontproperties=font(size),
                        color=ink_on(colors[row, column]),
                        ha="center",
                        va="center",
                        parse_math=False,
                    )
        for line in range(1, columns):
            axes.axvline(line, color=edge, linewidth=0.7, zorder=1)
        for line in range(1, rows):
            axes.axhline(line, color=edge, linewidth=0.7, zorder=1)
        bare(axes, frame=True)
        if first is not None:
            self._edge_numbers(x, y, cell, rows, columns, first)
        if title:
            above = 0.36 if first is not None else 0.17
            self.text(x + columns * cell / 2, y - above, title, 11, across="center")
        return axes

    def _edge_numbers(
        self, x: float, y: float, cell: float, rows: int, columns: int, first: tuple[int, int]
    ) -> None:
        longest = len(str(max(first[0] + columns, first[1] + rows)))
        size = max(5.0, min(8.0, cell * 72 / (0.75 * longest)))
        step = 1 if cell * 72 / (0.7 * longest) >= 5 else 2
        for column in range(0, columns, step):
            at = x + (column + 0.5) * cell
            self.text(at, y - 0.1, str(first[0] + column), size, color=MUTED, across="center")
        for row in range(rows):
            at = y + (row + 0.5) * cell
            self.text(x - 0.06, at, str(first[1] + row), size, color=MUTED, across="right")

    def histogram(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        counts: np.ndarray,
        edges: np.ndarray,
        color: str,
        title: str = "",
    ) -> Axes:
        """How often each value comes, as one filled step line on a bare axis."""
        axes = self.axes(x, y, width, height)
        axes.stairs(counts, edges, fill=True, color=color, alpha=0.85, linewidth=0)
        axes.set_xlim(float(edges[0]), float(edges[-1]))
        top = _ceiling(counts)
        axes.set_ylim(0, top)
        plain_axes(axes, y_ticks=False)
        if (edges[0], edges[-1], len(counts)) == (0, 256, 256):  # bytes
            axes.set_xticks([0, 64, 128, 192, 255])
        highest = int(np.argmax(counts))
        if counts[highest] > top:  # a spike that would flatten the rest is cut and said
            whole = float(edges[highest]).is_integer()
            value = short(float(edges[highest] if whole else edges[highest : highest + 2].mean()))
            told = words.say("charts.spike", count=number(counts[highest]), value=value)
            self.text(x + width, y - 0.15, told, 8.5, color=MUTED, across="right")
        if title:
            self.text(x, y - 0.15, title, 11, bold=True, color=color)
        return axes

    def scale(
        self,
        x: float,
        y: float,
        width: float,
        color_map: Any,
        low: str,
        high: str,
        middle: str = "",
    ) -> None:
        """A thin bar with the colours of a map, its ends named below."""
        axes = self.axes(x, y, width, 0.09)
        axes.imshow(np.linspace(0, 1, 256)[None], cmap=color_map, aspect="auto")
        bare(axes, frame=True)
        self.text(x, y + 0.2, low, 8.5, color=MUTED)
        self.text(x + width, y + 0.2, high, 8.5, color=MUTED, across="right")
        if middle:
            self.text(x + width / 2, y + 0.2, middle, 8.5, color=MUTED, across="center")

    def png(self) -> bytes:
        """The chart as a PNG file; the same chart gives the same bytes."""
        held = io.BytesIO()
        self.figure.savefig(held, format="png", dpi=DPI, metadata={"Software": None})
        return held.getvalue()


def _ceiling(counts: np.ndarray) -> float:
    """The height of a histogram: its highest bar, unless a few spikes tower over all others."""
    if not counts.size or not counts.any():
        return 1.0
    ordered = np.sort(counts)[::-1]
    usual = float(ordered[min(6, len(ordered) - 1)])
    if len(ordered) > 32 and usual and ordered[0] > 2.2 * usual:
        return usual * 1.6
    return float(ordered[0]) * 1.05


def ink_on(color: np.ndarray) -> str:
    """Black or white, whichever reads better on this colour (floats 0-1)."""
    light = float(np.dot(np.asarray(color)[:3], (0.299, 0.587, 0.114)))
    return "#10161d" if light > 0.55 else "#ffffff"


def bare(axes: Axes, frame: bool = False) -> None:
    """No ticks; a hairline around or nothing."""
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(frame)
        spine.set_color(HAIR)
        spine.set_linewidth(0.8)


def plain_axes(axes: Axes, y_ticks: bool = True, count: int = 5) -> None:
    """A quiet axis: a hairline below, small muted numbers."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom" or (side == "left" and y_ticks))
        spine.set_color(HAIR)
    axes.tick_params(length=0, pad=4, colors=MUTED)
    axes.xaxis.set_major_locator(MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]))
    tell = FuncFormatter(lambda value, _: number_plain(f"{value:g}"))
    axes.xaxis.set_major_formatter(tell)
    if y_ticks:
        axes.yaxis.set_major_locator(MaxNLocator(count))
        axes.yaxis.set_major_formatter(tell)
    else:
        axes.set_yticks([])
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(font(8.5))


def tint(values: np.ndarray, color_map: Any, low: float, high: float) -> np.ndarray:
    """Numbers as colours of a map, (..., 3) floats 0-1."""
    span = high - low or 1.0
    if isinstance(color_map, str):
        from matplotlib import colormaps

        color_map = colormaps[color_map]
    shown = np.nan_to_num((np.asarray(values, float) - low) / span)
    return color_map(np.clip(shown, 0, 1))[..., :3]


def channel_tint(values: np.ndarray, channel: str, low: float, high: float) -> np.ndarray:
    """A channel's numbers as shades of its own colour: R, G, B from black; others as grey."""
    span = high - low or 1.0
    level = np.clip(np.nan_to_num((np.asarray(values, float) - low) / span), 0, 1)
    pure = {"R": (1, 0.16, 0.16), "G": (0.1, 0.78, 0.3), "B": (0.2, 0.42, 1)}.get(channel)
    return level[..., None] * np.array(pure or (1, 1, 1), float)
