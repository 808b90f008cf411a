"""Write the training data of `pincel draw`.

    python tools/sprites_data.py sprites.zip doll-parts.zip OUT.npz [--dolls 5000] [--seed 4]
        [--faces 2600] [--emoji PACKAGE.tgz ...]

What the file holds is said at `pincel.learn.captioned_sprites.caption_arrays`; where faces and
emoji come from, at `drawn_faces` and `emoji_sprites`.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import drawn_faces
import emoji_sprites
from pincel import atomic
from pincel.art.scale2x import scale2x
from pincel.learn.captioned_sprites import caption_arrays

Row = tuple[np.ndarray, str, str, str]
"""A picture, its caption, its source and its group."""


def emoji(archives: list[Path]) -> Iterator[Row]:
    """Emoji that are drawn as vectors."""
    for rgba, caption, source in emoji_sprites.sprites(archives):
        if (rgba[..., 3] > 0).sum() > 60:
            yield rgba, caption, source, "vector"


def portraits(count: int, seed: int) -> Iterator[Row]:
    """Faces at 16 pixels, and doubled."""
    for rgba, caption in drawn_faces.faces(count, seed):
        yield rgba, caption, "dicebear", "portrait"
        yield doubled(rgba), caption, "dicebear large", "portrait"


def doubled(rgba: np.ndarray) -> np.ndarray:
    """Twice as large by Scale2x."""
    large = scale2x(np.ascontiguousarray(rgba).view(np.uint32)[..., 0])
    return np.ascontiguousarray(large)[..., None].view(np.uint8)


def main() -> None:
    """Read both archives, write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sprites", type=Path)
    parser.add_argument("parts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dolls", type=int, default=5000)
    parser.add_argument("--faces", type=int, default=2600)
    parser.add_argument("--emoji", type=Path, nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=4)
    asked = parser.parse_args()
    more = [*emoji(asked.emoji), *portraits(asked.faces, asked.seed + 1)]
    arrays = caption_arrays(asked.sprites, asked.parts, asked.dolls, asked.seed, more)
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    atomic.write_whole(asked.out, held.getvalue())
    for side in (16, 32):
        part = {k.removeprefix(f"a{side}_"): v for k, v in arrays.items() if f"a{side}_" in k}
        print(f"{side}: {len(part['index'])} sprites, {part['held'].sum()} held out, "
              f"{(part['label'] >= 0).sum()} in {len(np.unique(part['label'])) - 1} classes, "
              f"weights sum to {part['weight'].sum():.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
