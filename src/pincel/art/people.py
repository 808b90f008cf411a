"""People put together from parts drawn by hand, seen from four sides, standing or walking.

`people.txt`, `uniforms.txt` and `trades.txt` hold the parts: a head, hair, clothes, hats, what is
held, each from the front, from behind and from the side. They are laid over one another, every
part in the shades of its colour, so that all views and all frames have one palette and one body.
To the right is the mirror of to the left, but for the hands: what the right hand holds is near
there and far on the other side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from pincel.art.drawn_parts import (
    NOTHING,
    SIDE,
    DrawnPart,
    hex_color,
    letter_codes,
    put,
    read_parts,
    rim_of,
    shades_of,
    sprite_of_codes,
)
from pincel.art.people_moods import BAND, BLOOD, FOLD, SINGLES, TIED, show_mood
from pincel.art.people_sizes import CROWN, HEAD, SMALL_HEAD, SMALLER, spared
from pincel.art.sprite import Sprite
from pincel.pixels.animation import Tag

VIEWS = ("front", "back", "left", "right")
HATS = (
    "wizard", "crown", "helmet", "hood", "brim", "clown", "space", "fire", "cap", "jester",
    "chef", "cowboy", "horned", "tricorn", "top", "board", "nurse", "sailor", "lamp", "hard",
    "band", "turban", "beret", "kabuto",
)  # fmt: skip
HELD = (
    "sword", "dagger", "axe", "hammer", "spear", "staff", "wand", "bow", "torch", "shield",
    "fork", "pick", "katana", "book", "lute", "rod",
)  # fmt: skip
CLOTHES = (
    "tunic", "armour", "robe", "motley", "suit", "coat", "uniform", "apron", "labcoat", "overalls",
    "vest", "gi",
)  # fmt: skip
POSES = ("stand", "left", "stand", "right")
"""A walk of four frames; a longer or shorter one takes the nearest of them."""
DURATION, STILL = 150, 0
SKINS = {
    "light": ("c98a6a", "f0bf98", "ffdfc0"),
    "brown": ("5f3a24", "93603c", "bd8a5e"),
    "orc": ("35602c", "5b9440", "8cc060"),
    "goblin": ("4f7a1f", "86b83a", "b8e060"),
    "bone": ("9a9078", "ded6be", "fffbea"),
    "grave": ("55705a", "8aa384", "b4c8a8"),
    "pale": ("a8a0b8", "dcd6e4", "f6f2fa"),
    "demon": ("84202a", "c23a3a", "ee7058"),
    "dusk": ("3c3458", "605488", "8c80b4"),
    "chalk": ("b8b4c0", "f0eef4", "ffffff"),
}
HAIRS = {
    "red": ("7c2410", "c2491c", "ee8038"),
    "yellow": ("a87420", "e6bc48", "ffe890"),
    "brown": ("42281c", "6c4226", "96663a"),
    "black": ("16141e", "2c2a38", "4e4c60"),
    "grey": ("66686e", "989aa2", "c8cad0"),
    "white": ("a6aab8", "dcdfe8", "ffffff"),
}
_FIXED = {
    "metal": ("5a6270", "9aa4b4", "eef4fa"),
    "wood": ("4a2a16", "7c4c28", "ac7c4c"),
    "light": ("d86820", "f8b030", "fff0a0"),
    "bare": ("c98a6a", "f0bf98", "ffdfc0"),
}
_LETTERS = {
    "skin": "zsS", "hair": "jhH", "cloth": "vcC", "legs": "ytT", "boots": "nbB", "trim": "qaA",
    "hat": "rpP", "cape": "fgG", "metal": "wmM", "wood": "kdD", "shield": "luU", "light": "xiI",
}  # fmt: skip
_WAIST, _HEM = 7, 4
"""The row of a robe that is drawn twice, and how many rows of it swing."""
EYE, OUTLINE, OUTLINE_OF = 60, 61, 64
ROLES = tuple(_LETTERS)
_SLEEVE = {"suit": ("skin", "boots"), "suit right": ("skin", "boots"), "motley": ("cloth", "cape"),
           "vest": ("cloth", "trim"), "vest right": ("cloth", "trim")}  # fmt: skip
"""Of arms: what wears the colours of which other role (gloves, one half of a motley)."""
_HANDS = ((10, 20), (21, 20))
"""Column and row of the hands on the left and the right of the picture, seen from the front."""
_FAR = 3
"""How far to the left of its place a wing lies, seen from the side."""
_CARRIED = (12, 20)
"""Of a hand that carries something, seen from the side."""


@dataclass(frozen=True)
class Appearance:
    """What a person looks like.

    clothes  one of CLOTHES;  hair  "short", "long", "tufts" or "";  hat  one of HATS or ""
    right, left   what the hands hold: of HELD, or ""
    more     of "beard", "ears", "horns", "tusks", "cape", "skull", "paint", "moustache",
             "glasses", "patch", "halo", "wings" (these in the colour of the cape), and of TIED
             and MOODS
    colors   of "cloth", "legs", "boots", "trim", "hat", "cape", "shield", "metal", "wood", "light",
             "skin", "hair": three shades (dark, middle, light) as hex, or a name of
             `color_names.RAMPS`, SKINS (skin) or HAIRS (hair)
    """

    clothes: str = "tunic"
    hair: str = "short"
    hat: str = ""
    right: str = ""
    left: str = ""
    more: frozenset[str] = frozenset()
    colors: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


_PLAIN: dict[str, str] = {
    "skin": "light", "hair": "brown", "cloth": "blue", "legs": "grey", "boots": "brown",
    "trim": "gold", "hat": "purple", "cape": "red", "shield": "blue", "metal": "metal",
    "wood": "wood", "light": "light",
}  # fmt: skip


def person(look: Appearance, views: Sequence[str] = VIEWS, frames: int = 1) -> Sprite:
    """A person of 32 x 32 pixels from the sides named (of VIEWS), each a tag: standing, or walking
    where `frames` is 2 to 8. A role in a colour that nobody knows raises KeyError."""
    drawn, more = in_all_poses(lambda view, pose: drawn_person(look, view, pose), views, frames)
    outlined = [_outlined(codes) for codes in drawn]
    return sprite_of_codes(outlined, table_of_person(look), **more)


def in_all_poses(
    draw: Callable[[str, str], np.ndarray], views: Sequence[str], frames: int
) -> tuple[list[np.ndarray], dict[str, Any]]:
    """What `draw` gives of each view and pose, codes (h, w) int, a walk of so many frames or one
    picture that stands; and the sprite's `durations` and `tags`."""
    drawn: list[np.ndarray] = []
    tags: list[Tag] = []
    for view in views:
        tags.append(Tag(view, len(drawn), len(drawn) + frames - 1))
        for number in range(frames):
            turn = POSES[round(number * len(POSES) / frames) % len(POSES)]
            drawn.append(draw(view, turn if frames > 1 else "stand"))
    time = DURATION if frames > 1 else STILL
    return drawn, {"durations": (time,) * len(drawn), "tags": tuple(tags)}


def small_person(look: Appearance, side: int, view: str = "front") -> Sprite | None:
    """A person of at most `side` pixels (18 to 32), standing; None for less. KeyError as
    `person`."""
    if side < 18:
        return None
    rows, columns = spared(side)
    codes = drawn_person(look, view, "stand")
    codes = np.delete(np.delete(codes, rows, 0), columns, 1)
    return sprite_of_codes([_outlined(codes)], table_of_person(look))


def part_alone(name: str, colors: Mapping[str, str]) -> np.ndarray:
    """One of HATS or HELD from the front, (h, w, 4) uint8, in the colours of an `Appearance`; what
    is behind its outline shows through. KeyError for another name or a colour nobody knows."""
    if name in HATS:
        return hat_alone(name, colors, HEAD)[0]
    return _alone(_parts()[f"hold.{name}"].codes, colors)[0]


def hat_alone(name: str, colors: Mapping[str, str], head: int) -> tuple[np.ndarray, int]:
    """One of HATS as `part_alone`, (h, w, 4) uint8, in that of four sizes which is nearest to a
    head of so many pixels, outline and all; and how many of its rows stand above the head."""
    small = _parts().get(f"hat.{name}.small")
    if small is not None and head < SMALL_HEAD:
        return _alone(small.codes, colors)[0], CROWN - small.y
    part = _parts()[f"hat.{name}.front"]
    canvas = np.full((SIDE, SIDE), -1)
    put(canvas, part.codes, part.x, part.y)
    sizes = [((), ()), *SMALLER.values()]
    rows, columns = min(sizes, key=lambda lacking: abs(HEAD - len(lacking[1]) - head))
    canvas = np.delete(np.delete(canvas, rows, 0), columns, 1)
    made, first = _alone(canvas, colors)
    return made, CROWN - sum(row < CROWN for row in rows) - first


def _alone(codes: np.ndarray, colors: Mapping[str, str]) -> tuple[np.ndarray, int]:
    """Codes as colours, without empty rows and columns around them, and the first row kept."""
    codes = _outlined(np.where(codes == NOTHING, -1, codes))
    table = table_of_person(Appearance(colors=colors))
    made = np.zeros((*codes.shape, 4), np.uint8)
    for code in np.unique(codes[codes >= 0]):
        made[codes == code] = (*table[int(code)], 255)
    rows, columns = (np.flatnonzero((codes >= 0).any(axis)) for axis in (1, 0))
    return made[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], int(rows[0])


def drawn_person(look: Appearance, view: str, pose: str) -> np.ndarray:
    """One picture of a person as codes, int (32, 32): 3 x role + shade, eyes, outline, -1 for
    nothing."""
    canvas = np.full((SIDE, SIDE), -1)
    if view == "right":
        flipped = {"left": "right", "right": "left"}.get(pose, pose)
        return _side(canvas, look, flipped, near=look.right, far=look.left)[:, ::-1]
    if view == "left":
        return _side(canvas, look, pose, near=look.left, far=look.right)
    return _upright(canvas, look, view, pose)


def _upright(canvas: np.ndarray, look: Appearance, view: str, pose: str) -> np.ndarray:
    """From the front or from behind."""
    up = -int(pose != "stand")
    if view == "front":
        _lay_wings(canvas, look, up)
    if "cape" in look.more and view == "front":
        _lay(canvas, "cape.front", dy=up)
    _lay_legs(canvas, look, pose)
    _lay_torso(canvas, look, view, pose)
    swing = {"left": (0, -1), "right": (-1, 0)}.get(pose, (0, 0))
    _lay(canvas, "arm.front", dy=up + swing[0], other=_SLEEVE.get(look.clothes + " right"))
    _lay(canvas, "arm.front", dy=up + swing[1], mirror=True, other=_SLEEVE.get(look.clothes))
    if look.clothes == "armour":
        _lay(canvas, f"pads.{view}", dy=up)
    if "cape" in look.more and view == "back":
        _lay(canvas, "cape.back", dy=up)
    if view == "back":
        _lay_wings(canvas, look, up, apart=-3)
    _lay_head(canvas, look, view, up)
    hands = (
        ((look.right, 0), (look.left, 1)) if view == "front" else ((look.left, 0), (look.right, 1))
    )
    for thing, side in hands:
        if thing:
            _hold(canvas, thing, *_HANDS[side], dy=up + swing[side], mirror=bool(side))
    return canvas


def _side(canvas: np.ndarray, look: Appearance, pose: str, near: str, far: str) -> np.ndarray:
    """Facing left."""
    up = -int(pose != "stand")
    ways = {"left": ("behind", "ahead"), "right": ("ahead", "behind")}.get(pose, ("", ""))
    sleeve = f"{look.clothes} right"
    _arm(canvas, ways[1], far, up, sleeve)
    if look.clothes != "robe":
        _lay(
            canvas, {"stand": "legs.side", "left": "legs.side.ahead"}.get(pose, "legs.side.behind")
        )
    _lay_torso(canvas, look, "side", pose)
    if "cape" in look.more:
        _lay(canvas, "cape.side", dy=up)
    if "wings" in look.more:
        _lay(canvas, "wing", dy=up, dx=-_FAR, mirror=True)
    _lay_head(canvas, look, "side", up)
    _arm(canvas, ways[0], near, up, sleeve)
    if look.clothes == "armour":
        _lay(canvas, "pads.side", dy=up)
    return canvas


def _arm(canvas: np.ndarray, way: str, thing: str, up: int, sleeve: str = "") -> None:
    """An arm as seen from the side, with what its hand holds: that is carried in front."""
    if thing:
        way = "ahead"
    if thing and thing != "shield":
        _hold(canvas, thing, *_CARRIED, dy=up)
    _lay(canvas, f"arm.side.{way}" if way else "arm.side", dy=up, other=_SLEEVE.get(sleeve))
    if thing == "shield":
        _hold(canvas, "shield.side", *_CARRIED, dy=up)


def _lay_torso(canvas: np.ndarray, look: Appearance, view: str, pose: str) -> None:
    """The clothes; a robe reaches to the ground, so it is drawn longer while the body is up, and
    its hem swings."""
    part = _parts()[f"torso.{look.clothes}.{view}"]
    codes, up = part.codes, int(pose != "stand")
    if look.clothes == "robe" and up:
        codes = np.insert(codes, _WAIST, codes[_WAIST], 0)
        hem = np.roll(codes[-_HEM:], -1 if pose == "left" else 1, 1)
        codes = np.concatenate([codes[:-_HEM], hem])
    put(canvas, codes, part.x, part.y - up)


def _lay_legs(canvas: np.ndarray, look: Appearance, pose: str) -> None:
    if look.clothes != "robe":
        name = "legs.front" if pose == "stand" else "legs.front.step"
        _lay(canvas, name, mirror=pose == "right")


def _lay_wings(canvas: np.ndarray, look: Appearance, up: int, apart: int = 0) -> None:
    if "wings" in look.more:
        _lay(canvas, "wing", dy=up, dx=-apart)
        _lay(canvas, "wing", dy=up, dx=apart, mirror=True)


def _lay_head(canvas: np.ndarray, look: Appearance, view: str, up: int) -> None:
    head = "skull" if "skull" in look.more and view != "back" else "head"
    _lay(canvas, f"{head}.{view}", dy=up)
    covered = look.hat in ("helmet", "hood", "space")
    if "paint" in look.more and view != "back":
        _lay(canvas, f"paint.{view}", dy=up)
    for one in ("beard", "moustache"):
        if one in look.more and view != "back":
            _lay(canvas, f"{one}.{view}", dy=up)
    if look.hair and not covered:
        _lay(canvas, f"hair.{look.hair}.{view}", dy=up)
        for one in TIED:
            if one in look.more:
                _lay(canvas, f"{one}.{view}", dy=up)
    if "wounded" in look.more:
        _lay(canvas, f"bandage.{view}", dy=up)
    for one in ("glasses", "patch", "ears", "tusks", "horns", "halo"):
        if one in look.more and f"{one}.{view}" in _parts() and not (covered and one == "ears"):
            _lay(canvas, f"{one}.{view}", dy=up)
    if look.hat:
        _lay(canvas, f"hat.{look.hat}.{view}", dy=up)
    show_mood(canvas, look.more, view, up)


# --------------------------------------------------------------------------------- parts


def _lay(
    canvas: np.ndarray,
    name: str,
    *,
    dy: int = 0,
    dx: int = 0,
    mirror: bool = False,
    other: tuple[str, str] | None = None,
) -> None:
    """A part in its place, mirrored on the canvas or not; with `other` one role wears the colours
    of another."""
    part = _parts()[name]
    codes = part.codes
    if other is not None:
        own, worn = (3 * list(_LETTERS).index(role) for role in other)
        codes = np.where((codes >= own) & (codes < own + 3), codes + worn - own, codes)
    x = SIDE - part.x - codes.shape[1] if mirror else part.x
    codes = codes[:, ::-1] if mirror else codes
    put(canvas, codes, x + dx, part.y + dy)


def _hold(
    canvas: np.ndarray, thing: str, x: int, y: int, *, dy: int = 0, mirror: bool = False
) -> None:
    part = _parts()[f"hold.{thing}"]
    codes = part.codes[:, ::-1] if mirror else part.codes
    column = codes.shape[1] - 1 - part.x if mirror else part.x
    put(canvas, codes, x - column, y + dy - part.y)


@cache
def _parts() -> dict[str, DrawnPart]:
    """All parts by name and view."""
    singles = {"e": EYE, "o": OUTLINE, "1": BAND, "2": FOLD, "3": BLOOD}
    table = letter_codes(_LETTERS.values(), singles)
    files = ("people.txt", "uniforms.txt", "trades.txt")
    return {name: part for file in files for name, part in read_parts(file, table).items()}


# ------------------------------------------------------------------------------- colours


def _outlined(codes: np.ndarray) -> np.ndarray:
    """Every outline pixel takes the outline (64 + role) of the role that most of its neighbours
    have."""
    made = codes.copy()
    held = np.pad(codes, 1, constant_values=-1)
    y, x = np.nonzero(codes == OUTLINE)
    around = np.stack([held[y + dy, x + dx] for dy in range(3) for dx in range(3)])
    counts = np.stack([(around // 3 == role).sum(0) for role in range(EYE // 3)])
    made[y, x] = 64 + counts.argmax(0)
    return made


def table_of_person(look: Appearance) -> dict[int, np.ndarray]:
    """Code to colour, (3,) uint8 each."""
    table: dict[int, np.ndarray] = {code: hex_color(named) for code, named in SINGLES.items()}
    for role, name in enumerate(_LETTERS):
        shades = role_shades(name, look.colors.get(name, _PLAIN[name]))
        table |= {3 * role + place: shade for place, shade in enumerate(shades)}
        table[64 + role] = rim_of(shades)
    return table


def role_shades(role: str, given: str | tuple[str, ...]) -> np.ndarray:
    """Dark, middle and light, (3, 3) uint8, of a role in a colour as `Appearance.colors` has it.
    KeyError for a colour nobody knows."""
    return shades_of(given, _FIXED | {"skin": SKINS, "hair": HAIRS}.get(role, {}))
