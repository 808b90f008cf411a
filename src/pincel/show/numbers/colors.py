"""The chart of `colors`: a picture as planes of four colour spaces, one pixel followed."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from pincel.pixels.planes import SPACES, ColorAxis, Extent, convert
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import numbers, say

_WIDTH = 13.2
_TOP = 1.45


def _ramp(name: str, *colors: str) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list(f"pincel-{name}", colors)


_GREEN_RED = _ramp("a", "#0b8a6b", "#8f8f8f", "#d6246e")
_BLUE_YELLOW = _ramp("b", "#2457c5", "#8f8f8f", "#d9b400")
_MAPS = {
    "rgb": (
        _ramp("r", "#000000", "#ff2a2a"),
        _ramp("g", "#000000", "#22c04a"),
        _ramp("bl", "#000000", "#3d6bff"),
    ),
    "hsv": ("hsv", "gray", "gray"),
    "lab": ("gray", _GREEN_RED, _BLUE_YELLOW),
    "oklab": ("gray", _GREEN_RED, _BLUE_YELLOW),
}
# Colours inside sRGB seldom reach the ends of a and b; the maps end where they still show.
_ENDS = {"lab": (0.0, 70.0, 70.0), "oklab": (0.0, 0.22, 0.22)}


def draw_colors(
    name: str,
    note: str,
    rgb: np.ndarray,
    extents: dict[str, tuple[Extent, Extent, Extent]],
    place: tuple[int, int],
) -> bytes:
    """The whole sheet as a PNG file.

    rgb  (h, w, 3) uint8;  extents  of each plane;  place  column and row of the followed pixel
    """
    inner = _WIDTH - 2 * MARGIN
    first = 3.0
    gap = 0.3
    each = (inner - first - 3 * gap) / 3
    tall = min(2.8, max(1.3, each * rgb.shape[0] / rgb.shape[1]))
    row_height = tall + 1.1
    sheet = Chart(_WIDTH, _TOP + len(SPACES) * row_height + 0.1, name, note)
    small = charts.shrunk(rgb, 700)
    y = _TOP
    for space, axes_of_space in SPACES.items():
        values = convert(small, space)
        pixel = convert(rgb[place[1], place[0]][None], space)[0]
        below = _left(sheet, y, first - 0.1, space, rgb[place[1], place[0]], pixel)
        if space == "rgb" and y + tall - below > 0.6:
            sheet.picture(MARGIN, below, first - 0.3, y + tall - below, small, across="left")
        for i, axis in enumerate(axes_of_space):
            x = MARGIN + first + gap + i * (each + gap)
            end = _ENDS.get(space, (0, 0, 0))[i]
            low, high = (-end, end) if end else (axis.low, axis.high)
            title = f"{axis.name}  ({say(f'colors.axis.{space}.{i}')})"
            axes = sheet.picture(
                x,
                y,
                each,
                tall,
                values[..., i],
                title,
                color_map=_MAPS[space][i],
                low=low,
                high=high,
            )
            _ring(axes, place, rgb.shape, small.shape)
            _range(sheet, x + each / 2, y + tall + 0.2, axis, extents[space][i])
        y += row_height
    return sheet.png()


def _range(sheet: Chart, x: float, y: float, axis: ColorAxis, extent: Extent) -> None:
    told = say(
        "colors.figure.extent",
        least=numbers.number(extent.least, axis.digits),
        mean=numbers.number(extent.mean, max(axis.digits, 1)),
        most=numbers.number(extent.most, axis.digits),
    )
    sheet.text(x, y, told, 9.5, across="center")
    ends = {"low": f"{axis.low:g}", "high": f"{axis.high:g}"}
    told = say("colors.figure.possible", **{k: numbers.number_plain(v) for k, v in ends.items()})
    sheet.text(x, y + 0.2, told, 9, color=charts.MUTED, across="center")


def _left(
    sheet: Chart, y: float, width: float, space: str, color: np.ndarray, pixel: np.ndarray
) -> float:
    """The space's name, what it is good for, the pixel in it; returns where it ends."""
    sheet.text(MARGIN, y + 0.1, say(f"colors.space.{space}"), 14, bold=True)
    after = sheet.paragraph(
        MARGIN, y + 0.45, width, say(f"colors.about_space.{space}"), 9.5, color=charts.MUTED
    )
    sheet.box(MARGIN, after - 0.02, 0.34, 0.34, fill=tuple(color / 255.0), edge=charts.HAIR)
    sheet.text(MARGIN + 0.46, after + 0.15, coordinates(space, pixel), 11)
    return after + 0.5


def coordinates(space: str, pixel: np.ndarray) -> str:
    """One pixel's three numbers: "H 21  S 0.84  V 0.93"."""
    told = []
    for axis, number in zip(SPACES[space], pixel, strict=True):
        unit = "\u00b0" if (space, axis.name) == ("hsv", "H") else ""
        told.append(f"{axis.name} {numbers.number(float(number), axis.digits)}{unit}")
    return "  ".join(told)


def _ring(axes, place: tuple[int, int], shape: tuple[int, ...], small: tuple[int, ...]) -> None:
    """A ring around the followed pixel, in the axes of the shrunk picture."""
    x = (place[0] + 0.5) * small[1] / shape[1]
    y = (place[1] + 0.5) * small[0] / shape[0]
    for color, line in (("#10161d", 4.0), ("#ffffff", 2.0)):
        axes.plot(
            x,
            y,
            "o",
            markersize=11,
            markerfacecolor="none",
            markeredgecolor=color,
            markeredgewidth=line,
            clip_on=False,
        )
    axes.set_xlim(0, small[1])
    axes.set_ylim(small[0], 0)
