"""How a sprite came to be, in one picture: every stage of the engine, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pincel.art import cells
from pincel.make.pictures.sprites import Drawn, Finish
from pincel.pixels import color
from pincel.show import charts
from pincel.show.charts import MARGIN, MUTED, Chart
from pincel.words import say

if TYPE_CHECKING:
    from pincel.pixels.picture import Picture

_COLUMNS = 4
_PANEL = 3.0  # inches, the long side of a panel
_GAP = 0.35
_CHECKER = (np.array([236, 239, 243], np.uint8), np.array([218, 223, 230], np.uint8))


@dataclass(frozen=True, eq=False)
class _Panel:
    key: str
    image: np.ndarray | None  # (h, w, 3) uint8, None for the palette
    values: dict[str, object]


def draw_stages(picture: Picture, drawn: Drawn, finish: Finish) -> bytes:
    """The stages as a PNG file: source, samples, saliency, ridges, palette, first labels, random
    field, even outlines and, where asked for, dither and outline; in the language in force."""
    panels = _panels(drawn, finish)
    height, width = drawn.stages.final.shape
    scale = max(1, round(_PANEL * charts.DPI / max(height, width)))
    wide, high = width * scale / charts.DPI, height * scale / charts.DPI
    room = max(wide, 2.4)
    rows = -(-len(panels) // _COLUMNS)
    top, caption = 1.35, 0.95
    sheet = Chart(
        2 * MARGIN + _COLUMNS * room + (_COLUMNS - 1) * _GAP,
        top + rows * (high + caption + 0.45),
        say("pixelate.explain.title", name=picture.name),
        say(
            "pixelate.explain.note",
            own=f"{picture.width} × {picture.height}",
            size=f"{drawn.sprite.width} × {drawn.sprite.height}",
            colors=len(drawn.stages.palette),
        ),
    )
    for number, panel in enumerate(panels):
        x = MARGIN + (number % _COLUMNS) * (room + _GAP)
        y = top + (number // _COLUMNS) * (high + caption + 0.45)
        title = f"{number + 1}  {say(f'pixelate.explain.{panel.key}.title')}"
        sheet.text(x, y, sheet.fitted(title, room, 12.5, bold=True), 12.5, bold=True)
        if panel.image is None:
            _swatches(sheet, x, y + 0.2, wide, high, drawn.stages.palette)
        else:
            _image(sheet, x, y + 0.2, wide, high, panel.image)
        text = say(f"pixelate.explain.{panel.key}.text", **panel.values)
        sheet.paragraph(x, y + 0.2 + high + 0.2, room, text, 10, color=MUTED)
    return sheet.png()


def _panels(drawn: Drawn, finish: Finish) -> list[_Panel]:
    stages = drawn.stages
    cut = stages.cells
    plane = color.to_bytes(color.oklab_to_srgb(cut.plane))
    alpha = cells.unfold(cut.alpha[..., None], cut.side)
    moved = int((stages.final != stages.drawn).sum())
    panels = [
        _Panel("source", _over_checker(drawn.source), {}),
        _Panel(
            "samples",
            _over_checker(np.dstack([plane, (alpha * 255).astype(np.uint8)])),
            {"side": cut.side},
        ),
        _Panel("saliency", _heat(cells.unfold(stages.saliency[..., None], cut.side)[..., 0]), {}),
        _Panel("ridge", _heat(cells.unfold(stages.ridge[..., None], cut.side)[..., 0]), {}),
        _Panel("palette", None, {"colors": len(stages.palette)}),
        _Panel("first", _shown(stages.first, stages.palette), {}),
        _Panel(
            "drawn",
            _shown(stages.drawn, stages.palette),
            {"count": int((stages.drawn != stages.first).sum())},
        ),
        _Panel("final", _shown(stages.final, stages.palette), {"count": moved}),
    ]
    if finish.dither != "none":
        count = int((drawn.dithered != stages.final).sum())
        image = _shown(drawn.dithered, stages.palette)
        panels.append(_Panel("dithered", image, {"count": count, "method": finish.dither}))
    if finish.outline != "none":
        count = int((drawn.outlined != drawn.dithered).sum())
        image = _shown(drawn.outlined, stages.palette)
        panels.append(_Panel("outlined", image, {"count": count}))
    return panels


def _shown(labels: np.ndarray, palette: np.ndarray) -> np.ndarray:
    table = np.zeros((len(palette) + 1, 4), np.uint8)
    table[:-1, :3], table[:-1, 3] = palette, 255
    return _over_checker(table[labels])


def _over_checker(rgba: np.ndarray) -> np.ndarray:
    """(h, w, 4) uint8 over the grey checkerboard that stands for nothing, (h, w, 3) uint8."""
    height, width = rgba.shape[:2]
    step = max(1, max(height, width) // 32)
    y, x = np.indices((height, width)) // step
    ground = np.where(((x + y) % 2 == 0)[..., None], *_CHECKER)
    alpha = rgba[..., 3:].astype(np.float32) / 255.0
    return np.rint(rgba[..., :3] * alpha + ground * (1 - alpha)).astype(np.uint8)


def _heat(values: np.ndarray) -> np.ndarray:
    top = max(float(np.quantile(np.abs(values), 0.995)), 1e-6)
    rgb = charts.tint(np.clip(np.abs(values), 0, top), charts.WARM, 0, top)
    return color.to_bytes(rgb[..., :3])


def _image(sheet: Chart, x: float, y: float, wide: float, high: float, image: np.ndarray) -> None:
    axes = sheet.axes(x, y, wide, high)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color(charts.HAIR)
    large = image.shape[1] > 1.5 * wide * charts.DPI
    shown = charts.shrunk(image, int(2 * wide * charts.DPI)) if large else image
    axes.imshow(
        np.asarray(shown).astype(np.uint8),
        aspect="auto",
        interpolation="antialiased" if large else "nearest",
    )


def _swatches(
    sheet: Chart, x: float, y: float, wide: float, high: float, palette: np.ndarray
) -> None:
    """The palette as fields, dark to light, row by row."""
    count = len(palette)
    order = np.argsort(color.srgb_to_oklab(palette)[:, 0], kind="stable")
    across = int(np.ceil(np.sqrt(count * wide / high)))
    down = -(-count // across)
    step_x, step_y = wide / across, high / down
    for place, index in enumerate(order):
        row, column = divmod(place, across)
        rgb = tuple(float(v) / 255 for v in palette[index])
        left, top = x + column * step_x, y + row * step_y
        sheet.box(left, top, step_x * 0.96, step_y * 0.96, fill=rgb)
        if step_x > 0.5 and step_y > 0.2:
            ink = charts.ink_on(np.array(rgb))
            label = bytes(palette[index].tolist()).hex()
            sheet.text(
                left + step_x * 0.48,
                top + step_y * 0.48,
                label,
                7,
                color=ink,
                mono=True,
                across="center",
            )
