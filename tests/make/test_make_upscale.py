"""Enlarging: tiles, types, volumes, and sprites that stay sprites."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.art.sprite import Sprite  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.make.pictures.upscale import (  # noqa: E402
    checked,
    choose,
    enlarge,
    score,
    score_sprite,
    upscaled,
    upscaled_sprite,
)
from pincel.nets import cnn  # noqa: E402
from pincel.nets._network import Model  # noqa: E402
from pincel.nets.upscaler import Config, Net  # noqa: E402
from samples import face_picture  # noqa: E402


def wild(channels: int, factor: int = 2, seed: int = 0) -> Net:
    """A network that draws nonsense: what must hold whatever the weights are."""
    torch.manual_seed(seed)
    net = Net(Config(channels=channels, factor=factor, width=6, blocks=1))
    torch.nn.init.normal_(net.tail.weight, std=0.5)
    return net.eval()


def test_tiles_give_the_whole() -> None:
    net = wild(1)
    planes = np.random.default_rng(0).uniform(-1, 1, (1, 37, 50, 1)).astype(np.float32)
    whole = enlarge(net, planes, tile=1000)
    assert np.allclose(enlarge(net, planes, tile=16), whole, atol=1e-5)


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize(
    ("shape", "axes", "dtype"),
    [
        ((12, 10), "hw", "uint8"),
        ((12, 10), "hw", "uint16"),
        ((12, 10, 3), "hwc", "uint8"),
        ((12, 10, 4), "hwc", "uint8"),
        ((12, 10, 7), "hwc", "float32"),
        ((5, 12, 10), "dhw", "int16"),
        ((3, 12, 10, 3), "dhwc", "uint8"),
    ],
)
def test_every_kind_through_every_network(
    channels: int, shape: tuple[int, ...], axes: str, dtype: str
) -> None:
    rng = np.random.default_rng(1)
    values = rng.integers(0, 200, shape).astype(dtype)
    net = Net(Config(channels=channels, width=4, blocks=1))
    large = upscaled(net, values, axes)
    at = axes.index("h")
    expected = tuple(2 * s if at <= i < at + 2 else s for i, s in enumerate(shape))
    assert large.shape == expected and large.dtype == values.dtype
    # untrained it is bicubic, so each block of 2 x 2 lies about its pixel
    if dtype != "uint8" or shape[-1] != 4:
        back = (
            large.astype(float)
            .reshape(*expected[:at], shape[at], 2, shape[at + 1], 2, *shape[at + 2 :])
            .mean((at + 1, at + 3))
        )
        assert np.corrcoef(back.ravel(), values.ravel())[0, 1] > 0.9


def test_units_of_a_scan_come_back() -> None:
    flat = np.full((2, 8, 8), -1000, np.int16)
    flat[:, :, 4:] = 400
    large = upscaled(Net(Config(channels=1, width=4, blocks=1)), flat, "dhw")
    assert large.min() == -1000 and large.max() == 400
    assert (large[:, :, :4] == -1000).all() and (large[:, :, -4:] == 400).all()


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("factor", [2, 4])
def test_a_sprite_stays_a_sprite_whatever_the_network_draws(channels: int, factor: int) -> None:
    sprite = Sprite.from_rgba(face_picture(24), face_picture(24)[:, ::-1])
    large = upscaled_sprite(wild(channels, factor), sprite)
    assert (large.height, large.width, len(large.frames)) == (24 * factor, 24 * factor, 2)
    assert np.array_equal(large.palette, sprite.palette)
    for small, big in zip(sprite.frames, large.frames, strict=True):
        around = np.pad(small, 1, mode="edge")
        for y in range(0, 24, 5):
            for x in range(24):
                near = set(around[y : y + 3, x : x + 3].ravel())
                block = big[factor * y : factor * (y + 1), factor * x : factor * (x + 1)]
                assert set(block.ravel()) <= near


def test_the_drawing_chooses() -> None:
    indices = np.array([[0, 1], [-1, 1]], np.int16)
    palette = np.array([[0, 0, 0], [255, 255, 255]], np.uint8)
    drawn = np.full((4, 4, 4), -1.0, np.float32)
    drawn[..., 3] = 1  # black everywhere
    drawn[:2, 2:] = 0.8  # white at the top right
    drawn[2:, :2] = -1  # nothing at the bottom left
    large = choose(indices, drawn, palette)
    assert np.array_equal(large, [[0, 0, 1, 1], [0, 0, 1, 1], [-1, -1, 0, 0], [-1, -1, 0, 0]])


def test_scores_of_a_picture_and_a_sprite() -> None:
    rng = np.random.default_rng(5)
    picture = rng.integers(0, 255, (21, 22, 3), dtype=np.uint8)
    told, shown = score(Net(Config(width=4, blocks=1)), picture, "hwc")
    assert told.psnr["network"] == pytest.approx(told.psnr["bicubic"])
    assert shown["true"].shape == (20, 22, 3) and shown["small"].shape == (10, 11, 3)
    doubled = Sprite.from_rgba(face_picture(16).repeat(2, 0).repeat(2, 1))
    found, _ = score_sprite(Net(Config(channels=4, width=4, blocks=1)), doubled)
    assert found.exact["nearest"] == 1 and found.ssim["nearest"] == pytest.approx(1)
    assert found.exact["scale2x"] < 1


def test_one_sentence_for_what_cannot_be() -> None:
    with pytest.raises(PincelError, match="does not make pictures larger"):
        checked(Model("cnn", cnn.Net(cnn.Config(widths=(4,), blocks=(1,))), {}))
    with pytest.raises(PincelError, match="at least 4"):
        score(Net(Config(channels=1, width=4, blocks=1)), np.zeros((3, 9), np.uint8), "hw")
    with pytest.raises(PincelError, match="pixels"):
        upscaled(Net(Config(channels=1, width=4, blocks=1)), np.zeros((9000, 9000), np.uint8), "hw")
