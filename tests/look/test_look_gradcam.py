"""Grad-CAM and LayerCAM against torchcam; an empty map says why."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from pincel.errors import PincelError
from pincel.look import gradcam
from pincel.nets import cnn

torch.set_num_threads(1)


def _cnn() -> nn.Module:
    return cnn.Net(cnn.Config(widths=(6, 10), blocks=(1, 1), classes=5))


def _resnet18() -> nn.Module:
    import torchvision

    return torchvision.models.resnet18(num_classes=5)


def _mobilenet() -> nn.Module:
    import torchvision

    return torchvision.models.mobilenet_v2(num_classes=5)


def _vgg() -> nn.Module:
    layers: list[nn.Module] = []
    before = 3
    for after in (8, 16, 24):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
        before = after
    return nn.Sequential(
        nn.Sequential(*layers), nn.Flatten(), nn.Linear(24 * 36, 20), nn.ReLU(), nn.Linear(20, 5)
    )


def _lite0() -> nn.Module:
    import timm

    return timm.create_model("efficientnet_lite0", num_classes=5)


NETWORKS: dict[str, tuple[Callable[[], nn.Module], tuple[str, ...]]] = {
    "cnn": (_cnn, ("stages", "stages.1.conv2")),
    "resnet18": (_resnet18, ("layer3", "layer4")),
    "mobilenet_v2": (_mobilenet, ("features.7", "features.18")),
    "vgg": (_vgg, ("0.2", "0.8")),
    "efficientnet_lite0": (_lite0, ("blocks.4", "conv_head")),
}


def made(name: str) -> nn.Module:
    """The network with norm layers that do something."""
    torch.manual_seed(0)
    net = NETWORKS[name][0]()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
    return net.eval()


@pytest.mark.parametrize("name", NETWORKS)
def test_equals_torchcam(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        methods = pytest.importorskip("torchcam.methods")
    net = made(name)
    pictures = torch.randn(3, 3, 48, 48)
    classes = [0, 3, 1]
    for layer in NETWORKS[name][1]:
        for theirs, method in ((methods.GradCAM, "gradcam"), (methods.LayerCAM, "layercam")):
            ours = gradcam.explain(net, pictures, classes, layer=layer, method=method)
            with theirs(net, layer) as extractor:
                wanted = extractor(classes, net(pictures), normalized=False)[0].numpy()
            assert ours.heat.shape == wanted.shape
            assert wanted.max() > 0
            assert np.abs(ours.heat - wanted).max() <= 1e-5, (layer, method)
    for parameter in net.parameters():
        parameter.grad = None


def test_the_four_steps_are_numbers_that_belong_together() -> None:
    heat = gradcam.explain(made("cnn"), torch.randn(2, 3, 28, 28), layer="relu5")
    assert heat.maps.shape == heat.gradients.shape
    np.testing.assert_allclose(heat.alpha, heat.gradients.mean((2, 3)), atol=1e-7)
    total = (heat.alpha[:, :, None, None] * heat.maps).sum(1)
    np.testing.assert_allclose(heat.total, total, atol=1e-6)
    np.testing.assert_allclose(heat.heat, np.maximum(heat.total, 0))
    np.testing.assert_allclose(heat.counter, np.maximum(-heat.total, 0))
    assert (heat.classes == heat.logits.argmax(1)).all()


def test_a_batch_gives_what_single_pictures_give() -> None:
    net, pictures = made("cnn"), torch.randn(4, 3, 28, 28)
    together = gradcam.explain(net, pictures, [0, 1, 2, 3])
    for i in range(4):
        alone = gradcam.explain(net, pictures[i : i + 1], i)
        np.testing.assert_allclose(together.heat[i], alone.heat[0], atol=1e-6)


class Told(nn.Module):
    """One convolution and fixed weights for two classes."""

    def __init__(self, bias: float, weights: tuple[float, float]) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 1)
        nn.init.constant_(self.conv.weight, 1.0)
        nn.init.constant_(self.conv.bias, bias)
        self.weights = weights

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = self.conv(x).relu().mean((2, 3))
        return torch.cat([seen * self.weights[0], seen * self.weights[1]], 1)


def test_an_empty_map_says_why_and_offers_the_counter_evidence() -> None:
    picture = torch.rand(1, 1, 6, 6)
    against = gradcam.explain(Told(0, (1, -1)), picture, 1, layer="relu1")
    assert against.why_empty() == "against"
    assert against.heat.max() == 0 and against.counter.max() > 0
    assert gradcam.explain(Told(-9, (1, -1)), picture, 0, layer="relu1").why_empty() == "dead"
    assert gradcam.explain(Told(0, (1, 0)), picture, 1, layer="relu1").why_empty() == "deaf"
    even = gradcam.explain(Told(0, (1, -1)), torch.ones(1, 1, 6, 6), 0, layer="relu1")
    assert even.why_empty() == "even"
    assert gradcam.explain(Told(0, (1, -1)), picture, 0, layer="relu1").why_empty() == ""


def test_what_cannot_be_explained_is_one_sentence() -> None:
    net, picture = made("cnn"), torch.randn(1, 3, 28, 28)
    with pytest.raises(PincelError, match="no longer says where; the last layer that does is"):
        gradcam.explain(net, picture, layer="dense1")
    with pytest.raises(PincelError, match=r"no class 9; .* 0 to 4"):
        gradcam.explain(net, picture, 9)
    with pytest.raises(PincelError, match="no layer"):
        gradcam.explain(net, picture, layer="attention7")


def test_the_sharp_map_lies_where_the_evidence_is() -> None:
    torch.manual_seed(0)

    class Bright(nn.Module):
        """Answers to light, after two strides."""

        def __init__(self) -> None:
            super().__init__()
            self.one = nn.Conv2d(1, 1, 3, padding=1)
            self.two = nn.Conv2d(1, 1, 3, stride=2, padding=1)
            for conv in (self.one, self.two):
                nn.init.constant_(conv.weight, 1 / 9)
                nn.init.zeros_(conv.bias)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            seen = self.two(self.one(x).relu()).relu().mean((2, 3))
            return torch.cat([seen, -seen], 1)

    picture = torch.zeros(1, 1, 20, 20)
    picture[:, :, 5:8, 11:14] = 1
    sharp = gradcam.sharp(Bright(), picture, torch.tensor([0]), layer="relu1")[0]
    row, column = divmod(int(sharp.argmax()), 20)
    assert abs(row - 6) <= 1 and abs(column - 12) <= 1
    assert sharp[4:9, 10:15].sum() > 0.95 * sharp.sum()


@pytest.mark.parametrize("method", gradcam.METHODS)
def test_a_relu_in_place_changes_no_map(method: gradcam.Method) -> None:
    """torchcam 0.5.0 and grad-cam 1.5.5 keep a layer's output by reference: a ReLU that works in
    place after it then changes the map (by up to 0.91 of 1)."""

    def network(inplace: bool) -> nn.Module:
        torch.manual_seed(0)
        first, second = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)
        end = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3)]
        return nn.Sequential(first, nn.ReLU(inplace), second, nn.ReLU(inplace), *end).eval()

    torch.manual_seed(1)
    picture = torch.randn(1, 3, 16, 16)
    apart, within = (
        gradcam.explain(network(inplace), picture, 0, layer="2", method=method)
        for inplace in (False, True)
    )
    assert (apart.maps < 0).any(), "the map is of before the ReLU"
    np.testing.assert_array_equal(within.maps, apart.maps)
    np.testing.assert_allclose(within.heat, apart.heat, atol=1e-6)
