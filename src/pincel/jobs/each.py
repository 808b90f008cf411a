"""The same thing for every picture that was named; one that fails does not stop the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Failed, Progress

if TYPE_CHECKING:
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found


def found_in(sources: Any, *made: str) -> list[Found]:
    """All pictures in what the person named, not opened yet. A folder is often done twice: what
    an earlier run wrote beside its pictures, under endings `made` (NAME.outlines.png: "outlines"),
    is left out unless it is named itself."""
    from pincel.pixels.open import find_pictures

    found = find_pictures(sources)
    if not made or len(found) == 1:
        return found
    ours = re.compile(rf"(.+)\.(?:{'|'.join(made)})(?:-\d+)?(?:\.(?:preview|explain|sheet))?$")
    single = isinstance(sources, str | Path) or not isinstance(sources, list | tuple)
    named = {str(one) for one in ((sources,) if single else sources)}
    names = {one.name for one in found}

    def is_result(one: Found) -> bool:
        match = None if str(one.source) in named else ours.fullmatch(one.name)
        return match is not None and match[1] in names

    return [one for one in found if not is_result(one)]


def each(
    sources: Any, work: Callable[[Picture, Found], Iterator[Event]], *made: str
) -> Iterator[Event]:
    """Open the pictures one by one and yield what `work(picture, found)` yields; results of an
    earlier run, with the endings `made`, are left out as `found_in` says."""
    from pincel.pixels.open import open_picture

    everything = found_in(sources, *made)
    for done, found in enumerate(everything):
        yield Progress(done, len(everything), found.name)
        try:
            yield from work(open_picture(found.source), found)
        except PincelError as error:
            yield Failed(found.name, error)
    yield Progress(len(everything), len(everything))
