"""Words for a picture, one by one, from a captioner: greedily, each word at most once.

Works with any `step` that gives the scores of the next word and the shares of the attention:
ONNX Runtime in the base install, torch where a network was trained. Needs only numpy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

MOST = 12
Step = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""(pictures (n, c, h, w) float32, words (n, t) int64) -> scores (n, t, vocabulary), shares
(n, layers, heads, t, places)."""


@dataclass(frozen=True, eq=False)
class Wording:
    """What was said about one picture.

    words   ids, in the order in which they came
    chance  the probability of each when it was said
    shares  (words, side, side) where was looked for each: the mean over layers and heads, sum 1
    """

    words: tuple[int, ...]
    chance: tuple[float, ...]
    shares: np.ndarray


def written_captions(step: Step, pictures: np.ndarray, most: int = MOST) -> list[Wording]:
    """Captions of prepared pictures (n, c, h, w): always the likeliest word that was not yet said,
    until the end is likelier than any."""
    count = len(pictures)
    said = np.zeros((count, 1), np.int64)
    chances, looked = [], []
    open_ = np.ones(count, bool)
    for _ in range(most):
        scores, shares = step(pictures, said)
        powers = np.exp(scores[:, -1] - scores[:, -1].max(1, keepdims=True))
        odds = powers / powers.sum(1, keepdims=True)
        again = np.zeros_like(odds, bool)
        np.put_along_axis(again, said, True, 1)
        again[:, 0] = False  # the end may be said
        best = np.where(again, 0, odds).argmax(1)
        best[~open_] = 0
        chances.append(odds[np.arange(count), best])
        looked.append(shares[..., -1, :].mean((1, 2)))
        said = np.concatenate([said, best[:, None]], 1)
        open_ &= best > 0
        if not open_.any():
            break
    side = round(looked[0].shape[-1] ** 0.5)
    found = []
    for i in range(count):
        words = said[i, 1:][said[i, 1:] > 0]
        places = [looked[k][i].reshape(side, side) for k in range(len(words))]
        found.append(
            Wording(
                tuple(words.tolist()),
                tuple(float(chances[k][i]) for k in range(len(words))),
                np.stack(places) if places else np.zeros((0, side, side), np.float32),
            )
        )
    return found
