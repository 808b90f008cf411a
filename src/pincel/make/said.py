"""Words of the vocabulary as a phrase in English or Spanish."""

from __future__ import annotations

from collections.abc import Sequence

_ORDER = {
    "en": ("colour", "modifier", "material", "object"),
    "es": ("object", "material", "modifier", "colour"),
}


def said(words: Sequence[tuple[str, str, str]], language: str) -> str:
    """(English, Spanish, kind) words in the order in which the language says them: English puts
    colours first, Spanish last. Canonical forms: nothing is inflected."""
    order = _ORDER[language]
    ranked = sorted(words, key=lambda word: order.index(word[2]) if word[2] in order else 0)
    return " ".join(word[0 if language == "en" else 1] for word in ranked)
