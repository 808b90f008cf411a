"""The masked generator: what is given stays, the palette's order means nothing, words guide."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.nets import masked  # noqa: E402


def tiny(**more) -> masked.Net:
    torch.manual_seed(0)
    settings = {
        "vocabulary": 9, "words": 4, "colors": 6, "width": 8, "deep": 16, "blocks": 1, "layers": 1,
        "heads": 2, "side": 8,
    }  # fmt: skip
    settings |= more
    net = masked.Net(masked.Config(**settings))
    for weight in net.parameters():  # zeros at the start would hide what a test looks for
        if not weight.any():
            torch.nn.init.normal_(weight, std=0.1)
    return net.eval()


def sight(side: int = 8, count: int = 3, sketch: bool = False) -> masked.MaskedBatch:
    draw = torch.Generator().manual_seed(1)
    pixels = torch.randint(0, 6, (count, side, side), generator=draw)
    return masked.MaskedBatch(
        pixels,
        torch.rand(count, side, side, generator=draw) < 0.5,
        torch.rand(count, 6, 3, generator=draw),
        torch.tensor([[True] * 5 + [False]] * count),
        torch.rand(count, 6, generator=draw),
        torch.tensor([[1, 2, 0, 8]] * count),
        torch.zeros(count, side, side),
        torch.zeros(count, dtype=torch.bool),
        torch.randint(0, 6, (count, side // 2, side // 2), generator=draw) if sketch else None,
    )


@pytest.mark.parametrize(("guided", "side"), [(False, 8), (True, 16), (False, 28)])
def test_scores_name_the_palette_or_nothing(guided: bool, side: int) -> None:
    net = tiny(guided=guided, side=side, maps=0 if guided else 2)
    scores = net(*net.given(sight(side, sketch=guided)))
    assert scores.shape == (3, 7, side, side)
    assert (scores[:, 6] < -1000).all()  # the sixth colour is not in the palette
    assert torch.isfinite(scores[:, :6]).all()


def test_the_order_of_the_palette_means_nothing() -> None:
    net, seen = tiny(), sight()
    order = torch.tensor([2, 0, 4, 1, 3, 5])
    back = torch.cat([torch.zeros(1, dtype=torch.int64), order.argsort() + 1])
    other = seen._replace(
        pixels=back[seen.pixels],
        palette=seen.palette[:, order],
        valid=seen.valid[:, order],
        rank=seen.rank[:, order],
    )
    with torch.no_grad():
        here, there = net(*net.given(seen)), net(*net.given(other))
    assert torch.allclose(here[:, 1:][:, order], there[:, 1:], atol=1e-5)
    assert torch.allclose(here[:, 0], there[:, 0], atol=1e-5)


def test_hidden_pixels_are_not_seen() -> None:
    net, seen = tiny(), sight()
    other = seen._replace(pixels=torch.where(seen.hidden, (seen.pixels + 1) % 6, seen.pixels))
    assert torch.equal(net.given(seen)[0], net.given(other)[0])


def test_attention_is_what_torch_computes() -> None:
    layer = masked.EncoderLayer(16, 2).eval()
    torch.nn.init.normal_(layer.out.weight, std=0.1)
    x = torch.randn(2, 5, 16)
    allowed = torch.tensor([True, True, False, True, True]).expand(2, 1, 1, 5)
    shares = layer.attention(x, allowed)
    assert torch.allclose(shares.sum(-1), torch.ones(2, 2, 5), atol=1e-6)
    assert (shares[..., 2] == 0).all()
    value = layer.queries(x)[2]
    mixed = x + layer.out((shares @ value).transpose(1, 2).flatten(2))
    assert torch.allclose(mixed + layer.think(layer.norm2(mixed)), layer(x, allowed), atol=1e-5)


def test_it_learns() -> None:
    net = tiny().train()
    optimizer = torch.optim.Adam(net.parameters(), 1e-2)
    first = next(net.losses(sight()))[1].item()
    for _ in range(60):
        part, loss = next(net.losses(sight()))
        assert part == "net"
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert next(net.losses(sight()))[1].item() < 0.8 * first


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_any_data_any_batch(channels: int) -> None:
    net = tiny(channels=channels, classes=3, vocabulary=0)
    rng = np.random.default_rng(0)
    pictures = rng.integers(0, 256, (20, 8, 8, channels), dtype=np.uint8)
    if channels == 4:
        pictures[..., 3] = np.where(pictures[..., 3] > 120, 255, 0)
    masked.fit(net, pictures)
    labels = torch.tensor([0, 1, 2])
    with torch.no_grad():
        many = net.sample([5, 6, 7], labels, steps=3)
        alone = net.sample([6], labels[1:2], steps=3)
    assert many.shape == (3, channels, 8, 8)
    assert torch.equal(many[1:2], alone)  # a picture depends on its own seed, not on the batch
    assert not torch.equal(many[0], many[1])
    back = net.indexed(many)
    assert torch.equal(net.pictured(back), many)  # shared palette: there and back
    loss = next(net.losses((many, labels)))
    assert loss[0] == "net"
    assert torch.isfinite(loss[1])


def test_padding_changes_nothing() -> None:
    net, seen = tiny(), sight()
    short = masked.without_padding(seen)
    assert short.palette.shape[1] == 5
    assert short.words.shape[1] == 3
    with torch.no_grad():
        here, there = net(*net.given(seen)), net(*net.given(short))
    assert torch.allclose(here[:, :6], there, atol=1e-5)
