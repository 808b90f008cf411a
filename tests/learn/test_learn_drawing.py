"""What the sketcher learns from: words that stay true, pictures partly known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.learn.captions import shows_color  # noqa: E402
from pincel.learn.drawing import Drawings, Scenes, cover, rgba_of, spoiled  # noqa: E402
from pincel.pixels.color import srgb_to_oklab  # noqa: E402

RED, BLUE, STYLE = 1, 2, 9
COLORS = {"red": RED, "blue": BLUE, "green": 3, "yellow": 4, "orange": 5, "purple": 6, "pink": 7,
          "cyan": 8, "brown": 10, "gold": 11, "white": 12, "black": 13, "grey": 14}  # fmt: skip
NAMES = {number: name for name, number in COLORS.items()}


def drawings(count: int = 40) -> Drawings:
    """Red discs."""
    y, x = np.mgrid[:16, :16] - 7.5
    index = np.tile((np.hypot(x, y) < 6).astype(np.uint8), (count, 1, 1))
    palette = np.zeros((count, 31, 3), np.float32)
    palette[:, 0] = srgb_to_oklab(np.array([210, 30, 30], np.uint8))
    used = np.zeros((count, 31), np.int64)
    used[:, 0] = index[0].sum()
    words = np.tile(np.array([20, RED, 0, STYLE]), (count, 1))
    return Drawings(index, palette, np.ones(count), used, words, np.ones(count),
                    np.arange(count) >= count - 4, np.array(["disc"] * count),
                    np.zeros(count, int))  # fmt: skip


def test_batches_follow_from_their_number() -> None:
    scenes = Scenes(drawings(), COLORS, 5)
    many = scenes.batches(6)
    next(many)
    second = next(many)
    again = next(Scenes(drawings(), COLORS, 5).batches(6, 2))
    for one, other in zip(second, again, strict=True):
        assert torch.equal(one, other)
    assert second.pictures.shape == (6, 4, 16, 16)
    assert second.pictures.min() == -1
    assert second.known.shape == second.outline.shape == (6, 16, 16)


def test_a_thing_with_a_place_is_opened_there_and_asked_for_by_name() -> None:
    place = np.zeros((400, 16, 16), bool)
    place[:, 4:7, 6:10] = True
    thing = np.tile(np.array([30, 0, 0, STYLE]), (400, 1))
    scenes = Scenes(replace(drawings(400), place=place, place_words=thing), COLORS, 1)
    batch = scenes.sight(np.arange(400), np.random.default_rng(0), change=False)
    named = batch.words.numpy()[:, 0] == 30
    assert 0.2 < named.mean() < 0.4
    opened = ~batch.known.numpy()
    assert all(opened[n][place[n]].all() and opened[n].sum() <= 7 * 8 for n in named.nonzero()[0])


def test_colour_words_say_what_is_seen() -> None:
    """A disc whose hue was turned is never called red unless it still is."""
    scenes = Scenes(drawings(400), COLORS, 1)
    batch = scenes.sight(np.arange(400), np.random.default_rng(0))
    called: set[str] = set()
    for picture, words in zip(batch.pictures.numpy(), batch.words.numpy(), strict=True):
        rgba = np.moveaxis((picture + 1) * 127.5, 0, -1).round().astype(np.uint8)
        for word in words:
            if word in NAMES:
                called.add(NAMES[word])
                assert shows_color(rgba, NAMES[word])
    assert len(called) > 4
    assert (batch.words == 0).all(1).sum() < 40  # all is left unsaid of about a hundredth
    assert 10 < (batch.words[:, :-1] == 0).all(1).sum() < 90


def test_what_is_covered() -> None:
    covered = cover(600, 16, np.random.default_rng(2))
    whole = covered.all((1, 2)).mean()
    assert 0.55 < whole < 0.85
    parts = covered[~covered.all((1, 2))]
    assert (parts.any((1, 2)).mean()) > 0.8
    # what is covered hangs together: most neighbours share it
    assert (parts[:, :, 1:] == parts[:, :, :-1]).mean() > 0.7


def test_pictures_are_the_palettes() -> None:
    d = drawings(2)
    rgba = rgba_of(d.index, d.palette)
    assert rgba.shape == (2, 16, 16, 4)
    assert set(np.unique(rgba[..., 3])) == {0, 255}
    assert (rgba[d.index > 0][:, :3] == [210, 30, 30]).all()


def test_a_spoiled_sketch_errs_a_little() -> None:
    rng = np.random.default_rng(3)
    palette = np.zeros((200, 4, 3), np.float32)
    palette[:, 0, 0], palette[:, 1, 0], palette[:, 2, 0] = 0.3, 0.4, 0.9
    valid = np.tile([True, True, True, False], (200, 1))
    sketch = np.zeros((200, 8, 8), np.uint8)
    sketch[:, 2:6, 2:6] = rng.integers(1, 4, (200, 4, 4))
    made = spoiled(sketch, palette, valid, rng)
    assert 0.02 < (made != sketch).mean() < 0.2
    assert made.max() == 3  # the fourth colour is not in the palette
    inside = sketch == 3  # far from the others: changed by a neighbour only
    assert (made[inside] == 3).mean() > 0.93
