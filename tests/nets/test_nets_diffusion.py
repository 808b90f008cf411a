"""Diffusion: the course's formulas, samplers that reach the known distribution, pictures."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.nets import _oklab, _samplers, diffusion  # noqa: E402
from pincel.nets._schedules import Schedule  # noqa: E402

KINDS = ("linear", "cosine", "flow")


def tiny(**more):
    torch.manual_seed(0)
    settings = {
        "channels": 1,
        "side": 8,
        "width": 16,
        "widen": (1.0, 2.0),
        "steps": 4,
        "predict": "velocity",
        **more,
    }
    net = diffusion.Net(diffusion.Config(**settings)).eval()
    for weight in net.parameters():  # as if it had learned something
        if not weight.any():
            torch.nn.init.normal_(weight, std=0.1)
    return net


# ------------------------------------------------------------------------------- the formulas


def test_alpha_bar_is_the_product_of_what_each_step_keeps() -> None:
    schedule = Schedule("linear")
    beta = torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64)
    torch.testing.assert_close(schedule.beta(), beta)
    torch.testing.assert_close(schedule.alpha_bar()[1:], torch.cumprod(1 - beta, 0))
    assert schedule.alpha_bar()[0] == 1
    assert float(schedule.alpha_bar()[-1]) == pytest.approx(4.0358e-5, rel=1e-3)  # Ho et al.


def test_many_small_steps_are_one_great_one() -> None:
    """q(x_t | x_{t-1}) again and again is q(x_t | x_0): mean and variance, step by step."""
    schedule = Schedule("linear")
    mean, variance = 1.0, 0.0
    for step, beta in enumerate(schedule.beta().tolist(), 1):
        mean, variance = math.sqrt(1 - beta) * mean, (1 - beta) * variance + beta
        if step in (1, 10, 250, 777, 1000):
            t = torch.tensor([step / 1000], dtype=torch.float64)
            one, zero = torch.ones(1, 1, dtype=torch.float64), torch.zeros(1, 1).double()
            assert float(schedule.noised(one, zero, t)) == pytest.approx(mean)
            assert float(schedule.noised(zero, one, t)) ** 2 == pytest.approx(variance)


def test_cosine_and_flow_begin_with_the_picture_and_end_with_noise() -> None:
    t = torch.tensor([0.0, 0.5, 1.0], dtype=torch.float64)
    half = math.sqrt(0.5)
    for kind, middle in (("cosine", half), ("flow", 0.5)):
        schedule = Schedule(kind)
        assert schedule.signal(t).tolist() == pytest.approx([1, middle, 0])
        assert schedule.noise(t).tolist() == pytest.approx([0, middle, 1])


@pytest.mark.parametrize("kind", KINDS)
def test_picture_noise_and_velocity_give_each_other(kind) -> None:
    """A network that answers rightly is understood rightly, whatever it is asked."""
    x0, noise = torch.randn(2, 5, 1, 8, 8)
    for predict in ("x0", "noise", "velocity"):
        net = tiny(schedule=kind, predict=predict)
        for t in (0.1, 0.5, 0.8):
            when = torch.full((5,), t)
            x = net.schedule.noised(x0, noise, when)
            asked = net._asked(x0, noise, when)
            net.unet.forward = lambda *_, asked=asked: asked
            for found, right in zip(net.views(x, t)[:2], (x0, noise), strict=True):
                torch.testing.assert_close(found, right, rtol=1e-3, atol=1e-3)


# ------------------------------------------------------------------------------------ samplers

MEAN, SPREAD = 0.4, 0.5


def gaussian(schedule):
    """What the best of all denoisers sees when pictures are N(0.4, 0.5^2): E[x_0 | x_t]."""

    def see(x, t):
        at = torch.tensor(t, dtype=torch.float64)
        a, s = float(schedule.signal(at)), float(schedule.noise(at))
        return (a * SPREAD**2 * x + s**2 * MEAN) / (a**2 * SPREAD**2 + s**2)

    return see


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", _samplers.SAMPLERS)
def test_samplers_reach_the_distribution_that_they_are_shown(kind, name) -> None:
    schedule = Schedule(kind)
    generator = torch.Generator().manual_seed(1)

    def draw():
        return torch.randn(10_000, generator=generator, dtype=torch.float64)

    steps = 400 if name == "ancestral" else 60
    *_, last = _samplers.SAMPLERS[name](
        schedule, gaussian(schedule), draw(), _samplers.falling_times(steps), draw
    )
    assert last.to == 0
    assert float(last.after.mean()) == pytest.approx(MEAN, abs=0.03)
    assert float(last.after.std()) == pytest.approx(SPREAD, abs=0.03)


def test_heun_needs_fewer_steps_than_euler() -> None:
    schedule = Schedule("flow")
    x = torch.linspace(-2, 2, 9, dtype=torch.float64)
    right = MEAN + SPREAD * x  # where the exact flow takes each point
    error = {}
    for name in ("euler", "heun"):
        *_, last = _samplers.SAMPLERS[name](
            schedule, gaussian(schedule), x, _samplers.falling_times(12)
        )
        error[name] = float((last.after - right).abs().max())
    assert error["heun"] < error["euler"] / 4


def test_the_reverse_step_is_the_papers() -> None:
    """DDIM and DDPM as their papers (and diffusers' schedulers) write one step."""
    schedule = Schedule("linear")
    bar = schedule.alpha_bar()
    x, seen, fresh = torch.randn(3, 50, dtype=torch.float64)
    step, before = 600, 599
    ab, ab2 = float(bar[step]), float(bar[before])
    noise = (x - math.sqrt(ab) * seen) / math.sqrt(1 - ab)
    when = (step / 1000, before / 1000)

    (look,) = _samplers.ddim(schedule, lambda *_: seen, x, when)
    torch.testing.assert_close(look.after, math.sqrt(ab2) * seen + math.sqrt(1 - ab2) * noise)

    alpha = ab / ab2
    beta = 1 - alpha
    mean = (math.sqrt(ab2) * beta * seen + math.sqrt(alpha) * (1 - ab2) * x) / (1 - ab)
    spread = math.sqrt((1 - ab2) / (1 - ab) * beta)
    (look,) = _samplers.ancestral(schedule, lambda *_: seen, x, when, lambda: fresh)
    torch.testing.assert_close(look.after, mean + spread * fresh)


def test_on_straight_ways_euler_is_ddim() -> None:
    schedule, x = Schedule("flow"), torch.randn(50, dtype=torch.float64)
    ends = [
        list(go(schedule, gaussian(schedule), x, _samplers.falling_times(5)))[-1].after
        for go in (_samplers.euler, _samplers.ddim)
    ]
    torch.testing.assert_close(*ends)


# ------------------------------------------------------------------------------------- colours


def test_colours_come_back() -> None:
    values = torch.randint(0, 256, (6, 4, 8, 8), generator=torch.Generator().manual_seed(2)) / 255
    values[:, 3] = (values[:, 3] > 0.5).float()
    values[:2, 3] = values[:2, 2]  # half transparent ones
    for channels in (1, 3, 4):
        given = values[:, :channels].clone()
        if channels == 4:
            given[:, :3] *= given[:, 3:]
        given = 2 * given - 1
        space = _oklab.encode(given)
        assert space.shape == given.shape and float(space.abs().max()) <= 1.3
        torch.testing.assert_close(_oklab.decode(space), given, atol=2e-3, rtol=0)


def test_colors_keep_their_bits_under_autocast() -> None:
    """torch 2.14.1: autocast gives every product of matrices eight bits, also where it moves pixels
    or mixes colours (findings/torch-autocast-moves-pixels.sh). A training in bf16 learned from
    colours up to 59 levels off."""
    torch.manual_seed(0)
    given = torch.randint(0, 256, (1, 4, 32, 32)).float() / 127.5 - 1
    given[:, :3] = torch.minimum(given[:, :3], given[:, 3:])
    space = _oklab.encode(given)
    with torch.autocast("cpu", torch.bfloat16):
        lowered, shown = _oklab.encode(given), _oklab.decode(space)
    torch.testing.assert_close(lowered, space, atol=0, rtol=0)
    torch.testing.assert_close(shown, _oklab.decode(space), atol=0, rtol=0)


def test_lightness_is_oklab() -> None:
    from pincel.pixels.color import srgb_to_oklab

    rgb = torch.rand(5, 3, 1, 1, generator=torch.Generator().manual_seed(3))
    lab = torch.from_numpy(srgb_to_oklab(rgb[:, :, 0, 0].numpy()))
    found = _oklab.encode(2 * rgb - 1)[:, :, 0, 0]
    torch.testing.assert_close((found[:, 0] + 1) / 2, lab[:, 0], atol=1e-5, rtol=0)
    torch.testing.assert_close(found[:, 1:] / 4, lab[:, 1:], atol=1e-5, rtol=0)


# ------------------------------------------------------------------------------------ the family


@pytest.mark.parametrize(("side", "channels"), [(8, 1), (12, 3), (28, 3), (32, 4)])
def test_every_size_that_is_asked_for(side, channels) -> None:
    net = tiny(side=side, channels=channels, classes=3)
    made = net.sample([1, 2], torch.tensor([0, 2]), steps=2)
    assert made.shape == (2, channels, side, side)
    assert torch.isfinite(made).all() and float(made.abs().max()) <= 1


def test_a_picture_follows_from_its_seed_alone() -> None:
    for sampler in ("euler", "ancestral"):
        net = tiny(classes=3, sampler=sampler)
        both = net.sample([7, 8], torch.tensor([1, 2]))
        alone = net.sample([8], torch.tensor([2]))
        torch.testing.assert_close(both[1:], alone, atol=1e-4, rtol=0)
        assert not torch.equal(both[:1], alone)


def test_guidance_one_is_the_class_and_zero_is_none() -> None:
    net, label = tiny(classes=2), torch.tensor([1])
    x = torch.randn(1, 1, 8, 8)
    with torch.no_grad():
        said, unsaid = (net.views(x, 0.5, given)[0] for given in (label, None))
        assert not torch.equal(said, unsaid)
        assert torch.equal(net.see(label, 1.0)(x, 0.5), said.clamp(-1.25, 1.25))
        assert torch.equal(net.see(label, 0.0)(x, 0.5), unsaid.clamp(-1.25, 1.25))
        more = (unsaid + 2 * (said - unsaid)).clamp(-1.25, 1.25)
        torch.testing.assert_close(net.see(label, 2.0)(x, 0.5), more, atol=1e-5, rtol=0)


def test_what_is_not_masked_stays() -> None:
    net = tiny(channels=4)
    alpha = (torch.rand(2, 1, 8, 8, generator=torch.Generator().manual_seed(4)) > 0.3).float()
    pictures = torch.cat([torch.rand(2, 3, 8, 8) * alpha, alpha], 1) * 2 - 1
    mask = torch.zeros(1, 1, 8, 8, dtype=torch.bool)
    mask[..., 2:5, 2:6] = True
    made = net.inpaint(pictures, mask, [1, 2])
    outside = ~mask.expand_as(pictures)
    assert torch.equal(made[outside], pictures[outside])
    assert not torch.allclose(made[~outside], pictures[~outside])


def test_little_noise_changes_little() -> None:
    """A denoiser that is always right gives the picture back; ours stays nearer for less noise."""
    net = tiny()
    pictures = torch.rand(4, 1, 8, 8) * 2 - 1
    away = [float((net.vary(pictures, s, range(4)) - pictures).abs().mean()) for s in (0.02, 0.8)]
    assert away[0] < 0.1 < away[1]


def test_it_learns_which_half_is_light() -> None:
    """Two kinds of pictures: after a short lesson samples are of their own kind."""
    from pincel.learn.loop import train

    net = tiny(classes=2, guidance=1.0, predict="x0")
    labels = torch.arange(16) % 2
    pictures = torch.full((16, 1, 8, 8), -0.8)
    pictures[labels == 0, :, :4] = 0.8
    pictures[labels == 1, :, 4:] = 0.8
    optimizer = torch.optim.AdamW(net.parameters(), 5e-3)
    list(train(net, [(pictures, labels)] * 50, {"net": optimizer}, clip=1.0))
    made = net.eval().sample(range(8), torch.arange(8) % 2, steps=8)
    top = made[:, 0, :4].mean((1, 2)) - made[:, 0, 4:].mean((1, 2))
    assert (top[0::2] > 0.5).all() and (top[1::2] < -0.5).all()
