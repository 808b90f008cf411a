"""What a person asked for, in the words that the drawing network knows, English or Spanish."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pincel import words as sentences
from pincel.art import lexicon
from pincel.art.lexicon import vocabulary
from pincel.art.noun_names import Noun
from pincel.errors import PincelError
from pincel.make.words import grammar, spelling
from pincel.make.words.callings import trades
from pincel.make.words.grammar import Clause, Part, Token
from pincel.words.unaccented import unaccented

__all__ = ["AskedThing", "Understood", "understand", "vocabulary"]

MOST_WORDS = 12
"""The network takes so many words; what comes after is told as unknown."""
_ON_THE_EYE = re.compile(r"\b(parche)s? (?:en|sobre) (?:el|un|uno de los|su) ojos?\b", re.I)
"""Where a patch lies is no place in a scene."""
_LANTERN = re.compile(r"\bjack[- ]?o[\W_]{0,2}lantern", re.I)
_MEDUSA = re.compile(r"\b(?<!gorgon )medusa(?! (?:marina|gorgona))(s?)\b", re.I)
_TWO = frozenset(("a", "two", "three", "four", "five", "six"))
_DOS = frozenset(("dos", "tres", "cuatro", "cinco", "seis", "unas"))
_EXAMPLES = ("dragon", "cat", "sword", "potion", "house", "heart", "wizard", "red")


@dataclass(frozen=True)
class AskedThing:
    """A thing that is asked for, or a part of the one before it.

    relation  "" (the first), "and", "in", "on", "with", or one of grammar.STANDING
    name      its English word;  written  as the person wrote it
    ids       vocabulary ids, objects first, colours last, of what is said about it alone
    colors    the colours named for it, English words
    number    how many of it;  part  where it is a part of the thing before
    noun      the kind of `pincel.art.nouns` that it is, if any: `ids` are then of a near word
    """

    relation: str
    name: str
    written: str
    ids: tuple[int, ...]
    colors: tuple[str, ...] = ()
    number: int = 1
    part: Part | None = None
    noun: str = ""


@dataclass(frozen=True)
class Understood:
    """A prompt as the network's words.

    ids       vocabulary ids, objects first, colours last, at most 12
    words     (as written, English word, Spanish word) of every word understood
    replaced  the same for words it does not know but has a near one for (kitten: cat)
    unknown   words that say nothing to it
    things    what is asked for, one by one, each with its own colours and number
    without   ids of what is not to be there
    lacking   the plain words that say what is not to be there, known or not
    stands    as `replaced`, of things that rules know and the network does not
    """

    ids: tuple[int, ...]
    words: tuple[tuple[str, str, str], ...]
    replaced: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    things: tuple[AskedThing, ...] = ()
    without: tuple[int, ...] = ()
    lacking: tuple[str, ...] = ()
    stands: tuple[tuple[str, str, str], ...] = ()

    def said(self) -> tuple[str, ...]:
        """Sentences about what was understood, in the language in force."""
        place = 1 if sentences.language() == "en" else 2
        lines = []
        known = [_as_called(w, place) for w in (*self.words, *self.replaced)]
        lines.append(sentences.say("prompt.understood", words=", ".join(dict.fromkeys(known))))
        for word in (*self.replaced, *self.stands):
            lines.append(sentences.say("prompt.replaced", came=word[0], near=word[place]))
        if self.without:
            left = ", ".join(vocabulary()[i][sentences.language()] for i in self.without)
            lines.append(sentences.say("prompt.without", words=left))
        if self.unknown:
            lines.append(sentences.say("prompt.unknown", words=", ".join(self.unknown)))
        return tuple(lines)


def _as_called(word: tuple[str, str, str], place: int) -> str:
    """How a word is told: trades, which the vocabulary takes for men and women, as written."""
    return word[0] if unaccented(word[0]) in trades() else word[place]


def understand(text: str, without: str = "") -> Understood:
    """Read a prompt ("red dragon", "tres monedas", "a knight without a helmet"); both languages,
    mixed or not, accents optional. `without` says more of what is not to be there.

    Unknown words are replaced by the nearest known one, by meaning (a small table) or spelling.
    PincelError when nothing is asked, nothing of it is known or near, parts are to be counted, or
    what is asked for is to be left out.
    """
    if not text.strip():
        raise PincelError("prompt.empty", examples=_Examples())
    reading = _Reading(_ON_THE_EYE.sub(r"\1", in_one_sense(text)), without)
    chosen = [pair for found in reading.chosen for pair in found]
    if not chosen:
        raise PincelError("prompt.nothing", came=text.strip()[:60], examples=_Examples())
    left_out = reading.left_out()
    both = [i for _, i in chosen if i in left_out]
    if both:
        word = vocabulary()[both[0]][sentences.language()]
        raise PincelError("prompt.both", word=word)
    near = [(w, vocabulary()[i]["en"], vocabulary()[i]["es"]) for w, i in chosen]
    nouns = reading.nouns
    named = [(w, nouns[w].english[0], nouns[w].spanish[0]) if w in nouns else (w, en, es)
             for w, en, es in near]  # fmt: skip
    return Understood(
        tuple(lexicon.widened([number for _, number in chosen])[:MOST_WORDS]),
        tuple(n for n in named if n[0] not in reading.replaced),
        tuple(n for n in named if n[0] in reading.replaced),
        tuple(reading.unknown),
        reading.things(),
        tuple(left_out),
        tuple(unaccented(token.written) for one in reading.lacking for token in one.tokens),
        tuple(n for n in near if n[0] in nouns),
    )


def in_one_sense(text: str) -> str:
    """A prompt in which a word that means one thing in English and another in Spanish says which:
    a medusa has snakes for hair, "una medusa" swims. Where no other word tells the language, it is
    the one in force."""
    text = _LANTERN.sub("jack-o-lantern", text)
    if not _MEDUSA.search(text):
        return text
    rest = _MEDUSA.sub("", text)
    spanish, english = _in_each(rest)
    words = {*unaccented(rest).split()}
    spanish, english = spanish + len(words & _DOS), english + len(words & _TWO)
    if spanish > english or (spanish == english and sentences.language() == "es"):
        return _MEDUSA.sub(lambda found: "aguamalas" if found[1] else "medusa marina", text)
    return _MEDUSA.sub(r"gorgon\1", text)


class _Reading:
    """A sentence while it is read. `chosen` holds for each clause of `asked` its words."""

    def __init__(self, text: str, without: str) -> None:
        self.spanish = _is_spanish(text)
        self.replaced: list[str] = []
        self.unknown: list[str] = []
        found = grammar.clauses(text)
        self.asked = [one for one in found if one.relation != "without"]
        self.lacking = [one for one in found if one.relation == "without"]
        if not self.asked and self.lacking:
            self._not_first()
        self.lacking += grammar.clauses(without)
        self.certain = any("object" in t.kinds for one in self.asked for t in one.tokens)
        self.head = ""
        self.nouns: dict[str, Noun] = {
            token.written: token.noun for one in self.asked for token in one.tokens if token.noun
        }
        self.parts = self._parts()
        self.chosen = self._chosen()

    def _not_first(self) -> None:
        """ "Not red dragon": a dragon that is not red."""
        tokens = self.lacking[0].tokens
        asked = [token for token in tokens if "object" in token.kinds]
        if not asked or all(token.silent for token in tokens if token not in asked):
            return
        self.asked = [Clause("", asked)]
        self.lacking[0] = Clause("without", [token for token in tokens if token not in asked])

    def _parts(self) -> list[Part | None]:
        """For each clause the part that it is about, if any."""
        found: list[Part | None] = []
        for one in self.asked:
            if one.relation in ("with", "in", "on") and found:
                found.append(_part(one, self.head))
                continue
            names = [vocabulary()[i]["en"] for t in one.tokens for i in t.ids
                     if vocabulary()[i]["kind"] == "object"]  # fmt: skip
            self.head = (names[:1] if self.spanish else names[-1:] or [""])[0] if names else ""
            found.append(None)
        return found

    def _chosen(self) -> list[list[tuple[str, int]]]:
        """The words of each clause with one meaning each."""
        places, meant = [], []
        for place, (one, part) in enumerate(zip(self.asked, self.parts, strict=True)):
            for token in one.tokens:
                ids = self._ids(one, part, token)
                if ids:
                    places.append(place)
                    meant.append(lexicon.Phrase(token.written, ids))
        found: list[list[tuple[str, int]]] = [[] for _ in self.asked]
        for place, pair in zip(places, lexicon.settle(meant, self.spanish), strict=True):
            found[place].append(pair)
        return found

    def _ids(self, one: Clause, part: Part | None, token: Token) -> tuple[int, ...]:
        """What a word may mean; () and noted where it says nothing to the network."""
        if token.silent or (token.number is not None and one.named):
            return ()
        if part is not None and token.part and "colour" not in token.kinds:
            if token.ids and _is_thing(part):
                return token.ids
            if not any(t.kinds == {"colour"} for t in one.tokens):
                self.unknown.append(token.written)
            return ()
        if token.ids:
            return _own_language(token, self.spanish)
        ids = _nearest(token.written, self.certain)
        (self.replaced if ids else self.unknown).append(token.written)
        return ids

    def left_out(self) -> list[int]:
        """The ids of what is not to be there. Words that are not known are told as unknown."""
        found: list[int] = []
        for one in self.lacking:
            for token in one.tokens:
                plain = token.silent or token.part
                ids = token.ids or (() if plain else _nearest(token.written, False))
                if ids:
                    found.append(_own_language(Token(token.written, ids), self.spanish)[0])
                elif not token.silent:
                    self.unknown.append(token.written)
        return list(dict.fromkeys(found))

    def things(self) -> tuple[AskedThing, ...]:
        """The things, one by one; a fluid in a vessel is a part of the vessel."""
        found: list[AskedThing] = []
        for one, part, chosen in zip(self.asked, self.parts, self.chosen, strict=True):
            ids = lexicon.widened([number for _, number in chosen])
            if not ids and part is None:
                continue
            colors = [vocabulary()[i]["en"] for i in ids if vocabulary()[i]["kind"] == "colour"]
            name = _head(chosen, self.spanish) if part is None else part.en
            noun = self._noun(chosen, one)
            name = noun.english[0] if noun and part is None else name
            number = _number(one, name)
            pair = number == 1 and grammar.is_paired(name)  # "two boots" are boots
            written = " ".join(
                token.written for token in one.tokens
                if not token.silent and not (pair and token.number is not None)
            )  # fmt: skip
            counted = part is not None or any(token.part for token in one.tokens)
            if number > 1 and one.relation == "with" and (counted or name == "window"):
                raise PincelError("prompt.part_number", came=written)
            found.append(
                AskedThing(one.relation if found else "", name, written, tuple(ids), tuple(colors),
                      number, part, noun.kind if noun else "")
            )  # fmt: skip
        return tuple(_filled(found))

    def _noun(self, chosen: Sequence[tuple[str, int]], one: Clause) -> Noun | None:
        """The further thing that a clause is about, if its head is one."""
        things = [w for w, i in chosen if vocabulary()[i]["kind"] == "object"]
        head = (things[:1] if self.spanish else things[-1:]) or [""]
        return self.nouns.get(head[0])


def _head(chosen: Sequence[tuple[str, int]], spanish: bool) -> str:
    """The English word of the object that a clause is about; "" where it names none."""
    names = [vocabulary()[i]["en"] for _, i in chosen if vocabulary()[i]["kind"] == "object"]
    return (names[0] if spanish else names[-1]) if names else ""


def _number(one: Clause, name: str) -> int:
    numbers = [token.number for token in one.tokens if token.number is not None]
    if not numbers or not name or name == "number":
        return 1
    return 1 if numbers[0] == 2 and grammar.is_paired(name) else numbers[0]


def _filled(things: list[AskedThing]) -> list[AskedThing]:
    """ "A green potion in a blue bottle" is a blue bottle with a green liquid."""
    table = grammar.parts_table()
    for place, one in enumerate(things[1:], 1):
        inside = things[place - 1]
        if one.relation == "in" and one.name in table["vessels"] and inside.name in table["fluids"]:
            liquid = next(p for p in grammar.parts_named("liquid"))
            ids = lexicon.widened([*inside.ids, *one.ids])
            vessel = AskedThing(inside.relation, one.name, one.written, tuple(ids), one.colors)
            content = AskedThing(
                "with", "liquid", inside.written, inside.ids, inside.colors, 1, liquid
            )
            return [*things[: place - 1], vessel, content, *_filled(things[place + 1 :])]
    return things


def _part(one: Clause, head: str) -> Part | None:
    """The part of the head that a clause is about."""
    for token in one.tokens:
        if one.relation == "with":
            own = [part for part in token.part if head in part.of]
            own += [part for part in token.part if not part.of]
            # a word that is nothing but a part is believed of any thing ("a potion with a lid")
            own += () if token.ids else token.part
            if own:
                return own[0]
            for i in token.ids:
                word = vocabulary()[i]
                held = grammar.parts_table()["held"]
                if word["kind"] == "object" and word["en"] in held and head not in held:
                    return Part(word["en"], word["es"], "held")
    return None


def _is_thing(part: Part) -> bool:
    """Whether the network is told the part as a thing of its own: what is worn or held."""
    return part.place == "held" or part.en in grammar.parts_table()["worn"]


def _own_language(said: Token, spanish: bool) -> tuple[int, ...]:
    """Where both languages have the word with different meanings ("pie"), that of the prompt."""
    own = lexicon.surfaces("es" if spanish else "en").get(unaccented(said.written), ())
    return tuple(i for i in own if i in said.ids) or said.ids


def _is_spanish(text: str) -> bool:
    """Whether more words of the prompt are Spanish only than English only."""
    spanish, english = _in_each(text)
    return spanish > english


def _in_each(text: str) -> tuple[int, int]:
    """How many words of a prompt are Spanish only, and how many English only."""
    spanish = english = 0
    for one in lexicon.split(text):
        word = unaccented(one.written)
        in_es, in_en = word in lexicon.surfaces("es"), word in lexicon.surfaces("en")
        spanish += in_es and not in_en
        english += in_en and not in_es
    tokens = set(unaccented(text).split())
    spanish += len(tokens & {"de", "con", "un", "una", "el", "la", "los", "las", "y", "del", "sin"})
    english += len(tokens & {"the", "of", "with", "an", "and", "without"})
    return spanish, english


def _nearest(word: str, certain: bool) -> tuple[int, ...]:
    """Ids of the known word nearest in meaning, else in spelling; () when none is near. Where a
    thing is named for `certain`, a misspelt word is never taken for another one."""
    asked = unaccented(word)
    table = {unaccented(k): v for k, v in lexicon.near_words().items()}
    for form in (asked, asked.removesuffix("s"), asked.removesuffix("es")):
        if form in table:
            names = table[form]
            return tuple(i for w in vocabulary()[1:] if w["en"] in names for i in (w["id"],))[
                : len(names)
            ]
    if asked in _states():
        return ()
    known = lexicon.surfaces()
    if certain:
        kinds = {w["id"]: w["kind"] for w in vocabulary()}
        known = {form: tuple(i for i in ids if kinds[i] != "object") for form, ids in known.items()}
    alike = spelling.nearest(asked, (form for form, ids in known.items() if ids))
    return known[alike] if alike else ()


@cache
def _states() -> frozenset[str]:
    """Words of states and moods, which rules know ("scared"): not misspelt ones ("sacred")."""
    table = json.loads((resources.files("pincel.art") / "states.json").read_text("utf-8"))
    return frozenset(name for what in ("states", "moods") for names in table[what].values()
                     for name in names.split(", "))  # fmt: skip


class _Examples:
    """Some known words, in the language in force when the sentence is read."""

    def __str__(self) -> str:
        code = sentences.language()
        words = {w["en"]: w[code] for w in vocabulary()[1:] if w["kind"] in ("object", "colour")}
        return ", ".join(words[name] for name in _EXAMPLES)
