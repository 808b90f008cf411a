"""The job that packs sprites into one sheet for a game engine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.art.files import SheetFormat
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.art.atlas import Atlas
    from pincel.art.sprite import Sprite
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found


class Sheet(Job):
    """Pictures, animations and Aseprite files packed into one sheet, with the file that an engine
    reads to know where every frame is."""

    gives: ClassVar[str] = "pincel.art.atlas.Atlas"

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    for_: tuple[SheetFormat, ...] = setting(())
    layout: Literal["tight", "grid", "rows"] | None = setting(None, short="l")
    columns: int | None = setting(None, ge=1, le=1024)
    padding: int = setting(1, ge=0, le=64)
    extrude: int = setting(0, ge=0, le=16)
    trim: bool = setting(False)
    power_of_two: bool = setting(False)
    largest: int = setting(4096, ge=16, le=16384)
    group: bool = setting(False)
    fps: float | None = setting(None, ge=0.1, le=100)
    also: tuple[SheetFormat, ...] | None = setting(None)
    preview: bool = setting(False)

    def run(self) -> Iterator[Event]:
        from pincel.art.atlas import atlas_files
        from pincel.pixels.sources import find_pictures

        if self.trim and "tiled" in self._formats():
            raise PincelError("sheet.trimmed", format="tiled")
        everything = sorted(find_pictures(self.sources), key=_is_aseprite)  # pictures come first
        sprites: list[Sprite | Picture] = []
        for done, found in enumerate(everything):
            yield Progress(done, len(everything), found.name)
            try:
                sprites.append(_opened(found))
            except PincelError as error:
                yield Failed(found.name, error)
        yield Progress(len(everything), len(everything))
        if not sprites:
            return
        atlas = self._packed(sprites)
        name, beside = _place(self.sources)

        def files(label: str = name) -> Iterator[tuple[str, bytes]]:
            yield from atlas_files(atlas, label, ("png", *self._formats()))
            if self.preview:
                yield ".preview.png", _preview(atlas)

        yield Made(
            name=name,
            value=atlas,
            files=files,
            numbers=_numbers(atlas),
            lines=_lines(atlas),
            beside=beside,
            renamed=files,
        )

    def _packed(self, sprites: list[Sprite | Picture]) -> Atlas:
        from pincel.art.atlas import pack

        if self.group:
            sprites = _grouped(sprites)
        if self.fps:
            sprites = [_timed(sprite, self.fps) for sprite in sprites]
        return pack(
            sprites,
            layout=self.layout or ("grid" if "tiled" in self.for_ else "tight"),
            columns=self.columns,
            padding=self.padding,
            extrude=self.extrude,
            trim=self.trim,
            power_of_two=self.power_of_two,
            largest=self.largest,
        )

    def _formats(self) -> tuple[str, ...]:
        """What is written beside the picture: what the engines read, then what was asked besides;
        plain JSON where nothing was asked."""
        if self.also is None and not self.for_:
            return ("json",)
        return (*self.for_, *(self.also or ()))


def _is_aseprite(found: Found) -> bool:
    path = found.source
    return isinstance(path, str | os.PathLike) and str(path).lower().endswith((".ase", ".aseprite"))


def _opened(found: Found) -> Sprite | Picture:
    """One picture, still or animated; of an Aseprite file the sprite with its palette, where it
    is one."""
    from dataclasses import replace

    from pincel.art.files.sprites.aseprite import aseprite_sprite
    from pincel.art.sprite import Sprite
    from pincel.pixels.aseprite import is_aseprite
    from pincel.pixels.files import bytes_of
    from pincel.pixels.open import open_picture

    if isinstance(found.source, Sprite):
        return found.source
    if isinstance(found.source, str | os.PathLike) and found.source != "-":
        data, label, _ = bytes_of(found.source)
        if is_aseprite(data):
            try:
                return replace(aseprite_sprite(data, label), name=found.name)
            except PincelError as error:
                if error.key != "aseprite.not_sprite":
                    raise
    return replace(open_picture(found.source), name=found.name)


def _grouped(sprites: list[Sprite | Picture]) -> list[Sprite | Picture]:
    """Stills whose names differ only in a final number become one animation, in that order."""
    from pincel.pixels.picture import Picture

    runs: dict[str, list[Sprite | Picture]] = {}
    for sprite in sprites:
        still = len(sprite.frames) == 1
        stem = re.sub(r"[-_ .]*\d+$", "", sprite.name) if still else sprite.name
        runs.setdefault(stem or sprite.name, []).append(sprite)
    grouped: list[Sprite | Picture] = []
    for stem, run in runs.items():
        if len(run) == 1 or any(len(sprite.frames) > 1 for sprite in run):
            grouped.extend(run)
            continue
        frames = tuple(_rgba(sprite) for sprite in run)
        grouped.append(Picture(frames, (0,) * len(frames), stem))
    return grouped


def _rgba(sprite: Sprite | Picture) -> Any:
    from pincel.art.sprite import Sprite

    return sprite.rgba() if isinstance(sprite, Sprite) else sprite.rgba


def _timed(sprite: Sprite | Picture, fps: float) -> Sprite | Picture:
    from dataclasses import replace

    from pincel.pixels.canvas import carried

    return replace(sprite, durations=tuple(carried([1000 / fps] * len(sprite.frames))))


def _place(sources: tuple[Any, ...]) -> tuple[str, Path | None]:
    """What the sheet is called and where it goes: beside the folder or the file it comes from."""
    first = sources[0]
    if not isinstance(first, str | os.PathLike) or first == "-":
        return "sheet", None
    path = Path(first)
    if len(sources) == 1 and path.is_dir():
        return f"{path.resolve().name or 'sprites'}.sheet", path.resolve().parent
    if len(sources) == 1 and path.exists():
        return f"{path.stem}.sheet", path.parent
    return "sheet", None


def _numbers(atlas: Atlas) -> dict[str, Any]:
    return {
        "width": atlas.width,
        "height": atlas.height,
        "frames": len(atlas.cells),
        "sprites": len(atlas.sprites),
        "animations": len(atlas.tags),
        "colors": None if atlas.sheet is None else len(atlas.sheet.palette),
        "filled": round(atlas.filled, 4),
    }


def _lines(atlas: Atlas) -> tuple[str, ...]:
    key = "sheet.made" if atlas.sheet is not None else "sheet.made_rgba"
    line = say(
        key,
        sprites=len(atlas.sprites),
        frames=len(atlas.cells),
        width=atlas.width,
        height=atlas.height,
        filled=round(100 * atlas.filled),
        colors=len(atlas.sheet.palette) if atlas.sheet is not None else "",
    )
    return (line,)


def _preview(atlas: Atlas) -> bytes:
    from pincel.show.art.sheet import draw_packed_sheet

    return draw_packed_sheet(atlas)
