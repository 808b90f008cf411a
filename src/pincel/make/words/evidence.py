"""Whether a drawing shows what was asked, as far as the networks that come with Pincel can see.

A thing among the classes of a network that ranks drawings is looked for by that network, any other
thing by the captioner; a colour is counted. Materials and qualities are believed: nothing here can
see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from pincel.art import lexicon
from pincel.learn.captions import shows_color
from pincel.learn.measure import softmax
from pincel.make.words import ranking

_SIDE = 32


def seen(words: Sequence[int], pictures: Sequence[np.ndarray]) -> np.ndarray:
    """How surely each of the pictures, (h, w, 4) uint8 of at most 32 pixels a side that show one
    thing each, shows the things and colours of the words (ids), (n,) from 0 to 1: the probability
    of the first thing named (1 without any), times the share of the colours that are shown."""
    canvas = np.stack([_alone(rgba) for rgba in pictures])
    found = np.ones(len(canvas))
    things = [word for word in words if lexicon.vocabulary()[word]["kind"] == "object"]
    if things:
        found *= _named(things, canvas)
    colors = [lexicon.vocabulary()[word]["en"] for word in words if ranking.is_color(word)]
    if colors:
        found *= [np.mean([shows_color(rgba, color) for color in colors]) for rgba in canvas]
    return found


def _named(things: list[int], canvas: np.ndarray) -> np.ndarray:
    """The probability of the first of the things, by the first network that knows one."""
    for model in ranking.rankers():
        place = ranking.asked_class(things, model.about["classes"])
        if place is not None:
            return model.probabilities(canvas)[:, place]
    return _told(things[0], canvas)


def like(one: np.ndarray, other: np.ndarray) -> float:
    """How alike two sprites, one and other, (h, w, 4) uint8, look to the ranking network: the
    cosine of the scores that it gives their classes, without what it gives to nothing at all. At
    most 1."""
    model = ranking.ranker()
    if model is None:
        return 1.0
    nothing = np.zeros((_SIDE, _SIDE, 4), np.uint8)
    scores = model.logits(np.stack([nothing, _alone(one), _alone(other)])).astype(np.float64)
    first, second = scores[1] - scores[0], scores[2] - scores[0]
    return float(first @ second / max(np.linalg.norm(first) * np.linalg.norm(second), 1e-9))


def can_see(words: Sequence[int]) -> bool:
    """Whether there is a thing or colour among the words that can be looked for."""
    kinds = {lexicon.vocabulary()[word]["kind"] for word in words}
    return bool(kinds & {"object", "colour"})


def _alone(rgba: np.ndarray) -> np.ndarray:
    """What a picture shows in the middle of (32, 32, 4), doubled where it has room."""
    rgba = np.where(rgba[..., 3:] > 127, rgba, 0).astype(np.uint8)
    canvas = np.zeros((_SIDE, _SIDE, 4), np.uint8)
    rows, columns = np.nonzero(rgba[..., 3])
    if not len(rows):
        return canvas
    shown = rgba[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    if max(shown.shape[:2]) > _SIDE:
        step = -(-max(shown.shape[:2]) // _SIDE)
        shown = shown[::step, ::step]
    if max(shown.shape[:2]) * 2 <= _SIDE:
        shown = shown.repeat(2, 0).repeat(2, 1)
    top, left = ((_SIDE - size) // 2 for size in shown.shape[:2])
    canvas[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
    return canvas


def _told(word: int, canvas: np.ndarray) -> np.ndarray:
    """The probability that the captioner names a thing first."""
    ready = _captioner()
    if ready is None:
        return np.ones(len(canvas))
    from pincel.learn.prepare import network_numbers
    from pincel.look.captioner import captioner_sized

    side = int(ready.about["prepare"]["size"][0])
    given = network_numbers(np.stack([captioner_sized(rgba, side) for rgba in canvas]), ready.about)
    scores, _ = ready.step(given, np.zeros((len(canvas), 1), np.int64))
    name = lexicon.vocabulary()[word]["en"]
    columns = [k for k, (en, _, kind) in enumerate(ready.words) if en == name and kind == "object"]
    return softmax(scores[:, -1])[:, columns].sum(1)


@lru_cache(maxsize=1)
def _captioner() -> Any:
    from pincel.look.captioner import SHIPPED, open_captioner

    path = Path(str(resources.files("pincel") / "weights" / f"{SHIPPED}.onnx"))
    return open_captioner(SHIPPED) if path.is_file() else None
