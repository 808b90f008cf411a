"""The job that walks from picture to picture through a network's code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.job import Event, Job, Made, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.coder import OpenedCoder
    from pincel.look.latent import LatentWalk


class Walk(Job):
    """Interpolation, linear or spherical, as a strip and as an animation."""

    gives: ClassVar[str] = "np.ndarray"
    remembers: ClassVar[bool] = True
    example: ClassVar[dict[str, Any]] = {"steps": 4, "gif": True}
    together: ClassVar[bool] = True

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    steps: int = setting(8, ge=1, le=120)
    kind: Literal["linear", "spherical"] = setting("linear")
    gif: bool = setting(False)
    fps: float = setting(10, gt=0, le=50)
    colors: int = setting(32, ge=2, le=255)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    metadata: bool = setting(True, group="files")

    def run(self) -> Iterator[Event]:
        import numpy as np

        from pincel.jobs._codes import coder_for, gather_codes
        from pincel.jobs._remember import stamped
        from pincel.look.latent import walk_between
        from pincel.make.latent.decoded import looked, of_codes

        coder = coder_for(self)
        given = yield from gather_codes(coder, self.sources)
        codes = coder.encode(given.values)
        names, shown = list(given.names), list(looked(given.values, coder.about))
        if len(codes) == 1:
            codes = np.concatenate([codes, coder.draw(self.seed)[None]])
            names.append(say("walk.drawn_name", seed=self.seed))
            shown.append(None)
        way = walk_between(codes, self.steps, self.kind)
        made = of_codes(coder, way.codes, self.colors)
        lengths = np.linalg.norm(way.codes, axis=1)

        def files() -> Iterator[tuple[str, bytes]]:
            yield from stamped(made.files(), self._recipe())
            yield ".sheet.png", self._sheet(coder, names, shown, codes, made.shown)
            if self.gif:
                yield ".gif", made.back_and_forth().gif(self._times(way))

        stem = f"{Path(names[0]).name}.walk.{Path(names[-1]).name}".replace(" ", "-")
        yield Made(
            stem,
            made.value,
            files,
            numbers={
                "by": coder.name,
                "pictures": len(way.codes),
                "stops": names,
                "kind": self.kind,
                "steps": self.steps,
                "lengths": [round(float(v), 4) for v in lengths],
            },
            lines=self._lines(coder, names, codes, lengths),
            beside=given.beside[0],
        )

    def _recipe(self) -> dict[str, Any] | None:
        from pincel.jobs._codes import is_set
        from pincel.jobs._remember import recipe_of
        from pincel.pixels.sources import find_pictures

        if len(self.sources) == 1 and is_set(self.sources[0]):
            return recipe_of(self, sources=[str(self.sources[0])])
        return recipe_of(self, find_pictures(self.sources))

    def _lines(
        self, coder: OpenedCoder, names: list[str], codes: np.ndarray, lengths: np.ndarray
    ) -> tuple[str, ...]:
        import numpy as np

        from pincel.show.channels import seen_as
        from pincel.words.numbers import number

        stops = ", ".join(number(v, 1) for v in np.linalg.norm(codes, axis=1))
        return (
            say("walk.made", count=len(lengths), first=names[0], last=names[-1]),
            say("walk.lengths", least=number(lengths.min(), 1), most=number(lengths.max(), 1),
                stops=stops),
            *seen_as(coder.about),
        )  # fmt: skip

    def _times(self, way: LatentWalk) -> list[float]:
        """Milliseconds of each frame, there and back: every stop is held a while."""
        step = 1000 / self.fps
        once = [max(step, 600.0) if share == 0 else step for share in way.shares]
        return once + once[-2:0:-1]

    def _sheet(
        self,
        coder: OpenedCoder,
        names: list[str],
        shown: list[Any],
        codes: np.ndarray,
        pictures: np.ndarray,
    ) -> bytes:
        import numpy as np

        from pincel.show.make.latent import draw_walk
        from pincel.words.numbers import number

        units = codes / np.maximum(np.linalg.norm(codes, axis=1, keepdims=True), 1e-12)
        turns = np.degrees(np.arccos(np.clip((units[1:] * units[:-1]).sum(1), -1, 1)))
        angles = ", ".join(f"{number(turn)}\u00b0" for turn in turns)
        legs = [pictures[k * self.steps : (k + 1) * self.steps + 1] for k in range(len(names) - 1)]
        return draw_walk(
            say("walk.heading", by=coder.title),
            say(f"walk.note_{self.kind}", angles=angles),
            list(zip(names, shown, strict=True)),
            legs,
            np.linspace(0, 1, self.steps + 1),
        )
