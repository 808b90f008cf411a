"""A sentence without some of its words, or of some of its things alone."""

from __future__ import annotations

from dataclasses import replace

from pincel.art import lexicon
from pincel.art.lexicon import by_name
from pincel.make.words import grammar
from pincel.make.words.plurals import is_plural, single
from pincel.make.words.prompt import AskedThing, Understood
from pincel.words.unaccented import unaccented


def leaving_out(asked: Understood, left: tuple[str, ...]) -> Understood:
    """The same with words, and things that come with it, left out (as they were written)."""
    if not left:
        return asked
    known = {word: english for word, english, _ in asked.words}
    gone = {word for text in left for word in (text, *text.split())}
    lost = {number for (_, english), number in by_name().items()
            if english in {known.get(word) for word in gone}}  # fmt: skip
    things = []
    for one in asked.things:
        if one is not asked.things[0] and one.written in left:
            continue
        kept = [word for word in one.written.split() if word not in gone]
        names = [known[word] for word in kept if ("object", known.get(word)) in by_name()]
        name = one.name if one.name not in {known.get(w) for w in gone} else (names or [""])[0]
        ids = tuple(number for number in one.ids if number not in lost)
        noun = one.noun if name == one.name else ""
        things.append(replace(one, written=" ".join(kept), ids=ids, name=name, noun=noun))
    return replace(
        asked, things=tuple(things), words=tuple(w for w in asked.words if w[0] not in gone),
        unknown=tuple(w for w in asked.unknown if w not in gone),
        replaced=tuple(w for w in asked.replaced if w[0] not in gone),
        ids=tuple(number for number in asked.ids if number not in lost),
    )  # fmt: skip


def told_of(asked: Understood, things: list[AskedThing], lacking: bool) -> Understood:
    """What a prompt says of some of its things."""
    written = things[0].written
    if things[0].number != 1 or is_plural(things[0]):
        words = [word for word in written.split() if not grammar.is_number(word)]
        written = single(replace(things[0], written=" ".join(words)))
    first = replace(things[0], relation="", number=1, written=written, part=None)
    own = (first, *things[1:])
    said = " " + " ".join(unaccented(one.written) for one in things) + " "

    def here(word: str) -> bool:
        return f" {unaccented(word)} " in said

    ids = lexicon.widened([i for one in own for i in one.ids])
    return Understood(
        tuple(ids[:12]),
        tuple(word for word in asked.words if here(word[0])),
        tuple(word for word in asked.replaced if here(word[0])),
        tuple(word for word in asked.unknown if here(word)),
        own,
        asked.without if lacking else (),
        asked.lacking if lacking else (),
        tuple(word for word in asked.stands if here(word[0])),
    )
