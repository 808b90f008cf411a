"""Pictures of the documentation about motion: drawn sprites, seed 0, each in one of the motions."""

from __future__ import annotations

import io

from matplotlib.font_manager import findfont
from PIL import Image, ImageDraw, ImageFont

import pincel
from pincel.art.motion import moving

ROWS = (
    ("idle", "knight"), ("walk", "goblin"), ("squash", "green slime"),
    ("hover", "red potion"), ("glint", "gold ring"),
)  # fmt: skip
_SCALE, _GAP, _LEFT = 4, 10, 150
_PAPER, _INK, _GROUND = (250, 248, 244), (60, 56, 66), (240, 238, 233)


def motions() -> bytes:
    """One row for each motion, four frames."""
    side = 32 * _SCALE
    size = (_LEFT + 4 * (side + _GAP), len(ROWS) * (side + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(findfont("DejaVu Sans"), 14)
    for row, (motion, prompt) in enumerate(ROWS):
        top = _GAP + row * (side + _GAP)
        pen.text((_GAP, top + side // 2 - 20), f"{motion}\n{prompt}", _INK, font)
        sprite = moving(pincel.draw(prompt), (motion,), 4)
        for number in range(4):
            left = _LEFT + number * (side + _GAP)
            pen.rectangle((left, top, left + side - 1, top + side - 1), fill=_GROUND)
            shown = Image.fromarray(sprite.rgba(number, _SCALE))
            sheet.paste(shown, (left, top), shown)
    held = io.BytesIO()
    sheet.quantize(128, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
    return held.getvalue()


PICTURES = {"motion.png": motions}
