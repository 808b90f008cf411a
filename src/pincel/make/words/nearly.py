"""What rules draw of a sentence of which they show nearly all: a sleeping dog as a dog, and it is
said what is not to be seen. A clean dog that stands serves better than a weak drawing in which
sleep cannot be made out either.

Left out are words that change a thing without naming a colour, a material or another thing
(sleeping, haunted), words that say nothing, what comes with it and has no colour (a shield with a
lion), and of two names the lesser (a key card is a card, a goblin archer a goblin). Colours,
numbers and things that stand beside it are never left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from pincel.art.lexicon import by_name
from pincel.make.words.callings import CALLINGS
from pincel.make.words.composers import Composer, composer_of
from pincel.make.words.left_out import leaving_out
from pincel.make.words.prompt import Understood
from pincel.words import language, say

_COLOR_OF = {
    "ice": "cyan", "snow": "white", "fire": "red", "lava": "orange", "water": "blue",
    "poison": "green", "acid": "green", "shadow": "black", "stone": "grey", "wood": "brown",
    "gold": "gold", "iron": "silver", "steel": "silver", "metal": "silver", "bronze": "brown",
    "copper": "orange", "crystal": "cyan", "obsidian": "black", "bone": "white", "straw": "yellow",
    "leather": "brown", "mud": "brown", "sand": "yellow", "electric": "yellow", "flesh": "pink",
}  # fmt: skip
"""The colour that tells of what something is made, where no rule knows the material."""


_FEW = 4
"""Of more words than this not every choice is tried."""


@dataclass(frozen=True)
class Nearly:
    """A composer, what it is asked then, the words that are left out, as they were written, and
    those that a near one stands for (as written, English word, Spanish word)."""

    composer: Composer
    asked: Understood
    left: tuple[str, ...]
    replaced: tuple[tuple[str, str, str], ...] = ()

    def said(self) -> tuple[str, ...]:
        """Sentences about it, in the language in force."""
        place = 1 if language() == "en" else 2
        lines = [say("prompt.replaced", came=one[0], near=one[place]) for one in self.replaced]
        if self.left:
            lines.append(say("draw.not_drawn", words=", ".join(self.left)))
        return tuple(lines)


def nearly(asked: Understood, side: int = 32) -> Nearly | None:
    """The composer that shows what is asked, at `side` pixels, with the fewest words left out; None
    where none does, where several things are asked for, or something is not to be there."""
    things = asked.things
    if not things or asked.lacking or any(one.number != 1 for one in things):
        return None
    if any(one.relation not in ("", "with") for one in things):
        return None
    plain = _plainly(asked)
    for said in (asked, _in_its_color(plain), plain, _by_their_names(plain)):
        ways = list(_ways(said))
        if said is asked:  # what rules know by a near word is itself first (a toucan on a branch)
            ways = [*ways[:2], *((word,) for word in asked.unknown), asked.unknown]
        for left in dict.fromkeys(ways):
            shorter = leaving_out(said, left)
            if shorter.things[0].written:
                composer = composer_of(shorter)
                if composer is not None and composer.least <= side:
                    named = tuple(one for one in asked.replaced if one[1] in _names(shorter))
                    return Nearly(composer, shorter, left, named)
    return None


def _names(asked: Understood) -> set[str]:
    return {word for _, word, _ in asked.words}


def _by_their_names(asked: Understood) -> Understood:
    """With things called as the vocabulary calls them (pescado: fish)."""
    names = {w: en for w, en, _ in asked.words if ("object", en) in by_name()}
    things = []
    for one in asked.things:
        written = f" {one.written} "
        for word, name in names.items():
            written = written.replace(f" {word} ", f" {name} ")
        things.append(replace(one, written=written.strip()))
    words = tuple((names.get(w, w), en, es) for w, en, es in asked.words)
    return replace(asked, things=tuple(things), words=words)


def _plainly(asked: Understood) -> Understood:
    """Without near words: those that name a thing stand for it (campfire: fire), those that
    change one say nothing (haunted, for which undead is near)."""
    names = {w: (w, en, es) for w, en, es in asked.replaced if ("object", en) in by_name()}
    things = tuple(replace(one, written=" ".join(
        names[word][1] if word in names else word for word in one.written.split()
    )) for one in asked.things)  # fmt: skip
    words = (*asked.words, *((en, en, es) for _, en, es in names.values()))
    unknown = (*asked.unknown, *(w for w, _, _ in asked.replaced if w not in names))
    return replace(asked, things=things, words=words, replaced=(), unknown=unknown)


def _in_its_color(asked: Understood) -> Understood:
    """With a colour in place of what it is made of (an ice dragon: a cyan one), where no other is
    said."""
    main = asked.things[0]
    made = [(w, _COLOR_OF[en]) for w, en, _ in asked.words if en in _COLOR_OF and en != main.name]
    made = [one for one in made if one[0] in main.written.split()]
    if len(made) != 1 or main.colors:
        return asked
    ((word, color),) = made
    number = by_name()["colour", color]
    known = {english: written for written, english, _ in asked.words}
    lost = {i for (_, english), i in by_name().items() if known.get(english) == word}
    ids = (*(i for i in main.ids if i not in lost), number)
    written = " ".join(color if one == word else one for one in main.written.split())
    first = replace(main, written=written, colors=(color,), ids=ids)
    words = tuple((color, color, color) if one[0] == word else one for one in asked.words)
    return replace(asked, things=(first, *asked.things[1:]), words=words)


def _ways(asked: Understood) -> Iterator[tuple[str, ...]]:
    """What may be left out, the least first."""
    known = {word: english for word, english, _ in asked.words}
    changing = [w for w, english in known.items() if _only_changes(english)]
    weak = tuple(dict.fromkeys((*changing, *asked.unknown)))
    worn = tuple(one.written for one in asked.things[1:] if not one.colors)
    main = f" {asked.things[0].written} "
    things = {w for w, _, _ in asked.stands}
    names = [w for w, en in known.items()
             if (w in things or ("object", en) in by_name()) and f" {w} " in main]  # fmt: skip
    lesser = _lesser(names, known, asked.things[0].name) if len(names) == 2 else ()
    yield ()
    yield worn
    for many in range(1, min(len(weak), _FEW)):
        yield from combinations(weak, many)
    for more in ((), lesser, worn, (*lesser, *worn)):
        yield (*weak, *more)


def _only_changes(word: str) -> bool:
    kinds = by_name()
    named = any((kind, word) in kinds for kind in ("object", "material", "colour"))
    return ("modifier", word) in kinds and not named


def _lesser(names: list[str], known: dict[str, str], main: str) -> tuple[str, ...]:
    """Of two names the one that says less of how it looks: what a creature lives by, else what
    only tells of what kind the thing is that the sentence is about."""
    living = [name for name in names if _lives_by(known[name])]
    if len(living) == 1:
        return (living[0],)
    return tuple(name for name in names if known[name] != main)


def _lives_by(name: str) -> bool:
    return name in CALLINGS and not CALLINGS[name].skin
