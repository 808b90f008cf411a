"""The job that outlines objects in pictures and measures each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.job import Event, Job, Made, setting
from pincel.learn.labels import MaskFormat

if TYPE_CHECKING:
    import numpy as np

    from pincel.jobs._finding import Around, Tally
    from pincel.learn.objects.things import Scene
    from pincel.look.table import ObjectRow
    from pincel.pixels.sources import Found


class Segment(Job):
    """Every object with its own mask: outlines, a label picture, and the table a lab keeps."""

    gives: ClassVar[str] = "list[Any]"
    goes_on: ClassVar[bool] = True
    example: ClassVar[dict[str, Any]] = {"model": "cells.nuclei"}

    model: str | Path = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    micrometres: float | None = setting(None, gt=0, le=10_000)
    csv: Path | None = setting(None)
    labels: MaskFormat | None = setting(None)
    looks: Literal[1, 2, 4] | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._finding import through

        tally = yield from through(self, "masks", True, self._find, self._show)
        if tally.scenes:
            yield tally.made()

    def _find(
        self, tally: Tally, name: str, rgb: np.ndarray, around: Around
    ) -> Iterator[Event | Scene]:
        from pincel.look.finder import Segmented, segment

        for told in segment(tally.finder, rgb, name, around.before, self.looks):
            if isinstance(told, Segmented):
                yield told.scene
            else:
                yield from around.told(told)

    def _show(
        self, tally: Tally, found: Found, rgb: np.ndarray, scene: Scene, rows: list[ObjectRow]
    ) -> Iterator[Event]:
        """Outlines over the picture, the label picture (0 the ground, 1, 2, 3, ... the objects),
        and the picture's own table."""
        from pincel.learn.objects.things import to_labels

        labels = to_labels(scene.things, *scene.size)

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.learn.labels.pictures import label_file
            from pincel.learn.objects.overlay import overlay
            from pincel.look.table import csv_table
            from pincel.pixels.encode import png

            yield ".outlines.png", png(overlay(rgb, scene, tally.finder.classes))
            suffix, data = label_file(labels)
            yield f".labels{suffix}", data
            yield ".objects.csv", csv_table(rows, tally.columns, self.micrometres)

        yield Made(found.name, labels, files, beside=found.beside)
