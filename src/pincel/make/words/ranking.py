"""Which of several drawings shows best what was asked: a classifier looks, colours are counted.

Two classifiers look, through ONNX Runtime: `cnn.sprites`, and one that tells more things apart.
They have learned from sprites that people drew, and where both know the asked-for thing both count.
What judges `pincel draw` in the benchmark is another one, taught apart, that nothing here uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pincel.art import lexicon

if TYPE_CHECKING:
    from pincel.look.onnx_model import OnnxModel

RANKERS = ("cnn.sprites.onnx", "draw.sprites.ranker.onnx")
"""A hundred objects, surely; every object of which enough sprites were seen, less surely."""
COLOR = 6.0
"""What an obeyed colour word counts, in nats."""
_EMPTY = 6.0
"""What counts against a sprite that shows nothing, or fills its whole canvas."""
_FLOOR = 1e-4
"""No network is surer than this that a thing is not seen."""
_FEWEST, _MOST = 0.06, 0.97


def ranked(words: Sequence[int], pictures: np.ndarray) -> np.ndarray:
    """How well each of the pictures (n, s, s, 4) uint8, 16 or 32 pixels a side, shows the words
    (ids of the vocabulary; -id: and does not show it), (n,): larger is better."""
    unwanted = [-word for word in words if word < 0]
    words = [word for word in words if word > 0]
    values = np.zeros(len(pictures))
    for i, (rgba, obeyed) in enumerate(zip(pictures, _obeyed(words, pictures), strict=True)):
        share = float((rgba[..., 3] > 0).mean())
        values[i] -= _EMPTY * (share < _FEWEST or share > _MOST)
        values[i] += COLOR * obeyed
    led_away = [_obeyed([word], pictures) for word in unwanted if is_color(word)]
    for i in range(len(pictures) if led_away else 0):
        values[i] -= COLOR * sum(obeyed[i] for obeyed in led_away)
    times = 32 // pictures.shape[1]  # what is drawn at 16 pixels is learned doubled
    shown = pictures.repeat(times, 1).repeat(times, 2)
    for model in rankers():
        names = model.about["classes"]
        place = asked_class(words, names)
        others = [asked_class([word], names) for word in unwanted]
        if place is None and all(other is None for other in others):
            continue
        chances = model.probabilities(shown)
        if place is not None:
            values += np.log(chances[:, place] + _FLOOR)
        for other in others:
            values += 0 if other is None else np.log1p(_FLOOR - chances[:, other])
    return values


def is_color(word: int) -> bool:
    """Whether a word (its id) is a colour."""
    return lexicon.vocabulary()[word]["kind"] == "colour"


def asked_class(words: Sequence[int], names: Sequence[str] | None = None) -> int | None:
    """The place of the object that the words name first among a classifier's classes, if any;
    `names`: theirs, else the 100 of `cnn.sprites`."""
    names = lexicon.classes() if names is None else names
    vocabulary = lexicon.vocabulary()
    for word in words:
        entry = vocabulary[word]
        if entry["kind"] == "object" and entry["en"] in names:
            return names.index(entry["en"])
    return None


def _obeyed(words: Sequence[int], pictures: np.ndarray) -> list[float]:
    """Share of the colour words that each sprite shows; 1 without any."""
    vocabulary = lexicon.vocabulary()
    named = [vocabulary[w]["en"] for w in words if vocabulary[w]["kind"] == "colour"]
    if not named:
        return [1.0] * len(pictures)
    from pincel.learn.captions import color_shares, color_words, is_shown

    said = color_words(pictures[..., :3])  # of all at once: quicker than of one after the other
    shares = [color_shares(rgba, own) for rgba, own in zip(pictures, said, strict=True)]
    return [sum(is_shown(name, own) for name in named) / len(named) for own in shares]


@lru_cache(maxsize=1)
def rankers() -> tuple[OnnxModel, ...]:
    """The networks that look at a drawing, those of them that are there; opened once."""
    from pincel.look.onnx_model import open_onnx

    folder = Path(str(resources.files("pincel") / "weights"))
    return tuple(
        open_onnx(folder / name, threads=1) for name in RANKERS if (folder / name).is_file()
    )


def ranker() -> OnnxModel | None:
    """The network of a hundred objects."""
    return next(iter(rankers()), None)
