"""The job that lets a trained network make pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.job import Event, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.make.latent.decoded import Decoded
    from pincel.make.latent.generated import Maker


class Generate(Job):
    """New pictures of a trained network, each from its own seed, and a sheet of them all."""

    gives: ClassVar[str] = "list[np.ndarray]"
    example: ClassVar[dict[str, Any]] = {"count": 3}
    remembers: ClassVar[bool] = True

    model: str = setting(positional=True)
    count: int = setting(64, ge=1, le=10_000, short="c")
    seed: int = setting(0, ge=0, le=2**31 - 1)
    label: str | None = setting(None, short="l")
    steps: int | None = setting(None, ge=1, le=1000)
    colors: int = setting(32, ge=2, le=255)
    sheet: bool = setting(True, group="files")
    metadata: bool = setting(True, group="files")

    def run(self) -> Iterator[Event]:
        from pincel.jobs._codes import checked_colors, checked_steps
        from pincel.make.latent.generated import find_maker

        maker = find_maker(self.model)
        checked_colors(self, maker.model.about, maker.title)
        checked_steps(self, maker.model, maker.title)
        label = maker.label(self.label)
        made: list[Decoded] = []
        for place in range(self.count):
            seed = (self.seed + place) % 2**31
            one = maker.make(seed, label, self.steps, self.colors)
            made.append(one)
            yield Progress(place + 1, self.count, maker.title)
            yield self._one(maker, one, seed)
        if self.sheet and self.count > 1:
            yield self._sheet(maker, made)

    def _one(self, maker: Maker, one: Decoded, seed: int) -> Made:
        from pincel.jobs._remember import stamped
        from pincel.show.channels import seen_as

        made = self._recipe(maker, seed, 1) if self.metadata else None
        return Made(
            f"{maker.title}.{seed:04}",
            one.value,
            lambda: stamped(one.files(), made),
            numbers={"seed": seed, "model": maker.title, "sha256": maker.sha256},
            lines=seen_as(maker.model.about) if self.count == 1 else (),
        )

    def _sheet(self, maker: Maker, made: list[Decoded]) -> Made:
        import numpy as np

        from pincel.jobs._remember import stamped
        from pincel.make.latent.generated import draw_sheet
        from pincel.show.channels import seen_as

        recipe = self._recipe(maker, self.seed, self.count) if self.metadata else None
        shown = np.concatenate([one.shown for one in made])
        last = (self.seed + self.count - 1) % 2**31
        return Made(
            f"{maker.title}.sheet",
            shown,
            lambda: stamped([(".png", draw_sheet(shown))], recipe),
            numbers={"seeds": [self.seed, last], "model": maker.title},
            lines=(
                say("generate.seeds", count=self.count, first=self.seed, last=last),
                *seen_as(maker.model.about),
            ),
        )

    def _recipe(self, maker: Maker, seed: int, count: int) -> dict[str, Any]:
        from pincel.jobs._remember import used
        from pincel.recipe import recipe

        settings = used(self, seed=seed, count=count, model=self.model)
        return recipe.recipe_facts(
            self.key(),
            settings,
            seed=seed,
            model=(maker.title, maker.sha256),
            libraries=("torch",),
            backend="torch cpu",
        )
