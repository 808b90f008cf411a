"""Composers of things in a state: what another composer shows, and what befell it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pincel.art import beasts, signs
from pincel.art.people_moods import MOODS
from pincel.art.scenery import KINDS
from pincel.art.sprite import Sprite
from pincel.art.states import IN_SMALL, STATES, in_states
from pincel.make.words.composer import Composer
from pincel.make.words.place import LEAFLESS
from pincel.make.words.prompt import Understood
from pincel.make.words.told_states import InState, state_of
from pincel.words.unaccented import unaccented

_LIVING = ("Beasts", "Monsters", "People")
_OF_THINGS = frozenset((
    "rusty", "cracked", "broken", "old", "dirty", "sparkling", "mouldy", "rotten", "burnt",
    "bitten", "torn", "ruined", "wilted", "haunted", "sunken", "flooded",
))  # fmt: skip
"""States that no creature is in."""
_LIES = ("griffon", "manticore", "pegasus", "sphinx")
"""Monsters with four legs, which can lie."""
_STANDS = ("Beasts", "Monsters", "People", "Scenery", "Contraptions")
"""What stands on the ground, also where it is drawn smaller."""


@dataclass(frozen=True)
class StatedLook:
    """A look of another composer, its states (of STATES) and their colours, its seed."""

    look: Any
    states: tuple[str, ...]
    colors: dict[str, str]
    seed: int

    @property
    def kind(self) -> str:
        """What the thing is, as its composer calls it."""
        return str(getattr(self.look, "kind", ""))


class Stated(Composer):
    """Things of another composer in a state: rusty, burning, asleep."""

    def __init__(self, inner: Composer) -> None:
        self.inner = inner
        self.told, self.walks, self.least = inner.told, inner.walks, inner.least
        self.smallest, self.clear = inner.smallest, inner.clear

    @property
    def family(self) -> str:
        return self.inner.family

    def look(self, asked: Understood, seed: int = 0) -> StatedLook | None:
        said = state_of(asked)
        look = None if said is None else self.inner.look(said.asked, seed)
        if said is None or look is None:
            return None
        living = self.family in _LIVING
        if living and any(state in _OF_THINGS for state in said.states):
            return None
        if said.moods:
            look = self._in_mood(look, said)
            if look is None:
                return None
        if self.family == "Scenery" and "wall" in KINDS[look.kind].parts and _enchanted(asked):
            changed = ("haunted" if one == "sparkling" else one for one in said.states)
            said = replace(said, states=tuple(dict.fromkeys(changed)))
        if "burnt" in said.states and getattr(look, "kind", "") in LEAFLESS:
            look = replace(look, kind="bare tree")
        asleep = ("asleep",) if "sleeping" in said.moods else ()
        return StatedLook(look, (*said.states, *asleep), said.colors, seed)

    def _in_mood(self, look: Any, said: InState) -> Any:
        """A look in a mood; None where this composer shows none such."""
        if self.family == "People":
            return _person_in_mood(look, said.moods)
        if self.family == "Signs":
            has = signs.KINDS[look.kind].states
            more = look.more | {*said.moods}
            return replace(look, more=more) if {*said.moods} <= has else None
        if self.family not in ("Beasts", "Monsters"):
            return None
        pose = next((one for one in ("sitting", "howling") if one in said.moods), "")
        moods = [mood for mood in said.moods if mood not in ("sitting", "howling", "lying")]
        if len(moods) > 1 or {*moods} & {"wounded", "young"}:
            return None
        mood = moods[0] if moods else ""
        if mood in ("sleeping", "dead") or "lying" in said.moods:
            lies = self.family == "Beasts" or look.kind in _LIES
            if not lies and mood != "sleeping":
                return None
            pose = pose or ("lying" if lies else "")
        if not beasts.can_be(look.kind, mood, pose):
            return None
        return replace(look, mood=mood, pose=pose)

    def sprite(self, look: StatedLook) -> Sprite:
        return self.sized(look, 32)

    def sized(self, look: StatedLook, side: int) -> Sprite:
        made = self.small(look, 32 if self.family == "People" else side)
        assert made is not None
        return made

    def small(self, look: StatedLook, side: int) -> Sprite | None:
        if side < self.smallest:
            return None
        made = roomy(self.inner, look.look, side, look.states)
        return None if made is None else in_states(made, look.states, look.seed, look.colors)

    def icon(self, look: StatedLook, side: int) -> Sprite:
        within = tuple(
            name for name in look.states if name in IN_SMALL or not any(STATES[name].room)
        )
        if self.family == "People" or within == look.states:
            made = self.inner.icon(look.look, side)  # there is no room around a person of 16 pixels
            return in_states(made, within, look.seed, look.colors)
        if look.states == ("broken",):
            made = _padded(self.inner.icon(look.look, side - 2))
            return in_states(made, look.states, look.seed, look.colors)
        return self.sized(look, side)

    def walk(self, look: StatedLook, frames: int, side: int = 32) -> Sprite | None:
        if getattr(look.look, "pose", "") or any(any(STATES[n].room) for n in look.states):
            return None
        made = self.inner.walk(look.look, frames, side)
        return None if made is None else in_states(made, look.states, look.seed, look.colors)


def _enchanted(asked: Understood) -> bool:
    """Whether it is "encantado": a sword glints then, a castle has ghosts."""
    written = unaccented(asked.things[0].written).split()
    return any(word.startswith("encantad") for word in written)


def _padded(made: Sprite) -> Sprite:
    """A drawing with an empty pixel around it."""
    return replace(made, frames=tuple(np.pad(one, 1, constant_values=-1) for one in made.frames))


def _person_in_mood(look: Any, moods: tuple[str, ...]) -> Any:
    """A person in moods; None where that is not seen."""
    if not {*moods} <= {*MOODS, "young"} or (look.hat == "space" and moods != ("wounded",)):
        return None
    if "skull" in look.more and not {*moods} <= {"wounded"}:
        return None
    more, colors, hat = set(look.more) | {*moods} - {"young"}, dict(look.colors), look.hat
    if "young" in moods:
        aged = colors.get("hair") in ("white", "grey")
        if "beard" not in more and not aged:
            return None
        more.discard("beard")
        colors |= {"hair": "brown"} if aged else {}
    if "wounded" in moods and hat in ("helmet", "hood", "space", "fire", "cap"):
        hat = ""
    return replace(look, more=frozenset(more), colors=colors, hat=hat)


def roomy(composer: Composer, look: Any, side: int, states: tuple[str, ...]) -> Sprite | None:
    """A look of at most `side` pixels, drawn so much smaller that there is room around it for its
    states; None where it is not drawn so small."""
    rooms = [STATES[name].room for name in states]
    beside, above, below = (max((room[n] for room in rooms), default=0) * side / 32
                            for n in range(3))  # fmt: skip
    made: Sprite | None = None
    for size in range(side, 0, -1):
        whole = size == side >= 32
        made = composer.sized(look, side) if whole else composer.small(look, size)
        if made is None:
            return None
        rows, columns = (np.flatnonzero((made.indices >= 0).any(n)) for n in (1, 0))
        tall, wide = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
        if (wide <= side - 2 * beside and tall <= side - above - below) or size < 0.66 * side:
            break
    assert made is not None
    if not any((beside, above, below)) or wide > side:
        return made
    free = side - above - below - tall
    top = above + (free if composer.family in _STANDS else free / 2)
    left = np.clip(int(columns[0]) if size == side else (side - wide) / 2, beside,
                   max(side - wide - beside, beside))  # fmt: skip
    top, left = (int(np.clip(round(n), 0, side - m)) for n, m in ((top, tall), (left, wide)))
    frames = []
    for frame in made.frames:
        canvas = np.full((side, side), -1, np.int16)
        cut = frame[rows[0] : rows[0] + tall, columns[0] : columns[0] + wide]
        canvas[top : top + tall, left : left + wide] = cut
        frames.append(canvas)
    return replace(made, frames=tuple(frames))
