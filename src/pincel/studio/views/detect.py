"""What `detect` found, box by box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.studio.views._things import told_things

if TYPE_CHECKING:
    from pincel.job import Job, Made


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """things.json of all pictures together; nothing of a picture that was drawn."""
    asked: Any = job
    if isinstance(made.value, list):
        yield "things.json", told_things(str(asked.model), "boxes", made.value)
