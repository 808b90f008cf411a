"""The job that finds pictures by a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Said, setting
from pincel.jobs._gallery import EmbeddedPictures, embedded, thumb
from pincel.jobs._stored import is_data_set, is_stored
from pincel.jobs.networks.index import maker
from pincel.words import say
from pincel.words.numbers import number

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.embed import Vectorizer
    from pincel.look.index import VectorIndex

_TOLD = 20
"""So many hits of one picture are told in lines; the CSV has them all."""
_DRAWN = 12


class Search(Job):
    """The nearest pictures of an index, a folder or a data set, by the cosine of vectors."""

    gives: ClassVar[str] = "dict[str, Any]"
    example: ClassVar[dict[str, Any]] = {"where": "digits", "model": "pixels"}

    where: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    model: str = setting("pixels", short="m")
    count: int = setting(5, ge=1, le=1000, short="n")
    part: Literal["train", "val", "test", "all"] = setting("test")

    def run(self) -> Iterator[Event]:
        from pincel.look.embed import embedder
        from pincel.look.index import Entry, VectorIndex, open_index

        if self.part != "test" and not is_data_set(self.where) and not is_stored(self.sources):
            raise PincelError("data.part_of_pictures", part=self.part)
        thumbs: list[np.ndarray] | None = None
        made_by: Vectorizer
        if Path(self.where).is_dir() or is_data_set(self.where):
            made_by = embedder(self.model)
            held = yield from embedded(made_by, (self.where,), self.part)
            entries = tuple(map(Entry, held.names, held.files, held.labels))
            index, thumbs = VectorIndex(held.vectors, entries), held.thumbs
        else:
            index = open_index(self.where)
            made_by = maker(index)
        if not len(index):
            raise PincelError("embed.nothing")
        asked = yield from embedded(made_by, self.sources, self.part)
        cosines, rows = index.search(asked.vectors, self.count)
        lines = _lines(asked.names, index, cosines, rows)
        if len(asked.names) > _DRAWN:
            yield Said(say("search.drawn", count=_DRAWN, all=len(asked.names)))

        def files() -> Iterator[tuple[str, bytes]]:
            yield ".csv", _table(asked.names, index, cosines, rows)
            yield ".png", _sheet(asked, index, cosines, rows, thumbs, made_by.name)

        hits = {
            query: [
                {
                    "name": index.entries[row].name,
                    "class": index.entries[row].label,
                    "cosine": round(float(value), 6),
                }
                for value, row in zip(values, places, strict=True)
            ]
            for query, values, places in zip(asked.names, cosines, rows, strict=True)
        }
        yield Made("hits", hits, files, numbers={"by": made_by.name, "hits": hits},
                   lines=tuple(lines))  # fmt: skip


def _lines(
    queries: list[str], index: VectorIndex, cosines: np.ndarray, rows: np.ndarray
) -> list[str]:
    """The nearest of each query; where one picture is looked up, all that were asked for."""
    shown = _TOLD if len(queries) == 1 else 1
    lines = []
    for query, values, places in zip(queries, cosines, rows, strict=True):
        for rank, (value, row) in enumerate(zip(values[:shown], places[:shown], strict=True)):
            entry = index.entries[row]
            label = f"[{entry.label}] " if entry.label else ""
            facts = {"name": entry.name, "label": label, "cosine": number(value, 3)}
            key = "search.next" if rank else "search.first"
            lines.append(say(key, query=query, **facts))
    return lines


def _table(queries: list[str], index: VectorIndex, cosines: np.ndarray, rows: np.ndarray) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["query", "rank", "name", "class", "cosine", "file"])
    for query, values, places in zip(queries, cosines, rows, strict=True):
        for rank, (value, row) in enumerate(zip(values, places, strict=True), 1):
            entry = index.entries[row]
            table.writerow([query, rank, entry.name, entry.label, f"{value:.6f}", entry.file])
    return text.getvalue().encode()


def _sheet(
    asked: EmbeddedPictures,
    index: VectorIndex,
    cosines: np.ndarray,
    rows: np.ndarray,
    thumbs: list[np.ndarray] | None,
    by: str,
) -> bytes:
    from pincel.show.nets.embedding import draw_hits

    hits = [
        [
            (
                index.entries[row].name,
                index.entries[row].label,
                float(value),
                thumbs[row] if thumbs is not None else _from_file(index.entries[row].file),
            )
            for value, row in zip(values[:8], places[:8], strict=True)
        ]
        for values, places in zip(cosines[:_DRAWN], rows[:_DRAWN], strict=True)
    ]
    queries = list(zip(asked.names, asked.thumbs, strict=True))[:_DRAWN]
    title = say("search.heading", count=number(len(index)))
    return draw_hits(title, say("search.note", by=by), queries, hits)


def _from_file(file: str) -> np.ndarray | None:
    """The picture as it lies there now; None when it is gone."""
    from pincel.pixels.open import open_picture

    if not file or not Path(file).is_file():
        return None
    try:
        return thumb(open_picture(file).rgba, 160)
    except PincelError:
        return None
