"""Do the numbers of `score` notice what they are made to notice?

    python benchmarks/score_validity.py --sprites sprites.zip

Real sprites are degraded in known ways; for each way it is told how many of the sprites whose
number changed it got worse for ("worse"), and how well the number alone tells degraded from real
ones ("AUC", area under the ROC curve; 0.5 is a coin, 1 is always right). Naive conversions of
pictures are compared with the real sprites of the same source in the same way. The archive is the
one of tools/make_references.py; without it, nothing can be measured.
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.metrics import roc_auc_score

import pictures
from pincel.art.reference import LOWER_IS_CALMER, reference_named
from pincel.art.score import craft, gates, indexed_picture

COUNT, FACES, SEED = 100, 20, 3
Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def numbers(rgba: np.ndarray, style: str) -> dict[str, float]:
    """Everything that is measured of one picture."""
    indices, palette = indexed_picture(rgba)
    found = gates(rgba)
    return {
        "colors": found.colors,
        "soft": found.soft,
        **asdict(craft(indices, palette)),
        "pattern": reference_named(style).distance(indices),
    }


def rescaled(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """1.4 times as large by Lanczos, as an editor's default does."""
    image = Image.fromarray(rgba)
    size = (round(image.width * 1.4), round(image.height * 1.4))
    return _hard(np.asarray(image.resize(size, Image.Resampling.LANCZOS)))


def jpeg(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Saved as JPEG, quality 85, and cut out again."""
    held = io.BytesIO()
    Image.fromarray(pictures.over_white(rgba)[..., :3]).save(held, "JPEG", quality=85)
    rgb = np.asarray(Image.open(held).convert("RGB"))
    return np.dstack([rgb, rgba[..., 3]])


def smoothed(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Edges between colours softened by the mix of both sides, like a brush that anti-aliases."""
    out = rgba.copy()
    pair = (rgba[:, :-1, 3] > 0) & (rgba[:, 1:, 3] > 0)
    pair &= np.any(rgba[:, :-1] != rgba[:, 1:], -1)
    mix = ((rgba[:, :-1].astype(int) + rgba[:, 1:]) // 2).astype(np.uint8)
    out[:, 1:][pair] = mix[pair]
    return out


def speckled(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Four of a hundred pixels get another colour of the palette."""
    indices, palette = indexed_picture(rgba)
    hit = (indices >= 0) & (rng.random(indices.shape) < 0.04)
    out = rgba.copy()
    out[hit, :3] = palette[rng.integers(0, len(palette), int(hit.sum()))]
    return out


def soft_edged(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Half a pixel to the right by interpolation: the silhouette turns half transparent."""
    moved = np.roll(rgba, 1, 1).astype(int)
    moved[:, 0] = 0
    mixed = (rgba.astype(int) + moved) // 2
    return mixed.astype(np.uint8)


def twinned(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Every colour in two shades that nobody can tell apart."""
    out = rgba.copy()
    twin = (rng.random(rgba.shape[:2]) < 0.5) & (rgba[..., 3] > 0)
    near = rgba[twin, :3].astype(int)
    out[twin, :3] = np.where(near > 127, near - 3, near + 3)
    return out


def ragged(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A third of the corners of outlines go to the other side: steps lose their rhythm."""
    indices = indexed_picture(rgba)[0]
    padded = np.pad(indices, 1, mode="edge")
    height, width = indices.shape
    out = rgba.copy()
    for dy, dx in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        above = padded[1 + dy : 1 + dy + height, 1 : 1 + width]
        beside = padded[1 : 1 + height, 1 + dx : 1 + dx + width]
        corner = (above == beside) & (indices != above) & (indices >= 0) & (above >= 0)
        corner &= rng.random(indices.shape) < 1 / 3
        out[corner] = np.roll(rgba, (-dy, 0), (0, 1))[corner]
    return out


DEGRADED: tuple[tuple[str, Change, tuple[str, ...]], ...] = (
    ("Lanczos rescaled", rescaled, ("colors", "fringe", "pal_min")),
    ("JPEG", jpeg, ("colors", "pal_nn", "pattern")),
    ("anti-aliased edges", smoothed, ("fringe",)),
    ("speckled", speckled, ("orphan8", "noise", "tiny")),
    ("soft alpha", soft_edged, ("soft",)),
    ("near-duplicate palette", twinned, ("pal_min", "pal_nn")),
    ("ragged outlines", ragged, ("jag",)),
)


def naive(way: str) -> list[np.ndarray]:
    """Plain conversions, 48 cells wide, 16 colours, of pictures that may be looked at."""
    faces = [
        pictures.face(s, f"v{i}", 256) for s in ("adventurer", "lorelei") for i in range(FACES)
    ]
    photos = [test.rgba for test in pictures.tests("tuned")[:2]]
    parts = [p[y : y + 256, x : x + 256] for p in photos for y in (0, 140) for x in (0, 120, 250)]
    done = []
    for picture in faces + parts:
        image = Image.fromarray(picture)
        small = image.resize((48, 48), Image.Resampling.BOX)
        rgb = Image.fromarray(pictures.over_white(np.asarray(small))[..., :3])
        dither = Image.Dither.FLOYDSTEINBERG if way == "dithered" else Image.Dither.NONE
        flat = np.asarray(rgb.quantize(palette=rgb.quantize(16), dither=dither).convert("RGB"))
        done.append(np.dstack([flat, np.where(np.asarray(small)[..., 3] > 127, 255, 0)]))
    return [picture.astype(np.uint8) for picture in done]


def real_sprites(path: Path, style: str) -> list[np.ndarray]:
    """Sprites of a source, 16 to 64 pixels each way, hard-edged, always the same ones."""
    archive = zipfile.ZipFile(path)
    rows = [json.loads(line) for line in archive.read("index.jsonl").decode().splitlines()]
    good = [
        row
        for row in rows
        if row["source"].startswith(style)
        and row["group"] != "dungeon"
        and not row["semi_alpha"]
        and row["transparent"]
        and row["colors"] >= 3
        and min(row["w"], row["h"]) >= 16
        and max(row["w"], row["h"]) <= 64
    ]
    order = np.random.default_rng(SEED).permutation(len(good))[:COUNT]
    return [
        np.asarray(Image.open(io.BytesIO(archive.read(good[i]["file"]))).convert("RGBA"))
        for i in order
    ]


def noticed(
    number: str, real: list[dict[str, float]], other: list[dict[str, float]]
) -> tuple[float, float]:
    """(share worse of the pairs that changed, AUC); pairs only where both lists match."""
    sign = 1 if number in (*LOWER_IS_CALMER, "colors", "soft") else -1
    before, after = (np.array([sign * row[number] for row in rows]) for rows in (real, other))
    truth = np.r_[np.zeros(len(before)), np.ones(len(after))]
    area = float(roc_auc_score(truth, np.r_[before, after]))
    if len(before) != len(after):
        return float("nan"), area
    changed = after != before
    return float(np.mean((after > before)[changed])) if changed.any() else 0.0, area


def validate(sprites: list[np.ndarray], style: str) -> list[tuple[str, str, float, float]]:
    """(degradation, number, share worse, AUC) for all that is degraded."""
    rng = np.random.default_rng(SEED)
    real = [numbers(sprite, style) for sprite in sprites]
    rows = []
    for name, change, noticing in DEGRADED:
        spoilt = [numbers(change(sprite, rng), style) for sprite in sprites]
        rows += [(name, number, *noticed(number, real, spoilt)) for number in noticing]
    for way in ("flat", "dithered"):
        made = [numbers(picture, style) for picture in naive(way)]
        rows += [
            (f"naive conversion, {way}", number, *noticed(number, real, made))
            for number in ("fringe", "jag", "pal_nn", "orphan8", "pattern")
        ]
    return rows


def main() -> None:
    """Print the tables of two styles."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sprites", type=Path, required=True)
    given = parser.parse_args()
    for style in ("superpowers", "crawl"):
        print(f"\n{style}\n\n| degraded how | number | worse | AUC |\n|---|---|---|---|")
        for name, number, worse, area in validate(real_sprites(given.sprites, style), style):
            share = "" if worse != worse else f"{worse:.0%}"
            print(f"| {name} | {number} | {share} | {area:.2f} |")


def _hard(rgba: np.ndarray) -> np.ndarray:
    out = rgba.copy()
    out[..., 3] = np.where(rgba[..., 3] > 127, 255, 0)
    return out


if __name__ == "__main__":
    main()
