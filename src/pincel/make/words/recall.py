"""Which words the drawing network draws badly, as measured by `benchmarks/recall.py`.

The figures stand beside the weights that they were measured on (`draw.sprites.recall.json`): for
each object so many drawings, and in how many of them another network, which `draw` never asks,
named it. Nothing in them is written by hand; new weights want a new file.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from pincel import words as sentences
from pincel.art.lexicon import by_name, vocabulary

FILE = "draw.sprites.recall.json"
OFTEN = 0.34
"""A word that comes out in less than this share of the drawings often fails."""


@cache
def measured() -> dict[str, tuple[int, int]]:
    """{English word: (drawings in which it was named, drawings)}; {} where nothing was measured."""
    path = resources.files("pincel") / "weights" / FILE
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text("utf-8"))["words"]
    return {name: (int(right), int(count)) for name, (right, count) in rows.items()}


def warning(name: str) -> tuple[str, ...]:
    """One sentence where a thing (its English word) is drawn badly, else ()."""
    right, count = measured().get(name, (1, 1))
    if not count or right / count >= OFTEN:
        return ()
    word = vocabulary()[by_name()["object", name]][sentences.language()]
    return (sentences.say("prompt.often_fails", word=word, right=right, count=count),)
