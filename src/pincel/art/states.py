"""What a thing has been through, laid over its finished drawing: rust, cracks, snow, ice, blood,
light, flames. One rule of each serves whatever was drawn, at every size.

A `surface.Surface` is the drawing while it is changed. Lengths are in 32nds of the side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pincel.art import alight, decayed, weathered
from pincel.art.drawn_parts import shades_of
from pincel.art.sprite import Sprite
from pincel.art.surface import Surface
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

RUST = ("4c2414", "84401c", "b4642c", "d8944c")
MOSS = ("2c4a1c", "4c7428", "74a03c", "a8cc60")
MUD = ("3c2818", "644428", "8c6840", "ac8858")
BLOOD = ("5c0c14", "9c1420", "d02c34")
SLIME = ("2c5c10", "58a01c", "98e040")
SNOW = ("98b0d0", "dce8f6", "ffffff")
FLAMES = ("e04818", "fc9c20", "ffe878")
HEXED = ("6c2cb4", "a850ec", "e4b0ff")
GILT = ("a87410", "f0c838", "fff6b8")


Effect = Callable[[Surface, Sequence[str]], None]


@dataclass(frozen=True)
class Condition:
    """A state: its rule, the ramp it comes in, and the room that it needs left and right, above and
    below, in 32nds of the side."""

    lay: Effect
    ramp: tuple[str, ...] = ()
    room: tuple[float, float, float] = (0, 0, 0)


def in_states(
    drawn: Sprite, states: Sequence[str], seed: int, colors: dict[str, str] | None = None
) -> Sprite:
    """A drawing in states (of STATES), one after the other, those in a colour that has one. A state
    or a colour that nobody knows raises KeyError."""
    rgba = drawn.rgba()
    frames = []
    for number in range(len(drawn.frames)):
        rgba = drawn.rgba(number)
        for name in states:
            rule = STATES[name]
            s = Surface(rgba, seed, name)
            color = (colors or {}).get(name)
            ramp = rule.ramp if color is None else _ramp(color, len(rule.ramp))
            rule.lay(s, ramp)
            rgba = s.sprite().rgba()
        frames.append(rgba)
    return Sprite.from_rgba(*frames, durations=drawn.durations)


def _ramp(color: str, many: int) -> tuple[str, ...]:
    """A colour in so many shades, dark to light."""
    lab = srgb_to_oklab(shades_of(color))
    at = np.linspace(0, 2, max(many, 1))
    steps = np.stack([np.interp(at, range(3), lab[:, axis]) for axis in range(3)], 1)
    return tuple(bytes(one).hex() for one in to_bytes(oklab_to_srgb(steps)))


STATES: dict[str, Condition] = {
    "asleep": Condition(alight.asleep, ("eaf4ff", "24406c"), (0, 6, 0)),
    "rusty": Condition(weathered.rusty, RUST),
    "mossy": Condition(weathered.mossy, MOSS),
    "dirty": Condition(weathered.dirty, MUD),
    "old": Condition(weathered.old),
    "frozen": Condition(weathered.frozen, ("2c64a4", "5ca4dc", "98d4f4", "ccf0fc", "f8feff")),
    "snowy": Condition(weathered.snowy, SNOW, (0, 2, 0)),
    "bloody": Condition(weathered.bloody, BLOOD),
    "poisoned": Condition(weathered.bloody, SLIME),
    "cracked": Condition(weathered.cracked),
    "broken": Condition(weathered.broken, (), (2, 2, 1.5)),
    "glowing": Condition(alight.glowing, (), (2, 2, 2)),
    "holy": Condition(alight.holy, GILT, (2, 2, 2)),
    "sparkling": Condition(alight.sparkling, GILT, (1.5, 2, 0)),
    "burning": Condition(alight.burning, FLAMES, (1, 6, 0)),
    "cursed": Condition(alight.cursed, HEXED, (1, 6, 0)),
    "mouldy": Condition(decayed.mouldy, ("3c6450", "6c9878", "dcecd4")),
    "rotten": Condition(decayed.rotten, ("2c1c10", "4c3018", "6c7c2c")),
    "burnt": Condition(decayed.burnt, ("d8481c", "fcb040")),
    "bitten": Condition(decayed.bitten),
    "torn": Condition(decayed.torn),
    "ruined": Condition(decayed.ruined, MOSS),
    "wet": Condition(decayed.wet, ("3898e8", "b8e8fc"), (2, 0, 1)),
    "melting": Condition(decayed.melting, (), (1.5, 0, 2)),
    "wilted": Condition(decayed.wilted),
    "haunted": Condition(decayed.haunted),
    "sunken": Condition(decayed.sunken, ("b89c60", "e0c888"), (0, 4, 0)),
    "flooded": Condition(decayed.flooded, ("3484cc", "b4e4fc")),
    "petrified": Condition(decayed.petrified),
    "electric": Condition(decayed.electric, ("e8a818", "fff468"), (2.5, 2.5, 2)),
    "ghostly": Condition(alight.ghostly, ("2c6478", "6cb4c8", "acdce8", "e8fafc"), (0, 0, 0)),
}
"""What a thing can be in, by name."""
IN_SMALL = frozenset(("asleep",))
"""States that find a place of their own in a drawing of 16 pixels."""
