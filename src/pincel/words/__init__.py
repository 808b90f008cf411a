"""Every sentence that a person sees, in Spanish and English.

A sentence has a key, `area.name`, and lives in `words/<area>.json` with both languages side by
side: `{"name": {"en": "...", "es": "..."}}`. Deeper objects make longer keys. The language is the
one given to `use`, else `PINCEL_LANG`, else the locale; anything but Spanish reads English.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from importlib import resources
from numbers import Integral, Real
from string import Formatter

LANGUAGES = ("en", "es")
_chosen: ContextVar[str | None] = ContextVar("pincel_language", default=None)


def language() -> str:
    """The language in force: "en" or "es"."""
    chosen = _chosen.get()
    if chosen:
        return chosen
    for variable in ("PINCEL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "es" if value.lower().startswith("es") else "en"
    return "en"


def use(code: str | None) -> None:
    """Speak this language from here on (this thread or task); None goes back to the environment."""
    if code is not None and code not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, got {code!r}")
    _chosen.set(code)


@cache
def area(name: str) -> dict[str, dict[str, str]]:
    """All sentences of one area, flat: {"field.width": {"en": ..., "es": ...}}."""
    path = resources.files(__name__) / f"{name}.json"
    if not path.is_file():
        return {}
    flat: dict[str, dict[str, str]] = {}

    def walk(node: dict, prefix: str) -> None:
        for key, value in node.items():
            if set(value) == set(LANGUAGES) and all(isinstance(v, str) for v in value.values()):
                flat[prefix + key] = value
            else:
                walk(value, prefix + key + ".")

    walk(json.loads(path.read_text("utf-8")), "")
    return flat


def word_areas() -> list[str]:
    """The names of all areas."""
    folder = resources.files(__name__)
    return sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".json"))


def has(key: str) -> bool:
    """Whether a sentence exists under this key."""
    first, _, rest = key.partition(".")
    return rest in area(first)


def say(key: str, /, **values: object) -> str:
    """The sentence `key` in the language in force, its blanks filled.

    An unknown key is a programming error and raises KeyError.
    """
    first, _, rest = key.partition(".")
    try:
        sentence = area(first)[rest][language()]
    except KeyError:
        raise KeyError(f"no sentence {key!r} in pincel/words") from None
    if values and language() == "es":
        values = {name: _with_comma(name, value, sentence) for name, value in values.items()}
    return _filled(sentence, values) if values or "{{" in sentence else sentence


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with its blanks filled. Of one there is no plural: "{count} colours" becomes
    "1 colour" (but "48 x 1 pixels" stays)."""
    form = Formatter()
    written, one = "", False
    for text, blank, spec, change in form.parse(sentence):
        written += _of_one(text) if one else text
        if blank is None:
            one = False
            continue
        value = form.convert_field(form.get_field(blank, (), values)[0], change)
        shown = form.format_field(value, form.vformat(spec or "", (), values))
        one = shown == "1" and not re.search(r"(?:[x×/²]|\bto|\ba) $", written)
        if one and language() == "es":
            written = re.sub(_BEFORE, lambda hit: _OF_ONE[hit[1]], written)
            shown = "" if written.endswith(("el único", "la única")) else shown
        written += shown
    return written


_OF_ONE = {
    "los": "el único", "las": "la única", "cambiaron": "cambió ", "cambian": "cambia ",
    "dejan fuera": "deja fuera ",
}  # fmt: skip
"""What stands before a number in Spanish, as it is before a one."""
_BEFORE = rf"\b({'|'.join(_OF_ONE)}) $"


@cache
def _singular(code: str) -> dict[str, str]:
    """What stands after a number, in the plural, and the same of one."""
    pairs = area("one")["of_many"][code].split(", ")
    return {many: single for many, _, single in (pair.partition(" ") for pair in pairs)}


def _of_one(text: str) -> str:
    """What follows a one: its first words as of one, as far as they are nouns and what goes with
    them."""
    known = _singular(language())

    def single(hit: re.Match) -> str:
        words = hit[0].split(" ")
        for place, word in enumerate(words[1:], 1):
            if word not in known:
                break
            words[place] = known[word]
        return " ".join(words)

    return re.sub(r"^(?: [^\W\d_]+(?:-[^\W\d_]+)?)+", single, text)


def _with_comma(name: str, value: object, sentence: str) -> object:
    """A number that is not whole as Spanish writes it, 2,5. What a person typed ("came") or is to
    type after an option stays as the command line reads it."""
    whole = isinstance(value, Integral) or not isinstance(value, Real)
    if whole or name == "came" or re.search(rf"(?:--[\w-]+[ =]|\w=)\{{{name}\}}", sentence):
        return value
    return str(value).replace(".", ",").replace("-", "\u2212")
