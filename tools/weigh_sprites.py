"""Weigh the training data of `pincel draw` anew.

    python tools/weigh_sprites.py DATA.npz OUT.npz

Three things that hurt what is drawn: a thing with few pictures is hardly ever seen (every object
gets a floor, buildings a higher one); thousands of faces crowd the rest out (a ceiling); pictures
that are nearly black teach black (the blacker, the less they are seen). And arrows of emoji are
signs, not what a bow shoots: they are told as signs.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import numpy as np

from pincel import atomic
from pincel.art.lexicon import by_name, vocabulary
from pincel.learn.drawing import LARGE, SMALL, open_drawings

FLOOR, BUILT, CEILING, MOST = 9.0, 18.0, 110.0, 4.0
"""Least weight of an object's pictures together, that of a building, the greatest, and by how much
a picture may be weighed up for it."""
DARK, PALED, LEAST = 0.15, 1.3, 0.25
"""From this share of near-black pixels on a picture counts less, by so much, down to so much."""
BLACK = 0.25
_BUILDINGS = ("building", "house", "castle", "tower", "church", "temple", "tent", "shop", "hut",
              "lighthouse", "ruins", "mill", "windmill", "palace")  # fmt: skip
_DOLL = 1.3
"""Dolls teach things in their places, which in-painting needs."""
_SIGNS = ("serenity-emoji", "fluent-emoji-flat", "noto", "twemoji")
_SHOT = ("bow and arrow", "heart with arrow")


def black_share(index: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Share of the opaque pixels below `BLACK`, (n,); index (n, s, s), palette (n, k, 3) OKLab."""
    table = np.concatenate([np.ones_like(palette[:, :1, 0]), palette[..., 0]], 1)
    flat = index.reshape(len(index), -1).astype(np.int64)
    light = np.take_along_axis(table, flat, 1)
    return ((light < BLACK) & (flat > 0)).sum(1) / np.maximum((flat > 0).sum(1), 1)


def weights(head: np.ndarray, weight: np.ndarray, black: np.ndarray) -> np.ndarray:
    """New weights (n,) of pictures whose object is `head`, by what is said at the top."""
    weight = weight * np.clip(1 - PALED * (black - DARK), LEAST, 1)
    made = weight.copy()
    for word in vocabulary()[1:]:
        own = head == word["id"]
        total = weight[own].sum()
        if word["kind"] != "object" or total == 0:
            continue
        built = word["en"] in _BUILDINGS or "building" in word.get("is", ())
        least = BUILT if built else FLOOR
        made[own] *= min(MOST, max(1.0, least / total)) * min(1.0, CEILING / total)
    return made


def main() -> None:
    """Read the data, write them with other weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    with np.load(asked.data, allow_pickle=False) as file:
        arrays = {key: file[key] for key in file.files}
    names = by_name()
    arrow, sign = names["object", "arrow"], names["object", "sign"]
    for side in (SMALL, LARGE):
        caption, source = arrays[f"a{side}_caption"], arrays[f"a{side}_source"]
        own = (arrays[f"a{side}_head"] == arrow) & np.isin(source, _SIGNS)
        own &= ~np.isin(caption, _SHOT)
        said = arrays[f"a{side}_words"][own]
        arrays[f"a{side}_words"][own] = np.where(said == arrow, sign, said)
        arrays[f"a{side}_head"][own], arrays[f"a{side}_label"][own] = sign, -1
        print(f"{side}: {own.sum()} arrows are signs now")
    small, _ = open_drawings(asked.data, len(vocabulary()))
    black = black_share(small.index, small.palette)
    keys = [f"a{side}_{{}}" for side in (SMALL, LARGE)]
    head, weight = (np.concatenate([arrays[k.format(name)] for k in keys])
                    for name in ("head", "weight"))  # fmt: skip
    source = np.concatenate([arrays[k.format("source")] for k in keys])
    weight = weight * np.where(source == "dolls", _DOLL, 1.0)
    made = weights(head, weight, black)
    count = len(arrays[keys[0].format("weight")])
    for key, part in zip(keys, (made[:count], made[count:]), strict=True):
        arrays[key.format("weight")] = part.astype(np.float32)
    print(f"weights sum to {made.sum():.0f} ({weight.sum():.0f} before), near black "
          f"{np.average(black, weights=made):.3f} "
          f"({np.average(black, weights=weight):.3f})")  # fmt: skip
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    atomic.write_whole(asked.out, held.getvalue())


if __name__ == "__main__":
    main()
