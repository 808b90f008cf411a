"""PSNR and SSIM agree with scikit-image."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from pincel.pixels.fidelity import batch_ssim, psnr


@pytest.mark.parametrize("shape", [(3, 16, 20, 1), (2, 28, 28, 3), (2, 8, 9, 4), (1, 5, 6, 1)])
def test_as_scikit_image(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(3)
    true = rng.random(shape)
    given = np.clip(true + rng.normal(0, 0.1, shape), 0, 1)
    window = min(7, *(s - 1 + s % 2 for s in shape[1:3]))
    for i in range(len(true)):
        pair = (true[i], given[i])
        assert psnr(true, given)[i] == pytest.approx(peak_signal_noise_ratio(*pair, data_range=1))
        assert batch_ssim(true, given)[i] == pytest.approx(
            structural_similarity(*pair, data_range=1, channel_axis=-1, win_size=window), rel=1e-9
        )


def test_equal_pictures() -> None:
    some = np.random.default_rng(0).random((2, 8, 8, 3))
    assert np.isinf(psnr(some, some)).all()
    assert batch_ssim(some, some) == pytest.approx([1, 1])


def test_the_span_is_the_unit() -> None:
    rng = np.random.default_rng(1)
    true, given = rng.random((2, 1, 16, 16, 1))
    assert psnr(255 * true, 255 * given, 255) == pytest.approx(psnr(true, given))
    assert batch_ssim(255 * true, 255 * given, 255) == pytest.approx(batch_ssim(true, given))
