"""Write the sprites that `vae.sprites` learns from as a folder of PNG.

    python tools/object_sprites.py sprites.zip FOLDER
    pincel train vae FOLDER --epochs 30 --augment mirror --net "width=48 depth=1 beta=6"

Things and beings of 32 x 32 pixels under CC0 (Dungeon Crawl Stone Soup, Superpowers): what fills
its whole square (walls, floors) is left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pincel import atomic
from pincel.learn.captioned_sprites import captioned
from pincel.pixels import encode

SOURCES = ("crawl", "superpowers")  # CC0-1.0
LEAST, MOST = 0.06, 0.9  # share of opaque pixels


def main() -> None:
    """Read the archive, write the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sprites", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    count = 0
    for row in captioned(asked.sprites, words_only=False):
        share = (row.rgba[..., 3] > 0).mean()
        if row.side == 32 and row.source.startswith(SOURCES) and LEAST < share < MOST:
            atomic.write_whole(asked.folder / f"{count:05}.png", encode.png(row.rgba))
            count += 1
    print(f"{count} sprites in {asked.folder}")


if __name__ == "__main__":
    main()
