"""The charts and animations of `watch`: a network making pictures, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from matplotlib.ticker import MaxNLocator

from pincel.look.watched import (
    Attended,
    Drawing,
    Noising,
    Reversal,
    Uncovering,
    Verdicts,
    Views,
    Watched,
)
from pincel.make import charts
from pincel.make.charts import MARGIN, Sheet, number
from pincel.make.decoded import as_rgba, as_sprite
from pincel.pixels import encode
from pincel.words import say

_WIDTH = 13.2
_INNER = _WIDTH - 2 * MARGIN
_COLUMNS = 9
_STRONGEST = 8
_PAPER = np.array([226, 230, 236], np.float32)
_GIF = 480  # pixels; about the longer side of an animation


def on_paper(pictures: np.ndarray) -> np.ndarray:
    """(..., h, w, 1, 3 or 4) uint8 as (..., h, w, 3): what is transparent shows light grey."""
    if pictures.shape[-1] != 4:
        return pictures if pictures.shape[-1] == 3 else pictures[..., :1].repeat(3, -1)
    alpha = pictures[..., 3:] / np.float32(255)
    return np.rint(pictures[..., :3] * alpha + _PAPER * (1 - alpha)).astype(np.uint8)


# -------------------------------------------------------------------------------------- samples


def draw_samples(told: Watched, seed: int) -> bytes:
    """The grid of pictures made from seeds that follow each other."""
    shown = on_paper(told.samples)
    across = min(8, len(shown))
    side = min(1.2, (_INNER - 0.1 * (across - 1)) / across)
    rows = -(-len(shown) // across)
    note = say("watch.samples_note", first=seed, last=seed + len(shown) - 1)
    sheet = Sheet(_WIDTH, 1.15 + rows * (side + 0.34) + 0.1, say("watch.samples_title"), note)
    for top in range(0, len(shown), across):
        y = 1.1 + top // across * (side + 0.34)
        row_of(sheet, MARGIN, y, side, 0.34, shown[top : top + across])
        for i in range(top, min(top + across, len(shown))):
            text = sheet.fitted(_class_of(told, i), side, 8.5)
            x = MARGIN + (i - top) * (side + 0.34) + side / 2
            sheet.text(x, y + side + 0.13, text, 8.5, across="center")
    return sheet.png()


def _class_of(told: Watched, i: int) -> str:
    if not told.named or not told.classes:
        return ""
    return told.classes[told.label if told.label is not None else i % len(told.classes)]


# ------------------------------------------------------------------------------------ diffusion


def draw_noising(told: Noising) -> bytes:
    """q(x_t | x_0): the picture at some times, the curves, one number followed."""
    count = len(told.times)
    side = min(1.7, (_INNER - 0.12 * (count - 1)) / count)
    note = say(f"watch.schedule_{told.kind}")
    height = 1.5 + side + 0.75 + 2.6 + 1.0
    sheet = Sheet(_WIDTH, height, say("watch.noising_title"), note)
    row, column = told.cell
    marks = [(column, row, 1)] * count
    row_of(sheet, MARGIN, 1.45, side, 0.12, on_paper(told.pictures), marks)
    for i, t in enumerate(told.times):
        x = MARGIN + i * (side + 0.12)
        sheet.text(x + side / 2, 1.28, f"t = {number(t, 2)}", 10, bold=True, across="center")
        one = told.rows[i]
        for k, text in enumerate(
            (
                f"\u03b1\u0304 = {number(one['alpha_bar'], 4)}",
                f"x = {number(one['xt'], 3)}",
            )
        ):
            at = 1.45 + side + 0.17 + 0.19 * k
            sheet.text(x + side / 2, at, text, 9, across="center", color=charts.MUTED)
    y = 1.45 + side + 0.95
    half = _INNER / 2 - 0.4
    line = np.linspace(0, 1, len(told.curves["signal"]))
    pairs = (
        ("watch.curves_title", (("alpha_bar", charts.BLUE), ("signal", charts.GREEN),
                                ("noise", charts.ACCENT))),
        ("watch.beta_title", (("beta", charts.RED),)),
    )  # fmt: skip
    for place, (title, curves) in enumerate(pairs):
        x = MARGIN + 0.35 + place * (half + 0.6)
        sheet.text(x - 0.3, y - 0.14, say(title), 11, bold=True)
        if place == 0:
            _legend(sheet, x - 0.3, y + 0.1, curves)
        axes = sheet.axes(x, y + 0.3, half - 0.2, 2.1)
        for name, color in curves:
            values = told.curves[name]
            drawn = values[1:] if name == "beta" else values
            axes.plot(line[-len(drawn) :], drawn, color=color, linewidth=2)
        axes.set_xlim(0, 1)
        top = 1.02 if place == 0 else _top(told.curves["beta"])
        axes.set_ylim(0, top)
        charts.plain(axes)
        sheet.text(x + half - 0.2, y + 2.66, "t", 9, across="right", color=charts.MUTED)
    sheet.text(MARGIN, height - 0.3, say("watch.noising_formula"), 11, mono=True)
    return sheet.png()


def _top(beta: np.ndarray) -> float:
    """The height of the chart of beta: the last steps of some schedules shoot up to 1."""
    return float(min(1.0, np.quantile(beta, 0.97) * 1.6))


def _legend(sheet: Sheet, x: float, y: float, curves: Sequence[tuple[str, str]]) -> None:
    for name, color in curves:
        text = say(f"watch.curve_{name}")
        sheet.text(x, y, text, 9.5, color=color, bold=True)
        x += sheet.extent(text, 9.5, True) + 0.25


def draw_reversals(told: Sequence[Reversal]) -> bytes:
    """From noise to a picture: above what it holds, below what it sees in it; one pair of rows
    for each guidance."""
    columns = min(_COLUMNS, len(told[0].times))
    side = min(1.3, (_INNER - 0.1 * (columns - 1)) / columns)
    block = 2 * side + 0.95
    note = say("watch.reversal_note", steps=len(told[0].times) - 1)
    sheet = Sheet(_WIDTH, 1.3 + block * len(told), say("watch.reversal_title"), note)
    for k, way in enumerate(told):
        y = 1.35 + k * block
        if way.guidance is not None:
            sheet.text(MARGIN, y - 0.12, guidance_text(way.guidance), 11.5, bold=True)
        shown = np.linspace(0, len(way.times) - 1, columns).round().astype(int)
        for i, step in enumerate(shown):
            x = MARGIN + i * (side + 0.1)
            label = f"t = {number(way.times[step], 2)}"
            sheet.text(x + side / 2, y + 0.1, label, 9, across="center", color=charts.MUTED)
        row_of(sheet, MARGIN, y + 0.22, side, 0.1, on_paper(way.held[shown]))
        looked = shown[shown < len(way.seen)]
        row_of(sheet, MARGIN, y + 0.32 + side, side, 0.1, on_paper(way.seen[looked]))
    return sheet.png()


def draw_views(told: Views) -> bytes:
    """What is held, and the picture, noise and velocity that the network names in it."""
    columns = len(told.times)
    side = 1.3
    note = say("watch.views_note", asked=say(f"watch.view_{told.asked}"))
    sheet = Sheet(_WIDTH, 1.5 + 4 * (side + 0.12) + 0.75, say("watch.views_title"), note)
    row, column = told.cell
    marks = [(column, row, 1)] * columns
    x, y = MARGIN + 2.3, 1.45
    rows = (
        ("xt", list(on_paper(told.held))),
        ("x0", list(on_paper(told.picture))),
        ("noise", [_signed(values) for values in told.noise]),
        ("velocity", [_signed(values) for values in told.velocity]),
    )
    for i, t in enumerate(told.times):
        at = x + i * (side + 0.12) + side / 2
        sheet.text(at, y - 0.14, f"t = {number(t, 2)}", 10, bold=True, across="center")
    for name, pictures in rows:
        bold = name == told.asked
        sheet.paragraph(MARGIN, y + side / 2 - 0.1, 2.1, say(f"watch.view_{name}"), 11, bold=bold,
                        color=charts.ACCENT if bold else charts.INK)  # fmt: skip
        row_of(sheet, x, y, side, 0.12, pictures, marks)
        y += side + 0.12
    sheet.scale(x, y + 0.1, 3.0, charts.SIGNED, "\u22123", "3", "0")
    sheet.text(x + 3.4, y + 0.16, say("watch.views_scale"), 9.5, color=charts.MUTED)
    return sheet.png()


def _signed(values: np.ndarray) -> np.ndarray:
    """Numbers (h, w) from -3 to 3 as blue, white, orange."""
    return np.rint(charts.tint(values, charts.SIGNED, -3, 3) * 255).astype(np.uint8)


def guidance_text(guidance: float) -> str:
    """What a guidance means, in a few words."""
    key = {0.0: "none", 1.0: "class"}.get(guidance, "more")
    return say(f"watch.guidance_{key}", guidance=number(guidance, 1))


def reversal_gif(told: Sequence[Reversal]) -> bytes:
    """The way back as an animation: what it holds (left) and what it sees (right)."""
    frames = []
    steps = len(told[0].seen)
    for step in range(steps + 1):
        rows = []
        for way in told:
            seen = way.seen[min(step, steps - 1)]
            rows.append(_joined([on_paper(way.held[step]), on_paper(seen)], 1))
        frames.append(_joined(rows, 0))
    return _animated(frames, [*[110] * steps, 1600])


def noising_gif(told: Noising) -> bytes:
    """The forward process as an animation."""
    frames = list(on_paper(told.frames))
    return _animated(frames, [1000, *[110] * (len(frames) - 2), 1000])


# ------------------------------------------------------------------------------------ attention


def draw_attention(told: Attended) -> bytes:
    """Who asks, how the heads answer, and the numbers of one head."""
    heads = len(told.shares)
    wide = min(heads, 4)
    side = 2.0
    rows = -(-heads // wide)
    cell = min(0.42, (_INNER - side - 0.6) / told.grid[1], 4.6 / told.grid[0])
    below = max(told.grid[0] * cell + 0.7, 0.9 + 0.29 * min(_STRONGEST, len(told.places)))
    note = attention_note(told)
    top = 1.6
    sheet = Sheet(
        _WIDTH, top + rows * (side + 0.45) + 0.25 + below, say("watch.attention_title"), note
    )
    picture = on_paper(told.picture)
    sheet.text(MARGIN, top - 0.16, say("watch.asks"), 11, bold=True)
    mark = (told.asked[1] * told.block, told.asked[0] * told.block, told.block)
    row_of(sheet, MARGIN, top, side, 0.15, [picture], [mark])
    x0 = MARGIN + side + 0.5
    maps = told.maps()
    most = float(np.nanmax(maps))
    for first in range(0, heads, wide):
        y = top + first // wide * (side + 0.45)
        shown = range(first, min(first + wide, heads))
        laid = [laid_over(picture, maps[h], told.block, most) for h in shown]
        row_of(sheet, x0, y, side, 0.15, laid, [mark] * len(laid))
        for h in shown:
            color = charts.ACCENT if h == told.head else charts.INK
            x = x0 + (h - first) * (side + 0.15)
            text = say("watch.head", number=h)
            sheet.text(x, y - 0.16, text, 11, bold=h == told.head, color=color)
    y = top + rows * (side + 0.45) + 0.25
    title = say("watch.numbers_of", head=told.head)
    sheet.text(MARGIN, y - 0.1, title, 11, bold=True)
    chosen = maps[told.head]
    colors = charts.tint(chosen, charts.WARM, 0, float(np.nanmax(chosen)))
    colors[np.isnan(chosen)] = 0.93
    labels = [["" if v != v else _share(v) for v in row] for row in chosen]
    sheet.grid(MARGIN + 0.25, y + 0.35, cell, chosen, colors, labels=labels, first=(0, 0))
    x = MARGIN + 0.25 + told.grid[1] * cell + 0.45
    text = say("watch.numbers_note", score=number(float(told.scores[told.head].max()), 2))
    at = sheet.paragraph(x, y + 0.45, _WIDTH - MARGIN - x, text, 10.5)
    for line in strongest(told):
        at = sheet.paragraph(x, at + 0.06, _WIDTH - MARGIN - x, line, 10, mono=True)
    return sheet.png()


def strongest(told: Attended, most: int = _STRONGEST) -> list[str]:
    """The places that a head takes most from, a line each: place, Q K^T / sqrt d, share."""
    shares, scores = told.shares[told.head], told.scores[told.head]
    lines = []
    for i in np.argsort(-shares, kind="stable")[:most]:
        place = place_of(told, int(i))
        score, share = number(float(scores[i]), 2), number(100 * float(shares[i]), 1)
        lines.append(f"{place:<16} {score:>7} {share:>6} %")
    return lines


def place_of(told: Attended, number_: int) -> str:
    """What a key belongs to: a place of the picture, the begin sign, a word, a colour."""
    if number_ in told.others:
        kind, value = told.others[number_]
        return say(f"watch.token_{kind}", value=value)
    row, column = told.places[number_]
    return f"({row}, {column})"


def attention_note(told: Attended) -> str:
    """Which place of which layer asks, and when."""
    row, column = told.asked
    when = "" if told.time is None else say("watch.at_time", time=number(told.time, 2))
    return say("watch.attention_note", layer=told.layer, row=row, column=column,
               count=len(told.places), when=when).strip()  # fmt: skip


def laid_over(picture: np.ndarray, heat: np.ndarray, block: int, most: float) -> np.ndarray:
    """Shares (rows, columns) as warm squares on a pale picture (h, w, 3); nan stays grey."""
    level = np.nan_to_num(heat / (most or 1.0)).repeat(block, 0).repeat(block, 1)[..., None]
    grey = (picture / 255 @ np.array((0.299, 0.587, 0.114)))[..., None]
    pale = 0.55 + 0.45 * np.repeat(grey, 3, -1)
    known = (~np.isnan(heat)).repeat(block, 0).repeat(block, 1)[..., None]
    pale = np.where(known, pale, pale * 0.25 + 0.72)
    warm = np.array(charts.WARM(np.clip(level[..., 0] * 0.8 + 0.2, 0, 1)))[..., :3]
    cover = np.clip(level * 1.15, 0, 0.9)
    return np.rint(np.clip(pale * (1 - cover) + warm * cover, 0, 1) * 255).astype(np.uint8)


def _share(value: float) -> str:
    return number(100 * value) if value >= 0.0995 else number(100 * value, 1)


# ---------------------------------------------------------------------------------- transformer


def draw_drawing(told: Drawing) -> bytes:
    """A picture growing pixel by pixel, the chances of one of them, and where it was surprised."""
    shown = np.linspace(0, len(told.frames) - 1, min(7, len(told.frames))).round().astype(int)
    side = 1.65
    note = say("watch.drawing_note", pixels=told.pixels[-1])
    sheet = Sheet(_WIDTH, 1.5 + side + 0.6 + 3.1, say("watch.drawing_title"), note)
    for i, k in enumerate(shown):
        x = MARGIN + i * (side + 0.12)
        text = say("watch.pixels", count=told.pixels[k])
        sheet.text(x + side / 2, 1.3, text, 9, across="center", color=charts.MUTED)
    row_of(sheet, MARGIN, 1.45, side, 0.12, on_paper(told.frames[shown]))
    y = 1.45 + side + 0.55
    row, column = told.cell
    title = say("watch.chances_title", row=row, column=column)
    sheet.text(MARGIN, y, title, 11, bold=True)
    order = np.argsort(-told.chances, kind="stable")[:8]
    for k, color in enumerate(order):
        at = y + 0.35 + 0.3 * k
        rgb = on_paper(told.palette[None, [color]])[0, 0] / 255
        sheet.box(MARGIN, at - 0.11, 0.3, 0.22, fill=tuple(rgb), edge=charts.HAIR)
        share = float(told.chances[color])
        sheet.box(MARGIN + 0.45, at - 0.09, max(3.6 * share, 0.01), 0.18, fill=charts.BLUE)
        text = f"{number(100 * share, 1)} %"
        if color == told.taken:
            text += "  \u2190 " + say("watch.drawn")
        sheet.text(MARGIN + 0.55 + 3.6 * share, at, text, 9.5)
    x = MARGIN + 6.8
    text = say("watch.surprise_title", bits=number(float(told.surprise.mean()), 2))
    sheet.text(x, y, text, 11, bold=True)
    top = float(told.surprise.max())
    sheet.picture(x, y + 0.2, 2.4, 2.4, told.surprise, color_map=charts.WARM, low=0, high=top,
                  across="left")  # fmt: skip
    low, high = say("watch.expected"), say("watch.bits", bits=number(top, 1))
    sheet.scale(x + 2.65, y + 0.5, 2.2, charts.WARM, low, high)
    return sheet.png()


def drawing_gif(told: Drawing) -> bytes:
    """The picture growing, as an animation."""
    shown = list(on_paper(told.frames))
    return _animated(shown, [*[90] * (len(shown) - 1), 1600])


# --------------------------------------------------------------------------------------- masked


def draw_uncovering(told: Uncovering) -> bytes:
    """Looks at a picture: what is named, what the network would name, and how sure it is."""
    looks = len(told.guesses)
    columns = min(_COLUMNS, looks + 1)
    side = min(1.3, (_INNER - 0.1 * (columns - 1)) / columns)
    note = say("watch.uncovering_note", looks=looks)
    sheet = Sheet(_WIDTH, 1.6 + 3 * (side + 0.42) + 0.5, say("watch.uncovering_title"), note)
    shown = np.linspace(0, looks, columns).round().astype(int)
    before = shown[shown < looks]
    rows = (
        ("named", [_veiled(told.frames[k], told.known[k]) for k in shown]),
        ("guessed", [on_paper(told.guesses[k]) for k in before]),
        ("sure", [_sureness(told.sure[k]) for k in before]),
    )
    y = 1.45
    for name, pictures in rows:
        sheet.text(MARGIN, y, say(f"watch.{name}"), 11, bold=True)
        row_of(sheet, MARGIN, y + 0.17, side, 0.1, pictures)
        y += side + 0.42
    for i, k in enumerate(shown):
        share = number(100 * float(told.known[k].mean()))
        x = MARGIN + i * (side + 0.1) + side / 2
        sheet.text(x, y - 0.08, f"{share} %", 9, across="center", color=charts.MUTED)
    sheet.scale(_WIDTH - MARGIN - 2.4, y + 0.15, 2.4, charts.WARM, "0 %", "100 %")
    return sheet.png()


def _veiled(frame: np.ndarray, known: np.ndarray) -> np.ndarray:
    """A picture (h, w, 4) in which hidden pixels are a pale blue."""
    veil = np.array((196, 210, 235), np.uint8)
    return np.where(known[..., None], on_paper(frame), veil).astype(np.uint8)


def _sureness(sure: np.ndarray) -> np.ndarray:
    """Chances (h, w) as warm colours; pixels that are known are grey."""
    shown = charts.tint(sure, charts.WARM, 0, 1)
    shown[np.isnan(sure)] = 0.9
    return np.rint(shown * 255).astype(np.uint8)


def uncovering_gif(told: Uncovering) -> bytes:
    """Named so far (left) and what the network would name (right), look by look."""
    frames = []
    for k, frame in enumerate(told.frames):
        guess = told.guesses[k] if k < len(told.guesses) else frame
        frames.append(_joined([_veiled(frame, told.known[k]), on_paper(guess)], 1))
    return _animated(frames, [*[200] * (len(frames) - 1), 1600])


# ------------------------------------------------------------------------------------------ gan


def draw_verdicts(told: Verdicts) -> bytes:
    """Made pictures from the most to the least believed, each with the discriminator's number."""
    pictures, said = on_paper(told.pictures), told.made
    across, side = 8, 1.2
    rows = -(-len(said) // across)
    real = 0 if told.real is None else 1
    sheet = Sheet(_WIDTH, 1.2 + (rows + real) * (side + 0.42) + 0.3 * real,
                  say("watch.verdicts_title"), say("watch.verdicts_note"))  # fmt: skip
    y = 1.15
    if told.real is not None and told.real_pictures is not None:
        sheet.text(MARGIN, y + 0.02, say("watch.verdict_real"), 10.5, bold=True)
        _judged(sheet, y + 0.2, side, on_paper(told.real_pictures), told.real)
        y += side + 0.72
    for top in range(0, len(said), across):
        at = y + top // across * (side + 0.42)
        _judged(sheet, at, side, pictures[top : top + across], said[top : top + across])
    return sheet.png()


def _judged(sheet: Sheet, y: float, side: float, pictures: np.ndarray, said: np.ndarray) -> None:
    row_of(sheet, MARGIN, y, side, 0.34, pictures)
    for i, verdict in enumerate(said):
        color = charts.GREEN if verdict >= 0 else charts.RED
        x, text = MARGIN + i * (side + 0.34) + side / 2, number(float(verdict), 2)
        sheet.text(x, y + side + 0.16, text, 10, bold=True, across="center", color=color)


# ------------------------------------------------------------------------------------- training


def progress_gif(frames: Sequence[np.ndarray]) -> bytes:
    """Sample grids (h, w, 4) of a training's epochs, all of one size, as an animation."""
    shown = [on_paper(frame) for frame in frames]
    return _animated(shown, [*[350] * (len(shown) - 1), 1800])


def draw_history(entries: Sequence[dict], names: Sequence[str]) -> bytes:
    """Figures of each epoch as curves, one small chart for each name."""
    across = min(3, len(names))
    wide = (_INNER - 0.6 * (across - 1)) / across
    rows = -(-len(names) // across)
    sheet = Sheet(_WIDTH, 1.2 + rows * 2.6, say("watch.history_title"), say("watch.history_note"))
    for i, name in enumerate(names):
        x = MARGIN + 0.3 + i % across * (wide + 0.6)
        y = 1.25 + i // across * 2.6
        points = [(e["epoch"], e[name]) for e in entries if isinstance(e.get(name), (int, float))]
        sheet.text(x - 0.25, y - 0.1, name, 10.5, bold=True)
        axes = sheet.axes(x, y + 0.08, wide - 0.4, 1.85)
        axes.plot(*zip(*points, strict=True), color=charts.BLUE, linewidth=2)
        charts.plain(axes)
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    return sheet.png()


# ----------------------------------------------------------------------------------- small parts


def row_of(
    sheet: Sheet,
    x: float,
    y: float,
    side: float,
    gap: float,
    pictures: Sequence[np.ndarray] | np.ndarray,
    marks: Sequence[tuple[int, int, int]] = (),
) -> None:
    """Pictures (h, w, 3) of one size beside each other as one picture (a place on the sheet for
    each would be slow). marks: column, row and side of a square drawn into each."""
    height, width = pictures[0].shape[:2]
    scale = max(1, round(140 / max(height, width)))
    big = [picture.repeat(scale, 0).repeat(scale, 1) for picture in pictures]
    between = round(gap / side * max(height, width) * scale)
    parts: list[np.ndarray] = []
    for picture in big:
        white = np.full((len(picture), between, 3), 255, np.uint8)
        parts += [white] * bool(parts) + [picture]
    whole = len(big) * side + (len(big) - 1) * gap
    axes = sheet.picture(x, y, whole, side, np.concatenate(parts, 1), across="left")
    charts.bare(axes)
    for i, (column, row, wide) in enumerate(marks):
        left = i * (width * scale + between) + column * scale
        _square(axes, left, row * scale, wide * scale)


def _square(axes: object, x: float, y: float, side: float) -> None:
    from matplotlib.patches import Rectangle

    for color, line in (("#ffffff", 3.2), (charts.BLUE, 1.6)):
        square = Rectangle((x, y), side, side, fill=False, edgecolor=color, linewidth=line)
        axes.add_patch(square)  # type: ignore[attr-defined]


def _joined(pictures: Sequence[np.ndarray], axis: int) -> np.ndarray:
    """Pictures below (axis 0) or beside (1) each other, a white line between."""
    parts: list[np.ndarray] = []
    for picture in pictures:
        shape = list(picture.shape)
        shape[axis] = 1
        parts += [np.full(shape, 255, np.uint8)] * bool(parts) + [picture]
    return np.concatenate(parts, axis)


def _animated(frames: Sequence[np.ndarray], milliseconds: Sequence[int]) -> bytes:
    """Frames (h, w, 3) uint8 enlarged by a whole factor, one palette for all."""
    drawn = as_sprite(as_rgba(np.stack(frames)), 255)
    scale = max(1, round(_GIF / max(frames[0].shape[:2])))
    big = [frame.repeat(scale, 0).repeat(scale, 1) for frame in drawn.frames]
    return encode.gif(big, drawn.palette, milliseconds)


def charts_of(told: Watched, seed: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The charts that there are something for: (name, how it is drawn)."""
    yield "samples", lambda: draw_samples(told, seed)
    if told.noising is not None:
        noised = told.noising
        yield "noising", lambda: draw_noising(noised)
    if told.reversals:
        yield "reversal", lambda: draw_reversals(told.reversals)
    if told.views is not None:
        named = told.views
        yield "views", lambda: draw_views(named)
    if told.drawing is not None:
        drawn = told.drawing
        yield "drawing", lambda: draw_drawing(drawn)
    if told.uncovering is not None:
        uncovered = told.uncovering
        yield "uncovering", lambda: draw_uncovering(uncovered)
    if told.attended is not None:
        attended = told.attended
        yield "attention", lambda: draw_attention(attended)
    if told.verdicts is not None:
        judged = told.verdicts
        yield "verdicts", lambda: draw_verdicts(judged)
