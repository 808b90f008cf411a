from __future__ import annotations

import numpy as np
import pytest

from pincel.learn.collapse import read_meter


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_equal_vectors_are_collapsed() -> None:
    meter = read_meter(np.tile(unit(np.ones((1, 8))), (20, 1)), np.tile(np.arange(10), 2))
    assert meter.collapsed
    assert meter.spread == pytest.approx(0, abs=1e-6)
    assert meter.alignment == pytest.approx(0, abs=1e-9)
    assert meter.uniformity == pytest.approx(0, abs=1e-9)
    assert meter.rank == pytest.approx(1, abs=1e-6)


def test_one_direction_in_use_is_collapsed() -> None:
    signs = np.where(np.arange(20) % 2, 1.0, -1.0)
    assert read_meter(signs[:, None] * unit(np.ones((1, 8))), np.arange(20)).collapsed


def test_vectors_everywhere_are_not() -> None:
    vectors = unit(np.random.default_rng(0).normal(size=(400, 16)))
    meter = read_meter(vectors, np.arange(400))
    assert not meter.collapsed
    assert meter.spread > 0.97
    assert meter.uniformity < -3.3
    assert 14 < meter.rank <= 16
    assert meter.alignment == 0.0


def test_alignment_and_uniformity_are_wang_and_isolas() -> None:
    """Against their own few lines, written with torch (2020, appendix)."""
    torch = pytest.importorskip("torch")
    x = torch.nn.functional.normalize(torch.randn(9, 5, generator=torch.Generator().manual_seed(0)))
    y = torch.nn.functional.normalize(
        x + 0.1 * torch.randn(9, 5, generator=torch.Generator().manual_seed(1))
    )
    align = (x - y).norm(dim=1).pow(2).mean()
    both = torch.cat([x, y])
    uniform = torch.pdist(both).pow(2).mul(-2).exp().mean().log()
    meter = read_meter(both.numpy(), np.tile(np.arange(9), 2))
    assert meter.alignment == pytest.approx(float(align), abs=1e-5)
    assert meter.uniformity == pytest.approx(float(uniform), abs=1e-5)


def test_rank_counts_directions() -> None:
    rng = np.random.default_rng(1)
    flat = np.zeros((300, 12))
    flat[:, :3] = rng.normal(size=(300, 3))
    assert 2.5 < read_meter(unit(flat), np.arange(300)).rank < 3.1
