"""Pictures of the documentation about motion: drawn sprites, seed 0, each in one of the motions."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.font_manager import findfont
from PIL import Image, ImageDraw, ImageFont

import pincel

ROWS = (
    ("idle", "knight"), ("walk", "goblin"), ("squash", "pink pig"),
    ("hover", "red potion"), ("glint", "libro rojo"),
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
        sprite = pincel.draw(prompt, motion=(motion,), frames=4)
        for number in range(4):
            left = _LEFT + number * (side + _GAP)
            pen.rectangle((left, top, left + side - 1, top + side - 1), fill=_GROUND)
            shown = Image.fromarray(sprite.rgba(number, _SCALE))
            sheet.paste(shown, (left, top), shown)
    return _bytes(sheet)


PEOPLE = (
    "red-haired knight with a sword", "mago con barba blanca", "green orc with an axe",
    "blonde woman in a blue dress", "pirate", "king", "elf with a bow", "skeleton with a spear",
    "thief", "santa claus", "old man with a green cloak", "demonio rojo",
)  # fmt: skip


def views() -> bytes:
    """Twelve people from four sides, and a walk."""
    side, across = 32 * 3, 3
    cell = 4 * side + 3 * _GAP
    down = -(-len(PEOPLE) // across)
    size = (across * cell, down * (side + 2 * _GAP + 14) + side + 2 * _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(findfont("DejaVu Sans"), 14)

    def paste(frame: np.ndarray, left: int, top: int) -> None:
        shown = Image.fromarray(frame)
        sheet.paste(shown, (left, top), shown)

    for place, prompt in enumerate(PEOPLE):
        left, top = place % across * cell + _GAP, place // across * (side + 2 * _GAP + 14)
        sprite = pincel.draw(prompt, views=("front", "back", "left", "right"))
        for number in range(4):
            paste(sprite.rgba(number, 3), left + number * side, top)
        pen.text((left + _GAP, top + side + 2), prompt, _INK, font)
    walking = pincel.draw(PEOPLE[0], views=("front", "left", "right"), frames=4)
    for number in range(12):
        paste(walking.rgba(number, 3), _GAP + number * (side + 4), size[1] - side - _GAP)
    return _bytes(sheet)


def _bytes(sheet: Image.Image) -> bytes:
    held = io.BytesIO()
    sheet.quantize(192, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
    return held.getvalue()


SIZED = ("red crab", "red potion", "pink pig", "wizard with a white beard")


def sizes() -> bytes:
    """Drawings at 32, made larger to 48 and 64, and the 32 enlarged alone."""
    times, side = 3, 64 * 3
    sheet = Image.new("RGB", (720, len(SIZED) * (side + _GAP) + _GAP), _PAPER)
    for row, prompt in enumerate(SIZED):
        sides = {"views": ("front",)} if "wizard" in prompt else {}
        small = pincel.draw(prompt, **sides)
        shown = [small, *(pincel.draw(prompt, width=width, **sides) for width in (48, 64))]
        left = _GAP
        for sprite in (*shown, small):
            scale = times * (2 if sprite is small and left > _GAP else 1)
            frame = Image.fromarray(sprite.rgba(scale=scale))
            top = _GAP + row * (side + _GAP) + side - frame.height
            sheet.paste(frame, (left, top), frame)
            left += frame.width + 2 * _GAP
    return _bytes(sheet)


PICTURES = {"motion.png": motions, "views.png": views, "sizes.png": sizes}
