"""The job that names the class of pictures with a trained network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.pixels.channels import are_colors, checked_choice
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.learn.sets import StoredSet
    from pincel.look.classify import ReadyClassifier
    from pincel.pixels.sources import Found

_BATCH = 64


class Classify(Job):
    """One class and its probability for every picture, and a CSV of all probabilities."""

    gives: ClassVar[str] = "list[dict[str, Any]]"
    together: ClassVar[bool] = True

    model: str | Path = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, also="data", min_length=1)
    top: int = setting(3, ge=1, le=100)
    average: bool = setting(False)
    part: Literal["train", "val", "test", "all"] | None = setting(None)
    channels: str | None = setting(None)
    csv: Path | None = setting(None)
    format: Literal["csv"] | None = setting(None)

    _channels = field_validator("channels")(checked_choice)

    def run(self) -> Iterator[Event]:
        import numpy as np

        from pincel.jobs._stored import asked_of
        from pincel.look.classify import open_classifier
        from pincel.pixels.open import find_pictures, open_picture

        ready = open_classifier(self.model, self.channels)
        if self.average:
            ready = ready.averaged()
        if asked_of(self.sources, self.part):
            yield from self._of_data(ready)
            return
        everything = find_pictures(self.sources)
        names: list[str] = []
        answers: list[np.ndarray] = []
        waiting: list[np.ndarray] = []
        read: tuple[str, ...] = ()
        for done, found in enumerate(everything, 1):
            yield Progress(done - 1, len(everything), found.name)
            try:
                picture = open_picture(found.source)
                waiting.append(ready.stored([picture]))
                read = read or ready.channels(picture)
                names.append(_file(found))
            except PincelError as error:
                yield Failed(found.name, error)
            if waiting and (len(waiting) == _BATCH or done == len(everything)):
                answers.append(ready.of_arrays(np.concatenate(waiting)))
                waiting = []
        yield Progress(len(everything), len(everything))
        if answers:
            yield self._made(ready, names, np.concatenate(answers), read)

    def _of_data(self, ready: ReadyClassifier) -> Iterator[Event]:
        """A data set's pictures, and how many are right where its classes are the network's."""
        import numpy as np

        from pincel.jobs._stored import stored_pictures, unlabelled_rows
        from pincel.learn.prepare import check_channels, choice_of

        found = stored_pictures(self.sources[0], self.part, choice_of(ready.about))
        check_channels(found.channel_names, ready.about, found.title)
        yield from unlabelled_rows(found)
        answers = []
        for start in range(0, len(found.labels), _BATCH):
            yield Progress(start, len(found.labels), found.title)
            answers.append(ready.of_arrays(np.asarray(found.pictures[start : start + _BATCH])))
        yield Progress(len(found.labels), len(found.labels))
        chances = np.concatenate(answers)
        made = self._made(ready, found.names, chances, found.channel_names)
        yield replace(made, **_right(ready.classes, found, chances, made))

    def _made(
        self, ready: ReadyClassifier, names: list[str], answers: np.ndarray, read: tuple[str, ...]
    ) -> Made:
        from pincel.words.numbers import number

        classes = ready.classes
        told, lines = [], []
        for name, chances in zip(names, answers, strict=True):
            order = chances.argsort(kind="stable")[::-1][: self.top]
            best = [(classes[k], round(float(chances[k]), 6)) for k in order]
            top = [{"class": c, "probability": p} for c, p in best]
            told.append({"file": name, **top[0], "top": top})
            shown = ", ".join(f"{c} {number(100 * p, 1)} %" for c, p in best)
            lines.append(f"{name}: {shown}")
        if len(names) > 1:
            lines.append(_counted(told))
        if not are_colors(read):
            lines.append(say("channels.read", names=", ".join(read)))
        facts = {"model": str(self.model), "engine": ready.engine, "classes": classes}
        facts["channels"] = list(read)
        kept = self.csv is not None or self.format is not None

        def files() -> Iterator[tuple[str, bytes]]:
            yield (self.csv.suffix if self.csv else "") or ".csv", _csv(names, answers, classes)

        return Made(
            name=self.csv.stem if self.csv else "classes",
            value=told,
            files=files if kept else tuple,
            asked=files,
            numbers={**facts, "pictures": told},
            lines=tuple(lines),
            beside=self.csv.parent if self.csv else None,
        )


def _right(classes: list[str], data: StoredSet, answers: np.ndarray, made: Made) -> dict[str, Any]:
    """Lines and numbers of `made` with what the labels say; one line a picture would hide it."""
    import numpy as np

    counted = made.lines[-1:]
    if not set(data.classes) <= set(classes):
        return {"lines": counted}
    from pincel.learn.measure import measure_answers
    from pincel.show.learn.training import headline

    places = np.array([classes.index(name) for name in data.classes])
    test = measure_answers(answers, places[data.labels])
    parts = set(data.parts or ())
    part = parts.pop() if len(parts) == 1 else say("classify.all")
    line = say("classify.right", data=data.title, part=part, **headline(test, classes))
    return {"lines": (*counted, line), "numbers": {**made.numbers, "measures": test.plain()}}


def _file(found: Found) -> str:
    """The picture as the person would name it."""
    return str(found.source) if isinstance(found.source, (str, Path)) else found.name


def _counted(told: list[dict[str, Any]]) -> str:
    counts: dict[str, int] = {}
    for one in told:
        counts[one["class"]] = counts.get(one["class"], 0) + 1
    parts = [f"{name} {count}" for name, count in sorted(counts.items(), key=lambda c: -c[1])]
    return say("classify.counted", count=len(told), counts=", ".join(parts))


def _csv(names: list[str], answers: np.ndarray, classes: list[str]) -> bytes:
    """One row a picture: file, class, its probability, and the probability of every class."""
    import csv
    import io

    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(["file", "class", "probability", *classes])
    for name, chances in zip(names, answers, strict=True):
        best = int(chances.argmax())
        shares = [f"{chance:.6f}" for chance in chances]
        writer.writerow([name, classes[best], shares[best], *shares])
    return held.getvalue().encode("utf-8")
