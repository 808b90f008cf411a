"""Every operation of a network is written down, and the network stays as it was."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from pincel.errors import PincelError
from pincel.look.layers import layer_rows, trace
from pincel.nets import cnn, perceptron

torch.set_num_threads(1)


def small_cnn() -> cnn.Net:
    torch.manual_seed(0)
    return cnn.Net(cnn.Config(widths=(6, 10), blocks=(1, 2), classes=4)).eval()


def networks() -> dict[str, tuple[nn.Module, int]]:
    import timm
    import torchvision

    torch.manual_seed(0)
    return {
        "cnn": (small_cnn(), 27),
        "perceptron": (perceptron.Net(perceptron.Config(hidden=(12,))).eval(), 28),
        "resnet18": (torchvision.models.resnet18(num_classes=5).eval(), 32),
        "lite0": (timm.create_model("tf_efficientnet_lite0", num_classes=5).eval(), 32),
    }


def test_the_run_gives_what_the_network_gives_and_counts_every_weight() -> None:
    for name, (net, side) in networks().items():
        pictures = torch.randn(2, 3, side, side)
        with torch.no_grad():
            wanted = net(pictures)
        run = trace(net, pictures)
        assert torch.equal(run.logits, wanted), name
        total = sum(row.parameters for row in layer_rows(run))
        assert total == sum(p.numel() for p in net.parameters()), name
        for row in layer_rows(run):
            if row.formula:
                assert eval(row.formula) == row.parameters, (name, row)
        assert run.layers[-1].kind == "softmax"


def test_functions_without_a_module_are_layers_too() -> None:
    run = trace(small_cnn(), torch.randn(1, 3, 28, 28))
    kinds = [layer.kind for layer in run.layers]
    assert kinds.count("add") == 3 and kinds.count("relu") == 1 + 2 * 3
    assert run.find("add1").path == "stages.0.add"
    assert run.find("stages.1") is run.find("relu5")
    assert run.find("conv2").path == "stages.0.conv1"
    assert run.find("1") is run.layers[0]


def test_a_relu_in_place_does_not_overwrite_the_map_before_it() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(inplace=True), nn.Flatten(), nn.Linear(144, 2))
    pictures = torch.randn(1, 3, 8, 8)
    run = trace(net, pictures)
    assert (run.find("conv1").value < 0).any()
    assert torch.equal(run.find("relu1").value, run.find("conv1").value.relu())
    assert torch.equal(run.logits, net(pictures))


def test_receptive_fields_are_those_of_the_gradient() -> None:
    net = small_cnn()
    run = trace(net, torch.randn(1, 3, 32, 32), gradients=True)
    compared = 0
    for layer in run.layers:
        if not layer.spatial:
            continue
        assert layer.reach is not None
        row, column = layer.shape[1] // 2, layer.shape[2] // 2
        number = layer.value[0, :, row, column].sum()
        (found,) = torch.autograd.grad(number, run.picture, retain_graph=True)
        places = found[0].abs().sum(0).nonzero()
        if not len(places):  # every filter of a ReLU may be silent here
            continue
        low, high = places.min(0).values, places.max(0).values + 1
        top, left, bottom, right = layer.reach.box(row, column)
        assert top <= low[0] and left <= low[1] and high[0] <= bottom and high[1] <= right
        compared += 1
    assert compared >= 10


def test_receptive_field_of_strides_and_dilation_is_exact() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(  # no ReLU, so that every path counts
        nn.Conv2d(1, 2, 5, stride=2, padding=2),
        nn.AvgPool2d(3, 2, 1),
        nn.Conv2d(2, 2, 3, dilation=2, padding=2),
        nn.ZeroPad2d((1, 0, 2, 0)),
        nn.Conv2d(2, 2, (1, 3)),
    )
    net = nn.Sequential(*net, nn.Flatten(), nn.LazyLinear(2))
    pictures = torch.randn(1, 1, 64, 64)
    net(pictures)
    run = trace(net, pictures, gradients=True)
    for layer in [one for one in run.layers if one.spatial]:
        row, column = layer.shape[1] // 2, layer.shape[2] // 2
        number = layer.value[0, 0, row, column]
        (found,) = torch.autograd.grad(number, run.picture, retain_graph=True)
        places = found[0, 0].nonzero()
        seen = (*places.min(0).values.tolist(), *(places.max(0).values + 1).tolist())
        assert layer.reach is not None
        assert seen == layer.reach.box(row, column), layer.name


def test_two_convolutions_of_three_see_five_pixels() -> None:
    net = nn.Sequential(nn.Conv2d(1, 1, 3), nn.Conv2d(1, 1, 3), nn.Flatten(), nn.Linear(16, 2))
    run = trace(net, torch.randn(1, 1, 8, 8))
    assert run.find("conv2").reach is not None
    assert run.find("conv2").reach.field == (5, 5)  # type: ignore[union-attr]


class Breaks(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3)
        self.drop = nn.Dropout(0.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        functional.relu(self.first(x))
        raise RuntimeError("no")


@pytest.mark.parametrize("breaks", [False, True])
def test_the_network_is_left_as_it_was_found(breaks: bool) -> None:
    net: nn.Module = Breaks() if breaks else small_cnn()
    net.train()
    next(iter(net.children())).eval()  # a mixed state has to come back too
    modes = [m.training for m in net.modules()]
    state = {k: v.clone() for k, v in net.state_dict().items()}
    draw = torch.random.get_rng_state()
    pictures = torch.randn(2, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    if breaks:
        with pytest.raises(RuntimeError, match="no"):
            trace(net, pictures, gradients=True)
    else:
        trace(net, pictures, gradients=True)
    assert [m.training for m in net.modules()] == modes
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in net.modules())
    assert all(p.grad is None for p in net.parameters())
    assert all(torch.equal(v, state[k]) for k, v in net.state_dict().items())
    assert torch.equal(torch.random.get_rng_state(), draw)
    assert pictures.grad is None and not pictures.requires_grad


def test_a_layer_that_does_not_exist_names_near_ones() -> None:
    run = trace(small_cnn(), torch.randn(1, 3, 16, 16))
    with pytest.raises(PincelError, match=r'"conv99"; try .*conv'):
        run.find("conv99")
    perceptron_run = trace(
        perceptron.Net(perceptron.Config(hidden=(5,))), torch.randn(1, 3, 28, 28)
    )
    with pytest.raises(PincelError, match="no feature maps"):
        perceptron_run.last_map()


def test_half_of_a_field_counts_the_pixel_that_reaches_it() -> None:
    from pincel.look.field import _half

    strength = np.array([[4.0, 2.0, 1.0, 1.0], [9.0, 9.0, 9.0, 9.0]])
    assert _half(strength, (0, 0, 1, 4)) == 0.25
    assert _half(np.ones((3, 4)), (0, 0, 3, 4)) == 0.5
