"""The job that lets a perceptron, HOG + linear and a CNN race."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.job import NAME, Event, Job, Made, Progress, Said, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.data import Data
    from pincel.learn.race import Result


class Race(Job):
    """Three classifiers on the same data: cost, accuracy, and accuracy on moved pictures."""

    gives: ClassVar[str] = "list[pincel.learn.race.Result]"
    example: ClassVar[dict[str, Any]] = {
        "data": "digits",
        "pictures": 300,
        "tested": 60,
        "epochs": 2,
        "shift": 1,
        "clock": False,
    }

    data: str = setting(positional=True)
    pictures: int = setting(3000, ge=20, le=1_000_000)
    tested: int = setting(500, ge=10, le=1_000_000)
    epochs: int = setting(10, ge=1, le=1000)
    shift: int = setting(4, ge=0, le=32)
    grey: bool = setting(False)
    size: int | None = setting(None, ge=4, le=1024)
    clock: bool = setting(True)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    name: str | None = setting(None, short="n", pattern=NAME)
    runs: Path | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require("sklearn")
        import time

        import numpy as np

        from pincel.learn.data import open_data
        from pincel.learn.race import RacePlan, race
        from pincel.words.numbers import number

        data = open_data(self.data, seed=self.seed, size=self.size)
        plan = RacePlan(self.pictures, self.tested, self.epochs, self.shift, self.grey, self.seed)
        clock = time.process_time if self.clock else lambda: 0.0
        results: list[Result] = yield from self._followed(
            race(data, plan, clock, self._folder(data))
        )
        counts = np.bincount(data.test.labels)
        chance = float(counts.max() / counts.sum())
        note = say(
            "race.note",
            pictures=number(min(self.pictures, len(data.train))),
            epochs=self.epochs,
            tested=number(min(self.tested, len(data.test))),
        )

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.learn.race import draw_race

            title = say("race.heading_grey" if self.grey else "race.heading", data=data.name)
            yield ".png", draw_race(title, note, results, chance, self.clock)
            yield ".csv", self._table(results)

        yield Made(
            f"race.{data.name}",
            results,
            files,
            numbers={
                "data": data.name,
                "hash": data.hash,
                "chance": chance,
                "racers": [
                    {
                        "name": one.name,
                        "inputs": one.inputs,
                        "parameters": one.parameters,
                        "cpu_seconds": round(one.seconds, 2) if self.clock else None,
                        "accuracy": one.accuracy[0],
                        "shifted": one.shifted,
                        "by_shift": list(one.accuracy),
                    }
                    for one in results
                ],
            },
        )

    def _folder(self, data: Data) -> Path:
        from pincel.jobs._kept import kept_in

        return kept_in(self, f"race-{data.name}", self.name, self.runs)

    def _followed(self, news: Iterator[Any]) -> Generator[Event, None, list[Result]]:
        """Tell how the race goes; the networks' runs get their pages."""
        from pincel.jobs._training import leave
        from pincel.learn.race import RACERS, Result, Trained

        results: list[Result] = []
        for one in news:
            if isinstance(one, Trained):
                leave(one.run, one.data, one.done)
                continue
            name = say(f"race.{one.name}")
            if isinstance(one, Result):
                results.append(one)
                yield Said(self._line(name, one))
            else:
                done = len(results) * self.epochs + one.done
                yield Progress(done, len(RACERS) * self.epochs, name)
        return results

    def _line(self, name: str, one: Any) -> str:
        from pincel.words.numbers import number

        return say(
            "race.arrived",
            name=name,
            accuracy=number(100 * one.accuracy[0], 1),
            shifted=number(100 * one.shifted, 1),
            reach=self.shift,
            parameters=number(one.parameters),
            seconds=number(one.seconds, 1) if self.clock else "\u2013",
        )

    def _table(self, results: list[Any]) -> bytes:
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        moves = [f"moved_{k}" for k in range(self.shift + 1)]
        table.writerow(["racer", "inputs", "parameters", "cpu_seconds", "accuracy", *moves])
        for one in results:
            seconds = f"{one.seconds:.2f}" if self.clock else ""
            shares = [f"{value:.4f}" for value in one.accuracy]
            table.writerow([one.name, one.inputs, one.parameters, seconds, shares[0], *shares])
        return text.getvalue().encode()
