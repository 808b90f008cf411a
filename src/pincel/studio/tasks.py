"""The queue: who asked waits until a worker is free, visitors take turns, and of a slider's
requests only the newest is done.

A request with a lane ("make") replaces the one of the same visitor and lane that still waits. The
one that runs is left to end: killing it would cost more than finishing it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from pincel import words
from pincel.errors import PincelError
from pincel.studio.pool import DiedError, Worker
from pincel.studio.sessions import AskedJob, Session

_MOST_WAITING = 200  # of one visitor
_LANE_KEPT = 2  # results of one lane


@dataclass(eq=False)
class _Asked:
    """A task in the queue, or (without a task) a look at a file that was sent."""

    session: Session
    task: AskedJob | None
    line: dict[str, Any]
    worker: Worker | None = None
    stopped: bool = False

    @property
    def quick(self) -> bool:
        return self.task is None or bool(self.task.lane)


class Queue:
    """All tasks of all visitors and the workers that do them."""

    def __init__(self, processes: int) -> None:
        self._workers = [Worker(quick=True)] + [Worker(quick=False) for _ in range(processes)]
        self._waiting: deque[_Asked] = deque()
        self._running: dict[tuple[int, str], _Asked] = {}
        self._jobs: set[asyncio.Task[None]] = set()

    async def warm(self) -> None:
        """Start the processes; what is asked meanwhile waits for them."""
        for worker in self._workers:
            await worker.start()

    async def close(self) -> None:
        """End what runs and the processes. The tasks go first: one that is just starting a process
        would leave it behind."""
        jobs = list(self._jobs)
        for one in jobs:
            one.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        await asyncio.gather(*(worker.close() for worker in self._workers))

    def ask(self, session: Session, task: AskedJob) -> None:
        """Put a task at the end of the queue; PincelError when too many of this visitor wait."""
        mine = [one for one in self._waiting if one.session is session and one.task]
        if task.lane:
            for old in [one for one in mine if one.task and one.task.lane == task.lane]:
                self._waiting.remove(old)
                self._over(old, "stale")
        elif len(mine) >= _MOST_WAITING:
            session.tasks.pop(task.id, None)
            raise PincelError("studio.too_many", most=_MOST_WAITING)
        line = {
            "task": task.id,
            "job": task.job,
            "settings": task.settings,
            "folder": os.fspath(session.folder.absolute()),
            "out": f"results/{task.id}",
            "language": task.language,
            "drawn": bool(task.lane),
        }
        session.changed(task)
        self._waiting.append(_Asked(session, task, line))
        self._go_on()

    def look_at(self, session: Session, number: str) -> None:
        """Let the readers open a file that was sent, for its size and its thumbnail."""
        line = {
            "task": number,
            "look": session.place(number),
            "folder": os.fspath(session.folder.absolute()),
            "language": words.language(),
        }
        self._waiting.append(_Asked(session, None, line))
        self._go_on()

    async def stop(self, session: Session, number: str) -> None:
        """Cancel a task: at once where it waits, within half a second where it runs."""
        for one in list(self._waiting):
            if one.session is session and one.task and one.task.id == number:
                self._waiting.remove(one)
                self._over(one, "stopped")
                return
        one_running = self._running.get((id(session), number))
        if one_running is None or one_running.worker is None:
            return
        one_running.stopped = True
        await one_running.worker.stop()

    def _go_on(self) -> None:
        """Hand out what can be handed out."""
        for worker in self._workers:
            if worker.busy:
                continue
            asked = self._next(worker.quick)
            if asked is not None:
                worker.busy, asked.worker = True, worker
                doing = asyncio.get_running_loop().create_task(self._do(worker, asked))
                self._jobs.add(doing)
                doing.add_done_callback(self._jobs.discard)

    def _next(self, quick: bool) -> _Asked | None:
        """Sliders before long work; among visitors, whose turn it is: the one with the fewest
        running, then the one who came first. The quick worker takes nothing long."""
        open_to = [one for one in self._waiting if one.quick or not quick]
        busy_lanes = {
            (id(one.session), one.task.lane)
            for one in self._running.values()
            if one.task and one.task.lane
        }
        open_to = [  # a slider's next picture waits for its last one: they come in order
            one
            for one in open_to
            if not (one.task and one.task.lane)
            or (id(one.session), one.task.lane) not in busy_lanes
        ]
        if not open_to:
            return None
        running = [one.session for one in self._running.values()]
        found = min(open_to, key=lambda one: (not one.quick, running.count(one.session)))
        self._waiting.remove(found)
        self._running[id(found.session), found.line["task"]] = found
        return found

    async def _do(self, worker: Worker, asked: _Asked) -> None:
        started, died = time.monotonic(), False
        end: dict[str, Any] = {"state": "failed", "why": words.say("studio.died")}
        if asked.task is not None:
            asked.task.state = "running"
            asked.session.changed(asked.task)
        try:
            async for told in worker.run(asked.line):
                if told["event"] == "end":
                    end = told
                elif asked.task is not None:
                    _note(asked.session, asked.task, told)
        except DiedError:
            died = True
        self._running.pop((id(asked.session), asked.line["task"]), None)
        if asked.task is None:
            asked.session.looked_at(asked.line["task"], end.get("about"), end.get("why", ""))
        else:
            asked.task.seconds = round(time.monotonic() - started, 3)
            asked.task.why = "" if asked.stopped else end.get("why", "")
            self._over(asked, "stopped" if asked.stopped else end["state"])
        if died:  # the person was told first; another process takes its time
            with contextlib.suppress(OSError):
                await worker.start()
        worker.busy = False
        self._go_on()

    def _over(self, asked: _Asked, state: str) -> None:
        assert asked.task is not None
        task, session = asked.task, asked.session
        task.state = state
        if state == "stopped" and not task.made:
            shutil.rmtree(session.results(task), ignore_errors=True)
        session.changed(task)
        if task.lane:
            same = [t for t in session.tasks.values() if t.lane == task.lane and t.over]
            for old in same[:-_LANE_KEPT]:
                session.drop(old.id)


def _note(session: Session, task: AskedJob, told: dict[str, Any]) -> None:
    """Write an event into the task and tell the pages."""
    kind = told["event"]
    if kind == "progress":
        task.done, task.total, task.text = told["done"], told["total"], told["text"]
        session.tell("progress", task=task.id, done=task.done, total=task.total, text=task.text)
        return
    if kind == "said":
        task.said = [*task.said[-400:], told["text"]]
        session.tell("said", task=task.id, text=told["text"])
        return
    if kind == "made":
        made = told["made"]
        task.made.append({key: value for key, value in made.items() if key != "view"})
        session.tell("made", task=task.id, made=made)
    elif kind == "failed":
        task.failed.append({"name": told["name"], "why": told["why"]})
        session.tell("failed", task=task.id, failed=task.failed[-1])
