"""Pictures that lie together in one .npz or a named data set: what classify and embed share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Said

if TYPE_CHECKING:
    from pincel.learn.sets import StoredSet


def is_stored(sources: tuple[Any, ...]) -> bool:
    """Whether this is one data set: an .npz, or a name ("blood", "digits") that is no path."""
    if len(sources) != 1 or not isinstance(sources[0], (str, Path)):
        return False
    return is_npz(sources[0]) or is_data_set(sources[0])


def is_npz(source: Any) -> bool:
    """Whether this is the path of a file of arrays."""
    return isinstance(source, (str, Path)) and Path(source).suffix.lower() == ".npz"


def is_data_set(source: Any) -> bool:
    """Whether this is no path but the name of a data set ("blood", "digits")."""
    if not isinstance(source, str) or Path(source).exists():
        return False
    from pincel.learn.sets import find_named

    return source == "digits" or find_named(source) is not None


def stored_pictures(
    source: str | Path, part: str | None, chosen: tuple[int, ...] | None = None
) -> StoredSet:
    """The pictures of a part, as the set stores them, with the chosen ones of its channels (None:
    all). Without `part` it is the test part where the set has one, else everything. PincelError
    when there is no such part."""
    import numpy as np

    from pincel.learn import sets

    if is_npz(source) and not Path(source).is_file():
        raise PincelError("picture.missing", name=source)
    found = sets.read_set(str(source), None, None, sets.Wanted(most=1 << 20, chosen=chosen))
    own = sorted(set(found.parts or ()))
    if part is None:
        part = "test" if "test" in own else "all"
    if part == "all":
        return found
    if part not in own:
        raise PincelError("data.no_part", source=source, part=part, parts=", ".join(own) or "-")
    rows = np.flatnonzero(np.asarray(found.parts) == part)
    return replace(
        found,
        pictures=found.pictures[rows],
        labels=found.labels[rows],
        names=[found.names[k] for k in rows],
        parts=[part] * len(rows),
        broken=[(name, why) for name, why in found.broken if name.startswith(f"{part}/")],
    )


def unlabelled_rows(found: StoredSet) -> Iterator[Event]:
    """That some rows have no label, and which."""
    from pincel.words import say

    for name, why in found.broken[:10]:
        yield Said(say("train.broken", name=name, why=why))
    if len(found.broken) > 10:
        yield Said(say("data.more_left_out", count=len(found.broken) - 10))


def asked_of(sources: tuple[Any, ...], part: str | None) -> bool:
    """Whether `sources` is a data set. PincelError when a part is asked of pictures."""
    if is_stored(sources):
        return True
    if part is not None:
        raise PincelError("data.part_of_pictures", part=part)
    return False
