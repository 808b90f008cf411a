"""What each channel of a picture is, and which of them are wanted.

A name a channel says it: "grey"; "R", "G", "B"; "C", "M", "Y", "K"; "A", which is alpha and stands
last; a stain or a band is "1", "2", ... or, where the file names it, "1: DAPI". A channel is alpha
only where its file says so (PNG's colour types, TIFF's ExtraSamples), never because it is the
fourth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pincel.errors import PincelError

GREY, ALPHA = "grey", "A"
RGB, RGBA, INKS = ("R", "G", "B"), ("R", "G", "B", "A"), ("C", "M", "Y", "K")
CONVENTION = {1: (GREY,), 2: (GREY, ALPHA), 3: RGB, 4: RGBA}
"""What one to four channels are for Pillow and for an array in memory."""
_MOST, _LONGEST = 4096, 40


def channel_names(
    names: Sequence[str] | None, count: int, else_: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """A name for each of `count` channels: those given, else `else_`, else what numbers without a
    word on them are taken for: grey, RGB, and from two or four on channels 1, 2, ..."""
    if names is not None and len(names) == count:
        return tuple(names)
    if else_ is not None and len(else_) == count:
        return else_
    if count in (1, 3):
        return CONVENTION[count]
    return numbered_channels(count)


def numbered_channels(count: int, own: Sequence[Any] = ()) -> tuple[str, ...]:
    """ "1", "2", ...; with the file's own names "1: DAPI", "2: GFP"."""
    told = [" ".join(str(name or "").split())[:_LONGEST] for name in own]
    told += [""] * (count - len(told))
    return tuple(f"{i}: {name}" if name else str(i) for i, name in enumerate(told[:count], 1))


def has_alpha(names: Sequence[str]) -> bool:
    """Whether the last channel says how opaque each pixel is."""
    return len(names) > 1 and names[-1] == ALPHA


def are_colors(names: Sequence[str]) -> bool:
    """Whether these are what people see: grey or RGB, with or without alpha."""
    return tuple(names) in CONVENTION.values()


def are_inks(names: Sequence[str] | None) -> bool:
    return names is not None and tuple(names) == INKS


def numbers_of(text: str | None) -> tuple[int, ...] | None:
    """The choice "1,3" as (1, 3); None for None. PincelError for anything else."""
    if text is None:
        return None
    parts = [part.strip() for part in str(text).split(",")]
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        raise PincelError("channels.form", came=text)
    numbers = tuple(int(part) for part in parts)
    if min(numbers) < 1 or max(numbers) > _MOST or len(set(numbers)) < len(numbers):
        raise PincelError("channels.form", came=text)
    return numbers


def checked_choice(text: str | None) -> str | None:
    """The same for a job's setting: the text itself, once it is known to be a choice."""
    numbers_of(text)
    return text


def picked(names: Sequence[str], numbers: Sequence[int], label: str) -> tuple[str, ...]:
    """The names of the chosen channels. What is chosen is a channel like any other: alpha is then
    no alpha ("4: A"). PincelError for a number that the picture does not have."""
    for number in numbers:
        if number > len(names):
            raise PincelError("channels.none", name=label, came=number, count=len(names))
    kept = tuple(names[number - 1] for number in numbers)
    if kept in (RGB, (GREY,)):
        return kept
    # alone or in another order, R is no longer what is red on the screen
    letters = (*RGBA, GREY)
    pairs = zip(kept, numbers, strict=True)
    return tuple(f"{n}: {name}" if name in letters else name for name, n in pairs)
