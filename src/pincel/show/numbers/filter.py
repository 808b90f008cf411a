"""The chart of `filter`: picture, kernel and answer, and one window's sum written out in full."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.patches import Rectangle

from pincel.pixels.kernels import Window, flip
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import numbers, say

_WIDTH = 13.2
_TOP = 1.5
_TERMS = 49
_SMALL = 12
_SMALL_CELL = 0.62
_GAP = 0.45


@dataclass(frozen=True, eq=False)
class FilterStage:
    """One picture on the way: its title, its values, and how they are shown: "grey" 0-255,
    "signed" around zero, "strength" from zero up, "mask" or "color"."""

    title: str
    values: np.ndarray
    style: str


@dataclass(frozen=True, eq=False)
class KernelStep:
    """One window under one kernel, and what a true convolution gives at the same place."""

    title: str
    window: Window
    convolved: float


def sum_number(number: float) -> str:
    """A number in a sum: whole where whole, else three digits."""
    if float(number).is_integer():
        return numbers.number_plain(f"{int(number)}")
    whole = bool(abs(number) >= 1)  # small ones keep three digits that count
    text = np.format_float_positional(number, precision=3, unique=False, fractional=whole, trim="-")
    return numbers.number_plain(text)


def written_out(window: Window) -> str:
    """The sum term by term, "1·115 + 2·205 − 1·112 = 413"; of kernels over 7 x 7 only how many
    products there are."""
    if window.kernel.size > _TERMS:
        total = sum_number(round(window.total, 3))
        return say("filter.many", count=window.kernel.size, total=total)
    text = ""
    pairs = zip(window.kernel.ravel(), window.values.ravel(), strict=True)
    for i, (weight, pixel) in enumerate(pairs):
        sign = "\u2212" if weight < 0 else "+" if i else ""
        space = " " if i else ""
        shown = sum_number(pixel) if pixel >= 0 else f"({sum_number(pixel)})"
        text += f"{space}{sign}{space}{sum_number(abs(weight))}\u00b7{shown}"
    return f"{text} = {sum_number(window.total)}"


def draw_filter(
    name: str, note: str, stages: list[FilterStage], steps: list[KernelStep], closing: list[str]
) -> bytes:
    """The whole sheet as a PNG file. `closing` are sentences below the sums."""
    inner = _WIDTH - 2 * MARGIN
    upper = _upper_height(inner, stages, steps)
    steps_height = [_step_height(step, inner) for step in steps]
    probe = Chart(1, 1)
    closing_height = sum(probe.lines_height(text, inner, 11) + 0.12 for text in closing)
    height = _TOP + upper + 0.55 + sum(steps_height) + closing_height + 0.35

    sheet = Chart(_WIDTH, height, name, note)
    _stages(sheet, _TOP, inner, upper, stages, steps)
    y = _TOP + upper + 0.55
    first = stages[0].values
    low, high = (float(first.min()), float(first.max())) if stages[0].style == "raw" else (0, 255)
    for step, tall in zip(steps, steps_height, strict=True):
        _step(sheet, y, inner, step, low, high)
        y += tall
    y += 0.1
    for text in closing:
        y = sheet.paragraph(MARGIN, y, inner, text, 11, color=charts.INK) + 0.12
    return sheet.png()


def _columns(
    inner: float, stages: list[FilterStage], steps: list[KernelStep]
) -> tuple[bool, float]:
    """Whether the kernel stands between picture and answer, and how wide each of them is."""
    with_kernel = len(stages) == 2 and len(steps) == 1
    columns = len(stages) + with_kernel
    return with_kernel, (inner - _GAP * (columns - 1)) / columns


def _upper_height(inner: float, stages: list[FilterStage], steps: list[KernelStep]) -> float:
    with_kernel, each = _columns(inner, stages, steps)
    tallest = 0.0
    for stage in stages:
        rows, columns = stage.values.shape[:2]
        small = stage.values.ndim == 2 and max(rows, columns) <= _SMALL
        tallest = max(tallest, min(each * rows / columns, rows * _SMALL_CELL if small else 9))
    if with_kernel:
        tallest = max(tallest, min(2.6, steps[0].window.kernel.shape[0] * 0.62))
    return min(tallest, 4.0) + 0.35


def _stages(
    sheet: Chart,
    y: float,
    inner: float,
    tall: float,
    stages: list[FilterStage],
    steps: list[KernelStep],
) -> None:
    with_kernel, each = _columns(inner, stages, steps)
    x = MARGIN
    for i, stage in enumerate(stages):
        _stage(sheet, x, y, each, tall - 0.35, stage, steps[0].window, first=i == 0)
        x += each + _GAP
        if with_kernel and i == 0:
            kernel = steps[0].window.kernel
            cell = min(0.62, 2.6 / kernel.shape[1], (tall - 0.35) / kernel.shape[0])
            _kernel(
                sheet,
                x + (each - cell * kernel.shape[1]) / 2,
                y + (tall - 0.35 - cell * kernel.shape[0]) / 2,
                cell,
                kernel,
                say("filter.figure.kernel"),
            )
            x += each + _GAP


def _stage(
    sheet: Chart,
    x: float,
    y: float,
    wide: float,
    tall: float,
    stage: FilterStage,
    window: Window,
    first: bool,
) -> None:
    values = stage.values
    span = _span(values)
    look = {
        "grey": ("gray", 0.0, 255.0),
        "raw": ("gray", float(values.min()), float(values.max())),
        "signed": (charts.SIGNED, -span, span),
        "strength": (charts.WARM, 0.0, span),
        "mask": ("gray_r", 0.0, 1.0),
        "color": ("gray", 0.0, 255.0),
    }
    color_map, low, high = look[stage.style]
    if values.ndim == 2 and max(values.shape) <= _SMALL and stage.style != "mask":
        rows, columns = values.shape
        cell = min(wide / columns, tall / rows, _SMALL_CELL)
        left, top = x + (wide - cell * columns) / 2, y + (tall - cell * rows) / 2
        tinted = charts.tint(values, color_map, low, high)
        axes = sheet.grid(left, top, cell, values.astype(float), tinted, edge=charts.HAIR)
        title = sheet.fitted(stage.title, wide, 11)
        sheet.text(x + wide / 2, y - 0.17, title, 11, across="center")
    else:
        axes = sheet.picture(
            x,
            y,
            wide,
            tall,
            values,
            stage.title,
            color_map=color_map,
            low=low,
            high=high,
            peaks=stage.style in ("signed", "strength", "mask"),
        )
        if stage.style in ("signed", "strength"):
            end = numbers.short(float(f"{span:.3g}"), span)
            bottom, middle = ("0", "") if stage.style == "strength" else (f"\u2212{end}", "0")
            below = y + tall - (tall - min(tall, wide * values.shape[0] / values.shape[1]))
            sheet.scale(x + wide * 0.2, below + 0.1, wide * 0.6, color_map, bottom, end, middle)
    if first:
        place = (window.left, window.top, window.kernel.shape[1], window.kernel.shape[0])
    else:
        place = (window.x, window.y, 1, 1)
    _mark(axes, *place, values.shape)


def _span(values: np.ndarray) -> float:
    """The end of the colour scale: a few extreme values must not make the rest pale."""
    step = max(max(values.shape[:2]) // 1000, 1)  # a sample is enough, and saves memory
    size = np.abs(values[::step, ::step].astype(float))
    return float(np.quantile(size, 0.995)) or float(size.max()) or 1.0


def _mark(axes, left: int, top: int, wide: int, tall: int, shape: tuple[int, ...]) -> None:
    """A frame around the place; where it would be a dot, a ring that can be found."""
    tiny = max(shape[:2]) > 45 * max(wide, tall)
    if tiny:
        at = (left + wide / 2, top + tall / 2)
        for color, line in ((charts.GROUND, 4.0), (charts.ACCENT, 2.0)):
            axes.plot(
                *at,
                "o",
                markersize=13,
                markerfacecolor="none",
                markeredgecolor=color,
                markeredgewidth=line,
                clip_on=False,
            )
        axes.set_xlim(0, shape[1])
        axes.set_ylim(shape[0], 0)
        return
    for color, line in ((charts.GROUND, 4.2), (charts.ACCENT, 2.2)):
        axes.add_patch(
            Rectangle(
                (left, top),
                wide,
                tall,
                facecolor="none",
                edgecolor=color,
                linewidth=line,
                clip_on=False,
                zorder=5,
            )
        )


def _kernel(
    sheet: Chart, x: float, y: float, cell: float, kernel: np.ndarray, title: str = ""
) -> None:
    span = float(np.max(np.abs(kernel))) or 1.0
    tinted = charts.tint(kernel, charts.SIGNED, -span * 1.6, span * 1.6)
    fine = bool(np.any((kernel != 0) & (np.abs(kernel) < 0.095)))
    labels = [[_weight(v, 3 if fine else 2) for v in row] for row in kernel]
    sheet.grid(x, y, cell, kernel, tinted, title="", labels=labels, edge=charts.HAIR)
    if title:
        at = x + kernel.shape[1] * cell / 2
        sheet.text(at, y - 0.17, title, 11, across="center")


def _weight(number: float, digits: int) -> str:
    """A kernel's number: whole, else with this many digits."""
    if float(number).is_integer():
        return numbers.number_plain(f"{int(number)}")
    return numbers.number_plain(f"{number:.{digits}f}")


def _cell(kernel: np.ndarray) -> float:
    return min(0.6, 2.75 / max(kernel.shape))


def _step_height(step: KernelStep, inner: float) -> float:
    cell = _cell(step.window.kernel)
    probe = Chart(1, 1)
    text = len(probe.wrapped(written_out(step.window), inner - 0.4, 11.5, mono=True))
    return 0.85 + step.window.kernel.shape[0] * cell + 0.4 + text * 0.25 + 0.35


def _step(sheet: Chart, y: float, inner: float, step: KernelStep, low: float, high: float) -> None:
    window = step.window
    sheet.text(MARGIN, y, sheet.fitted(step.title, inner, 12.5, bold=True), 12.5, bold=True)
    cell = _cell(window.kernel)
    rows, columns = window.kernel.shape
    wide, tall = columns * cell, rows * cell
    y += 0.7
    sign = 0.62
    total_width = 1.35
    x = MARGIN + max(0.0, (inner - 3 * wide - 3 * sign - total_width) / 2)
    middle = y + tall / 2
    pixels = window.values
    sheet.grid(
        x,
        y,
        cell,
        pixels,
        charts.tint(pixels, "gray", low, high),
        edge=charts.HAIR,
        title=say("filter.figure.window"),
    )
    sheet.text(x + wide + sign / 2, middle, "\u00d7", 20, color=charts.MUTED, across="center")
    x += wide + sign
    _kernel(sheet, x, y, cell, window.kernel, say("filter.figure.kernel"))
    sheet.text(x + wide + sign / 2, middle, "=", 20, color=charts.MUTED, across="center")
    x += wide + sign
    span = float(np.max(np.abs(window.products))) or 1.0
    sheet.grid(
        x,
        y,
        cell,
        window.products,
        charts.tint(window.products, charts.SIGNED, -span * 1.3, span * 1.3),
        title=say("filter.figure.products"),
        edge=charts.HAIR,
    )
    x += wide
    sheet.text(x + sign / 2, middle, "\u2192", 20, color=charts.MUTED, across="center")
    x += sign
    sheet.box(x, middle - 0.36, total_width, 0.72, fill=charts.INK)
    total = sum_number(round(window.total, 3))
    size = 18 if len(total) <= 6 else 13
    at = x + total_width / 2
    sheet.text(at, middle, total, size, bold=True, color=charts.GROUND, across="center")
    sheet.text(at, middle - 0.53, say("filter.figure.sum"), 11, across="center")
    y += tall + 0.42
    sheet.paragraph(MARGIN + 0.2, y, inner - 0.4, written_out(window), 11.5, mono=True)


def told_apart(step: KernelStep, kernel: np.ndarray, true_convolution: bool) -> str:
    """Which of the two this was, and what the other one gives at the same place."""
    same = bool(np.array_equal(kernel, flip(kernel)))
    if same:
        return say("filter.same_flipped")
    mine, other = sum_number(round(step.window.total, 3)), sum_number(round(step.convolved, 3))
    key = "filter.was_convolution" if true_convolution else "filter.was_correlation"
    return say(key, total=mine, other=other)
