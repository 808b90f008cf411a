"""Which words the drawing network draws badly, as measured by `benchmarks/recall.py`.

The figures stand beside the weights that they were measured on (`draw.sprites.recall.json`): for
each object so many drawings, and in how many of them another network, which `draw` never asks,
named it. Nothing in them is written by hand; new weights want a new file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from pincel import words as sentences
from pincel.art.lexicon import by_name, vocabulary

FILE = "draw.sprites.recall.json"
OFTEN = 0.34
"""A word that comes out in less than this share of the drawings often fails."""


@cache
def measured() -> dict[str, Any]:
    """What the file says: "sha256" of the weights that were measured, and "words", {English word:
    [drawings in which it was named, drawings]}; {} where nothing was measured."""
    path = resources.files("pincel") / "weights" / FILE
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def warnings(names: Iterable[str], sha256: str) -> list[str]:
    """A sentence for each thing (its English word) that the network with these weights draws badly.
    Figures of other weights say nothing."""
    known = measured()
    if known.get("sha256") != sha256:
        return []
    lines = []
    for name in dict.fromkeys(names):
        right, count = known["words"].get(name, (1, 1))
        if ("object", name) in by_name() and count and right / count < OFTEN:
            word = vocabulary()[by_name()["object", name]][sentences.language()]
            lines.append(sentences.say("prompt.often_fails", word=word, right=right, count=count))
    return lines
