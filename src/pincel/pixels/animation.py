"""What an animation says beyond its frames: named runs of frames (tags) and named areas (slices).

The terms, directions and counts are those of Aseprite's file format (docs/ase-file-specs.md of
aseprite/aseprite, chunks 0x2018 and 0x2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

FORWARD, REVERSE, PING_PONG, PING_PONG_REVERSE = range(4)
DIRECTIONS = ("forward", "reverse", "pingpong", "pingpong_reverse")
_MOST_WRITTEN = 4096  # frames; a tag repeated more often than this holds is written as endless


@dataclass(frozen=True)
class Tag:
    """A named run of frames, both ends included.

    direction  0 forward, 1 reverse, 2 ping-pong, 3 ping-pong that starts at the end
    repeat     how often it is played; 0: for ever. Of a ping-pong every way counts as once
    color      RGBA as the person gave it, None where there is none
    note       the person's text, "" where there is none
    """

    name: str
    first: int
    last: int
    direction: int = FORWARD
    repeat: int = 0
    color: tuple[int, int, int, int] | None = None
    note: str = ""

    @property
    def endless(self) -> bool:
        """Whether it starts again when it is through."""
        return self.repeat == 0 or self.repeat * (self.last - self.first + 1) > _MOST_WRITTEN

    def played(self) -> list[int]:
        """The frames in the order in which they are shown: one round of an endless tag, all of
        one that ends. A ping-pong does not show its turning points twice (0, 1, 2, 1)."""
        run = list(range(self.first, self.last + 1))
        if self.direction in (REVERSE, PING_PONG_REVERSE):
            run.reverse()
        if self.direction in (FORWARD, REVERSE):
            return run * (1 if self.endless else self.repeat)
        if self.endless:
            return run + run[-2:0:-1]
        shown = list(run)
        for _ in range(self.repeat - 1):
            run.reverse()
            shown += run[1:] or run
        return shown

    def moved(self, frames: int, name: str | None = None) -> Tag:
        """The same tag where its animation starts `frames` later, perhaps under another name."""
        return replace(
            self,
            first=self.first + frames,
            last=self.last + frames,
            name=self.name if name is None else name,
        )


def plays_of(tags: Sequence[Tag], frames: int) -> int:
    """How often the whole of an animation is shown, 0 for ever: as its one tag repeats, where that
    holds all its frames as they stand."""
    whole = len(tags) == 1 and (tags[0].first, tags[0].last) == (0, frames - 1)
    return tags[0].repeat if whole and tags[0].direction == FORWARD else 0


@dataclass(frozen=True)
class SliceKey:
    """Where a slice lies from one frame on.

    bounds  x, y, width, height in the picture
    center  x, y, width, height in the slice: the middle of a nine-patch; None where it is none
    pivot   x, y in the slice; None where it has none
    """

    frame: int
    bounds: tuple[int, int, int, int]
    center: tuple[int, int, int, int] | None = None
    pivot: tuple[int, int] | None = None


@dataclass(frozen=True)
class Slice:
    """A named area of a picture, `keys` in the order of their frames."""

    name: str
    keys: tuple[SliceKey, ...]
    color: tuple[int, int, int, int] | None = None
    note: str = ""

    def moved(self, frames: int) -> Slice:
        """The same slice where its animation starts `frames` later."""
        keys = tuple(replace(key, frame=key.frame + frames) for key in self.keys)
        return replace(self, keys=keys)

    def scaled(self, factor: int) -> Slice:
        """The same slice where every pixel becomes factor x factor."""
        keys = []
        for key in self.keys:
            x, y, width, height = (factor * number for number in key.bounds)
            center = pivot = None
            if key.center is not None:
                left, top, wide, high = (factor * number for number in key.center)
                center = (left, top, wide, high)
            if key.pivot is not None:
                pivot = (factor * key.pivot[0], factor * key.pivot[1])
            keys.append(SliceKey(key.frame, (x, y, width, height), center, pivot))
        return replace(self, keys=tuple(keys))

    def told(self) -> dict[str, Any]:
        """The slice as Aseprite's JSON has it."""
        keys = []
        for key in self.keys:
            one: dict[str, Any] = {"frame": key.frame, "bounds": _rectangle(key.bounds)}
            if key.center is not None:
                one["center"] = _rectangle(key.center)
            if key.pivot is not None:
                one["pivot"] = {"x": key.pivot[0], "y": key.pivot[1]}
            keys.append(one)
        color = _code(self.color or (0, 0, 255, 255))  # blue is what Aseprite gives a new slice
        note = {"data": self.note} if self.note else {}
        return {"name": self.name, "color": color} | note | {"keys": keys}


def told_tag(tag: Tag) -> dict[str, Any]:
    """The tag as Aseprite's JSON (`meta.frameTags`) has it; `repeat` is text there."""
    told: dict[str, Any] = {
        "name": tag.name,
        "from": tag.first,
        "to": tag.last,
        "direction": DIRECTIONS[tag.direction],
    }
    if tag.repeat:
        told["repeat"] = str(tag.repeat)
    if tag.color is not None:
        told["color"] = _code(tag.color)
    if tag.note:
        told["data"] = tag.note
    return told


def _rectangle(box: tuple[int, int, int, int]) -> dict[str, int]:
    return dict(zip(("x", "y", "w", "h"), box, strict=True))


def _code(color: tuple[int, int, int, int]) -> str:
    return "#" + bytes(color).hex()


def resampled(tags: tuple[Tag, ...], shown: Sequence[int]) -> tuple[Tag, ...]:
    """The tags of an animation of which the frames `shown`, in rising order, are left or repeated;
    tags of which none is left are gone."""
    kept = []
    for tag in tags:
        places = [place for place, frame in enumerate(shown) if tag.first <= frame <= tag.last]
        if places:
            kept.append(replace(tag, first=places[0], last=places[-1]))
    return tuple(kept)
