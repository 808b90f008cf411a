"""What `segment` found, object by object and pixel by pixel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.studio.views._things import packed_labels, told_things

if TYPE_CHECKING:
    from pincel.job import Job, Made


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """Of one picture labels.json and labels.bin; of all together things.json."""
    asked: Any = job
    if isinstance(made.value, list):
        yield "things.json", told_things(str(asked.model), "masks", made.value)
    else:
        about, numbers = packed_labels(made.value)
        yield "labels.json", about
        yield "labels.bin", numbers
