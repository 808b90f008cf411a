"""How pixels whose colour only lies between their neighbours' can become fewer, cell by cell."""

from __future__ import annotations

import numpy as np

_ROOM = 4096  # cells whose triples of colours are looked for at once


def fringe_slope(share: np.ndarray, table: np.ndarray) -> np.ndarray:
    """The slope, same shape as `share` (h, w, k) 0-1, of the expected share of cells whose colour
    only lies between its opposite neighbours'; 0 for colours that a cell has nothing of. table:
    (k, k, k), not 0 where the second colour lies between the first and the third."""
    return Fringes(share > 0, table).slope(share)


class Fringes:
    """All the triples of one colour in each of three cells in a row whose middle one lies between
    the others. A cell has an opinion about few colours, always the same ones: what may come
    together is found once."""

    def __init__(self, held: np.ndarray, table: np.ndarray) -> None:
        """held: (h, w, k) bool, colours that a cell may have any of. table: see `fringe_slope`."""
        height, width, k = self.shape = held.shape
        cell, color = np.nonzero(held.reshape(-1, k))
        many = np.bincount(cell, minlength=height * width)
        entries = (cell * k + color).astype(np.int32), color, np.cumsum(many) - many, many
        cells = np.arange(height * width).reshape(height, width)
        self.sides = []
        for inner, apart in ((cells[1:-1], width), (cells[:, 1:-1], 1)):
            middles = inner.ravel()
            parts = [
                _triples(entries, middles[i : i + _ROOM], apart, table != 0)
                for i in range(0, len(middles), _ROOM)
            ]
            if parts:
                self.sides.append((len(middles), np.concatenate(parts, axis=1)))

    def slope(self, share: np.ndarray) -> np.ndarray:
        """What `fringe_slope` gives, of shares (h, w, k) 0-1, 0 where nothing is held. Shares with
        26 bits after the point are added up without a rounding, in whatever order."""
        flat = share.ravel()
        slope = np.zeros(flat.size)
        for count, (first, middle, last) in self.sides:
            one, two, three = flat[first], flat[middle], flat[last]
            for place, both in ((middle, one * three), (last, one * two), (first, two * three)):
                slope += np.bincount(place, both, flat.size) / count
        return slope.reshape(self.shape)


def _triples(
    entries: tuple[np.ndarray, ...], middles: np.ndarray, apart: int, table: np.ndarray
) -> np.ndarray:
    """The places in the flat grid of colours of the first, middle and last of each triple, (3, n)
    int32. entries: place and colour of each, where a cell's begin, how many a cell has."""
    place, color, start, many = entries

    def joined(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Each of n beside all the entries of its own cell: (which of n, which entry)."""
        count = many[cells]
        own = np.repeat(np.arange(len(cells)), count)
        begin = start[cells] - (np.cumsum(count) - count)
        return own, np.arange(len(own)) + begin[own]

    near, middle = joined(middles)
    own, first = joined(middles[near] - apart)
    near, middle = near[own], middle[own]
    leads = np.asarray(table.any(-1))
    kept = leads[color[first], color[middle]]
    near, middle, first = near[kept], middle[kept], first[kept]
    own, last = joined(middles[near] + apart)
    kept = table[color[first[own]], color[middle[own]], color[last]]
    own = own[kept]
    return place[np.stack([first[own], middle[own], last[kept]])]
