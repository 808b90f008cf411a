"""What a ground is described by, and the table of all kinds of ground."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from pincel.art.plots import Plot, Ramp

MIRE, LOW, FLAT, HIGH = range(4)
"""How high a ground lies: fluids, what is trodden, what is built, what grows or lies on it."""


@dataclass(frozen=True)
class GroundLook:
    """What a ground looks like.

    kind    one of GROUNDS;  seed  of what is not said within its border
    base    of its border, its layout and its natural colours
    colors  by material: a name of `color_names.RAMPS` or five shades as hex
    more    what can be said of it ("flowers", "cracks")
    tone    -1 darker, 1 lighter
    """

    kind: str
    seed: int = 0
    base: int = 0
    colors: Mapping[str, Ramp] = field(default_factory=dict)
    more: frozenset[str] = frozenset()
    tone: int = 0


GroundRule = Callable[[Plot, frozenset[str]], None]


@dataclass(frozen=True)
class Ground:
    """A kind of ground.

    draw    its rule;  main  the materials that take the colours said of it, in their order
    ramps   material to the colours that it comes in
    states  what can be said of it, each with the material that takes a colour said of that, or ""
    height  one of MIRE, LOW, FLAT, HIGH;  moves  whether it is drawn in motion
    """

    draw: GroundRule
    main: tuple[str, ...]
    ramps: Mapping[str, tuple[Ramp, ...]]
    states: Mapping[str, str]
    height: int = LOW
    moves: bool = False


GROUNDS: dict[str, Ground] = {}


def ground(
    name: str, main: str, states: str = "", *, height: int = LOW, moves: bool = False
) -> Callable[[GroundRule], GroundRule]:
    """Enters a rule in GROUNDS under a name; `states` as "cracks flowers=flower". Its colours stand
    in ground_colors.json."""

    def entered(draw: GroundRule) -> GroundRule:
        pairs = (one.partition("=") for one in states.split())
        named = {state: material for state, _, material in pairs}
        table = {material: tuple(map(_ramp, said)) for material, said in _colors()[name].items()}
        GROUNDS[name] = Ground(draw, tuple(main.split()), table, named, height, moves)
        return draw

    return entered


@cache
def _colors() -> dict[str, dict[str, list[str]]]:
    """Of each kind the colours that its materials come in: five shades as hex, or a name."""
    return json.loads((resources.files("pincel.art") / "ground_colors.json").read_text("utf-8"))


def _ramp(said: str) -> Ramp:
    shades = tuple(said.split())
    return shades[0] if len(shades) == 1 else shades
