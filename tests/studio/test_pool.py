"""No process of the studio outlives it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from pincel.studio.sessions import Session
from pincel.studio.tasks import Queue

GARBLED = "import time; print('no event', flush=True); time.sleep(60)"


def test_a_process_that_is_replaced_has_ended(monkeypatch: Any, tmp_path: Path) -> None:
    """One that says what cannot be read is given up, and must not live on."""
    spawned: list[asyncio.subprocess.Process] = []
    real = asyncio.create_subprocess_exec

    async def noted(*given: Any, **more: Any) -> asyncio.subprocess.Process:
        asked = (sys.executable, "-c", GARBLED) if len(spawned) < 2 else given
        spawned.append(await real(*asked, **more))
        return spawned[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)

    async def given_up() -> None:
        queue = Queue(1)
        await queue.warm()
        session = Session(tmp_path)
        task = session.new_task("jobs", {}, lane="make")
        queue.ask(session, task)
        for _ in range(500):
            if len(spawned) > 2:
                break
            await asyncio.sleep(0.01)
        assert task.state == "failed"
        assert spawned[0].returncode is not None  # before the next one takes its place
        await queue.close()
        assert all(one.returncode is not None for one in spawned)

    asyncio.run(given_up())


def test_closing_waits_for_tasks_that_start_a_process(monkeypatch: Any, tmp_path: Path) -> None:
    begun = []

    async def slow(*given: Any, **more: Any) -> None:
        begun.append("begun")
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            begun.append("ended")

    async def closed() -> None:
        queue = Queue(1)
        session = Session(tmp_path)
        queue.ask(session, session.new_task("jobs", {}, lane="make"))
        await asyncio.sleep(0.01)
        await queue.close()
        assert begun == ["begun", "ended"]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", slow)
    asyncio.run(closed())
