"""The pictures of `dream`: what was drawn, how it rose, a sheet of all channels, the way there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.learn.prepare import resized
from pincel.look.dream import Target
from pincel.make.latent.decoded import decoded
from pincel.pixels.encode import png
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.nets.layers import short_number
from pincel.words import say

_SIDE = 4.2
_CELL = 1.5
_ACROSS = 8
_LOOKED_AT = 256
_STILL, _MOVING = 1500, 80  # milliseconds


@dataclass(frozen=True, eq=False)
class Ascent:
    """What an ascent drew.

    names     what each picture is for;  pictures  (n, h, w, c) from 0 to 1
    frames    the same on the way;  course  the numbers (n,) at each step
    reached   the numbers at the end;  chance  their mean for random pixels
    start     (h, w, c) the person's picture, and `began`, its number; None without one
    """

    names: tuple[str, ...]
    pictures: np.ndarray
    frames: tuple[np.ndarray, ...] = ()
    course: tuple[np.ndarray, ...] = ()
    reached: tuple[float, ...] = ()
    chance: tuple[float, ...] = ()
    start: np.ndarray | None = None
    began: float | None = None


def target_label(target: Target, classes: tuple[str, ...]) -> str:
    """A target in a few words."""
    if target.class_ is not None:
        known = target.class_ < len(classes)
        return classes[target.class_] if known else str(target.class_)
    layer = target.layer or say("dream.last_map")
    if target.channel is None:
        return say("dream.layer", layer=layer)
    if target.cell is None:
        return say("dream.channel", layer=layer, channel=target.channel)
    row, column = target.cell
    return say("dream.neuron", layer=layer, channel=target.channel, row=row, column=column)


def rise_sentence(drawn: Ascent, i: int) -> str:
    """How far a number rose."""
    facts = {"what": drawn.names[i], "value": short_number(drawn.reached[i])}
    facts["chance"] = short_number(drawn.chance[i])
    if drawn.began is None:
        return say("dream.rose", **facts)
    return say("dream.rose_from", **facts, start=short_number(drawn.began))


def as_bytes(pictures: np.ndarray) -> np.ndarray:
    """Values from 0 to 1, (..., h, w, c), as (..., h, w, 3) uint8; of many channels the first."""
    if pictures.shape[-1] == 4:
        pictures = pictures[..., :3] + 1 - pictures[..., 3:]  # times alpha already; on white
    elif pictures.shape[-1] != 3:
        pictures = pictures[..., :1].repeat(3, -1)
    return np.rint(np.clip(pictures, 0, 1) * 255).astype(np.uint8)


def plain_picture(drawn: Ascent) -> bytes:
    """The picture by itself, at its own size, as a PNG."""
    return png(as_bytes(drawn.pictures[0]))


def ascent_gif(drawn: Ascent) -> bytes:
    """The way there as an endless GIF, several pictures beside each other."""
    frames = []
    for pictures in drawn.frames:
        shown = as_bytes(_as_large(pictures, drawn.pictures.shape[1:3]))
        across = min(len(shown), _ACROSS)
        empty = np.full_like(shown[:1], 255).repeat(-len(shown) % across, 0)
        rows = np.concatenate([shown, empty]).reshape(-1, across, *shown.shape[1:])
        frames.append(rows.transpose(0, 2, 1, 3, 4).reshape(-1, across * shown.shape[2], 3))
    whole = decoded(np.stack(frames), hard=False)
    return whole.gif([_MOVING] * (len(frames) - 1) + [_STILL])


def _as_large(pictures: np.ndarray, size: tuple[int, ...]) -> np.ndarray:
    """An early octave of a dream as large as the last."""
    return np.stack([resized(picture, (size[0], size[1])) for picture in pictures])


def draw_dream(model: str, drawn: Ascent) -> bytes:
    """One picture, what it began with, and the curve of its number, as a PNG."""
    first = drawn.frames[0][0] if drawn.start is None else drawn.start
    height, width = drawn.pictures.shape[1:3]
    tall = min(_SIDE, _SIDE * height / width)
    top = 1.75
    whole = 3 * _SIDE + 2 * 0.5 + 2 * MARGIN + 0.3
    sheet = Chart(whole, top + tall + 0.85, f"{model} · {drawn.names[0]}", rise_sentence(drawn, 0))
    key = "dream.figure.grey" if drawn.start is None else "dream.figure.picture"
    x = MARGIN
    for picture, title in ((first, say(key)), (drawn.pictures[0], say("dream.figure.drawn"))):
        sheet.picture(x, top, _SIDE, tall, as_bytes(picture), title)
        x += _SIDE + 0.5
    axes = sheet.axes(x + 0.3, top, _SIDE, tall)
    course = np.array([values[0] for values in drawn.course])
    steps = np.arange(1, len(course) + 1)
    axes.plot(steps, course, color=charts.BLUE, linewidth=1.6)
    axes.axhline(drawn.chance[0], color=charts.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    axes.set_xlim(1, max(2, len(course)))
    charts.plain_axes(axes)
    sheet.text(x + 0.3 + _SIDE / 2, top - 0.17, say("dream.figure.curve"), 11, across="center")
    told = say("dream.figure.steps")
    sheet.text(
        x + 0.3 + _SIDE / 2, top + tall + 0.42, told, 9.5, color=charts.MUTED, across="center"
    )
    return sheet.png()


def draw_dreams(model: str, drawn: Ascent) -> bytes:
    """One picture for each channel or class, with how far its number rose, as a PNG."""
    shown = as_bytes(drawn.pictures)
    across = min(_ACROSS, len(shown))
    down = -(-len(shown) // across)
    cell = _CELL if across > 4 else 2.4
    gap, foot, top = 0.14, 0.46, 1.2
    width = max(2 * MARGIN + across * (cell + gap) - gap, 9.0)
    title = f"{model} · {say('dream.figure.sheet')}"
    sheet = Chart(width, top + down * (cell + foot + gap), title, say("dream.figure.sheet_note"))
    for i, picture in enumerate(shown):
        row, column = divmod(i, across)
        x, y = MARGIN + column * (cell + gap), top + row * (cell + foot + gap)
        sheet.picture(x, y, cell, cell, picture)
        name = sheet.fitted(drawn.names[i], cell, 8.5)
        sheet.text(x, y + cell + 0.13, name, 8.5)
        told = f"{short_number(drawn.chance[i])} → {short_number(drawn.reached[i])}"
        sheet.text(x, y + cell + 0.3, told, 7.5, color=charts.MUTED)
    return sheet.png()
