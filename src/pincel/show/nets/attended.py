"""The charts of attention, of a picture drawn pixel by pixel, and of one that is uncovered."""

from __future__ import annotations

import numpy as np

from pincel.look.attended import Attended, Drawing, Uncovering
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.strips import COLUMNS, INNER, WIDTH, joined_strips, looping_gif, on_paper, row_of
from pincel.words import say
from pincel.words.numbers import number

_STRONGEST = 8


def draw_attention(told: Attended) -> bytes:
    """Who asks, how the heads answer, and the numbers of one head."""
    heads = len(told.shares)
    wide = min(heads, 4)
    side = 2.0
    rows = -(-heads // wide)
    cell = min(0.42, (INNER - side - 0.6) / told.grid[1], 4.6 / told.grid[0])
    below = max(told.grid[0] * cell + 0.7, 0.9 + 0.29 * min(_STRONGEST, len(told.places)))
    note = attention_note(told)
    top = 1.6
    sheet = Chart(
        WIDTH, top + rows * (side + 0.45) + 0.25 + below, say("watch.attention_title"), note
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
        laid = [shares_over(picture, maps[h], told.block, most) for h in shown]
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
    at = sheet.paragraph(x, y + 0.45, WIDTH - MARGIN - x, text, 10.5)
    for line in strongest(told):
        at = sheet.paragraph(x, at + 0.06, WIDTH - MARGIN - x, line, 10, mono=True)
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


def shares_over(picture: np.ndarray, heat: np.ndarray, block: int, most: float) -> np.ndarray:
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


def draw_drawing(told: Drawing) -> bytes:
    """A picture growing pixel by pixel, the chances of one of them, and where it was surprised."""
    shown = np.linspace(0, len(told.frames) - 1, min(7, len(told.frames))).round().astype(int)
    side = 1.65
    note = say("watch.drawing_note", pixels=told.pixels[-1])
    sheet = Chart(WIDTH, 1.5 + side + 0.6 + 3.1, say("watch.drawing_title"), note)
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
    return looping_gif(shown, [*[90] * (len(shown) - 1), 1600])


def draw_uncovering(told: Uncovering) -> bytes:
    """Looks at a picture: what is named, what the network would name, and how sure it is."""
    looks = len(told.guesses)
    columns = min(COLUMNS, looks + 1)
    side = min(1.3, (INNER - 0.1 * (columns - 1)) / columns)
    note = say("watch.uncovering_note", looks=looks)
    sheet = Chart(WIDTH, 1.6 + 3 * (side + 0.42) + 0.5, say("watch.uncovering_title"), note)
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
    sheet.scale(WIDTH - MARGIN - 2.4, y + 0.15, 2.4, charts.WARM, "0 %", "100 %")
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
        frames.append(joined_strips([_veiled(frame, told.known[k]), on_paper(guess)], 1))
    return looping_gif(frames, [*[200] * (len(frames) - 1), 1600])
