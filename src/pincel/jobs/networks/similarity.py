"""The job that measures likeness within and between classes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.job import Event, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.look.embed import Likeness


class Similarity(Job):
    """Cosine matrix of a data set ordered by class, with intra- and inter-class means."""

    gives: ClassVar[str] = "pincel.look.embed.Likeness"
    example: ClassVar[dict[str, Any]] = {"model": "pixels", "data": "digits", "each": 8}

    model: str = setting(positional=True)
    data: str = setting(positional=True)
    part: Literal["train", "val", "test"] = setting("test")
    each: int = setting(40, ge=1, le=500)
    seed: int = setting(0, ge=0, le=2**31 - 1)

    def run(self) -> Iterator[Event]:
        import numpy as np

        from pincel.learn.data import open_for
        from pincel.look.embed import drawn_rows, embedder, likeness, seen_by

        made_by = embedder(self.model)
        yield Progress(0, 2, self.data)
        data = open_for(made_by.about, self.data, seed=self.seed)
        held = data.parts[self.part]
        rows = drawn_rows(held.labels, self.each, np.random.default_rng(self.seed))
        yield Progress(1, 2, made_by.name)
        some = np.asarray(held.pictures[rows])
        vectors = made_by.arrays(seen_by(made_by, some, data.channel_names))
        found = likeness(vectors, held.labels[rows], data.classes)
        names = [held.names[rows[place]] for place in found.order]
        yield Progress(2, 2)
        count = len(rows)
        lines = self._lines(data.name, count, found)

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.nets.embedding import draw_likeness

            title = say("similarity.heading", count=count, by=made_by.name)
            yield ".png", draw_likeness(title, lines, found)
            yield ".csv", _matrix(names, found)
            yield ".classes.csv", _means(found)

        yield Made(
            f"similarity.{data.name}",
            found,
            files,
            numbers={
                "by": made_by.name,
                "data": data.name,
                "hash": data.hash,
                "pictures": count,
                "intra": _plain(found.intra),
                "inter": _plain(found.inter),
                "intra_by_class": {
                    name: _plain(value)
                    for name, value in zip(found.classes, found.each, strict=True)
                },
            },
            lines=lines,
        )

    def _lines(self, data: str, count: int, found: Likeness) -> tuple[str, str, str]:
        from pincel.words.numbers import number

        classes, gap = len(found.classes), number(found.intra - found.inter, 3)
        return (
            say("similarity.note", count=count, classes=classes, data=data, part=self.part),
            say("similarity.intra", value=number(found.intra, 3)),
            say("similarity.inter", value=number(found.inter, 3), gap=gap),
        )


def _plain(value: float) -> float | None:
    return round(float(value), 6) if value == value else None


def _matrix(names: list[str], found: Likeness) -> bytes:
    labels = [
        name for name, count in zip(found.classes, found.counts, strict=True) for _ in range(count)
    ]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["name", "class", *names])
    for name, label, values in zip(names, labels, found.cosines, strict=True):
        rows.writerow([name, label, *(f"{value:.5f}" for value in values)])
    return text.getvalue().encode()


def _means(found: Likeness) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["class", "pictures", *found.classes])
    for name, count, values in zip(found.classes, found.counts, found.means, strict=True):
        rows.writerow([name, count, *(f"{v:.5f}" if v == v else "" for v in values)])
    return text.getvalue().encode()
