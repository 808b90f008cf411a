"""The job that redraws a face as a sprite of 16 x 16 pixels."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import field_validator

from pincel.art.files import SpriteFormat
from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._palette import as_text
from pincel.jobs._remember import sprite_recipe
from pincel.jobs.each import each, found_in
from pincel.words import say

if TYPE_CHECKING:
    from pincel.make.pictures.heads import Frame
    from pincel.make.pictures.translate import Translation
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

_DOUBT = 0.8
"""Below this mean probability the person is told to look twice."""
_UNSURE = 0.8
"""Parts that are right with less than this chance are named."""


_PATHS = ("palette", "model")  # settings that may name a file

_MADE = ("sprite",)
"""Endings of what it writes beside its pictures."""


class Translate(Job):
    """A drawn face, redrawn as a sprite face of 16 x 16 pixels."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite"
    example: ClassVar[dict[str, Any]] = {"crop": "0,0,96", "model": None}
    remembers: ClassVar[bool] = True

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)

    crop: str | None = setting(None)
    palette: str | None = setting(None, short="p")
    model: str | None = setting(None, short="m")

    format: tuple[SpriteFormat, ...] = setting((), group="files")
    preview: bool = setting(False, group="files")
    explain: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    @field_validator("crop", mode="before")
    @classmethod
    def _square(cls, given: Any) -> str | None:
        """ "40,12,200", or (40, 12, 200) from Python."""
        if given is None:
            return None
        text = ",".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
        frame_of(text)
        return text

    _palette = as_text()

    @field_validator("model", mode="before")
    @classmethod
    def _path_as_text(cls, given: Any) -> Any:
        return os.fspath(given) if isinstance(given, os.PathLike) else given

    def apart(self) -> Sequence[Any]:
        return found_in(self.pictures, *_MADE)

    def run(self) -> Iterator[Event]:
        from pincel.make.pictures.translate import open_translator

        open_translator(self.model)  # said once, not for every picture
        yield from each(self.pictures, self._one, *_MADE)

    def _one(self, picture: Picture, found: Found) -> Iterator[Event]:
        from dataclasses import replace

        from pincel.art.palette_files import load_palette
        from pincel.art.sprite_files import sprite_files
        from pincel.make.pictures.translate import beside_face, open_translator
        from pincel.pixels.encode import png

        if picture.animated:
            raise PincelError("translate.animated", count=len(picture.frames))
        made = open_translator(self.model).translate(
            picture.rgba,
            None if self.crop is None else frame_of(self.crop),
            None if self.palette is None else load_palette(self.palette).colors,
        )
        recipe = sprite_recipe(self, picture, _PATHS) if self.metadata else {}
        sprite = replace(made.sprite, recipe=recipe, name=Path(found.name).name)

        def files(label: str = f"{sprite.name}.sprite") -> Iterator[tuple[str, bytes]]:
            yield from sprite_files(sprite, preview=self.preview, formats=self.format, name=label)
            if self.explain:
                yield ".explain.png", png(beside_face(made))

        numbers = _numbers(made)
        lines = [say("translate.line", **numbers)]
        lines += _doubts(made)
        yield Made(
            name=f"{found.name}.sprite", value=sprite, files=files, numbers=numbers,
            lines=tuple(lines), beside=found.beside, renamed=files,
        )  # fmt: skip


def _numbers(made: Translation) -> dict[str, Any]:
    sprite, frame = made.sprite, made.frame
    return {
        "width": sprite.width,
        "height": sprite.height,
        "colors": len(sprite.palette),
        "crop": f"{frame.left:.0f},{frame.top:.0f},{frame.side:.0f}",
        "sure": round(made.sure, 4),
        "percent": round(100 * made.sure),
        "chances": {part: round(chance, 3) for part, chance in made.chances.items()},
    }


def unsure(made: Translation) -> list[str]:
    """The parts that may be wrong."""
    told = made.chances.items()
    return [part for part, chance in told if part != "whole" and chance < _UNSURE]


def _doubts(made: Translation) -> Iterator[str]:
    """What the person should look at, one sentence each."""
    if parts := unsure(made):
        named = ", ".join(say(f"translate.part.{part}") for part in parts)
        yield say("translate.unsure", parts=named)
    elif not made.chances and made.sure < _DOUBT:
        yield say("translate.doubt", percent=round(100 * made.sure))
    if made.frame.photo:
        yield say("translate.photo")


def frame_of(text: str) -> Frame:
    """ "40,12,200": left, top and side of the square that the sprite shows."""
    from pincel.make.pictures.heads import Frame

    number = r"\s*(-?\d{1,5}(?:\.\d+)?)\s*"
    parts = re.fullmatch(f"{number}[,;]{number}[,;]{number}", text)
    if not parts or float(parts[3]) < 8:
        raise PincelError("translate.crop", given=text)
    return Frame(float(parts[1]), float(parts[2]), float(parts[3]))
