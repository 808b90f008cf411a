import numpy as np
import pytest

from pincel.art import outline
from pincel.pixels import color

PALETTE = np.array([[20, 16, 30], [200, 60, 50], [110, 30, 40], [240, 220, 180]], np.uint8)


def disc(size: int = 24, radius: float = 8, index: int = 1) -> np.ndarray:
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    return np.where(x * x + y * y < radius * radius, index, -1).astype(np.int16)


def test_outer_line_surrounds_and_leaves_the_inside() -> None:
    shape = disc()
    result = outline.outline(shape, PALETTE, "dark", "outer")
    line = (result != -1) & (shape == -1)
    assert np.array_equal(result[shape != -1], shape[shape != -1])
    assert set(result[line]) == {0}
    near = np.zeros_like(line)
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        near |= np.roll(shape != -1, (dy, dx), (0, 1))
    assert np.array_equal(line, near & (shape == -1))


def test_line_is_one_pixel_with_no_doubled_corner() -> None:
    line = outline.rim(disc(), "outer")
    block = line[1:, 1:] & line[:-1, 1:] & line[1:, :-1] & line[:-1, :-1]
    assert not block.any()
    corner = line[1:, 1:].astype(int) + line[:-1, 1:] + line[1:, :-1] + line[:-1, :-1]
    assert (corner == 3).sum() == 0  # three of a 2x2 block would be an L-shaped corner


def test_inner_line_keeps_the_silhouette() -> None:
    shape = disc()
    result = outline.outline(shape, PALETTE, "dark", "inner")
    assert np.array_equal(result == -1, shape == -1)
    assert (result == 0).sum() == outline.rim(shape, "inner").sum()


def test_coloured_line_is_a_darker_shade_of_what_it_encloses() -> None:
    result = outline.outline(disc(), PALETTE, "colored", "outer")
    line = outline.rim(disc(), "outer")
    assert set(result[line]) == {2}  # dark red around red


def test_nothing_transparent_no_line() -> None:
    full = np.ones((8, 8), np.int16)
    assert outline.outline(full, PALETTE, "dark", "outer") is full


def test_crumbs_get_no_line_of_their_own() -> None:
    shape = disc()
    shape[1, 1] = 3
    shape[12, 12] = -1
    cleaned = outline.without_crumbs(shape)
    assert cleaned[1, 1] == -1 and cleaned[12, 12] == 1


def test_the_frame_is_no_rim() -> None:
    bust = np.full((10, 10), -1, np.int16)
    bust[4:, 3:7] = 1
    assert not outline.rim(bust, "inner")[9, 4:6].any()


def test_a_palette_without_a_dark_colour_asks_for_one() -> None:
    light = np.array([[240, 200, 200], [250, 250, 250]], np.uint8)
    assert outline.needs_color(disc(index=0), light, "dark", "outer")
    assert not outline.needs_color(disc(), PALETTE, "dark", "outer")
    made = outline.dark_color(light)
    assert color.srgb_to_oklab(made)[0] < outline.DARK


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="outline is one of"):
        outline.outline(disc(), PALETTE, "fat")


@pytest.mark.parametrize("kind", ["dark", "colored"])
def test_what_has_a_dark_line_gets_no_second_one(kind: str) -> None:
    shape = disc()
    shape[outline.rim(shape, "inner")] = 0
    assert np.array_equal(outline.outline(shape, PALETTE, kind, "outer"), shape)
