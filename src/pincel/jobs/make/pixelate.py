"""The main job: any picture becomes real pixel art."""

from __future__ import annotations

import glob
import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator, model_validator

from pincel.art.files import SpriteFormat, needs_hard
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, Said, setting
from pincel.jobs._companions import check_companions
from pincel.jobs._cutout import Cutout, cutout_named
from pincel.jobs._palette import as_text
from pincel.jobs._picture import opened_once
from pincel.jobs._remember import sprite_recipe
from pincel.jobs.each import found_in
from pincel.words import say
from pincel.words.numbers import number, number_plain

if TYPE_CHECKING:
    import numpy as np

    from pincel.art.grid import Grid
    from pincel.art.set_style import SetStyle
    from pincel.make.pictures.pixelate import Options
    from pincel.make.pictures.sprites import Drawn, Finish
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

Dither = Literal[
    "none", "bayer2", "bayer4", "bayer8", "floyd-steinberg", "atkinson",
    "blue-noise", "checker", "lines", "dots",
]  # fmt: skip


_PARTS = 100  # of one picture, for progress
_SWAP = r"^\s*{one}\s*=\s*{one}(\s*,\s*{one}\s*=\s*{one})*\s*$".format(one="#?[0-9a-fA-F]{6}")


_PATHS = ("palette", "mask", "style")  # settings that may name a file


class Pixelate(Job):
    """A picture, still or animated, as real pixel art: exact grid, few colours, hard alpha."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite"
    example: ClassVar[dict[str, Any]] = {"width": 32}
    remembers: ClassVar[bool] = True

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)

    width: int | None = setting(None, ge=1, le=1024, short="w", group="size")
    height: int | None = setting(None, ge=1, le=1024, group="size")
    cell: float | None = setting(None, ge=1, le=1024, group="size")

    colors: int | None = setting(None, ge=2, le=256, short="c", group="color")
    palette: str | None = setting(None, short="p", group="color")
    palette_mode: Literal["strict", "nearest"] = setting("strict", group="color")
    lock: bool = setting(False, group="color")
    contrast: float = setting(1.0, ge=0, le=3, group="color")
    saturation: float = setting(1.0, ge=0, le=3, group="color")
    dither: Dither = setting("none", group="color")
    dither_strength: float = setting(1.0, ge=0, le=1, group="color")
    swap: str | None = setting(None, pattern=_SWAP, group="color")

    cutout: Cutout | bool = setting("none", group="shape")
    holes: bool = setting(False, group="shape")
    mask: Any = setting(None, group="shape")
    outline: bool = setting(False, group="shape")
    outline_style: Literal["dark", "colored"] | None = setting(None, group="shape")
    outline_place: Literal["outer", "inner"] = setting("outer", group="shape")
    alpha: Literal["hard", "dither", "soft"] = setting("hard", group="shape")
    tileable: bool = setting(False, group="shape")

    engine: Literal["fast", "best"] = setting("fast", group="drawing")
    style: str | None = setting(None, group="drawing")
    fps: float | None = setting(None, ge=0.5, le=60, group="drawing")
    seed: int = setting(0, ge=0, le=2**31 - 1, group="drawing")

    format: tuple[SpriteFormat, ...] = setting((), group="files")
    preview: bool = setting(False, group="files")
    explain: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    _palette = as_text()

    @field_validator("style", mode="before")
    @classmethod
    def _folder_as_text(cls, given: Any) -> Any:
        return os.fspath(given) if isinstance(given, os.PathLike) else given

    _cutout_named = cutout_named()
    _mask_once = opened_once("mask")

    @model_validator(mode="after")
    def _go_together(self) -> Pixelate:
        if self.cell is not None and (self.width is not None or self.height is not None):
            raise PincelError("pixelate.cell_and_size")
        if self.palette_mode == "nearest" and self.palette is None:
            raise PincelError("pixelate.nearest_of_what")
        if self.alpha != "hard" and self.outline:
            raise PincelError("pixelate.no_rim", alpha=self.alpha)
        if self.alpha == "soft":
            for one in self.format:
                needs_hard(one)
        return self

    def apart(self) -> Sequence[Found] | None:
        return None if self.lock else self._found()

    def _found(self) -> list[Found]:
        return [_reread(one) for one in found_in(self.pictures, "pixel")]

    def run(self) -> Iterator[Event]:
        check_companions(self, holes=("cutout border", self.cutout == "border"))
        if self.style is None:  # a style may have dither and outline of its own
            dither, line = ("dither", self.dither != "none"), ("outline", self.outline)
            check_companions(self, dither_strength=dither, outline_style=line, outline_place=line)
        found = self._found()
        options, finish = self._options(), self._finish()
        yield from self._warnings()
        palette = None
        steps, done = len(found), 0
        given = options.palette is not None and self.palette_mode == "strict"
        if self.lock and len(found) > 1 and not given:
            steps *= 2
            palette = yield from self._locked(found, options, finish, steps)
            done = len(found)
        for one in found:
            yield Progress(done * _PARTS, steps * _PARTS, one.name)
            try:
                for part in self._one(one, options, finish, palette):
                    if isinstance(part, Progress):  # of one picture: a part of the whole
                        behind = done * _PARTS + _PARTS * part.done // part.total
                        part = Progress(behind, steps * _PARTS, part.text)
                    yield part
            except PincelError as error:
                if len(found) == 1:
                    raise
                yield Failed(one.name, error)
            done += 1
        yield Progress(steps * _PARTS, steps * _PARTS)

    def _one(
        self, found: Found, options: Options, finish: Finish, palette: np.ndarray | None
    ) -> Iterator[Event]:
        from dataclasses import replace

        from pincel.art.sprite_files import sprite_files
        from pincel.art.swap import swapped
        from pincel.make.pictures import sprites

        picture, grid, options = self._on_its_grid(self._opened(found), options)
        drawn = yield from self._drawn(sprites.by_frames(picture, options, finish, palette), found)
        drawn = replace(drawn, sprite=swapped(drawn.sprite, self.swap))
        recipe = sprite_recipe(self, picture, _PATHS) if self.metadata else {}
        sprite = replace(drawn.sprite, recipe=recipe, name=Path(found.name).name)

        def files(label: str = f"{sprite.name}.pixel") -> Iterator[tuple[str, bytes]]:
            yield from sprite_files(sprite, preview=self.preview, formats=self.format, name=label)
            if self.explain:
                from pincel.show.art.stages import draw_stages

                yield ".explain.png", draw_stages(picture, drawn, finish)

        numbers = self._numbers(drawn)
        lines = [say("pixelate.line", **numbers)]
        if grid is not None:
            numbers["true_size"] = [grid.width, grid.height]
            lines.append(self._about_grid(grid, options))
        elif options.true_grid:
            lines.append(say("pixelate.stays"))
        lines += _doubts(self, drawn, numbers)
        yield Made(
            name=f"{found.name}.pixel",
            value=sprite,
            files=files,
            numbers=numbers,
            lines=tuple(lines),
            beside=found.beside,
            renamed=files,
        )

    def _on_its_grid(
        self, picture: Picture, options: Options
    ) -> tuple[Picture, Grid | None, Options]:
        """Pixel art is drawn on the grid that it has, unless another size is asked for: (what is
        to be drawn, the grid if it was enlarged, how)."""
        from dataclasses import replace

        from pincel.make.pictures.true_grid import at_true_size

        found = at_true_size(picture)
        if found is None:
            return picture, None, replace(options, true_grid=self._stays(picture, options))
        small, grid = found
        if not self._at_size(grid.width, grid.height):
            return picture, grid, options
        own = replace(options, width=grid.width, height=grid.height, true_grid=True)
        return small, grid, own

    def _at_size(self, width: int, height: int) -> bool:
        """Whether no other size than this is asked for."""
        return self.cell is None and self.width in (None, width) and self.height in (None, height)

    def _stays(self, picture: Picture, options: Options) -> bool:
        """Whether it is pixel art of the size and in the number of colours that are asked for:
        there is nothing to choose, and whatever the engine changed would be a loss."""
        from pincel.art.quantize import MOST
        from pincel.make.pictures.pixelate import size
        from pincel.make.pictures.true_grid import drawn_already

        own = picture.width, picture.height
        if self.style is not None or self.tileable or size(*own, options) != own:
            return False
        return drawn_already(picture, self.colors or MOST)

    def _about_grid(self, grid: Grid, options: Options) -> str:
        cell = f"{(grid.cell[0] + grid.cell[1]) / 2:.2f}".rstrip("0").rstrip(".")
        key = "true_grid" if options.true_grid else "other_grid"
        return say(f"pixelate.{key}", width=grid.width, height=grid.height, cell=number_plain(cell))

    def _drawn(
        self, steps: Generator[tuple[int, int], None, Drawn], found: Found
    ) -> Generator[Event, None, Drawn]:
        """Follow the drawing of one picture frame by frame."""
        while True:
            try:
                place, count = next(steps)
            except StopIteration as end:
                return end.value
            if count > 1:
                text = say("pixelate.frame", name=found.name, number=place + 1, count=count)
                yield Progress(place, count, text)

    def _numbers(self, drawn: Drawn) -> dict[str, Any]:
        import numpy as np

        sprite = drawn.sprite
        worn = np.unique(np.concatenate([np.unique(frame) for frame in sprite.frames]))
        clear = float(np.mean([(frame < 0).mean() for frame in sprite.frames]))
        return {
            "width": sprite.width,
            "height": sprite.height,
            "colors": int((worn >= 0).sum()),
            "frames": len(sprite.frames),
            "transparent": round(100 * clear, 1),
        }

    def _opened(self, found: Found) -> Picture:
        from pincel.pixels.open import open_picture

        if self.cell is not None:  # counted in source pixels: the source must come whole
            return open_picture(found.source)
        side = max(768, 12 * max(self.width or 0, self.height or 0))
        return open_picture(found.source, at_most=(side, side))

    def _locked(
        self, found: list[Found], options: Options, finish: Finish, steps: int
    ) -> Generator[Event, None, np.ndarray | None]:
        """One palette for all pictures; one that cannot be opened fails later, for itself."""
        from pincel.make.pictures import sprites

        sampled = []
        for done, one in enumerate(found):
            text = say("pixelate.locking", name=one.name)
            yield Progress(done * _PARTS, steps * _PARTS, text)
            try:
                picture, _, own = self._on_its_grid(self._opened(one), options)
                sampled.append(sprites.palette_sample(picture, len(found), own, finish))
            except PincelError:
                continue
        return sprites.shared_palette(sampled, options, finish) if sampled else None

    def _options(self) -> Options:
        from pincel.art.palette_files import load_palette
        from pincel.make.pictures.pixelate import Options

        palette = None if self.palette is None else load_palette(self.palette).colors
        return Options(
            width=self.width,
            height=self.height,
            cell=self.cell,
            colors=self.colors,
            palette=palette,
            palette_mode=self.palette_mode,
            engine=self.engine if _has_best() else "fast",
            contrast=self.contrast,
            saturation=self.saturation,
            tileable=self.tileable,
            seed=self.seed,
        )

    def _finish(self) -> Finish:
        from pincel.make.pictures.sprites import Finish
        from pincel.pixels.open import open_picture

        habits = None if self.style is None else _style(self.style)
        line = self.outline_style
        if line is None:
            line = "colored" if habits and habits.outline == "colored" else "dark"
        return Finish(
            cutout=str(self.cutout),
            holes=self.holes,
            mask=None if self.mask is None else open_picture(self.mask).rgba,
            dither=self.dither,
            dither_strength=self.dither_strength,
            outline=line if self.outline else "none",
            outline_place=self.outline_place,
            alpha=self.alpha,
            style=habits,
            fps=self.fps,
        )

    def told(self) -> dict[str, Any]:
        told = super().told()
        if "mask" in told and not isinstance(self.mask, str):
            told["mask"] = "array"
        return told

    def _warnings(self) -> Iterator[Said]:
        if self.engine == "best" and not _has_best():
            yield Said(say("pixelate.best_missing"))


def _doubts(job: Pixelate, drawn: Drawn, numbers: dict[str, Any]) -> list[str]:
    """What the person may not have expected, a sentence each."""
    from pincel.art import cut_edges, fade

    seen = drawn.stages.cells.coverage
    share = round(100 * float(fade.fading(seen).sum() / max((seen > fade.CLEAR).sum(), 1)))
    lines = [say("pixelate.ink")] if drawn.inked else []
    if job.outline and not numbers["transparent"]:
        lines.append(say("pixelate.no_outline"))
    if job.alpha == "hard" and share:
        lines.append(say("pixelate.fades", share=share))
    elif job.alpha != "hard" and not share:
        lines.append(say("pixelate.no_fade", alpha=job.alpha))
    border = job.cutout == "border"  # the learned one may well find several things
    pieces, loose = cut_edges.floating(drawn.stages.hidden) if border else (0, 0.0)
    if pieces:
        lines.append(say("pixelate.floating", count=pieces, share=number(100 * loose, 1)))
    return lines


def _has_best() -> bool:
    """Whether the learned engine can run here: its network and the library that runs it."""
    from importlib import resources, util

    network = resources.files("pincel.weights") / "eyes.onnx"
    return util.find_spec("onnxruntime") is not None and network.is_file()


def _reread(found: Found) -> Found:
    """A picture that can be opened twice: standard input is read here, once."""
    from dataclasses import replace

    from pincel.pixels.open import open_picture

    return (
        replace(found, source=open_picture("-"))
        if isinstance(found.source, str | Path) and str(found.source) == "-"
        else found
    )


def _style(folder: str) -> SetStyle:
    """The habits of the sprites in a folder; what is no sprite (too many colours, soft alpha) is
    passed over."""
    from pincel.art.set_style import measure_style
    from pincel.art.sprite import Sprite
    from pincel.pixels.open import find_pictures, open_picture

    sprites = []
    for found in find_pictures((folder,)):
        try:
            sprites.append(Sprite.from_rgba(open_picture(found.source).rgba))
        except (PincelError, ValueError):
            continue
    if not sprites:
        if not (os.path.exists(folder) or glob.has_magic(folder)):
            raise PincelError("picture.missing", name=folder)
        raise PincelError("pixelate.no_style", folder=folder)
    return measure_style(sprites)
