"""HOG against scikit-image, and each step on pictures whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data
from skimage.feature import hog as skimage_hog

from pincel.errors import PincelError
from pincel.pixels import hog


def pictures() -> dict[str, np.ndarray]:
    random = np.random.default_rng(11)
    astronaut = data.astronaut()
    ramp = np.tile(np.linspace(0, 1, 48), (40, 1))
    return {
        "noise": random.random((50, 41)),
        "color noise": random.random((33, 47, 3)),
        "bytes": random.integers(0, 256, (64, 40)) / 255.0,
        "portrait": astronaut[40:168, 160:288] / 255.0,
        "portrait in grey": astronaut[40:168, 160:288].mean(-1) / 255.0,
        "ramp": ramp,
        "flat": np.full((32, 32), 0.5),
        "few values": random.integers(0, 2, (56, 56)).astype(float),
    }


SETTINGS = [
    (8, 2, 9, "L2-Hys", False),
    (8, 3, 9, "L2-Hys", True),
    (7, 2, 6, "L1", False),
    (6, 1, 12, "L2", True),
    (5, 3, 8, "L1-sqrt", False),
    (14, 2, 9, "L2-Hys", False),
]


@pytest.mark.parametrize("cell, block, bins, norm, root", SETTINGS)
@pytest.mark.parametrize("name", pictures())
def test_the_vector_is_scikit_images(
    name: str, cell: int, block: int, bins: int, norm: str, root: bool
) -> None:
    picture = pictures()[name]
    expected = skimage_hog(
        picture,
        orientations=bins,
        pixels_per_cell=(cell, cell),
        cells_per_block=(block, block),
        block_norm=norm,
        transform_sqrt=root,
        channel_axis=-1 if picture.ndim == 3 else None,
    )
    found = hog.description_of(picture, cell=cell, block=block, bins=bins, norm=norm, root=root)
    assert found.vector.shape == expected.shape
    assert np.abs(found.vector - expected).max() < 1e-6


def test_dalal_and_triggs_window_has_3780_numbers() -> None:
    assert len(hog.description_of(np.zeros((128, 64), np.uint8)).vector) == 3780


def test_a_vertical_edge_votes_for_the_first_bin() -> None:
    picture = np.zeros((16, 16))
    picture[:, 8:] = 1.0
    across, down = hog.gradients(picture)
    assert set(np.nonzero(across)[1]) == {7, 8} and not down.any()
    cells = hog.cell_histograms(np.hypot(across, down), hog.direction(across, down))
    assert cells.shape == (2, 2, 9)
    assert cells[..., 0].sum() == cells.sum() > 0


def test_dark_to_light_and_light_to_dark_are_one_direction() -> None:
    angle = hog.direction(np.array([1.0, -1.0, 0.0]), np.array([1.0, -1.0, 2.0]))
    assert np.allclose(angle, [45, 45, 90])


def test_twice_the_contrast_is_the_same_description() -> None:
    picture = np.random.default_rng(0).random((32, 32))
    assert np.allclose(
        hog.description_of(picture).vector, hog.description_of(picture * 0.5).vector, atol=1e-4
    )


def test_no_value_of_a_normalised_block_was_over_a_fifth() -> None:
    block = np.zeros((2, 2, 9))
    block[0, 0, 0] = 50.0
    block[1, 1] = 1.0
    even = hog.normalise(block)
    assert np.linalg.norm(even) == pytest.approx(1, abs=1e-4)
    raw = hog.normalise(block, "L2")
    assert raw.max() > 0.9 and even.max() / even[1, 1, 0] < raw.max() / raw[1, 1, 0]


def test_too_small_is_one_sentence() -> None:
    with pytest.raises(PincelError, match="at least 16 x 16"):
        hog.description_of(np.zeros((28, 15)))
