"""What does `restore` make of sprites that were enlarged and saved as JPEG?

    python benchmarks/restore_jpeg.py --sprites sprites.zip --half final

Real CC0 sprites (those of `restore.py`, in the same two halves) on a flat ground, enlarged 4 to 12
times by nearest neighbour, half of them by a factor that is not whole, saved as JPEG of quality 50
to 95 with chroma at half size (4:2:0). Told are: sizes that are exactly right, pictures that get no
answer, colours found beside true ones, and how near the colours of the cells come.
"""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

import restore as benchmark
from pincel.make.pictures.restore import restore
from pincel.pixels.color import srgb_to_oklab
from pincel.pixels.picture import Picture

QUALITIES = (50, 60, 70, 80, 90, 95)
_SUBSAMPLED = 2  # Pillow's name of 4:2:0


def spoilt(truth: np.ndarray, factor: float, quality: int) -> np.ndarray:
    """(h, w, 3) uint8 enlarged and through JPEG: (H, W, 4)."""
    size = (round(truth.shape[1] * factor), round(truth.shape[0] * factor))
    large = Image.fromarray(truth).resize(size, Image.Resampling.NEAREST)
    held = io.BytesIO()
    large.save(held, "JPEG", quality=quality, subsampling=_SUBSAMPLED)
    rgb = np.asarray(Image.open(held).convert("RGB"))
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def measure(truth: np.ndarray, quality: int, factor: float) -> dict:
    """One picture restored."""
    restored = restore(Picture((spoilt(truth, factor, quality),)))
    answer = restored.sprite.rgba()[..., :3]
    exact, near = benchmark.judge(answer, truth)
    true_colors = len(np.unique(truth.reshape(-1, 3), axis=0))
    row = {
        "quality": quality,
        "factor": round(factor, 2),
        "refused": restored.verdict == "none",
        "exact": exact,
        "true": true_colors,
        "found": len(restored.sprite.palette),
        "near": near,
    }
    if exact:
        gap = srgb_to_oklab(answer) - srgb_to_oklab(truth)
        row["difference"] = float(np.sqrt((gap * gap).sum(-1)).mean())
    return row


def rows_of(archive: Path, half: str, count: int, seed: int) -> list[dict]:
    """Each sprite at one factor and all qualities."""
    found = []
    cases = benchmark.cases(archive, half, count, seed)
    for number, case in enumerate(case for case in cases if case.level == 0):
        lot = np.random.default_rng([seed, number, 77])
        factor = float(lot.integers(4, 13)) if number % 2 else float(lot.uniform(4, 12))
        found += [measure(case.truth, quality, factor) for quality in QUALITIES]
    return found


def table(rows: list[dict]) -> str:
    """Markdown by quality, and all together."""
    lines = [
        "| JPEG | pictures | exact | no answer | colours found / true | too many by half | "
        "cells near | mean difference |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for quality in (*QUALITIES, None):
        some = [row for row in rows if quality is None or row["quality"] == quality]
        ratio = np.array([row["found"] / row["true"] for row in some])
        right = [row for row in some if row["exact"]]
        lines.append(
            f"| {quality or 'all'} | {len(some)} | {np.mean([r['exact'] for r in some]):.1%} "
            f"| {np.mean([r['refused'] for r in some]):.1%} "
            f"| {np.median(ratio):.2f} ({np.percentile(ratio, 10):.2f}-"
            f"{np.percentile(ratio, 90):.2f}) | {np.mean(ratio > 1.5):.1%} "
            f"| {np.mean([r['near'] for r in right]):.3f} "
            f"| {np.mean([r['difference'] for r in right]):.4f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sprites", type=Path, required=True)
    parser.add_argument("--half", choices=("dev", "final"), default="dev")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a file for every row, as JSON")
    given = parser.parse_args()
    rows = rows_of(given.sprites, given.half, given.count, given.seed)
    print(table(rows))
    if given.out:
        given.out.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
