"""Animals put together from parts that were drawn by hand as shapes.

`beasts.txt` holds heads, bodies, legs, tails and patterns, and for each animal which of them lie
over one another and in what colours it comes by nature. Of alternatives a look names one each; it
may be longer or taller, hold its head otherwise, and face right, which is the mirror of left but
for the light. All of it is drawn in three shades of each colour, with a line where one part lies
over another, and an outline darker than what it bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

import numpy as np

from pincel.art.drawn_parts import SIDE, hex_color, rim_of, shades_of, sprite_of_codes
from pincel.art.monster_hides import HIDES
from pincel.art.moods import MASKED, PUPILS, eye_masses, lying_down, mood_of_mass, mood_of_mouth
from pincel.art.shaped_parts import ROOM, Mass, Place, drawn_mass, read_mass
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

RAMPS: dict[str, tuple[str, str, str]] = {
    "black": ("1b1b26", "34343f", "5c5c6c"),
    "white": ("b4b8c8", "e4e6ee", "ffffff"),
    "grey": ("5a5c66", "8c8e98", "bcbec8"),
    "brown": ("5e3820", "93602f", "c08d55"),
    "pink": ("c4607f", "f09cb0", "ffc8d2"),
    "cream": ("b89468", "e8cfa0", "fff0d0"),
    "ginger": ("9c4a18", "dd822e", "f8b45c"),
    "tan": ("8c6438", "c89a5c", "ecc88c"),
    "slate": ("3c4658", "66748a", "9aa8ba"),
    "dun": ("6c5a44", "9c8668", "c8b494"),
    "dark": ("2c2018", "4a382c", "6e5846"),
    "chestnut": ("54260f", "8c451f", "bc7040"),
    "mud": ("4c4030", "7a6a4c", "a89870"),
    "sea": ("1f4a78", "3c78b0", "7cb4dc"),
    "leaf": ("2c6420", "58a034", "98d458"),
    "moss": ("3c5424", "6c8838", "a4b860"),
    "rosy": ("b05858", "e08c84", "f8b8a8"),
    "sun": ("b87c10", "f4c030", "ffe880"),
    "beak": ("b06010", "f09828", "ffcc60"),
    "horn": ("8c7c60", "d0c4a4", "f4ecd8"),
    "hoof": ("241c1c", "40383a", "605658"),
    "shell": ("6c4418", "a87434", "d8a860"),
    "ink": ("120c18", "221828", "443850"),
    "wing": ("90b0cc", "c8e0f0", "f4fcff"),
    "nose": ("201820", "383038", "686068"),
    "plum": ("5c4a68", "8c7498", "bca8c4"),
    "coral": ("b8483c", "f08468", "ffc0a4"),
    "gill": ("8a3030", "c85050", "f08878"),
}
"""Dark, middle and light of hides and feathers; other names are those of `color_names.RAMPS`."""
FILES = ("beasts", "monsters")
"""Where parts stand: text files beside this one."""
_SINGLE = {"ink": "1e1626", "shine": "ffffff", "iris": "f6d13c", "mouth": "5c222c",
           "tear": "48b0f4"}  # fmt: skip
_PLAIN = {"coat": "grey", "second": "cream", "mark": "dark", "nose": "nose", "ear": "rosy",
          "horn": "white", "tongue": "red", "blush": "pink"}  # fmt: skip
"""The colours of roles where an animal names none."""
LINE, RIM, EACH = 3, 4, 5
_NECK = (11, 16)
"""Where heads are joined."""
_DARK = 0.42
"""A hide whose middle shade is darker (OKLab) has bright eyes."""


@dataclass(frozen=True)
class BeastLook:
    """What an animal looks like.

    kind     one of `kinds()`;  choices  the part of each of its alternatives, by name of the group
    colors   of its roles: three shades (dark, middle, light) as hex, or a name of RAMPS or
             `color_names.RAMPS`; the first natural one where nothing is said
    wide, high   0.9 to 1.1: longer or shorter, taller or lower
    head     by how many pixels its head is forward (left) and up
    right    whether it faces right
    mood, pose   of `moods.MOODS`, `moods.POSES`, or ""
    """

    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    wide: float = 1.0
    high: float = 1.0
    head: tuple[int, int] = (0, 0)
    right: bool = False
    mood: str = ""
    pose: str = ""


@dataclass(frozen=True)
class _Beast:
    """An animal as a file has it: its lines, the colours of its roles, which file it is."""

    lines: tuple[str, ...]
    colors: Mapping[str, tuple[str, ...]]
    file: str


def kinds(file: str = "beasts") -> tuple[str, ...]:
    """The animals, or the "monsters", there are parts for."""
    return tuple(name for name, one in _file()[1].items() if one.file == file)


def naturally(kind: str) -> dict[str, tuple[str, ...]]:
    """The colours that each role of an animal comes in by nature."""
    return dict(_file()[1][kind].colors)


def alternatives(kind: str) -> dict[str, tuple[str, ...]]:
    """The groups of alternatives of an animal, and the parts of each."""
    found: dict[str, tuple[str, ...]] = {}

    def look(lines: tuple[str, ...]) -> None:
        for line in lines:
            if line.startswith("?"):
                group, parts = _group(line)
                found[group] = parts
                for part in parts:
                    look(_file()[0].get(part, ()))
            elif line.startswith("use "):
                look(_file()[0][line.removeprefix("use ")])

    look(_file()[1][kind].lines)
    return found


def has_head(kind: str) -> bool:
    """Whether an animal has a head that may be held otherwise, and so a body that may be longer."""
    return any(line.startswith("use head") for line in _file()[1][kind].lines)


def can_be(kind: str, mood: str, pose: str = "") -> bool:
    """Whether an animal can be in a mood (it has eyes to show it) and in a pose."""
    fits = not mood or bool(_eyes_of(kind))
    needs = {"sitting": f"sit.{kind}", "howling": f"howl.{kind}"}.get(pose)
    return fits and (needs is None or needs in _file()[0])


@cache
def _eyes_of(kind: str) -> str:
    """How an animal has its eyes: as lines "eye", as masses "ink", or "" for none that are seen."""
    parts, known = _file()

    def every(lines: tuple[str, ...]) -> Iterator[str]:
        for line in lines:
            names = _group(line)[1] if line.startswith("?") else (line.removeprefix("use "),)
            if line[:1] == "?" or line.startswith("use "):
                for name in names:
                    yield from every(parts.get(name, ()))
            else:
                yield line

    lines = tuple(every(known[kind].lines))
    if any(line.startswith("eye ") for line in lines):
        return "eye"
    return "ink" if kind in PUPILS else ""


def beast_sprite(look: BeastLook, side: int = SIDE) -> Sprite:
    """An animal of `side` (32, 48 or 64) pixels each way, seen from the side (some from the front
    or from above). A kind, part or colour nobody knows raises KeyError."""
    place = Place(scale=side / SIDE)
    look, window, drawn = sized_beast(look, place)
    return _sprite(look, [drawn[window]])


def walks(look: BeastLook) -> bool:
    """Whether an animal has legs that walk."""
    return any(mass.leg for mass, _, _ in _masses(look))


def leg_step(number: int, frames: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How far the four legs are forward and up in a frame of a walk."""
    turn = 2 * np.pi * number / frames
    phases = (turn, turn + np.pi, turn + np.pi, turn)
    steps = tuple(float(np.round(2 * np.sin(p), 3)) for p in phases)
    lifts = tuple(float(np.round(max(0.0, -1.6 * np.cos(p)), 3)) for p in phases)
    return steps, lifts


def walking(look: BeastLook, frames: int, side: int = SIDE) -> Sprite | None:
    """An animal of `side` pixels in so many frames of a walk; None where it has no legs that
    walk."""
    if not walks(look):
        return None
    scale = side / SIDE
    look, window, _ = sized_beast(look, Place(scale=scale))
    drawn = []
    for number in range(frames):
        steps, lifts = leg_step(number, frames)
        drawn.append(drawn_beast(look, Place(steps=steps, lifts=lifts, scale=scale))[window])
    return replace(_sprite(look, drawn), durations=(140,) * frames)


def _sprite(look: BeastLook, drawn: list[np.ndarray]) -> Sprite:
    return sprite_of_codes(drawn, color_table(look))


# --------------------------------------------------------------------------------- layers


def beast_roles(look: BeastLook) -> tuple[str, ...]:
    return (*_SINGLE, *{**_PLAIN, **_file()[1][look.kind].colors})


def drawn_beast(look: BeastLook, place: Place) -> np.ndarray:
    """The animal as codes (s, s) int, s = ROOM x scale: 5 x role + shade, line or outline, -1 for
    nothing."""
    roles = {name: number for number, name in enumerate(beast_roles(look))}
    canvas = np.full((round(ROOM * place.scale),) * 2, -1)
    ground = canvas >= 0
    headed = has_head(look.kind)
    for mass, (dx, dy), of_head in _masses(look):
        where = replace(place, x=place.x + dx, y=place.y + dy, right=look.right)
        if headed and not of_head:
            where = replace(where, wide=look.wide, high=look.high)
        elif headed:  # a head moves as a whole
            x, y = _NECK
            where = replace(where, x=where.x + round((x - 16) * (look.wide - 1)),
                            y=where.y + round((y - 29) * (look.high - 1)))  # fmt: skip
        inside, shade = drawn_mass(mass, where)
        if "~" in mass.marks:  # a pattern: only on the mass before it, in its shades
            here = inside & ground & (canvas % EACH < LINE)
            canvas[here] = EACH * roles[mass.role] + canvas[here] % EACH
            continue
        _lay(canvas, inside, shade, roles[mass.role], mass.marks)
        ground = inside
    return outlined_beast(canvas)


def _lay(canvas: np.ndarray, inside: np.ndarray, shade: np.ndarray, role: int, marks: str) -> None:
    """A mass over what is there."""
    if "!" in marks:
        line = _beside(inside) & ~inside & (canvas >= 0)
        canvas[line] = EACH * role + LINE
    canvas[inside] = (EACH * role + shade)[inside]


def _beside(inside: np.ndarray) -> np.ndarray:
    held = np.pad(inside, 1)
    return held[:-2, 1:-1] | held[2:, 1:-1] | held[1:-1, :-2] | held[1:-1, 2:]


def sized_beast(look: BeastLook, place: Place) -> tuple[BeastLook, tuple[slice, slice], np.ndarray]:
    """A look that is no larger than the canvas, where it lies when it stands, and how it then
    looks: its codes (s, s) int."""
    side = round(SIDE * place.scale)
    while True:
        drawn = drawn_beast(look, place)
        shown = drawn >= 0
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        if max(np.ptp(rows), np.ptp(columns)) < side or look.wide < 0.9:
            return look, (_window(rows, side), _window(columns, side)), drawn
        look = replace(look, wide=look.wide - 0.03, high=look.high - 0.03)


def _window(used: np.ndarray, side: int) -> slice:
    """The middle of what there is room for, moved so that all that is used (k,) lies within."""
    edge = side * (ROOM - SIDE) // (2 * SIDE)
    first = min(edge, int(used[0])) if used[0] < edge else max(edge, int(used[-1]) + 1 - side)
    return slice(first, first + side)


def outlined_beast(canvas: np.ndarray) -> np.ndarray:
    """A canvas of codes, (s, s) int, with an outline on empty pixels beside what is drawn, of the
    role beside it."""
    made = canvas.copy()
    held = np.pad(canvas, 1, constant_values=-1)
    sides = np.stack([held[:-2, 1:-1], held[1:-1, :-2], held[1:-1, 2:], held[2:, 1:-1]])
    nearest = sides.max(0)
    rim = (canvas < 0) & (nearest >= 0)
    made[rim] = nearest[rim] // EACH * EACH + RIM
    return made


def _is_dark(look: BeastLook, role: str = "coat") -> bool:
    """Whether its eyes are bright: on a dark hide, or where a colour is said of them."""
    if "iris" in look.colors:
        return True
    middle = _shades(look, role)[1:2]
    return bool(srgb_to_oklab(middle)[0, 0] < _DARK)


# ---------------------------------------------------------------------------------- file


@cache
def _file() -> tuple[dict[str, tuple[str, ...]], dict[str, _Beast]]:
    """The files of FILES: parts by name, and animals by name."""
    parts: dict[str, tuple[str, ...]] = {}
    beasts: dict[str, _Beast] = {}
    for file in FILES:
        text = (resources.files("pincel.art") / f"{file}.txt").read_text("ascii")
        for block in text.strip().split("\n\n")[1:]:
            head, *lines = block.strip().split("\n")
            what, name, *rest = head.split()
            if what == "part":
                parts[name] = tuple(lines)
                continue
            roles = (one.split("=") for one in rest)
            colors = {role: tuple(named.split(",")) for role, named in roles}
            beasts[name] = _Beast(tuple(lines), colors, file)
    return parts, beasts


def _group(line: str) -> tuple[str, tuple[str, ...]]:
    group, _, parts = line.removeprefix("?").partition(":")
    return group.strip(), tuple(part.strip() for part in parts.split("|"))


def _masses(look: BeastLook) -> Iterator[tuple[Mass, tuple[float, float], bool]]:
    """The masses of a look from back to front, by how much each is moved, and whether it is of
    the head."""
    parts, _ = _file()
    dark = _is_dark(look)

    def of(lines: tuple[str, ...], head: bool) -> Iterator[tuple[Mass, bool]]:
        eyes = [float(line.split()[1].split(",")[0]) for line in lines if line.startswith("eye ")]
        for line in lines:
            if line.startswith("?"):
                group, choices = _group(line)
                chosen = look.choices.get(group, choices[0])
                if chosen not in choices:
                    raise KeyError(chosen)
                if chosen != "-":
                    yield from of(parts[chosen], head)
            elif line.startswith("use "):
                name = line.removeprefix("use ")
                yield from of(parts[name], head or name.startswith(("head", "howl")))
            elif line.startswith("eye "):
                place, size, *on = line.split()[1:]
                bright = dark if not on else _is_dark(look, on[0])
                inward = 1 if float(place.split(",")[0]) < sum(eyes) / len(eyes) else -1
                for mass in eye_masses(place, size, bright, look.right, look.mood, inward):
                    yield mass, head
            else:
                own: tuple[Mass, ...] = (_mass(line),)
                if look.mood and _eyes_of(look.kind) == "ink":
                    own = mood_of_mass(look.mood, own[0], dark or look.kind in MASKED)
                yield from ((mass, head) for mass in own)
                if look.mood and line.startswith("mouth d"):
                    yield from ((mass, head) for mass in mood_of_mouth(look.mood, _mass(line)))

    forward, up = look.head
    found = [
        (mass, (-forward, -up) if head else (0, 0), head)
        for mass, head in of(_posed_lines(look), False)
    ]
    yield from lying_down(found) if look.pose == "lying" else found


def _posed_lines(look: BeastLook) -> tuple[str, ...]:
    """The lines of an animal as it stands, sits or howls."""
    parts, known = _file()
    lines = known[look.kind].lines
    if look.pose == "sitting":
        heads = tuple(line for line in lines if line.startswith("use head"))
        return (*parts[f"sit.{look.kind}"], *heads)
    if look.pose == "howling":
        howls = f"use howl.{look.kind}"
        return tuple(howls if line.startswith("use head") else line for line in lines)
    return lines


_mass = cache(read_mass)


# ------------------------------------------------------------------------------- colours


def _shades(look: BeastLook, role: str) -> np.ndarray:
    """The three shades of a role, (3, 3) uint8."""
    given = look.colors.get(role)
    natural = _file()[1][look.kind].colors
    if given is None:
        given = natural.get(role, (_PLAIN.get(role, "grey"),))[0]
    if isinstance(given, str) and given in natural and given != role:
        return _shades(look, given)  # the colour of another role
    return shades_of(given, RAMPS | HIDES)


def color_table(look: BeastLook) -> dict[int, np.ndarray]:
    """Code to colour, (3,) uint8 each."""
    table: dict[int, np.ndarray] = {}
    for role, name in enumerate(beast_roles(look)):
        if name in _SINGLE and name not in look.colors:
            table |= {EACH * role + n: hex_color(_SINGLE[name]) for n in range(LINE)}
            table |= {EACH * role + n: hex_color(_SINGLE["ink"]) for n in (LINE, RIM)}
            continue
        shades = _shades(look, name)
        table |= {EACH * role + place: shade for place, shade in enumerate(shades)}
        lab = srgb_to_oklab(shades[:1]) * np.array([0.78, 0.95, 0.95])
        table[EACH * role + LINE] = to_bytes(oklab_to_srgb(lab))[0]
        table[EACH * role + RIM] = rim_of(shades)
    return table
