"""Write the sprites that `diffusion.sprites` learns from as a folder of PNG.

    python tools/small_sprites.py sprites.zip FOLDER
    pincel train diffusion FOLDER --epochs 30 --batch 32 --rate 0.0015 --augment mirror

All different sprites of 16 x 16 pixels with hard edges, without wall and floor tiles, what is
nearly empty, and what fills its square: DawnLike (CC BY 4.0), Kenney and Superpowers (CC0 1.0),
SerenityOS icons (BSD 2-clause).
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from pincel import atomic
from pincel.pixels import encode

SIDE = 16
LEAST, MOST = 0.12, 0.97  # share of opaque pixels


def main() -> None:
    """Read the archive, write the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sprites", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    seen: set[bytes] = set()
    with zipfile.ZipFile(asked.sprites) as archive:
        for line in archive.read("index.jsonl").decode().splitlines():
            row = json.loads(line)
            if (row["w"], row["h"]) != (SIDE, SIDE) or row["semi_alpha"] or row["group"] == "tile":
                continue
            picture = Image.open(io.BytesIO(archive.read(row["file"]))).convert("RGBA")
            rgba = np.array(picture)
            opaque = rgba[..., 3] > 127
            rgba[~opaque] = 0
            rgba[..., 3] = np.where(opaque, 255, 0)
            if LEAST < opaque.mean() < MOST and rgba.tobytes() not in seen:
                atomic.write_whole(asked.folder / f"{len(seen):05}.png", encode.png(rgba))
                seen.add(rgba.tobytes())
    print(f"{len(seen)} sprites in {asked.folder}")


if __name__ == "__main__":
    main()
