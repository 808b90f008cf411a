"""The job that draws a picture in the style of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, setting
from pincel.jobs._palette import as_text
from pincel.jobs.each import each
from pincel.words import say
from pincel.words.numbers import number

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.seers import Seer
    from pincel.look.style import Course, StyleStage
    from pincel.make.pictures.styled import Styled
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found


class Style(Job):
    """One picture's content in another's style (Gatys et al., 2016); with `native` on the grid of
    a sprite, in real pixels."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite | np.ndarray"
    example: ClassVar[dict[str, Any]] = {"native": 16, "steps": 2}
    remembers: ClassVar[bool] = True

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)
    like: tuple[Any, ...] = setting(short="l", min_length=1)
    native: int | None = setting(None, ge=4, le=256, short="n")
    palette: str | None = setting(None, short="p")
    colors: int | None = setting(None, ge=2, le=256, short="c")
    network: Literal["auto", "lite0", "vgg19"] = setting("auto")
    layers: str | None = setting(None, pattern=r"^\s*\d+(\s*,\s*\d+)*\s*$")
    style: float = setting(5.0, ge=0, le=100_000, group="weights")
    content: float = setting(1.0, ge=0, le=100_000, group="weights")
    color: float = setting(1.0, ge=0, le=100_000, group="weights")
    smooth: float = setting(4.0, ge=0, le=100_000, group="weights")
    steps: int | None = setting(None, ge=1, le=20_000)
    size: int | None = setting(None, ge=32, le=1024)
    start: Literal["picture", "noise"] = setting("picture")
    seed: int = setting(0, ge=0, le=2**31 - 1)
    explain: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    @field_validator("like", mode="before")
    @classmethod
    def _several(cls, given: Any) -> Any:
        return tuple(given) if isinstance(given, list | tuple) else (given,)

    _palette = as_text()

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require()
        self._check()
        from pincel.look.seers import seer
        from pincel.make.pictures.styled import Styled

        likes = self._likes()
        network = seer(self.network)

        def one(picture: Picture, found: Found) -> Iterator[Event]:
            done: Styled | None = None
            for stage in self._stages(network, picture, likes):
                if isinstance(stage, Styled):
                    done = stage
                else:
                    yield Progress(stage.step, stage.steps, found.name)
            assert done is not None
            yield self._made(network, picture, found, done, likes)

        yield from each(self.pictures, one, "styled")

    def _check(self) -> None:
        """What is asked for without a grid, or with one, and means nothing there."""
        only = {"native": ("palette", "colors"), "free": ("size", "start", "seed")}
        wrong = only["free"] if self.native else only["native"]
        if self.colors and self.palette not in (None, "learned"):
            raise PincelError("style.palette_has_colors")
        for name in wrong:
            if getattr(self, name) != type(self).model_fields[name].default:
                key = "style.not_native" if self.native else "style.only_native"
                raise PincelError(key, option=f"--{name}")

    def _likes(self) -> list[np.ndarray]:
        from pincel.make.pictures.styled import true_sized
        from pincel.pixels.open import find_pictures, open_picture

        pictures = [open_picture(one.source) for one in find_pictures(list(self.like))]
        if self.native is None:
            return [_sized(picture.rgba, self.size or _SIDE) for picture in pictures]
        likes = [true_sized(picture) for picture in pictures]
        for picture, like in zip(pictures, likes, strict=True):
            if max(like.shape[:2]) > _LARGEST:
                raise PincelError("style.no_sprite", name=picture.name, most=_LARGEST)
            if not like[..., 3].any():
                raise PincelError("style.clear", name=picture.name)
        return likes

    def _course(self) -> Course:
        from pincel.look.style import Course, Weights

        layers = None if self.layers is None else tuple(map(int, self.layers.split(",")))
        weights = Weights(self.style, self.content, self.color, self.smooth)
        steps = self.steps or (50 if self.native else 100)
        return Course(steps, weights, layers, self.start, self.seed)

    def _stages(
        self, network: Seer, picture: Picture, likes: list[np.ndarray]
    ) -> Iterator[StyleStage | Styled]:
        from pincel.art.palette_files import load_palette
        from pincel.make.pictures import pixelate, styled

        if self.native is None:
            content = _sized(picture.rgba, self.size or _SIDE)
            return styled.style_freely(network, content, likes, self._course())
        learned = self.palette == "learned"
        if self.palette is None or learned:
            palette = styled.palette_of_sprites(likes, self.colors or styled.COLORS)
        else:
            palette = load_palette(self.palette).colors
        wide = picture.width >= picture.height
        width, height = (self.native, None) if wide else (None, self.native)
        options = pixelate.Options(width=width, height=height, palette=palette)
        return styled.native(network, picture, likes, options, self._course(), learned)

    def _made(
        self, network: Seer, picture: Picture, found: Found, done: Styled, likes: list[np.ndarray]
    ) -> Made:
        from dataclasses import replace

        from pincel.jobs._remember import stamped

        made = self._recipe(found)
        if done.sprite is not None:
            done = replace(done, sprite=replace(done.sprite, recipe=made or {}))

        def files() -> Iterator[tuple[str, bytes]]:
            yield from stamped([(".png", _png(done))], made)
            if self.explain:
                from pincel.show.make.styled import draw_styled

                yield (
                    ".explain.png",
                    draw_styled(found.name, picture.rgba, likes, done, network.name),
                )

        losses = {name: round(values[-1], 4) for name, values in done.losses.items()}
        began = {name: round(values[0], 4) for name, values in done.losses.items()}
        height, width = done.picture.shape[:2]
        line = say(
            "style.line", width=width, height=height, network=network.name,
            style=f"{number(began['style'], 3)} → {number(losses['style'], 3)}",
            content=f"{number(began['content'], 3)} → {number(losses['content'], 3)}",
        )  # fmt: skip
        return Made(
            name=f"{found.name}.styled",
            value=done.sprite if done.sprite is not None else done.picture,
            files=files,
            numbers={"width": width, "height": height, "network": network.name, "began": began,
                     "losses": losses},
            lines=(line,),
            beside=found.beside,
        )  # fmt: skip

    def _recipe(self, found: Found) -> dict[str, Any] | None:
        if not self.metadata:
            return None
        from pincel.jobs._remember import source_bytes, used
        from pincel.pixels.sources import find_pictures
        from pincel.recipe import recipe

        given = [("pictures", found), *(("like", one) for one in find_pictures(list(self.like)))]
        parents = []
        for field, one in given:
            if str(one.source) != "-":
                data, name = source_bytes(one.source)
                parents.append(recipe.parent(field, name, data))
        settings = {name: value for name, value in used(self).items() if name != "like"}
        return recipe.recipe_facts("style", settings, seed=self.seed, libraries=("torch",),
                            backend="torch cpu", parents=parents)  # fmt: skip


_SIDE = 256  # the longer side where every pixel is free
_LARGEST = 256  # of a sprite


def _sized(rgba: np.ndarray, side: int) -> np.ndarray:
    """A picture whose longer side is `side`, (h, w, 4) uint8."""
    import numpy as np
    from PIL import Image

    factor = side / max(rgba.shape[:2])
    size = (max(16, round(rgba.shape[1] * factor)), max(16, round(rgba.shape[0] * factor)))
    return np.asarray(Image.fromarray(rgba).resize(size, Image.Resampling.LANCZOS))


def _png(done: Styled) -> bytes:
    from pincel.art.sprite_files import encode_sprite
    from pincel.pixels.encode import png

    if done.sprite is None:
        return png(done.picture)
    return encode_sprite(done.sprite, ".png", text={})
