"""The job that adds and subtracts pictures in a network's code."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.learn.data import Data
    from pincel.look.coder import OpenedCoder


class Algebra(Job):
    """A sum of pictures, of means of folders and of classes, decoded."""

    gives: ClassVar[str] = "np.ndarray"
    example: ClassVar[dict[str, Any]] = {"sum": "3 - 2 + 7", "data": "digits"}

    model: str = setting(positional=True)
    sum: str = setting(positional=True, min_length=1)
    data: str | None = setting(None)
    most: int = setting(500, ge=1, le=100_000)
    colors: int = setting(32, ge=2, le=255)
    metadata: bool = setting(True, group="files")

    def run(self) -> Iterator[Event]:
        import numpy as np

        from pincel.jobs._codes import coder_for
        from pincel.jobs._remember import stamped
        from pincel.look.latent import combine, parse_terms
        from pincel.make.latent.decoded import looked, of_codes
        from pincel.show.channels import seen_as

        terms = parse_terms(self.sum)
        coder = coder_for(self)
        data = None
        if self.data is not None:
            from pincel.learn.data import open_for

            yield Progress(0, len(terms), self.data)
            data = open_for(coder.about, self.data, labelled=False)
        codes, shown, told = [], [], []
        for done, term in enumerate(terms):
            yield Progress(done, len(terms), term.name)
            code, picture, name = yield from self._meant(coder, term.name, data)
            codes.append(code)
            shown.append(picture)
            told.append(name)
        yield Progress(len(terms), len(terms))
        total = combine([term.weight for term in terms], np.stack(codes))
        made = of_codes(coder, total[None], self.colors)
        back = looked(coder.decode(np.stack(codes)), coder.about)
        signs = [_sign(term.weight, place) for place, term in enumerate(terms)]
        written = " ".join(f"{sign} {name}".strip() for sign, name in zip(signs, told, strict=True))

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.make.latent import draw_sum

            yield from stamped(made.files(), self._recipe([t.name for t in terms]))
            rows = _rows(coder, list(zip(signs, told, shown, back, strict=True)))
            heading = say("algebra.heading", by=coder.title)
            yield ".sheet.png", draw_sum(heading, say("algebra.note"), rows, made.shown[0])

        lengths = [round(float(np.linalg.norm(code)), 4) for code in [*codes, total]]
        yield Made(
            _stem([Path(term.name).stem or term.name for term in terms]),
            made.value,
            files,
            numbers={
                "by": coder.name,
                "terms": [{"weight": t.weight, "name": t.name} for t in terms],
                "lengths": lengths,
            },
            lines=(say("algebra.made", sum=written), *seen_as(coder.about)),
        )

    def _recipe(self, names: list[str]) -> dict[str, Any] | None:
        """What made the picture, the pictures of the sum as its parents."""
        from pincel.jobs._remember import recipe_of

        files = [name for name in names if Path(name).is_file()]
        told = self.sum
        for name in names:
            told = told.replace(name, Path(name).name)
        return recipe_of(self, files, sum=told)

    def _meant(
        self, coder: OpenedCoder, name: str, data: Data | None
    ) -> Generator[Event, None, tuple[np.ndarray, np.ndarray | None, str]]:
        """What a term names: its code (d,), its picture (h, w, c) where it is a single one, and
        how it is called on the sheet."""
        from pincel.jobs._codes import gather_codes, one

        path = Path(name)
        if path.is_dir():
            given = yield from gather_codes(coder, [name], most=self.most)
            codes = coder.encode(given.values)
            told = say("algebra.mean", count=len(given), name=path.name or name)
            return codes.mean(0), None, told
        if data is not None and name in data.classes and not path.is_file():
            values = _of_class(data, data.classes.index(name), self.most)
            codes = coder.encode(coder.fit_values(values))
            told = say("algebra.mean", count=len(values), name=name)
            return codes.mean(0), None, told
        if data is not None and not path.is_file():
            classes = ", ".join(data.classes[:12]) + (" \u2026" if len(data.classes) > 12 else "")
            raise PincelError("algebra.neither", name=name, data=self.data, classes=classes)
        values = one(coder, name)
        return coder.encode(values[None])[0], values, path.stem


def _rows(
    coder: OpenedCoder, terms: list[tuple[str, str, np.ndarray | None, np.ndarray]]
) -> list[tuple[str, str, np.ndarray, np.ndarray]]:
    """Sign, name, picture (what came back where there is none) and what came back of each term,
    pictures (h, w, 4) uint8."""
    from pincel.make.latent.decoded import looked

    return [
        (sign, name, back if given is None else looked(given[None], coder.about)[0], back)
        for sign, name, given, back in terms
    ]


def _of_class(data: Data, label: int, most: int) -> np.ndarray:
    import numpy as np

    part = data.train
    rows = np.flatnonzero(part.labels == label)[:most]
    if not len(rows):
        raise PincelError("algebra.empty", name=data.classes[label], data=data.name)
    return np.asarray(part.pictures[rows])


def _sign(weight: float, place: int) -> str:
    from pincel.words.numbers import number_plain

    size = "" if abs(weight) == 1 else f"{number_plain(f'{abs(weight):g}')} \u00d7"
    sign = "\u2212" if weight < 0 else "" if place == 0 else "+"
    return f"{sign} {size}".strip()


def _stem(names: list[str]) -> str:
    """A short file name made of the terms."""
    plain = [re.sub(r"[^\w.]+", "-", name).strip("-.") for name in names]
    return ("algebra." + ".".join(part for part in plain if part))[:80].rstrip("-.")
