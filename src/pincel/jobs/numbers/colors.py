"""The job that shows one picture in several colour spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._place import checked_place, place
from pincel.jobs.each import each, found_in
from pincel.words import say

if TYPE_CHECKING:
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

_MADE = ("colors",)
"""Endings of what it writes beside its pictures."""


class Colors(Job):
    """RGB, HSV, CIELAB and OKLab planes of a picture side by side, and one pixel followed through
    all of them."""

    gives: ClassVar[str] = "dict[str, Any]"

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    at: str | None = setting(None)

    _at = checked_place("at", "colors.place")

    def apart(self) -> Sequence[Any]:
        return found_in(self.sources, *_MADE)

    def run(self) -> Iterator[Event]:
        yield from each(self.sources, self._one, *_MADE)

    def _one(self, picture: Picture, found: Found) -> Iterator[Event]:
        from pincel.pixels import planes
        from pincel.show.numbers.colors import coordinates

        rgb = planes.on_ground(picture.rgba)
        x, y = planes.most_colorful(rgb) if self.at is None else place(self.at, "colors.place")
        if not (0 <= x < picture.width and 0 <= y < picture.height):
            raise PincelError(
                "colors.outside", at=self.at, right=picture.width - 1, bottom=picture.height - 1
            )
        found_colors = planes.distinct(rgb)
        extents = {space: planes.extents(*found_colors, space) for space in planes.SPACES}
        pixel = {space: planes.convert(rgb[y, x][None], space)[0] for space in planes.SPACES}
        code = "#{:02x}{:02x}{:02x}".format(*rgb[y, x])
        note = say("colors.note", x=x, y=y, code=code)

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.numbers.colors import draw_colors

            yield ".colors.png", draw_colors(found.name, note, rgb, extents, (x, y))

        told = {
            space: f"{say(f'colors.space.{space}')}: {coordinates(space, values)}"
            for space, values in pixel.items()
        }
        yield Made(
            name=found.name,
            value={"pixel": pixel, "planes": extents},
            files=files,
            numbers={
                "pixel": {
                    "x": x,
                    "y": y,
                    "code": code,
                    **{space: _rounded(values) for space, values in pixel.items()},
                },
                "planes": {
                    space: {
                        axis.name: {k: round(v, 5) for k, v in vars(extent).items()}
                        for axis, extent in zip(planes.SPACES[space], three, strict=True)
                    }
                    for space, three in extents.items()
                },
            },
            lines=(note, *told.values()),
            beside=found.beside,
        )


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 5) for value in values]
