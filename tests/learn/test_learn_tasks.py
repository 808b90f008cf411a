"""Ways of teaching: the folder is the registry, and a new one needs no more than its batches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

import pincel.jobs as jobs  # noqa: E402
from pincel import nets  # noqa: E402
from pincel.job import Made, Progress, Said  # noqa: E402
from pincel.jobs._training import follow  # noqa: E402
from pincel.learn import tasks  # noqa: E402
from pincel.learn.course import Batch, Epoch, Finished  # noqa: E402
from pincel.learn.data import Data, DataPart, Report  # noqa: E402
from pincel.learn.run import BEST, Run  # noqa: E402
from pincel.learn.tasks._task import Task  # noqa: E402
from pincel.learn.teach import begin, teach  # noqa: E402
from pincel.nets._family import family  # noqa: E402
from pincel.nets._network import open_model  # noqa: E402


def part(count: int, seed: int) -> DataPart:
    """Pictures of 8 x 8 that are bright above or below."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, count)
    pictures = rng.integers(0, 60, (count, 8, 8, 1), dtype=np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[4 * label : 4 * label + 4] += 150
    return DataPart(pictures, labels, [str(k) for k in range(count)])


DATA = Data("halves", ["above", "below"], part(32, 0), part(8, 1), part(8, 2), "h", Report())
PLAN = {"precision": "fp32", "threads": 1, "batch": 8, "epochs": 3, "average": 0.0, "keep": 3}


@pytest.mark.parametrize("name", tasks.names())
def test_a_file_is_a_way_of_teaching(name: str) -> None:
    task = tasks.load(name)
    assert issubclass(task, Task) and task.__module__.endswith(f".{name}")
    assert task.batches is not Task.batches and task.taught_by in jobs.names()


@pytest.mark.parametrize("name", nets.names())
def test_every_family_is_taught_in_a_way_that_there_is(name: str) -> None:
    assert family(name).task in tasks.names()


def test_a_way_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"'dancing'.*naming"):
        tasks.load("dancing")


class Halves(Task):
    """The least a task can be, and one line of the log after every step."""

    def batches(self, done: int) -> Iterator[Any]:
        number = done
        while True:
            number += 1
            rows = np.random.default_rng([self.seed, number]).integers(0, 32, self.plan.batch)
            pictures = torch.from_numpy(self.data.train.pictures[rows]).permute(0, 3, 1, 2) / 255
            yield self.placed(pictures, torch.from_numpy(self.data.train.labels[rows]))

    @classmethod
    def fitting(cls, kind: Any, data: Any) -> dict[str, Any]:
        return {"channels": 1, "classes": 2, "height": 8, "width": 8}

    def stepped(self, net: Any, step: Any) -> dict[str, Any]:
        return {"norm": float(sum(w.detach().abs().sum() for w in net.parameters()))}


@pytest.fixture
def halves(monkeypatch: pytest.MonkeyPatch) -> None:
    known = tasks.load
    monkeypatch.setattr(tasks, "load", lambda name: Halves if name == "halves" else known(name))
    monkeypatch.setattr(nets.load("perceptron"), "TASK", "halves", raising=False)


def begun(folder: Path) -> Run:
    asked = begin("perceptron", DATA, on="cpu", settings={"hidden": (8,)}, recipe=PLAN)
    return Run.create(folder, asked)


@pytest.mark.usefixtures("halves")
def test_a_new_task_has_the_log_the_last_weights_and_goes_on(tmp_path: Path) -> None:
    whole = begun(tmp_path / "whole")
    events = list(teach(whole, DATA))
    assert [event.step for event in events if isinstance(event, Batch)] == list(range(1, 13))
    assert all(event.told["norm"] > 0 for event in events if isinstance(event, Batch))
    assert [event.number for event in events if isinstance(event, Epoch)] == [1, 2, 3]
    assert isinstance(events[-1], Finished) and events[-1].found.metrics() == {}
    log = whole.metrics()
    assert [entry["step"] for entry in log if "norm" in entry] == list(range(1, 13))
    assert [entry["epoch"] for entry in log if "rate" in entry] == [1, 2, 3]

    broken = begun(tmp_path / "broken")
    for event in teach(broken, DATA):
        if isinstance(event, Batch) and event.step == 8:
            break
    rest = list(teach(Run.open(broken.folder), DATA))
    assert rest[0].step == 7  # the state of step 6 was kept
    model, state = open_model(broken.folder / BEST), Run.open(whole.folder).last()
    assert state is not None
    for name, value in model.net.state_dict().items():
        assert torch.equal(value, state.weights[name])  # the newest are the best
    again = [{k: v for k, v in e.items() if k != "seconds"} for e in broken.metrics()]
    assert again == [{k: v for k, v in e.items() if k != "seconds"} for e in log]


@pytest.mark.usefixtures("halves")
def test_a_new_task_leaves_a_page(tmp_path: Path) -> None:
    run = begun(tmp_path / "run")
    *events, made = follow(run, DATA)
    assert isinstance(made, Made) and made.numbers["test"] == {} and made.numbers["epoch"] == 3
    assert any(isinstance(event, Progress) for event in events)
    assert sum(isinstance(event, Said) for event in events) == 3
    page = (run.folder / "page.html").read_text("utf-8")
    assert "Learning curves" in page and "Curvas de aprendizaje" in page
    assert (run.folder / "curves.png").stat().st_size > 5_000
    assert [name for name, _ in made.asked()] == [".safetensors", ".html", ".png"]


def test_how_pictures_change_depends_on_the_seed_and_the_batch() -> None:
    """One batch holds all pictures, so that the order plays no part."""
    from types import SimpleNamespace

    from pincel.learn.tasks._labelled import Labelled

    class Six(SimpleNamespace):
        def __len__(self) -> int:
            return 6

    pictures = np.random.default_rng(0).integers(0, 256, (6, 8, 8, 3)).astype(np.uint8)
    part = Six(pictures=pictures, labels=np.array([0, 1] * 3))
    prepare = {"channels": 3, "size": [8, 8], "mean": [0.5] * 3, "std": [0.25] * 3}

    def first(seed: int, done: int = 0) -> np.ndarray:
        task = SimpleNamespace(
            data=SimpleNamespace(train=part), seed=seed, device="cpu", about={"prepare": prepare},
            plan=SimpleNamespace(batch=6, augment="turns", balance=False),
            placed=lambda changed, labels: changed.numpy(),
        )  # fmt: skip
        return next(Labelled.batches(task, done))  # type: ignore[arg-type]

    assert np.array_equal(first(1), first(1))
    assert not np.array_equal(first(1), first(2))
    assert not np.array_equal(first(1), first(1, done=1))
