"""The quick finder of steps against the walk along every outline."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from pincel.art import slopes
from pincel.art.staircases import staircases


def blobs(seed: int) -> np.ndarray:
    """Areas of five labels, rough to smooth by the seed, -1 among them."""
    rng = np.random.default_rng(seed)
    field = gaussian_filter(rng.normal(size=(31, 44)), 0.3 + 0.4 * seed)
    return np.digitize(field, np.quantile(field, [0.2, 0.4, 0.6, 0.8])).astype(np.int16) - 1


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_what_the_walk_finds(seed: int) -> None:
    labels = blobs(seed)
    walked = staircases(labels)
    one = slopes.slope_steps(labels[None], reach=64)
    assert len(one.image) == walked.steps
    for fault in ("uneven", "mixed"):
        ends = {
            tuple(sorted((int(a), int(b))))
            for a, b in zip(
                one.first[getattr(one, fault)], one.last[getattr(one, fault)], strict=True
            )
        }
        walks = {
            tuple(sorted((run.cracks[0][0] * 44 + run.cracks[0][1],
                          run.cracks[-1][0] * 44 + run.cracks[-1][1])))
            for run in getattr(walked, fault)
        }  # fmt: skip
        assert ends == walks
        assert int(getattr(one, fault).sum()) == len(getattr(walked, fault))


def test_pictures_of_a_batch_do_not_mix() -> None:
    labels = np.stack([blobs(seed) for seed in range(4)])
    one = slopes.slope_steps(labels, reach=64)
    together = [np.bincount(one.image[fault], minlength=4) for fault in (one.uneven, one.mixed)]
    for i, single in enumerate(labels):
        walked = staircases(single)
        assert (together[0][i], together[1][i]) == (len(walked.uneven), len(walked.mixed))


def test_longer_risers_than_the_reach_are_left_out() -> None:
    labels = np.zeros((50, 24), np.int16)
    for step in range(4):
        labels[44 - 9 * step :, 3 + 3 * step : -3] = 1
    labels[-3:] = 0
    far, near = (slopes.slope_steps(labels[None], reach=reach) for reach in (9, 4))
    assert far.here[far.rise_in == 9].tolist().count(3) >= 2
    assert not (near.rise_in > 4).any()


def test_an_empty_batch() -> None:
    assert not len(slopes.slope_steps(np.full((2, 5, 5), -1, np.int16)).image)
