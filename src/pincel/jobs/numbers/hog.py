"""The job that describes a picture by the directions of its edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._place import checked_place, place
from pincel.jobs.each import each, found_in
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.pixels.hog import Description
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

_MADE = ("hog",)
"""Endings of what it writes beside its pictures."""


class Hog(Job):
    """Histogram of oriented gradients (Dalal & Triggs, 2005): gradient, cells, bins, blocks and
    the vector that describes the picture."""

    gives: ClassVar[str] = "pincel.pixels.hog.Description"

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    cell: int = setting(8, ge=2, le=64)
    block: int = setting(2, ge=1, le=8)
    bins: int = setting(9, ge=2, le=36)
    norm: Literal["L2-Hys", "L2", "L1", "L1-sqrt"] = setting("L2-Hys")
    color: bool = setting(False)
    root: bool = setting(False)
    longest: int = setting(256, ge=0, le=4096)
    at: str | None = setting(None)

    _at = checked_place("at", "hog.place")

    def apart(self) -> Sequence[Any]:
        return found_in(self.sources, *_MADE)

    def run(self) -> Iterator[Event]:
        yield from each(self.sources, self._one, *_MADE)

    def _one(self, picture: Picture, found: Found) -> Iterator[Event]:
        from pincel.pixels import hog
        from pincel.pixels.planes import at_most, grey, on_ground

        rgb = at_most(on_ground(picture.rgba), self.longest)
        shown = rgb if self.color else grey(rgb)
        described = hog.description_of(
            shown / 255.0,
            cell=self.cell,
            block=self.block,
            bins=self.bins,
            norm=self.norm,
            root=self.root,
        )
        place = self._cell_place(described)
        height, width = shown.shape[:2]
        note = say("hog.note", width=width, height=height, **self._sizes())
        closing = self._closing(described, shown, picture)
        column, row = place

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.numbers.hog import draw_hog

            yield (
                ".hog.png",
                draw_hog(found.name, note, shown, described, place, self.cell, self.block, closing),
            )

        yield Made(
            name=found.name,
            value=described,
            files=files,
            numbers={
                "width": width,
                "height": height,
                "cells": list(described.cells.shape[:2]),
                "blocks": list(described.blocks.shape[:2]),
                "length": int(described.vector.size),
                "cell": {
                    "column": column,
                    "row": row,
                    "votes": described.cells[row, column].tolist(),
                },
                "vector": described.vector.tolist(),
            },
            lines=(note, *closing),
            beside=found.beside,
        )

    def _sizes(self) -> dict[str, Any]:
        return {"cell": self.cell, "block": self.block, "bins": self.bins, "norm": self.norm}

    def _cell_place(self, described: Description) -> tuple[int, int]:
        """The cell that was asked for, or the one with the strongest gradient."""
        import numpy as np

        rows, columns = described.cells.shape[:2]
        if self.at is None:
            votes = np.round(described.cells.sum(-1), 9)
            strongest = int(np.argmax(votes))
            return strongest % columns, strongest // columns
        column, row = place(self.at, "hog.place")
        if not (0 <= column < columns and 0 <= row < rows):
            raise PincelError("hog.outside", at=self.at, right=columns - 1, bottom=rows - 1)
        return column, row

    def _closing(self, described: Description, shown: np.ndarray, picture: Picture) -> list[str]:
        from pincel.words.numbers import number

        rows, columns = described.cells.shape[:2]
        down, across = described.blocks.shape[:2]
        length = described.vector.size
        closing = [
            say("hog.cells", rows=rows, columns=columns, bins=self.bins, cell=self.cell),
            say(
                "hog.vector",
                down=down,
                across=across,
                block=self.block,
                bins=self.bins,
                length=number(length),
                pixels=number(shown.size),
            ),
        ]
        if shown.shape[:2] != (picture.height, picture.width):
            sizes = {"width": picture.width, "height": picture.height}
            closing.append(say("hog.shrunk", longest=self.longest, **sizes))
        left_over = (shown.shape[0] % self.cell, shown.shape[1] % self.cell)
        if any(left_over):
            closing.append(say("hog.left_over", rows=left_over[0], columns=left_over[1]))
        return closing
