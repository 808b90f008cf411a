"""What the faces of people show of how they feel, and wounds: pixels over codes of `people`."""

from __future__ import annotations

import numpy as np

_EYE, _OUTLINE = 60, 61
"""As `people` has them."""
BAND, FOLD, BLOOD, _TEAR, _MOUTH, _BROW, _FLUSH, _TEETH, _LID = range(80, 89)
SINGLES = {_EYE: "221828", BAND: "f4f0e4", FOLD: "c8bca8", BLOOD: "c01c24", _TEAR: "40b0f8",
            _MOUTH: "6c2028", _BROW: "221828", _FLUSH: "e0705c", _TEETH: "fffaf0",
            _LID: "6c3c28"}  # fmt: skip
TIED = ("pigtails", "braids", "ponytail", "bun")
"""Hair that is tied up, over short hair."""
MOODS = ("happy", "angry", "sad", "scared", "sleeping", "wounded")
_FACES: dict[str, dict[str, tuple[tuple[int, int, int], ...]]] = {
    "front": {
        "happy": ((14, 11, _MOUTH), (15, 12, _MOUTH), (16, 12, _MOUTH), (17, 11, _MOUTH)),
        "sad": ((14, 12, _MOUTH), (15, 11, _MOUTH), (16, 11, _MOUTH), (17, 12, _MOUTH),
                (13, 11, _TEAR), (18, 11, _TEAR), (13, 12, _TEAR)),
        "angry": ((12, 8, _BROW), (13, 9, _BROW), (14, 9, _BROW), (19, 8, _BROW), (18, 9, _BROW),
                  (17, 9, _BROW), (14, 12, _MOUTH), (15, 12, _MOUTH), (16, 12, _MOUTH),
                  (17, 12, _MOUTH)),
        "scared": ((13, 9, _TEETH), (13, 10, _TEETH), (18, 9, _TEETH), (18, 10, _TEETH),
                   (13, 8, _BROW), (14, 7, _BROW), (18, 8, _BROW), (17, 7, _BROW),
                   (15, 11, _MOUTH), (16, 11, _MOUTH), (15, 12, _MOUTH), (16, 12, _MOUTH),
                   (19, 9, _TEAR), (19, 10, _TEAR)),
        "sleeping": ((13, 9, 1), (18, 9, 1), (14, 10, _EYE), (17, 10, _EYE)),
    },
    "side": {
        "happy": ((11, 12, _MOUTH), (12, 12, _MOUTH), (13, 11, _MOUTH)),
        "sad": ((11, 12, _MOUTH), (12, 11, _TEAR), (12, 12, _TEAR)),
        "angry": ((11, 9, _BROW), (12, 8, _BROW), (13, 8, _BROW), (11, 12, _MOUTH),
                  (12, 12, _MOUTH)),
        "scared": ((12, 9, _TEETH), (12, 10, _TEETH), (12, 8, _BROW), (11, 7, _BROW),
                   (11, 12, _MOUTH), (12, 12, _MOUTH), (11, 11, _MOUTH)),
        "sleeping": ((12, 9, 1), (11, 10, _EYE), (13, 10, _EYE)),
    },
}  # fmt: skip
"""Of a face (column, row, code) from the front and from the side; brows lie over hair as well."""
_WOUNDS = ((13, 17, BLOOD), (13, 18, BLOOD), (14, 18, BLOOD), (18, 12, BLOOD), (18, 20, BLOOD),
           (17, 20, BLOOD))  # fmt: skip


def show_mood(canvas: np.ndarray, more: frozenset[str], view: str, up: int) -> None:
    """What a face shows of its moods (of MOODS), on codes (32, 32) int of `people`, where skin,
    eyes or, of brows, hair are seen; `up` rows lower."""
    for mood, dots in _FACES.get(view, {}).items():
        for x, y, code in dots if mood in more else ():
            there = int(canvas[y + up, x])
            if 0 <= there < 3 or there == _EYE or (code == _BROW and 3 <= there < 6):
                canvas[y + up, x] = code
    if "wounded" in more and view == "front":
        for x, y, code in _WOUNDS:
            if canvas[y + up, x] != _OUTLINE:
                canvas[y + up, x] = code


_PIXELS = {"e": _EYE, "b": _BROW, "m": _MOUTH, "w": _TEETH, "t": _TEAR, "f": _FLUSH, "l": _LID,
           "x": BLOOD, "1": BAND, "2": FOLD, "s": 1, "d": 0}  # fmt: skip
_ICONS: dict[str, dict[str, tuple[str, ...]]] = {
    "front": {
        "happy": ("", "..ese..", "..sss..", "..mwm..", "..sms.."),
        "angry": ("", ".bsssb.", "..ese..", "..fsf..", "..mmm.."),
        "sad": ("", "..sbs..", "..ese..", "..tst..", "..tmt.."),
        "scared": ("", "..bsb..", ".wesew.", "...m...", "...m..."),
        "sleeping": ("", "", ".llsll.", "..sss..", "..sms.."),
        "wounded": ("1111112", "", "", "....x..", ""),
    },
    "side": {
        "happy": ("", "es", "ss", "mw", ".m"),
        "angry": ("", "sb", "es", "sf", ".m"),
        "sad": ("", "bs", "es", "ts", ".m"),
        "scared": ("", "b.", "ew", "ms", ".m"),
        "sleeping": ("", "", "ll", "ss", ".m"),
        "wounded": ("211111", "", "", ".x", ""),
    },
}
"""Of a face of 16 pixels, rows 3 to 7 from column 5 on."""


def show_on_icon(codes: np.ndarray, more: frozenset[str], view: str, flushes: bool) -> None:
    """The same on codes (16, 16) int of `people_icons`, where something is; of anger also flushed
    cheeks, where the skin shows them."""
    left = 4 if view == "right" else 5  # the middle of a face is a column of its own
    shown = codes[:, ::-1] if view == "right" else codes
    for mood, rows in _ICONS.get("side" if view in ("left", "right") else view, {}).items():
        for down, row in enumerate(rows if mood in more else ()):
            for along, letter in enumerate(row):
                place = 3 + down, left + along
                here = int(shown[place])
                bare = here in (0, 1, 2, _EYE) or down < 2  # a beard stays
                if letter == "." or here < 0 or (here >= 64 and letter != "b"):
                    continue
                if bare or letter not in "sdf":
                    shown[place] = 1 if letter == "f" and not flushes else _PIXELS[letter]
