"""What `detect` and `segment` share: tables of what was found, labels for other programs, and how a
run that was cut off goes on.

After every picture its lines are added to the tables, and a note of what was found in it is kept,
after every tile of a large one a note of that: whatever ends the run, nothing finished is lost, and
the same command takes what is noted for seen (`pincel.job.Going`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Failed, Going, Job, Made, Noted, Progress
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.learn.objects.things import Scene
    from pincel.look.finder import Before, ReadyFinder, Seen
    from pincel.look.table import ObjectRow, Sum
    from pincel.pixels.sources import Found

_LINES = ("rows", "sums")


@dataclass
class Tally:
    """What was found so far, picture by picture. `asked`: tables are kept only where a place is
    named."""

    finder: ReadyFinder
    model: str
    micrometres: float | None
    csv: Path | None
    labels: str | None
    asked: bool
    scenes: list[Scene] = field(default_factory=list)
    rows: list[ObjectRow] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)

    def add(self, scene: Scene, rgb: np.ndarray) -> tuple[list[ObjectRow], list[Sum]]:
        """The rows of one more picture, and the lines of its summary."""
        from pincel.look import table

        rows = table.object_rows(scene, rgb)
        sums = table.sums(scene, rows, self.finder.classes)
        self.scenes.append(scene)
        self.rows += rows
        self.sums += sums
        return rows, sums

    @property
    def name(self) -> str:
        """Of the files of all pictures together."""
        return self.csv.stem if self.csv else "objects"

    @property
    def beside(self) -> Path | None:
        """Their folder."""
        return self.csv.parent if self.csv else None

    @property
    def kept(self) -> bool:
        """Whether they are written without a place being named."""
        return bool(self.csv or self.labels)

    @property
    def columns(self) -> tuple[str, ...]:
        """Figures of an object."""
        from pincel.look.table import COLUMNS

        return COLUMNS[self.finder.family]

    def made(self) -> Made:
        """All pictures together: the table, the summary, and labels where they are asked for."""
        return Made(
            name=self.name,
            value=self._told(),
            files=self._files if self.kept else tuple,
            asked=self._files if self.asked else tuple,
            numbers={"model": self.model, "engine": self.finder.engine, "pictures": self._told()},
            lines=tuple(self._lines()),
            beside=self.beside,
        )

    def _told(self) -> list[dict[str, Any]]:
        from pincel.look import table

        own: dict[str, list[dict[str, Any]]] = {scene.name: [] for scene in self.scenes}
        for row in self.rows:
            figures = table.in_micrometres(row.figures, self.micrometres)
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

        yield ".csv", table.csv_table(self.rows, self.columns, self.micrometres)
        sums = table.summary_lines(self.sums, self.micrometres)
        yield ".summary.csv", table.summary_head(self.micrometres) + sums
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
    job: Job, task: str, asked: bool,
    find: Callable[[Tally, str, np.ndarray, Around], Iterator[Event | Scene]],
    show: Callable[[Tally, Found, np.ndarray, Scene, list[ObjectRow]], Iterator[Event]],
) -> Generator[Event, None, Tally]:  # fmt: skip
    """Open the network and take the pictures of `detect` or `segment` one after the other; one that
    fails is told, and the others go on. Returns what was found.

    asked  the tables are kept where a place is named
    find   what stands in a picture (h, w, 3) uint8: yields events, and the scene
    show   what is made of it
    """
    from pincel.jobs.each import found_in
    from pincel.learn.objects.inputs import rgb_of
    from pincel.look.finder import open_finder
    from pincel.pixels.open import open_picture

    given: Any = job
    finder = open_finder(given.model, task)
    tally = Tally(finder, str(given.model), given.micrometres, given.csv, given.labels, asked)
    everything = found_in(given.sources, "boxes", "outlines", "labels")
    notes = Notes.of_run(job, tally, everything)
    yield from notes.begun()
    for done, found in enumerate(everything):
        name = name_below(found)
        try:
            rgb = rgb_of(open_picture(found.source))
            around = Around(done, len(everything), found.name, notes)
            scene = notes.scene(done, name)
            yield around.progress((0, 1))
            if not (known := scene is not None):
                scene = yield from _found(find(tally, name, rgb, around))
            rows, sums = tally.add(scene, rgb)
            yield from show(tally, found, rgb, scene, rows)
            if not known:
                yield from notes.finished(done, scene, rows, sums)
        except PincelError as error:
            yield Failed(found.name, error)
    yield Progress(1, 1)
    return tally


def _found(events: Iterator[Event | Scene]) -> Generator[Event, None, Scene]:
    from pincel.learn.objects.things import Scene

    for event in events:
        if isinstance(event, Scene):
            return event
        yield event
    raise AssertionError("a picture without a scene")


@dataclass
class Notes:
    """What a run keeps of what it has finished. `going`: what it is, None where it keeps nothing;
    `noted`: notes of the same run that was cut off."""

    tally: Tally
    going: Going | None
    noted: Noted
    count: int
    tiles: list[str] = field(default_factory=list)

    @classmethod
    def of_run(cls, job: Job, tally: Tally, everything: list[Found]) -> Notes:
        """Of this run."""
        going = _going(job, tally, everything) if tally.kept or tally.asked else None
        return cls(tally, going, job.earlier(going) if going else _none, len(everything))

    def begun(self) -> Iterator[Going]:
        """The tables with all pictures that are finished already."""
        from pincel.look import table
        from pincel.look.notes import unpacked

        if self.going is None:
            return
        held = [unpacked(self.noted(f"{k}.npz"), *_LINES) for k in range(self.count)]
        rows, sums = (
            b"".join(one[name].tobytes() for one in held if one is not None) for name in _LINES
        )
        told = self.tally.micrometres
        whole = ((".csv", table.head(self.tally.columns, told) + rows),
                 (".summary.csv", table.summary_head(told) + sums))  # fmt: skip
        yield self._told(whole=whole)

    def scene(self, number: int, name: str) -> Scene | None:
        """What an earlier run found in a picture."""
        from pincel.look.notes import scene_unpacked

        known = scene_unpacked(self.noted(f"{number}.npz"), name)
        return known[0] if known else None

    def before(self, number: int) -> Before | None:
        """What an earlier run found in tiles of a picture."""
        if self.going is None:
            return None
        return lambda tile: self.noted(f"{number}.{tile}.npz")

    def tile(self, number: int, seen: Seen) -> Iterator[Going]:
        """One more tile."""
        self.tiles.append(f"{number}.{seen.tile}.npz")
        yield self._told(notes={self.tiles[-1]: seen.data})

    def finished(
        self, number: int, scene: Scene, rows: list[ObjectRow], sums: list[Sum]
    ) -> Iterator[Going]:
        """One more picture; its tiles are not needed any more."""
        import numpy as np

        from pincel.look import table
        from pincel.look.notes import scene_packed

        if self.going is None:
            return
        told = self.tally.micrometres
        lines = (table.csv_lines(rows, told), table.summary_lines(sums, told))
        own = {k: np.frombuffer(v, np.uint8) for k, v in zip(_LINES, lines, strict=True)}
        notes: dict[str, bytes | None] = {f"{number}.npz": scene_packed(scene, **own)}
        more = ((".csv", lines[0]), (".summary.csv", lines[1]))
        yield self._told(more=more, notes=notes | dict.fromkeys(self.tiles))
        self.tiles = []

    def _told(self, **what: Any) -> Going:
        from dataclasses import replace

        assert self.going is not None
        return replace(self.going, **what)


def _none(name: str) -> bytes | None:
    return None


def _going(job: Job, tally: Tally, everything: list[Found]) -> Going | None:
    """What this run is: its settings, the network's bytes, and the files it looks at. None where
    some are no files: nobody knows whether they are the same another time."""
    from hashlib import sha256

    from pincel import __version__
    from pincel.look.models import find_file

    files = []
    for found in everything:
        if not isinstance(found.source, Path):
            return None
        try:
            known = found.source.stat()
        except OSError:  # it is told of when it is opened
            return None
        files.append([str(found.source), known.st_size, known.st_mtime_ns])
    network = sha256(find_file(tally.model).read_bytes()).hexdigest()
    of = {"job": job.key(), "settings": job.told(), "pincel": __version__, "network": network,
          "pictures": files}  # fmt: skip
    return Going(tally.name, of, tally.beside, asked=not tally.kept)


@dataclass(frozen=True)
class Around:
    """Where a picture stands among all, and what is noted of it."""

    done: int
    of: int
    name: str
    notes: Notes

    @property
    def before(self) -> Before | None:
        """What an earlier run found in its tiles."""
        return self.notes.before(self.done)

    def told(self, event: tuple[int, int] | Seen) -> Iterator[Event]:
        """What happens on the way as events."""
        if isinstance(event, tuple):
            yield self.progress(event)
        else:
            yield from self.notes.tile(self.done, event)

    def progress(self, tiles: tuple[int, int]) -> Progress:
        """Progress over all pictures, in thousandths, when so many tiles of this one are seen."""
        part, whole = tiles
        return Progress(round(1000 * (self.done + part / max(1, whole))), 1000 * self.of, self.name)


def name_below(found: Found) -> str:
    """The picture as the tables call it: its file's name, below the folder that was named."""
    source = found.source
    suffix = Path(source).suffix if isinstance(source, (str, Path)) else ""
    return f"{found.name}{suffix}"
