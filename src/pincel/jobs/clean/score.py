"""The job that says whether a picture is real pixel art, and what it keeps of its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.job import Event, Job, Made, Said, setting
from pincel.jobs.each import each, found_in
from pincel.words import say

if TYPE_CHECKING:
    from pincel.art.verdict import Verdict
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

STYLES = (
    "superpowers",
    "crawl",
    "dawnlike",
    "kenney",
    "serenity-emoji",
    "serenity-icons",
)

_MADE = ("score",)
"""Endings of what it writes beside its pictures."""


class Score(Job):
    """Says whether a picture is real pixel art, beside the numbers of real sprites, and marks
    where its faults lie."""

    gives: ClassVar[str] = "pincel.art.verdict.Verdict"

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    against: Any = setting(None, short="a")
    colors: int = setting(64, short="c", ge=1, le=256)
    width: int | None = setting(None, short="w", ge=1, le=4096)
    height: int | None = setting(None, ge=1, le=4096)
    style: Literal[STYLES] = setting("superpowers")  # type: ignore[valid-type]

    def apart(self) -> Sequence[Any]:
        return found_in(self.sources, *_MADE)

    def run(self) -> Iterator[Event]:
        from pincel.learn import heldout

        if self.against is not None and not heldout.available():
            yield Said(say("score.likeness_missing"))
        yield from each(self.sources, self._one, *_MADE)

    def _one(self, picture: Picture, found: Found) -> Iterator[Event]:
        from pincel.art.verdict import judge
        from pincel.learn import heldout
        from pincel.pixels.open import open_picture
        from pincel.show.art.marked import draw_marked, verdict_lines

        source = None if self.against is None else open_picture(self.against).rgba
        verdict = judge(
            picture.rgba,
            source,
            colors=self.colors,
            size=(self.width, self.height),
            style=self.style,
        )
        likeness = None
        if source is not None and heldout.available():
            likeness = heldout.eyes_likeness(picture.rgba, source)
        lines = verdict_lines(verdict, likeness)

        def files() -> Iterator[tuple[str, bytes]]:
            yield ".score.png", draw_marked(found.name, picture.rgba, verdict, source, likeness)

        yield Made(
            name=found.name,
            value=verdict,
            files=files,
            numbers=_numbers(verdict, likeness),
            lines=lines,
            beside=found.beside,
        )


def _numbers(verdict: Verdict, likeness: Any) -> dict[str, Any]:
    plain: dict[str, Any] = verdict.plain()
    if likeness is not None:
        plain["likeness"] = {"cosine": likeness.cosine, "distance": likeness.distance}
    return plain
