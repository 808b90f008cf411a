"""The duel: losses against their formulas, the penalty against a closed form, seeds."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from torch.nn import functional  # noqa: E402

from pincel.learn.loop import train  # noqa: E402
from pincel.nets import gan  # noqa: E402


def small(**more) -> gan.Net:
    torch.manual_seed(0)
    return gan.Net(gan.Config(**{"channels": 1, "side": 8, "width": 4, "noise": 8, **more}))


def batch(net: gan.Net, count: int = 6) -> tuple[torch.Tensor, torch.Tensor]:
    side, channels = net.config.side, net.config.channels
    generator = torch.Generator().manual_seed(1)
    pictures = torch.randn(count, channels, side, side, generator=generator).clamp(-1, 1)
    return pictures, torch.arange(count) % max(1, net.config.classes)


@pytest.mark.parametrize("side", [8, 12, 16, 20, 28, 32, 64])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_all_sides_and_channels(side: int, channels: int) -> None:
    net = small(side=side, channels=channels, classes=3)
    assert net.sample([5, 6]).shape == (2, channels, side, side)
    assert net.discriminator(*batch(net)).shape == (6,)
    weights = {id(w) for w in net.parameters()}
    assert weights == {id(w) for part in net.parts().values() for w in part}


def test_a_picture_follows_from_its_seed_and_label_alone() -> None:
    net = small(classes=3)
    labels = torch.tensor([0, 2, 1])
    together = net.sample([7, 8, 9], labels)
    assert torch.equal(together[1:2], net.sample([8], torch.tensor([2])))
    assert not torch.equal(together[1:2], net.sample([8], torch.tensor([0])))
    assert not torch.equal(together[0], together[2])


def test_without_labels_classes_come_as_often_as_they_were_seen() -> None:
    net = small(classes=4)
    net.seen += torch.tensor([0, 90, 10, 0])
    drawn = [int(net._drawn(seed)[1]) for seed in range(300)]
    assert set(drawn) == {1, 2}
    assert 0.8 < drawn.count(1) / 300 < 0.97


def test_losses_are_the_pairing_loss_and_the_penalty_is_its_closed_form() -> None:
    """For a discriminator that is a plain sum w.x the slope is w everywhere."""

    class Plain(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.w = torch.nn.Parameter(torch.randn(1, 8, 8, generator=torch.Generator()))

        def forward(self, pictures, labels):
            return (pictures * self.w).sum((1, 2, 3))

    net = small(penalty=0.8, every=1)
    net.discriminator = Plain()
    pictures, labels = batch(net)
    torch.manual_seed(4)
    steps = net.losses((pictures, labels))
    _, judging = next(steps)
    real, fake = net.last
    steepness = 2 * net.discriminator.w.square().sum()  # R1 and R2
    wanted = functional.softplus(fake - real).mean() + 0.4 * steepness
    torch.testing.assert_close(judging, wanted)
    _, making = next(steps)
    torch.testing.assert_close(making, functional.softplus(real - fake).mean())
    assert next(steps, None) is None
    assert all(w.requires_grad for w in net.parameters())


def test_penalties_come_now_and_then_and_weigh_as_much() -> None:
    net = small(penalty=1.0, every=4)
    for w in net.discriminator.parameters():
        torch.nn.init.normal_(w, 0, 0.3)
    pictures, labels = batch(net)
    losses = []
    for _ in range(8):
        torch.manual_seed(2)  # the same noise each time
        losses.append(float(next(net.losses((pictures, labels)))[1].detach()))
    plain, penalised = losses[0], losses[3]
    assert losses[7] == penalised > plain
    assert losses == [plain] * 3 + [penalised] + [plain] * 3 + [penalised]
    always = small(penalty=1.0, every=1)
    always.load_state_dict(net.state_dict())
    torch.manual_seed(2)
    each = float(next(always.losses((pictures, labels)))[1].detach())
    assert (penalised - plain) == pytest.approx(4 * (each - plain), rel=1e-4)


def test_parts_learn_in_turn_and_alone() -> None:
    net = small(classes=2, every=1)
    torch.nn.init.normal_(net.discriminator.verdict.weight)
    before = {k: v.clone() for k, v in net.state_dict().items()}
    steps = net.losses(batch(net))
    next(steps)[1].backward()
    assert all(p.grad is None for p in net.generator.parameters())
    net.zero_grad()
    next(steps)[1].backward()
    assert all(p.grad is None for p in net.discriminator.parameters())
    assert any(p.grad is not None and p.grad.any() for p in net.generator.parameters())
    assert int(net.steps) == 1 and net.seen.tolist() == [3, 3]
    assert torch.equal(before["generator.start.weight"], net.generator.start.weight)


def test_judging_changes_nothing() -> None:
    net = small(classes=2).eval()
    before = {k: v.clone() for k, v in net.state_dict().items()}
    with torch.no_grad():
        found = net.judge(batch(net))
    assert set(found) == {"loss", "real", "made", "told_apart"}
    assert 0 <= found["told_apart"] <= 1
    assert all(torch.equal(before[k], v) for k, v in net.state_dict().items())
    assert net.last[0].shape == net.last[1].shape == (6,)


def test_it_finds_both_kinds_of_pictures() -> None:
    """Bright at the left, or bright at the right; never both, never neither. Of two kinds so far
    apart a weak penalty (0.3, 1) loses one: all pictures become the other."""
    net = small(penalty=3.0, every=4)
    wanted = gan.recipe(net.config)
    optimizers = {
        part: torch.optim.AdamW(weights, 2e-3, betas=wanted["betas"], weight_decay=0)
        for part, weights in net.parts().items()
    }
    pictures = -torch.ones(32, 1, 8, 8)
    pictures[::2, :, :, :4] = 1
    pictures[1::2, :, :, 4:] = 1
    labels = torch.zeros(32, dtype=torch.long)
    for _ in train(net, [(pictures, labels)] * 120, optimizers, clip=wanted["clip"]):
        pass
    made = net.sample(range(64))
    left, right = made[..., :4].mean((1, 2, 3)) > 0, made[..., 4:].mean((1, 2, 3)) > 0
    assert (left ^ right).float().mean() > 0.75
    assert 16 < int(left.sum()) < 48


def test_sprites_with_alpha_get_a_calmer_duel() -> None:
    assert gan.suited(4, 32) == {"penalty": 10.0, "changed": True}
    assert gan.suited(3, 28) == {} and gan.suited(1, 8) == {}
    assert gan.suited(4, 32, stains=True) == {}, "a fourth stain is no alpha"


def test_a_changed_picture_is_moved_tinted_and_holed_and_passes_slopes_on() -> None:
    from pincel.nets._changed import changed

    torch.manual_seed(3)
    pictures = torch.full((16, 4, 32, 32), -1.0)
    pictures[:, :, 8:24, 8:24] = torch.rand(16, 4, 1, 1)
    pictures[:, 3, 8:24, 8:24] = 1.0
    pictures.requires_grad_(True)
    seen = changed(pictures, alpha=True)
    assert seen.shape == pictures.shape and not torch.equal(seen, pictures)
    alpha = seen[:, 3].detach()
    assert set(alpha.unique().tolist()) == {-1.0, 0.0, 1.0}  # moved whole, and the hole
    assert (alpha == 1).sum((1, 2)).max() <= 256
    tops = [int((one == 1).any(1).nonzero()[0]) for one in alpha if (one == 1).any()]
    assert len(set(tops)) > 3 and min(tops) >= 4
    seen.sum().backward()
    assert pictures.grad is not None and (pictures.grad != 0).any()


def test_real_and_made_pictures_are_changed_for_the_discriminator_alone() -> None:
    torch.manual_seed(1)
    net = gan.Net(gan.Config(channels=4, side=16, width=8, changed=True))
    shown: list[torch.Tensor] = []
    judge = net.discriminator.forward
    net.discriminator.forward = lambda x, y: shown.append(x.detach()) or judge(x, y)
    pictures = torch.rand(8, 4, 16, 16) * 2 - 1
    for _, loss in net.losses((pictures, torch.zeros(8, dtype=torch.long))):
        loss.backward()
    assert not torch.equal(shown[0][:8], pictures)
    shown.clear()
    with torch.no_grad():
        net.judge((pictures, torch.zeros(8, dtype=torch.long)))
    assert torch.equal(shown[0], pictures)  # what is measured is the picture itself
