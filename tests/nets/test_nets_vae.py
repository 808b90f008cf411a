"""Families with a code: shapes, the KL divergence, seeds, repairing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from torch.distributions import Normal, kl_divergence  # noqa: E402

from pincel import nets  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.learn import teach  # noqa: E402
from pincel.learn.data import Data, DataPart, Report  # noqa: E402
from pincel.learn.loop import train  # noqa: E402
from pincel.learn.run import Run  # noqa: E402
from pincel.nets import autoencoder, vae  # noqa: E402
from pincel.nets._abilities import Coder, Sampler  # noqa: E402
from pincel.nets._family import family  # noqa: E402
from pincel.nets._network import Model, model_bytes, open_model  # noqa: E402

SMALL = {"dims": 6, "width": 8, "depth": 1, "hidden": 16}
FAMILIES = [vae, autoencoder]


@pytest.fixture(scope="module")
def digits() -> torch.Tensor:
    data = pytest.importorskip("sklearn.datasets", reason="needs scikit-learn").load_digits()
    return torch.from_numpy(data.images.astype(np.float32) / 8 - 1)[:, None]


def learned(net, pictures: torch.Tensor, steps: int, rate: float = 0.005):
    draw = torch.Generator().manual_seed(0)
    rows = [torch.randint(len(pictures), (64,), generator=draw) for _ in range(steps)]
    batches = ((pictures[r], torch.zeros(64, dtype=torch.long)) for r in rows)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    losses = [s.losses["net"] for s in train(net, batches, {"net": optimizer}, clip=1.0)]
    net.eval()
    return losses


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize(("side", "channels"), [(8, 1), (16, 4), (28, 3), (32, 4), (64, 1)])
def test_codes_and_pictures_have_their_shapes(family, dense, side, channels) -> None:
    net = family.Net(family.Config(side=side, channels=channels, dense=dense, **SMALL)).eval()
    pictures = torch.rand(3, channels, side, side) * 2 - 1
    assert isinstance(net, Coder)
    codes = net.encode(pictures)
    assert codes.shape == (3, 6)
    back = net.decode(codes)
    assert back.shape == pictures.shape and back.abs().max() <= 1
    torch.testing.assert_close(net.restore(pictures), back)
    (part, loss), *more = net.losses((pictures, torch.zeros(3, dtype=torch.long)))
    assert part == "net" and not more and loss.ndim == 0 and torch.isfinite(loss)
    figures = net.judge((pictures, torch.zeros(3, dtype=torch.long)))
    assert all(isinstance(v, float) and np.isfinite(v) for v in figures.values())
    assert "loss" in figures


def test_a_side_that_cannot_be_halved_twice_is_one_sentence() -> None:
    with pytest.raises(PincelError, match="multiple of 4"):
        nets.configure("vae", {"side": 30, **SMALL})


def test_the_divergence_is_torchs() -> None:
    mean, log_variance = torch.randn(5, 7), torch.randn(5, 7)
    wanted = kl_divergence(Normal(mean, (0.5 * log_variance).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(vae.divergence(mean, log_variance), wanted)


def test_the_likelihood_is_torchs() -> None:
    true, given, variance = torch.randn(1000), torch.randn(1000), torch.tensor(0.3)
    wanted = -Normal(given, variance.sqrt()).log_prob(true).mean()
    torch.testing.assert_close(vae.normal((true - given).square().mean(), variance), wanted)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_the_turned_channels_keep_every_length(channels: int) -> None:
    turn = vae.opponent(channels)
    torch.testing.assert_close(turn @ turn.T, torch.eye(channels))


def test_what_a_judge_says_of_the_code_adds_up() -> None:
    net = vae.Net(vae.Config(side=8, channels=1, **SMALL)).eval()
    pictures = torch.rand(9, 1, 8, 8) * 2 - 1
    found, each = net.judge((pictures, None)), net.divergences(pictures)
    assert float(each.detach().sum()) == pytest.approx(found["kl"], rel=1e-5)
    assert found["active"] == float((each > 0.1).sum())


def test_a_sample_depends_on_its_seed_alone() -> None:
    net = vae.Net(vae.Config(side=16, channels=4, **SMALL)).eval()
    assert isinstance(net, Sampler)
    with torch.inference_mode():
        many = net.sample([5, 9, 2, 5])
        assert torch.equal(net.sample([9])[0], many[1])
        assert torch.equal(many[0], many[3])
        assert not torch.equal(many[0], many[1])


def test_a_vae_learns_digits_and_does_not_collapse(digits: torch.Tensor) -> None:
    torch.manual_seed(0)
    net = vae.Net(vae.Config(side=8, channels=1, dims=6, dense=True, hidden=128))
    losses = learned(net, digits[:1500], 250)
    found = net.judge((digits[1500:], None))
    plain = float((digits[1500:] - digits[:1500].mean(0)).abs().mean() / 2)
    assert losses[-1] < losses[0] - 0.3
    assert found["active"] >= 5  # numbers of the code that say something
    assert found["error"] < 0.62 * plain


def test_larger_pictures_allow_a_larger_beta() -> None:
    def weight(**settings) -> float:
        return vae.Net(vae.Config(**SMALL, **settings)).beta

    assert weight(side=8, channels=1) == 1
    assert weight(side=32, channels=4) == pytest.approx(4096 / 700)
    assert weight(side=64, channels=4) == 8
    assert weight(side=32, channels=4, beta=0.5) == 0.5


def test_a_heavy_beta_takes_the_code_away(digits: torch.Tensor) -> None:
    def nats(beta: float) -> float:
        torch.manual_seed(0)
        net = vae.Net(vae.Config(side=8, channels=1, dims=6, dense=True, hidden=64, beta=beta))
        learned(net, digits[:1500], 150)
        return net.judge((digits[1500:], None))["kl"]

    assert nats(8.0) < 0.6 * nats(0.5)


@pytest.mark.parametrize("damage", [{"noise": 0.3}, {"mask": 0.25}])
def test_what_an_autoencoder_repairs_is_nearer_than_what_came(digits, damage) -> None:
    torch.manual_seed(0)
    net = autoencoder.Net(
        autoencoder.Config(side=8, channels=1, dims=16, dense=True, hidden=128, **damage)
    )
    learned(net, digits[:1500], 250)
    clean = digits[1500:]
    came, back = net.shows(clean)
    before, after = ((p - clean).square().mean() for p in (came, back))
    assert after < 0.7 * before
    found = net.judge((clean, None))
    assert found["loss"] == pytest.approx(float(after.detach()), rel=1e-4)


def test_damage_is_drawn_from_its_generator_and_none_is_none() -> None:
    pictures = torch.zeros(4, 1, 12, 12)
    plain = autoencoder.Net(autoencoder.Config(side=12, channels=1, **SMALL))
    assert torch.equal(plain.spoil(pictures), pictures)
    net = autoencoder.Net(autoencoder.Config(side=12, channels=1, noise=0.2, mask=0.5, **SMALL))
    one, two = (net.spoil(pictures + 1, torch.Generator().manual_seed(3)) for _ in range(2))
    assert torch.equal(one, two)
    covered = (one == 0).float().mean()
    assert 0.2 < covered < 0.8


@pytest.mark.parametrize("family", FAMILIES)
def test_a_kept_model_decodes_the_same(family, tmp_path) -> None:
    net = family.Net(family.Config(side=8, channels=3, **SMALL)).eval()
    path = tmp_path / "kept.safetensors"
    path.write_bytes(model_bytes(Model(family.__name__.rpartition(".")[2], net, {})))
    again = open_model(path).net
    codes = torch.randn(2, 6)
    torch.testing.assert_close(again.decode(codes), net.decode(codes))


@pytest.mark.parametrize(
    ("channels", "side", "dims"), [(1, 8, 8), (1, 28, 16), (3, 28, 32), (4, 32, 64), (3, 4, 4),
                                   (4, 256, 256)],
)  # fmt: skip
def test_a_code_is_well_below_the_picture(channels: int, side: int, dims: int) -> None:
    for name in ("vae", "autoencoder"):
        assert family(name).suited(channels, side, False) == {"dims": dims}
    assert dims <= channels * side**2 / 4


def test_training_stops_when_validation_rises_and_keeps_the_best(tmp_path: Path) -> None:
    """Twenty pictures learned by heart: what it has not seen comes back worse and worse."""
    rng = np.random.default_rng(4)
    values = rng.integers(0, 256, (40, 8, 8, 1), dtype=np.uint8)
    labels = np.zeros(40, np.int64)
    parts = [
        DataPart(values[a:b], labels[a:b], [str(i) for i in range(b - a)])
        for a, b in ((0, 20), (20, 30), (30, 40))
    ]
    data = Data("noise", ["x"], *parts, "h", Report())
    plan = {"epochs": 400, "augment": "none", "threads": 1, "precision": "fp32"}
    asked = teach.begin("vae", data, settings={"width": 8, "depth": 1}, recipe=plan, on="cpu")
    assert asked["recipe"]["patience"] == 6 and asked["config"]["dims"] == 8
    run = Run.create(tmp_path / "run", asked)
    *_, done = teach.teach(run, data)
    losses = [entry["val_loss"] for entry in run.metrics()]
    best = int(np.argmin(losses)) + 1
    assert done.stopped and len(losses) == best + 6 < 400
    assert open_model(run.folder / "best.safetensors").about["metrics"]["epoch"] == best
