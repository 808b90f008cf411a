"""Ways of teaching. One file is one way (naming, making, ...): where its batches come from, how it
measures, what it finds at the end; the folder is the registry. A family of networks says by which
it is taught (`TASK`); `learn.teacher` is the one teacher of all."""

from __future__ import annotations

import importlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincel.learn.tasks._task import Task


@cache
def names() -> tuple[str, ...]:
    """The names of all ways, in alphabetical order. Asking imports none of them."""
    files = (f.name for f in resources.files(__name__).iterdir())
    return tuple(sorted(f[:-3] for f in files if f.endswith(".py") and f[0] != "_"))


def load(name: str) -> type[Task]:
    """The task of a file: its class of the file's name, `making.py` holds `Making`. ValueError for
    a name that no file has: it comes from a family or from a run, not from a person."""
    if name not in names():
        raise ValueError(f"no way of teaching is called {name!r}: {', '.join(names())}")
    task: type[Task] = getattr(importlib.import_module(f"{__name__}.{name}"), name.capitalize())
    return task
