"""The job that moves codes along the directions in which a data set differs most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.coder import OpenedCoder
    from pincel.look.latent import Directions


class Sliders(Job):
    """Numbers or principal directions of codes as rows of pictures, from -3 to 3 deviations."""

    gives: ClassVar[str] = "dict[str, Any]"
    example: ClassVar[dict[str, Any]] = {"sources": ("digits",), "most": 80, "rows": 3}
    together: ClassVar[bool] = True

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, also="data", min_length=1)
    picture: Path | None = setting(None)
    along: Literal["numbers", "directions"] | None = setting(None)
    rows: int = setting(8, ge=1, le=64)
    reach: float = setting(3.0, gt=0, le=20)
    steps: int = setting(7, ge=2, le=41)
    most: int = setting(1000, ge=3, le=20_000)
    part: Literal["train", "val", "test"] = setting("train")
    colors: int = setting(32, ge=2, le=255)
    seed: int = setting(0, ge=0, le=2**31 - 1)

    def run(self) -> Iterator[Event]:
        import numpy as np

        from pincel.jobs._codes import coder_for, gather_codes, one, parted
        from pincel.make.latent.decoded import of_codes
        from pincel.words.numbers import number

        coder = coder_for(self)
        picture = one(coder, self.picture) if self.picture is not None else None
        given = yield from gather_codes(
            coder, parted(self, self.sources), part=self.part, most=self.most, seed=self.seed
        )
        found, numbers, lines = self._found(coder, given.values)
        start = coder.encode(picture[None])[0] if picture is not None else found.mean
        sigmas = np.linspace(-self.reach, self.reach, self.steps)
        made = [
            of_codes(coder, found.moved(start, axis, sigmas), self.colors)
            for axis in range(len(found.axes))
        ]
        own = found.places(start[None])[0]
        where = Path(str(self.picture)).stem

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.make.latent import draw_sliders

            titles = _titles(found, numbers)
            key = "note" if numbers is None else "note_numbers"
            count = number(len(given))
            note = say(f"sliders.{key}", count=count)
            if picture is not None:
                note = say(f"sliders.{key}_picture", count=count, start=where)
            yield (
                ".png",
                draw_sliders(
                    say("sliders.heading", by=coder.title),
                    note,
                    sigmas,
                    [(title, one.shown) for title, one in zip(titles, made, strict=True)],
                    [None if picture is None else float(place) for place in own],
                ),
            )
            yield ".csv", _table(found)

        yield Made(
            "sliders" if picture is None else f"{where}.sliders",
            {"directions": found, "pictures": [one.shown for one in made]},
            files,
            numbers={
                "by": coder.name,
                "pictures": len(given),
                "sigmas": [round(float(v), 5) for v in found.sigmas],
                "shares": [round(float(v), 5) for v in found.shares],
                **({} if numbers is None else {"numbers": [int(k) + 1 for k in numbers]}),
                "own": [round(float(v), 4) for v in own],
            },
            lines=lines,
        )

    def _found(
        self, coder: OpenedCoder, values: np.ndarray
    ) -> tuple[Directions, np.ndarray | None, tuple[str, ...]]:
        """What is moved along; which numbers of the code those are; what to say of it."""
        from pincel.look.latent import TELLING, by_number, principal
        from pincel.show.channels import seen_as
        from pincel.words.numbers import number

        codes, count = coder.encode(values), number(len(values))
        nats = None if self.along == "directions" else coder.divergences(values)
        if nats is None and self.along == "numbers":
            raise PincelError("sliders.no_spread", name=coder.title, family=coder.model.family)
        silent = 0 if nats is None else int((nats <= TELLING).sum())
        if nats is None or (silent == len(nats) and self.along is None):
            found = principal(codes, self.rows)
            shares = ", ".join(number(100 * share, 1) for share in found.shares)
            lines = [say("sliders.made", count=count, rows=len(found.axes), shares=shares)]
            lines += [say("sliders.all_silent", dims=silent)] if silent else []
            return found, None, (*lines, *seen_as(coder.about))
        found, numbers = by_number(codes, nats, self.rows)
        told = ", ".join(number(float(nats[k]), 1) for k in numbers)
        lines = [say("sliders.made_numbers", count=count, rows=len(numbers), nats=told)]
        if silent:
            lines.append(say("sliders.silent", silent=silent, dims=len(nats)))
        return found, numbers, (*lines, *seen_as(coder.about))


def _titles(found: Directions, numbers: np.ndarray | None) -> list[str]:
    """What stands before each row."""
    from pincel.words.numbers import number

    rows = []
    for axis, share in enumerate(found.shares):
        part = number(100 * share, 1)
        if numbers is None:
            first, second = say("sliders.direction", number=axis + 1), "share"
        else:
            first, second = say("sliders.number", number=int(numbers[axis]) + 1), "share_nats"
        rows.append(first + "\n" + say(f"sliders.{second}", share=part))
    return rows


def _table(found: Directions) -> bytes:
    """The mean and the directions, one row each, so that others can use them."""
    import csv
    import io

    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["row", "sigma", "share", *range(1, len(found.mean) + 1)])
    rows.writerow(["mean", "", "", *(f"{v:.6f}" for v in found.mean)])
    for k, axis in enumerate(found.axes):
        rows.writerow([k + 1, f"{found.sigmas[k]:.6f}", f"{found.shares[k]:.6f}",
                       *(f"{v:.6f}" for v in axis)])  # fmt: skip
    return text.getvalue().encode()
