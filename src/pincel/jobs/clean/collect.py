"""The job that makes a data set of pictures from lists, pages and folders."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, Said, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.make.sets.gathered import Gathered, Gathering
    from pincel.make.sets.items import Item
    from pincel.make.sets.reading import Reader


_SAID = 10  # of those left out are said as they are met; the table has them all


class Collect(Job):
    """Pictures from lists, gallery pages and folders as a data set: true size, no doubles, every
    licence kept, split without leaks."""

    gives: ClassVar[str] = "pincel.make.sets.gathered.Gathered"
    together: ClassVar[bool] = True
    example: ClassVar[dict[str, Any]] = {"split": "50/25/25"}

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    kind: Literal["auto", "sprites", "pictures"] = setting("auto", short="k")
    trim: bool = setting(True)
    keep_doubles: bool = setting(False)
    licence: str | None = setting(None, max_length=300)
    split: str | None = setting(None)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    most: int = setting(2000, ge=1, le=100_000, group="fetching")
    pages: int = setting(1, ge=1, le=1000, group="fetching")
    rate: float = setting(1.0, gt=0, le=1000, group="fetching")
    retries: int = setting(3, ge=0, le=10, group="fetching")
    megabytes: float = setting(20.0, gt=0, le=500, group="fetching")
    again: bool = setting(False, group="fetching")

    def run(self) -> Iterator[Event]:
        from pincel.learn.split import shares
        from pincel.make.sets.gathered import Gathering

        parts = shares(self.split)
        self._check_fetching()
        with self._reader() as reader:
            items = yield from self._items(reader)
            gathering = Gathering()
            for done, item in enumerate(items):
                yield Progress(done, len(items), item.called())
                yield from self._one(reader, gathering, item)
        yield Progress(len(items), len(items))
        if not gathering.pieces:
            place, why = gathering.left_out[0]
            raise PincelError("collect.nothing", count=len(items), place=place, why=why)
        double = say("collect.why.double", other="{other}")
        yield self._made(gathering.done(parts, self.seed, double, keep_doubles=self.keep_doubles))

    def _check_fetching(self) -> None:
        """PincelError for what counts only where something is fetched, with files and folders."""
        from pincel.make.sets.items import is_address
        from pincel.make.sets.reading import MAY_NAME

        sources = [str(one).lower() for one in self.sources]
        if any(is_address(one) or one.endswith(MAY_NAME) for one in sources):
            return
        for name in ("pages", "rate", "retries", "megabytes", "again"):
            if name in self.told():
                raise PincelError("collect.only_fetching", option=f"--{name}")

    def _reader(self) -> Reader:
        from pincel.learn.free_places import cache_folder
        from pincel.make.sets.held import FetchedFiles
        from pincel.make.sets.polite import Polite
        from pincel.make.sets.reading import Reader

        asking = Polite(self.rate, self.retries, round(self.megabytes * 2**20))
        return Reader(asking, FetchedFiles(cache_folder() / "collected"), self.again)

    def _items(self, reader: Reader) -> Generator[Event, None, list[Item]]:
        """What all sources name, each place once, at most as many as wanted."""
        found: dict[str, Item] = {}
        for source in self.sources:
            if not isinstance(source, str | Path):
                raise PincelError("collect.no_place", came=type(source).__name__)
            yield Progress(0, len(self.sources), str(source))
            try:
                for item in reader.items(str(source), self.licence or "", self.pages):
                    found.setdefault(item.place, item)
            except PincelError as error:
                if len(self.sources) == 1:
                    raise
                yield Failed(str(source), error)
        if not found:
            raise PincelError("collect.no_pictures", places=", ".join(map(str, self.sources)))
        return list(found.values())[: self.most]

    def _one(self, reader: Reader, gathering: Gathering, item: Item) -> Iterator[Event]:
        from pincel.make.sets.judged import judge_file

        try:
            piece = judge_file(item, reader.bytes_of(item), self.kind, self.trim)
        except PincelError as error:
            gathering.leave(item.place, str(error))
            if len(gathering.left_out) <= _SAID:
                yield Said(say("collect.left", place=item.place, why=str(error)))
            return
        gathering.pieces.append(piece)

    def _made(self, gathered: Gathered) -> Made:
        from pincel.make.sets.gathered import set_tables

        def files(name: str = "pictures") -> Iterator[tuple[str, bytes]]:
            from pincel.show.make.contact_sheet import contact_sheet

            for one in gathered.kept:
                yield f"/{one.name}{one.piece.suffix}", one.piece.data
            yield from set_tables(gathered, name)
            yield ".sheet.png", contact_sheet([one.piece.rgba for one in gathered.kept])

        numbers = _numbers(gathered)
        return Made(
            "pictures",
            gathered,
            files,
            numbers=numbers,
            lines=tuple(_lines(gathered, numbers)),
            renamed=files,
        )


def _numbers(gathered: Gathered) -> dict[str, Any]:
    from collections import Counter

    kept = gathered.kept
    return {
        "kept": len(kept),
        "left_out": len(gathered.left_out),
        "families": gathered.families,
        "parts": dict(Counter(one.part for one in kept)),
        "sprites": sum(one.piece.sprite for one in kept),
        "enlarged": sum(one.piece.cell != (1.0, 1.0) for one in kept),
        "clear": sum(one.piece.clear > 0 for one in kept),
        "half_clear": sum(one.piece.half > 0 for one in kept),
        "palettes": dict(Counter(one.piece.palette for one in kept if one.piece.palette)),
        "licences": dict(Counter(one.piece.item.licence for one in kept)),
        "pictures": [
            {**row, "name": one.name} for one, row in zip(kept, gathered.rows(), strict=True)
        ],
        "why_left_out": [{"place": place, "why": why} for place, why in gathered.left_out],
    }


def _lines(gathered: Gathered, told: dict[str, Any]) -> Iterator[str]:
    """The set in a few sentences."""
    yield say("collect.line.kept", **{k: told[k] for k in ("kept", "left_out", "sprites")})
    if told["enlarged"]:
        yield say("collect.line.enlarged", count=told["enlarged"])
    if told["clear"] or told["half_clear"]:
        yield say("collect.line.clear", count=told["clear"], half=told["half_clear"])
    if told["palettes"]:
        named = sorted(told["palettes"].items(), key=lambda one: (-one[1], one[0]))[:4]
        yield say("collect.line.palettes", named=", ".join(f"{k} ({v})" for k, v in named))
    parts = told["parts"]
    if gathered.split:
        count = {part: parts.get(part, 0) for part in ("train", "val", "test")}
        yield say("collect.line.split", families=told["families"], **count)
    else:
        yield say("collect.line.no_split", families=told["families"])
    bare = told["licences"].get("", 0)
    if bare:
        yield say("collect.line.no_licence", count=bare)
