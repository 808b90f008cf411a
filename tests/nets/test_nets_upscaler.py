"""The upscaler: bicubic at first, better after learning; shrinks as it should."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.learn.loop import train  # noqa: E402
from pincel.nets.upscaler import (  # noqa: E402
    Config,
    Net,
    bicubic,
    by_votes,
    likeliest,
    neighbour_colors,
    smooth,
    wrong_choice,
)


def waves(count: int, channels: int = 1, side: int = 16, seed: int = 0) -> torch.Tensor:
    """Pictures of hard-edged stripes: what interpolation blurs and a network can learn."""
    generator = torch.Generator().manual_seed(seed)
    y, x = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    turn, shift = torch.rand(2, count, 1, 1, generator=generator) * 6.3
    phase = (x * turn.cos() + y * turn.sin()) * 0.8 + shift
    return phase.sin().sign()[:, None].repeat(1, channels, 1, 1)


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("factor", [2, 4])
def test_untrained_it_is_bicubic_and_for_sprites_blocks(channels: int, factor: int) -> None:
    net = Net(Config(channels=channels, factor=factor, width=8, blocks=1))
    small = torch.rand(2, channels, 5, 7) * 2 - 1
    large = net.upscale(small)
    assert large.shape == (2, channels, 5 * factor, 7 * factor)
    blocks = small.repeat_interleave(factor, 2).repeat_interleave(factor, 3)
    assert torch.allclose(large, blocks if channels == 4 else bicubic(small, factor))
    assert net.restore(torch.zeros(1, channels, 8, 8)).shape == (1, channels, 8, 8)


def test_learning_beats_bicubic_on_pictures_it_has_not_seen() -> None:
    torch.manual_seed(0)
    net = Net(Config(channels=1, width=16, blocks=1))
    held = (waves(32, side=12, seed=9), torch.zeros(32, dtype=torch.int64))
    before = net.judge(held)
    assert before["psnr"] == pytest.approx(before["psnr_bicubic"], abs=0.01)
    batches = [(waves(8, side=12, seed=100 + i), torch.zeros(8)) for i in range(60)]
    list(train(net, batches, {"net": torch.optim.Adam(net.parameters(), 1e-2)}))
    after = net.eval().judge(held)
    assert after["loss"] < before["loss"]
    assert after["psnr"] > after["psnr_bicubic"] + 1
    assert after["ssim"] > after["ssim_bicubic"]


def test_votes_keep_the_palette_and_the_outline() -> None:
    clear, dark, red = [-1.0] * 4, [-1.0, -1, -1, 1], [1.0, -1, -1, 1]
    blocks = [
        ([red, red, red, dark], red),  # most votes
        ([clear, clear, dark, dark], dark),  # equal: what is there, not what is not
        ([red, red, dark, dark], dark),  # equal: the outline
        ([clear, clear, clear, red], clear),
    ]
    picture = torch.tensor([b for b, _ in blocks]).view(4, 2, 2, 4).movedim(-1, 1)
    small = by_votes(picture, 2)
    assert torch.equal(small[:, :, 0, 0], torch.tensor([w for _, w in blocks]))


def test_shrink_by_kind_of_picture() -> None:
    rgba = torch.rand(1, 4, 8, 8).mul(2).sub(1).round()
    assert torch.equal(Net(Config(channels=4, width=4, blocks=1)).shrink(rgba), by_votes(rgba, 2))
    rgb = rgba[:, :3]
    assert torch.equal(Net(Config(channels=3, width=4, blocks=1)).shrink(rgb), smooth(rgb, 2))
    flat = torch.full((1, 1, 8, 8), 0.25)
    assert torch.allclose(smooth(flat, 4), torch.full((1, 1, 2, 2), 0.25))


def test_the_likeliest_colour_is_taken_and_equal_ones_count_together() -> None:
    small = torch.tensor([[-1.0, 1.0, 1.0], [-1.0, 0.5, 1.0], [0.0, 0.0, 0.0]]).view(1, 1, 3, 3)
    near = neighbour_colors(small)
    assert near.shape == (1, 1, 9, 3, 3)
    assert torch.equal(near[:, :, 4], small)  # its own
    assert near[0, 0, :, 1, 1].tolist() == small.flatten().tolist()
    odds = torch.full((9,), 0.1)
    odds[4] = 0.2  # its own is likelier than each, but not than the three of value 1 together
    scores = odds.log().view(1, 9, 1, 1).expand(1, 9, 6, 6)
    large = likeliest(small, scores)
    assert large.shape == (1, 1, 6, 6)
    assert large[0, 0, 2:4, 2:4].unique().tolist() in ([1.0], [0.0])  # three of each
    sure = torch.full((1, 9, 6, 6), -9.0)
    sure[:, 3] = 9  # always the left one
    assert torch.equal(likeliest(small, sure)[0, 0, 0], torch.tensor([-1.0, -1, -1, -1, 1, 1]))
    sure[:, :, 0, 2] = -9.0
    sure[:, 5, 0, 2] = 9  # but in one place the right one
    assert torch.equal(likeliest(small, sure)[0, 0, 0], torch.tensor([-1.0, -1, 1, -1, 1, 1]))


def test_loss_of_a_choice_by_hand() -> None:
    small = torch.tensor([[-1.0, 1.0]]).view(1, 1, 1, 2)
    true = torch.tensor([[-1.0, 1, 1, 1], [-1, -1, 1, 0.3]]).view(1, 1, 2, 4)
    scores = torch.zeros(1, 9, 2, 4)  # six of nine are the own column, three the other
    wanted = -(6 * np.log(6 / 9) + np.log(3 / 9)) / 7  # 0.3 cannot be chosen and does not count
    assert float(wrong_choice(small, scores, true)) == pytest.approx(wanted, rel=1e-5)


def test_sprites_learn_to_choose() -> None:
    torch.manual_seed(0)
    net = Net(Config(channels=4, width=8, blocks=1))
    held = (waves(32, 4, 12, seed=9), torch.zeros(32))
    before = net.judge(held)
    batches = [(waves(8, 4, 12, seed=100 + i), torch.zeros(8)) for i in range(40)]
    list(train(net, batches, {"net": torch.optim.Adam(net.parameters(), 1e-2)}))
    after = net.eval().judge(held)
    assert before["loss"] == pytest.approx(1 - before["exact"])
    assert after["exact"] > max(before["exact"], after["exact_nearest"]) + 0.01


def test_judge_is_never_infinite() -> None:
    net = Net(Config(channels=1, width=4, blocks=1))
    flat = (torch.zeros(2, 1, 8, 8), torch.zeros(2))
    assert all(np.isfinite(v) for v in net.judge(flat).values())


def test_the_two_bicubics_of_torch_are_each_where_it_is_meant() -> None:
    """torch 2.14.1: with antialias the curve is Pillow's (a = -0.5), without that of OpenCV
    (a = -0.75), also where nothing shrinks (findings/torch-two-bicubics.sh)."""
    from PIL import Image

    rng = np.random.default_rng(5)
    fine = (rng.random((48, 64)) * 1.6 - 0.8).astype(np.float32)
    small = np.asarray(Image.fromarray(fine).resize((16, 12), Image.Resampling.BICUBIC))
    ours = smooth(torch.from_numpy(fine)[None, None], 4)
    assert np.abs(ours[0, 0].numpy() - small).max() < 1e-5
    edge = torch.cat([torch.zeros(1, 1, 8, 8), torch.ones(1, 1, 8, 8)], 3)
    assert float(bicubic(edge, 4).max()) == pytest.approx(1.110, abs=0.001)  # Pillow's: 1.070
