"""The job that makes a picture again from the recipe in its file."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pincel.jobs as jobs
from pincel import limits
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, Said, face, setting
from pincel.jobs._remember import NOT_PATHS
from pincel.recipe.recipe import RULES
from pincel.words import say
from pincel.words.numbers import number

if TYPE_CHECKING:
    from pincel.pixels.sources import Found


@dataclass(frozen=True, eq=False)
class Again:
    """A picture made again: the bytes of its file, the recipe in it, and the value of the job."""

    data: bytes
    recipe: dict[str, Any]
    value: Any


class Redo(Job):
    """A picture made again, byte for byte, from the recipe that its file carries."""

    example: ClassVar[dict[str, Any]] = {"model": None}

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)
    back: int = setting(0, ge=0, le=100)
    among: Path | None = setting(None)
    model: str | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.pixels.open import find_pictures

        everything = find_pictures(self.pictures)
        for done, found in enumerate(everything):
            yield Progress(done, len(everything), found.name)
            try:
                yield from self._one(found)
            except PincelError as error:
                yield Failed(found.name, error)
        yield Progress(len(everything), len(everything))

    def _one(self, found: Found) -> Iterator[Event]:
        from pincel.recipe import recipe

        data, label = _bytes(found)
        made = recipe.read_recipe(data)
        if made is None:
            raise PincelError("redo.no_recipe", name=label)
        folders = [found.beside or Path()] + ([self.among] if self.among else [])
        if self.back:
            data, made = yield from self._before(made, folders)
            again = Again(data, made or {}, None)
            lines: tuple[str, ...] = ()
            if made:
                lines = (say("redo.before", count=self.back, job=made["job"]),)
            numbers: dict[str, Any] = {"back": self.back, "recipe": made}
        else:
            again = yield from self._again(made, folders, data)
            numbers = _compared(data, made, again)
            lines = tuple(_told(numbers))
        yield Made(
            name=f"{found.name}.{'before' if self.back else 'redo'}",
            value=again.value if again.value is not None else _sprite(again.data),
            files=lambda: [(".png", again.data)],
            numbers=numbers,
            lines=lines,
            beside=found.beside,
        )

    def _before(
        self, made: dict[str, Any], folders: list[Path]
    ) -> Generator[Event, None, tuple[bytes, dict[str, Any] | None]]:
        """The file of the picture `back` steps before, and its recipe if it has one."""
        from pincel.recipe import recipe

        data, now = b"", made
        for step in range(1, self.back + 1):
            parents = now.get("parents", [])
            if not parents:
                raise PincelError("redo.no_parent" if step > 1 else "redo.first", count=step - 1)
            data = yield from self._parent(parents[0], folders)
            now = recipe.read_recipe(data) or {}
        return data, now or None

    def _again(
        self, made: dict[str, Any], folders: list[Path], wanted: bytes | None
    ) -> Generator[Event, None, Again]:
        """Run the job of a recipe; `wanted` the file that should come out of it."""
        from pincel.recipe import recipe

        job = yield from self._job(made, folders)
        found: list[Again] = []
        for event in job.run():
            if isinstance(event, Failed):
                raise event.error
            if isinstance(event, Made):
                for _, data in event.files():
                    inside = recipe.read_recipe(data)
                    if inside is not None:
                        found.append(Again(data, inside, event.value))
            elif isinstance(event, Said):
                yield event
        if not found:
            raise PincelError("redo.nothing", job=made["job"])
        same = [one for one in found if one.data == wanted]
        seeded = [one for one in found if one.recipe.get("seed") == made.get("seed")]
        return (same or seeded or found)[0]

    def _job(self, made: dict[str, Any], folders: list[Path]) -> Generator[Event, None, Job]:
        """The job as it was, its pictures found again."""
        from pincel.recipe.ancestry import NamedBytes

        name = made["job"]
        kind = jobs.load(name) if name in jobs.names() else None
        if kind is None or not kind.remembers:
            raise PincelError("redo.job", job=name)
        values = {kind.formerly.get(name, name): value for name, value in made["settings"].items()}
        for field, value in values.items():
            _be_no_path(field, value)
        engine = str(values.get("engine") or "").startswith("diffusers:")
        if engine and self.model is None:
            raise PincelError("redo.engine", name=(made.get("model") or {}).get("name", "-"))
        if self.model is not None:
            if engine:
                values["engine"] = f"diffusers:{self.model}"
            elif "model" in kind.model_fields:
                values["model"] = self.model
            else:
                raise PincelError("redo.no_model", job=name)
        given: dict[str, list[Any]] = {}
        for kept in made.get("parents", []):
            field = kept["setting"] or _source_of(kind)
            data = yield from self._parent(kept, folders)
            given.setdefault(field, []).append(NamedBytes(data, kept["name"] or "picture.png"))
        for field, pictures in given.items():
            info = kind.model_fields.get(field)
            several = info is not None and (
                limits.setting_kind(info)[2] or face(info).get("sources")
            )
            values[field] = tuple(pictures) if several else pictures[0]
        return limits.build(kind, values)

    def _parent(self, kept: dict[str, Any], folders: list[Path]) -> Generator[Event, None, bytes]:
        """The file of a parent: found, or made again from its own recipe."""
        from pincel.recipe import ancestry

        data = ancestry.find_parent(kept, folders)
        if data is not None:
            return data
        name = kept["name"] or kept["sha256"][:12]
        if "made" not in kept:
            raise PincelError("redo.parent_missing", name=name)
        yield Said(say("redo.parent_again", name=name, job=kept["made"]["job"]))
        again = yield from self._again(kept["made"], folders, None)
        if not ancestry.is_parent(again.data, kept):
            raise PincelError("redo.parent_differs", name=name)
        return again.data


def _bytes(found: Found) -> tuple[bytes, str]:
    """The bytes of a file that is a picture, and what to call it."""
    from pincel.pixels.files import bytes_of
    from pincel.pixels.open import open_picture

    try:
        data, label, _ = bytes_of(found.source)
    except PincelError as error:
        if error.key != "picture.source":
            raise
        raise PincelError("redo.no_recipe", name=found.name) from None
    if not data.startswith(b"\x89PNG"):
        open_picture(found.source if isinstance(found.source, (str, Path)) else data)
    return data, label


def _source_of(kind: type[Job]) -> str:
    return next(name for name, info in kind.model_fields.items() if face(info).get("sources"))


def _be_no_path(field: str, value: Any) -> None:
    """A recipe names no folders: what a stranger's file says is never followed over the disk."""
    for one in value if isinstance(value, list) else [value]:
        if field in NOT_PATHS or not isinstance(one, str):
            continue
        if one == "-" or one.startswith("~") or any(mark in one for mark in "/\\\0"):
            raise PincelError("redo.path", field=field)


def _sprite(data: bytes) -> Any:
    from dataclasses import replace

    from pincel.art.sprite import Sprite
    from pincel.pixels.open import open_picture

    picture = open_picture(data)
    try:
        sprite = Sprite.from_rgba(*picture.frames, durations=picture.durations)
    except ValueError:  # not indexed: a picture then
        return picture
    return replace(sprite, plays=picture.plays)


def _compared(data: bytes, made: dict[str, Any], again: Again) -> dict[str, Any]:
    """Then and now, as plain values."""
    import numpy as np

    from pincel.pixels.open import open_picture
    from pincel.recipe import recipe

    rows = recipe.differences(made, again.recipe)
    then, now = open_picture(data).frames, open_picture(again.data).frames
    if [f.shape for f in then] == [f.shape for f in now]:
        differ = sum(int(np.any(a != b, axis=-1).sum()) for a, b in zip(then, now, strict=True))
    else:
        differ = sum(frame.shape[0] * frame.shape[1] for frame in then)
    return {
        "identical": data == again.data,
        "pixels": sum(frame.shape[0] * frame.shape[1] for frame in then),
        "pixels_differ": differ,
        "differences": [{"what": what, "then": old, "now": new} for what, old, new in rows],
        "recipe": again.recipe,
    }


def _told(numbers: dict[str, Any]) -> Iterator[str]:
    if numbers["identical"]:
        yield say("redo.identical")
    elif numbers["pixels_differ"] == 0:
        yield say("redo.same_pixels")
    else:
        count, of = numbers["pixels_differ"], numbers["pixels"]
        yield say("redo.differs", count=count, of=of, share=number(100 * count / of, 2))
        for row in numbers["differences"]:
            if row["what"] == RULES:  # recipes of before say nothing of them
                yield say("redo.rules_unknown" if row["then"] == "-" else "redo.rules_changed")
    for row in numbers["differences"]:
        yield say("redo.row", **row)
