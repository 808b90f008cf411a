"""The order of memory in which networks are taught gives them their true gradients."""

from __future__ import annotations

import copy

import pytest

torch = pytest.importorskip("torch", reason="learning needs pincel[nets]")

from torch import Tensor, nn  # noqa: E402

from pincel.learn.layout import layout  # noqa: E402
from pincel.learn.tasks.translating import Translating  # noqa: E402
from pincel.nets import cyclegan  # noqa: E402

CPU = torch.device("cpu")


def _slopes(net: nn.Module, pictures: Tensor, order: torch.memory_format) -> list[Tensor]:
    """The gradient of every filter; a bias before a norm has none but noise."""
    net = net.to(memory_format=order)
    net(pictures.contiguous(memory_format=order)).square().mean().backward()
    return [w.grad.double() for w in net.parameters() if w.dim() == 4 and w.grad is not None]


def _off(net: nn.Module, pictures: Tensor, order: torch.memory_format) -> float:
    """How far the gradients in this order are from those in double precision, at worst."""
    true = _slopes(copy.deepcopy(net).double(), pictures.double(), torch.contiguous_format)
    found = _slopes(net, pictures, order)
    return max(float((a - b).norm() / a.norm()) for a, b in zip(true, found, strict=True))


@pytest.mark.parametrize("enlarge", ["transposed", "nearest"])
def test_an_unpaired_translator_gets_its_true_gradients_from_one_picture(enlarge: str) -> None:
    # torch 2.14.1: instance norm, one picture, channels last: the gradient of another network
    torch.manual_seed(0)
    config = cyclegan.Config(side=32, width=8, blocks=2, enlarge=enlarge)
    net = cyclegan.ResizingGenerator(config)
    order = Translating.layout(net, "fp32", CPU)
    assert _off(net, torch.rand(1, 3, 32, 32) * 2 - 1, order) < 1e-3


@pytest.mark.parametrize("norm", [nn.InstanceNorm2d, nn.BatchNorm2d])
def test_whatever_the_norm_the_order_chosen_is_right(norm: type[nn.Module]) -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 8, 3), norm(8), nn.SiLU(), nn.Conv2d(8, 3, 3))
    assert _off(net, torch.rand(1, 3, 16, 16), layout(net, "fp32", CPU)) < 1e-3


def test_channels_lie_last_where_that_is_right() -> None:
    plain = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8))
    assert layout(plain, "bf16", CPU) is torch.channels_last
    strided = nn.Sequential(nn.Conv2d(8, 8, 3, 2, groups=8))
    assert layout(strided, "fp32", CPU) is torch.channels_last
    assert layout(strided, "bf16", CPU) is torch.contiguous_format
