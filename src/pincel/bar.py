"""The progress bar of the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pincel.job import Progress


@contextmanager
def progress_bar(hidden: bool) -> Iterator[Any]:
    """A progress bar on a terminal; nothing elsewhere. rich is loaded when work turns out long."""
    if hidden or not sys.stderr.isatty():
        yield lambda event: None
        return
    import time

    started = time.monotonic()
    bar: list[Any] = []

    def show(event: Progress) -> None:
        if not bar:
            if time.monotonic() - started < 0.5:
                return
            from rich.console import Console
            from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            bar.append(
                Bar(
                    TextColumn("{task.description}", markup=False),  # names may hold [brackets]
                    BarColumn(16),
                    TaskProgressColumn(),
                    TimeRemainingColumn(),
                    console=Console(stderr=True),
                    transient=True,
                )
            )
            bar.append(bar[0].add_task("", total=event.total))
            bar[0].start()
        bar[0].update(
            bar[1], total=event.total or None, completed=event.done, description=event.text
        )

    try:
        yield show
    finally:
        if bar:
            bar[0].stop()
