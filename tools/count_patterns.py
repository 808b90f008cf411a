"""Counts the 3x3 patterns that come with the package (src/pincel/art/patterns.json).

    python tools/count_patterns.py SPRITES

SPRITES is a folder with `index.jsonl` (file, source, semi_alpha, colors, w, h) and the sprites it
names; only those in the public domain (CC0) are counted. "naive" is counted on plain conversions
(area average, median cut) of two pictures that scikit-image brings along.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from pincel.art.patterns import count_patterns
from pincel.art.sprite import Sprite

STYLES = {"superpowers": ("superpowers",), "crawl": ("crawl-2010", "crawl-2015")}
TARGET = Path(__file__).parents[1] / "src/pincel/art/patterns.json"


def drawn(folder: Path, sources: tuple[str, ...]) -> list[np.ndarray]:
    """The labels of every usable sprite of these sources."""
    found = []
    for line in (folder / "index.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        usable = row["source"] in sources and row["license"] == "CC0-1.0" and not row["semi_alpha"]
        if usable and 3 <= row["colors"] <= 64 and max(row["w"], row["h"]) <= 256:
            rgba = np.asarray(Image.open(folder / row["file"]).convert("RGBA"))
            found.append(Sprite.from_rgba(rgba).indices)
    return found


def naive() -> list[np.ndarray]:
    """Plain conversions at several sizes, cut into pieces."""
    found = []
    for picture in (data.astronaut(), data.coffee()):
        height, width = picture.shape[:2]
        for top in range(0, height - 199, 100):
            for left in range(0, width - 199, 100):
                piece = Image.fromarray(picture[top : top + 200, left : left + 200])
                for size in (32, 48, 64):
                    small = piece.resize((size, size), Image.Resampling.BOX).quantize(16)
                    found.append(np.asarray(small).astype(np.int16))
    return found


def main(folder: Path) -> None:
    sets = {name: drawn(folder, sources) for name, sources in STYLES.items()}
    sets["naive"] = naive()
    tables = {}
    for name, sprites in sets.items():
        counts = count_patterns(sprites)
        tables[name] = [round(float(c), 1) for c in counts / counts.sum() * 100_000]
        print(f"{name}: {len(sprites)} sprites")
    note = "3x3 same-as-centre pattern counts, scaled to 100000; made by tools/count_patterns.py"
    body = {"note": note, "tables": tables}
    TARGET.write_text(json.dumps(body, separators=(",", ":")).replace('],"', '],\n"') + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
