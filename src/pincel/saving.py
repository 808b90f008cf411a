"""The one place where results become files: whole or not at all, never over what is there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pincel.atomic import write_whole
from pincel.errors import PincelError
from pincel.going import Unfinished, lengthen
from pincel.job import Event, Going, Job, Made, Noted, nothing_noted

MANIFEST = "pincel-manifest.json"


class Saver:
    """Keeps the results of one run.

    out    None: beside each source (or the working folder); a folder; or a file name for a single
           result ("hero.png")
    force  replace files that exist
    """

    def __init__(self, job: Job, out: str | Path | None = None, *, force: bool = False) -> None:
        self.job = job
        self.force = force
        self.folder: Path | None = None
        self.file: Path | None = None
        if out is not None:
            path = Path(out)
            if path.suffix and not path.is_dir() and not str(out).endswith(("/", os.sep)):
                self.file = path
            else:
                self.folder = path
        self._made = 0
        self._written: set[Path] = set()
        self._kept: list[dict[str, Any]] = []
        self._grown: set[Path] = set()
        self._unfinished: dict[Path, Unfinished] = {}
        self._goes_on = False
        if job.goes_on:
            job.going_on(self.earlier)

    def save(self, made: Made) -> list[Path]:
        """Write the files of one result; returns where they are. Nothing is written when any of
        them may not be."""
        files = self._files(made)
        self._made += 1
        targets = self._targets(made, [suffix for suffix, _ in files])
        for target, (_, data) in zip(targets, files, strict=True):
            self._may(target, data)
        for target, (_, data) in zip(targets, files, strict=True):
            write_whole(target, data)
            self._written.add(target)
        if files:
            base = self.folder or Path()
            shown = [_relative(t, base) for t in targets]
            self._kept.append({"name": made.name, "files": shown, "numbers": made.numbers})
        return targets

    def _may(self, target: Path, data: bytes | None = None) -> None:
        """Refuse to replace a file, unless this run wrote it; when it goes on after it was cut off,
        it wrote those that hold the very same."""
        if self.force or target in self._written or not target.exists():
            return
        if not (self._goes_on and data is not None and target.read_bytes() == data):
            raise PincelError("saving.exists", path=target, option=self._naming(target))

    def _naming(self, target: Path) -> str:
        """The option that says where this file goes: --csv where the person named it by that."""
        table = getattr(self.job, "csv", None)
        by_csv = table is not None and target.name.startswith(f"{table.stem}.")
        return "--csv" if by_csv and self.file is None and self.folder is None else "--out"

    def going(self, events: Iterable[Event]) -> Iterator[Event]:
        """Keep what a run tells of how far it is, and pass the rest on."""
        for event in events:
            if isinstance(event, Going):
                self.go(event)
            else:
                yield event

    def alone(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events of a run whose results go to one file: the one result comes last, so that of
        several none is written. PincelError as soon as there are several."""
        if self.file is None:
            yield from events
            return
        yield from only_one(events, self.file)

    def earlier(self, going: Going) -> Noted:
        """What the same run noted before it was cut off; nothing where there is none."""
        held = self._held(going)
        if held is None or not held.fits:
            return nothing_noted(going)
        self._goes_on = True
        return held.read

    def go(self, going: Going) -> None:
        """Keep how far a run has come. PincelError, before anything is written, when files are in
        the way that the same run did not leave."""
        held = self._held(going)
        if held is None:
            return
        base = self._base(going)
        for suffix, _ in going.whole:
            target = _inside(base, going.name + suffix)
            if not held.fits:
                self._may(target)
            self._grown.add(target)
        held.begin()
        held.note(going.notes)
        for suffix, data in going.whole:
            write_whole(base / (going.name + suffix), data)
        for suffix, data in going.more:
            lengthen(base / (going.name + suffix), data)
        self._written |= self._grown

    def _base(self, going: Going) -> Path:
        return self.folder if self.folder is not None else (going.beside or Path())

    def _held(self, going: Going) -> Unfinished | None:
        """The notes of a run; None where its files do not grow."""
        if self.file is not None or (going.asked and self.folder is None):
            return None
        base = self._base(going)
        known = Unfinished(base, going.name, going.of)
        return self._unfinished.setdefault(known.folder, known)

    def close(self, failed: bool = False) -> Path | None:
        """Add this run to the manifest of the output folder; None where there is no folder.
        PincelError when a place was named and what was made has no files to put there, unless
        something `failed` and said why."""
        for held in self._unfinished.values():
            held.end()
        named = self.file or self.folder
        if named and self._made and not self._written and not failed:
            raise PincelError("saving.nothing", path=named, job=self.job.key())
        if self.folder is None or not self._kept:
            return None
        from pincel import __version__

        path = self.folder / MANIFEST
        runs: list[Any] = []
        if path.exists():
            try:
                runs = json.loads(path.read_text("utf-8"))["runs"]
            except (OSError, ValueError, KeyError, TypeError):
                raise PincelError("saving.manifest", path=path) from None
        run = {
            "job": self.job.key(),
            "settings": self.job.told(),
            "pincel": __version__,
            "results": self._kept,
        }
        runs = [r for r in runs if r != run] + [run]
        write_whole(
            path, (json.dumps({"runs": runs}, indent=1, ensure_ascii=False) + "\n").encode()
        )
        return path

    def _files(self, made: Made) -> list[tuple[str, bytes]]:
        if self.file is not None and made.renamed is not None:
            return list(made.renamed(self.file.stem))
        named = self.file is not None or self.folder is not None
        return list(made.files()) or (list(made.asked()) if named else [])

    def _targets(self, made: Made, suffixes: Iterable[str]) -> list[Path]:
        suffixes = list(suffixes)
        if self.file is not None:
            return self._as_file(self.file, suffixes)
        base = self.folder if self.folder is not None else (made.beside or Path())
        number = 1
        while True:
            tail = "" if number == 1 else f"-{number}"
            targets = [_inside(base, f"{made.name}{tail}{suffix}") for suffix in suffixes]
            if not any(t in self._written - self._grown for t in targets):
                return targets
            number += 1  # two sources of this run have one name: the second gets a number

    def _as_file(self, file: Path, suffixes: list[str]) -> list[Path]:
        ends = [s for s in suffixes if s.lower().endswith(file.suffix.lower())]
        if not ends:
            raise PincelError(
                "saving.suffix", path=file, suffix=file.suffix, made=", ".join(suffixes) or "-"
            )
        main = file.suffix.lower() if file.suffix.lower() in ends else ends[0]
        targets = [file if s == main else _inside(file.parent, file.stem + s) for s in suffixes]
        if any(t in self._written for t in targets):
            raise PincelError("saving.one_file", path=file)
        return targets


def only_one(events: Iterable[Event], place: Path | str) -> Iterator[Event]:
    """The events, their only result at the end; PincelError as soon as there is a second one, which
    would not fit into `place`."""
    held: Made | None = None
    for event in events:
        if not isinstance(event, Made):
            yield event
        elif held is not None:
            raise PincelError("saving.one_file", path=place)
        else:
            held = event
    if held is not None:
        yield held


def _inside(base: Path, name: str) -> Path:
    """base/name, refused when it would lie outside base (also through links)."""
    target = base / name
    root = base.resolve()
    if not target.parent.resolve().is_relative_to(root) or target.is_dir():
        raise PincelError("saving.outside", path=name, folder=base)
    return target


def _relative(path: Path, base: Path) -> str:
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return path.name
