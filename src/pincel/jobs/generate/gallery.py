"""The job that shows what was made, with how it was made."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import field_validator

import pincel.jobs as jobs
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, Said, face, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.pixels.sources import Found
    from pincel.recipe.gallery import Piece

_MOST = 4000


class Gallery(Job):
    """The pictures that Pincel made, on one page, with their recipes; and a grid over two
    settings."""

    gives: ClassVar[str] = "list[dict[str, Any]]"
    example: ClassVar[dict[str, Any]] = {"everything": True, "model": None}
    together: ClassVar[bool] = True

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)
    prompt: str | None = setting(None, max_length=200, group="filter")
    model: str | None = setting(None, group="filter")
    seed: int | None = setting(None, ge=0, group="filter")
    job: str | None = setting(None, group="filter")
    everything: bool = setting(False, group="filter")
    grid: str | None = setting(None, short="g")

    @field_validator("grid", mode="before")
    @classmethod
    def _two_settings(cls, given: Any) -> str | None:
        """ "prompt,seed", or ("prompt", "seed") from Python."""
        if given is None:
            return None
        text = ",".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
        _two(text)
        return text

    @field_validator("job")
    @classmethod
    def _known_job(cls, given: str | None) -> str | None:
        if given is not None:
            jobs.load(given)
        return given

    def run(self) -> Iterator[Event]:
        from pincel.pixels.open import find_pictures
        from pincel.recipe import gallery
        from pincel.show.pages.gallery import gallery_page

        found = find_pictures(self.pictures)
        if len(found) > _MOST:
            raise PincelError("gallery.many", count=len(found), most=_MOST)
        pieces: list[Piece] = []
        seen = 0
        for done, one in enumerate(found):
            yield Progress(done, len(found), one.name)
            try:
                piece = _piece(one)
            except PincelError as error:
                yield Failed(one.name, error)
                continue
            seen += 1
            if piece.made is not None or self.everything:
                pieces.append(piece)
        yield Progress(len(found), len(found))
        if not pieces:
            raise PincelError("gallery.none" if seen else "gallery.no_pictures", count=seen)
        if seen > len(pieces):
            yield Said(say("gallery.left_out", count=seen - len(pieces)))
        pieces = gallery.chosen_pieces(
            pieces, prompt=self.prompt, model=self.model, seed=self.seed, job=self.job
        )
        if not pieces:
            raise PincelError("gallery.none_such")
        grid = None if self.grid is None else _grid(pieces, *_two(self.grid))
        title = say("gallery.page.title")

        def files() -> Iterator[tuple[str, bytes]]:
            yield ".html", gallery_page(pieces, title)
            if grid is not None:
                yield ".grid.png", grid

        yield Made(
            name="gallery",
            value=[{"name": one.name, "recipe": one.made} for one in pieces],
            files=files,
            numbers={"pictures": len(pieces), "shown": [one.name for one in pieces]},
            lines=(say("gallery.line", count=len(pieces)),),
            beside=found[0].beside,
        )


def _piece(found: Found) -> Piece:
    from dataclasses import replace

    from pincel.jobs._remember import source_bytes
    from pincel.recipe.gallery import piece

    data, _ = source_bytes(found.source)
    file = found.source.name if isinstance(found.source, Path) else ""
    one = piece(found.name, file, data)
    if one.made is None:
        return one
    again = f"pincel redo {shlex.quote(file)}" if file else ""
    return replace(one, command="\n".join(filter(None, (_command(one.made), again))))


def _command(made: dict[str, Any]) -> str:
    """The command of a recipe: what differs from the defaults of its job."""
    name = made["job"]
    if name not in jobs.names():
        return ""
    fields = jobs.load(name).model_fields
    given: list[str] = [shlex.quote(p["name"]) for p in made.get("parents", []) if p["name"]]
    options: list[str] = []
    for key, value in made["settings"].items():
        info = fields.get(key)
        if info is None or value in (info.get_default(), None, [], ""):
            continue
        text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
        if len(text) > 60:
            text = "…"
        option = "--" + key.replace("_", "-")
        if face(info).get("positional"):
            given.append(f'"{text}"')
        elif isinstance(value, bool):
            options.append(option if value else option.replace("--", "--no-", 1))
        else:
            options.append(f"{option} {shlex.quote(text) if text != '…' else text}")
    return " ".join(["pincel", name, *given, *options])


def _two(text: str) -> tuple[str, str]:
    """ "prompt,seed" -> ("prompt", "seed")."""
    parts = [part.strip().replace("-", "_") for part in text.split(",")]
    if len(parts) != 2 or not all(parts) or parts[0] == parts[1]:
        raise PincelError("gallery.two", given=text)
    return parts[0], parts[1]


def _grid(pieces: list[Piece], rows: str, columns: str) -> bytes:
    from pincel.recipe.gallery import laid_out
    from pincel.show.make.grid_sheet import draw_grid_sheet

    down, across, cells = laid_out(pieces, rows, columns)
    pictures = {place: one.rgba for place, one in cells.items()}
    return draw_grid_sheet((rows, down), (columns, across), pictures)
