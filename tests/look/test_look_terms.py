"""The terms of a number add up to what the network holds, for every kind of layer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from pincel.errors import PincelError
from pincel.look.field import field_of, visible_box
from pincel.look.layers import trace
from pincel.look.terms import cell_in_layer, terms_of
from pincel.nets import cnn, perceptron

torch.set_num_threads(1)


def _cnn() -> nn.Module:
    return cnn.Net(cnn.Config(widths=(6, 10), blocks=(1, 1), classes=4))


def _perceptron() -> nn.Module:
    return perceptron.Net(perceptron.Config(hidden=(12,), classes=4, height=27, width=27))


def _resnet18() -> nn.Module:
    import torchvision

    return torchvision.models.resnet18(num_classes=5)


def _lite0() -> nn.Module:
    import timm

    return timm.create_model("tf_efficientnet_lite0", num_classes=5)


def _mobilenet_v3() -> nn.Module:
    import torchvision

    return torchvision.models.mobilenet_v3_small(num_classes=5)


def _squeezenet() -> nn.Module:
    import torchvision

    return torchvision.models.squeezenet1_1(num_classes=5)


NETWORKS: dict[str, tuple[Callable[[], nn.Module], set[str]]] = {
    "cnn": (_cnn, {"conv", "batchnorm", "relu", "add", "avgpool", "globalpool", "dense"}),
    "perceptron": (_perceptron, {"flatten", "dense", "relu", "softmax"}),
    "resnet18": (_resnet18, {"maxpool", "conv", "add", "softmax"}),
    "lite0": (_lite0, {"pad", "relu6", "conv", "batchnorm"}),
    "mobilenet_v3": (_mobilenet_v3, {"multiply", "hardswish", "hardsigmoid"}),
    "squeezenet": (_squeezenet, {"concat", "maxpool"}),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_terms_add_up(name: str) -> None:
    build, wanted = NETWORKS[name]
    torch.manual_seed(0)
    net = build()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
            nn.init.normal_(module.running_mean)  # type: ignore[arg-type]
            nn.init.uniform_(module.running_var, 0.5, 1.5)  # type: ignore[arg-type]
    side = 27 if name in ("cnn", "perceptron") else 48
    run = trace(net.eval(), torch.randn(1, 3, side, side))
    rng = np.random.default_rng(0)
    kinds = set()
    for layer in run.layers:
        shape = layer.shape
        corner = tuple(n - 1 for n in shape)
        for cell in (corner, tuple(int(rng.integers(n)) for n in shape)):
            full = (*cell, 0, 0)[:3]
            terms = terms_of(run, layer, full)  # type: ignore[arg-type]
            assert terms.error <= 1e-5, (layer.name, cell, terms.value, terms.actual)
            if terms.kind in ("conv", "dense", "avgpool", "globalpool"):
                total = terms.products.sum() + terms.facts.get("bias", 0.0)
                assert total == pytest.approx(terms.value, abs=1e-9)
                np.testing.assert_allclose(terms.products, terms.read * terms.weights)
        kinds.add(layer.kind)
    assert wanted <= kinds


def test_an_average_at_the_edge_divides_as_torch_does() -> None:
    for counts in (True, False):
        net = nn.Sequential(
            nn.AvgPool2d(3, 2, 1, ceil_mode=True, count_include_pad=counts),
            nn.Flatten(),
            nn.LazyLinear(2),
        )
        picture = torch.randn(1, 1, 8, 8)
        net(picture)
        run = trace(net, picture)
        layer = run.layers[0]
        for row in range(layer.shape[1]):
            for column in range(layer.shape[2]):
                assert terms_of(run, layer, (0, row, column)).error < 1e-6


def test_the_strongest_number_is_taken_and_places_are_checked() -> None:
    torch.manual_seed(0)
    run = trace(_cnn().eval(), torch.randn(1, 3, 28, 28))
    layer = run.find("conv3")
    value = layer.value[0]
    channel, row, column = cell_in_layer(layer, None)
    assert value[channel, row, column].abs() == value.abs().max()
    assert cell_in_layer(layer, (3, 4), 2) == (2, 3, 4)
    dense = run.find("dense1")
    assert cell_in_layer(dense, (1,)) == (1, 0, 0) == cell_in_layer(dense, None, 1)
    with pytest.raises(PincelError, match="no cell 99,0; its map is 28 x 28"):
        cell_in_layer(layer, (99, 0))
    with pytest.raises(PincelError, match="no filter 60; they go from 0 to 5"):
        cell_in_layer(layer, (0, 0), 60)
    with pytest.raises(PincelError, match="no number 9; they go from 0 to 3"):
        cell_in_layer(dense, (9,))


def test_the_effective_field_lies_in_the_theoretical_one() -> None:
    torch.manual_seed(0)
    run = trace(_cnn().eval(), torch.randn(1, 3, 28, 28), gradients=True)
    checked = 0
    for name in ("conv1", "conv3", "conv5", "relu5"):
        layer = run.find(name)
        cell = (layer.shape[1] // 2, layer.shape[2] // 3)
        field = field_of(run, layer, cell)
        top, left, bottom, right = visible_box(field.box, (28, 28))
        outside = np.ones((28, 28), bool)
        outside[top:bottom, left:right] = False
        assert field.strength.max() == 1 and field.strength[outside].max() == 0
        assert 0 < field.half <= 0.65
        checked += 1
    assert checked == 4
    far = field_of(run, run.find("relu5"), (7, 7)).half
    near = field_of(run, run.find("conv1"), (7, 7)).half
    assert far < near  # the effective field is a shrinking part of the theoretical one


class _Function(nn.Module):
    """A function as a network."""

    def __init__(self, function: Callable[[torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.function(x)


_MAP = torch.linspace(-1, 1, 2 * 3 * 4).view(1, 2, 3, 4)
FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "x * x": lambda x: x * x,
    "x + x": lambda x: x + x,
    "x.mul_(x)": lambda x: (x + 0).mul_(x.relu()),
    "x * x * x": lambda x: x * x * x,
    "relu squared": lambda x: x.relu() * x.relu(),
    "add alpha": lambda x: torch.add(x, x.relu(), alpha=2),
    "add itself alpha": lambda x: torch.add(x, x, alpha=3),
    "method alpha": lambda x: x.add(x.sigmoid(), alpha=-0.5),
    "in place alpha": lambda x: (x * 1).add_(x.sigmoid(), alpha=4),
    "constant alpha": lambda x: torch.add(x, _MAP, alpha=2),
    "alpha of the map": lambda x: torch.add(_MAP, x, alpha=2),
    "number alpha": lambda x: torch.add(x, 0.5, alpha=2),
    "number": lambda x: 3 + x,
    "times a number": lambda x: x * -2.5,
    "times a map": lambda x: _MAP * x,
    "a factor a channel": lambda x: x * torch.tensor([2.0, 3.0]).view(1, 2, 1, 1),
    "both": lambda x: torch.cat([x, x.relu()], 1),
    "rows": lambda x: torch.concat([x, x.relu()], dim=2),
    "flat in two steps": lambda x: x.flatten(2).flatten(1),
    "mean": lambda x: x.mean((2, 3), keepdim=True) * x,
    "less": lambda x: x - x.relu(),
}
WITHOUT = {"cat", "view", "sub", "flatten"}  # no terms are told of these


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_sum_or_a_product_of_any_two(name: str) -> None:
    net = _Function(FUNCTIONS[name])
    picture = torch.randn(1, 2, 3, 4, generator=torch.Generator().manual_seed(4))
    run = trace(net, picture)
    told = 0
    for layer in run.layers:
        for cell in ((1, 2, 3), (0, 0, 0)):
            full = (cell[0], 0, 0)
            if len(layer.shape) == 3:
                full = tuple(min(k, n - 1) for k, n in zip(cell, layer.shape, strict=True))
            try:
                terms = terms_of(run, layer, full)
            except PincelError:
                assert layer.kind in WITHOUT, layer.kind
                continue
            assert terms.error <= 2e-6, (layer.name, terms.value, terms.actual)
            if terms.kind == "add":
                assert float(terms.products.sum()) == pytest.approx(terms.value, abs=1e-12)
            told += 1
    assert told or name in ("rows", "flat in two steps")
