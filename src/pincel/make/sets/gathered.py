"""A data set of gathered pictures: judged, without doubles, split so that nothing leaks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np

from pincel.learn.split import PARTS, by_group
from pincel.make.sets.alike import compare_pictures
from pincel.make.sets.judged import SetPicture, free_file_name

COLUMNS = (
    *("file", "label", "split", "group", "caption", "width", "height", "cell", "frames"),
    *("colors", "palette", "transparent", "half_transparent", "licence", "author", "source"),
    *("place", "sha256"),
)


@dataclass(frozen=True, eq=False)
class GatheredPicture:
    """A picture of the set: its file's name, its part ("train", "val", "test") and its family."""

    piece: SetPicture
    name: str
    part: str
    family: str

    def row(self, folder: str) -> dict[str, Any]:
        """Its line in the table; `file` is told from where the table lies."""
        piece, item = self.piece, self.piece.item
        across, down = piece.cell
        return {
            "file": f"{folder}/{self.name}{piece.suffix}", "label": item.label,
            "split": self.part, "group": self.family, "caption": item.caption,
            "width": piece.size[0], "height": piece.size[1],
            "cell": f"{across:g}" if across == down else f"{across:g}x{down:g}",
            "frames": piece.frames, "colors": piece.colors, "palette": piece.palette,
            "transparent": round(piece.clear, 4), "half_transparent": round(piece.half, 4),
            "licence": item.licence, "author": item.author, "source": item.source,
            "place": item.place, "sha256": sha256(piece.data).hexdigest(),
        }  # fmt: skip


@dataclass(frozen=True, eq=False)
class Gathered:
    """The set: what was kept, what was left out as (place, why), and how many families it has."""

    kept: tuple[GatheredPicture, ...]
    left_out: tuple[tuple[str, str], ...]
    families: int = 0
    split: bool = True

    def rows(self, folder: str = "pictures") -> list[dict[str, Any]]:
        """The table, one row a picture."""
        return [one.row(folder) for one in self.kept]


@dataclass
class Gathering:
    """Pieces as they come in; `done` makes the set of them."""

    pieces: list[SetPicture] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def leave(self, place: str, why: str) -> None:
        """Note what is left out, and why."""
        self.left_out.append((place, why))

    def done(
        self, shares: Sequence[float], seed: int, double: str, *, keep_doubles: bool = False
    ) -> Gathered:
        """The set.

        shares  of train, val and test, adding up to 1
        double  the sentence for a double, with a blank {other}

        Pictures that are alike, and those of one named group, are in one part. Where there are
        fewer families than parts nothing is split.
        """
        likeness = compare_pictures([piece.rgba for piece in self.pieces])
        names: list[str] = []
        taken: set[str] = set()
        chosen: list[int] = []
        left = list(self.left_out)
        for number, piece in enumerate(self.pieces):
            names.append(free_file_name(piece.item, taken))
            other = int(likeness.double_of[number])
            if other >= 0 and not keep_doubles:
                left.append((piece.item.place, double.format(other=self.pieces[other].item.place)))
            else:
                chosen.append(number)
        families = self._families(likeness.family)
        parts, split = _parts([self.pieces[n] for n in chosen], families[chosen], shares, seed)
        kept = [
            GatheredPicture(self.pieces[number], names[number], part, f"g{families[number]}")
            for number, part in zip(chosen, parts, strict=True)
        ]
        return Gathered(tuple(kept), tuple(left), len({one.family for one in kept}), split)

    def _families(self, alike: np.ndarray) -> np.ndarray:
        """Families of pictures that are alike or whose source puts them in one group, (n,) int,
        each called by its first picture."""
        family = alike.copy()
        first: dict[str, int] = {}
        for number, piece in enumerate(self.pieces):
            if piece.item.group:
                mine, theirs = family[number], family[first.setdefault(piece.item.group, number)]
                family[family == max(mine, theirs)] = min(mine, theirs)
        return family


def _parts(
    pieces: Sequence[SetPicture], families: np.ndarray, shares: Sequence[float], seed: int
) -> tuple[list[str], bool]:
    labels = [piece.item.label for piece in pieces]
    codes = np.unique(labels, return_inverse=True)[1] if labels else np.zeros(0, int)
    if len(set(families.tolist())) < len(PARTS):
        return ["train"] * len(pieces), False
    rng = np.random.default_rng(seed)
    parts = [""] * len(pieces)
    for name, rows in zip(PARTS, by_group(codes, families.tolist(), shares, rng), strict=True):
        for row in rows:
            parts[int(row)] = name
    return parts, True


def set_tables(set_: Gathered, folder: str) -> Iterator[tuple[str, bytes]]:
    """The table of the set and that of what was left out, as (suffix, bytes)."""
    yield ".csv", _csv(COLUMNS, set_.rows(folder))
    lines = [{"place": place, "why": why} for place, why in set_.left_out]
    if lines:
        yield ".left-out.csv", _csv(("place", "why"), lines)


def _csv(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()
