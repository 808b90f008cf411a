"""How a sentence about a sprite is built: things, how many, what they have and lack.

"Two blue swords with a golden hilt, without a gem" is a clause about two swords, one about a hilt
that belongs to them, one about what is to be left out. No network: words of relation part the
clauses, and a colour or a number belongs to the clause it stands in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from pincel.art import lexicon
from pincel.art.noun_names import Noun, names, names_alone
from pincel.words.unaccented import unaccented

_RELATIONS = {
    "with": "with having wearing holding carrying has con llevando lleva tiene",
    "without": "without no not nor lacking minus sin ni",
    "in": "in inside into en dentro",
    "on": "on upon atop over sobre encima",
    "and": "and y e & plus mas",
    "beside": "beside near",
    "under": "under underneath beneath below bajo",
    "behind": "behind tras",
    "before": "infrontof",
    "between": "between entre",
    "above": "above over",
    "leftof": "leftof",
    "rightof": "rightof",
}
STANDING = frozenset(
    ("beside", "under", "behind", "before", "between", "above", "leftof", "rightof")
)
"""Relations that say where a thing stands: it is drawn apart."""
_PHRASES = tuple(
    (re.compile(rf"\b(?:{said})\b(?=\s+\w)", re.IGNORECASE), f" {word} ")
    for word, said in {
        "beside": "next to|close to|junto a(?:l)?|al lado de(?:l)?|cerca de(?:l)?",
        "infrontof": "in front of|(?:por )?delante de(?:l)?|(?:en ?)?frente (?:de(?:l)?|a(?:l)?)",
        "above": "(?:por )?arriba de(?:l)?|por encima de(?:l)?",
        "on": "on top of|encima de(?:l)?|riding|mounted on"
        "|montad[oa]s? (?:en|sobre|a)|montando(?: en| a)?",
        "under": "(?:por )?(?:de)?bajo de(?:l)?",
        "behind": "(?:por )?detr[aá]s de(?:l)?",
        "in": "inside of|dentro de(?:l)?",
        "leftof": "(?:to |on )?the left of|a la izquierda de(?:l)?",
        "rightof": "(?:to |on )?the right of|a la derecha de(?:l)?",
    }.items()
)
"""Relations of several words, as one word."""
_RELATION = {word: kind for kind, words in _RELATIONS.items() for word in words.split()}
_NUMBERS = (
    "zero cero", "one uno", "two dos pair par couple", "three tres trio", "four cuatro",
    "five cinco", "six seis", "seven siete", "eight ocho", "nine nueve", "ten diez",
    "eleven once", "twelve doce dozen docena",
)  # fmt: skip
_NUMBER = {word: value for value, words in enumerate(_NUMBERS) for word in words.split()}
_PAIRED = frozenset(("boots", "gloves", "glasses", "scissors", "pants", "stairs", "headphone"))
"""Things that come in pairs: a pair of boots is one drawing."""
_OF = frozenset(("of", "de", "del"))
_HAIR_SAID = {
    "yellow": "blonde blond blondes blondie rubia rubio rubias rubios",
    "red": "redhead redheads redheaded ginger pelirroja pelirrojo pelirrojas pelirrojos",
    "brown": "brunette brunettes castana castano castanas castanos",
    "black": "morena moreno morenas morenos",
}
"""Words that say the colour of somebody's hair, by that colour."""
_HAIR = {word: color for color, words in _HAIR_SAID.items() for word in words.split()}
_BUN = re.compile("(?:hair ?)?buns?|moñ(?:o|os|ete)", re.IGNORECASE)
_COMPOUND = re.compile(r"\b(\w+)-(\w+?)e?d\b")


@dataclass(frozen=True)
class Part:
    """A part of a thing: its names, where it lies (see `pincel.art.places`), and which things (by
    their English words) have it; () where any may."""

    en: str
    es: str
    place: str
    least: float = 0.0
    most: float = 0.0
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Token:
    """A word, or words that belong together, as written; the ids that it may mean. `noun` where
    rules know it by a name that the vocabulary has not: its id is then that of a near word."""

    written: str
    ids: tuple[int, ...] = ()
    part: tuple[Part, ...] = ()
    number: int | None = None
    silent: bool = False
    noun: Noun | None = None

    @property
    def kinds(self) -> set[str]:
        """What kinds of word it may be."""
        return {lexicon.vocabulary()[i]["kind"] for i in self.ids}


@dataclass
class Clause:
    """What is said about one thing. relation: to the clause before ("" for the first)."""

    relation: str
    tokens: list[Token] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether a thing or a part stands in it, or a word that has a thing near."""
        return any(
            "object" in token.kinds or token.part or _near_a_thing(unaccented(token.written))
            for token in self.tokens
        )

    @property
    def counted(self) -> bool:
        """Whether a number stands in it."""
        return any(token.number is not None for token in self.tokens)


def clauses(text: str) -> list[Clause]:
    """The clauses of a sentence in English or Spanish, or both."""
    found = [Clause("")]
    for phrase, word in _PHRASES:
        text = phrase.sub(word, text)
    for token, relation in _named(_unfolded(joined_up(text))):
        if relation == "of":
            if found[-1].named and found[-1].relation != "without":
                found.append(Clause("of"))
        elif relation:
            if found[-1].tokens:
                found.append(Clause(relation))
            elif relation != "and":
                found[-1].relation = relation
        else:
            found[-1].tokens.append(token)
    for one in found:
        _somebody(one)
    _buns(found)
    return list(_haired([one for one in _joined(found) if one.tokens]))


def _buns(found: list[Clause]) -> None:
    """A bun that somebody has is hair, no bread."""
    people = set(parts_table()["people"])
    if not any(set(_objects(one)) & people for one in found):
        return
    hair = (lexicon.by_name()["object", "hair"],)
    for one in found:
        if one.relation in ("with", "without", "and", "in"):
            one.tokens = [
                Token(token.written, hair) if _BUN.fullmatch(token.written) else token
                for token in one.tokens
            ]


def _somebody(one: Clause) -> None:
    """ "A redhead" is somebody: where nobody and nothing stands beside such a word, the person that
    it means is put there."""
    said = next((token for token in one.tokens if unaccented(token.written) in _HAIR), None)
    if said is None or one.relation in ("with", "without", "in", "on") or _objects(one):
        return
    word = unaccented(said.written).removesuffix("s")
    meant = {"a": "woman", "o": "man"}.get(word[-1])
    if meant is None:
        meant = "woman" if word in ("blonde", "brunette") else "human"
    one.tokens.append(Token(said.written, (lexicon.by_name()["object", meant],)))


def _haired(found: list[Clause]) -> Iterator[Clause]:
    """ "Blonde woman" as "woman with yellow hair"; of hair itself and of things the colour."""
    for one in found:
        said = [token for token in one.tokens if unaccented(token.written) in _HAIR]
        said = [token for token in said if "object" not in token.kinds]
        kept = [token for token in one.tokens if token not in said]
        colors = [Token(token.written, (_hair_color(token),)) for token in said]
        if not said or not _objects(one):
            yield one
        elif set(_objects(one)) <= set(parts_table()["people"]):
            yield Clause(one.relation, kept)
            hair = Token(
                said[0].written, (lexicon.by_name()["object", "hair"],), parts_named("hair")
            )
            yield Clause("with", [colors[0], hair])
        else:
            yield Clause(one.relation, [*kept, *colors])


def _hair_color(token: Token) -> int:
    return lexicon.by_name()["colour", _HAIR[unaccented(token.written)]]


def _objects(one: Clause) -> list[str]:
    """The English words of the things that stand in a clause."""
    words = [lexicon.vocabulary()[i] for token in one.tokens for i in token.ids]
    return [word["en"] for word in words if word["kind"] == "object"]


def _unfolded(text: str) -> str:
    """ "Golden-hilted sword" as "sword with golden hilt"."""
    more = []

    def taken(match: re.Match) -> str:
        first, last = unaccented(match[1]), unaccented(match[2])
        ids = lexicon.surfaces().get(first, ())
        named = last if parts_named(last) else last[:-1]
        if any(lexicon.vocabulary()[i]["kind"] == "colour" for i in ids) and parts_named(named):
            more.append(f" with {match[1]} {named}")
            return ""
        return match[0]

    return _COMPOUND.sub(taken, text) + "".join(more)


def joined_up(text: str) -> str:
    """A text with words apart that people write as one: "hotdog" as "hot dog"."""

    def apart(match: re.Match) -> str:
        word = unaccented(match[0]).replace("-", "")
        if word in lexicon.surfaces() or word in names():
            return match[0]
        return _apart().get(word, match[0])

    return re.sub(r"[^\W\d_]+(?:-[^\W\d_]+)*", apart, text)


@cache
def _apart() -> dict[str, str]:
    """Names of two words, written as one."""
    things = {word["id"] for word in lexicon.vocabulary() if word["kind"] == "object"}
    known = [name for name, ids in lexicon.surfaces("en").items() if things & {*ids}]
    return {
        name.replace(" ", ""): name for name in (*known, *names()) if " " in name
    }  # fmt: skip


def _named(text: str) -> list[tuple[Token, str]]:
    """Every token and the relation that it is ("" for none). What a thing may be made of (leather)
    is a thing where nothing else is named."""
    found = list(_marked(text, _sure_names()))
    things = [token for token, _ in found if "object" in token.kinds or token.part]
    if any(unaccented(token.written) not in names_alone() for token in things):
        return found
    return list(_marked(text, names().keys()))


@cache
def _sure_names() -> frozenset[str]:
    """Names of nouns that count whatever else is named."""
    return frozenset(names().keys() - names_alone())


def _marked(text: str, nouns: Collection[str]) -> Iterator[tuple[Token, str]]:
    """Every token and the relation that it is ("" for none), with the names of `nouns`."""
    for place, piece in enumerate(re.split(r"[,;:.!?]+", text)):
        if place:
            yield Token(","), "and"
        for said in lexicon.split(piece, every=True, names=nouns):
            word = unaccented(said.written)
            if word in nouns:
                noun = names()[word]
                near = lexicon.by_name()["object", noun.near]
                yield Token(said.written, (near,), parts_named(word), noun=noun), ""
                continue
            silent = not said.ids and word in lexicon.stop_words()
            if word in _OF:
                yield Token(said.written, silent=True), "of"
            elif not said.ids and word in _RELATION:
                yield Token(said.written, silent=True), _RELATION[word]
            else:
                number = None if said.ids else _number(word)
                yield Token(said.written, said.ids, parts_named(word), number, silent), ""


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _NUMBER.get(word)


def _joined(found: list[Clause]) -> list[Clause]:
    """Clauses in which no thing stands go to the one before (or after, where it comes first); what
    follows "and" shares the relation of what stands before it."""
    kept: list[Clause] = []
    for one in found:
        if kept and one.relation == "and" and kept[-1].relation in ("with", "without", "between"):
            one.relation = kept[-1].relation
        elif one.relation == "of" and _tells_a_part(one):
            one.relation = "with"
        apart = one.relation == "without" or (one.named and one.relation != "of")
        if not kept or (apart and (kept[-1].named or kept[-1].relation == "without")):
            kept.append(one)
        else:
            kept[-1].tokens += one.tokens
    return kept


def _tells_a_part(one: Clause) -> bool:
    """Whether "of" leads to a part with a colour of its own ("de empuñadura dorada")."""
    colored = any(token.kinds == {"colour"} for token in one.tokens)
    return colored and any(token.part for token in one.tokens)


def is_number(word: str) -> bool:
    """Whether a plain word says how many."""
    return _number(unaccented(word)) is not None


def is_paired(name: str) -> bool:
    """Whether a thing (its English word) comes in pairs, so that a pair of it is one."""
    return name in _PAIRED


# -------------------------------------------------------------------------------------- parts


def _near_a_thing(word: str) -> bool:
    """Whether a plain word, or what it may be the plural of, has a thing near."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es")}
    return bool(forms & _near_things()) or (
        word[-3:] == "ies" and word[:-3] + "y" in _near_things()
    )


@cache
def _near_things() -> frozenset[str]:
    """The words that the network does not know, but has a thing near for (a cottage: house)."""
    things = {word["en"] for word in lexicon.vocabulary()[1:] if word["kind"] == "object"}
    return frozenset(
        unaccented(word) for word, near in lexicon.near_words().items() if things & set(near)
    )


@cache
def parts_table() -> dict[str, Any]:
    """parts.json: the parts, and which things are worn, held, hold a fluid or are one."""
    return json.loads((resources.files("pincel.art") / "parts.json").read_text("utf-8"))


@cache
def _parts() -> dict[str, tuple[Part, ...]]:
    found: dict[str, tuple[Part, ...]] = {}
    for row in parts_table()["parts"]:
        reach = (row.get("from", 0.0), row.get("to", 0.0))
        part = Part(row["en"], row["es"], row["place"], *reach, tuple(row.get("of", ())))
        names = (row["en"], row["es"], *row.get("also_en", ()), *row.get("also_es", ()))
        for name in map(unaccented, names):
            known = found.get(name, ())
            found[name] = known if part in known else (*known, part)
    return found


def parts_named(word: str) -> tuple[Part, ...]:
    """The parts that a plain word may mean, singular or plural; () where it is none."""
    forms = [word, word.removesuffix("s"), word.removesuffix("es")]
    if word.endswith("ves"):
        forms.append(word[:-3] + "f")
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    known = _parts()
    return next((known[form] for form in forms if form in known), ())
