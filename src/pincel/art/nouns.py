"""Further things by rules, each a few lines of text (`noun_lines`): things of the house and the
street, of the field, of an interface.

    kind anvil: anvil, blacksmith anvil | yunque | hammer
    main metal ; metal IRON STEEL ; matter metal
    s metal B 4 9 28 13

Below its names (`noun_names`) stands what there is to a kind, as `bench.Ware` has it ("main",
"matter", "forms", "parts", "loose", "same", "made", "glows"; else a material and its colours); then
its lines. A kind "a:b" has names only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pincel.art import item_matter
from pincel.art.bench import Bench, Draw, ItemLook, Variety, Ware
from pincel.art.color_names import RAMPS
from pincel.art.household import HOUSEHOLD
from pincel.art.item_matter import FIXED
from pincel.art.kinds import Shade
from pincel.art.noun_lines import Lines
from pincel.art.noun_names import noun_blocks

_TALL = (1.0, 0.965, 0.985)
_LISTS = ("main", "matter", "forms", "loose", "filled")
_OWN: dict[str, Shade] = {
    "leaf": ("1f5136", "3f8f3a", "84c547"), "dirt": ("3e2a1c", "6a4a30", "906a48"),
    "ink": ("14141c", "2c2c38", "5c5c6a"), "chalk": ("b8bcc8", "e8ecf4", "ffffff"),
    "pane": ("2c5a84", "5aa0cc", "b8e4f6"), "crust": ("8a4f1e", "cf8f42", "f2c878"),
    "bark": ("54341c", "8c6038", "bc9060"), "water": ("1c5aa0", "3c98e0", "a4e0fc"),
    "sandy": ("b08a4c", "e4c886", "faeab8"), "glow": ("e07818", "fcc838", "fff8b8"),
    "skin": ("b8744c", "ecb088", "fcd8b8"), "rubber": ("1c1c22", "34343c", "585862"),
    "STEEL": item_matter.STEEL, "IRON": item_matter.IRON, "GOLD": item_matter.GOLD,
    "SILVER": item_matter.SILVER, "BRONZE": item_matter.BRONZE, "COPPER": item_matter.COPPER,
    "PAPER": item_matter.PAPER, "WOOD": item_matter.WOOD[0], "OAK": item_matter.WOOD[1],
    "DARKWOOD": item_matter.WOOD[2], "LEATHER": item_matter.LEATHER[0],
    "STONE": item_matter.STONE[0], "SANDSTONE": item_matter.STONE[1], "SLATE": item_matter.STONE[2],
    "BRICK": ("7a2e22", "b4523c", "dc8a6c"), "PLASTER": ("a89878", "e4d8bc", "fbf6e8"),
    "THATCH": ("8a6428", "d0a048", "f4d488"), "TILE": ("7a2418", "c04a30", "ec8860"),
    "CLAY": ("8a4a2a", "bc7648", "e0a878"), "COAL": ("14141c", "2e2e3a", "666878"),
    "BONE": ("9a8a66", "dccfa8", "fbf6e2"), "MILK": ("c0c4d4", "f0f2f8", "ffffff"),
    "GLASS": ("6a9cb8", "b4dcec", "effafd"),
}  # fmt: skip
"""Colours by a name of their own; a material of that name comes in it."""


# ----------------------------------------------------------------------------------- wares


def enter() -> None:
    """Enters every kind in HOUSEHOLD."""
    for head, lines in noun_blocks():
        kind = head.partition(":")[0]
        if lines:
            HOUSEHOLD[kind] = _ware(kind, lines[0], tuple(lines[1:]))


def _ware(kind: str, facts: str, lines: tuple[str, ...]) -> Ware:
    said: dict[str, Any] = {"colors": {}}
    for fact in facts.split(";"):
        name, *words = fact.split()
        if name in _LISTS:
            said[name] = frozenset(words) if name == "loose" else tuple(words)
        elif name == "parts":
            pairs = [one.partition("=") for one in words]
            said[name] = {p: tuple((own or p).split("+")) for p, _, own in pairs}
        elif name == "same":
            said[name] = {one.partition("=")[0]: one.partition("=")[2] for one in words}
        elif name in ("made", "glows"):
            said[name] = words[0]
        elif name == "ages":
            said[name] = True
        else:
            said["colors"][name] = tuple(shade for w in words or [name] for shade in _shades(w))
    for line in lines:
        for material in _materials(line):
            known = (*said["colors"], *said.get("same", ()))
            if material not in known and (material in _OWN or material not in FIXED):
                said["colors"][material] = _shades(material)
    return Ware(_drawing(kind, lines, said.get("forms", ())), **said)


def _materials(line: str) -> Iterator[str]:
    """The material of a line, if any."""
    words = line.rpartition("? ")[2].split()
    if words[0] not in ("let", "var", "x", "d", "l"):
        yield words[1].partition(".")[0]


def _shades(word: str) -> tuple[Shade, ...]:
    """The colours that a word stands for: one of ours, several, the name of a ramp, hex."""
    if word[-1] == "*":
        return tuple(getattr(item_matter, word[:-1]))
    if word in _OWN:
        return (_OWN[word],)
    if word in RAMPS:
        return (word,)
    three = tuple(word.split("/"))
    if len(three) != 3:
        raise ValueError(f"nouns: no colour {word!r}")
    return (three,)


def _drawing(kind: str, lines: tuple[str, ...], forms: tuple[str, ...]) -> Draw:
    def draw(e: Bench, v: Variety, look: ItemLook) -> None:
        e.y = 16 + (e.y - 16) / v.turn(_TALL)
        Lines(e, v, look, forms).lay(lines)
        _centred(e)

    draw.__name__ = kind
    return draw


def _centred(e: Bench) -> None:
    """What was drawn goes to the middle, its coordinates with it."""
    shown = e.codes >= 0
    for axis in (0, 1):
        used = np.flatnonzero(shown.any(1 - axis))
        by = (e.side - 1 - int(used[0]) - int(used[-1])) // 2 if len(used) else 0
        e.codes, e.x, e.y = (np.roll(one, by, axis) for one in (e.codes, e.x, e.y))


enter()
