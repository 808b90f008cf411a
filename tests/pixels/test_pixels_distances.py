"""Distances by hand and against scikit-image; the slide's point on a drawn face."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import metrics

from pincel.pixels import distances
from samples import face_picture


@pytest.fixture
def pair() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(4)
    return tuple(random.integers(0, 256, (21, 19, 3), dtype=np.uint8) for _ in "ab")


def test_by_hand() -> None:
    a = np.array([[0, 10], [250, 255]], np.uint8)
    b = np.array([[3, 10], [255, 251]], np.uint8)
    assert distances.l1(a, b) == pytest.approx((3 + 0 + 5 + 4) / 4)
    assert distances.rmse(a, b) == pytest.approx(((9 + 0 + 25 + 16) / 4) ** 0.5)
    assert distances.largest(a, b) == 5


def test_rmse_and_ssim_are_scikit_images(pair: tuple[np.ndarray, np.ndarray]) -> None:
    a, b = pair
    mean_square = metrics.mean_squared_error(a, b)
    assert distances.rmse(a, b) == pytest.approx(mean_square**0.5, rel=1e-5)
    assert distances.ssim(a, b) == pytest.approx(
        metrics.structural_similarity(a, b, channel_axis=-1, data_range=255)
    )
    assert distances.ssim(a[..., 0], b[..., 0]) == pytest.approx(
        metrics.structural_similarity(a[..., 0], b[..., 0], data_range=255)
    )


@pytest.mark.parametrize("name", distances.DISTANCES)
def test_equal_pictures_are_alike_and_order_does_not_matter(
    name: str, pair: tuple[np.ndarray, np.ndarray]
) -> None:
    a, b = pair
    distance = distances.DISTANCES[name]
    assert distance.measure(a, a) == pytest.approx(distance.alike)
    assert distance.measure(a, b) == pytest.approx(distance.measure(b, a))
    assert distance.measure(a, b) != pytest.approx(distance.alike)


@pytest.mark.parametrize("side", [1, 2, 3, 4, 6])
def test_tiny_pictures_have_all_distances(side: int) -> None:
    a = np.zeros((side, side, 3), np.uint8)
    told = distances.distance_table(a, {"white": a + 255})["white"]
    assert told["l1"] == 255 and told["ssim"] < 0.01


def test_copies() -> None:
    picture = np.array([[0, 100], [200, 255]], np.uint8)
    assert distances.darker_scene(picture, 60).tolist() == [[0, 40], [140, 195]]
    assert distances.shifted(picture, 1).tolist() == [[0, 0], [200, 200]]
    assert distances.shifted(picture, 0, 1).tolist() == [[0, 100], [0, 100]]
    grey = np.full((80, 80), 128, np.uint8)
    noisy = distances.noisy(grey, 25, np.random.default_rng(0))
    assert noisy.std() == pytest.approx(25, rel=0.05)
    again = distances.noisy(grey, 25, np.random.default_rng(0))
    assert np.array_equal(noisy, again)


def test_the_point_of_the_slide() -> None:
    """By pixels a face in less light lies farther away than the face with its eyes gone."""
    face = face_picture()[..., :3]
    height, width = face.shape[:2]
    other = face.copy()
    rows, columns = slice(height // 4, height // 2), slice(width // 4, width * 3 // 4)
    other[rows, columns] = other[rows, columns].mean((0, 1)).astype(np.uint8)
    told = distances.distance_table(face, {"dark": distances.darker_scene(face), "other": other})
    assert told["dark"]["l1"] > told["other"]["l1"] > 0


def test_the_notebook_of_the_slides_uses_l1(shared) -> None:
    """The formula behind seed 003's slide is the mean absolute difference: on its data, the first
    neutrophil of BloodMNIST, 60 darker, lies farther away than most other cells."""
    cells = np.load(shared / "bloodmnist.npz")
    images, labels = cells["train_images"], cells["train_labels"].ravel()
    first = images[np.nonzero(labels == 6)[0][0]]
    dark = distances.l1(first, distances.darker_scene(first, 60))
    assert dark == pytest.approx(59.385, abs=1e-3)
    others = [distances.l1(first, images[np.nonzero(labels == c)[0][0]]) for c in (0, 1, 2, 4, 5)]
    assert max(others) < dark
