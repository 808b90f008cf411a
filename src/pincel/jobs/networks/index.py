"""The job that keeps vectors of pictures in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._gallery import gather
from pincel.words import say

if TYPE_CHECKING:
    from pincel.look.embed import Embedder
    from pincel.look.index import Index as Vectors


class Index(Job):
    """One file with the vectors and names of pictures, made or brought up to date."""

    gives: ClassVar[str] = "pincel.look.index.Index"
    example: ClassVar[dict[str, Any]] = {"model": "pixels"}

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting((), sources=True)
    remove: tuple[str, ...] = setting(())

    def run(self) -> Iterator[Event]:
        from pincel.look.embed import embedder
        from pincel.look.index import SUFFIX, open_index

        name, old = "pictures", None
        if self.model.endswith(SUFFIX):
            old = open_index(self.model)
            made_by = maker(old)
            name = Path(self.model).stem
        else:
            made_by = embedder(self.model)
        yield from self._made(name, made_by, old)

    def _made(self, name: str, made_by: Embedder, old: Vectors | None) -> Iterator[Event]:
        from pincel.look.index import Entry
        from pincel.look.index import Index as Vectors

        new = old
        codes = {e.name: e.code for e in old.entries} if old else {}
        changed = {"added": 0, "replaced": 0, "unchanged": len(codes), "removed": len(self.remove)}
        if self.remove and new is not None:
            new = new.without(self.remove)
        if self.sources:

            def known(named: str, code: str) -> bool:
                return bool(code) and codes.get(named) == code

            held = yield from gather(made_by, self.sources, "all", known if old else None)
            entries = [
                Entry(*row)
                for row in zip(held.names, held.files, held.labels, held.codes, strict=True)
            ]
            again = sum(named in codes for named in held.names)
            changed["replaced"], changed["added"] = again, len(entries) - again
            if new is None:
                about = {"by": made_by.name, "code": made_by.code}
                new = Vectors(held.vectors[:0], (), about).with_pictures(held.vectors, entries)
            elif entries:
                new = new.with_pictures(held.vectors, entries)
        elif old is None:
            raise PincelError("picture.none_given")
        assert new is not None
        changed["unchanged"] = max(0, len(codes) - changed["replaced"] - changed["removed"])
        data = new.to_bytes()
        lines = [
            say("index.made", count=len(new), dims=new.vectors.shape[1], by=made_by.name),
        ]
        if old is not None:
            lines.append(say("index.changed", **changed))
        yield Made(
            name,
            new,
            lambda: ((".index", data),),
            numbers={
                "pictures": len(new),
                "dims": int(new.vectors.shape[1]),
                "by": made_by.name,
                **(changed if old is not None else {}),
            },
            lines=tuple(lines),
        )


def maker(index: Vectors) -> Embedder:
    """What made an index's vectors; PincelError when it is not what it was."""
    from pincel.look.embed import embedder

    by = str(index.about.get("by", ""))
    found = embedder(by)
    if found.code != index.about.get("code"):
        raise PincelError("index.other_model", by=by)
    return found
