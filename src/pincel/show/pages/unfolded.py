"""A page about what a network of boxes or masks says of one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.learn.objects.overlay import overlay
from pincel.show.heat import overlaid
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

if TYPE_CHECKING:
    from pincel.look.unfolded import Unfolded

_SIDE = 448


def found_picture(told: Unfolded, alone: bool = False) -> np.ndarray:
    """The picture with everything that was found, or with the chosen thing alone, (h, w, 3)
    uint8."""
    scene = told.scene.only([told.thing]) if alone else told.scene
    return overlay(told.picture, scene, told.classes)


def heat_picture(told: Unfolded, plane: np.ndarray) -> np.ndarray:
    """A plane (rows, columns) 0 to 1 laid over the picture, (h, w, 3) uint8."""
    return overlaid(told.picture, plane, side=_SIDE)


def unfolded_page(name: str, told: Unfolded) -> bytes:
    """The page, in both languages."""
    kind, score = told.thing.kind, told.thing.score or 0.0
    lead = in_both(lambda: _lead(told, kind, score))
    planes = [
        Shown(picture_png(heat_picture(told, plane)), _plane(plane_name), _SIDE)
        for plane_name, plane in told.planes.items()
    ]
    alone = Shown(picture_png(found_picture(told, alone=True)), bilingual("unfolded.chosen"), _SIDE)
    looked = Shown(picture_png(heat_picture(told, told.heat)), bilingual("unfolded.looked"), _SIDE)
    rows = [[bilingual(f"unfolded.step.{key}"), _value(value)] for key, value in told.steps]
    sections = [
        Section(
            bilingual("unfolded.found"),
            pictures=[Shown(picture_png(found_picture(told)), "", 640)],
        ),
        Section(bilingual("unfolded.places"), [bilingual("unfolded.places_text")], pictures=planes),
        Section(bilingual("unfolded.steps"), tables=[Table(["", ""], rows)], pictures=[alone]),
        Section(
            bilingual("unfolded.gradcam"),
            [bilingual("unfolded.gradcam_text")],
            pictures=[looked],
        ),
    ]
    return page(name, sections, lead)


def _lead(told: Unfolded, kind: str, score: float) -> str:
    from pincel.words import say

    return say(
        "unfolded.lead", count=len(told.scene.things), kind=kind, number=told.chosen + 1,
        score=spoken.number(100 * score, 1),
    )  # fmt: skip


def _plane(name: str) -> Text:
    return bilingual(f"unfolded.plane.{name}") if name in ("ground", "depth", "fit") else name


def _value(value: Any) -> Text:
    if isinstance(value, float):
        return in_both(lambda: spoken.number(value, 3))
    return str(value)
