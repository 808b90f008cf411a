"""No job takes an option that it ignores: while it runs, every setting is looked at, or the option
is refused in a sentence when it is given.

The job's own example is run once and its settings are watched. Those that were not looked at are
then given, one by one, with another value: now they must be looked at or refused.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pincel.jobs as jobs
from job_examples import example
from pincel import limits, nets
from pincel.errors import PincelError
from pincel.job import Failed, Job, Made, Said
from pincel.nets._family import family
from samples import tiny_data

NAMES = jobs.names()


def _watched(job: type[Job]) -> tuple[type[Job], set[str]]:
    """The same job, and the names of the settings that are looked at while one of it runs."""
    seen: set[str] = set()
    fields = set(job.model_fields)
    telling = [0]

    def looked(self: Job, name: str) -> Any:
        if name in fields and not telling[0]:
            seen.add(name)
        return super(made, self).__getattribute__(name)

    def told(self: Job) -> dict[str, Any]:
        telling[0] += 1  # what a job tells of all its settings is no use of them
        try:
            return job.told(self)
        finally:
            telling[0] -= 1

    body = {"__getattribute__": looked, "told": told, "__module__": job.__module__}
    made = type(job.__name__, (job,), body)
    return made, seen


def _looked_at(job: type[Job], settings: dict[str, Any]) -> set[str] | None:
    """The settings that a run looks at, None where it is refused."""
    watched, seen = _watched(job)
    try:
        built = limits.build(watched, settings)
        seen.clear()
        for event in built.run():
            if isinstance(event, Failed):
                return None
            if isinstance(event, Made):
                list(event.files())
                list(event.asked())
    except PincelError:
        return None
    return set(seen)


def _other(job: type[Job], name: str, folder: Path) -> Any:
    """A value that is allowed and not the default."""
    info = job.model_fields[name]
    base, choices, several = limits.setting_kind(info)
    default = info.get_default()
    low, high = limits.bounds(info)
    value: Any
    if choices:
        held = default if isinstance(default, tuple) else (default,)
        value = next((choice for choice in choices if choice not in held), choices[0])
    elif base is bool:
        return not default
    elif base in (int, float):
        near = default if isinstance(default, (int, float)) else (low or 0)
        tried = [v for v in (near + 1, near / 2, near - 1, high, low) if v is not None]
        value = next(v for v in tried
                     if (low is None or v >= low) and (high is None or v <= high))  # fmt: skip
        value = base(value)
    else:
        value = str(folder / "face.png") if base is Path else "something"
    return (value,) if several else value


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_looked_at_or_refused(name: str, tmp_path: Path) -> None:
    job = jobs.load(name)
    settings = example(name, tmp_path)
    seen = _looked_at(job, settings)
    assert seen is not None, "the example must work"
    ignored = []
    for field in sorted(set(job.model_fields) - seen - set(settings)):
        again = example(name, tmp_path / field) if (tmp_path / field).mkdir() is None else {}
        found = _looked_at(job, {**again, field: _other(job, field, tmp_path / field)})
        if found is not None and field not in found:
            ignored.append(field)
    assert not ignored


COMPARED = (
    "algebra", "arithmetic", "classify", "collect", "colors", "compare", "detect", "diagnose",
    "edit", "embed", "filter", "gallery", "generate", "hog", "index", "inspect", "latents",
    "palette", "pixelate", "rebuild", "redo", "restore", "runs", "score", "search", "sheet",
    "similarity", "sliders", "walk",
)  # fmt: skip
"""Jobs whose example takes little: of each, every option is given once and the results compared
(training: below). Of the others it is only known that each option is looked at (above)."""
SAME = {
    ("algebra", "most"): "a limit that the example is below",
    ("classify", "top"): "the example's network knows no more classes",
    ("collect", "keep_doubles"): "no picture of the example comes twice",
    ("collect", "most"): "a limit that the example is far below",
    ("collect", "seed"): "one picture is in one part, however it is drawn",
    ("detect", "confidence"): "the example shows no such thing",
    ("diagnose", "most"): "a limit that the example is far below",
    ("hog", "longest"): "a limit that the example is below",
    ("pixelate", "cutout"): "the ground of the example is clear already",
    ("pixelate", "dither"): "flat areas have no border between two shades",
    ("pixelate", "fps"): "the example does not move",
    ("pixelate", "lock"): "one picture has one palette",
    ("pixelate", "seed"): "nothing is drawn by lot in the example",
    ("pixelate", "tileable"): "the rim of the example is clear",
    ("rebuild", "seed"): "nothing is drawn: one picture, none spoiled",
    ("redo", "among"): "the picture that it was made of lies beside it",
    ("score", "colors"): "a limit that the example is far below",
    ("sheet", "columns"): "counts in a grid, the example is packed tightly",
    ("sheet", "group"): "one sprite is one group",
    ("sheet", "largest"): "a limit that the example is far below",
    ("sheet", "layout"): "one sprite lies the same in every layout",
    ("sheet", "padding"): "lies between sprites, the example has one",
}
"""Options that may change nothing in the example, and why."""
OTHERS = {
    **{(job, "format"): ("gif",) for job in ("edit", "pixelate", "restore")},
    ("collect", "kind"): "pictures",
}


def _outcome(job: type[Job], settings: dict[str, Any]) -> Iterator[Any]:
    """All that a run gives, what is quickly compared first: sentences, numbers, names, values;
    then bytes. The sentence of its refusal is all there is of one that is refused."""
    made: list[Made] = []
    told: list[Any] = []
    try:
        for event in limits.build(job, settings).run():
            if isinstance(event, Failed | Said):
                told.append(str(event))
            elif isinstance(event, Made):
                made.append(event)
                told += [event.name, event.lines, repr(event.numbers)]
        yield told
        yield [list(one.files()) for one in made]
        yield [list(one.asked()) for one in made]
    except PincelError as refused:
        yield str(refused)


def _alike(one: list[Any], other: Iterator[Any]) -> bool:
    """Whether they are the same; what comes late is only made where all before it is equal."""
    return all(first == second for first, second in zip_longest(one, other))


@pytest.mark.parametrize("name", COMPARED)
def test_every_option_changes_the_result_or_stands_on_the_list(name: str, tmp_path: Path) -> None:
    job = jobs.load(name)
    settings = example(name, tmp_path)
    if "metadata" in job.model_fields:  # a recipe repeats every setting, also one that is ignored
        settings["metadata"] = False
    plain = list(_outcome(job, settings))
    assert isinstance(plain[0], list) and len(plain) == 3
    same = set()
    for field in sorted(set(job.model_fields) - set(settings)):
        (tmp_path / field).mkdir(exist_ok=True)
        value = OTHERS.get((name, field)) or _other(job, field, tmp_path / field)
        if _alike(plain, _outcome(job, {**settings, field: value})):
            same.add((name, field))
    assert same == {listed for listed in SAME if listed[0] == name}


# ------------------------------------------------------------------------------------ training

UNCHANGED = {
    "device": "there is but the processor",
    "patience": "two epochs are too few to stop before the end",
    "keep": "what is kept on the way, to go on from, is gone at the end",
    "threads": "who adds up may change a last bit",
}


def _learned(settings: dict[str, Any]) -> Any:
    """What a training leaves: its figures without times, its weights, its files; or the refusal."""
    from pincel.learn.run import Run
    from pincel.nets._network import open_model

    try:
        told = [str(event) for event in limits.build(jobs.load("train"), settings).run()
                if isinstance(event, Made | Failed)]  # fmt: skip
    except PincelError as refused:
        return str(refused)
    folder = next(path.parent for path in Path(settings["runs"]).glob("*/run.json"))
    entries = [{key: value for key, value in entry.items() if key not in ("seconds", "speed")}
               for entry in Run.open(folder).metrics()]  # fmt: skip
    weights = open_model(folder / "best.safetensors").net.state_dict()
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
    return (len(told), folder.name, Path(settings["runs"]).name, entries, files,
            {name: value.tolist() for name, value in weights.items()})  # fmt: skip


def test_every_option_of_a_training_changes_it_or_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    leaving = SimpleNamespace(lines=lambda *all: (), numbers=lambda *all: {})
    monkeypatch.setattr("pincel.jobs._training.leave", lambda *all: leaving)  # no page is drawn
    data = tiny_data(tmp_path / "data")
    for number in range(6):  # more of one class, so that balance matters
        shutil.copy(data / "light" / f"{number}.png", data / "light" / f"{number + 6}.png")
        values = np.asarray(Image.open(data / "light" / f"{number}.png"))
        Image.fromarray(values[::-1]).save(data / "light" / f"{number + 6}.png")
    first = {"family": "cnn", "data": str(data), "epochs": 2, "net": "widths=4,8 blocks=1,1"}
    values = {"minutes": 0.005, "augment": "cells", "split": "50/25/25", "channels": "1",
              "size": 12, "batch": 3, "epochs": 3, "keep": 1, "precision": "bf16", "name": "other",
              "net": "widths=4,4 blocks=1,1"}  # fmt: skip

    def learned(place: str, **more: Any) -> Any:
        own = {"augment": "none", "precision": "fp32", "threads": 1}
        return _learned({**first, **own, "runs": tmp_path / place, **more})

    plain = learned("runs")
    assert isinstance(plain, tuple) and plain == learned("again/runs")
    job = jobs.load("train")
    same = set()
    for field in sorted(set(job.model_fields) - {"family", "data", "runs", *UNCHANGED}):
        value = values.get(field) or _other(job, field, tmp_path)
        if learned(f"{field}/runs", **{field: value}) == plain:
            same.add(field)
    assert not same
    assert learned("elsewhere") != plain


@pytest.mark.parametrize("name", nets.names())
def test_what_a_family_never_looks_at_is_refused(name: str, tmp_path: Path) -> None:
    """Two folders and things in pictures are read and changed in ways of their own."""
    from pincel.jobs.networks.train import _UNUSED

    unused = _UNUSED.get(family(name).task, ())
    values = {"split": "50/25/25", "group": "who", "labels": tmp_path, "balance": True, "size": 32,
              "channels": "1", "augment": "mirror", "native": 16, "fade": 0.5}  # fmt: skip
    for field in unused:
        asked = {"family": name, "from_": tmp_path, "to": tmp_path, field: values[field]}
        with pytest.raises(PincelError) as refused:
            list(limits.build(jobs.load("train"), asked).run())
        assert refused.value.key == "train.uncounted" and name in str(refused.value)
    if family(name).task in ("naming", "making"):
        assert not unused


def test_an_option_that_is_ignored_is_found(tmp_path: Path) -> None:
    job = jobs.load("jobs")
    body = {"__annotations__": {"idle": int}, "idle": 1, "__module__": job.__module__}
    worse = type("Worse", (job,), body)
    seen = _looked_at(worse, {"idle": 2})
    assert seen is not None and "idle" not in seen
