"""All jobs. The folder is the registry: a file here is a job, and nothing else names it."""

from __future__ import annotations

import difflib
import importlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pincel.errors import PincelError

if TYPE_CHECKING:
    from pincel.job import Job

CHAPTERS = ("make", "clean", "numbers", "networks", "generate", "other")


@cache
def names() -> tuple[str, ...]:
    """The names of all jobs, in alphabetical order, without importing any."""
    files = (f.name for f in resources.files(__name__).iterdir())
    return tuple(
        sorted(f[:-3].replace("_", "-") for f in files if f.endswith(".py") and f[0] != "_")
    )


@cache
def chapters() -> dict[str, tuple[str, ...]]:
    """Jobs by chapter. `chapter` is read from the source text: `pincel --help` imports no job."""
    found: dict[str, list[str]] = {chapter: [] for chapter in CHAPTERS}
    for name in names():
        path = resources.files(__name__) / f"{name.replace('-', '_')}.py"
        found[_chapter(path.read_text("utf-8"))].append(name)
    return {chapter: tuple(jobs) for chapter, jobs in found.items() if jobs}


def _chapter(source: str) -> str:
    found = re.search(r'^    chapter: ClassVar\[str\] = "(\w+)"$', source, re.MULTILINE)
    return found[1] if found else "other"


def load(name: str) -> type[Job]:
    """The class of the job `name`. PincelError with the nearest names when there is none."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.5)
        if near:
            raise PincelError("cli.unknown_job_near", name=name, near=", ".join(near))
        raise PincelError("cli.unknown_job", name=name)
    from pincel.job import Job

    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    (found,) = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Job)
        and thing.__module__ == module.__name__
    ]
    return found
