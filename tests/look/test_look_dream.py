"""Pictures drawn by gradient ascent: the number rises, the waves come back."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.errors import PincelError  # noqa: E402
from pincel.look import fourier  # noqa: E402
from pincel.look.dream import (  # noqa: E402
    Target,
    by_chance,
    dream,
    octave_sizes,
    takes,
    target_values,
    total_variation,
    visualise,
)
from pincel.nets import cnn, perceptron  # noqa: E402
from pincel.nets._network import Model  # noqa: E402


def small(channels: int = 1, side: int = 12) -> Model:
    torch.manual_seed(4)
    net = cnn.Net(cnn.Config(channels=channels, classes=3, widths=(6, 8), blocks=(1, 1)))
    for module in net.modules():  # blocks that begin as "add nothing" would not answer
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
    prepare = {"size": [side, side], "channels": channels, "type": "uint8"}
    prepare |= {"mean": [0.4] * channels, "std": [0.2] * channels}
    return Model("cnn", net.eval(), {"prepare": prepare, "classes": ["a", "b", "c"]})


@pytest.mark.parametrize("shape", [(2, 1, 8, 8), (1, 3, 9, 7), (1, 4, 6, 10)])
def test_waves_give_the_picture_back(shape: tuple[int, ...]) -> None:
    picture = torch.rand(shape, generator=torch.Generator().manual_seed(1)) * 0.9 + 0.05
    spectrum = fourier.from_picture(picture)
    again = fourier.to_picture(fourier.to_values(spectrum, shape[3]))
    assert torch.allclose(again, picture, atol=2e-4)


def test_slow_waves_weigh_more() -> None:
    for place, slower in (((0, 2), (0, 1)), ((3, 0), (1, 0))):
        sizes = []
        for row, column in (place, slower):
            spectrum = torch.zeros(1, 1, 8, 5, 2)
            spectrum[0, 0, row, column, 0] = 1
            sizes.append(float(fourier.to_values(spectrum, 8).norm()))
        assert sizes[0] < 0.7 * sizes[1]


def test_total_variation_by_hand() -> None:
    picture = torch.tensor([[[[0.0, 1.0], [0.0, 0.0]]]])
    assert float(total_variation(picture)) == pytest.approx(0.5 + 0.5)


@pytest.mark.parametrize(
    "target",
    [
        Target(class_=1),
        Target(layer="conv2", channel=3),
        Target(layer="conv2", channel=3, cell=(2, 9)),
        Target(layer="relu1"),
        Target(layer="dense1", channel=2),
    ],
)
def test_the_number_rises_well_above_chance(target: Target) -> None:
    model = small()
    stages = list(visualise(model, [target], steps=25, calm=0.1, variation=0))
    (reached,) = target_values(model, stages[-1].pictures, [target])
    chance = by_chance(model, target)
    assert reached > chance.mean() + 3 * chance.std()
    assert reached > stages[0].activation[0]
    assert stages[-1].pictures.shape == (1, 12, 12, 1)
    assert stages[-1].pictures.min() >= 0 and stages[-1].pictures.max() <= 1


def test_many_at_once_are_as_one_by_one() -> None:
    model = small(3)
    targets = [Target(layer="conv1", channel=k) for k in range(3)]
    together = list(visualise(model, targets, steps=3))[-1].pictures
    for k, target in enumerate(targets):
        (alone,) = list(visualise(model, [target], steps=3))[-1].pictures
        assert np.allclose(alone, together[k], atol=1e-4)


def test_a_dream_enlarges_what_is_seen_and_stays_the_picture() -> None:
    model = small(3)
    rng = np.random.default_rng(2)
    picture = np.repeat(np.repeat(rng.random((7, 6, 3)), 4, 0), 4, 1).astype(np.float32)
    target = Target(layer="conv3")
    before = [p.clone() for p in model.net.parameters()]
    model.net.train()
    stages = list(dream(model, picture, target, octaves=2, steps=4, strength=2))
    assert [stage.pictures.shape[1:3] for stage in stages[::4]] == [(20, 17), (28, 24)]
    last = stages[-1].pictures
    start, end = target_values(model, picture[None], [target]), target_values(model, last, [target])
    assert end > 1.2 * start
    assert np.corrcoef(last.ravel(), picture.ravel())[0, 1] > 0.8
    assert model.net.training and all(p.grad is None for p in model.net.parameters())
    assert all(torch.equal(a, b) for a, b in zip(before, model.net.parameters(), strict=True))


def test_same_seed_same_picture() -> None:
    def drawn(seed: int) -> np.ndarray:
        return list(visualise(small(), [Target(class_=0)], steps=2, seed=seed))[-1].pictures

    assert np.array_equal(drawn(5), drawn(5)) and not np.array_equal(drawn(5), drawn(6))


def test_sizes_of_octaves() -> None:
    assert octave_sizes((100, 50), 3, 2.0, (28, 28)) == [(50, 25), (100, 50)]
    assert octave_sizes((28, 28), 4, 1.4, (28, 28)) == [(14, 14), (20, 20), (28, 28)]


def test_a_network_of_one_size_says_so() -> None:
    net = perceptron.Net(perceptron.Config(channels=1, height=8, width=8, classes=2))
    prepare = {"size": [8, 8], "channels": 1, "type": "uint8", "mean": [0.5], "std": [0.5]}
    model = Model("perceptron", net.eval(), {"prepare": prepare, "classes": ["a", "b"]})
    assert takes(model, (8, 8)) and not takes(model, (16, 16))
    stages = list(dream(model, np.full((8, 8, 1), 0.5), Target(class_=0), steps=2))
    assert len(stages) == 2


def test_networks_that_read_in_another_way() -> None:
    """A captioner is drawn for through its encoder; a network that only makes pictures is not."""
    from pincel.nets import captioner

    torch.manual_seed(0)
    net = captioner.Net(captioner.Config(channels=1, words=4, width=12, heads=2, layers=1, side=12))
    about = small().about
    (stage,) = visualise(Model("captioner", net.eval(), about), [Target(layer="conv2")], steps=1)
    assert np.isfinite(stage.activation).all()

    class Maker(torch.nn.Module):
        def sample(self) -> None: ...

    with pytest.raises(PincelError, match="does not read a picture"):
        next(visualise(Model("maker", Maker(), about), [Target()]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (Target(class_=7), "no class 7"),
        (Target(layer="conv1", channel=99), "no filter 99"),
        (Target(layer="conv1", channel=0, cell=(50, 0)), "no cell 50,0"),
        (Target(layer="nowhere"), "no layer"),
    ],
)
def test_one_sentence(target: Target, sentence: str) -> None:
    with pytest.raises(PincelError, match=sentence):
        next(visualise(small(), [target]))


@pytest.mark.parametrize("shape", [(8, 16), (16, 8)])
def test_an_even_tone_learns_as_fast_as_the_slowest_wave(shape: tuple[int, int]) -> None:
    """Of a picture that is no square the slowest wave runs along its longer side."""
    height, width = shape
    slowest, twice = ((0, 1), (0, 2)) if width > height else ((1, 0), (2, 0))
    sizes = []
    for place in ((0, 0), slowest, twice):
        spectrum = torch.zeros(1, 1, height, width // 2 + 1, 2)
        spectrum[0, 0, place[0], place[1], 0] = 1
        if place[0]:  # a real picture holds each wave along the height twice
            spectrum[0, 0, -place[0], place[1], 0] = 1
        sizes.append(float(fourier.to_values(spectrum, width).norm()))
    assert sizes[1] == pytest.approx(sizes[0] * 2**0.5, rel=1e-5)
    assert sizes[1] == pytest.approx(2 * sizes[2], rel=1e-5)
