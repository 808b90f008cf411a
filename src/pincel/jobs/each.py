"""The same thing for every picture that was named; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Failed, Progress

if TYPE_CHECKING:
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found


def found_in(sources: Any) -> list[Found]:
    """All pictures in what the person named, not opened yet."""
    from pincel.pixels.open import find_pictures

    return find_pictures(sources)


def each(sources: Any, work: Callable[[Picture, Found], Iterator[Event]]) -> Iterator[Event]:
    """Open the pictures one by one and yield what `work(picture, found)` yields."""
    from pincel.pixels.open import open_picture

    everything = found_in(sources)
    for done, found in enumerate(everything):
        yield Progress(done, len(everything), found.name)
        try:
            yield from work(open_picture(found.source), found)
        except PincelError as error:
            yield Failed(found.name, error)
    yield Progress(len(everything), len(everything))
