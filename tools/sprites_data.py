"""Write the training data of `pincel draw`.

    python tools/sprites_data.py sprites.zip doll-parts.zip OUT.npz [--dolls 3000] [--seed 4]

What the file holds is said at `pincel.learn.sprites.tables`.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import numpy as np

from pincel import atomic
from pincel.learn.sprites import tables


def main() -> None:
    """Read both archives, write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sprites", type=Path)
    parser.add_argument("parts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dolls", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=4)
    asked = parser.parse_args()
    arrays = tables(asked.sprites, asked.parts, asked.dolls, asked.seed)
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    atomic.write(asked.out, held.getvalue())
    for side in (16, 32):
        part = {k.removeprefix(f"a{side}_"): v for k, v in arrays.items() if f"a{side}_" in k}
        print(f"{side}: {len(part['index'])} sprites, {part['held'].sum()} held out, "
              f"{(part['label'] >= 0).sum()} in {len(np.unique(part['label'])) - 1} classes, "
              f"weights sum to {part['weight'].sum():.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
