"""Uncovering a drawing, with an engine that is only arithmetic."""

from __future__ import annotations

import numpy as np

from pincel.art.unmask import Pace, PaletteBatch, _order, described_arrays, uncover

SIDE = 8


def palettes(count: int) -> PaletteBatch:
    rng = np.random.default_rng(2)
    colors = rng.random((count, 5, 3), np.float32)
    return PaletteBatch(colors, np.ones((count, 5), bool), np.full((count, 5), -1, np.float32))


def engine(calls: list[int] | None = None):
    """Likes entry 2 for word 1, entry 4 for word 2, and what stands to the left."""

    def scores(seen, entries, valid, words):
        if calls is not None:
            calls.append(len(seen))
        made = np.zeros((len(seen), entries.shape[1] + 1, SIDE, SIDE), np.float32)
        made[:, 2] += 3 * (words[:, :1, None] == 1)
        made[:, 4] += 3 * (words[:, :1, None] == 2)
        return made

    return scores


def test_known_pixels_stay_and_each_picture_has_its_own_seed() -> None:
    rng = np.random.default_rng(0)
    index = rng.integers(0, 6, (3, SIDE, SIDE))
    hidden = rng.random((3, SIDE, SIDE)) < 0.5
    words = np.array([[1, 9]] * 3)
    pace = Pace(4, 1.0, 0.9, 2)
    made = uncover(engine(), index, hidden, palettes(3), words, [4, 5, 6], pace)
    assert np.array_equal(made[~hidden], index[~hidden])
    alone = PaletteBatch(*(v[1:2] for v in (lambda p: (p.colors, p.valid, p.rank))(palettes(3))))
    again = uncover(engine(), index[1:2], hidden[1:2], alone, words[:1], [5], pace)
    assert np.array_equal(made[1], again[0])


def test_all_are_drawn_in_the_steps_asked_and_guidance_strengthens() -> None:
    index = np.zeros((2, SIDE, SIDE), int)
    hidden = np.ones_like(index, bool)
    looks = []

    def told(number, now, still):
        looks.append(int(still.sum()))

    words = np.array([[1, 9], [2, 9]])
    shares = []
    for guidance in (1.0, 4.0):
        calls: list[int] = []
        looks.clear()
        pace = Pace(5, guidance, 1.0, 0)
        made = uncover(engine(calls), index, hidden, palettes(2), words, [1, 2], pace, told=told)
        assert len(looks) == 5
        assert looks[-1] == 0
        assert looks == sorted(looks, reverse=True)
        assert calls == [2 if guidance == 1 else 4] * 5
        shares.append(((made[0] == 2).mean() + (made[1] == 4).mean()) / 2)
    assert shares[1] > shares[0] > 0.5


def test_early_pixels_lie_far_apart() -> None:
    place = _order(16, np.random.default_rng(3))
    assert sorted(place.ravel()) == list(range(256))
    ys, xs = np.nonzero(place < 16)
    cells = {(y // 4, x // 4) for y, x in zip(ys, xs, strict=True)}
    assert len(cells) >= 11  # random draws reach about 10 of the 16


def test_described_shows_colour_outline_and_place() -> None:
    index = np.array([[[0, 1], [2, 3]]])
    hidden = np.array([[[False, False], [False, True]]])
    colors = np.arange(9, dtype=np.float32).reshape(1, 3, 3) / 10
    given = PaletteBatch(colors, np.ones((1, 3), bool), np.zeros((1, 3), np.float32))
    seen = described_arrays(index, hidden, given, np.array([[True, False], [False, False]]))
    assert seen.shape == (1, 9, 2, 2)
    assert seen[0, 0].tolist() == [[0, 0], [0, 1]]
    assert seen[0, 1].tolist() == [[0, 1], [1, 0]]
    assert np.allclose(seen[0, 2:5, 0, 1], colors[0, 0])
    assert np.allclose(seen[0, 2:5, 1, 1], 0)
    assert seen[0, 5].tolist() == [[1, 0], [0, 0]]
    assert (seen[0, 6] == 1).all()
