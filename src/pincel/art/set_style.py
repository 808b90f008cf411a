"""The habits of a set of sprites, measured, so that new ones can be drawn alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pincel.art.outline import rim
from pincel.art.patterns import count_patterns
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.pixels import color


@dataclass(frozen=True, eq=False)
class SetStyle:
    """What the sprites of a set have in common.

    patterns    (256,) counts of 3x3 patterns (`patterns.count_patterns`)
    colors      median number of colours of a sprite; area: median number of opaque pixels
    chroma      median of the sprites' mean OKLab chroma
    contrast    median of the sprites' spread of lightness (standard deviation)
    outlined    share of sprites whose rim is clearly darker than what it encloses
    outline     "none", "dark" (one colour around) or "colored"
    count       how many sprites were measured
    """

    patterns: np.ndarray
    colors: int
    area: float
    chroma: float
    contrast: float
    outlined: float
    outline: str
    count: int


def measure_style(sprites: Sequence[Sprite]) -> SetStyle:
    """The style of a set of sprites (at least one; first frames count). ValueError for none."""
    if not sprites:
        raise ValueError("a style needs at least one sprite")
    colors, areas, chroma, contrast, outlined, one_color = [], [], [], [], [], []
    for sprite in sprites:
        index = sprite.indices
        worn = index[index != TRANSPARENT]
        if not len(worn):
            continue
        lab = color.srgb_to_oklab(sprite.palette)
        seen = lab[worn]
        colors.append(len(np.unique(worn)))
        areas.append(len(worn))
        chroma.append(float(np.hypot(seen[:, 1], seen[:, 2]).mean()))
        contrast.append(float(seen[:, 0].std()))
        line = rim(index, "inner")
        inside = (index != TRANSPARENT) & ~line
        if line.sum() >= 8 and inside.sum() >= 8:
            darker = lab[index[inside], 0].mean() - lab[index[line], 0].mean()
            outlined.append(darker > 0.12)
            _, votes = np.unique(index[line], return_counts=True)
            one_color.append(votes.max() / votes.sum() > 0.7)
    share = float(np.mean(outlined)) if outlined else 0.0
    kind = "none"
    if share > 0.6:
        drawn = [one for one, has in zip(one_color, outlined, strict=True) if has]
        kind = "dark" if np.mean(drawn) > 0.5 else "colored"
    return SetStyle(
        patterns=count_patterns(s.indices for s in sprites),
        colors=int(np.median(colors)) if colors else 1,
        area=float(np.median(areas)) if areas else 1.0,
        chroma=float(np.median(chroma)) if chroma else 0.0,
        contrast=float(np.median(contrast)) if contrast else 0.0,
        outlined=share,
        outline=kind,
        count=len(sprites),
    )


def colors_for(style: SetStyle, area: int) -> int:
    """How many colours a sprite of `area` opaque pixels has in a style: more on a larger one
    (fourth root of the area), 4 to 32."""
    grown = style.colors * float(np.clip((area / max(style.area, 1.0)) ** 0.25, 1, 2.5))
    return int(np.clip(round(grown), 4, 32))


def toward(style: SetStyle, colors: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """(contrast, saturation) factors that bring source colours half way to a style's habits.

    colors (n, 3) OKLab, weights (n,), floats. Both factors lie between 0.75 and 1.5: a style is a
    manner, not a filter.
    """
    total = max(float(weights.sum()), 1e-6)
    light = float((colors[:, 0] * weights).sum() / total)
    spread = float(np.sqrt((((colors[:, 0] - light) ** 2) * weights).sum() / total))
    chroma = float((np.hypot(colors[:, 1], colors[:, 2]) * weights).sum() / total)

    def factor(wanted: float, own: float) -> float:
        return float(np.clip(np.sqrt(wanted / max(own, 1e-3)), 0.75, 1.5)) if wanted else 1.0

    return factor(style.contrast, spread), factor(style.chroma, chroma)
