"""The job that measures how far pictures lie apart, pixel by pixel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.words import say
from pincel.words.numbers import compact, number

if TYPE_CHECKING:
    import numpy as np

    from pincel.pixels.sources import Found

_DRAWN = 8


class Distance(Job):
    """L1, RMSE, largest difference and SSIM from the first picture to its darker, noisy and
    shifted copy and to the other pictures."""

    gives: ClassVar[str] = "dict[str, Any]"

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    darker: int = setting(60, ge=0, le=255)
    noise: float = setting(25.0, ge=0, le=255)
    shift: float = setting(10.0, ge=0, le=50)
    copies: bool = setting(True)
    longest: int = setting(1024, ge=0, le=8192)
    seed: int = setting(0, ge=0)

    def run(self) -> Iterator[Event]:
        from pincel.pixels.open import find_pictures, open_picture
        from pincel.pixels.planes import at_most, on_ground

        everything = find_pictures(self.sources)
        first_found = everything[0]
        yield Progress(0, len(everything), first_found.name)
        whole = on_ground(open_picture(first_found.source).rgba)
        first = at_most(whole, self.longest)
        compared: list[tuple[str, np.ndarray, bool]] = list(self._copies(first))
        resized = []
        for done, found in enumerate(everything[1:], 1):
            yield Progress(done, len(everything), found.name)
            try:
                other = at_most(on_ground(open_picture(found.source).rgba), self.longest)
            except PincelError as error:
                yield Failed(found.name, error)
                continue
            if other.shape != first.shape:
                resized.append(found.name)
                other = _fitted(other, first.shape[1], first.shape[0])
            compared.append((_free(found.name, compared), other, True))
        if not compared:
            raise PincelError("distance.alone")
        yield self._made(first_found, first, whole.shape[:2], compared, resized)
        yield Progress(len(everything), len(everything))

    def _copies(self, first: np.ndarray) -> Iterator[tuple[str, np.ndarray, bool]]:
        import numpy as np

        from pincel.pixels import distances

        if not self.copies:
            return
        dark = distances.darker_scene(first, self.darker)
        yield say("distance.darker", by=self.darker), dark, False
        noisy = distances.noisy(first, self.noise, np.random.default_rng(self.seed))
        yield say("distance.noisy", sigma=compact(self.noise)), noisy, False
        pixels = max(round(first.shape[1] * self.shift / 100), 1 if self.shift else 0)
        yield say("distance.shifted", pixels=pixels), distances.shifted(first, pixels), False

    def _made(
        self,
        found: Found,
        first: np.ndarray,
        size: tuple[int, ...],
        compared: list[tuple[str, np.ndarray, bool]],
        resized: list[str],
    ) -> Made:
        from pincel.pixels.distances import DISTANCES, distance_table

        measured = distance_table(first, {name: picture for name, picture, _ in compared})
        closing = [*_verdict(compared, measured), say("distance.formula")]
        if size != first.shape[:2]:
            told = {"width": size[1], "height": size[0], "longest": self.longest}
            closing.append(say("distance.shrunk", **told))
        if resized:
            closing.append(say("distance.resized", names=", ".join(resized[:5])))
        if len(compared) > _DRAWN:
            closing.append(say("distance.more", shown=_DRAWN, count=len(compared)))
        key = "distance.note" if any(other for _, _, other in compared) else "distance.note_alone"
        note = say(key, width=first.shape[1], height=first.shape[0])

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.numbers.distance import draw_distance

            drawn = compared[:_DRAWN]
            png = draw_distance(found.name, note, first, drawn, measured, tuple(DISTANCES), closing)
            yield ".distance.png", png

        return Made(
            name=found.name,
            value=measured,
            files=files,
            numbers={
                "first": found.name,
                "distances": [
                    {"to": name, "other": other, **measured[name]} for name, _, other in compared
                ],
            },
            lines=(*_table(measured), *closing),
            beside=found.beside,
        )


def _fitted(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    import numpy as np
    from PIL import Image

    size, by = (width, height), Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(picture).resize(size, by))


def _free(name: str, compared: list[tuple[str, np.ndarray, bool]]) -> str:
    """The name, or with a number where a copy or another picture has it already."""
    taken = {other for other, _, _ in compared}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _verdict(
    compared: list[tuple[str, np.ndarray, bool]], measured: dict[str, dict[str, float]]
) -> list[str]:
    """What the numbers say: which copy lies farther away than another picture?"""
    from pincel.show.numbers.distance import figure

    copies = {name: measured[name]["l1"] for name, _, other in compared if not other}
    others = {name: measured[name]["l1"] for name, _, other in compared if other}
    if not copies or not others:
        return []
    far, near = max(copies, key=lambda n: copies[n]), min(others, key=lambda n: others[n])
    key = "distance.fooled" if copies[far] >= others[near] else "distance.share"
    share = number(100 * copies[far] / others[near]) if others[near] else "100"
    told = {"copy": far, "other": near, "share": share}
    told |= {"near": figure("l1", others[near]), "far": figure("l1", copies[far])}
    return [say(key, **told)]


def _table(measured: dict[str, dict[str, float]]) -> list[str]:
    """The distances as rows of text, columns aligned."""
    from pincel.pixels.distances import DISTANCES
    from pincel.show.numbers.distance import figure

    wide = max(len(name) for name in measured)
    head = " " * wide + "".join(say(f"distance.name.{key}").rjust(12) for key in DISTANCES)
    rows = [
        name.ljust(wide) + "".join(figure(key, values[key]).rjust(12) for key in DISTANCES)
        for name, values in measured.items()
    ]
    return [head, *rows]
