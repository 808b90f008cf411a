"""The job that names the class of pictures with a trained network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.classify import Ready
    from pincel.pixels.sources import Found

_BATCH = 64


class Classify(Job):
    """One class and its probability for every picture, and a CSV of all probabilities."""

    gives: ClassVar[str] = "list[dict[str, Any]]"
    together: ClassVar[bool] = True

    model: str | Path = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    top: int = setting(3, ge=1, le=100)
    csv: Path | None = setting(None)
    format: Literal["csv"] | None = setting(None)

    def run(self) -> Iterator[Event]:
        import numpy as np

        from pincel.look.classify import open_classifier
        from pincel.pixels.open import find_pictures, open_picture

        ready = open_classifier(self.model)
        everything = find_pictures(self.sources)
        names: list[str] = []
        answers: list[np.ndarray] = []
        waiting: list[np.ndarray] = []
        for done, found in enumerate(everything, 1):
            yield Progress(done - 1, len(everything), found.name)
            try:
                waiting.append(ready.stored([open_picture(found.source)]))
                names.append(_file(found))
            except PincelError as error:
                yield Failed(found.name, error)
            if waiting and (len(waiting) == _BATCH or done == len(everything)):
                answers.append(ready.of_arrays(np.concatenate(waiting)))
                waiting = []
        yield Progress(len(everything), len(everything))
        if answers:
            yield self._made(ready, names, np.concatenate(answers))

    def _made(self, ready: Ready, names: list[str], answers: np.ndarray) -> Made:
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
        facts = {"model": str(self.model), "engine": ready.engine, "classes": classes}
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
