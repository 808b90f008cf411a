"""The wiring of a training: what is asked reaches the optimizer, what is kept is what was best."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from pincel.learn.answering import class_probabilities  # noqa: E402
from pincel.learn.course import Batch, Finished  # noqa: E402
from pincel.learn.data import Data, DataPart, Report  # noqa: E402
from pincel.learn.loop import Averaged  # noqa: E402
from pincel.learn.measure import measure_answers  # noqa: E402
from pincel.learn.run import BEST, Run  # noqa: E402
from pincel.learn.tasks import making  # noqa: E402
from pincel.learn.teach import begin, teach  # noqa: E402
from pincel.learn.teacher import Teacher  # noqa: E402
from pincel.nets._network import open_model  # noqa: E402


def bars(many: int, seed: int, turned: int = 0) -> DataPart:
    """Pictures of 8 x 8 with a bar at one of four places; `turned` names the places wrongly."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, many)
    pictures = rng.integers(0, 60, (many, 8, 8, 1), dtype=np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[:, 2 * label : 2 * label + 2] += 180
    return DataPart(pictures, (labels + turned) % 4, [str(k) for k in range(many)])


def data(turned: int = 0) -> Data:
    return Data("bars", list("abcd"), bars(48, 0), bars(12, 1, turned), bars(20, 2), "h", Report())


PLAN = {"precision": "fp32", "threads": 1, "batch": 16, "epochs": 5, "augment": "none"}


def begun(folder: Path, given: Data, family: str = "perceptron", **recipe: Any) -> Run:
    return Run.create(folder, begin(family, given, on="cpu", recipe=PLAN | recipe))


def taught(folder: Path, given: Data, family: str = "perceptron", **recipe: Any) -> tuple[Run, Any]:
    """A finished run and its last event."""
    run = begun(folder, given, family, **recipe)
    *_, last = teach(run, given)
    return run, last


def same(one: dict, other: dict) -> bool:
    return all(torch.equal(value, other[key]) for key, value in one.items())


def test_the_average_forgets_the_start() -> None:
    """It keeps (1 + step) / (10 + step) of itself until that reaches the decay."""
    net = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(net.weight)
    average = Averaged(net, 0.999)
    torch.nn.init.constant_(net.weight, 11.0)
    average.update(net, 1)
    assert float(average.weights["weight"]) == pytest.approx(9.0)
    average.update(net, 10_000_000)
    assert float(average.weights["weight"]) == pytest.approx(9.0 + 0.001 * 2.0)


def test_what_is_kept_are_the_averaged_weights(tmp_path: Path) -> None:
    run, _ = taught(tmp_path / "run", data(), epochs=1)
    kept, state = open_model(run.folder / BEST).net.state_dict(), run.last()
    assert state is not None
    assert same(state.averaged, kept) and not same(state.weights, kept)


def test_the_best_weights_are_tested_not_the_last_and_on_the_test_part(tmp_path: Path) -> None:
    """The validation part calls every bar by a wrong name: the more is learned, the worse."""
    given = data(turned=1)
    run, last = taught(tmp_path / "run", given, rate=0.02)
    assert isinstance(last, Finished)
    losses = [entry["val_loss"] for entry in run.metrics()]
    assert int(np.argmin(losses)) == 0 and len(losses) == 5
    model = open_model(run.folder / BEST)
    wanted = class_probabilities(model.net, given.test, model.about)
    assert np.array_equal(last.found.probabilities, wanted)
    assert last.found.test == measure_answers(wanted, given.test.labels)
    state = run.last()
    assert state is not None and not same(state.averaged, model.net.state_dict())
    assert model.about["metrics"]["test"]["count"] == len(given.test)


def test_a_generators_best_weights_are_judged_on_the_test_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, real, worse = data(), making.judged, count()

    def judged(net, pictures, *rest, **more):
        if pictures is given.val.pictures:
            return {"loss": float(next(worse))}
        return real(net, pictures, *rest, **more)

    monkeypatch.setattr(making, "judged", judged)
    run, last = taught(tmp_path / "run", given, "autoencoder", epochs=3)
    assert isinstance(last, Finished)
    model = open_model(run.folder / BEST)
    assert model.about["metrics"]["epoch"] == 1
    seed = int(run.config["seed"])
    wanted = real(model.net, given.test.pictures, given.test.labels, model.about, "cpu", seed)
    assert last.found.figures == pytest.approx(wanted)
    assert last.found.figures != pytest.approx(
        real(model.net, given.val.pictures, given.val.labels, model.about, "cpu", seed)
    )


def start(tmp_path: Path, **recipe: Any) -> Teacher:
    return Teacher(begun(tmp_path, data(), **recipe), data())


def test_gradients_are_clipped_as_asked(tmp_path: Path) -> None:
    """A norm far below Adam's epsilon: nothing moves."""
    before = start(tmp_path / "start").net.state_dict()
    run, _ = taught(tmp_path / "run", data(), clip=1e-13, decay=0.0)
    state = run.last()
    assert state is not None
    for name, value in state.weights.items():
        assert torch.allclose(value, before[name], atol=1e-5), name


def test_decay_is_what_was_asked_and_for_matrices_alone(tmp_path: Path) -> None:
    """Without gradients a matrix shrinks by rate times decay a step, and biases stay."""
    before = start(tmp_path / "start").net.state_dict()
    steps = 3 * PLAN["epochs"]
    run, _ = taught(tmp_path / "run", data(), clip=1e-13, decay=5.0, rate=1e-3, warm=0.0)
    state = run.last()
    assert state is not None
    factors = [0.5 * (1 + np.cos(np.pi * step / (steps - 1))) for step in range(steps)]
    shrunk = float(np.prod([1 - 1e-3 * 5.0 * factor for factor in factors]))
    for name, value in state.weights.items():
        wanted = before[name] * (shrunk if value.ndim > 1 else 1.0)
        assert torch.allclose(value, wanted, atol=1e-4), name
    assert shrunk < 0.97


def test_the_optimizer_gets_rate_memories_and_a_falling_schedule(tmp_path: Path) -> None:
    run, _ = taught(tmp_path / "run", data(), betas=(0.7, 0.8), rate=0.004, warm=0.4)
    state = run.last()
    assert state is not None
    (group, *_) = state.optimizers["net"]["param_groups"]
    assert tuple(group["betas"]) == (0.7, 0.8) and group["lr"] == 0.004
    rates = [entry["rate"] for entry in run.metrics()]
    assert rates[0] == pytest.approx(0.004 * 3 / 6)  # after 3 of 6 steps of warming
    assert rates[1] == pytest.approx(0.004) and rates[-1] < 0.004 * 1e-6
    assert rates[1:] == sorted(rates[1:], reverse=True)


def test_every_epoch_has_its_own_order_and_pictures_are_changed_as_asked(tmp_path: Path) -> None:
    plain = list(start(tmp_path / "plain")._batches())
    mirrored = list(start(tmp_path / "mirrored", augment="mirror")._batches())
    assert len(plain) == 15
    assert any(not torch.equal(a[1], b[1]) for a, b in zip(plain[:3], plain[3:6], strict=True))
    turned = 0
    for (one, label), (other, also) in zip(plain, mirrored, strict=True):
        assert torch.equal(label, also)
        for a, b in zip(one, other, strict=True):
            turned += int(not torch.equal(a, b))
            assert torch.equal(a, b) or torch.equal(a.flip(-1), b)
    assert 0.3 < turned / 240 < 0.7


def test_going_on_takes_averages_and_memories_with_it(tmp_path: Path) -> None:
    """Stopped between two steps and opened again, it ends with the same bits."""
    whole, _ = taught(tmp_path / "whole", data(), keep=1)
    broken = begun(tmp_path / "broken", data(), keep=1)
    for event in teach(broken, data()):
        if isinstance(event, Batch) and event.step == 8:
            break
    *_, last = teach(Run.open(broken.folder), data())
    assert isinstance(last, Finished)
    ended, wanted = Run.open(broken.folder).last(), whole.last()
    assert ended is not None and wanted is not None
    assert same(wanted.weights, ended.weights) and same(wanted.averaged, ended.averaged)
