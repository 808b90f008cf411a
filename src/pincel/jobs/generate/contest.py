"""The job that teaches all families that make pictures for the same CPU-time, and compares them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import NAME, Event, Failed, Job, Made, Progress, Said, setting
from pincel.pixels.channels import checked_choice
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.contest import ContestJudge, ContestRow
    from pincel.learn.data import Data
    from pincel.nets._network import Model

_SPLIT = "80/10/10"


class Contest(Job):
    """One table for all generators: quality, variety, time, size, samples side by side."""

    gives: ClassVar[str] = "list[pincel.learn.contest.ContestRow]"
    example: ClassVar[dict[str, Any]] = {
        "data": "digits",
        "families": ("gan", "vae"),
        "steps": 2,
        "lessons": 200,
        "count": 20,
        "clock": False,
    }

    data: str | Path = setting(positional=True)
    families: tuple[str, ...] = setting(())
    minutes: float = setting(5.0, gt=0, le=100_000)
    steps: int | None = setting(None, ge=1, le=100_000_000)
    count: int = setting(500, ge=8, le=50_000)
    classifier: str | None = setting(None)
    lessons: int = setting(60_000, ge=1, le=1_000_000_000)
    size: int | None = setting(None, ge=8, le=128)
    channels: str | None = setting(None)
    name: str | None = setting(None, short="n", pattern=NAME)
    runs: Path | None = setting(None)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    clock: bool = setting(True)

    _channels = field_validator("channels")(checked_choice)

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require("sklearn")
        import time

        from pincel.learn import clocked, contest
        from pincel.learn.data import open_data

        chosen = self._chosen()
        source = self._source()
        yield Progress(0, 1, say("contest.opens", source=self.data))
        data = open_data(**source)
        height, width = data.size
        if height != width or height % 4:  # said before a classifier is taught in vain
            raise PincelError("teach.side", family=chosen[0], height=height, width=width)
        folder = self._folder(data)
        clock: Callable[[], float] = time.process_time if self.clock else lambda: 0.0
        judging, data = yield from self._judge(data, folder)
        scores: list[ContestRow] = [contest.floor(judging, data, self.seed)]
        for family in chosen:
            try:
                run = contest.started(
                    folder / family,
                    family,
                    data,
                    partial(self._steps, family, data),
                    seed=self.seed,
                    kept={"source": source, "command": self.command()},
                )
                model = contest.finished(run)
                if model is None:
                    for going in clocked.taught(run, data, clock):
                        yield Progress(going.done, going.total, family)
                    model = contest.finished(run)
                assert model is not None
                yield Progress(0, 1, say("contest.measures", family=family))
                score = contest.scored(run, model, judging, clock)
            except PincelError as error:
                yield Failed(family, error)
                continue
            scores.append(score)
            yield Said(self._line(score))
        if len(scores) < 2:
            raise PincelError("contest.none", data=data.name)
        scores[1:] = sorted(scores[1:], key=lambda score: score.frechet)
        yield self._made(data, judging, scores)

    def _source(self) -> dict[str, Any]:
        """What the data are opened by, as plain values that a run keeps."""
        return {
            "source": _place(self.data), "split": _SPLIT, "seed": self.seed, "size": self.size,
            "channels": self.channels, "most": 64, "labelled": False,
        }  # fmt: skip

    def command(self) -> str:
        """The command line that does the same again."""
        import shlex

        told = self.told()
        parts = ["pincel", "contest", str(self.data)]
        for name, value in told.items():
            if name in ("data", "runs"):
                continue
            option = "--" + name.replace("_", "-")
            if isinstance(value, bool):
                parts.append(option if value else "--no-" + option[2:])
            else:
                values = value if isinstance(value, (list, tuple)) else [value]
                parts += [part for one in values for part in (option, str(one))]
        return shlex.join(parts)

    def _chosen(self) -> tuple[str, ...]:
        """The families that compete; PincelError for one that makes nothing from seeds."""
        if self.steps and "minutes" in self.told():
            raise PincelError("options.not_both", option="--steps", other="--minutes")
        from pincel.learn.contest import families

        known = families()
        for name in self.families:
            if name not in known:
                raise PincelError("contest.family", name=name, known=", ".join(known))
        return tuple(dict.fromkeys(self.families)) or known

    def _steps(self, family: str, data: Data) -> int:
        import time

        from pincel.learn.contest import steps_within

        return self.steps or steps_within(
            family, data, self.minutes, self.seed, {}, time.process_time
        )

    def _folder(self, data: Data) -> Path:
        from pincel.learn.free_places import runs_folder

        root = self.runs if self.runs is not None else runs_folder()
        lasts = f"{self.steps}steps" if self.steps else f"{self.minutes:g}min"
        return root / (self.name or f"contest-{data.name}-{lasts}")

    def _judge(self, data: Data, folder: Path) -> Any:
        """The classifier through whose eyes all are compared, a given one or a cnn taught here, and
        the data in the order of its classes."""
        from pincel.learn import contest

        if self.classifier is not None:
            from pincel.look.models import find_model
            from pincel.nets._abilities import Classifier, Embedder

            model = find_model(self.classifier)
            if not (isinstance(model.net, Embedder) and isinstance(model.net, Classifier)):
                raise PincelError("contest.classifier", model=self.classifier, family=model.family)
            names = list(model.about.get("classes", []))
            if len(names) != len(data.classes):
                raise PincelError("contest.other_classes", model=self.classifier,
                                  count=len(names), wanted=len(data.classes))  # fmt: skip
        else:
            from pincel.learn.clocked import taught

            lesson = contest.distinct_data(data, self.seed)
            run = contest.classifier(folder / "classifier", lesson, self.lessons, self.seed)
            trained: Model | None = contest.finished(run)
            if trained is None:
                for going in taught(run, lesson, lambda: 0.0):
                    yield Progress(going.done, going.total, say("contest.classifier_learns"))
                trained = contest.finished(run)
            assert trained is not None
            model = trained
        data = data.in_order(model.about.get("classes"))
        found = contest.open_judge(model, data, self.count, self.seed)
        yield Said(self._judged(found, len(data.classes)))
        return found, data

    def _judged(self, found: ContestJudge, classes: int) -> str:
        from pincel.words.numbers import number

        if classes < 2:
            return say("contest.judge_clusters", count=number(len(found.held)))
        accuracy = number(100 * found.accuracy, 1)
        return say("contest.judge", accuracy=accuracy, count=number(len(found.held)))

    def _line(self, score: ContestRow) -> str:
        from pincel.words.numbers import number

        return say(
            "contest.arrived",
            family=score.family,
            frechet=number(score.frechet, 2),
            precision=number(score.near.precision, 2),
            recall=number(score.near.recall, 2),
            hit=score.kinds.hit,
            of=score.kinds.of,
        )

    def _made(self, data: Data, judging: ContestJudge, scores: list[ContestRow]) -> Made:
        from pincel.show.learn import contest as figures
        from pincel.show.pages.page import in_both, page
        from pincel.words.numbers import number

        def title() -> str:
            return say("contest.heading", data=data.name)

        def note() -> str:
            lasts = (
                say("contest.lasting_steps", steps=number(self.steps))
                if self.steps
                else say("contest.lasting", minutes=number(self.minutes, int(self.minutes % 1 > 0)))
            )
            return say("contest.note", lasts=lasts, train=number(len(data.train)),
                       held=self._judged(judging, len(data.classes)))  # fmt: skip

        rows = [_row(score, self.clock) for score in scores]

        def files() -> Iterator[tuple[str, bytes]]:
            yield ".png", figures.draw_contest(title(), note(), scores, self.clock)
            yield ".csv", _table(rows)
            yield ".json", (json.dumps(rows, indent=1) + "\n").encode()
            found = figures.contest_sections(scores, self.clock, in_both(note))
            yield ".html", page(in_both(title), found)

        return Made(
            f"contest.{data.name}",
            scores,
            files,
            numbers={"data": data.name, "hash": data.hash, "rows": rows},
            lines=(say("contest.best", family=scores[1].family),),
        )


def _place(data: str | Path) -> str:
    place = Path(data)
    return str(place.resolve()) if place.exists() else str(data)


def _row(score: ContestRow, timed: bool) -> dict[str, Any]:
    from pincel.show.learn.contest import columns, row_value

    found = {column: row_value(score, column) for column in columns(timed)}
    plain = {k: round(v, 5) if isinstance(v, float) else v for k, v in found.items()}
    return {"family": score.family or "real", **plain, "kinds_of": score.kinds.of}


def _table(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()
