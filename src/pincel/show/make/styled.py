"""The chart of `style`: what went in, the way there, the losses, and what `pixelate` draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.make.pictures.styled import Styled
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import say

_SIDE, _GAP = 3.1, 0.3
_SMALL = 9  # likes that are shown
_WORDS = {
    "style": "style.figure.style",
    "content": "style.figure.content",
    "color": "style.figure.color",
    "smooth": "style.figure.smooth",
}
_COLORS = {"style": "#3b6fd4", "content": "#c2571a", "color": "#2f8f5b", "smooth": "#8c5ac8"}


def draw_styled(
    name: str, source: np.ndarray, likes: Sequence[np.ndarray], done: Styled, network: str
) -> bytes:
    """A PNG of a style transfer: source (h, w, 4) uint8, likes as they were compared."""
    height, width = done.picture.shape[:2]
    tall = _SIDE * min(1.6, height / width)
    top, whole = 1.75, 4 * _SIDE + 3 * _GAP + 2 * MARGIN
    below = top + tall + 0.75
    sheet = Chart(
        whole, below + _SIDE + 0.9, f"style · {name}", say("style.figure.note", network=network)
    )
    shown = [(_on_white(source), say("style.figure.content"))]
    shown.append((_together(likes), say("style.figure.likes")))
    shown.append((_on_white(done.picture), say("style.figure.drawn")))
    if done.plain is not None:
        shown.append((_on_white(done.plain.rgba()), say("style.figure.pixelate")))
    for number, (picture, title) in enumerate(shown):
        x = MARGIN + number * (_SIDE + _GAP)
        sheet.picture(x, top, _SIDE, tall, _fitted(picture, tall / _SIDE), title)
    _way(sheet, below, done)
    _curves(sheet, below, whole, done)
    return sheet.png()


def _way(sheet: Chart, top: float, done: Styled) -> None:
    """The pictures on the way, in two rows."""
    half = (_SIDE - 0.1) / 2
    sheet.text(MARGIN, top - 0.2, say("style.figure.way"), 11)
    for number, picture in enumerate(done.stages[:8]):
        row, column = divmod(number, 4)
        x, y = MARGIN + column * (half + 0.1), top + row * (half + 0.1)
        eight = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
        sheet.picture(x, y, half, half, _fitted(eight, 1.0))


def _curves(sheet: Chart, top: float, whole: float, done: Styled) -> None:
    """Every part of the loss, step by step."""
    left = MARGIN + 2 * _SIDE + _GAP + 0.75
    axes = sheet.axes(left, top, whole - MARGIN - left - 1.3, _SIDE)
    steps = np.arange(1, len(done.losses["style"]) + 1)
    ends = []
    for part, values in done.losses.items():
        axes.plot(steps, values, color=_COLORS[part], linewidth=1.6)
        ends.append((values[-1], part))
    axes.set_ylim(bottom=0)
    axes.set_xlim(1, max(2, len(steps)))
    charts.plain_axes(axes)
    high = axes.get_ylim()[1]
    places = _apart([value / high for value, _ in sorted(ends)])
    for place, (_, part) in zip(places, sorted(ends), strict=True):
        y = top + _SIDE * (1 - place)
        sheet.text(whole - MARGIN - 1.2, y, say(_WORDS[part]), 9.5, color=_COLORS[part])
    sheet.text(left, top - 0.2, say("style.figure.losses"), 11)
    sheet.text(left, top + _SIDE + 0.42, say("style.figure.steps"), 9.5, color=charts.MUTED)


def _apart(places: list[float], least: float = 0.07) -> list[float]:
    """Rising places from 0 to 1, moved up where two labels would meet."""
    held: list[float] = []
    for place in places:
        held.append(max(place, held[-1] + least) if held else place)
    return held


def _on_white(rgba: np.ndarray) -> np.ndarray:
    alpha = rgba[..., 3:].astype(np.float32) / 255
    return np.rint(rgba[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)


def _together(likes: Sequence[np.ndarray]) -> np.ndarray:
    """Several style pictures in a square, each at the same number of pixels."""
    chosen = [_on_white(like) for like in likes[:_SMALL]]
    if len(chosen) == 1:
        return chosen[0]
    across = int(np.ceil(np.sqrt(len(chosen))))
    side = max(max(one.shape[:2]) for one in chosen) + 2
    chosen = [_larger(one, (side - 2) // max(one.shape[:2])) for one in chosen]
    rows = -(-len(chosen) // across)
    page = np.full((rows * side, across * side, 3), 255, np.uint8)
    for number, one in enumerate(chosen):
        row, column = divmod(number, across)
        y, x = row * side + (side - one.shape[0]) // 2, column * side + (side - one.shape[1]) // 2
        page[y : y + one.shape[0], x : x + one.shape[1]] = one
    return page


def _larger(picture: np.ndarray, factor: int) -> np.ndarray:
    return picture.repeat(factor, 0).repeat(factor, 1)


def _fitted(picture: np.ndarray, shape: float) -> np.ndarray:
    """A picture (h, w, 3) on white of the given height over width."""
    height, width = picture.shape[:2]
    full = (max(height, round(width * shape)), max(width, round(height / shape)))
    page = np.full((*full, 3), 255, np.uint8)
    y, x = (full[0] - height) // 2, (full[1] - width) // 2
    page[y : y + height, x : x + width] = picture
    return page
