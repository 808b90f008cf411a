"""All jobs. The folders are the registry: a file in a chapter's folder is a job, and nothing else
names it."""

from __future__ import annotations

import difflib
import importlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pincel.errors import PincelError
from pincel.rooms import callable_too

if TYPE_CHECKING:
    from pincel.job import Job

CHAPTERS = ("make", "clean", "numbers", "networks", "generate", "other")
"""The folders in the order of the lists."""


@cache
def chapters() -> dict[str, tuple[str, ...]]:
    """Jobs by chapter, each in alphabetical order, without importing any."""
    found = {}
    for chapter in CHAPTERS:
        files = (f.name for f in (resources.files(__name__) / chapter).iterdir())
        jobs = (f[:-3].replace("_", "-") for f in files if f.endswith(".py") and f[0] != "_")
        found[chapter] = tuple(sorted(jobs))
    return found


@cache
def names() -> tuple[str, ...]:
    """The names of all jobs, in alphabetical order, without importing any."""
    return tuple(sorted(name for jobs in chapters().values() for name in jobs))


def load(name: str) -> type[Job]:
    """The class of the job `name`. PincelError with the nearest names when there is none."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.5)
        if near:
            raise PincelError("cli.unknown_job_near", name=name, near=", ".join(near))
        raise PincelError("cli.unknown_job", name=name)
    from pincel.job import Job

    (chapter,) = [chapter for chapter, jobs in chapters().items() if name in jobs]
    module = importlib.import_module(f"{__name__}.{chapter}.{name.replace('-', '_')}")
    (found,) = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Job)
        and thing.__module__ == module.__name__
    ]
    return found


callable_too(__name__)
