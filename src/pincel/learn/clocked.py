"""A training whose steps are timed by a clock that is given, over all interruptions."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from pincel.learn.course import Batch, Finished
from pincel.learn.run import Run
from pincel.learn.teach import teach

Clock = Callable[[], float]
"""Seconds so far, e.g. `time.process_time`."""
_CLOCK = "cpu.json"


@dataclass(frozen=True)
class StepsDone:
    """`family` has taken `done` of `total` steps."""

    family: str
    done: int
    total: int


def taught(run: Run, data: Any, clock: Clock) -> Generator[StepsDone, None, Finished]:
    """Teach to the end; keeps how much time the steps took beside the run."""
    done = None
    kept = spent(run)
    last = clock()
    for event in teach(run, data):
        if isinstance(event, Batch):
            kept = {"seconds": kept["seconds"] + clock() - last, "steps": kept["steps"] + 1}
            yield StepsDone(run.config["family"], event.step, event.steps)
        elif isinstance(event, Finished):
            done = event
        else:
            run.keep_file(_CLOCK, json.dumps(kept).encode())
        last = clock()
    run.keep_file(_CLOCK, json.dumps(kept).encode())
    assert done is not None
    return done


def spent(run: Run) -> dict[str, float]:
    """Seconds that the steps took, and how many they were."""
    path = run.folder / _CLOCK
    return json.loads(path.read_text("utf-8")) if path.exists() else {"seconds": 0.0, "steps": 0}
