"""Network arithmetic: the slides' numbers, and 10,000 random layers against torch."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.cli import main
from pincel.errors import PincelError
from pincel.look.arithmetic import DeclaredLayer, count, parse, shape


def after(start: str, network: str) -> tuple[int, ...]:
    return count(shape(start), parse(network))[-1].after


def test_the_slides() -> None:
    (conv,) = count((100, 100, 3), parse("conv 32 5 valid"))
    assert conv.after == (96, 96, 32)
    assert conv.parameters == 2432
    assert conv.formula == "((5 * 5 * 3) + 1) * 32"
    assert np.prod(shape("512x512x3")) == 786_432
    assert np.prod(shape("224x224x3")) == 150_528
    two = count((28, 28, 3), parse("conv 8 3, conv 8 3"))
    assert [one.field for one in two] == [(3, 3), (5, 5)]
    same = count((16, 16, 1), parse("conv 4 3 same"))[0]
    assert same.after == (16, 16, 4) and same.pad == (1, 1, 1, 1)
    assert after("4x4x1", "conv 1 3") == (2, 2, 1)
    assert after("6x6x1", "conv 1 3 stride 2") == (2, 2, 1)


def test_a_whole_network() -> None:
    text = "conv 32 5 valid, relu, pool 2, conv 64 3 same stride 2, flatten, dense 10"
    counted = count((100, 100, 3), parse(text))
    assert [one.after for one in counted] == [
        (96, 96, 32),
        (96, 96, 32),
        (48, 48, 32),
        (24, 24, 64),
        (36864,),
        (10,),
    ]
    assert counted[3].pad == (0, 1, 0, 1)  # Keras puts the odd pixel below and right
    assert counted[3].field == (10, 10)
    assert sum(one.parameters for one in counted) == 2432 + 18496 + 368650


def test_keras_same_is_ceil() -> None:
    for size in range(1, 40):
        for kernel in range(1, 8):
            for stride in range(1, 6):
                got = after(f"{size}x{size}x1", f"conv 1 {kernel} same stride {stride}")
                assert got[0] == -(-size // stride)


def test_ten_thousand_random_layers_agree_with_torch() -> None:
    torch = pytest.importorskip("torch", reason="the oracle needs pincel[nets]")
    rng = np.random.default_rng(2026)
    refused = 0
    for _ in range(10_000):
        size = tuple(int(v) for v in rng.integers(1, 40, 2))
        kernel, stride, dilation = (
            tuple(int(v) for v in rng.integers(1, top, 2)) for top in (8, 5, 4)
        )
        groups = int(rng.integers(1, 4))
        channels, filters = (int(v) * groups for v in rng.integers(1, 5, 2))
        pool = rng.random() < 0.3
        padding = tuple(int(rng.integers(0, k // 2 + 1)) for k in kernel)
        bias = bool(rng.random() < 0.5)
        with torch.device("meta"):
            picture = torch.empty(1, channels, *size)
            if pool:
                oracle = torch.nn.MaxPool2d(kernel, stride, padding, dilation)
                layer = DeclaredLayer("maxpool", 0, kernel, stride, dilation, padding)
            else:
                oracle = torch.nn.Conv2d(
                    channels, filters, kernel, stride, padding, dilation, groups, bias
                )
                layer = DeclaredLayer(
                    "conv", filters, kernel, stride, dilation, padding, groups, bias
                )
            try:
                wanted = tuple(oracle(picture).shape)
            except RuntimeError:
                refused += 1
                with pytest.raises(PincelError):
                    count((*size, channels), (layer,))
                continue
        (one,) = count((*size, channels), (layer,))
        assert (one.after[2], one.after[0], one.after[1]) == wanted[1:]
        assert one.parameters == sum(p.numel() for p in oracle.parameters())
    assert 100 < refused < 5_000


def test_receptive_field_is_what_the_gradient_reaches() -> None:
    torch = pytest.importorskip("torch", reason="the oracle needs pincel[nets]")
    text = "conv 1 3 stride 2, conv 1 3 dilation 2, avgpool 2, conv 1 2"
    counted = count((61, 61, 1), parse(text))[-1]
    net = torch.nn.Sequential(
        torch.nn.Conv2d(1, 1, 3, 2),
        torch.nn.Conv2d(1, 1, 3, dilation=2),
        torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(1, 1, 2),
    )
    for parameter in net.parameters():
        torch.nn.init.ones_(parameter)
    picture = torch.zeros(1, 1, 61, 61, requires_grad=True)
    net(picture)[0, 0, 2, 2].backward()
    rows = picture.grad[0, 0].sum(1).nonzero()
    assert int(rows.max() - rows.min()) + 1 == counted.field[0]


@pytest.mark.parametrize(
    ("start", "network", "sentence"),
    [
        (
            "8x8x32",
            "flatten, dense 128->10",
            "flatten gives 8x8x32 = 2,048, the dense layer expects 128.",
        ),
        ("8x8x3", "conv 4 9", "window is 9x9, but only 8x8 comes"),
        ("8x8x3", "dense 10", "put flatten before it"),
        ("8x8x3", "flatten, conv 4 3", "put it before flatten"),
        ("8x8x3", "convolution 4", "is no layer known here"),
        ("8x8x3", "conv 4", "needs the number of filters"),
        ("8x8x3", "pool", "needs its window size"),
        ("8x8x3", "conv 4 3 sideways", "is not understood"),
        ("8x8x3", "conv 4 3 groups 2", "must divide"),
        ("8x8x3", "conv 0 3", "at least 1"),
        ("8by8", "relu", "is no shape"),
        ("8x8x3", " , ", "no layers"),
    ],
)
def test_impossible_shapes_get_one_sentence(start: str, network: str, sentence: str) -> None:
    with pytest.raises(PincelError) as refused:
        count(shape(start), parse(network))
    assert sentence in str(refused.value)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["arithmetic", "100x100x3", "conv 32 5 valid, relu, pool 2"]) == 0
    said = capsys.readouterr().out
    assert "((5 * 5 * 3) + 1) * 32 = 2,432 parameters" in said
    assert "receptive field 5x5" in said
