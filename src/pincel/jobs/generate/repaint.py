"""The job that paints a picture anew, wholly or in places, with a diffusion network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.jobs._picture import opened_once

if TYPE_CHECKING:
    import numpy as np

    from pincel.make.latent.repaint import Repainter
    from pincel.pixels.sources import Found


class Repaint(Job):
    """Image to image by partial noise, and inpainting: with a trained diffusion network."""

    gives: ClassVar[str] = "np.ndarray"
    example: ClassVar[dict[str, Any]] = {"steps": 3}
    remembers: ClassVar[bool] = True

    model: str = setting(positional=True)
    picture: Any = setting(sources=True)
    strength: float = setting(0.5, ge=0.02, le=1)
    mask: Any = setting(None)
    label: str | None = setting(None, short="l")
    steps: int | None = setting(None, ge=1, le=1000)
    count: int = setting(1, ge=1, le=64, short="n")
    seed: int = setting(0, ge=0, le=2**31 - 1)
    colors: int = setting(32, ge=2, le=255)
    metadata: bool = setting(True, group="files")

    _mask_once = opened_once("mask", mask=True)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._codes import checked_colors
        from pincel.jobs._remember import source_bytes
        from pincel.make.latent.repaint import find_painter
        from pincel.pixels.open import find_pictures

        painter = find_painter(self.model)
        checked_colors(self, painter.maker.model.about, painter.maker.title)
        label = painter.maker.label(self.label)
        everything = find_pictures(self.picture)
        total = len(everything) * self.count
        for done, found in enumerate(everything):
            try:
                file = source_bytes(found.source)
                for number in range(self.count):
                    yield Progress(done * self.count + number, total, found.name)
                    yield self._one(painter, label, found, file, number)
            except PincelError as error:
                if len(everything) == 1:
                    raise
                yield Failed(found.name, error)
        yield Progress(total, total)

    def _one(
        self,
        painter: Repainter,
        label: int | None,
        found: Found,
        file: tuple[bytes, str],
        number: int,
    ) -> Made:
        from pincel.jobs._remember import stamped
        from pincel.pixels.encode import png
        from pincel.pixels.open import open_picture
        from pincel.show.channels import seen_as

        # an array is taken as it is: as a file it would be only what can be seen of it
        picture = open_picture(found.source if hasattr(found.source, "shape") else file[0])
        mask = self._mask(picture.rgba.shape[:2])
        seed = (self.seed + number) % 2**31
        made = painter.paint(
            picture, seed, self.strength, mask, label=label, steps=self.steps, colors=self.colors
        )
        recipe = self._recipe(painter, file, seed, mask) if self.metadata else None
        name = f"{found.name}.repaint" + (f"-{number + 1}" if self.count > 1 else "")
        return Made(
            name,
            made.shown[0] if made.stains is None else made.stains[0],
            lambda: stamped(
                made.files() if made.stains is not None else [(".png", png(made.shown[0]))], recipe
            ),
            numbers={"seed": seed, "model": painter.maker.title, "strength": self.strength,
                     "masked": None if mask is None else int(mask.sum())},
            lines=seen_as(painter.maker.model.about),
            beside=found.beside,
        )  # fmt: skip

    def _mask(self, shape: tuple[int, int]) -> np.ndarray | None:
        if self.mask is None:
            return None
        from pincel.make.edits.selection import mask_of

        return mask_of(self.mask, shape)

    def _recipe(
        self, painter: Repainter, file: tuple[bytes, str], seed: int, mask: np.ndarray | None
    ) -> dict[str, Any]:
        from pincel.jobs._remember import used
        from pincel.make.edits.packed import pack_mask
        from pincel.recipe import recipe

        packed = None if mask is None else pack_mask(mask)
        return recipe.recipe_facts(
            self.key(),
            used(self, seed=seed, count=1, model=self.model, mask=packed),
            seed=seed,
            model=(painter.maker.title, painter.maker.sha256),
            libraries=("torch",),
            backend="torch cpu",
            parents=[recipe.parent("picture", file[1], file[0])],
        )
