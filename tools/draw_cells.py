"""Draws blood cells: pictures for the documentation that come from no data set.

python tools/draw_cells.py

Each kind has what tells it from the others in a stained smear (lobes of the nucleus, granules, how
much of the cell the nucleus fills), so that a network that learned from photographs can be shown,
and opened, on them. They are drawings, no evidence about real cells.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

KINDS = ("neutrophil", "eosinophil", "basophil", "lymphocyte", "monocyte", "erythroblast",
         "platelet")  # fmt: skip
ASSETS = Path(__file__).parents[1] / "assets" / "cells"
_TURN = 2 * np.pi


class Slide:
    """A square of a smear, 28 units wide, on which soft discs are laid."""

    def __init__(self, side: int, rng: np.random.Generator) -> None:
        self.unit, self.rng = side / 28, rng
        self.y, self.x = (np.mgrid[0:side, 0:side] + 0.5) / self.unit
        self.pixels = np.empty((side, side, 3))
        self.pixels[:] = np.array((253, 229, 206)) + rng.normal(0, 3, 3)

    def disc(
        self, y: float, x: float, radius: float, soft: float = 1.0, wobble: float = 0.0
    ) -> np.ndarray:
        """(h, w) 0-1: a disc whose rim takes `soft` units, a little uneven."""
        turned = np.arctan2(self.y - y, self.x - x)
        rim = radius * (1 + wobble * np.cos(3 * turned + self.rng.uniform(0, _TURN)))
        return np.clip((rim - np.hypot(self.y - y, self.x - x)) / soft + 0.5, 0, 1)

    def lay(self, mask: np.ndarray, color: tuple[float, ...] | np.ndarray) -> None:
        """Cover what the mask covers."""
        self.pixels += (np.asarray(color, float) - self.pixels) * mask[..., None]

    def granules(self, center: tuple[float, float], reach: float, count: int, size: float,
                 color: tuple[int, ...]) -> None:  # fmt: skip
        """Small spots all over a cell."""
        for _ in range(count):
            far, turn = reach * np.sqrt(self.rng.uniform()), self.rng.uniform(0, _TURN)
            spot = self.disc(center[0] + far * np.sin(turn), center[1] + far * np.cos(turn), size,
                             0.45)  # fmt: skip
            self.lay(0.8 * spot, color + self.rng.normal(0, 7, 3))

    def lobes(self, center: tuple[float, float], count: int, apart: float, far: float,
              radius: float, color: tuple[int, ...]) -> None:  # fmt: skip
        """A nucleus of several lobes, `apart` radians from one to the next."""
        first = self.rng.uniform(0, _TURN)
        for k in range(count):
            turn = first + k * apart
            y, x = center[0] + far * np.sin(turn), center[1] + far * np.cos(turn)
            self.lay(self.disc(y, x, radius, 1.1, 0.07), color)


def draw(kind: str, seed: int = 0, side: int = 112) -> np.ndarray:
    """One cell of a kind among red cells, (side, side, 3) uint8."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    slide = Slide(2 * side, rng)
    for _ in range(rng.integers(3, 6)):  # red cells, paler in the middle
        turn, far, radius = rng.uniform(0, _TURN), rng.uniform(12.5, 16), rng.uniform(3.6, 4.3)
        y, x = 14 + far * np.sin(turn), 14 + far * np.cos(turn)
        slide.lay(0.9 * slide.disc(y, x, radius), (222, 172, 164))
        slide.lay(0.6 * slide.disc(y, x, 0.45 * radius, 2.2), (246, 214, 198))
    y, x = center = tuple(14 + rng.normal(0, 0.5, 2))
    if kind == "neutrophil":
        slide.lay(slide.disc(y, x, 8.2, 1.2, 0.03), (226, 190, 205))
        slide.lobes(center, 3, 1.75, 3.6, 2.9, (98, 52, 140))
    elif kind == "eosinophil":
        slide.lay(slide.disc(y, x, 8.6, 1.2, 0.03), (190, 120, 150))
        slide.granules(center, 8, 220, 0.55, (176, 82, 120))
        slide.lobes(center, 2, 2.3, 3.6, 3.5, (88, 42, 130))
    elif kind == "basophil":
        slide.lay(slide.disc(y, x, 8.0, 1.2, 0.03), (150, 100, 165))
        slide.lay(slide.disc(y, x, 5.6, 2.0, 0.1), (112, 60, 140))
        slide.granules(center, 7.6, 160, 0.7, (58, 22, 92))
    elif kind == "lymphocyte":
        slide.lay(slide.disc(y, x, 7.0, 1.0, 0.03), (176, 160, 215))
        slide.lay(slide.disc(y + 0.4, x - 0.5, 6.0, 1.0, 0.03), (92, 44, 132))
    elif kind == "monocyte":
        slide.lay(slide.disc(y, x, 9.2, 1.2, 0.06), (172, 150, 190))
        turn = rng.uniform(0, _TURN)
        notch = slide.disc(y + 5.6 * np.sin(turn), x + 5.6 * np.cos(turn), 3.2, 1.4)
        slide.lay(np.clip(slide.disc(y, x, 7.0, 1.4, 0.08) - notch, 0, 1), (112, 62, 148))
    elif kind == "erythroblast":
        slide.lay(slide.disc(y, x, 6.2, 1.0, 0.03), (196, 172, 190))
        slide.lay(slide.disc(y, x + 0.3, 4.2, 0.9, 0.03), (70, 28, 100))
    else:
        slide.lay(slide.disc(y, x, 2.2, 1.2, 0.15), (170, 120, 180))
        slide.lay(slide.disc(y, x, 1.1), (130, 76, 160))
    grain = Image.fromarray(rng.normal(0, 4, (28, 28)).astype(np.float32))
    slide.pixels += np.asarray(grain.resize((2 * side, 2 * side), Image.Resampling.BICUBIC))[
        ..., None
    ]
    whole = Image.fromarray(np.clip(np.rint(slide.pixels), 0, 255).astype(np.uint8))
    return np.asarray(whole.resize((side, side), Image.Resampling.BOX))


def main() -> None:
    """Write one picture of each kind."""
    ASSETS.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        Image.fromarray(draw(kind)).save(ASSETS / f"{kind}.png", optimize=True)


if __name__ == "__main__":
    main()
