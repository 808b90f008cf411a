"""The tests of trust tell a good map from a bad one; a planted mark is found."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from pincel.look import audit, shortcuts
from pincel.look.gradcam import explain
from pincel.look.trust import energy_over_area, randomised, rank_correlation, trust, trust_curves
from pincel.nets import cnn

torch.set_num_threads(1)


def small_net(channels: int, classes: int, seed: int) -> cnn.Net:
    torch.manual_seed(seed)
    return cnn.Net(cnn.Config(channels=channels, classes=classes, widths=(12, 24), blocks=(1, 1)))


class Reads(nn.Module):
    """A network that reads light at the top left, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 1)
        nn.init.ones_(self.conv.weight)
        nn.init.zeros_(self.conv.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = self.conv(x).relu()[:, :, :4, :4].mean((1, 2, 3))
        return torch.stack([seen * 6 - 3, 3 - seen * 6], 1)


def test_insertion_and_deletion_prefer_the_pixels_that_are_read() -> None:
    pictures = torch.ones(2, 1, 12, 12)
    true = np.zeros((2, 12, 12), np.float32)
    true[:, :4, :4] = 1
    classes = torch.zeros(2, dtype=torch.long)
    insertion, deletion = trust_curves(Reads(), pictures, true, classes, steps=12)
    wrong = trust_curves(Reads(), pictures, 1 - true, classes, steps=12)
    assert (deletion.area < deletion.chance - 0.1).all()
    assert (wrong[1].area > deletion.area + 0.3).all()
    assert insertion.probabilities.shape == (2, 13)
    np.testing.assert_allclose(deletion.probabilities[:, 0], 1 / (1 + np.exp(-6)), atol=1e-5)


def test_rank_correlation_is_spearmans() -> None:
    from scipy.stats import spearmanr

    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(2, 3, 7, 7))
    for i, value in enumerate(rank_correlation(first, second)):
        assert value == pytest.approx(spearmanr(first[i].ravel(), second[i].ravel()).statistic)
    assert np.isnan(rank_correlation(np.ones((1, 3, 3)), rng.normal(size=(1, 3, 3)))[0])


def test_energy_over_area() -> None:
    mask = np.zeros((1, 4, 4), bool)
    mask[:, :2, :2] = True
    assert energy_over_area(np.ones((1, 4, 4)), mask)[0] == pytest.approx(1)
    assert energy_over_area(mask.astype(float), mask)[0] == pytest.approx(4)
    assert np.isnan(energy_over_area(np.zeros((1, 4, 4)), mask)[0])


def test_a_randomised_copy_forgets_everything_and_leaves_the_rest_alone() -> None:
    net = small_net(3, 4, seed=1)
    state = {k: v.clone() for k, v in net.state_dict().items()}
    draw = torch.random.get_rng_state()
    other = randomised(net, 5)
    again = randomised(net, 5)
    assert torch.equal(torch.random.get_rng_state(), draw)
    assert all(torch.equal(v, state[k]) for k, v in net.state_dict().items())
    assert not torch.equal(other.head.weight, net.head.weight)
    assert torch.equal(other.head.weight, again.head.weight)
    pictures = torch.randn(2, 3, 16, 16)
    tests = trust(net, pictures, explain(net, pictures), steps=3, orders=1, networks=2)
    assert ((tests.random_correlation >= 0) & (tests.random_correlation <= 1)).all()
    assert tests.verdict(0) in ("good", "weak", "poor")


def cells(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Light and dark discs on noise: two classes that are hard enough to prefer a mark."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:16, 0:16]
    labels = rng.integers(0, 2, count)
    pictures = rng.normal(128, 30, (count, 16, 16, 3))
    disc = np.hypot(y - 7.5, x - 7.5) < 5
    pictures[:, disc] += np.where(labels, 3, -3)[:, None, None]
    return np.clip(pictures, 0, 255).astype(np.uint8), labels


@pytest.mark.parametrize("kind", shortcuts.KINDS)
def test_marks_lie_where_they_say(kind: shortcuts.Kind) -> None:
    pictures, labels = cells(12, 0)
    mark = shortcuts.Mark(kind, "bottom-right", (255, 0, 0))
    mask = mark.mask((16, 16))
    marked = shortcuts.planted(pictures, labels, mark, 1)
    assert np.array_equal(marked[labels == 0], pictures[labels == 0])
    assert np.array_equal(marked[:, ~mask], pictures[:, ~mask])
    assert (marked[labels == 1] != pictures[labels == 1]).any()
    away = shortcuts.moved_mark(pictures, labels, mark, 1)
    assert np.array_equal(away[labels == 1], pictures[labels == 1])


def test_a_planted_corner_is_found_and_moving_it_breaks_the_answers() -> None:
    from pincel.learn.data import DataPart
    from pincel.learn.prepare import preparation_facts, prepare
    from pincel.learn.teach import teach

    mark = shortcuts.Mark("corner", "top-right", (220, 40, 40))
    pictures, labels = cells(240, 0)
    marked = shortcuts.planted(pictures, labels, mark, 1)
    about = {"prepare": preparation_facts(marked)}
    part = DataPart(marked, labels, [str(k) for k in range(len(labels))])
    *_, done = teach(*shortcuts.lesson(part, ["a", "b"], epochs=14, seed=0))
    net = done.model.net
    fresh, truth = cells(120, 1)
    seen = prepare(shortcuts.planted(fresh, truth, mark, 1), about)
    away = prepare(shortcuts.moved_mark(fresh, truth, mark, 1), about)
    kept = (shortcuts.named_classes(net, seen) == truth).mean()
    lost = (shortcuts.named_classes(net, away) == truth).mean()
    assert kept > 0.9 and lost < 0.5
    search = shortcuts.find_shortcuts(net, seen, truth, most=16)
    assert search.findings[0].region == "top-right"
    assert search.findings[0].suspicious


def test_worst_cases_and_samples() -> None:
    labels = np.array([0] * 50 + [1] * 3)
    chosen = audit.evenly_drawn(labels, 10, 0)
    assert (labels[chosen] == 1).sum() == 3 and len(chosen) == 10
    net = small_net(1, 2, seed=0)
    rows = [
        row
        for batch in audit.audit_pictures(
            net.eval(), torch.randn(6, 1, 12, 12), np.arange(6) % 2, np.arange(6), batch=4
        )
        for row in batch
    ]
    assert [row.index for row in rows] == list(range(6))
    wrong = audit.worst(rows, "wrong")
    assert all(not row.right for row in wrong)
    assert sum(audit.verdict_counts(rows).values()) == 6


class Reader(torch.nn.Module):
    """Answers 1 where a place of the picture is bright: the shortcut in its purest form."""

    def __init__(self, place: np.ndarray) -> None:
        super().__init__()
        self.place = torch.from_numpy(place)

    def logits(self, pictures):
        light = pictures[:, 0, self.place].mean(1)
        return torch.stack([0.5 - light, light - 0.5], 1)


@pytest.mark.parametrize("kind", ["corner", "border", "tint"])
def test_a_corner_a_border_and_a_tint_are_told_apart(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    labels = np.arange(24) % 2
    pictures = rng.uniform(0.1, 0.2, (24, 1, 28, 28)).astype(np.float32)
    place = np.ones((28, 28), bool)
    if kind == "border":
        place[1:-1, 1:-1] = False
    elif kind == "corner":
        place[4:] = place[:, 4:] = False
    pictures[labels == 1] = np.where(place, 0.9, pictures[labels == 1])
    monkeypatch.setattr(shortcuts, "_heat", lambda *given: {})
    search = shortcuts.find_shortcuts(Reader(place), torch.from_numpy(pictures), labels, most=12)
    first = search.findings[0]
    wanted = {"corner": "top-left", "border": shortcuts.BORDER, "tint": shortcuts.BACKGROUND}
    assert first.region == wanted[kind]
    assert first.suspicious and first.pulled == 1.0
    named = {found.region for found in search.suspicious}
    assert (shortcuts.BACKGROUND in named) == (kind == "tint")
