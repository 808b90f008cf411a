"""The job that packs sprites into one sheet for a game engine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.art.atlas import Atlas
    from pincel.art.sprite import Sprite
    from pincel.pixels.picture import Picture

_ASEPRITE = (".aseprite", ".ase")


class Sheet(Job):
    """Pictures, animations and Aseprite files packed into one sheet, with the JSON, Godot or Unity
    file that tells where every frame is."""

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    layout: Literal["tight", "grid", "rows"] = setting("tight", short="l")
    columns: int | None = setting(None, ge=1, le=1024)
    padding: int = setting(1, ge=0, le=64)
    extrude: int = setting(0, ge=0, le=16)
    trim: bool = setting(False)
    power_of_two: bool = setting(False)
    largest: int = setting(4096, ge=16, le=16384)
    group: bool = setting(False)
    fps: float | None = setting(None, ge=0.1, le=100)
    also: tuple[Literal["json", "godot", "unity", "aseprite"], ...] = setting(("json",))
    preview: bool = setting(False)

    def run(self) -> Iterator[Event]:
        from pincel.art.atlas import atlas_files, pack

        everything = _find(self.sources)
        sprites: list[Sprite | Picture] = []
        for done, (name, source) in enumerate(everything):
            yield Progress(done, len(everything), name)
            try:
                sprites.extend(_opened(name, source))
            except PincelError as error:
                yield Failed(name, error)
        yield Progress(len(everything), len(everything))
        if not sprites:
            return
        if self.group:
            sprites = _grouped(sprites)
        if self.fps:
            sprites = [_timed(sprite, round(1000 / self.fps)) for sprite in sprites]
        atlas = pack(
            sprites,
            layout=self.layout,
            columns=self.columns,
            padding=self.padding,
            extrude=self.extrude,
            trim=self.trim,
            power_of_two=self.power_of_two,
            largest=self.largest,
        )
        name, beside = _place(self.sources)

        def files(label: str = name) -> Iterator[tuple[str, bytes]]:
            yield from atlas_files(atlas, label, ("png", *self.also))
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


def _find(sources: tuple[Any, ...]) -> list[tuple[str, Any]]:
    """(name, source) of all pictures and Aseprite files that were named."""
    from pincel.pixels.open import find_pictures

    found: list[tuple[str, Any]] = []
    rest: list[Any] = []
    for source in sources:
        path = Path(source) if isinstance(source, str | os.PathLike) and source != "-" else None
        if path is None or path.suffix.lower() not in _ASEPRITE:
            rest.append(source)
        if path is not None and path.suffix.lower() in _ASEPRITE:
            found.append((path.stem, path))
        elif path is not None and path.is_dir():
            inside = sorted(p for end in _ASEPRITE for p in path.rglob(f"*{end}"))
            found += [(p.relative_to(path).with_suffix("").as_posix(), p) for p in inside]
    try:
        pictures = find_pictures(rest) if rest else []
    except PincelError:
        if not found:
            raise
        pictures = []  # a folder of nothing but Aseprite files
    return [(one.name, one.source) for one in pictures] + found


def _opened(name: str, source: Any) -> list[Sprite | Picture]:
    """One picture, or the animations of an Aseprite file."""
    from dataclasses import replace

    from pincel.art.aseprite import read_aseprite
    from pincel.art.sprite import Sprite
    from pincel.pixels.limits import check_bytes
    from pincel.pixels.open import open_picture

    if isinstance(source, Sprite):
        return [source]
    if not (isinstance(source, Path) and source.suffix.lower() in _ASEPRITE):
        return [replace(open_picture(source), name=name)]
    try:
        check_bytes(str(source), source.stat().st_size)
        data = source.read_bytes()
    except FileNotFoundError:
        raise PincelError("picture.missing", name=source) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise PincelError("picture.unreadable", name=source, reason=why) from error
    return list(read_aseprite(data, name).animations())


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


def _timed(sprite: Sprite | Picture, milliseconds: int) -> Sprite | Picture:
    from dataclasses import replace

    return replace(sprite, durations=(milliseconds,) * len(sprite.frames))


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
        "sprites": len(atlas.tags),
        "colors": None if atlas.sheet is None else len(atlas.sheet.palette),
        "filled": round(atlas.filled, 4),
    }


def _lines(atlas: Atlas) -> tuple[str, ...]:
    key = "sheet.made" if atlas.sheet is not None else "sheet.made_rgba"
    line = say(
        key,
        sprites=len(atlas.tags),
        frames=len(atlas.cells),
        width=atlas.width,
        height=atlas.height,
        filled=round(100 * atlas.filled),
        colors=len(atlas.sheet.palette) if atlas.sheet is not None else "",
    )
    return (line,)


def _preview(atlas: Atlas) -> bytes:
    from pincel.show.art.sheet import draw_sheet

    return draw_sheet(atlas)
