"""One visitor: a folder with the files that they sent and what was made of them, their tasks, and
the numbered events from which every open page of theirs is kept up to date.

    files/k3/hero.png      what was sent, a file or a folder, under its own name, in a folder by its
                           number
    results/t7/...         what a task made, and task.json, from which it is known again
    runs/...               what was trained
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import unicodedata
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pincel import atomic
from pincel.errors import PincelError, SystemReason

_REMEMBERED = 16 * 2**20  # bytes of events; who was away for longer reads the whole state anew
_MOST_FILES = 20_000
_MOST_BYTES = 4 * 2**30
_LONGEST_NAME = 120


@dataclass
class Sent:
    """A file or a folder that was sent. `state`: "new", "fine" or "broken" (then `why`)."""

    id: str
    name: str
    size: int
    folder: bool = False
    state: str = "new"
    why: str = ""
    about: dict[str, Any] = field(default_factory=dict)


@dataclass
class AskedJob:
    """One job that was asked for. `state`: queued, running, done, failed, stopped or stale (a newer
    one of its lane came before its turn)."""

    id: str
    job: str
    settings: dict[str, Any]
    asked: dict[str, Any] = field(default_factory=dict)
    lane: str = ""
    room: str = ""
    language: str = "en"
    state: str = "queued"
    done: int = 0
    total: int = 0
    text: str = ""
    said: list[str] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    why: str = ""
    seconds: float = 0.0

    @property
    def over(self) -> bool:
        return self.state not in ("queued", "running")


class Session:
    """A visitor's folder and all that goes on in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Sent] = {}
        self.tasks: dict[str, AskedJob] = {}
        self._events: deque[tuple[int, str]] = deque()
        self._number = 0
        self._held = 0
        self._count = 0
        self._news = asyncio.Event()
        for name in ("files", "results", "runs"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._find()

    # ----------------------------------------------------------------------------- events

    def tell(self, kind: str, **what: Any) -> None:
        """A numbered event for all pages of this visitor."""
        self._number += 1
        text = json.dumps({"kind": kind, **what}, ensure_ascii=False)
        self._events.append((self._number, text))
        self._held += len(text)
        while self._held > _REMEMBERED:
            self._held -= len(self._events.popleft()[1])
        self._news.set()

    async def listen(self, after: int, beat: float = 15.0) -> AsyncIterator[str]:
        """Server-sent events after the number `after`; "reset" where they are forgotten; a comment
        every `beat` seconds, by which a page that went away is noticed."""
        oldest = self._events[0][0] if self._events else self._number + 1
        if after > self._number or after < oldest - 1:
            yield f"id: {self._number}\ndata: {json.dumps({'kind': 'reset'})}\n\n"
            after = self._number
        while True:
            self._news.clear()
            for number, text in [one for one in self._events if one[0] > after]:
                yield f"id: {number}\ndata: {text}\n\n"
                after = number
            try:
                await asyncio.wait_for(self._news.wait(), beat)
            except TimeoutError:
                yield ": here\n\n"

    def state(self) -> dict[str, Any]:
        """Where things stand, with the number of the last event in it."""
        return {
            "last": self._number,
            "files": [asdict(one) for one in self.files.values()],
            "tasks": [asdict(one) for one in self.tasks.values()],
        }

    # ------------------------------------------------------------------------------ files

    def place(self, number: str) -> str:
        """Where a file lies, below this visitor's folder; PincelError when it is not theirs."""
        sent = self.files.get(number)
        if sent is None:
            raise PincelError("studio.no_file", file=number[:40])
        place = f"files/{sent.id}/{sent.name}"
        old = sent.folder and not (self.folder / place).is_dir()  # before folders kept their names
        return f"files/{sent.id}" if old else place

    async def keep(self, name: str, into: str | None, chunks: AsyncIterator[bytes]) -> Sent:
        """Keep a file as it comes in. `into` is the number of a folder that is being sent, in
        which `name` may name folders of its own."""
        parts = [_safe(part) for part in name.split("/")]
        folder = self.files.get(into) if into else None
        if into and (folder is None or not folder.folder):
            raise PincelError("studio.no_file", file=into[:40])
        used = sum(one.size for one in self.files.values())
        if len(self.files) >= _MOST_FILES or used >= _MOST_BYTES:
            raise PincelError("studio.full", most=_MOST_BYTES >> 30)
        sent = folder or self._new(parts[-1])
        at = self.folder / (self.place(sent.id) if folder else f"files/{sent.id}")
        target = at.joinpath(*(parts if folder else parts[-1:]))
        size = await _written(target, chunks)
        sent.size = sent.size + size if folder else size
        if not folder:
            self.files[sent.id] = sent
            self.tell("file", file=asdict(sent))
        return sent

    def new_folder(self, name: str) -> Sent:
        """A folder that is about to be sent, file by file."""
        sent = self._new(_safe(name))
        sent.folder, sent.state = True, "fine"
        (self.folder / "files" / sent.id / sent.name).mkdir(parents=True)
        self.files[sent.id] = sent
        return sent

    def forget(self, number: str) -> None:
        """Remove a file."""
        self.place(number)
        del self.files[number]
        shutil.rmtree(self.folder / "files" / number, ignore_errors=True)
        self.tell("gone", file=number)

    def looked_at(self, number: str, about: dict[str, Any] | None, why: str = "") -> None:
        """What the readers said of a file that was sent."""
        sent = self.files.get(number)
        if sent is not None:
            sent.state, sent.about, sent.why = ("broken" if why else "fine"), about or {}, why
            self.tell("file", file=asdict(sent))

    def _new(self, name: str) -> Sent:
        return Sent(self._next("k"), name, 0)

    # ------------------------------------------------------------------------------ tasks

    def new_task(self, job: str, settings: dict[str, Any], **more: Any) -> AskedJob:
        task = AskedJob(self._next("t"), job, settings, **more)
        self.tasks[task.id] = task
        return task

    def results(self, task: AskedJob) -> Path:
        return self.folder / "results" / task.id

    def changed(self, task: AskedJob) -> None:
        """Tell all pages how a task stands; what is over is written down."""
        told = asdict(task)
        for long in ("made", "said", "failed"):  # each was told when it came
            del told[long]
        self.tell("task", task=told)
        if task.state == "stale":
            self.drop(task.id)
        elif task.over and not task.lane:
            text = json.dumps(asdict(task), ensure_ascii=False)
            atomic.write_whole(self.results(task) / "task.json", text.encode())

    def drop(self, number: str) -> None:
        """Forget a task that is over, and what it made."""
        task = self.tasks.get(number)
        if task is not None and task.over:
            del self.tasks[number]
            shutil.rmtree(self.results(task), ignore_errors=True)
            self.tell("dropped", task=number)

    def _next(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _find(self) -> None:
        """What an earlier studio left in this folder."""
        for at in _by_number(self.folder / "files"):
            inside = [one for one in at.iterdir() if not one.name.startswith(".")]
            file = len(inside) == 1 and inside[0].is_file()
            size = sum(one.stat().st_size for one in at.rglob("*") if one.is_file())
            name = inside[0].name if len(inside) == 1 else at.name
            self.files[at.name] = Sent(at.name, name, size, not file, "fine" if inside else "new")
        for at in _by_number(self.folder / "results"):
            try:
                told = json.loads((at / "task.json").read_text("utf-8"))
                self.tasks[at.name] = AskedJob(**told)
            except (OSError, ValueError, TypeError):
                shutil.rmtree(at, ignore_errors=True)  # a slider's, or one that never ended
        numbers = [int(name[1:]) for name in (*self.files, *self.tasks)]
        self._count = max(numbers, default=0)


def _by_number(folder: Path) -> Iterable[Path]:
    found = (one for one in folder.iterdir() if re.fullmatch(r"[kt]\d+", one.name))
    return sorted((one for one in found if one.is_dir()), key=lambda one: int(one.name[1:]))


async def _written(target: Path, chunks: AsyncIterator[bytes]) -> int:
    """Written whole or not at all; returns how many bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    size = 0
    try:
        with part.open("wb") as file:
            async for chunk in chunks:
                file.write(chunk)
                size += len(chunk)
        part.replace(target)
    except OSError as error:
        raise PincelError("saving.failed", path=target.name, why=SystemReason(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return size


def _safe(name: str) -> str:
    """A file's own name as a name in a folder: no path, nothing invisible, not hidden."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join("_" if c in '<>:"|?*[]' or not c.isprintable() else c for c in name)
    stem, dot, suffix = name.strip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    kept = stem[: _LONGEST_NAME - len(suffix[:16])] + dot + suffix[:16]
    return kept.lstrip(".~") or "file"
