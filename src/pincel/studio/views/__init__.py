"""Results as raw numbers, for rooms that draw them: one file = one job.

A file named like a job has `view(job, made)`, which yields (name, bytes): JSON for what is read,
packed numbers (little-endian, as their JSON says) for what is drawn. They lie beside the result's
own files, under `view/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module, resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincel.job import Job, Made


@cache
def _named() -> frozenset[str]:
    files = (f.name for f in resources.files(__name__).iterdir())
    return frozenset(f[:-3] for f in files if f.endswith(".py") and f[0] != "_")


def has_view(job: Job) -> bool:
    """Whether a room draws what this job makes."""
    return job.area() in _named()


def views_of_result(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """What the page draws of one result of this job; nothing where no room asks for it."""
    if has_view(job):
        yield from import_module(f"{__name__}.{job.area()}").view(job, made)
