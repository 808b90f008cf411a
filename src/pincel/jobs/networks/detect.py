"""The job that finds things in pictures, draws a box around each, and counts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.job import Event, Job, Made, setting
from pincel.learn.labels import BoxFormat

if TYPE_CHECKING:
    import numpy as np

    from pincel.jobs._finding import Around, Tally
    from pincel.learn.objects.things import Scene
    from pincel.look.finder import ReadyFinder
    from pincel.look.table import ObjectRow
    from pincel.pixels.sources import Found


class Detect(Job):
    """Every thing with its class, box and confidence; counts, and the table a lab keeps."""

    gives: ClassVar[str] = "list[dict[str, Any]]"
    together: ClassVar[bool] = True
    goes_on: ClassVar[bool] = True
    example: ClassVar[dict[str, Any]] = {"model": "cells.smear"}

    model: str | Path = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    confidence: float | None = setting(None, ge=0, le=1)
    micrometres: float | None = setting(None, gt=0, le=10_000)
    drawn: bool = setting(False)
    csv: Path | None = setting(None)
    labels: BoxFormat | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._finding import through

        tally = yield from through(self, "boxes", not self.drawn, self._find, self._show)
        if tally.scenes:
            yield tally.made()

    def _find(
        self, tally: Tally, name: str, rgb: np.ndarray, around: Around
    ) -> Iterator[Event | Scene]:
        from pincel.learn.objects.things import Scene
        from pincel.look.finder import detect

        for told in detect(tally.finder, rgb, name, self.confidence, around.before):
            if isinstance(told, Scene):
                yield told
            else:
                yield from around.told(told)

    def _show(
        self, tally: Tally, found: Found, rgb: np.ndarray, scene: Scene, rows: list[ObjectRow]
    ) -> Iterator[Event]:
        if self.drawn:
            yield _shown(found, rgb, scene, tally.finder)


def _shown(found: Any, rgb: Any, scene: Any, finder: ReadyFinder) -> Made:
    """The picture with its boxes."""
    from pincel.learn.objects.overlay import overlay
    from pincel.pixels.encode import png

    picture = overlay(rgb, scene, finder.classes)
    return Made(
        f"{found.name}.boxes", picture, lambda: [(".png", png(picture))], beside=found.beside
    )
