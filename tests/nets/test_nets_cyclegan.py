"""The networks of the report, row by row, and what may be changed about them."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from torch import Tensor, nn  # noqa: E402
from torch.nn import functional  # noqa: E402

from pincel import nets  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.nets import cyclegan  # noqa: E402


def _weights(net: nn.Module) -> int:
    return sum(weight.numel() for weight in net.parameters())


def _shapes(net: nn.Module, given: Tensor, kinds: tuple[type, ...]) -> list[tuple[int, ...]]:
    """(side, side, maps) after each layer of these kinds, in order."""
    found: list[tuple[int, ...]] = []

    def took(layer: nn.Module, took_in: object, out: Tensor) -> None:
        found.append((out.shape[2], out.shape[3], out.shape[1]))

    held = [m.register_forward_hook(took) for m in net.modules() if isinstance(m, kinds)]
    with torch.no_grad():
        net(given)
    for one in held:
        one.remove()
    return found


def test_the_generator_is_the_reports_row_by_row() -> None:
    net = cyclegan.ResizingGenerator(cyclegan.Config())
    kinds = (nn.Conv2d, nn.ConvTranspose2d, cyclegan.Residual, nn.Tanh)
    rows = _shapes(net, torch.zeros(1, 3, 128, 128), kinds)
    inner = [(32, 32, 256)] * 3  # two convolutions and their sum
    assert rows == [
        (128, 128, 64), (64, 64, 128), (32, 32, 256),
        *inner * 9,
        (64, 64, 128), (128, 128, 64), (128, 128, 3), (128, 128, 3),
    ]  # fmt: skip
    assert _weights(net) == 11_378_179


def test_the_discriminator_is_the_reports_row_by_row() -> None:
    net = cyclegan.PatchDiscriminator(cyclegan.Config(), 128)
    rows = _shapes(net, torch.zeros(1, 3, 128, 128), (nn.Conv2d, nn.ZeroPad2d))
    assert rows == [
        (64, 64, 64), (32, 32, 128), (16, 16, 256), (8, 8, 512), (9, 9, 512), (8, 8, 1),
    ]  # fmt: skip
    assert _weights(net) == 2_764_737


def test_a_verdict_sees_94_of_128_pixels() -> None:
    net = cyclegan.PatchDiscriminator(cyclegan.Config(width=4), 128)
    for layer in net.modules():  # no norm: it would let every pixel see all others
        if isinstance(layer, nn.InstanceNorm2d):
            layer.forward = lambda x: x  # type: ignore[method-assign]
    picture = torch.randn(1, 3, 128, 128, requires_grad=True)
    net(picture)[0, 0, 4, 4].backward()
    assert picture.grad is not None
    seen = picture.grad.abs().sum((0, 1)) > 0
    assert int(seen.any(0).sum()) == int(seen.any(1).sum()) == 94


def test_native_sprites_are_made_without_enlarging() -> None:
    net = cyclegan.Net(cyclegan.Config(native=32, width=4, blocks=1))
    there, back = net.to_sprite, net.to_face
    enlarging = (nn.ConvTranspose2d, nn.Upsample)
    assert not any(isinstance(layer, enlarging) for layer in there.modules())
    assert sum(isinstance(layer, enlarging) for layer in back.modules()) == 2
    small = cyclegan.Net(cyclegan.Config(side=64, native=16, width=8, blocks=1))
    faces = torch.randn(2, 3, 64, 64)
    assert small.to_sprite(faces).shape == (2, 3, 16, 16)
    assert small.to_face(small.to_sprite(faces)).shape == faces.shape
    assert small.shows(faces)[1].shape == faces.shape


@pytest.mark.parametrize("steady", ["none", "r1", "spectral"])
@pytest.mark.parametrize("native", [0, 16, 32])
def test_it_learns_in_every_shape(steady: str, native: int) -> None:
    torch.manual_seed(1)
    net = cyclegan.Net(
        cyclegan.Config(side=64, native=native, width=4, blocks=1, steady=steady, pool=2)
    )
    faces, sprites = torch.rand(2, 3, 64, 64), torch.rand(2, 3, native or 64, native or 64)
    before = {k: v.detach().clone() for k, v in net.named_parameters()}
    optimizers = {part: torch.optim.Adam(w, 2e-4) for part, w in net.parts().items()}
    for _ in range(4):  # the penalty is due at the fourth
        stepped = []
        for part, loss in net.losses((faces, sprites)):
            optimizers[part].zero_grad()
            loss.backward()
            optimizers[part].step()
            stepped.append(part)
            assert torch.isfinite(loss)
        assert stepped == ["generators", "sprites", "faces"]
    after = dict(net.named_parameters())
    for part in ("to_sprite", "to_face", "sprites", "faces"):
        own = [k for k in before if k.startswith(f"{part}.")]
        changed = [k for k in own if not torch.equal(before[k], after[k])]
        assert changed, part
    assert int(net.made_sprites.count) == 2  # the pool is full
    assert all(p.requires_grad for p in net.sprites.parameters())


def _asked(net: cyclegan.Net, faces: torch.Tensor, sprites: torch.Tensor, weight: float):
    """What the generators lose, every pass by itself, as the papers write it."""
    made, back = net.to_sprite(faces), net.to_face(sprites)
    loss = cyclegan.fooled(net.sprites(made)) + cyclegan.fooled(net.faces(back))
    loss = loss + 10 * functional.l1_loss(net.to_face(made), faces)
    loss = loss + 10 * functional.l1_loss(net.to_sprite(back), sprites)
    if weight:
        same = functional.l1_loss(net.to_sprite(net.as_face(sprites)), sprites)
        loss = loss + weight * (same + functional.l1_loss(net.to_face(net.as_sprite(faces)), faces))
    return loss


@pytest.mark.parametrize("native", [0, 16])
@pytest.mark.parametrize("every", [1, 3])
def test_a_step_is_the_papers_and_identity_weighs_as_much_where_it_is_asked_seldom(
    native: int, every: int
) -> None:
    torch.manual_seed(3)
    net = cyclegan.Net(
        cyclegan.Config(side=64, native=native, width=4, blocks=1, pool=0, identity_every=every)
    )
    faces, sprites = torch.rand(2, 3, 64, 64), torch.rand(2, 3, native or 64, native or 64)
    generators = net.parts()["generators"]
    asked = 0
    for number in range(1, 5):
        due = number % every == 0
        wanted = _asked(net, faces, sprites, 5.0 * every if due else 0.0)
        slopes = torch.autograd.grad(wanted, generators)
        part, loss = next(net.losses((faces, sprites)))
        loss.backward()
        assert part == "generators" and int(net.steps) == number
        torch.testing.assert_close(loss, wanted, rtol=1e-5, atol=1e-6)
        for weight, slope in zip(generators, slopes, strict=True):
            torch.testing.assert_close(weight.grad, slope, rtol=1e-3, atol=1e-5)
            weight.grad = None
        asked += due
    assert asked == 4 // every


def test_held_out_figures_ask_for_identity_each_time() -> None:
    torch.manual_seed(4)
    both = [cyclegan.Net(cyclegan.Config(side=64, native=16, width=4, blocks=1, identity_every=k))
            for k in (1, 4)]  # fmt: skip
    both[1].load_state_dict(both[0].state_dict())
    batch = torch.rand(2, 3, 64, 64), torch.rand(2, 3, 16, 16)
    with torch.no_grad():
        assert both[0].judge(batch) == both[1].judge(batch)


def test_the_pool_gives_half_of_the_time_what_was_made_before() -> None:
    torch.manual_seed(5)
    pool = cyclegan.Pool(4, 1, 2)
    first = torch.arange(4.0).view(4, 1, 1, 1).expand(4, 1, 2, 2)
    assert torch.equal(pool.exchange(first), first)  # nothing to give yet
    old = 0
    for number in range(100):
        new = torch.full((1, 1, 2, 2), 100.0 + number)
        old += int(not torch.equal(pool.exchange(new), new))
    assert 35 <= old <= 65
    assert torch.equal(cyclegan.Pool(0, 1, 2).exchange(first), first)


def test_other_grids_are_refused_in_one_sentence() -> None:
    with pytest.raises(PincelError) as refused:
        nets.configure("cyclegan", {"native": 40})
    assert refused.value.key == "cyclegan.native"
    assert "32, 64, 128" in str(refused.value)


def test_a_native_net_does_not_begin_in_pure_colours() -> None:
    """Without a norm before it the last convolution reads the sum of all blocks: three quarters of
    the values began beyond 0.95, and colours could not be learned through that."""
    faces = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(3)) * 2 - 1
    shares = []
    for settings in (
        {},
        {"native": 16},
        {"native": 16, "calm": True},
        {"native": 32, "calm": True},
    ):
        torch.manual_seed(1)
        net = cyclegan.Net(cyclegan.Config(side=64, width=32, **settings))
        with torch.no_grad():
            shares.append(float((net.to_sprite(faces).abs() > 0.95).float().mean()))
    report, raw, calm, half = shares
    assert raw > 0.5 and max(report, calm, half) < 0.1
    weights = [sum(w.numel() for w in cyclegan.Net(cyclegan.Config(native=32, calm=c)).parameters())
               for c in (False, True)]  # fmt: skip
    assert weights[0] == weights[1]
