"""At which size a picture is seen: estimated, enlarged and brought back without a shift."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from pincel.learn.objects import inputs, object_sizes
from pincel.nets._instances import InstanceReading
from thing_files import cells


def test_the_nearest_scale_in_proportion() -> None:
    assert object_sizes.nearest_scale(13, 26) == 2 and object_sizes.nearest_scale(26, 26) == 1
    assert (
        object_sizes.nearest_scale(10, 26) == Fraction(5, 2)
        and object_sizes.nearest_scale(1, 26) == 3
    )
    assert object_sizes.nearest_scale(500, 26) == Fraction(1, 2)
    assert (
        object_sizes.nearest_scale(0, 26) == object_sizes.nearest_scale(13, 0) == 1
    )  # nothing known: as it is


def test_the_middle_size_leaves_out_what_a_border_cuts() -> None:
    labels = np.zeros((60, 80), np.int32)
    for number, (y, x, side) in enumerate(((5, 5, 10), (25, 30, 12), (40, 60, 14)), 1):
        labels[y : y + side, x : x + side] = number
    labels[0:30, 70:80] = 4  # cut by the border
    assert object_sizes.across([labels]) == pytest.approx(2 * np.sqrt(144 / np.pi))
    only = np.where(labels == 4, 1, 0)
    assert object_sizes.across([only]) == pytest.approx(
        2 * np.sqrt(300 / np.pi)
    )  # better than nothing
    assert object_sizes.across([np.zeros_like(labels)]) == 0


@pytest.mark.parametrize("scale", object_sizes.SCALES, ids=str)
def test_what_is_enlarged_comes_back_where_it_was(scale: Fraction) -> None:
    y, x = np.mgrid[:50, :70].astype(np.float32)
    ramp = np.stack([y, x, y + x], 2)
    shown = object_sizes.scaled_input(ramp, scale)
    assert shown.shape[2] % 16 == shown.shape[3] % 16 == 0
    for plane, wanted in zip(shown[0], ramp.transpose(2, 0, 1), strict=True):
        again = object_sizes.back(plane, (50, 70), scale)
        inner = (slice(4, -4), slice(4, -4))
        assert np.abs(again - wanted)[inner].max() < 0.1  # no shift: a ramp would show it


@pytest.mark.parametrize("scale", object_sizes.SCALES, ids=str)
def test_a_part_is_enlarged_to_the_pixels_of_the_whole(scale: Fraction) -> None:
    picture = cells(2, 480, 576, 40)[0].astype(np.float32)
    unit = object_sizes.unit(scale)
    top, left = 2 * unit, 3 * unit
    whole = object_sizes.scaled_input(picture, scale)[0]
    part = object_sizes.scaled_input(picture[top : top + 4 * unit, left : left + 4 * unit], scale)[
        0
    ]
    step = 16 * scale.numerator
    at = (slice(None), slice(2 * step, 6 * step), slice(3 * step, 7 * step))
    inner = (slice(None), slice(4, -4), slice(4, -4))
    assert whole[at][inner] == pytest.approx(part[inner], abs=1e-3)


def test_a_look_is_a_look_at_all_of_a_small_picture_and_parts_of_a_large_one() -> None:
    assert list(object_sizes.first_parts(300, 500)) == [(slice(0, 300), slice(0, 500))]
    seen = [(y.start, x.start) for y, x in object_sizes.first_parts(2000, 300)]
    assert len(seen) == 4 and all(0 <= y < 1744 and x >= 0 for y, x in seen)


def test_a_scale_is_told_by_a_first_look() -> None:
    picture = np.full((200, 200, 3), 20, np.uint8)
    y, x = np.mgrid[-6:7, -6:7]
    for top in (20, 70, 120):
        for left in (20, 70, 120):
            picture[top : top + 13, left : left + 13][y * y + x * x < 40] = 200
    asked: list[tuple[int, ...]] = []

    def maps(shown: np.ndarray) -> tuple[np.ndarray, ...]:
        asked.append(shown.shape)
        bright = shown[0, :1] > 1
        kinds = np.concatenate([np.where(bright, -9, 9), np.where(bright, 9, -9)]).astype("f4")
        return kinds, bright.astype(np.float32), np.repeat(bright, 2, 0).astype(np.float32)

    across = 2 * np.sqrt((y * y + x * x < 40).sum() / np.pi)
    how = InstanceReading(diameter=2 * across)
    sight = object_sizes.sight(maps, picture, how)
    assert sight.scale == 2 and asked == [(1, 3, 208, 208)]
    assert (
        object_sizes.sight(maps, picture, InstanceReading()).scale == 1 and len(asked) == 1
    )  # no look
    said = object_sizes.said_of(maps, picture.astype(np.float32) / 50, sight)
    assert said.chance.shape == said.depth.shape == (200, 200) and said.kinds.size == 0
    assert (said.chance[picture[..., 0] > 100] > 0.5).mean() > 0.95 and len(asked) == 2

    whole = object_sizes.sight(maps, picture, InstanceReading(diameter=across))
    assert whole.scale == 1 and whole.first is not None
    assert (
        object_sizes.said_of(maps, picture.astype(np.float32), whole) is whole.first
    )  # asked once
    twice = object_sizes.sight(maps, picture, InstanceReading(diameter=2 * across, twice=True))
    both = object_sizes.said_of(maps, inputs.for_masks(picture), twice)
    once = object_sizes.said_of(maps, inputs.for_masks(picture), replace(twice, twice=False))
    assert twice.first is not None
    assert both.chance == pytest.approx((once.chance + twice.first.chance) / 2, abs=1e-6)
    assert np.array_equal(both.depth, once.depth)


def test_a_picture_that_is_seen_as_it_is_anyway_is_not_looked_at_twice() -> None:
    picture = np.full((600, 700, 3), 20, np.uint8)
    y, x = np.mgrid[-6:7, -6:7]
    for top in range(10, 580, 40):
        for left in range(10, 680, 40):
            picture[top : top + 13, left : left + 13][y * y + x * x < 40] = 200
    asked: list[tuple[int, ...]] = []

    def maps(shown: np.ndarray) -> tuple[np.ndarray, ...]:
        asked.append(shown.shape[2:])
        bright = shown[0, :1] > 1
        return np.where(bright, np.float32(9), np.float32(-9)), bright.astype(np.float32)

    across = 2 * np.sqrt((y * y + x * x < 40).sum() / np.pi)
    how = InstanceReading(diameter=2 * across, twice=True)
    sight = object_sizes.sight(maps, picture, how)
    assert sight.first is not None and sight.first.chance.shape == (600, 700)
    object_sizes.said_of(maps, inputs.for_masks(picture), sight)
    assert asked == [(608, 704), (1216, 1408)]

    asked.clear()  # parts of a larger one are seen with what is around them, on the same steps
    wide = np.concatenate([picture, picture], 1)
    parts = object_sizes.sight(maps, wide, how)
    assert parts.first is None and parts.scale == sight.scale
    assert asked == [(416, 528)] * 4
    once = object_sizes.sight(maps, picture, replace(how, twice=False))
    assert once.first is None and once.scale == sight.scale and asked[4:] == [(256, 256)] * 4


HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    "apart, wanted, asked",
    [  # each small part shows several: they are enough; else all of the picture is looked at
        (40, 2, [(192, 192)] * 4 + [(1408, 1536)]),
        (40, HALF, [(192, 192)] * 4 + [(704, 768), (352, 384)]),
        (90, 2, [(192, 192), (704, 768), (1408, 1536)]),
    ],
)
def test_a_brief_look_is_at_small_parts_where_they_show_enough(
    apart: int, wanted: Fraction | int, asked: list[tuple[int, int]]
) -> None:
    picture = np.full((704, 768, 3), 20, np.uint8)
    y, x = np.mgrid[-6:7, -6:7]
    disk = y * y + x * x < 40
    for top in range(10, 680, apart):
        for left in range(10, 750, apart):
            picture[top : top + 13, left : left + 13][disk] = 200
    seen: list[tuple[int, ...]] = []

    def maps(shown: np.ndarray) -> tuple[np.ndarray, ...]:
        seen.append(shown.shape[2:])
        bright = shown[0, :1] > 1
        return np.where(bright, np.float32(9), np.float32(-9)), bright.astype(np.float32)

    across = 2 * np.sqrt(disk.sum() / np.pi)
    how = InstanceReading(diameter=float(wanted) * across, twice=True, brief=True)
    sight = object_sizes.sight(maps, picture, how)
    assert sight.scale == wanted and sight.twice == (wanted < 1)
    object_sizes.said_of(maps, inputs.for_masks(picture), sight)
    assert seen == asked


def test_what_is_framed_is_mirrored_also_where_little_is_seen() -> None:
    rng = np.random.default_rng(0)
    for height, width, step in ((40, 33, 16), (5, 7, 48), (16, 32, 16)):
        planes = rng.normal(size=(3, height, width)).astype(np.float32)
        beyond = ((0, 0), (0, -height % step), (0, -width % step))
        wanted = np.pad(planes, beyond, mode="symmetric")
        assert np.array_equal(inputs.framed_planes(planes, step), wanted)


def test_a_halved_picture_is_the_mean_of_four_pixels_a_half_rounded_up() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (36, 50, 3), dtype=np.uint8)
    four = rgb.reshape(18, 2, 25, 2, 3).astype(int).sum((1, 3))
    half = inputs.scaled(rgb, 0.5)
    assert half.dtype == np.uint8 and np.array_equal(half, (four + 2) // 4)
    shown = inputs.shown_boxes(half)
    assert shown.shape == (1, 3, 32, 32) and not shown[..., 18:, :].any()
    assert shown[0, :, :18, :25] == pytest.approx(half.transpose(2, 0, 1) / 127.5 - 1, abs=1e-6)


def test_levels_of_many_pixels_are_those_of_each() -> None:
    rng = np.random.default_rng(0)
    rgb = (rng.random((701, 903, 3)) ** 2 * [256, 200, 100]).astype(np.uint8)
    middle, span = inputs.levels_of(rgb)
    assert middle.tolist() == np.median(rgb, (0, 1)).tolist()
    assert span == np.diff(np.percentile(rgb, (1, 99.8))).round().item()


@pytest.mark.parametrize("scale", (Fraction(1), Fraction(3, 2)), ids=str)
def test_looks_at_mirror_images_are_averaged_in_the_pictures_own_place(scale: Fraction) -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(40, 56, 3)).astype(np.float32)

    def maps(shown: np.ndarray) -> tuple[np.ndarray, ...]:
        rows, columns = shown.shape[2:]
        kinds = np.stack([np.zeros((rows, columns), "f4"), shown[0, 0]])
        ramp = np.linspace(0, 1, columns, dtype=np.float32)  # leans to the right, always
        return kinds, np.broadcast_to(ramp, (1, rows, columns)), np.zeros((2, rows, columns))

    once, two, four = (
        object_sizes.said_of(maps, values, object_sizes.Sight(scale, looks=looks))
        for looks in (1, 2, 4)
    )
    for several in (two, four):  # what hangs on the pixel alone is as it was
        assert several.chance == pytest.approx(once.chance, abs=1e-5)
    assert np.ptp(once.depth[:, :48]) > 0.5  # what leaned is level
    assert two.depth[:, 4:-4] == pytest.approx(0.5, abs=1e-3)
    assert four.depth == pytest.approx(two.depth, abs=1e-6)
    seen = object_sizes.said_of(maps, values, object_sizes.Sight(scale))
    known = object_sizes.Sight(Fraction(1), first=seen, looks=2)
    if scale == 1:  # the first look counts as one of them
        assert object_sizes.said_of(maps, values, known).depth == pytest.approx(two.depth, abs=1e-6)


def test_one_cell_on_much_ground_keeps_its_shades() -> None:
    """csbdeep 0.8.2 divides by 1e-20 here, cellpose 4.2.1.1 sees nothing (their sources; findings/
    sparse-cells-normalised-away.sh)."""
    down, right = np.indices((512, 512)) - 200
    away = down**2 + right**2
    cell = np.where(away < 100, 100 - away, 0).astype(np.uint8)
    field = np.repeat(cell[..., None], 3, 2)
    assert (cell > 0).mean() < 0.002  # the ground's percentiles are both 0
    middle, span = inputs.levels_of(field)
    assert not middle.any() and 80 < span <= 100
    seen = inputs.for_masks(field)[..., 0]
    assert len(np.unique(seen[cell > 10])) > 30  # not all of it as bright as can be


def test_only_a_ground_much_darker_than_the_cells_gives_way_to_them() -> None:
    ground = (np.indices((256, 256)).sum(0) % 4).astype(np.uint8)  # a span of 3
    for top, span in ((100, 100), (30, 3)):
        field = np.repeat(ground[..., None], 3, 2)
        field[100:106, 100:106] = top  # 36 of 65,536 pixels
        assert inputs.levels_of(field)[1] == span


def test_a_hot_pixel_does_not_hide_dark_cells() -> None:
    field = np.repeat(np.where(np.indices((128, 128)).sum(0) % 32 < 8, 12, 2)[..., None], 3, 2)
    field = field.astype(np.uint8)
    known = inputs.levels_of(field)
    field[40, 40] = 255
    middle, span = inputs.levels_of(field)
    assert span == known[1] == 10 and (middle == known[0]).all()
