"""The job that keeps vectors of pictures in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._gallery import embedded
from pincel.pixels.channels import are_colors, checked_choice
from pincel.words import say

if TYPE_CHECKING:
    from pincel.look.embed import Vectorizer
    from pincel.look.index import VectorIndex


class Index(Job):
    """One file with the vectors and names of pictures, made or brought up to date."""

    gives: ClassVar[str] = "pincel.look.index.VectorIndex"
    together: ClassVar[bool] = True
    example: ClassVar[dict[str, Any]] = {"model": "pixels"}

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting((), sources=True)
    remove: tuple[str, ...] = setting(())
    channels: str | None = setting(None)

    _channels = field_validator("channels")(checked_choice)

    def run(self) -> Iterator[Event]:
        from pincel.look.embed import embedder
        from pincel.look.index import SUFFIX, open_index

        name, old = "pictures", None
        if self.model.endswith(SUFFIX):
            old = open_index(self.model)
            if self.channels is not None and self.channels != old.about.get("channels"):
                raise PincelError("index.other_channels", came=self.channels)
            made_by = maker(old)
            name = Path(self.model).stem
        else:
            if self.remove:
                raise PincelError("index.nothing_to_remove", model=self.model)
            made_by = embedder(self.model, self.channels)
        yield from self._made(name, made_by, old)

    def _made(self, name: str, made_by: Vectorizer, old: VectorIndex | None) -> Iterator[Event]:
        from pincel.look.index import Entry, VectorIndex

        new = old
        before = old.entries if old else ()
        codes, places = {e.name: e.code for e in before}, {e.name: e.file for e in before}
        changed = {"added": 0, "replaced": 0, "unchanged": len(codes), "removed": len(self.remove)}
        if self.remove and new is not None:
            new = new.without(self.remove)
        if self.sources:

            def known(named: str, code: str) -> bool:
                return bool(code) and codes.get(named) == code

            held = yield from embedded(made_by, self.sources, "all", known if old else None, places)
            rows = zip(held.names, held.files, held.labels, held.codes, strict=True)
            entries = [Entry(*row) for row in rows]
            again = sum(named in codes for named in held.names)
            changed["replaced"], changed["added"] = again, len(entries) - again
            new = VectorIndex(held.vectors[:0], (), self._about(made_by)) if new is None else new
            if entries:
                new = new.with_pictures(held.vectors, entries)
        elif old is None:
            raise PincelError("picture.none_given")
        assert new is not None
        changed["unchanged"] = max(0, len(codes) - changed["replaced"] - changed["removed"])
        data = new.to_bytes()
        dims = int(new.vectors.shape[1])
        lines = [say("index.made", count=len(new), dims=dims, by=made_by.name)]
        read = _read(made_by, new)
        lines += [say("channels.read", names=read)] if read else []
        lines += [say("index.changed", **changed)] if old is not None else []
        yield Made(
            name,
            new,
            lambda: ((".index", data),),
            numbers={
                "pictures": len(new),
                "dims": dims,
                "by": made_by.name,
                "channels": read,
                **(changed if old is not None else {}),
            },
            lines=tuple(lines),
        )

    def _about(self, made_by: Vectorizer) -> dict[str, Any]:
        """What a new index remembers of how its vectors came about."""
        chosen = {"channels": self.channels} if self.channels else {}
        return {"by": made_by.name, "code": made_by.code, **chosen}


def _read(made_by: Vectorizer, index: VectorIndex) -> str | None:
    """Which channels the vectors were made of, where they are not just colours."""
    from pincel.learn.prepare import names_in

    own = index.about.get("channels")
    wanted = made_by.about.get("prepare")
    if own or wanted is None:
        return own
    names = names_in(wanted)
    return None if are_colors(names) else ", ".join(names)


def maker(index: VectorIndex) -> Vectorizer:
    """What made an index's vectors; PincelError when it is not what it was."""
    from pincel.look.embed import embedder

    by = str(index.about.get("by", ""))
    found = embedder(by, index.about.get("channels"))
    if found.code != index.about.get("code"):
        raise PincelError("index.other_model", by=by)
    return found
