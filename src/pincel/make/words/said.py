"""Words of the vocabulary as a phrase in English or Spanish."""

from __future__ import annotations

from collections.abc import Sequence

from pincel.art import lexicon

_KINDS = {
    "en": ("modifier", "colour", "material", "object"),
    "es": ("object", "modifier", "colour", "material"),
}
_NOUNS = frozenset(
    ("noche", "día", "desierto", "bosque", "mar", "pantano", "mazmorra", "navidad", "jalea real")
)
"""Modifiers that are things in Spanish: "de noche"."""
_QUALITIES = frozenset(("eléctrico",))
"""Materials that are no things."""

_MANY = frozenset((
    "botas", "guantes", "escamas", "tijeras", "gafas", "uvas", "tortitas", "palomitas",
    "patatas fritas", "destellos",
))  # fmt: skip
"""Things that Spanish names in the plural."""


def said_words(words: Sequence[tuple[str, str, str]], language: str) -> str:
    """(English, Spanish, kind) words as the language says them: "big red and grey iron dragon",
    "dragón grande rojo y gris de hierro". In Spanish qualities agree with the first object."""
    order = _KINDS[language]
    by_kind = {kind: [w for w in words if w[2] == kind] for kind in order}
    place = 0 if language == "en" else 1
    feminine = language == "es" and _feminine(by_kind["object"])
    many = bool(by_kind["object"]) and by_kind["object"][0][1] in _MANY
    parts: list[str] = []
    for kind in order:
        own = [w[place] for w in by_kind[kind]]
        if language == "es":
            own = [_fitted(word, kind, feminine, many) for word in own]
        if kind == "colour" and own:
            between = " and " if language == "en" else " y "
            own = [", ".join(own[:-1]) + between + own[-1]] if len(own) > 1 else own
        parts += own
    parts += [w[place] for w in words if w[2] not in order]
    return " ".join(parts)


def _feminine(objects: Sequence[tuple[str, str, str]]) -> bool:
    if not objects:
        return False
    number = lexicon.by_name().get(("object", objects[0][0]))
    return number is not None and lexicon.vocabulary()[number].get("gender") == "f"


def _fitted(word: str, kind: str, feminine: bool, many: bool) -> str:
    """A Spanish word where it stands."""
    thing = (kind == "material" and word not in _QUALITIES) or word in _NOUNS
    if thing:
        return word if word.startswith("de ") else f"de {word}"
    if kind == "object" or word.startswith(("con ", "a ")):
        return word
    if feminine and word.endswith("o"):
        word = word[:-1] + "a"
    elif feminine and word.endswith("dor"):
        word += "a"
    return _plural(word) if many else word


def _plural(word: str) -> str:
    """A Spanish quality of several things."""
    if word[-1] in "aeiouáéó":
        return word + "s"
    if word.endswith("z"):
        return word[:-1] + "ces"
    return word.removesuffix("ón") + ("ones" if word.endswith("ón") else "es")
