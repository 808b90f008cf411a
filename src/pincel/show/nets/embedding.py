"""The charts of embed, similarity, search, compare and siamese."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.patches import Rectangle

from pincel.look.embed import Likeness, Map
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import say
from pincel.words.numbers import number

_WIDTH = 13.2
_MOST_CLASSES = 24


def colors_of(classes: Sequence[str]) -> dict[str, str]:
    """A colour for each class; grey for none."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    many = len(classes) > len(charts.SERIES) - 1
    wheel = colormaps["turbo"]
    found = {
        name: to_hex(wheel(0.04 + 0.92 * k / max(1, len(classes) - 1))) if many
        else charts.SERIES[k]
        for k, name in enumerate(classes)
    }  # fmt: skip
    return {**found, "": charts.MUTED}


def draw_map(
    title: str,
    note: str,
    found: Map,
    thumbs: Sequence[np.ndarray],
    labels: Sequence[str],
    classes: Sequence[str],
) -> bytes:
    """All vectors as dots and, where there is room, as the pictures themselves, as a PNG file."""
    color = colors_of(classes)
    side = 9.0
    aside = 3.1 if classes else 0.0
    left, top, tall = MARGIN + 0.25, 1.25, 7.4
    sheet = Chart(left + side + 0.35 + aside + 0.1, top + tall + 0.8, title, note)
    axes = sheet.axes(left, top, side, tall)
    charts.bare(axes, frame=True)
    low, high = found.places.min(0), found.places.max(0)
    span = np.where(high > low, high - low, 1.0)
    low, high = low - span * 0.06, high + span * 0.06
    inches = (found.places - low) / (high - low) * (side, tall)
    dots = [color[label] for label in labels]
    size = float(np.clip(9000 / max(1, len(dots)), 6, 60))
    axes.scatter(inches[:, 0], inches[:, 1], s=size, c=dots, linewidths=0, alpha=0.75, zorder=2)
    cell = float(np.clip(side / np.sqrt(len(dots)) * 0.75, 0.3, 0.8))
    most = (side - cell / 2 - 0.03, tall - cell / 2 - 0.03)
    for row in _apart(inches, cell * 1.12):
        centre = np.clip(inches[row], cell / 2 + 0.03, most)
        _pasted(axes, thumbs[row], centre, cell, dots[row])
    axes.set_xlim(0, side)
    axes.set_ylim(0, tall)
    sheet.text(left, top + tall + 0.2, f"{say(f'embed.{found.how}')}: "
               + say("embed.first_axis"), 9.5, color=charts.MUTED)  # fmt: skip
    sheet.text(left - 0.15, top + tall, say("embed.second_axis"), 9.5, color=charts.MUTED,
               turn=90, down="bottom", across="center")  # fmt: skip
    y = top + 0.1
    x = left + side + 0.35
    for name in classes[:_MOST_CLASSES]:
        sheet.box(x, y - 0.07, 0.14, 0.14, fill=color[name])
        count = sum(label == name for label in labels)
        shown = sheet.fitted(f"{name} ({number(count)})", aside - 0.35, 10.5)
        sheet.text(x + 0.25, y, shown, 10.5)
        y += 0.29
    if len(classes) > _MOST_CLASSES:
        sheet.text(x + 0.25, y, f"\u2026 + {len(classes) - _MOST_CLASSES}", 10.5)
    return sheet.png()


def _apart(places: np.ndarray, distance: float) -> list[int]:
    """Rows whose pictures do not touch, as many as a single pass finds."""
    order = np.random.default_rng(0).permutation(len(places))
    kept: list[int] = []
    for row in order:
        if kept and np.abs(places[kept] - places[row]).max(1).min() < distance:
            continue
        kept.append(int(row))
        if len(kept) == 400:
            break
    return kept


def _pasted(axes, picture, centre, side, edge) -> None:
    """A picture in a coloured frame; `axes` are in inches, `side` is the longer side's."""
    high, wide = picture.shape[:2]
    across, down = side * wide / max(high, wide), side * high / max(high, wide)
    left, right = centre[0] - across / 2, centre[0] + across / 2
    below, above = centre[1] - down / 2, centre[1] + down / 2
    axes.imshow(
        picture,
        extent=(left, right, below, above),
        aspect="auto",
        interpolation="nearest" if wide < 40 else "antialiased",
        zorder=3,
    )
    frame = Rectangle((left, below), across, down, fill=False, edgecolor=edge, linewidth=1.6)
    frame.set_zorder(4)
    axes.add_patch(frame)


# ------------------------------------------------------------------------------- similarity


def draw_likeness(title: str, lines: Sequence[str], found: Likeness) -> bytes:
    """The cosines of all pairs ordered by class, and the means between classes, as a PNG file."""
    side, top = 5.8, 1.55
    names = max(len(name) for name in found.classes)
    room = min(1.7, 0.085 * names + 0.2)
    left = MARGIN + room
    second = left + side + 0.55 + room
    width = second + side + MARGIN
    sheet = Chart(width, top + side + 0.95, title, lines[0])
    low = float(min(0.0, np.quantile(found.cosines, 0.01)))
    axes = sheet.axes(left, top, side, side)
    n = len(found.order)
    axes.imshow(
        charts.shrunk(found.cosines, 700), cmap=charts.WARM, vmin=low, vmax=1,
        extent=(0, n, n, 0), interpolation="nearest" if n < 300 else "antialiased", aspect="auto",
    )  # fmt: skip
    charts.bare(axes, frame=True)
    start = 0
    for name, count in zip(found.classes, found.counts, strict=True):
        axes.add_patch(
            Rectangle((start, start), count, count, fill=False, edgecolor=charts.INK, linewidth=1)
        )
        at = top + (start + count / 2) / n * side
        if count / n * side > 0.13:
            shown = sheet.fitted(name, room - 0.1, 9.5)
            sheet.text(left - 0.08, at, shown, 9.5, across="right")
        start += count
    sheet.text(left + side / 2, top - 0.2, say("similarity.pairs"), 11, across="center")
    sheet.scale(left, top + side + 0.22, 2.2, charts.WARM, number(low, 1 if low else 0), number(1))
    k = len(found.classes)
    cell = side / max(k, 1)
    labels = [["\u2013" if np.isnan(v) else number(v, 2) for v in row] for row in found.means]
    tint = charts.tint(np.nan_to_num(found.means, nan=low), charts.WARM, low, 1)
    sheet.grid(second, top, cell, found.means, tint, labels=labels)
    for row, name in enumerate(found.classes):
        if cell > 0.13:
            shown = sheet.fitted(name, room - 0.1, 9.5)
            sheet.text(second - 0.08, top + (row + 0.5) * cell, shown, 9.5, across="right")
    sheet.text(second + side / 2, top - 0.2, say("similarity.means"), 11, across="center")
    for row, line in enumerate(lines[1:3]):
        sheet.text(second, top + side + 0.25 + row * 0.27, line, 10.5)
    return sheet.png()


# ------------------------------------------------------------------------------- search


def draw_hits(
    title: str,
    note: str,
    queries: Sequence[tuple[str, np.ndarray]],
    hits: Sequence[Sequence[tuple[str, str, float, np.ndarray | None]]],
) -> bytes:
    """Each query and what was found, one row each, as a PNG file.

    queries  (name, picture);  hits  for each (name, class, cosine, picture or None)
    """
    most = max(len(row) for row in hits)
    cell, gap, top = 1.35, 0.22, 1.5
    width = max(8.0, 2 * MARGIN + (most + 1) * (cell + gap) + 0.3)
    tall = cell + 0.78
    sheet = Chart(width, top + len(queries) * tall + 0.1, title, note)
    sheet.text(MARGIN, top - 0.28, say("search.query"), 10.5, color=charts.MUTED)
    sheet.text(MARGIN + cell + gap + 0.3, top - 0.28, say("search.hits"), 10.5, color=charts.MUTED)
    for place, ((name, picture), found) in enumerate(zip(queries, hits, strict=True)):
        y = top + place * tall
        sheet.picture(MARGIN, y, cell, cell, picture)
        shown = sheet.fitted(charts.drawable(name), cell, 9.5)
        sheet.text(MARGIN + cell / 2, y + cell + 0.16, shown, 9.5, across="center")
        for rank, (title_, label, cosine, small) in enumerate(found):
            x = MARGIN + cell + gap + 0.3 + rank * (cell + gap)
            if small is None:
                sheet.box(x, y, cell, cell, edge=charts.HAIR)
                sheet.text(x + cell / 2, y + cell / 2, say("search.gone"), 9, color=charts.MUTED,
                           across="center")  # fmt: skip
            else:
                sheet.picture(x, y, cell, cell, small)
            middle = x + cell / 2
            sheet.text(middle, y + cell + 0.16, number(cosine, 3), 10.5, bold=rank == 0,
                       across="center")  # fmt: skip
            under = sheet.fitted(charts.drawable(label or title_.rpartition("/")[2]), cell, 8.5)
            sheet.text(middle, y + cell + 0.36, under, 8.5, color=charts.MUTED, across="center")
    return sheet.png()


# ------------------------------------------------------------------------------- compare


def draw_compared(
    title: str,
    note: str,
    pictures: tuple[np.ndarray, np.ndarray],
    names: tuple[str, str],
    cosine: float,
    tau: float | None,
    verdict: str,
    curve: np.ndarray | None,
) -> bytes:
    """Two pictures, their cosine against tau, and the ROC by which tau was chosen, as a PNG file.

    curve  (k, 3) cosine, hits, alarms, or None
    """
    side, top = 2.9, 1.6
    right = MARGIN + 2 * side + 0.8
    width = right + (3.6 if curve is not None else 0.0) + MARGIN
    sheet = Chart(width, top + side + 1.95, title, note)
    for place, (picture, name) in enumerate(zip(pictures, names, strict=True)):
        sheet.picture(MARGIN + place * (side + 0.3), top, side, side, picture, name)
    y = top + side + 0.65
    wide = 2 * side + 0.3
    axes = sheet.axes(MARGIN, y, wide, 0.12)
    axes.set_xlim(-1 if min(cosine, tau if tau is not None else 0) < 0 else 0, 1)
    axes.set_ylim(0, 1)
    start, end = axes.get_xlim()
    axes.axvspan(start, end, color=charts.HAIR, linewidth=0)
    if tau is not None:
        axes.axvspan(tau, end, color="#bfe3cf", linewidth=0)
    charts.bare(axes)

    def at(value: float) -> float:
        return MARGIN + (value - start) / (end - start) * wide

    axes.plot([cosine], [0.5], "|", color=charts.ACCENT, markersize=22, markeredgewidth=4,
              clip_on=False)  # fmt: skip
    sheet.text(at(cosine), y - 0.22, say("compare.cosine", value=number(cosine, 3)), 11,
               bold=True, across="center")  # fmt: skip
    if tau is not None:
        axes.axvline(tau, color=charts.INK, linewidth=1.5)
        sheet.text(at(tau), y + 0.3, f"\u03c4 = {number(tau, 3)}", 10.5, across="center")
    for value in (start, end):
        if tau is None or abs(at(value) - at(tau)) > 0.7:
            sheet.text(at(value), y + 0.3, number(value), 9, color=charts.MUTED, across="center")
    sheet.text(MARGIN, y + 0.75, verdict, 12.5, bold=True)
    if curve is not None:
        _roc(sheet, right, top, 3.3, curve, tau)
    return sheet.png()


def _roc(sheet: Chart, x: float, y: float, side: float, curve: np.ndarray, tau) -> None:
    axes = sheet.axes(x + 0.3, y, side, side)
    axes.plot([0, 1], [0, 1], color=charts.HAIR, linewidth=1)
    axes.plot(np.append(0, curve[:, 2]), np.append(0, curve[:, 1]), color=charts.BLUE, linewidth=2)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    charts.plain_axes(axes)
    if tau is not None:
        place = int(np.argmin(np.abs(curve[:, 0] - tau)))
        axes.plot(curve[place, 2], curve[place, 1], "o", color=charts.ACCENT, markersize=8)
    sheet.text(x + 0.3 + side / 2, y - 0.17, say("compare.roc"), 11, across="center")
    sheet.text(x + 0.3 + side / 2, y + side + 0.4, say("compare.alarms"), 9.5,
               color=charts.MUTED, across="center")  # fmt: skip
    sheet.text(x - 0.25, y + side / 2, say("compare.hits"), 9.5, color=charts.MUTED, turn=90,
               across="center")  # fmt: skip


# ------------------------------------------------------------------------------- siamese


def draw_meter(title: str, note: str, rows: Sequence[dict[str, float]]) -> bytes:
    """Loss and collapse meter over the steps, as a PNG file.

    rows  with step, loss, spread, alignment, uniformity, rank
    """
    shown = ("loss", "spread", "alignment", "uniformity", "rank")
    each, gap, top, tall = 3.5, 0.65, 1.6, 2.1
    sheet = Chart(2 * MARGIN + 3 * each + 2 * gap + 0.2, top + 2 * (tall + 1.05), title, note)
    steps = [row["step"] for row in rows]
    for place, name in enumerate(shown):
        x = MARGIN + 0.2 + place % 3 * (each + gap)
        y = top + place // 3 * (tall + 1.05)
        axes = sheet.axes(x, y, each, tall)
        axes.plot(steps, [row[name] for row in rows], color=charts.SERIES[place], linewidth=2,
                  marker="o" if len(rows) < 3 else None)  # fmt: skip
        if name == "spread":
            axes.set_ylim(0, 1.02)
        if name == "rank":
            axes.set_ylim(bottom=0)
        charts.plain_axes(axes, count=4)
        sheet.text(x - 0.2, y - 0.32, say(f"siamese.meter.{name}"), 11, bold=True,
                   color=charts.SERIES[place])  # fmt: skip
        sheet.text(x + each, y - 0.14, say(f"siamese.meaning.{name}"), 8.5, color=charts.MUTED,
                   across="right")  # fmt: skip
    return sheet.png()
