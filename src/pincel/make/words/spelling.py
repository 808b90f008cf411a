"""Misspelt words: the known word that is reached with the least damage."""

from __future__ import annotations

import math
from collections.abc import Iterable

_SLIP = 0.6
"""Two letters that changed places, and one of two equal letters, are the likeliest slips (Damerau,
1964): cheaper than any other."""
_FIRST = 0.3
"""What a wrong first letter costs besides: hardly anyone misses it (Pollock and Zamora, 1984)."""
_FEWEST = 4


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Which of the `known` words was meant by a misspelt `word`, all plain (lower case, without
    accents); None where none is near, or the word has fewer than four letters.

    One slip in up to six letters, two in longer words. Of equally near words the one of the same
    length, then the shorter, then the first in the alphabet.
    """
    if len(word) < _FEWEST:
        return None
    most = 1.0 if len(word) <= 6 else 2.0
    found = []
    for other in known:
        if abs(len(other) - len(word)) > most or len(other) < _FEWEST - 1:
            continue
        far = distance(word, other, most)
        if far <= most:
            far += _FIRST * (word[0] != other[0] and set(word[:2]) != set(other[:2]))
            found.append((far, abs(len(other) - len(word)), len(other), other))
    return min(found)[-1] if found else None


def distance(one: str, other: str, most: float = math.inf) -> float:
    """How many slips lie between two words: letters left out, put in or changed cost 1; two
    neighbours that changed places, or a letter doubled or not, 0.6 (optimal string alignment).
    Words farther apart than `most` may be said to be infinitely far."""
    before: list[float] = []
    last = [float(place) for place in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        row = [float(i)]
        for j, b in enumerate(other, 1):
            out = _SLIP if i > 1 and one[i - 2] == a else 1
            in_ = _SLIP if j > 1 and other[j - 2] == b else 1
            cost = min(last[j] + out, row[j - 1] + in_, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2] and a != b:
                cost = min(cost, before[j - 2] + _SLIP)
            row.append(cost)
        if min(row) > most and min(last) > most:  # every way leads through one of the two
            return math.inf
        before, last = last, row
    return last[-1]
