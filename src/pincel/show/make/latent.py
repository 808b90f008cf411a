"""The charts of rebuild, walk, algebra and sliders; the map of latents is the one of embed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.show import charts
from pincel.show.charts import ACCENT, MARGIN, MUTED, Chart
from pincel.words import say
from pincel.words.numbers import number

_UNDER = np.array([232, 235, 240], np.float32)  # what shines through where nothing is


def on_light_grey(rgba: np.ndarray) -> np.ndarray:
    """Pictures (..., 4) uint8 on a light grey, (..., 3): white parts of a sprite stay visible."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    return np.rint(rgba[..., :3] * alpha + _UNDER * (1 - alpha)).astype(np.uint8)


def draw_rebuilt(
    title: str,
    note: str,
    rows: Sequence[tuple[str, np.ndarray]],
    names: Sequence[str],
    errors: Sequence[str],
) -> bytes:
    """Pictures in columns: what came, what came back, what is different, as a PNG file.

    rows    (what it is, pictures (n, h, w, 4) uint8), one below the other
    errors  a number below each column;  names  what each picture is called
    """
    count = len(names)
    across = min(count, 10)
    cell, gap, aside = 1.15, 0.12, 1.35
    block = len(rows) * (cell + gap) + 0.62
    down = -(-count // across)
    top = 1.35 + _extra(note)
    width = max(9.0, 2 * MARGIN + aside + across * (cell + gap))
    sheet = Chart(width, top + down * block + 0.1, title, note)
    for place in range(count):
        line, column = divmod(place, across)
        x = MARGIN + aside + column * (cell + gap)
        for row, (told, pictures) in enumerate(rows):
            y = top + line * block + row * (cell + gap)
            if column == 0:
                size = 10.5 if sheet.extent(told, 10.5) < aside - 0.15 else 9
                for k, part in enumerate(sheet.wrapped(told, aside - 0.15, size)):
                    sheet.text(MARGIN, y + cell / 2 + k * 0.18, part, size, color=MUTED)
            sheet.picture(x, y, cell, cell, on_light_grey(pictures[place]))
        y = top + line * block + len(rows) * (cell + gap) + 0.08
        sheet.text(x + cell / 2, y, errors[place], 10, bold=True, across="center")
        shown = sheet.fitted(charts.drawable(names[place]), cell, 8.5)
        sheet.text(x + cell / 2, y + 0.19, shown, 8.5, color=MUTED, across="center")
    return sheet.png()


def _extra(note: str) -> float:
    return 0.25 if len(note) > 130 else 0.0


def draw_walk(
    title: str,
    note: str,
    stops: Sequence[tuple[str, np.ndarray | None]],
    legs: Sequence[np.ndarray],
    shares: np.ndarray,
) -> bytes:
    """Each leg of a walk as one row, as a PNG file.

    stops   (name, picture (h, w, 4) or None for a code that no picture gave), one more than legs
    legs    pictures (n, h, w, 4) from one stop to the next, both decoded stops among them
    shares  (n,) how far each is on its way, 0 to 1
    """
    count = len(shares)
    aside, gap = 1.5, 0.08
    cell = float(np.clip(11.5 / count, 0.42, 1.3))
    tall = max(aside, cell) + 0.75
    top = 1.3 + _extra(note)
    width = 2 * MARGIN + 2 * (aside + 0.35) + count * (cell + gap)
    sheet = Chart(width, top + len(legs) * tall + 0.05, title, note)
    for row, leg in enumerate(legs):
        y = top + row * tall
        middle = y + max(aside, cell) / 2
        for place, (name, picture) in enumerate(stops[row : row + 2]):
            x = MARGIN if place == 0 else width - MARGIN - aside
            if picture is None:
                sheet.box(x, y, aside, aside, edge=charts.HAIR)
                sheet.paragraph(x + aside / 2, y + aside / 2, aside - 0.2, say("walk.drawn"), 9.5,
                                color=MUTED, across="center")  # fmt: skip
            else:
                sheet.picture(x, y, aside, aside, on_light_grey(picture))
            shown = sheet.fitted(charts.drawable(name), aside, 10)
            sheet.text(x + aside / 2, y + aside + 0.17, shown, 10, across="center")
        for place, picture in enumerate(leg):
            x = MARGIN + aside + 0.35 + place * (cell + gap)
            at = middle - cell / 2
            if place in (0, len(leg) - 1):
                sheet.box(x - 0.035, at - 0.035, cell + 0.07, cell + 0.07, fill=ACCENT)
            sheet.picture(x, at, cell, cell, on_light_grey(picture))
            if count <= 21 or place % 2 == 0:
                sheet.text(x + cell / 2, at + cell + 0.17, number(shares[place], 2), 8.5,
                           color=MUTED, across="center")  # fmt: skip
    return sheet.png()


def draw_sum(
    title: str,
    note: str,
    terms: Sequence[tuple[str, str, np.ndarray, np.ndarray]],
    result: np.ndarray,
) -> bytes:
    """A sum of codes as pictures, as a PNG file.

    terms   (sign and factor, name, picture, what the network makes of its code), (h, w, 4) each
    result  (h, w, 4) the decoded sum
    """
    gap = 1.05 if any(len(sign) > 2 for sign, *_ in terms) else 0.6
    cell, large = 1.7, 2.6
    top = 1.45 + _extra(note)
    width = max(9.5, 2 * MARGIN + len(terms) * (cell + gap) + gap + large)
    small = 0.95
    sheet = Chart(width, top + max(cell + 0.75 + small, large) + 0.55, title, note)
    for place, (sign, name, picture, back) in enumerate(terms):
        x = MARGIN + place * (cell + gap) + (gap if terms[0][0] else 0)
        if sign:
            size = 17 if len(sign) < 3 else 11
            sheet.text(x - gap / 2, top + cell / 2, sign, size, bold=True, across="center")
        sheet.picture(x, top, cell, cell, on_light_grey(picture))
        for k, line in enumerate(sheet.wrapped(name, cell + 0.3, 9.5)[:2]):
            shown = sheet.fitted(line, cell + 0.3, 9.5)
            sheet.text(x + cell / 2, top + cell + 0.17 + k * 0.18, shown, 9.5, across="center")
        y = top + cell + 0.62
        sheet.picture(x + (cell - small) / 2, y, small, small, on_light_grey(back))
        if place == 0:
            sheet.text(x + cell / 2, y + small + 0.17, say("algebra.seen"), 8.5, color=MUTED,
                       across="center")  # fmt: skip
    x = MARGIN + len(terms) * (cell + gap) + (gap if terms[0][0] else 0)
    sheet.text(x - gap / 2, top + cell / 2, "=", 20, bold=True, across="center")
    sheet.box(x - 0.04, top - 0.04, large + 0.08, large + 0.08, fill=ACCENT)
    sheet.picture(x, top, large, large, on_light_grey(result))
    return sheet.png()


def draw_sliders(
    title: str,
    note: str,
    sigmas: np.ndarray,
    rows: Sequence[tuple[str, np.ndarray]],
    marks: Sequence[float | None],
) -> bytes:
    """Each direction as a row of pictures, as a PNG file.

    sigmas  (n,) deviations from the mean;  rows  (what it is, pictures (n, h, w, 4))
    marks   where the given picture itself lies on each row, in deviations; None: nowhere
    """
    aside, gap = 1.75, 0.08
    cell = float(np.clip(10.5 / len(sigmas), 0.5, 1.2))
    top = 1.6 + _extra(note)
    tall = cell + 0.27
    width = max(9.0, 2 * MARGIN + aside + len(sigmas) * (cell + gap))
    sheet = Chart(width, top + len(rows) * tall + 0.15, title, note)
    left = MARGIN + aside
    for place, sigma in enumerate(sigmas):
        told = number(sigma, 0 if float(sigma).is_integer() else 1)
        told = f"+{told}" if sigma > 0 else told
        x = left + place * (cell + gap) + cell / 2
        sheet.text(x, top - 0.18, f"{told} \u03c3", 10, across="center", bold=sigma == 0)
    for row, (told, pictures) in enumerate(rows):
        y = top + row * tall
        for k, line in enumerate(told.split("\n")):
            sheet.text(MARGIN, y + cell / 2 - 0.1 + k * 0.21, line, 10.5 if k == 0 else 9,
                       bold=k == 0, color=charts.INK if k == 0 else MUTED)  # fmt: skip
        for place, picture in enumerate(pictures):
            sheet.picture(left + place * (cell + gap), y, cell, cell, on_light_grey(picture))
        mark = marks[row]
        if mark is not None:
            share = (np.clip(mark, sigmas[0], sigmas[-1]) - sigmas[0]) / (sigmas[-1] - sigmas[0])
            x = left + cell / 2 + share * (len(sigmas) - 1) * (cell + gap)
            sheet.text(x, y + cell + 0.13, "\u25b2", 8.5, color=ACCENT, across="center")
    return sheet.png()


def draw_nats(title: str, note: str, nats: np.ndarray) -> bytes:
    """What each number of a code says, the most telling first, as a PNG file.

    nats  (d,) KL divergence of each from the standard normal distribution
    """
    order = np.argsort(-nats, kind="stable")
    sheet = Chart(10.4, 4.6, title, note)
    left, top, wide, tall = MARGIN + 0.35, 1.65, 9.1, 2.2
    axes = sheet.axes(left, top, wide, tall)
    places = np.arange(1, len(nats) + 1)
    colors = [charts.BLUE if value > 0.1 else MUTED for value in nats[order]]
    axes.bar(places, nats[order], width=0.8 if len(nats) < 100 else 1.0, color=colors)
    axes.axhline(0.1, color=ACCENT, linewidth=1)
    charts.plain_axes(axes)
    axes.set_xlim(0.4, len(nats) + 0.6)
    if len(nats) <= 40:
        axes.set_xticks(places, [str(k + 1) for k in order])
        for label in axes.get_xticklabels():
            label.set_fontproperties(charts.font(8))
    else:
        axes.set_xticks([])
    sheet.text(left - 0.3, top - 0.25, say("latents.nats_axis"), 10.5, bold=True)
    sheet.text(left + wide, top - 0.25, say("latents.nats_line"), 9.5, color=ACCENT,
               across="right")  # fmt: skip
    sheet.text(left, top + tall + 0.42, say("latents.nats_below"), 9.5, color=MUTED)
    return sheet.png()
