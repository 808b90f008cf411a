"""The queue and its processes: newest first, fair, cancelled in time, nothing lost."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.studio import tasks
from pincel.studio.pool import Worker
from pincel.studio.sessions import AskedJob, Session
from pincel.studio.tasks import Queue


class Fake(Worker):
    """A worker in this process: each task takes as long as its settings say."""

    async def start(self) -> None: ...

    async def run(self, asked: dict[str, Any]):
        self._stop = asyncio.Event()
        yield {"event": "progress", "done": 0, "total": 1, "text": ""}
        try:
            await asyncio.wait_for(self._stop.wait(), asked["settings"].get("seconds", 0))
        except TimeoutError:
            yield {"event": "end", "state": "done", "why": ""}
        else:
            yield {"event": "end", "state": "stopped", "why": ""}

    async def stop(self) -> None:
        self._stop.set()

    async def close(self) -> None: ...


def run(what: Callable[[Queue], Awaitable[Any]], monkeypatch: Any, processes: int = 1) -> Any:
    monkeypatch.setattr(tasks, "Worker", Fake)

    async def all_of_it() -> Any:
        queue = Queue(processes)
        try:
            return await what(queue)
        finally:
            await queue.close()

    return asyncio.run(all_of_it())


async def over(*asked: AskedJob) -> None:
    for _ in range(600):
        if all(one.over for one in asked):
            return
        await asyncio.sleep(0.01)
    raise AssertionError([one.state for one in asked])


def ask(queue: Queue, session: Session, lane: str = "", **settings: Any) -> AskedJob:
    task = session.new_task("jobs", settings, lane=lane)
    queue.ask(session, task)
    return task


def test_of_a_slider_only_the_newest_is_done(monkeypatch: Any, tmp_path: Path) -> None:
    async def slide(queue: Queue) -> list[str]:
        session = Session(tmp_path)
        moved = []
        for _ in range(12):
            moved.append(ask(queue, session, "make", seconds=0.05))
            await asyncio.sleep(0.005)
        await over(*moved)
        return [one.state for one in moved]

    states = run(slide, monkeypatch)
    assert states[0] == "done" and states[-1] == "done"  # what runs is left to end
    assert states.count("stale") >= 9 and set(states) == {"done", "stale"}


def test_long_work_does_not_keep_a_slider_waiting(monkeypatch: Any, tmp_path: Path) -> None:
    async def both(queue: Queue) -> float:
        session = Session(tmp_path)
        long = [ask(queue, session, seconds=1) for _ in range(4)]
        await asyncio.sleep(0.02)
        began = time.monotonic()
        await over(ask(queue, session, "make", seconds=0))
        took = time.monotonic() - began
        for one in long:
            await queue.stop(session, one.id)
        await over(*long)
        assert {one.state for one in long} == {"stopped"}
        return took

    assert run(both, monkeypatch) < 0.3


def test_visitors_take_turns(monkeypatch: Any, tmp_path: Path) -> None:
    async def two(queue: Queue) -> list[str]:
        many, one = Session(tmp_path / "a"), Session(tmp_path / "b")
        asked = [ask(queue, many, seconds=0.03) for _ in range(16)]
        last = ask(queue, one, seconds=0.03)
        await over(last)
        states = [task.state for task in asked]
        await over(*asked)
        return states

    states = run(two, monkeypatch, processes=2)
    assert states.count("queued") >= 6  # who came last did not wait for all that came before


def test_fifty_visitors_at_once_lose_no_task(monkeypatch: Any, tmp_path: Path) -> None:
    async def crowd(queue: Queue) -> list[AskedJob]:
        sessions = [Session(tmp_path / str(i)) for i in range(50)]
        asked = [ask(queue, one, seconds=0.001) for one in sessions for _ in range(4)]
        await over(*asked)
        for one in sessions:
            assert one.state()["last"] >= 4 * 3  # queued, running, progress, done
        return asked

    assert {one.state for one in run(crowd, monkeypatch, processes=2)} == {"done"}


def test_no_visitor_fills_the_queue(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(tasks, "_MOST_WAITING", 3)

    async def fill(queue: Queue) -> None:
        session = Session(tmp_path)
        for _ in range(4):
            ask(queue, session, seconds=9)
        with pytest.raises(PincelError, match="3 tasks"):
            ask(queue, session)

    run(fill, monkeypatch)


def test_events_are_numbered_and_can_be_taken_up_again(tmp_path: Path) -> None:
    async def listen(session: Session, after: int, count: int) -> list[tuple[int, str]]:
        heard = []
        async for text in session.listen(after):
            number, data = text.split("\n")[:2]
            heard.append((int(number[4:]), json.loads(data[6:])["kind"]))
            if len(heard) == count:
                break
        return heard

    session = Session(tmp_path)
    for i in range(5):
        session.tell("said", text=str(i))
    assert asyncio.run(listen(session, 0, 5)) == [(i, "said") for i in range(1, 6)]
    assert asyncio.run(listen(session, 3, 2)) == [(4, "said"), (5, "said")]
    assert asyncio.run(listen(session, 99, 1)) == [(5, "reset")]  # of an earlier studio
    session._events.clear()
    assert asyncio.run(listen(session, 2, 1)) == [(5, "reset")]  # forgotten meanwhile


def test_a_studio_finds_what_an_earlier_one_left(tmp_path: Path) -> None:
    async def bytes_of(data: bytes):
        yield data

    first = Session(tmp_path)
    sent = asyncio.run(first.keep("hero.png", None, bytes_of(b"12")))
    done, never = first.new_task("jobs", {}), first.new_task("jobs", {})
    done.state = "done"
    first.results(done).mkdir()
    first.results(never).mkdir()
    first.changed(done)
    again = Session(tmp_path)
    assert again.files[sent.id].name == "hero.png" and list(again.tasks) == [done.id]
    assert not again.results(never).exists()
    assert again.new_task("jobs", {}).id not in (sent.id, done.id)


def test_real_workers_draw_fail_stop_and_come_back(tmp_path: Path) -> None:
    """One warm process: a sprite, a broken file, a job silent for seconds that is cancelled."""
    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 256, (48, 48, 3), np.uint8)).save(tmp_path / "noise.png")
    big = rng.integers(0, 256, (1600, 1600, 3), np.uint8)
    Image.fromarray(big).save(tmp_path / "big.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n nothing")

    async def work() -> None:
        queue, session = Queue(1), Session(tmp_path)
        await queue.warm()

        def job(name: str, **settings: Any) -> AskedJob:
            task = session.new_task(name, settings)
            queue.ask(session, task)
            return task

        try:
            sprite = job("pixelate", pictures=("noise.png",), width=16)
            await patiently(sprite)
            files = {one["name"] for one in sprite.made[0]["files"]}
            assert {"noise.pixel.png", "view/1-sprite.json", "view/1-frames.bin"} <= files
            assert all((session.results(sprite) / name).is_file() for name in files)

            moved = session.new_task("pixelate", {"pictures": ("noise.png",)}, lane="make")
            queue.ask(session, moved)
            await patiently(moved)
            names = {one["name"] for one in moved.made[0]["files"]}  # only what the page draws
            assert names == {"view/1-sprite.json", "view/1-frames.bin"}

            broken = job("pixelate", pictures=("broken.png",))
            await patiently(broken)
            assert broken.state == "failed" and broken.why.endswith(".")

            for times in range(2):  # the second time in the process that came in its place
                silent = job("distance", sources=("big.png",), longest=0)
                await until(lambda silent=silent: silent.state == "running")
                await asyncio.sleep(0.5)
                began = time.monotonic()
                await queue.stop(session, silent.id)
                await until(lambda silent=silent: silent.over)
                assert time.monotonic() - began <= 0.5, times
                assert silent.state == "stopped"
                left = [one.name for one in session.results(silent).rglob("*")]
                assert left == ["task.json"]
        finally:
            await queue.close()

    async def patiently(task: AskedJob) -> None:
        await until(lambda: task.over)

    async def until(what: Callable[[], bool]) -> None:
        for _ in range(6000):
            if what():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("too long")

    asyncio.run(work())
