from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from pincel import nets
from pincel.errors import PincelError
from pincel.learn.loop import train
from pincel.nets._abilities import Embedder
from pincel.nets._network import Model, model_bytes, open_model
from pincel.nets.contrastive import Config, Net, contrast

TINY = Config(channels=1, widths=(4, 8), blocks=(1, 1), dims=8, grid=2)


def test_two_versions_of_each_picture_give_nt_xent() -> None:
    """Against the formula of Chen et al. (2020), term by term."""
    vectors = functional.normalize(torch.randn(12, 5, generator=torch.Generator().manual_seed(0)))
    found = contrast(vectors, torch.arange(6).repeat(2), 0.2)
    terms = []
    for i in range(12):
        j = (i + 6) % 12
        cosines = torch.exp(vectors[i] @ vectors.T / 0.2)
        terms.append(-torch.log(cosines[j] / (cosines.sum() - cosines[i])))
    assert torch.allclose(found, torch.stack(terms).mean(), atol=1e-6)


def test_cross_entropy_of_torch_agrees() -> None:
    vectors = functional.normalize(torch.randn(8, 4, generator=torch.Generator().manual_seed(1)))
    scores = (vectors @ vectors.T / 0.5).fill_diagonal_(-torch.inf)
    wanted = functional.cross_entropy(scores, (torch.arange(8) + 4) % 8)
    assert torch.allclose(contrast(vectors, torch.arange(4).repeat(2), 0.5), wanted, atol=1e-6)


def test_a_picture_without_partner_only_serves_as_another() -> None:
    vectors = functional.normalize(torch.randn(5, 4, generator=torch.Generator().manual_seed(2)))
    numbers = torch.tensor([0, 0, 1, 1, 2])
    assert torch.isfinite(contrast(vectors, numbers, 0.1))
    alone = contrast(vectors, torch.arange(5), 0.1)
    assert float(alone) == 0.0
    assert contrast(vectors[:4], numbers[:4], 0.1) < contrast(vectors, numbers, 0.1)


def test_it_learns_and_keeps_the_vectors_of_its_last_batch() -> None:
    torch.manual_seed(0)
    net = Net(TINY)
    generator = torch.Generator().manual_seed(3)
    kinds = torch.randn(4, 1, 12, 12, generator=generator)

    def batches():
        for _ in range(30):
            noise = torch.randn(16, 1, 12, 12, generator=generator) * 0.5
            yield kinds.repeat(4, 1, 1, 1) + noise, torch.arange(4).repeat(4)

    optimizer = torch.optim.AdamW(net.parameters(), 5e-3)
    losses = [s.losses["net"] for s in train(net, batches(), {"net": optimizer})]
    assert np.mean(losses[-5:]) < 0.6 * losses[0]
    assert net.last is not None
    vectors, numbers = net.last
    assert vectors.shape == (16, 8) and not vectors.requires_grad
    assert torch.allclose(vectors.norm(dim=1), torch.ones(16), atol=1e-5)
    assert numbers.tolist() == [0, 1, 2, 3] * 4


def test_registry_file_and_protocol(tmp_path) -> None:
    assert "contrastive" in nets.names()
    net = Net(TINY).eval()
    assert isinstance(net, Embedder)
    path = tmp_path / "net.safetensors"
    path.write_bytes(model_bytes(Model("contrastive", net, {"a": 1})))
    again = open_model(path)
    picture = torch.rand(2, 1, 16, 16, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert torch.equal(net.embed(picture), again.net.embed(picture))
    assert sum(p.numel() for p in Net(Config()).parameters()) < 400_000


def test_widths_and_blocks_must_match() -> None:
    with pytest.raises(PincelError, match="2 values and blocks has 3"):
        nets.configure("contrastive", {"widths": (4, 8), "blocks": (1, 1, 1)})
