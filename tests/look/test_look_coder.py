"""A network with a code as plain arrays."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.look.coder import OpenedCoder  # noqa: E402
from pincel.nets import autoencoder, vae  # noqa: E402
from pincel.nets._network import Model  # noqa: E402
from pincel.pixels.picture import Picture  # noqa: E402

RNG = np.random.default_rng(6)


def coder(family=vae, **settings) -> OpenedCoder:
    torch.manual_seed(0)
    shape = {"channels": 4, "side": 16, "dims": 5, "width": 8, "depth": 0}
    net = family.Net(family.Config(**shape, **settings)).eval()
    prepare = {
        "size": [16, 16],
        "channels": 4,
        "type": "uint8",
        "mean": [0.5] * 4,
        "std": [0.5] * 4,
        "premultiplied": True,
        "hard_alpha": True,
        "resize": "nearest",
    }
    return OpenedCoder("runs/tiny", Model("vae", net, {"prepare": prepare}))


def sprite(high: int, wide: int) -> np.ndarray:
    rgba = RNG.integers(1, 256, (high, wide, 4), dtype=np.uint8)
    rgba[..., 3] = 255
    return rgba


@pytest.mark.parametrize(
    ("high", "wide", "factor", "top", "left"), [(8, 8, 2, 0, 0), (16, 10, 1, 0, 3), (5, 4, 3, 0, 2)]
)
def test_pixel_art_is_never_stretched(high, wide, factor, top, left) -> None:
    given = sprite(high, wide)
    (laid,) = coder().fit([Picture((given,), name="given")])
    large = given.repeat(factor, 0).repeat(factor, 1)
    inside = laid[top : top + high * factor, left : left + wide * factor]
    np.testing.assert_array_equal(inside, large)
    assert (laid[..., 3] > 0).sum() == high * wide * factor**2


def test_many_pictures_have_the_codes_of_each_alone() -> None:
    own = coder()
    pictures = np.stack([sprite(16, 16) for _ in range(131)])  # more than one batch
    codes = own.encode(pictures)
    assert codes.shape == (131, 5) and codes.dtype == np.float32
    np.testing.assert_allclose(codes[130:], own.encode(pictures[130:]), atol=1e-5)
    back = own.decode(codes)
    assert back.shape == pictures.shape and back.dtype == np.uint8
    assert set(np.unique(back[..., 3])) <= {0, 255}
    assert own.title == "tiny" and own.side == 16 and own.hard


def test_what_each_number_says_does_not_depend_on_the_batches() -> None:
    own = coder()
    pictures = np.stack([sprite(16, 16) for _ in range(131)])
    mean, log_variance = own.model.net.distribution(_numbers(own, pictures))
    wanted = vae.divergence(mean, log_variance).mean(0).detach().numpy()
    np.testing.assert_allclose(own.divergences(pictures), wanted, rtol=1e-4)
    assert coder(autoencoder).divergences(pictures) is None


def test_damage_depends_on_the_seed() -> None:
    own = coder(autoencoder, noise=0.2)
    pictures = np.stack([sprite(16, 16)])
    assert np.array_equal(own.spoiled(pictures, 3), own.spoiled(pictures, 3))
    assert not np.array_equal(own.spoiled(pictures, 3), own.spoiled(pictures, 4))


def _numbers(own: OpenedCoder, pictures: np.ndarray):
    from pincel.learn.prepare import prepare

    return prepare(pictures, own.about)
