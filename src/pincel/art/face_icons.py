"""Faces at 16 pixels: head, hair, hat and clothes of those of 32 brought down; eyes, brows and
mouth drawn anew, a pixel or two each."""

from __future__ import annotations

import numpy as np

from pincel.art.drawn_parts import sprite_of_codes
from pincel.art.faces import (
    EYE,
    FACE_ROLES,
    FACE_SINGLES,
    SIGN,
    FaceLook,
    drawn_face,
    outlined_face,
    table_of_face,
)
from pincel.art.icons import MOST_COLORS, lessened
from pincel.art.sprite import Sprite

_SKIN = 0
_INNER = 14
_K = 2
_LEFT = 2
"""The first column that is brought down."""
_WEIGHTS = {"hair": 1.1, "trim": 1.2, "glasses": 1.9}
_SIGN_ROWS = 5, 9
"""Of eyes and mouth of a smiley."""
_MOUTHS = {
    "calm": (((0, 0), (1, 0)), ()),
    "smile": (((-1, -1), (0, 0), (1, 0), (2, -1)), ()),
    "happy": (((-1, 0), (2, 0), (0, 1), (1, 1)), ((0, 0), (1, 0))),
    "sad": (((-1, 1), (0, 0), (1, 0), (2, 1)), ()),
    "angry": (((-1, 0), (2, 0)), ((0, 0), (1, 0))),
    "surprised": (((0, 0), (1, 0), (0, 1), (1, 1)), ()),
}
"""Columns and rows from the left one of the two in the middle: of the mouth, of teeth."""
_SIGN_MOUTHS = {
    "smile": (((-2, -1), (-1, 0), (0, 0), (1, 0), (2, 0), (3, -1)), ()),
    "sad": (((-2, 1), (-1, 0), (0, 0), (1, 0), (2, 0), (3, 1)), ()),
    "angry": (((-2, 1), (-1, 0), (0, 0), (1, 0), (2, 0), (3, 1)), ()),
    "calm": (((-1, 0), (0, 0), (1, 0), (2, 0)), ()),
    "happy": (((-2, 0), (3, 0), (-1, 1), (0, 1), (1, 1), (2, 1)),
              ((-1, 0), (0, 0), (1, 0), (2, 0))),
}  # fmt: skip


def face_icon(look: FaceLook) -> Sprite:
    """A face of 16 x 16 pixels. A part or colour nobody knows raises KeyError."""
    codes = drawn_face(look)
    rows = np.flatnonzero((codes >= 0).any(1))
    first = max(0, min(int(rows[0]), int(rows[-1]) + 1 - _K * _INNER))
    window = (first, first + _K * _INNER), (_LEFT, _LEFT + _K * _INNER)
    single = codes >= EYE
    material = np.where(single, _SKIN, np.where(codes >= 0, codes // 3, -1))
    shade = np.where(single, 1, np.where(codes >= 0, codes % 3, 0))
    weights = {n: _WEIGHTS.get(name, 1.0) for n, name in enumerate(FACE_ROLES)}
    small, level = lessened(material, shade, _INNER, weights, window)
    made = np.where(small >= 0, 3 * small + np.clip(level, 0, 2), -1)
    if look.head == SIGN:
        _features(made, look, *_SIGN_ROWS)
    else:
        _features(made, look, _row_of_eyes(codes, first), _row_of_mouth(codes, first))
    whole = outlined_face(np.pad(made, 1, constant_values=-1))
    return sprite_of_codes([whole], table_of_face(look), MOST_COLORS)


def _code(name: str) -> int:
    return EYE + FACE_SINGLES.index(name)


def _row_of_mouth(codes: np.ndarray, first: int) -> int:
    rows = np.argwhere(codes == _code("mouth"))[:, 0]
    middle = float(np.median(rows)) if len(rows) else 20.0
    return int((middle + 0.5 - first) // _K)


def _row_of_eyes(codes: np.ndarray, first: int) -> int:
    """The lower row of the eyes."""
    mouth = np.argwhere(codes == _code("mouth"))[:, 0]
    last = int(mouth.min()) - 1 if len(mouth) else 18
    for names in (("iris", "lens"), ("white", "ink")):
        rows = np.argwhere(np.isin(codes[:last], [_code(name) for name in names]))[:, 0]
        if len(rows):
            return int((rows.max() + 1.5 - first) // _K)
    return int((15 - first) // _K)


def _features(made: np.ndarray, look: FaceLook, eyes: int, mouth: int) -> None:
    """Eyes, brows, mouth and what else is on a face, over codes (14, 14)."""
    sign = look.head == SIGN
    ink, iris, white, lips = (_code(name) for name in ("ink", "iris", "white", "mouth"))
    mood = look.mood
    mouth = max(mouth, eyes + 2)
    left, right = (4, 9)
    brow = ink if sign else 3 * list(FACE_ROLES).index("hair") if look.hair else 3 * _SKIN
    for column, way in ((left, 1), (right, -1)):
        closed = mood == "happy" and not look.glasses
        if look.glasses == "glasses.dark":
            made[eyes, column - (way < 0) : column + 1 + (way > 0)] = _code("lens")
        elif closed and not sign:
            made[eyes, column] = ink
        elif mood == "surprised":
            made[eyes - 1 : eyes + 1, column] = (white, ink)
        else:
            made[eyes, column] = ink
            if sign or look.eyes != "small":
                made[eyes - 1, column] = ink
        if not sign and "iris" in look.colors and mood != "happy" and not look.glasses:
            made[eyes, column] = iris
        if mood == "angry":
            made[eyes - 2, column - way] = brow
        if mood == "sad":
            made[eyes - 2, column + way] = brow
        if "tears" in look.more:
            made[eyes + 1 : eyes + 3, column] = _code("tear")
    if not sign and look.beard == "moustache":
        made[mouth - 1, 5:9] = 3 * list(FACE_ROLES).index("hair")
    shapes = _SIGN_MOUTHS if sign and mood in _SIGN_MOUTHS else _MOUTHS
    for code, points in zip((ink if sign else lips, white), shapes[mood], strict=True):
        for x, y in points:
            if 0 <= mouth + y < _INNER and made[mouth + y, 6 + x] >= 0:
                made[mouth + y, 6 + x] = code
    if "tusks" in look.more:
        made[mouth, [5, 8]] = white
