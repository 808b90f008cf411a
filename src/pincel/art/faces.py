"""Faces put together from parts drawn by hand, seen from the front.

`faces.txt` holds the parts as filled shapes. They are laid over one another, each in the shades of
its colour; then what lies under hair or a hat is shaded, the side away from the light (it comes
from the upper left) is dark, and an outline darker than what it bounds is drawn around all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from pincel.art.drawn_parts import (
    SIDE,
    hex_color,
    letter_codes,
    put,
    read_parts,
    rim_of,
    sprite_of_codes,
)
from pincel.art.people import role_shades
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

HEADS = ("oval", "wide", "narrow")
SIGN = "sign"
"""The head of a smiley: a disc with eyes and a mouth; nothing else is laid on it."""
MOODS = ("calm", "smile", "happy", "sad", "angry", "surprised")
EYES = ("plain", "lashes", "small")
SIGN_EYES = ("plain", "dots", "closed")
SHORT = ("short", "parted", "spiky", "curly", "crop", "mohawk")
LONG = ("long", "fringe", "wavy", "bob", "tails", "bun")
BEARDS = ("full", "long", "goatee", "moustache")
GLASSES = ("glasses", "glasses.dark", "glasses.round")
HATS = ("brim", "cap", "beanie", "crown", "wizard", "helmet", "hood")
CLOTHES = ("tee", "collar", "robe")

_LETTERS = {
    "skin": "zsS", "hair": "jhH", "cloth": "vcC", "hat": "rpP", "trim": "qaA", "glasses": "gGd",
}  # fmt: skip
_SINGLE = {"e": "ink", "W": "white", "I": "iris", "m": "mouth", "k": "depth", "D": "lens",
           "t": "tear", "B": "blush"}  # fmt: skip
EYE = 40
FACE_ROLES, FACE_SINGLES = tuple(_LETTERS), tuple(_SINGLE.values())
_OUTLINE = 60
_SKIN = 0
_BRIM = {"brim": 9, "cap": 10, "beanie": 9, "wizard": 9, "helmet": 32, "hood": 32}
"""The row above which a hat hides hair."""
_FRONT = {"bob": "fringe", "tails": "fringe", "bun": "parted", "wavy": "long"}
"""The hair in front of the head of styles that have one behind it."""
_FIXED = {
    "white": "f4f1ea", "mouth": "8c2f36", "depth": "4a1620", "lens": "2b2f42", "tear": "8fd0f6",
}  # fmt: skip
_IRIS = {"brown": "7a4a24", "blue": "3a78c8", "green": "3f8f4a", "grey": "6f7d88",
         "red": "c03030", "yellow": "d8b020"}  # fmt: skip
IRISES = tuple(_IRIS)


@dataclass(frozen=True)
class FaceLook:
    """What a face looks like.

    head, eyes, mood, clothes   one of HEADS, EYES, MOODS, CLOTHES (or SIGN, and of SIGN_EYES)
    hair     one of SHORT or LONG, or "";  beard  one of BEARDS, or ""
    hat      one of HATS, or "";  glasses  one of GLASSES, or ""
    more     of "ears" (pointed), "horns", "tusks", "tears", "lips", "wrinkles", "blush"
    colors   of "skin", "hair", "cloth", "hat", "trim", "glasses": three shades (dark, middle,
             light) as hex, or a name of `color_names.RAMPS`, SKINS (skin) or HAIRS (hair);
             "iris": one of IRISES
    """

    head: str = "oval"
    eyes: str = "plain"
    mood: str = "calm"
    hair: str = "short"
    beard: str = ""
    hat: str = ""
    glasses: str = ""
    clothes: str = "tee"
    more: frozenset[str] = frozenset()
    colors: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


_PLAIN: dict[str, str] = {"skin": "light", "hair": "brown", "cloth": "blue", "hat": "purple",
                          "trim": "gold", "glasses": "black"}  # fmt: skip


def face_sprite(look: FaceLook) -> Sprite:
    """A face of 32 x 32 pixels with neck and shoulders. A part or colour nobody knows raises
    KeyError."""
    return sprite_of_codes([outlined_face(drawn_face(look))], table_of_face(look))


def drawn_face(look: FaceLook) -> np.ndarray:
    """The face without outlines, int (32, 32): 3 x role + shade, 40 and up for single colours, -1
    for nothing."""
    canvas = np.full((SIDE, SIDE), -1)
    if look.head == SIGN:
        return _sign(canvas, look)
    hood = look.hat == "hood"
    hair = "" if look.hat == "helmet" and look.hair not in LONG else look.hair
    if hair and f"back.{hair}" in _parts() and not hood:
        _hair(canvas, f"back.{hair}", look.hat)
    _lay(canvas, f"cloth.{look.clothes}")
    _lay(canvas, "neck")
    if not hood:
        _lay(canvas, "ear.pointed" if "ears" in look.more else "ear")
    head = np.full_like(canvas, -1)
    _lay(head, f"head.{look.head}")
    for row in head:  # the side away from the light
        (filled,) = np.nonzero(row >= 0)
        row[filled[-1:]] = 3 * _SKIN
    put(canvas, head)
    if "wrinkles" in look.more:
        _lay(canvas, "wrinkles")
    _features(canvas, look)
    front = np.full_like(canvas, -1)
    if look.hair and not hood and look.hat != "helmet":
        _hair(front, f"hair.{_FRONT.get(hair, hair)}", look.hat)
    if "horns" in look.more:
        _lay(front, "horns")
    if look.hat:
        _lay(front, f"hat.{look.hat}")
    put(canvas, _with_shadow(canvas, front))
    if look.glasses:
        _lay(canvas, look.glasses)
    return canvas


def _sign(canvas: np.ndarray, look: FaceLook) -> np.ndarray:
    """A smiley."""
    eyes = "wide" if look.mood == "surprised" else look.eyes
    mouth = "sad" if look.mood == "angry" else look.mood
    brows = f"brows.{look.mood}" if look.mood in ("sad", "angry") else ""
    blush, tear = "blush" in look.more, "tears" in look.more
    _lay(canvas, SIGN)
    for name in (blush and "blush", eyes, brows, f"mouth.{mouth}", tear and "tear"):
        if name:
            _lay(canvas, f"{SIGN}.{name}")
    return canvas


def _features(canvas: np.ndarray, look: FaceLook) -> None:
    """Eyes, brows, nose, mouth and beard."""
    if look.beard:
        _lay(canvas, f"beard.{look.beard}")
    eyes = {"sad": "sad", "angry": "angry", "surprised": "wide"}.get(look.mood, look.eyes)
    _lay(canvas, f"eyes.{'closed' if look.mood == 'happy' and not look.glasses else eyes}")
    brows = {"smile": "calm"}.get(look.mood, look.mood)
    _lay(canvas, f"brows.{brows}")
    _lay(canvas, "nose")
    _lay(canvas, f"mouth.{look.mood}")
    if "tusks" in look.more:
        _lay(canvas, "tusks")
    if "tears" in look.more:
        _lay(canvas, "tear")


def _hair(canvas: np.ndarray, name: str, hat: str) -> None:
    """Hair, where no hat hides it."""
    alone = np.full_like(canvas, -1)
    _lay(alone, name)
    alone[: _BRIM.get(hat, 0) if hat != "helmet" else 9] = -1
    put(canvas, alone)


def _with_shadow(canvas: np.ndarray, front: np.ndarray) -> np.ndarray:
    """What lies in front, and the shadow that it casts on the skin right below."""
    above = np.pad(front, ((1, 0), (0, 0)), constant_values=-1)[:-1]
    skin = (canvas >= 3 * _SKIN) & (canvas < 3 * _SKIN + 3)
    return np.where((front < 0) & (above >= 0) & skin, 3 * _SKIN, front)


def outlined_face(codes: np.ndarray) -> np.ndarray:
    """Codes (h, w) int with an outline (60 + role) on empty pixels beside them, of the role
    there."""
    made = codes.copy()
    held = np.pad(codes, 1, constant_values=-1)
    sides = np.stack([held[:-2, 1:-1], held[1:-1, :-2], held[1:-1, 2:], held[2:, 1:-1]])
    nearest = sides.max(0)
    rim = (codes < 0) & (nearest >= 0)
    made[rim] = _OUTLINE + np.where(nearest[rim] < EYE, nearest[rim] // 3, 0)
    return made


# --------------------------------------------------------------------------------- parts


def _lay(canvas: np.ndarray, name: str) -> None:
    put(canvas, _parts()[name])


@cache
def _parts() -> dict[str, np.ndarray]:
    """All parts of `faces.txt` by name, each (32, 32), -1 where it is not."""
    singles = {letter: EYE + place for place, letter in enumerate(_SINGLE)}
    found = {}
    for name, part in read_parts("faces.txt", letter_codes(_LETTERS.values(), singles)).items():
        whole = np.full((SIDE, SIDE), -1)
        put(whole, part.codes, part.x, part.y)
        if "half" in part.said:
            other = whole[:, ::-1]
            light = (other >= 0) & (other < EYE) & (other % 3 == 2)
            put(whole, np.where(light, other - 1, other))
        found[name] = whole
    return found


# ------------------------------------------------------------------------------- colours


def table_of_face(look: FaceLook) -> dict[int, np.ndarray]:
    """Code to colour, (3,) uint8 each."""
    table: dict[int, np.ndarray] = {}
    for role, name in enumerate(_LETTERS):
        shades = role_shades(name, look.colors.get(name, _PLAIN[name]))
        table |= {3 * role + place: shade for place, shade in enumerate(shades)}
        table[_OUTLINE + role] = rim_of(shades)
    skin = srgb_to_oklab(table[3 * _SKIN + 1][None])[0]
    singles = {name: hex_color(shade) for name, shade in _FIXED.items()}
    singles["ink"] = hex_color("221828")
    singles["iris"] = hex_color(_IRIS[str(look.colors.get("iris", "brown"))])
    if "lips" in look.more:
        singles["mouth"] = hex_color("b8323f")
    else:
        lab = skin * np.array([0.52, 1, 1]) + np.array([0, 0.05, 0.0])
        singles["mouth"] = to_bytes(oklab_to_srgb(lab[None]))[0]
    blush = skin + np.array([-0.05, 0.05, 0.0])
    singles["blush"] = to_bytes(oklab_to_srgb(blush[None]))[0]
    for place, name in enumerate(_SINGLE.values()):
        table[EYE + place] = singles[name]
    return table
