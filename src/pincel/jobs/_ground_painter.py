"""What draws ground tiles by rules for `draw --tile`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.jobs._painters import SpritePainter
from pincel.jobs._people import within
from pincel.recipe.recipe import RULES
from pincel.words import language, say

if TYPE_CHECKING:
    from pincel.art.ground_kinds import GroundLook
    from pincel.art.sprite import Sprite
    from pincel.jobs.generate.draw import Draw
    from pincel.make.words.ground_words import AskedGround

ALIKE = 1000
"""Tiles of the seeds of one thousand have the same border and colours."""


class GroundPainter(SpritePainter):
    """Grounds drawn by rules. PincelError where one is to move that does not, and where the seeds
    reach over a thousand."""

    moved = True
    libraries: tuple[str, ...] = (RULES,)

    def __init__(self, job: Draw, asked: AskedGround) -> None:
        from pincel.art.ground_kinds import GROUNDS

        super().__init__(job)
        self.asked = asked
        self.understood = asked.english
        self.palette = self._palette()
        shown = asked.english if language() == "en" else asked.spanish
        self.said = (
            say("prompt.understood", words=", ".join(shown)),
            say("draw.by_rules"),
            say("draw.by_network"),
        )
        if job.frames is not None and not any(GROUNDS[one.kind].moves for one in asked.looks):
            raise PincelError("draw.ground_still", came=", ".join(shown), known=_Moving())
        if job.seed // ALIKE != (job.seed + job.count - 1) // ALIKE:
            raise PincelError("draw.tile_seeds", seed=job.seed, count=job.count)

    def sprite(self, seed: int) -> Sprite:
        from pincel.art.corner_tiles import corner_sheet
        from pincel.art.grounds import ground_sprite

        looks, frames = self._looks(seed), self.job.frames or 1
        if len(looks) == 2:
            made = corner_sheet(looks[0], looks[1], self.job.width, frames)
        else:
            made = ground_sprite(looks[0], self.job.width, frames)
        return within(made, self.palette)

    def sized(self, seed: int) -> Sprite:
        return self.sprite(seed)

    def _looks(self, seed: int) -> list[GroundLook]:
        return [replace(one, seed=seed, base=seed // ALIKE) for one in self.asked.looks]

    def facts(self, sprite: Sprite) -> dict[str, Any]:
        from pincel.art.tile import seam

        found = {"seam": round(float(seam(sprite.rgba(), 1)), 2), "tile": self.job.width}
        return found | {"grounds": [one.kind for one in self.asked.looks]}

    def files(self, sprite: Sprite, named: str) -> Iterator[tuple[str, bytes]]:
        """Two grounds come with a file that says which corner is which, and for Tiled with a
        terrain."""
        from pincel.art.corner_files import corner_json, tiled_files

        if len(self.asked.looks) == 1:
            yield from super().files(sprite, named)
            return
        names = self.asked.names()
        yield from self._plain(sprite, named, [one for one in self.job.for_ if one != "tiled"])
        yield ".corners.json", corner_json(names, self.job.width)
        if "tiled" in self.job.for_:
            yield from tiled_files(sprite, names, named)

    def resolved(self) -> dict[str, Any]:
        return {"drawn_by": "parts"}


class _Moving:
    """The grounds that move, in the language in force when the sentence is read."""

    def __str__(self) -> str:
        from pincel.make.words.ground_words import moving_grounds

        return ", ".join(moving_grounds(language()))
