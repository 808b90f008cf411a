"""Drawn by a person or converted by a machine? Traits of a sprite, and one weighed sum of them.

The traits are numbers that no stage of the engine lowers or raises on purpose: it works with 3x3
patterns and with the steps of outlines (`patterns`, `contour`), so neither is judged by here. The
weights are a logistic regression on real sprites of six sources and on plain conversions of
photographs and drawn faces (`tools/fit_converted.py`); the threshold is set so that on every
source hardly any real sprite is accused.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from pincel.art.score import craft, indexed_picture
from pincel.art.sprite import TRANSPARENT
from pincel.pixels.color import oklab_distance, srgb_to_oklab

TRAITS = (
    "colors",
    "orphan8",
    "noise",
    "fringe",
    "cluster",
    "pal_nn",
    "pal_min",
    "rarest",
    "edges",
    "soft_edges",
    "mid_edges",
    "ramp",
    "pairs",
    "chroma",
    "range",
    "rim",
    "darkest",
)
SOFT, MIDDLE = 0.06, 0.12
"""Neighbouring colours nearer than this in OKLab make a soft edge, or a middling one."""
FEWEST_COLORS, SMALLEST = 3, 32
"""Of fewer colours or opaque pixels nothing can be said."""


@dataclass(frozen=True)
class Conversion:
    """What the traits say together.

    score      above 0: converted. Log odds, less the threshold
    speaking   the traits that say so most, strongest first; empty where the score is not above 0
    """

    score: float
    speaking: tuple[str, ...]

    @property
    def converted(self) -> bool:
        return self.score > 0


def conversion(rgba: np.ndarray) -> Conversion | None:
    """Judge a picture (h, w, 4) uint8 at its own size; None where it is too small or has too few
    colours to tell."""
    indices, palette = indexed_picture(rgba)
    if len(palette) < FEWEST_COLORS or int((indices >= 0).sum()) < SMALLEST:
        return None
    model, found = _model(), traits(indices, palette)
    parts = {
        name: model["weights"][name]
        * float(np.clip((found[name] - model["mean"][name]) / model["scale"][name], -4, 4))
        for name in TRAITS
    }
    score = math.fsum(parts.values()) + model["bias"] - model["threshold"]
    strongest = sorted(parts, key=lambda name: -parts[name])[:3]
    speaking = tuple(name for name in strongest if parts[name] > 0) if score > 0 else ()
    return Conversion(score, speaking)


def traits(indices: np.ndarray, palette: np.ndarray) -> dict[str, float]:
    """TRAITS of a sprite: indices (h, w) with -1 where transparent, palette (k, 3) uint8, every
    colour worn.

    colors      log of the number of colours
    orphan8, noise, fringe  square roots of the shares of `score.craft`
    cluster     log(1 + its number);  pal_nn, pal_min  log(0.5 + theirs)
    rarest      log(0.5 + pixels of the rarest colour)
    edges       share of neighbouring opaque pixels that differ
    soft_edges, mid_edges  shares of those less than 0.06, and 0.06 to 0.12, apart in OKLab
    ramp        share of them between a colour and the nearest one in the palette
    pairs       share of all pairs of colours that lie beside each other somewhere
    chroma      mean chroma of the palette;  range  its span of lightness
    rim         how much darker than the rest pixels beside transparency are
    darkest     share of pixels in the darkest colour
    """
    measured = craft(indices, palette)
    lab = srgb_to_oklab(palette).astype(np.float64)
    opaque = indices != TRANSPARENT
    counts = np.bincount(indices[opaque], minlength=len(palette))
    darkest = lab[:, 0] == lab[:, 0].min()
    return {
        "colors": math.log(len(palette)),
        "orphan8": math.sqrt(measured.orphan8),
        "noise": math.sqrt(measured.noise),
        "fringe": math.sqrt(measured.fringe),
        "cluster": math.log1p(measured.cluster),
        "pal_nn": math.log(measured.pal_nn + 0.5),
        "pal_min": math.log(measured.pal_min + 0.5),
        "rarest": math.log(float(counts.min()) + 0.5),
        **_edges(indices, lab),
        "chroma": math.fsum(np.hypot(lab[:, 1], lab[:, 2])) / len(lab),
        "range": float(np.ptp(lab[:, 0])),
        "rim": _rim(indices, counts, lab[:, 0]),
        "darkest": float(counts[darkest].max() / counts.sum()),
    }


def _edges(indices: np.ndarray, lab: np.ndarray) -> dict[str, float]:
    pairs, neighbours = [], 0
    for a, b in ((indices[:, :-1], indices[:, 1:]), (indices[:-1], indices[1:])):
        both = (a >= 0) & (b >= 0)
        neighbours += int(both.sum())
        differ = both & (a != b)
        pairs.append(np.stack([a[differ], b[differ]], -1))
    edge = np.concatenate(pairs)
    if not len(edge):
        return {"edges": 0.0, "soft_edges": 0.0, "mid_edges": 0.0, "ramp": 0.5, "pairs": 1.0}
    apart = oklab_distance(lab[:, None], lab[None])
    gap = apart[edge[:, 0], edge[:, 1]]
    np.fill_diagonal(apart, np.inf)
    near = apart == apart.min(1, keepdims=True)
    ramp = near[edge[:, 0], edge[:, 1]] | near[edge[:, 1], edge[:, 0]]
    met = np.unique(np.sort(edge, -1), axis=0)
    return {
        "edges": len(edge) / neighbours,
        "soft_edges": float(np.mean(gap < SOFT)),
        "mid_edges": float(np.mean((gap >= SOFT) & (gap < MIDDLE))),
        "ramp": float(np.mean(ramp)),
        "pairs": len(met) / (len(lab) * (len(lab) - 1) / 2),
    }


def _rim(indices: np.ndarray, counts: np.ndarray, light: np.ndarray) -> float:
    opaque = indices != TRANSPARENT
    padded = np.pad(opaque, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    rim = opaque & ~inner
    if opaque.all() or not rim.any() or not (opaque & inner).any():
        return 0.0
    there = np.bincount(indices[rim], minlength=len(counts))
    return math.fsum(light * counts) / counts.sum() - math.fsum(light * there) / there.sum()


@cache
def _model() -> dict:
    file = resources.files("pincel.art") / "converted.json"
    return json.loads(file.read_text("utf-8"))
