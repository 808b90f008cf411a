"""The contact sheet on the page of `translate`: faces that it never learned from, unpicked.

    python tools/docs_translate.py

The first eight seeds of each style that was kept away from it. A row holds the faces as drawn, what
`pixelate --width 16` makes of the head's square, and what `translate` makes of the picture.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import pincel
from docs_pictures import INK, PAPER, checker, png
from drawn_styles import UNSEEN
from pincel.atomic import write
from pincel.make.pictures import heads
from pincel.make.pictures.translate import open_translator

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))
SHOWN, CELL, GAP = 8, 96, 12


def main() -> None:
    """Draw and write."""
    from pictures import face

    rows = []
    for style in UNSEEN:
        drawn = [face(style, f"unseen {k}", 384) for k in range(SHOWN)]
        rows += [
            (style, [Image.fromarray(one) for one in drawn]),
            ("pixelate --width 16", [Image.fromarray(shrunk(one)) for one in drawn]),
            ("translate", [Image.fromarray(pincel.translate(one).rgba()) for one in drawn]),
        ]
    write(ROOT / "docs" / "pictures" / "translate.png", png(sheet(rows)))


def shrunk(rgba: np.ndarray) -> np.ndarray:
    """The head's square through `pixelate`."""
    frame = open_translator().translate(rgba).frame
    alpha = heads.framed(np.repeat(rgba[..., 3:], 3, 2), frame, 192)[..., :1]
    head = np.dstack([heads.framed(rgba[..., :3], frame, 192), alpha])
    return pincel.pixelate(head, width=16).rgba()


def sheet(rows: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    """Rows of pictures, each with its name on the left."""
    left, font = 150, ImageFont.load_default(14)
    size = (left + SHOWN * (CELL + GAP) + GAP, len(rows) * (CELL + GAP) + GAP)
    whole = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(whole)
    for y, (name, pictures) in enumerate(rows):
        top = GAP + y * (CELL + GAP)
        draw.text((10, top + CELL // 2 - 8), name, INK, font)
        for x, picture in enumerate(pictures):
            how = Image.Resampling.NEAREST if picture.width <= 32 else Image.Resampling.LANCZOS
            shown = checker(picture.resize((CELL, CELL), how))
            whole.paste(shown, (left + x * (CELL + GAP), top))
    return whole


if __name__ == "__main__":
    main()
