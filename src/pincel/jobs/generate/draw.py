"""The job that draws sprites from a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import model_validator

from pincel.art.files import SheetFormat, SpriteFormat
from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, Said, setting
from pincel.jobs._painters import (
    EnginePainter,
    NetworkPainter,
    PartsPainter,
    SeveralPainter,
    SpritePainter,
    ViewsPainter,
)
from pincel.jobs._palette import as_text
from pincel.jobs._people import sheet_files
from pincel.jobs._picture import opened_once

if TYPE_CHECKING:
    import numpy as np

    from pincel.art.sprite import Sprite

Motion = Literal["idle", "walk", "hover", "squash", "glint"]
View = Literal["front", "back", "left", "right"]
_FRAMES = 4
_DRAWN = 32
"""What is larger is drawn at this side first."""
_GRID = ("prompt", "seed", "steps", "guidance", "temperature", "palette", "width")


class Draw(Job):
    """Sprites from a sentence in English or Spanish: exact grid, palette and transparency."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite"
    example: ClassVar[dict[str, Any]] = {
        "prompt": "red dragon",
        "width": 16,
        "steps": 2,
        "model": None,
    }
    remembers: ClassVar[bool] = True
    formerly: ClassVar[dict[str, str]] = {"person": "drawn_by"}

    prompt: str = setting(positional=True, max_length=200)
    without: str = setting("", max_length=100)
    count: int = setting(1, ge=1, le=256, short="n")
    seed: int = setting(0, ge=0, le=2**31 - 1, short="s")
    width: Literal[16, 32, 48, 64] = setting(32, short="w")
    palette: str | None = setting(None, short="p")
    scribble: Any = setting(None)
    like: Any = setting(None)
    tile: bool = setting(False)
    drawn_by: Literal["parts", "network"] = setting("parts")

    views: tuple[View, ...] = setting((), group="motion")
    frames: int | None = setting(None, ge=2, le=8, group="motion")
    motion: tuple[Motion, ...] = setting((), short="m", group="motion")

    steps: int = setting(8, ge=1, le=64, group="drawing")
    guidance: float = setting(3.0, ge=0, le=10, group="drawing")
    temperature: float = setting(1.0, ge=0, le=2, group="drawing")
    candidates: int | None = setting(None, ge=1, le=32, group="drawing")
    model: str | None = setting(None, group="drawing")
    engine: str | None = setting(None, group="drawing")
    grid: str | None = setting(None, group="drawing")

    format: tuple[SpriteFormat, ...] = setting((), group="files")
    for_: tuple[SheetFormat, ...] = setting((), group="files")
    preview: bool = setting(False, group="files")
    steps_gif: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    _palette = as_text(named=False)
    _like_once = opened_once("like")
    _scribble_once = opened_once("scribble", mask=True)

    @model_validator(mode="after")
    def _fits(self) -> Draw:
        if self.engine is not None:
            if not self.engine.startswith("diffusers:") or self.engine == "diffusers:":
                raise PincelError("draw.engine", came=self.engine)
            if self.scribble is not None:
                raise PincelError("draw.engine_scribble")
            if self.without.strip():
                raise PincelError("draw.engine_without")
            if self.like is not None or self.tile:
                raise PincelError("draw.engine_like")
        if self.like is not None and (self.scribble is not None or self.palette is not None):
            raise PincelError("draw.like_alone")
        if self.tile and (self.like is not None or self.scribble is not None or self.steps_gif):
            raise PincelError("draw.tile_alone")
        if (self.motion and self.tile) or (self.moves and self.grid is not None):
            raise PincelError("draw.still")
        if self.views:
            others = (self.engine, self.model, self.scribble, self.like, self.grid)
            idle = self.candidates is not None or self.steps_gif or self.tile
            if idle or self.drawn_by != "parts" or any(one is not None for one in others):
                raise PincelError("draw.views_alone")
        return self

    @property
    def side(self) -> int:
        """The side at which the networks draw."""
        return min(self.width, _DRAWN)

    @property
    def moves(self) -> bool:
        """Whether it is drawn in motion."""
        return self.frames is not None or bool(self.motion)

    def run(self) -> Iterator[Event]:
        if self.grid is not None:
            yield from self._grid(self.grid)
            return
        painter = self._painter()
        yield from map(Said, painter.said)
        for number in range(self.count):
            yield Progress(number, self.count, self.prompt)
            yield self._made(painter, number)
        yield Progress(self.count, self.count)

    def _painter(self) -> SpritePainter:
        if self.engine is not None:
            return EnginePainter(self)
        if self.views:
            return ViewsPainter(self)
        if self.tile:
            return self._ground()
        return self._of_parts() or NetworkPainter(self)

    def _for_network(self) -> bool:
        """Whether something was asked that only the network can do."""
        of_network = ("model", "scribble", "like", "candidates", "steps", "guidance", "temperature")
        fields = type(self).model_fields
        if self.drawn_by != "parts" or self.steps_gif:
            return True
        return any(getattr(self, name) != fields[name].default for name in of_network)

    def _ground(self) -> SpritePainter:
        """What draws a ground tile: rules where they show all that was said, else the network."""
        from pincel.jobs._ground_painter import GroundPainter
        from pincel.make.words.ground_words import grounds_of

        asked = None if self._for_network() else grounds_of(self.prompt, self.without)
        if asked is not None:
            return GroundPainter(self, asked)
        if self.width > _DRAWN:
            raise PincelError("draw.tile_width", came=self.width)
        if self.frames is not None:
            raise PincelError("draw.still")
        return NetworkPainter(self)

    def _of_parts(self) -> SpritePainter | None:
        """What puts together a thing that drawn parts show, or nearly so; None for all else."""
        if self._for_network():
            return None
        from pincel.make.words.composers import composer_of
        from pincel.make.words.prompt import understand

        asked = understand(self.prompt, self.without)
        composer = composer_of(asked)
        if composer is not None and self.width >= composer.least:
            return PartsPainter(self, composer, asked)
        from pincel.make.words.nearly import nearly
        from pincel.make.words.units import units_of

        units = units_of(asked)
        if len(units) > 1 or units[0].number != 1:
            return SeveralPainter(self, units, asked)
        near = nearly(asked, self.width)
        if near is None or self.width < near.composer.least:
            return None
        return PartsPainter(self, near.composer, near.asked, near.said())

    def _made(self, painter: SpritePainter, number: int) -> Made:
        from pincel.jobs._remember import stamped, used
        from pincel.recipe import recipe

        seed = self.seed + number
        sprite = painter.sized(seed)
        sprite = sprite if painter.moved or len(sprite.frames) > 1 else self._moving(sprite)
        made = None
        if self.metadata:
            from pincel.make.words.prompt import in_one_sense

            resolved = {"prompt": in_one_sense(self.prompt), **painter.resolved()}
            made = recipe.recipe_facts(
                self.key(),
                used(self, **{"seed": seed, "count": 1, "palette": self.palette, **resolved}),
                seed=seed,
                model=painter.model,
                libraries=painter.libraries,
                backend=painter.backend,
            )
        label = _label(self.prompt) + (f"-{seed}" if self.count > 1 or self.seed else "")

        def files(named: str = label) -> Iterator[tuple[str, bytes]]:
            if self.views:
                more = (self.for_, self.format, self.preview)
                yield from stamped(sheet_files(sprite, named, *more), made)
                return
            yield from stamped(painter.files(sprite, named), made)
            if self.steps_gif:
                yield ".steps.gif", painter.steps(seed)

        numbers = self._numbers(sprite, painter, seed)
        return Made(label, sprite, files, numbers, renamed=files)

    def _numbers(self, sprite: Sprite, painter: SpritePainter, seed: int) -> dict[str, Any]:
        numbers: dict[str, Any] = {
            "prompt": self.prompt,
            "understood": list(painter.understood),
            "seed": seed,
            "width": sprite.width,
            "height": sprite.height,
            "colors": len(sprite.palette),
        }
        numbers |= painter.facts(sprite)
        if self.views:
            numbers["views"] = [tag.name for tag in sprite.tags]
        if self.moves:
            numbers["frames"] = len(sprite.frames)
        return numbers

    def _moving(self, sprite: Sprite) -> Sprite:
        if not self.moves:
            return sprite
        from pincel.art.motion import moving, with_room

        motions = tuple(dict.fromkeys(self.motion)) or ("idle",)
        return moving(with_room(sprite, motions), motions, self.frames or _FRAMES)

    def _grid(self, text: str) -> Iterator[Event]:
        """One labelled PNG of two settings, and every picture of it."""
        from pincel.limits import build
        from pincel.show.make import grid_sheet

        down, across = grid_sheet.axes(text)
        for name, _ in (down, across):
            if name not in _GRID:
                raise PincelError("draw.grid", name=name, allowed=", ".join(_GRID))
        cells: dict[tuple[int, int], np.ndarray] = {}
        given = {name: getattr(self, name) for name in type(self).model_fields}
        given |= {"grid": None, "count": 1}
        total = len(down[1]) * len(across[1])
        for y, first in enumerate(down[1]):
            for x, second in enumerate(across[1]):
                yield Progress(len(cells), total, f"{down[0]} {first}, {across[0]} {second}")
                job = build(Draw, given | {down[0]: first, across[0]: second})
                assert isinstance(job, Draw)
                painter = job._painter()
                cells[y, x] = painter.sized(job.seed).rgba()
        yield Progress(total, total)
        sheet = grid_sheet.draw_grid_sheet(down, across, cells)
        numbers = {down[0]: down[1], across[0]: across[1]}
        label = f"{_label(self.prompt)}.grid"
        yield Made(label, sheet, lambda: iter([(".png", sheet)]), numbers)


def _label(prompt: str) -> str:
    """The prompt as a file name: letters and digits, words joined by -."""
    kept = "".join(c if c.isalnum() else " " for c in prompt.lower())
    return "-".join(kept.split())[:60] or "sprite"
