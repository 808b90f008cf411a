"""Scenes: so many things on one canvas, parts in their own colours; a painter for the network."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import label

from pincel.art.arrange import arranged, how_many, stacked_drawings
from pincel.art.painted import painted
from pincel.art.places import part_pixels
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.learn.captions import color_shares
from pincel.make.words.prompt import understand
from pincel.make.words.scene import DrawnScene

GREY = np.array([[20, 20, 24], [120, 120, 124], [190, 190, 194]], np.uint8)


class Painter:
    """Grey blocks, their size by the seed; notes the words."""

    def __init__(self, high: int = 10, wide: int = 8) -> None:
        self.high, self.wide = high, wide
        self.asked: list[tuple[int, ...]] = []
        self.palettes: list = []

    def __call__(self, words, *, side: int, seed: int, palette=None) -> Sprite:
        self.asked.append(words)
        self.palettes.append(palette)
        index = np.full((side, side), -1, np.int16)
        times = side // 16
        high, wide = self.high * times, self.wide * times + seed % 2
        index[1 : 1 + high, 1 : 1 + wide] = 1
        index[1 : 1 + high // 3, 1 : 1 + wide] = 2
        return Sprite((index,), GREY if palette is None else palette)


def drawn(text: str, side: int = 32, painter: Painter | None = None, **more) -> Sprite:
    return DrawnScene(understand(text), side, **more).sprite(painter or Painter(), 0)


@pytest.mark.parametrize(("text", "count"), [("three coins", 3), ("dos espadas", 2), ("6 keys", 6)])
def test_so_many_are_drawn_apart_in_one_palette(text: str, count: int) -> None:
    painter = Painter(8, 7)
    sprite = drawn(text, painter=painter)
    assert label(sprite.indices >= 0)[1] == count == len(painter.asked)
    assert all(palette is not None for palette in painter.palettes[1:])


def test_too_many_are_refused_with_how_many_fit() -> None:
    with pytest.raises(PincelError, match="4 do"):
        drawn("5 coins", painter=Painter(15, 14))
    with pytest.raises(PincelError, match="--width 32"):
        drawn("two coins", side=16)
    with pytest.raises(PincelError):
        drawn("99 coins")
    with pytest.raises(PincelError):
        drawn("0 coins")


def test_two_things_have_each_their_own_words() -> None:
    painter = Painter()
    drawn("red dragon and blue sword", painter=painter)
    dragon, sword = understand("red dragon").ids, understand("blue sword").ids
    assert painter.asked == [dragon, sword]


def test_what_is_left_out_reaches_the_network_as_a_negative_word() -> None:
    painter = Painter()
    drawn("knight without a helmet", painter=painter)
    helmet = understand("helmet").ids[0]
    assert painter.asked[0][-1] == -helmet


@pytest.mark.parametrize("text", ["blue potion with a red lid", "red house with a blue roof",
                                  "green wizard with a yellow hat", "escudo azul con borde rojo",
                                  "blue mushroom with a red cap"])  # fmt: skip
def test_a_part_and_the_rest_show_each_its_own_colour(text: str) -> None:
    asked = understand(text)
    head, part = asked.things
    assert part.part is not None
    sprite = drawn(text)
    rgba = sprite.rgba()
    plain = Painter()((), side=32, seed=0).rgba()
    place = part_pixels(plain, part.part.place, part.part.least, part.part.most)
    assert next(iter(color_shares(rgba * place[..., None]))) == part.colors[0]
    assert next(iter(color_shares(rgba * ~place[..., None]))) == head.colors[0]
    assert len(sprite.palette) <= 31


def test_a_given_palette_gains_no_colour() -> None:
    palette = np.array([[20, 20, 20], [200, 40, 40], [49, 97, 207], [122, 168, 245]], np.uint8)
    sprite = drawn("red sword with a blue hilt", palette=palette)
    assert np.array_equal(sprite.palette, palette)
    assert (sprite.indices >= 2).any()


def test_painting_keeps_outlines_and_the_order_of_lights() -> None:
    index = np.array([[0, 1, 2, -1], [0, 1, 2, -1]], np.int16)
    made = painted(Sprite((index,), GREY), np.ones((2, 4), bool), "red")
    rgba = made.rgba()
    assert rgba[0, 0, :3].tolist() == GREY[0].tolist() and rgba[0, 3, 3] == 0
    assert rgba[0, 1, :3].sum() < rgba[0, 2, :3].sum()
    assert next(iter(color_shares(rgba))) == "red"


def test_rows_never_overlap_whatever_the_sizes() -> None:
    rng = np.random.default_rng(0)
    for count in range(1, 9):
        for _ in range(20):
            parts = [np.zeros(rng.integers(3, 17, 2), int) for _ in range(count)]
            canvas = arranged(parts, 32)
            if canvas is None:
                assert how_many(parts, 32) < count
                continue
            assert canvas.shape == (32, 32)
            assert (canvas >= 0).sum() == sum(part.size for part in parts)
    upper, lower = np.zeros((6, 4), int), np.ones((8, 9), int)
    assert (stacked_drawings([upper, lower], 32, False) >= 0).sum() == 24 + 72
    assert (stacked_drawings([upper, lower], 32, True) == 1).sum() == 72


def test_the_cut_is_where_the_colours_change() -> None:
    rgba = np.zeros((20, 20, 4), np.uint8)
    rgba[2:18, 5:15] = (200, 40, 40, 255)
    rgba[2:8, 5:15] = (40, 60, 200, 255)
    found = part_pixels(rgba, "top", 0.2, 0.6)
    assert np.array_equal(found, (rgba[..., 2] == 200))
    upright = part_pixels(rgba, "upper_end", 0.2, 0.6)
    assert np.array_equal(upright, found)
    assert not part_pixels(np.zeros((8, 8, 4), np.uint8), "eyes").any()
    with pytest.raises(KeyError):
        part_pixels(rgba, "nowhere")
