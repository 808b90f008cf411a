"""A page about what a network of boxes or masks gets wrong, the worst pictures first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from pincel.learn.objects.overlay import overlay
from pincel.learn.objects.things import Thing
from pincel.look.cases import ERRORS
from pincel.show.pages.page import (
    Section,
    Shown,
    Table,
    Text,
    bilingual,
    in_both,
    page,
    picture_png,
)
from pincel.words import numbers as spoken
from pincel.words import say

if TYPE_CHECKING:
    from pincel.look.cases import Case, Confusion

_WORST, _PIECES, _AROUND, _SIDE = 8, 24, 12, 96


def cases_lines(found: Sequence[Case], table: Confusion) -> Iterator[str]:
    """The same for people: the confusion, and the worst three pictures."""
    yield from in_words(table)
    for case in found[:3]:
        yield say("audit.case", name=case.name, share=spoken.number(100 * case.share, 1))


def in_words(table: Confusion) -> Iterator[str]:
    """A line for each class."""
    nothing = len(table.classes)
    for row, name in enumerate(table.classes):
        own = table.counts[row]
        yield say(
            "audit.class_line", name=name, right=own[row], missed=own[nothing],
            wrong=own[:nothing].sum() - own[row], doubled=own[nothing + 1],
            extra=table.counts[nothing, row],
        )  # fmt: skip


def cases_page(name: str, found: Sequence[Case], table: Confusion) -> bytes:
    """The page, in both languages."""
    lead = in_both(lambda: " ".join(in_words(table)))
    worst = [_worst(case, table.classes) for case in found[:_WORST]]
    sections = [
        Section(
            bilingual("audit.confusion"),
            [bilingual("audit.confusion_text")],
            [_table(found, table)],
        ),
        Section(bilingual("audit.worst_pictures"), [bilingual("audit.worst_text")], pictures=worst),
    ]
    for kind in ERRORS:
        pieces = list(_pieces(found, kind, table.classes))
        if pieces:
            sections.append(Section(bilingual(f"audit.error_{kind}"), pictures=pieces[:_PIECES]))
    return page(bilingual("audit.things_title", name=name), sections, lead)


def _worst(case: Case, classes: list[str]) -> Shown:
    share = 100 * case.share
    caption = in_both(lambda: say("audit.case", name=case.name, share=spoken.number(share, 1)))
    return Shown(picture_png(_both(case, classes)), caption, 560)


def _both(case: Case, classes: list[str]) -> np.ndarray:
    """What is labelled, and what was found, side by side (h, 2 w + 4, 3) uint8."""
    sides = [overlay(case.picture, scene, classes) for scene in (case.there, case.found)]
    gap = np.full((case.picture.shape[0], 4, 3), 255, np.uint8)
    return np.concatenate([sides[0], gap, sides[1]], 1)


def _table(found: Sequence[Case], table: Confusion) -> Table:
    """The confusion; behind a number lies the first of its things."""
    heads: list[Text] = [bilingual("audit.there"), *table.classes, bilingual("audit.error_missed"),
             bilingual("audit.error_doubled")]  # fmt: skip
    names: list[Text] = [*table.classes, bilingual("audit.nothing")]
    rows = [[name, *map(int, own)] for name, own in zip(names, table.counts, strict=True)]
    behind = {}
    for (row, column), (case, thing) in _first(found, table).items():
        piece = _piece(case, thing, table.classes)
        behind[row, column + 1] = Shown(picture_png(piece), case.name, 2 * _SIDE)
    share = table.counts / np.maximum(table.counts.sum(1, keepdims=True), 1)
    shade = [[0.0, *own] for own in share.tolist()]
    return Table(heads, rows, shade, behind)


def _first(found: Sequence[Case], table: Confusion) -> dict[tuple[int, int], tuple[Case, Thing]]:
    number = {name: k for k, name in enumerate(table.classes)}
    nothing = len(number)
    first: dict[tuple[int, int], tuple[Case, Thing]] = {}
    for case in found:
        there, said = case.there.things, case.found.things
        for a, b in case.said.right + case.said.wrong:
            first.setdefault((number[there[b].kind], number[said[a].kind]), (case, said[a]))
        for a, b in case.said.doubled:
            first.setdefault((number[there[b].kind], nothing + 1), (case, said[a]))
        for b in case.said.missed:
            first.setdefault((number[there[b].kind], nothing), (case, there[b]))
        for a in case.said.extra:
            first.setdefault((nothing, number[said[a].kind]), (case, said[a]))
    return first


def _pieces(found: Sequence[Case], kind: str, classes: list[str]) -> Iterator[Shown]:
    for case in found:
        for thing in case.errors(kind):
            caption = f"{thing.kind}, {case.name}"
            yield Shown(picture_png(_piece(case, thing, classes)), caption, _SIDE)


def _piece(case: Case, thing: Thing, classes: list[str]) -> np.ndarray:
    """The picture around one thing, with it alone drawn, (h, w, 3) uint8."""
    drawn = overlay(case.picture, case.there.only([thing]), classes)
    left, top, right, bottom = (round(side) for side in thing.box)
    piece = drawn[
        max(0, top - _AROUND) : bottom + _AROUND, max(0, left - _AROUND) : right + _AROUND
    ]
    larger = max(1, _SIDE // max(1, *piece.shape[:2]))
    size = (piece.shape[1] * larger, piece.shape[0] * larger)
    return np.asarray(Image.fromarray(piece).resize(size, Image.Resampling.NEAREST))
