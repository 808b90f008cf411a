"""Real pixel art or not, and why: gates, craft numbers beside real sprites, what is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from pincel.art.drawn import Conversion, conversion
from pincel.art.enlarged import enlarged
from pincel.art.kept import Kept, against
from pincel.art.reference import Range, reference_named, standing_of
from pincel.art.score import Gates, craft, gates, indexed_picture

MOST_COLORS = 64
"""More colours than this are no palette: real sprites have 4 to 22, the richest about 60."""
LARGEST, RICHEST = 512 * 512, 256
"""Pixels and colours beyond which craft numbers say nothing about sprites."""


@dataclass(frozen=True)
class Reason:
    """Why a picture is no pixel art: `key` of a sentence in words/score.json, and its values."""

    key: str
    values: dict[str, float]


@dataclass(frozen=True)
class JudgedNumber:
    """One number beside what real sprites show; `standing` as `reference.standing_of` has it."""

    name: str
    value: float
    real: Range
    standing: str


@dataclass(frozen=True)
class Verdict:
    """What is known about one picture.

    gates     size, colours, soft alpha
    enlarged  about how many pixels wide each of its squares is; None when it is at its own size
    true_size (width, height) before it was enlarged; None when it is at its own size
    reasons   why it is no real pixel art; empty when it is
    style     the real sprites that it is compared with
    conversion  whether it was drawn or converted; None where that cannot be told
    numbers   the craft numbers; empty where they would say nothing (enlarged, far too large)
    kept      what it keeps of its source, when one was given
    """

    gates: Gates
    enlarged: float | None
    reasons: tuple[Reason, ...]
    style: str
    numbers: tuple[JudgedNumber, ...]
    kept: Kept | None = None
    true_size: tuple[int, int] | None = None
    conversion: Conversion | None = None

    @property
    def real(self) -> bool:
        """Whether every gate is passed."""
        return not self.reasons

    @property
    def grade(self) -> str:
        """ "no" when a gate fails, "rough" when it passes them but looks converted, or "yes"."""
        if not self.real:
            return "no"
        return "rough" if self.conversion and self.conversion.converted else "yes"

    @property
    def untidy(self) -> tuple[JudgedNumber, ...]:
        """The numbers that are worse than in nine of ten real sprites."""
        return tuple(number for number in self.numbers if number.standing == "much")

    def plain(self) -> dict[str, object]:
        """The same as plain JSON values."""
        return {
            "real": self.real,
            "grade": self.grade,
            "reasons": [{"why": reason.key, **reason.values} for reason in self.reasons],
            "enlarged": self.enlarged,
            "true_size": self.true_size,
            "converted": round(self.conversion.score, 6) if self.conversion else None,
            "gates": asdict(self.gates),
            "style": self.style,
            "craft": {
                n.name: {
                    "value": round(n.value, 6),
                    "real": [n.real.low, n.real.median, n.real.high],
                    "standing": n.standing,
                }
                for n in self.numbers
            },
            "kept": {k: round(v, 6) for k, v in asdict(self.kept).items()} if self.kept else None,
        }


def judge(
    rgba: np.ndarray,
    source: np.ndarray | None = None,
    *,
    colors: int = MOST_COLORS,
    size: tuple[int | None, int | None] = (None, None),
    style: str = "superpowers",
) -> Verdict:
    """Judge a picture, (h, w, 4) uint8, and what it keeps of `source`, (H, W, 4).

    colors  the most colours allowed;  size  (width, height) that were asked for, if any;
    style   the real sprites to compare with, one of `reference.names()`
    """
    facts = gates(rgba)
    large = enlarged(rgba)
    reasons = []
    if large:
        size_told = {"width": large.width, "height": large.height}
        reasons.append(Reason("enlarged", {"times": round(large.times, 1), **size_told}))
    if facts.colors == 0:
        reasons.append(Reason("empty", {}))
    if facts.colors > colors:
        reasons.append(Reason("many_colors", {"colors": facts.colors, "most": colors}))
    if facts.soft > 0:
        reasons.append(Reason("soft", {"share": facts.soft}))
    asked = (size[0] or facts.width, size[1] or facts.height)
    if asked != (facts.width, facts.height):
        came = {"width": facts.width, "height": facts.height}
        reasons.append(Reason("size", {**came, "asked_width": asked[0], "asked_height": asked[1]}))
    small = facts.width * facts.height <= LARGEST and 0 < facts.colors <= RICHEST
    measured = small and not large
    return Verdict(
        gates=facts,
        enlarged=large.times if large else None,
        true_size=(large.width, large.height) if large else None,
        conversion=conversion(rgba) if measured else None,
        reasons=tuple(reasons),
        style=style,
        numbers=_beside_real(rgba, style) if measured else (),
        kept=against(rgba, source) if source is not None else None,
    )


def _beside_real(rgba: np.ndarray, style: str) -> tuple[JudgedNumber, ...]:
    indices, palette = indexed_picture(rgba)
    reference = reference_named(style)
    values = {**asdict(craft(indices, palette)), "pattern": reference.distance(indices)}
    return tuple(
        JudgedNumber(
            name, value, reference.ranges[name], standing_of(name, value, reference.ranges[name])
        )
        for name, value in values.items()
    )
