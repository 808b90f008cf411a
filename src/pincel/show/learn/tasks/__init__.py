"""What a training leaves: files in the run's folder, sentences, numbers. A file here is called like
the task (`learn.tasks`) whose trainings it shows; a task that has none gets `_plain`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from pincel.learn.course import Finished
    from pincel.learn.run import Run


class Leaving(Protocol):
    """What a module of this folder has."""

    def files(self, run: Run, data: Any, done: Finished) -> Iterator[tuple[str, bytes]]:
        """(path in the run's folder, bytes); "curves.png" and "page.html" are among them."""

    def lines(self, run: Run, data: Any, done: Finished) -> Iterator[str]:
        """What is said at the end."""

    def numbers(self, run: Run, done: Finished) -> dict[str, Any]:
        """The same for `--json`."""


def of(task: str) -> Leaving:
    """What shows the trainings of a task."""
    own = resources.files(__name__).joinpath(f"{task}.py").is_file()
    return cast("Leaving", importlib.import_module(f"{__name__}.{task if own else '_plain'}"))
