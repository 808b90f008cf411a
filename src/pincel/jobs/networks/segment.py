"""The job that outlines objects in pictures and measures each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.job import Event, Job, Made, setting
from pincel.learn.labels import MaskFormat

if TYPE_CHECKING:
    from pincel.jobs._finding import Around, Tally
    from pincel.look.finder import Finder
    from pincel.pixels.sources import Found


class Segment(Job):
    """Every object with its own mask: outlines, a label picture, and the table a lab keeps."""

    gives: ClassVar[str] = "list[Any]"
    example: ClassVar[dict[str, Any]] = {"model": "cells.nuclei"}

    model: str | Path = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    micrometres: float | None = setting(None, gt=0, le=10_000)
    csv: Path | None = setting(None)
    labels: MaskFormat | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._finding import through

        tally = yield from through(self, "masks", self._one)
        if tally.scenes:
            yield tally.made(asked=True)

    def _one(self, tally: Tally, found: Found, around: Around) -> Iterator[Event]:
        from pincel.jobs._finding import file_of
        from pincel.learn.objects.seen import rgb_of
        from pincel.look.finder import Segmented, segment
        from pincel.pixels.open import open_picture

        rgb = rgb_of(open_picture(found.source))
        for told in segment(tally.finder, rgb, file_of(found)):
            if isinstance(told, Segmented):
                own = tally.add(told.scene, rgb)
                yield self._shown(found, rgb, told, own, tally.finder)
            else:
                yield around.progress(told)

    def _shown(self, found: Any, rgb: Any, told: Any, own: Any, finder: Finder) -> Made:
        """Outlines over the picture, the label picture (0 the ground, 1, 2, 3, ... the objects),
        and the picture's own table, so that what is done is kept whatever happens to the rest."""

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.learn.labels.pictures import packed
            from pincel.look.table import table
            from pincel.pixels.encode import png
            from pincel.show.nets.found import overlay

            yield ".outlines.png", png(overlay(rgb, told.scene, finder.classes))
            suffix, data = packed(told.labels)
            yield f".labels{suffix}", data
            yield ".objects.csv", table(own, self.micrometres)

        return Made(found.name, told.labels, files, beside=found.beside)
