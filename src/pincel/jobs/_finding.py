"""What `detect` and `segment` share: tables of what was found, and labels for other programs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.learn.objects.things import Scene
    from pincel.look.finder import Finder
    from pincel.look.table import Row, Sum
    from pincel.pixels.sources import Found


@dataclass
class Tally:
    """What was found so far, picture by picture."""

    finder: Finder
    model: str
    micrometres: float | None
    csv: Path | None
    labels: str | None
    scenes: list[Scene] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)

    def add(self, scene: Scene, rgb: np.ndarray) -> list[Row]:
        """The rows of one more picture."""
        from pincel.look import table

        own = table.rows(scene, rgb)
        self.scenes.append(scene)
        self.rows += own
        self.sums += table.sums(scene, own, self.finder.classes)
        return own

    def made(self, asked: bool) -> Made:
        """All pictures together: the table, the summary, and labels where they are asked for.
        `asked`: the files are written only where a place is named."""
        name = self.csv.stem if self.csv else "objects"
        kept = bool(self.csv or self.labels)
        return Made(
            name=name,
            value=self._told(),
            files=self._files if kept else tuple,
            asked=self._files if asked else tuple,
            numbers={"model": self.model, "engine": self.finder.engine, "pictures": self._told()},
            lines=tuple(self._lines()),
            beside=self.csv.parent if self.csv else None,
        )

    def _told(self) -> list[dict[str, Any]]:
        from pincel.look import table

        own: dict[str, list[dict[str, Any]]] = {scene.name: [] for scene in self.scenes}
        for row in self.rows:
            figures = table.measured(row.figures, self.micrometres)
            said = {"object": row.number, "class": row.kind, "confidence": row.score}
            own[row.file].append(said | {k: float(f"{v:.6g}") for k, v in figures.items()})
        return [
            {
                "file": scene.name,
                "width": scene.size[1],
                "height": scene.size[0],
                "counts": {s.kind: s.count for s in self.sums if s.file == scene.name},
                "objects": own[scene.name],
            }
            for scene in self.scenes
        ]

    def _files(self) -> Iterator[tuple[str, bytes]]:
        from pincel.look import table

        yield ".csv", table.table(self.rows, self.micrometres)
        yield ".summary.csv", table.summary(self.sums, self.micrometres)
        if self.labels is not None:
            from pincel.learn import labels

            for file, data in labels.load(self.labels).write(self.scenes):
                yield f".{self.labels}/{file}", data

    def _lines(self) -> Iterator[str]:
        for scene in self.scenes:
            counts = [f"{s.kind} {s.count}" for s in self.sums if s.file == scene.name]
            yield f"{scene.name}: {', '.join(counts)}"
        if len(self.scenes) > 1:
            totals: dict[str, int] = {}
            for one in self.sums:
                totals[one.kind] = totals.get(one.kind, 0) + one.count
            told = ", ".join(f"{kind} {count}" for kind, count in totals.items())
            yield say("detect.together", count=len(self.scenes), counts=told)


def through(
    job: Job, task: str, one: Callable[[Tally, Found, Around], Iterator[Event]]
) -> Generator[Event, None, Tally]:
    """Open the network and take the pictures of `detect` or `segment` one after the other; one that
    fails is told, and the others go on. Returns what was found.

    one  what is done with a picture: yields its events; `Around` turns its tiles into progress
    """
    from pincel.jobs.each import found_in
    from pincel.look.finder import open_finder

    asked: Any = job
    finder = open_finder(asked.model, task)
    tally = Tally(finder, str(asked.model), asked.micrometres, asked.csv, asked.labels)
    everything = found_in(asked.sources)
    for done, found in enumerate(everything):
        try:
            yield from one(tally, found, Around(done, len(everything), found.name))
        except PincelError as error:
            yield Failed(found.name, error)
    yield Progress(1, 1)
    return tally


@dataclass(frozen=True)
class Around:
    """Where a picture stands among all."""

    done: int
    of: int
    name: str

    def progress(self, tiles: tuple[int, int]) -> Progress:
        """Progress over all pictures, in thousandths, when so many tiles of this one are seen."""
        part, whole = tiles
        return Progress(round(1000 * (self.done + part / max(1, whole))), 1000 * self.of, self.name)


def file_of(found: Found) -> str:
    """The picture as the tables call it: its file's name, below the folder that was named."""
    source = found.source
    suffix = Path(source).suffix if isinstance(source, (str, Path)) else ""
    return f"{found.name}{suffix}"
