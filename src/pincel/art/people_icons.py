"""People at 16 pixels: those of 32 brought down, with eyes of one pixel and outlined anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pincel.art.drawn_parts import sprite_of_codes
from pincel.art.easel import around
from pincel.art.icons import MOST_COLORS, lessened, small_marks
from pincel.art.people import (
    EYE,
    OUTLINE,
    OUTLINE_OF,
    ROLES,
    VIEWS,
    Appearance,
    drawn_person,
    in_all_poses,
    table_of_person,
)
from pincel.art.people_moods import MOODS, show_on_icon
from pincel.art.sprite import Sprite

ICON = 16
_ROOM = 2
_COLUMNS = (_ROOM - 1, _ROOM + 31)
"""The columns that are brought down: so the middle of a face is one of its own."""
_WEIGHTS = {"skin": 1.15, "trim": 1.1, "metal": 1.3, "light": 1.4, "wood": 1.2}
_FACE = slice(_ROOM + 4, _ROOM + 13)


def person_icon(look: Appearance, views: Sequence[str] = VIEWS, frames: int = 1) -> Sprite:
    """A person of 16 x 16 pixels from the sides named, as `people.person` gives it. KeyError
    likewise."""
    drawn, more = in_all_poses(lambda view, pose: _brought_down(look, view, pose), views, frames)
    return sprite_of_codes(drawn, table_of_person(look), MOST_COLORS, **more)


def _brought_down(look: Appearance, view: str, pose: str) -> np.ndarray:
    """One picture as codes (16, 16)."""
    calm = replace(look, more=look.more - {*MOODS})
    codes = np.pad(drawn_person(calm, view, pose), _ROOM, constant_values=-1)
    codes[(codes == OUTLINE) & _outer(codes < 0)] = -1
    up = int(pose != "stand")
    window = (_ROOM - up, _ROOM + 32 - up), _COLUMNS
    eye, line = codes == EYE, codes == OUTLINE
    if "skull" in look.more and view != "back":  # its eyes are holes
        holes = np.zeros_like(line)
        holes[_FACE] = line[_FACE]
        eye |= holes
    own = np.where((codes >= 0) & ~eye & ~line, codes // 3, -1)
    material = _filled(own, eye | line)
    shade = np.where(own >= 0, codes % 3, 0)
    weights = {n: _WEIGHTS.get(name, 1.0) for n, name in enumerate(ROLES)}
    small, level = lessened(material, shade, ICON, weights, window, line)
    made = np.where(small >= 0, 3 * small + np.clip(level, 0, 2), -1)
    rim = around(made >= 0)
    held = np.pad(made, 1, constant_values=-1)
    sides = np.stack([held[2:, 1:-1], held[1:-1, 2:], held[1:-1, :-2], held[:-2, 1:-1]]).max(0)
    made[rim] = OUTLINE_OF + sides[rim] // 3
    marks = np.where(eye, 0, -1)
    for row, column, _ in small_marks(marks, {0}, ICON, window, 0.2):
        if small[row, column] >= 0:
            made[row, column] = EYE
    flushes = look.colors.get("skin", "light") in ("light", "pale", "chalk")
    show_on_icon(made, look.more, view, flushes)
    return made


def _outer(empty: np.ndarray) -> np.ndarray:
    """What lies beside the empty pixels around a drawing, corners too, of bool (h, w)."""
    from scipy import ndimage

    number, _ = ndimage.label(empty)
    return ndimage.binary_dilation(number == number[0, 0], np.ones((3, 3)))


def _filled(own: np.ndarray, holes: np.ndarray) -> np.ndarray:
    """Materials (h, w) int, where holes, bool (h, w), are that of the nearest one."""
    from scipy import ndimage

    y, x = ndimage.distance_transform_edt(own < 0, return_indices=True)[1]
    return np.where(holes, own[y, x], own)
