"""A sprite drawn in another's style, as indices and colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pincel.job import Job, Made


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """sprite.json and frames.bin, where it was drawn on a sprite's grid (`native`)."""
    from pincel.studio.views import _sprite

    asked: Any = job
    if asked.native is not None:
        yield from _sprite.view(job, made)
