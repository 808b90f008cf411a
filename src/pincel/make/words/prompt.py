"""What a person asked for, in the words that the drawing network knows, English or Spanish."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from pincel import words as sentences
from pincel.art import lexicon
from pincel.art.lexicon import vocabulary
from pincel.errors import PincelError

__all__ = ["Understood", "understand", "vocabulary"]

MOST_WORDS = 12
"""The network takes so many words; what comes after is told as unknown."""
_ALIKE = 0.78
"""Share of equal letters from which a word counts as misspelt (difflib's ratio)."""
_EXAMPLES = ("dragon", "cat", "sword", "potion", "house", "heart", "wizard", "red")


@dataclass(frozen=True)
class Understood:
    """A prompt as the network's words.

    ids       vocabulary ids, objects first, colours last, at most 12
    words     (as written, English word, Spanish word) of every word understood
    replaced  the same for words it does not know but has a near one for (kitten: cat)
    unknown   words that say nothing to it
    """

    ids: tuple[int, ...]
    words: tuple[tuple[str, str, str], ...]
    replaced: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    def said(self) -> tuple[str, ...]:
        """Sentences about what was understood, in the language in force."""
        place = 1 if sentences.language() == "en" else 2
        lines = []
        known = [w[place] for w in (*self.words, *self.replaced)]
        lines.append(sentences.say("prompt.understood", words=", ".join(dict.fromkeys(known))))
        for word in self.replaced:
            lines.append(sentences.say("prompt.replaced", came=word[0], near=word[place]))
        if self.unknown:
            lines.append(sentences.say("prompt.unknown", words=", ".join(self.unknown)))
        return tuple(lines)


def understand(text: str) -> Understood:
    """Read a prompt ("red dragon", "dragón rojo"); both languages, mixed or not, accents optional.

    Unknown words are replaced by the nearest known one, by meaning (a small table) or spelling.
    PincelError when nothing is asked, or nothing of it is known or near.
    """
    if not text.strip():
        raise PincelError("prompt.empty", examples=_Examples())
    said = lexicon.split(text)
    head_first = _is_spanish(text)
    replaced: list[str] = []
    unknown: list[str] = []
    meant = []
    for one in said:
        ids = one.ids
        if ids:
            ids = _own_language(one, head_first)
        else:
            ids = _nearest(one.written)
            (replaced if ids else unknown).append(one.written)
        meant.append(lexicon.Phrase(one.written, ids))
    chosen = lexicon.settle(meant, head_first)
    if not chosen:
        raise PincelError("prompt.nothing", came=text.strip()[:60], examples=_Examples())
    all_ids = lexicon.widened([number for _, number in chosen])
    named = [(w, vocabulary()[i]["en"], vocabulary()[i]["es"]) for w, i in chosen]
    return Understood(
        tuple(all_ids[:MOST_WORDS]),
        tuple(n for n in named if n[0] not in replaced),
        tuple(n for n in named if n[0] in replaced),
        tuple(unknown),
    )


def _own_language(said: lexicon.Phrase, spanish: bool) -> tuple[int, ...]:
    """Where both languages have the word with different meanings ("pie"), that of the prompt."""
    own = lexicon.surfaces("es" if spanish else "en").get(lexicon.plain(said.written))
    return own or said.ids


def _is_spanish(text: str) -> bool:
    """Whether more words of the prompt are Spanish only than English only."""
    spanish = english = 0
    for one in lexicon.split(text):
        word = lexicon.plain(one.written)
        in_es, in_en = word in lexicon.surfaces("es"), word in lexicon.surfaces("en")
        spanish += in_es and not in_en
        english += in_en and not in_es
    tokens = set(lexicon.plain(text).split())
    spanish += len(tokens & {"de", "con", "un", "una", "el", "la", "los", "las", "y", "del"})
    english += len(tokens & {"the", "of", "with", "an", "and"})
    return spanish > english


def _nearest(word: str) -> tuple[int, ...]:
    """Ids of the known word nearest in meaning, else in spelling; () when none is near."""
    asked = lexicon.plain(word)
    table = {lexicon.plain(k): v for k, v in lexicon.near().items()}
    for form in (asked, asked.removesuffix("s"), asked.removesuffix("es")):
        if form in table:
            names = table[form]
            return tuple(i for w in vocabulary()[1:] if w["en"] in names for i in (w["id"],))[
                : len(names)
            ]
    if len(asked) < 4:
        return ()
    known = lexicon.surfaces()
    alike = difflib.get_close_matches(asked, known, n=1, cutoff=_ALIKE)
    return known[alike[0]] if alike else ()


class _Examples:
    """Some known words, in the language in force when the sentence is read."""

    def __str__(self) -> str:
        code = sentences.language()
        words = {w["en"]: w[code] for w in vocabulary()[1:] if w["kind"] in ("object", "colour")}
        return ", ".join(words[name] for name in _EXAMPLES)
