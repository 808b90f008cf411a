"""The transformer that draws pixel by pixel, and attention written out."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from torch.nn import functional  # noqa: E402

from pincel.nets import transformer  # noqa: E402
from pincel.nets._attention import Attention, attend, reading  # noqa: E402


def tiny(**more):
    torch.manual_seed(0)
    settings = {"channels": 1, "side": 8, "width": 32, "layers": 2, "heads": 2, "colors": 5, **more}
    return transformer.Net(transformer.Config(**settings)).eval()


@pytest.mark.parametrize("causal", [False, True])
def test_attention_is_torchs(causal) -> None:
    q, k, v = torch.randn(3, 2, 4, 9, 8)
    taken, shares = attend(q, k, v, causal)
    right = functional.scaled_dot_product_attention(q, k, v, is_causal=causal)
    torch.testing.assert_close(taken, right)
    torch.testing.assert_close(shares.sum(-1), torch.ones(2, 4, 9))
    if causal:
        assert torch.equal(shares, shares.tril())


def test_many_heads_are_torchs() -> None:
    layer = Attention(16, 4)
    oracle = torch.nn.MultiheadAttention(16, 4, batch_first=True)
    with torch.no_grad():
        oracle.in_proj_weight.copy_(layer.qkv.weight)
        oracle.in_proj_bias.copy_(layer.qkv.bias)
        oracle.out_proj.weight.copy_(layer.out.weight)
        oracle.out_proj.bias.copy_(layer.out.bias)
        x = torch.randn(3, 7, 16)
        with reading(layer) as found:
            made = layer(x)
        right, shares = oracle(x, x, x, average_attn_weights=False)
    torch.testing.assert_close(made, right)
    torch.testing.assert_close(found[0][1][0][1], shares)
    assert layer.reader is None  # nothing more is kept


def test_no_pixel_sees_what_comes_after() -> None:
    net = tiny()
    one = torch.randint(0, 5, (1, 64))
    other = one.clone()
    other[0, 40:] = (other[0, 40:] + 1) % 5
    a, b = net.scores(one), net.scores(other)
    torch.testing.assert_close(a[:, :41], b[:, :41])
    assert not torch.allclose(a[:, 41:], b[:, 41:])


def test_drawing_with_kept_keys_is_drawing_without() -> None:
    """Each drawn colour is what its share of the line 0..1 holds, as read from the whole row."""
    net = tiny(classes=2)
    labels = torch.tensor([0, 1])
    with torch.no_grad():
        for weight in net.parameters():
            weight.mul_(3)
        tokens = net.tokens(net.sample([5, 6], labels))
        shares = net.scores(tokens, labels).double().softmax(-1).cumsum(-1)
    for i, seed in enumerate((5, 6)):
        draws = torch.rand(64, generator=torch.Generator().manual_seed(seed))
        expected = (shares[i] < draws[:, None]).sum(-1).clamp(max=4)
        sure = (shares[i] - draws[:, None]).abs().amin(-1) > 1e-5
        assert sure.float().mean() > 0.9
        # the grey ramp's colours are all different, so the picture tells the colour numbers
        assert torch.equal(tokens[i][sure], expected[sure])


def test_a_picture_follows_from_its_seed_alone() -> None:
    net = tiny()
    both, alone = net.sample([7, 8]), net.sample([8])
    assert torch.equal(both[1:], alone) and not torch.equal(both[:1], alone)


@pytest.mark.parametrize(("side", "channels", "small"), [(8, 1, 8), (28, 3, 14), (32, 4, 16)])
def test_large_pictures_are_drawn_small(side, channels, small) -> None:
    net = tiny(side=side, channels=channels)
    made = net.sample([0])
    assert net.side == small and made.shape == (1, channels, side, side)
    blocks = made[:, :, :: side // small, :: side // small]
    again = blocks.repeat_interleave(side // small, 2).repeat_interleave(side // small, 3)
    assert torch.equal(made, again)


def test_the_palette_is_found_and_few_colours_are_kept_exactly() -> None:
    net = tiny(channels=4, colors=6).train()
    colors = torch.tensor([[0, 0, 0, 0], [255, 0, 0, 255], [20, 200, 40, 255], [9, 9, 9, 255]])
    picks = torch.randint(0, 4, (3, 8, 8), generator=torch.Generator().manual_seed(1))
    pictures = (colors[picks].permute(0, 3, 1, 2) / 127.5 - 1).float()
    list(net.losses((pictures, torch.zeros(3, dtype=torch.long))))
    torch.testing.assert_close(net.shown(net.tokens(pictures)), pictures, atol=0.01, rtol=0)
    many = tiny(channels=3, colors=6).train()
    many.fit(torch.rand(4, 3, 8, 8) * 2 - 1)
    assert len(many.palette.unique(dim=0)) == 6
    kept = many.palette.clone()
    list(many.losses((torch.rand(4, 3, 8, 8), torch.zeros(4, dtype=torch.long))))
    assert torch.equal(many.palette, kept)  # found once


def test_it_learns_stripes() -> None:
    from pincel.learn.loop import train

    net = tiny(colors=2, classes=2, dropout=0.0)
    labels = torch.arange(8) % 2
    row = (torch.arange(8) % 2) * 2.0 - 1
    pictures = torch.where(labels[:, None, None] == 0, row[None, None], row[None, :, None])
    pictures = pictures.expand(8, 8, 8)[:, None].contiguous()
    optimizer = torch.optim.AdamW(net.parameters(), 5e-3)
    list(train(net, [(pictures, labels)] * 40, {"net": optimizer}, clip=1.0))
    made = net.eval().sample([1, 2], torch.tensor([0, 1]), temperature=0.5)
    right = (made.sign() == pictures[:2].sign()).float().mean()
    assert right > 0.95
