"""The job that sets a sprite in motion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.art.files import SheetFormat, SpriteFormat
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite
    from pincel.pixels.sources import Found

Motion = Literal["idle", "walk", "hover", "squash", "glint"]
_MOST_COLORS = 256


class Animate(Job):
    """A sprite moves: its own pixels by whole pixels, in its own palette, as a loop that closes."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite"

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)
    motion: tuple[Motion, ...] = setting(("idle",), min_length=1, short="m")
    frames: int = setting(4, ge=2, le=8)
    fps: float | None = setting(None, ge=0.5, le=60)

    format: tuple[SpriteFormat, ...] = setting((), group="files")
    for_: tuple[SheetFormat, ...] = setting((), group="files")
    preview: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    def run(self) -> Iterator[Event]:
        from pincel.pixels.open import find_pictures

        everything = find_pictures(self.pictures)
        for done, found in enumerate(everything):
            yield Progress(done, len(everything), found.name)
            try:
                yield self._one(found)
            except PincelError as error:
                if len(everything) == 1:
                    raise
                yield Failed(found.name, error)
        yield Progress(len(everything), len(everything))

    def _one(self, found: Found) -> Made:
        from dataclasses import replace

        from pincel.art.motion import moving
        from pincel.art.sprite_files import sprite_files
        from pincel.jobs._remember import source_bytes, sprite_recipe
        from pincel.make.edits.editable import editable
        from pincel.pixels.open import open_picture

        data, name = source_bytes(found.source)
        still = editable(data, name, "animate", _MOST_COLORS)
        motions = tuple(dict.fromkeys(self.motion))
        recipe = sprite_recipe(self, open_picture(data), ()) if self.metadata else {}
        sprite = replace(
            moving(still, motions, self.frames, self.fps),
            recipe=recipe,
            name=Path(found.name).name,
        )

        def files(label: str = f"{sprite.name}.{'-'.join(motions)}") -> Iterator[tuple[str, bytes]]:
            yield from sprite_files(
                sprite, preview=self.preview, formats=self.format, engines=self.for_, name=label
            )

        numbers = _numbers(sprite)
        return Made(
            name=f"{found.name}.{'-'.join(motions)}",
            value=sprite,
            files=files,
            numbers=numbers,
            lines=(say("animate.made", **numbers | {"motions": ", ".join(motions)}),),
            beside=found.beside,
            renamed=files,
        )


def _numbers(sprite: Sprite) -> dict[str, Any]:
    return {
        "width": sprite.width,
        "height": sprite.height,
        "frames": len(sprite.frames),
        "motions": [tag.name for tag in sprite.tags],
        "milliseconds": sum(sprite.durations),
        "colors": len(sprite.palette),
    }
