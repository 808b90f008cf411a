"""Pictures that lie in two parts of a data set of masks and look alike: what a test part would be
too easy by.

    python tools/near_doubles.py DATA [--least 0.01]

Each picture is brought to its own median and span, as the network sees it, shrunk to 96 pixels, and
compared with all others by `pincel.make.sets.alike`; pairs of two parts that are closer than
`--least` are printed, the closest first, for somebody to look at.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
from PIL import Image

from pincel.learn.objects import inputs
from pincel.learn.objects.things_data import open_things
from pincel.make.sets import alike

SIDE = 96
_MOST = 3.6  # what `seen.for_masks` clips at


def shrunk(rgb: np.ndarray) -> np.ndarray:
    """A picture (h, w, 3) uint8 in its own brightness, longer side `SIDE`, (rows, columns, 4)."""
    level = (inputs.for_masks(rgb) + _MOST) / (2 * _MOST)
    shown = Image.fromarray((255 * level).clip(0, 255).astype(np.uint8))
    scale = SIDE / max(shown.size)
    width, height = (max(1, round(side * scale)) for side in shown.size)
    return np.asarray(shown.resize((width, height), Image.Resampling.BOX).convert("RGBA"))


def pairs(folder: str, least: float) -> Iterator[tuple[float, str, str, str, str]]:
    """(gap, file, part, file, part) of pictures in different parts."""
    data = open_things(folder, "masks")
    rows = [
        (scene.name, name, alike.look(shrunk(picture)))
        for name, part in data.parts.items()
        for picture, scene in zip(part.pictures, part.scenes, strict=True)
    ]
    looks = np.stack([look for _, _, look in rows])
    for k, (name, part, look) in enumerate(rows):
        far = (looks[:k] - look).astype(np.float64).reshape(k, look.size)
        gaps = np.sqrt((far**2).sum(1)) / alike.SIDE
        for gap, (other, there, _) in zip(gaps, rows, strict=False):
            if gap < least and there != part:
                yield float(gap), name, part, other, there


def main() -> None:
    """Print them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("data")
    asked.add_argument("--least", type=float, default=0.01)
    given = asked.parse_args()
    found = sorted(pairs(given.data, given.least))
    for gap, name, part, other, there in found:
        print(f"{gap:.4f}  {name} ({part})  {other} ({there})")
    print(f"{len(found)} pairs closer than {given.least} across the parts")


if __name__ == "__main__":
    main()
