"""How two texts are compared when neither case nor accents count."""

from __future__ import annotations

import unicodedata


def unaccented(text: str) -> str:
    """Lower case, without accents: "Dragón" is "dragon"."""
    if text.isascii():  # nearly always, and then there is nothing to take apart
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
