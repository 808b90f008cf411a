"""People who hold what other composers draw: a woman with a basket, a man with a shovel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pincel.art.people import Appearance, role_shades
from pincel.art.people_sizes import hand_of
from pincel.art.sprite import Sprite
from pincel.make.words.composer import Composer
from pincel.make.words.left_out import told_of
from pincel.make.words.person import wearable
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.sizes_of_things import rank_of_size

_LARGEST = 3.3
"""What is larger (`rank_of_size`) stands beside who has it."""
_HELD_BY = frozenset(("Items", "Signs", "Contraptions", "Scenery"))
_HUNG = frozenset((
    "basket", "bucket", "lantern", "bag", "backpack", "suitcase", "cage", "bell", "purse",
    "kettle", "lamp", "pot", "cauldron", "briefcase", "luggage",
))  # fmt: skip
"""What hangs from the hand."""
_RAISED = frozenset((
    "balloon", "umbrella", "flag", "torch", "candle", "lollipop", "kite", "sign", "ice cream",
    "parasol", "rose", "tulip", "flower", "sunflower", "daisy", "poppy", "lily", "feather",
    "broom",
))  # fmt: skip
"""What rises from the hand."""
_WEAPONS = frozenset((
    "trident", "scythe", "halberd", "pick", "crossbow", "mace", "sword", "axe", "bow", "dagger",
    "spear", "hammer", "whip", "flail", "club", "shovel", "rake", "pitchfork", "hoe", "saw",
    "fishing rod", "pistol", "rifle",
))  # fmt: skip
"""For which what somebody carries by his calling is laid down."""
_VAST = frozenset((
    "car", "police car", "taxi", "van", "ambulance", "bus", "truck", "fire truck", "train",
    "tractor", "tank", "bicycle", "motorcycle", "cart", "boat", "sailboat", "rowing boat",
    "canoe", "ship", "pirate ship", "submarine", "airplane", "helicopter", "rocket", "spaceship",
    "ufo", "satellite", "hot air balloon", "airship", "piano", "harp", "television", "computer",
    "speaker",
))  # fmt: skip
"""Contraptions that nobody holds."""
_AWAY = 4
"""By how much the person steps aside."""


@dataclass(frozen=True)
class HolderLook:
    """A person (composer and look), and what is held: its composer, its look."""

    person: Composer
    who: Any
    brush: Composer
    thing: Any

    @property
    def kind(self) -> str:
        """What it counts as among others."""
        return str(getattr(self.who, "kind", "")) or "human"


class Holders(Composer):
    """People with something in the hand; `composer_of` finds who shows each of the two."""

    told = "draw.of_parts"
    smallest = clear = 18
    least = 32

    def __init__(self, composer_of: Callable[[Understood], Composer | None]) -> None:
        self._composer_of = composer_of

    @property
    def family(self) -> str:
        return "People"

    def look(self, asked: Understood, seed: int = 0) -> HolderLook | None:
        held = [one for one in asked.things[1:] if _in_hand(one)]
        if len(held) != 1 or not asked.things or asked.things[0].number != 1:
            return None
        others = [one for one in asked.things if one is not held[0]]
        who = told_of(asked, others, True)
        person = self._composer_of(who)
        thing = told_of(asked, held, False)
        brush = self._composer_of(thing)
        if person is None or brush is None or person.family != "People":
            return None
        look = brush.look(thing, seed)
        kind = str(getattr(look, "kind", "")) or held[0].name
        small = rank_of_size(kind, brush) <= _LARGEST
        if brush.family == "Contraptions":
            small = kind not in _VAST
        if brush.family not in _HELD_BY or not small:
            return None
        if isinstance(person, Holders):
            return None
        return HolderLook(person, _empty_handed(person.look(who, seed), kind), brush, look)

    def sprite(self, look: HolderLook) -> Sprite:
        made = self.small(look, 32)
        assert made is not None
        return made

    def small(self, look: HolderLook, side: int) -> Sprite | None:
        person = look.person.sprite(look.who) if side >= 32 else look.person.small(look.who, side)
        if person is None:
            return None
        return _handed(person, look, min(side, 32))


def _in_hand(one: AskedThing) -> bool:
    return one.relation == "with" and one.number == 1 and bool(one.name) and not wearable(one)


def _empty_handed(look: Any, kind: str) -> Any:
    """A look whose left hand is free."""
    inner = look if isinstance(look, Appearance) else look.look
    freed = replace(inner, left="", right="" if kind in _WEAPONS else inner.right)
    return freed if inner is look else replace(look, look=freed)


def _handed(person: Sprite, look: HolderLook, side: int) -> Sprite:
    """A person of `side` pixels or fewer with the thing in the left hand."""
    own = person.rgba()
    used = np.flatnonzero(own[..., 3].any(0))
    own = own[-side:, used[0] : used[-1] + 1]
    canvas = np.zeros((side, side, 4), np.uint8)
    left = max((side - own.shape[1]) // 2 - round(_AWAY * side / 32), 0)
    canvas[side - len(own) :, left : left + own.shape[1]] = own
    x, y = hand_of(side)
    x, y = x - int(used[0]) + left, y + side - person.height
    thing, at = _placed(look, side, (x, y))
    top = int(np.clip(at[1], 0, side - len(thing)))
    left = int(np.clip(at[0], 0, side - thing.shape[1]))
    hand = canvas[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].copy()
    area = canvas[top : top + len(thing), left : left + thing.shape[1]]
    area[thing[..., 3] > 0] = thing[thing[..., 3] > 0]
    inner = look.who if isinstance(look.who, Appearance) else look.who.look
    skin = role_shades("skin", inner.colors.get("skin", "light"))
    shown = (hand[..., None, :3] == skin).all(-1).any(-1)
    canvas[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2][shown] = hand[shown]
    return Sprite.from_rgba(canvas)


def _placed(
    look: HolderLook, side: int, hand: tuple[int, int]
) -> tuple[np.ndarray, tuple[int, int]]:
    """What is held, (h, w, 4) uint8 cut to itself, and where its left upper corner goes."""
    kind = str(getattr(look.thing, "kind", ""))
    x, y = hand
    rgba = _cut(look, round(19 * side / 32))
    high, wide = rgba.shape[:2]
    corner = (
        rgba[: high // 3, : wide // 3, 3].any() or rgba[-(high // 3) :, -(wide // 3) :, 3].any()
    )
    if not corner and min(high, wide) > 0.6 * max(high, wide):  # aslant, from its grip upwards
        return rgba, (x - round(0.3 * wide), y - round(0.7 * high))
    if high > 2.2 * wide:  # upright
        return rgba, (x - wide // 2 + 1, y - round(0.62 * high))
    rgba = _cut(look, round((15 if kind in _RAISED else 12.6) * side / 32))
    high, wide = rgba.shape[:2]
    if kind in _HUNG:
        return rgba, (x - wide // 3, y)
    if kind in _RAISED:
        return rgba, (x - wide // 2 + 1, y - high + 2)
    return rgba, (x - 1, y - round(0.6 * high))


def _cut(look: HolderLook, side: int) -> np.ndarray:
    sides = range(max(side, look.brush.smallest), 33)
    made = next(filter(None, (look.brush.small(look.thing, n) for n in sides)))
    rgba = made.rgba()
    rows, columns = (np.flatnonzero(rgba[..., 3].any(n)) for n in (1, 0))
    return rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
