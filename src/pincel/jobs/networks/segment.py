"""The job that outlines objects in pictures and measures each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting

if TYPE_CHECKING:
    from pincel.look.finder import Finder

Labels = Literal["coco", "cvat", "geojson", "imagej", "labelme", "pictures", "yolo"]


class Segment(Job):
    """Every object with its own mask: outlines, a label picture, and the table a lab keeps."""

    gives: ClassVar[str] = "list[Any]"
    example: ClassVar[dict[str, Any]] = {"model": "cells.nuclei"}

    model: str | Path = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    micrometres: float | None = setting(None, gt=0, le=10_000)
    csv: Path | None = setting(None)
    labels: Labels | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._finding import Tally
        from pincel.jobs.each import found_in
        from pincel.look.finder import open_finder

        finder = open_finder(self.model, "masks")
        tally = Tally(finder, str(self.model), self.micrometres, self.csv, self.labels)
        everything = found_in(self.sources)
        for done, found in enumerate(everything):
            try:
                yield from self._one(finder, tally, found, done, len(everything))
            except PincelError as error:
                yield Failed(found.name, error)
        yield Progress(1, 1)
        if tally.scenes:
            yield tally.made(asked=True)

    def _one(self, finder: Finder, tally: Any, found: Any, done: int, of: int) -> Iterator[Event]:
        from pincel.jobs._finding import file_of, steps
        from pincel.learn.objects.seen import rgb_of
        from pincel.look.finder import Segmented, segment
        from pincel.pixels.open import open_picture

        rgb = rgb_of(open_picture(found.source))
        for told in segment(finder, rgb, file_of(found)):
            if isinstance(told, Segmented):
                own = tally.add(told.scene, rgb)
                yield self._shown(found, rgb, told, own, finder)
            else:
                yield Progress(*steps(done, of, told), found.name)

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
