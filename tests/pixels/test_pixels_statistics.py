"""What the numbers of a picture are like."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.pixels import statistics
from pincel.pixels.open import open_picture


@pytest.mark.parametrize(
    "shape, count", [((224, 224, 3), 150_528), ((512, 512, 3), 786_432), ((28, 28, 3), 2352)]
)
def test_how_many_numbers_the_slides_say(shape: tuple[int, ...], count: int) -> None:
    assert statistics.product(shape) == count
    assert statistics.reading_of(np.zeros(shape, np.uint8), "hwc").count == count


def test_a_summary_is_numpys() -> None:
    values = np.random.default_rng(0).integers(0, 256, (30, 20), dtype=np.uint8)
    told = statistics.summarised(values)
    assert (told.least, told.most) == (values.min(), values.max())
    assert told.mean == pytest.approx(values.mean())
    assert told.deviation == pytest.approx(values.std())
    assert told.median == np.median(values)
    assert told.distinct == len(np.unique(values))


def test_missing_values_are_counted_not_averaged() -> None:
    told = statistics.summarised(np.array([1.0, np.nan, 3.0, np.inf]))
    assert (told.least, told.most, told.mean, told.missing) == (1, 3, 2, 2)
    nothing = statistics.summarised(np.full((2, 2), np.nan))
    assert nothing.missing == 4 and np.isnan(nothing.mean)
    counts, _ = statistics.histogram(np.full((2, 2), np.nan))
    assert counts.sum() == 0


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.float32, np.bool_])
def test_a_histogram_counts_every_value(dtype: type) -> None:
    values = np.random.default_rng(1).integers(0, 2, (17, 9)).astype(dtype)
    counts, edges = statistics.histogram(values)
    assert counts.sum() == values.size and len(edges) == len(counts) + 1
    assert counts[0] == (values == 0).sum()
    flat, _ = statistics.histogram(np.full((4, 4), 7, dtype))
    assert flat.sum() == 16


def test_entropy() -> None:
    assert statistics.bits_of_surprise(np.array([5, 0, 0])) == 0
    assert statistics.bits_of_surprise(np.ones(256)) == 8
    assert statistics.bits_of_surprise(np.zeros(4)) == 0


@pytest.mark.parametrize(
    "shape, dtype, kind, planes",
    [
        ((9, 12), np.uint8, "grey", ["grey"]),
        ((9, 12), np.uint16, "grey", ["grey"]),
        ((9, 12, 2), np.uint8, "grey-alpha", ["grey", "A"]),
        ((9, 12, 3), np.uint8, "rgb", ["R", "G", "B"]),
        ((9, 12, 4), np.uint8, "rgba", ["R", "G", "B", "A"]),
        ((9, 12, 7), np.float32, "channels", ["1", "2", "3", "4", "5", "6", "7"]),
        ((12, 9, 10), np.uint16, "volume", ["grey"]),
        ((5, 9, 12, 3), np.uint8, "volume", ["R", "G", "B"]),
    ],
)
def test_every_kind_of_the_slides_table(
    shape: tuple[int, ...], dtype: type, kind: str, planes: list[str]
) -> None:
    values = np.random.default_rng(0).integers(0, 200, shape).astype(dtype)
    reading = statistics.reading_of(*statistics.stored_numbers(open_picture(values)))
    assert reading.kind == kind
    assert reading.count == values.size
    assert [name for name, _ in reading.planes()] == planes
    chosen = values[1] if kind == "volume" else values
    for i, (_, plane) in enumerate(reading.planes(1)):
        assert np.array_equal(plane, chosen if chosen.ndim == 2 else chosen[..., i])


def test_palette_pictures_tell_their_colors(tmp_path) -> None:
    from PIL import Image

    image = Image.fromarray(np.arange(12, dtype=np.uint8).reshape(3, 4))
    image = image.convert("RGB").quantize(8)
    path = tmp_path / "p.png"
    image.save(path)
    reading = statistics.reading_of(*statistics.stored_numbers(open_picture(path)))
    assert reading.kind == "rgb" and reading.names == ("R", "G", "B")


def test_cmyk_keeps_its_four_inks(tmp_path) -> None:
    from PIL import Image

    path = tmp_path / "c.jpg"
    Image.new("CMYK", (8, 8), (10, 20, 30, 40)).save(path)
    reading = statistics.reading_of(*statistics.stored_numbers(open_picture(path)))
    assert reading.names == ("C", "M", "Y", "K") and reading.values.shape == (8, 8, 4)


def test_the_busiest_tile() -> None:
    plane = np.zeros((40, 50), np.uint8)
    plane[17:20, 33:36] = 255
    assert statistics.busiest(plane) == (32, 16)
    assert statistics.busiest(plane[:5, :5]) == (0, 0)
