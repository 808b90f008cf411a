"""Warm worker processes.

Each is `python -m pincel.studio.worker`, spoken to in lines of JSON. A worker that is asked to stop
has a moment to do so between two events; then it is killed, and another is warmed up. Some jobs are
silent for many seconds (a dream 11, a training's step 5): only killing answers in time.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

GRACE = 0.15  # seconds between asking to stop and killing
_LONGEST_LINE = 64 * 2**20


class DiedError(Exception):
    """The worker ended before its task did."""


class Worker:
    """One process. `quick`: it serves what a person waits for, such as sliders, nothing long."""

    def __init__(self, quick: bool) -> None:
        self.quick = quick
        self.busy = False
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """A fresh process that begins to load what is needed most; the one before has ended."""
        await self.close()
        # one thread a process: libraries that thread by themselves would fight for the cores
        alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        environment = os.environ | alone | {"PINCEL_RUNS": "runs", "MPLBACKEND": "agg"}
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "pincel.studio.worker", "quick" if self.quick else "long"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            limit=_LONGEST_LINE,
            start_new_session=True,  # an interrupt at the terminal is for the server
        )

    async def run(self, asked: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """The events of one task, the last of them "end". Raises DiedError."""
        if self._process is None or self._process.returncode is not None:
            await self.start()
        process = self._process
        assert process and process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            await process.stdin.drain()
            while line := await process.stdout.readline():
                told = json.loads(line)
                if told.get("task") == asked["task"]:
                    yield told
                    if told["event"] == "end":
                        return
        except (ConnectionError, ValueError) as error:
            raise DiedError from error
        raise DiedError

    async def stop(self) -> None:
        """Ask, wait a moment, kill. The task's events end with "end" or with DiedError."""
        process = self._process
        if process is None or process.stdin is None:
            return
        try:
            process.stdin.write(b'{"stop": true}\n')
            await process.stdin.drain()
        except ConnectionError:
            return
        for _ in range(int(GRACE / 0.025)):
            await asyncio.sleep(0.025)
            if not self.busy:
                return
        self.kill()

    def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def close(self) -> None:
        """End the process and wait for it."""
        self.kill()
        if self._process is not None:
            await self._process.wait()
