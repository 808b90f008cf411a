"""No job takes an option that it ignores: while it runs, every setting is looked at, or the option
is refused in a sentence when it is given.

The job's own example is run once and its settings are watched. Those that were not looked at are
then given, one by one, with another value: now they must be looked at or refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pincel.jobs as jobs
from job_examples import example
from pincel import limits
from pincel.errors import PincelError
from pincel.job import Failed, Job, Made, Said

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


QUICK = ("arithmetic", "classify", "compare", "edit", "embed", "gallery", "generate",
         "palette", "runs", "sheet")  # fmt: skip
"""Jobs whose example takes a moment: of each, every option is given once and the results compared.
Of the others it is only known that each option is looked at (above)."""
SAME = {
    ("classify", "top"): "the example's network knows no more classes",
    ("sheet", "columns"): "counts in a grid, the example is packed tightly",
    ("sheet", "group"): "one sprite is one group",
    ("sheet", "largest"): "a limit that the example is far below",
    ("sheet", "layout"): "one sprite lies the same in every layout",
    ("sheet", "padding"): "lies between sprites, the example has one",
}
"""Options that may change nothing in the example, and why."""
OTHERS = {("edit", "format"): ("gif",)}


def _outcome(job: type[Job], settings: dict[str, Any]) -> Any:
    """All that a run gives: sentences, numbers, names, bytes; or the sentence of its refusal."""
    told: list[Any] = []
    try:
        for event in limits.build(job, settings).run():
            if isinstance(event, Failed | Said):
                told.append(str(event))
            elif isinstance(event, Made):
                told += [event.name, event.lines, repr(event.numbers)]
                told += [list(event.files()), list(event.asked())]
    except PincelError as refused:
        return str(refused)
    return told


@pytest.mark.parametrize("name", QUICK)
def test_every_option_changes_the_result_or_stands_on_the_list(name: str, tmp_path: Path) -> None:
    job = jobs.load(name)
    settings = example(name, tmp_path)
    plain = _outcome(job, settings)
    assert isinstance(plain, list) and plain == _outcome(job, settings)
    same = set()
    for field in sorted(set(job.model_fields) - set(settings)):
        (tmp_path / field).mkdir(exist_ok=True)
        value = OTHERS.get((name, field)) or _other(job, field, tmp_path / field)
        if _outcome(job, {**settings, field: value}) == plain:
            same.add((name, field))
    assert same == {listed for listed in SAME if listed[0] == name}


def test_an_option_that_is_ignored_is_found(tmp_path: Path) -> None:
    job = jobs.load("jobs")
    body = {"__annotations__": {"idle": int}, "idle": 1, "__module__": job.__module__}
    worse = type("Worse", (job,), body)
    seen = _looked_at(worse, {"idle": 2})
    assert seen is not None and "idle" not in seen
