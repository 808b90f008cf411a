"""The job that finds the true pixels behind enlarged, blurred or generated "pixel art"."""

from __future__ import annotations

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
    from pincel.make.pictures.restore import Restored
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found


_PATHS = ("palette",)  # settings that may name a file

_MADE = ("restored",)
"""Endings of what it writes beside its pictures."""


class Restore(Job):
    """Fake pixel art (enlarged, blurred, compressed, generated) back at its true size."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite"
    remembers: ClassVar[bool] = True

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)

    cell: float | None = setting(None, ge=1, le=1024, group="grid")
    grid: str | None = setting(None, short="g", group="grid")
    offset: str | None = setting(None, group="grid")

    colors: int | None = setting(None, ge=2, le=256, short="c", group="color")
    palette: str | None = setting(None, short="p", group="color")

    format: tuple[SpriteFormat, ...] = setting((), group="files")
    preview: bool = setting(False, group="files")
    explain: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    @field_validator("grid", mode="before")
    @classmethod
    def _two_sizes(cls, given: Any) -> str | None:
        """ "32x48", or (32, 48) from Python."""
        if given is None:
            return None
        text = "x".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
        _size(text)
        return text

    @field_validator("offset", mode="before")
    @classmethod
    def _two_places(cls, given: Any) -> str | None:
        """ "3,5.5", or (3, 5.5) from Python."""
        if given is None:
            return None
        text = ",".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
        _place(text)
        return text

    _palette = as_text()

    def apart(self) -> Sequence[Any]:
        return found_in(self.pictures, *_MADE)

    def run(self) -> Iterator[Event]:
        yield from each(self.pictures, self._one, *_MADE)

    def _one(self, picture: Picture, found: Found) -> Iterator[Event]:
        from dataclasses import replace

        from pincel.art.palette_files import load_palette
        from pincel.art.sprite_files import sprite_files
        from pincel.make.pictures.restore import restore

        restored = restore(
            picture,
            self.cell,
            None if self.grid is None else _size(self.grid),
            None if self.offset is None else _place(self.offset),
            self.colors,
            None if self.palette is None else load_palette(self.palette).colors,
        )
        if restored.verdict == "none":
            raise PincelError("restore.none")
        recipe = sprite_recipe(self, picture, _PATHS) if self.metadata else {}
        sprite = replace(restored.sprite, recipe=recipe, name=Path(found.name).name)

        def files() -> Iterator[tuple[str, bytes]]:
            named = f"{sprite.name}.restored"
            yield from sprite_files(sprite, preview=self.preview, formats=self.format, name=named)
            if self.explain:
                from pincel.show.art.restored import draw_restored

                yield (
                    ".explain.png",
                    draw_restored(found.name, self._line(restored), picture, restored),
                )

        yield Made(
            name=f"{found.name}.restored",
            value=sprite,
            files=files,
            numbers=_numbers(restored),
            lines=(self._line(restored),),
            beside=found.beside,
        )

    def _line(self, restored: Restored) -> str:
        """What was found, in one sentence."""
        facts = _numbers(restored)
        facts["percent"] = round(100 * facts["confidence"])
        return say(f"restore.line.{restored.verdict.replace('-', '_')}", **facts)


def _numbers(restored: Restored) -> dict[str, Any]:
    grid, sprite = restored.grid, restored.sprite
    across, down = (round(side, 3) for side in grid.cell)
    return {
        "width": sprite.width,
        "height": sprite.height,
        "cell": across if across == down else f"{across} x {down}",
        "cell_width": across,
        "cell_height": down,
        "offset": [round(place, 2) for place in grid.offset],
        "confidence": round(grid.confidence, 3),
        "colors": len(sprite.palette) if any((one >= 0).any() for one in sprite.frames) else 0,
        "frames": len(sprite.frames),
        "verdict": restored.verdict,
    }


def _size(text: str) -> tuple[int, int]:
    """ "32x48" -> (32, 48)."""
    parts = re.fullmatch(r"\s*(\d{1,4})\s*[x×,]\s*(\d{1,4})\s*", text.lower())
    size = (int(parts[1]), int(parts[2])) if parts else (0, 0)
    if not all(1 <= side <= 1024 for side in size):
        raise PincelError("restore.size", given=text)
    return size


def _place(text: str) -> tuple[float, float]:
    """ "3,5.5" -> (3.0, 5.5)."""
    parts = re.fullmatch(r"\s*(\d{1,4}(?:\.\d+)?)\s*[,x;]\s*(\d{1,4}(?:\.\d+)?)\s*", text)
    if not parts:
        raise PincelError("restore.place", given=text)
    return float(parts[1]), float(parts[2])
