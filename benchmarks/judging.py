"""Does `score` accuse real sprites, does it see conversions and enlarged ones?

    python benchmarks/judging.py --sprites sprites.zip

Real sprites (hard alpha, at least 8 pixels and 3 colours; any group) of six sources, and plain
conversions of photographs and of drawn faces, come in two halves that share no sprite, no photo
and no kind of face: `tools/fit_converted.py` fits on the first, this tells about the second.
Enlarged sprites are those of the second half, 12 pixels or more, with their true size told.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

import pictures
from pincel.art.enlarged import enlarged
from pincel.art.verdict import judge
from pincel.make.pictures.pixelate import Options, pixelate

SOURCES = ("superpowers", "crawl", "dawnlike", "kenney", "serenity-emoji", "serenity-icons")
WAYS = ("lanczos-kmeans", "box-mediancut", "nearest-mediancut", "floyd-steinberg", "bicubic-octree")
SIDES, COLORS = (24, 32, 48, 64, 96), (6, 8, 12, 16, 24, 32)
FACES = (("adventurer", "micah", "open-peeps"), ("lorelei", "personas", "big-smile"))
_PHOTOS = ("astronaut", "chelsea", "coffee", "rocket", "retina", "ihc", "hubble_deep_field")
_ELSEWHERE = ("china", "flower", "grace_hopper", "motorcycle_left")
FACTORS = (1.5, 2.5, 3.37, 4.6)
SPOILT = ("nearest", "bilinear", "nearest, JPEG 90")
_GROUNDS = ((255, 255, 255), (240, 240, 240), (32, 32, 32), (120, 160, 200))


def real(archive: zipfile.ZipFile, source: str, half: int, count: int, least: int = 8):
    """At most `count` sprites of a source and half, always the same: (name, (h, w, 4))."""
    rows = [json.loads(line) for line in archive.read("index.jsonl").decode().splitlines()]
    good = [
        row
        for row in rows
        if row["source"].startswith(source)
        and not row["semi_alpha"]
        and row["colors"] >= 3
        and min(row["w"], row["h"]) >= least
        and half_of(row["file"]) == half
    ]
    for i in np.random.default_rng(31).permutation(len(good))[:count]:
        data = io.BytesIO(archive.read(good[i]["file"]))
        yield good[i]["file"], np.asarray(Image.open(data).convert("RGBA"))


def half_of(name: str) -> int:
    """The half a sprite belongs to, for ever."""
    return hashlib.sha256(name.encode()).digest()[0] % 2


def sources(half: int) -> Iterator[np.ndarray]:
    """Pictures to convert, (h, w, 4): photos with their corners and middles, faces."""
    for name in (*_PHOTOS, *_ELSEWHERE)[half::2]:
        photo = pictures.photo(name)
        if photo is None:
            continue
        yield photo
        high, wide = photo.shape[:2]
        side = min(high, wide) // 2
        corners = ((0, 0), (high - side, 0), (0, wide - side))
        for top, left in (*corners, ((high - side) // 2, (wide - side) // 2)):
            yield photo[top : top + side, left : left + side]
    for style in FACES[half]:
        for number in range(8):
            yield pictures.face(style, f"j{number}", 384)


def conversions(half: int, best: bool = False) -> Iterator[tuple[str, np.ndarray]]:
    """(way, (h, w, 4)) of all pictures in all ways; sizes and colours by lot. Ours are told apart
    as "pincel fast" and, if asked for, "pincel best"."""
    lot = np.random.default_rng(half)
    engines = ("fast", "best") if best else ("fast",)
    for picture in sources(half):
        for way in WAYS:
            yield way, convert(picture, way, int(lot.choice(SIDES)), int(lot.choice(COLORS)))
        side, colors = int(lot.choice(SIDES[:-1])), int(lot.choice(COLORS[1:]))
        high, wide = picture.shape[:2]
        size = {"width": side} if wide >= high else {"height": side}
        for engine in engines:
            options = Options(**size, colors=colors, engine=engine)
            yield f"pincel {engine}", pixelate(picture, options)[0].rgba()


def convert(rgba: np.ndarray, way: str, side: int, colors: int) -> np.ndarray:
    """A plain conversion: shrunk to a long side, then few colours, hard alpha."""
    high, wide = rgba.shape[:2]
    scale = side / max(high, wide)
    shrink = {"lanczos": 1, "box": 4, "nearest": 0, "floyd": 4, "bicubic": 3}[way.split("-")[0]]
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    small = np.asarray(Image.fromarray(rgba).resize(size, Image.Resampling(shrink)))
    opaque = small[..., 3] > 127
    rgb = pictures.over_white(small)[..., :3]
    out = np.dstack([_few(rgb, opaque, way, colors), np.where(opaque, 255, 0)])
    out[~opaque] = 0
    return out.astype(np.uint8)


def _few(rgb: np.ndarray, opaque: np.ndarray, way: str, colors: int) -> np.ndarray:
    if way == "lanczos-kmeans":
        from scipy.cluster.vq import kmeans2

        seen = rgb[opaque].astype(float)
        centres, label = kmeans2(seen, colors, minit="++", seed=0, iter=12, missing="warn")
        out = rgb.copy()
        out[opaque] = np.rint(centres).astype(np.uint8)[label]
        return out
    method = Image.Quantize.FASTOCTREE if "octree" in way else Image.Quantize.MEDIANCUT
    palette = Image.fromarray(rgb[opaque][None]).quantize(colors, method)
    dither = Image.Dither.FLOYDSTEINBERG if way == "floyd-steinberg" else Image.Dither.NONE
    return np.asarray(Image.fromarray(rgb).quantize(palette=palette, dither=dither).convert("RGB"))


def blown_up(rgba: np.ndarray, factor: float, how: str, lot: np.random.Generator) -> np.ndarray:
    """A sprite enlarged and perhaps saved as JPEG (on a flat ground)."""
    size = (round(rgba.shape[1] * factor), round(rgba.shape[0] * factor))
    way = Image.Resampling.BILINEAR if how.startswith("bilinear") else Image.Resampling.NEAREST
    if "JPEG" not in how:
        return np.asarray(Image.fromarray(rgba).resize(size, way))
    ground = np.uint8(_GROUNDS[lot.integers(len(_GROUNDS))])
    flat = np.where(rgba[..., 3:] > 0, rgba[..., :3], ground)
    held = io.BytesIO()
    large = Image.fromarray(flat).resize(size, way)
    large.save(held, "JPEG", quality=int(how.split()[-1]))
    rgb = np.asarray(Image.open(held).convert("RGB"))
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def accused(archive: zipfile.ZipFile, count: int) -> list[str]:
    """Rows: how many real sprites of each source are called converted, and enlarged."""
    rows = []
    for source in SOURCES:
        verdicts = [judge(sprite) for _, sprite in real(archive, source, 1, count)]
        rough = np.mean([verdict.grade == "rough" for verdict in verdicts])
        large = np.mean([verdict.enlarged is not None for verdict in verdicts])
        rows.append(f"| {source} | {len(verdicts)} | {rough:.1%} | {large:.1%} |")
    return rows


def seen(best: bool) -> list[str]:
    """Rows: how many conversions of each way are called converted."""
    grades: dict[str, list[bool]] = {}
    for way, picture in conversions(1, best):
        grades.setdefault(way, []).append(judge(picture).grade == "rough")
    return [f"| {way} | {len(hits)} | {np.mean(hits):.0%} |" for way, hits in grades.items()]


def told(archive: zipfile.ZipFile, count: int) -> list[str]:
    """Rows: how many enlarged sprites are called so, and their true size told."""
    lot = np.random.default_rng(5)
    sprites = [s for source in SOURCES[:4] for _, s in real(archive, source, 1, count, 12)]
    rows = []
    for how in SPOILT:
        for factor in FACTORS:
            found = [(s, enlarged(blown_up(s, factor, how, lot))) for s in sprites]
            called = np.mean([e is not None for _, e in found])
            right = np.mean(
                [e is not None and (e.height, e.width) == s.shape[:2] for s, e in found]
            )
            rows.append(f"| {how} | {factor} | {len(found)} | {called:.1%} | {right:.1%} |")
    return rows


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sprites", type=Path, required=True)
    parser.add_argument("--count", type=int, default=300, help="sprites of each source")
    parser.add_argument("--best", action="store_true", help="also what the engine best draws")
    given = parser.parse_args()
    archive = zipfile.ZipFile(given.sprites)
    print("| real sprites | count | called converted | called enlarged |\n|---|---|---|---|")
    print(*accused(archive, given.count), sep="\n")
    print("\n| conversion | count | called converted |\n|---|---|---|")
    print(*seen(given.best), sep="\n")
    print("\n| enlarged by | times | count | called enlarged | true size |\n|---|---|---|---|---|")
    print(*told(archive, max(1, given.count // 6)), sep="\n")


if __name__ == "__main__":
    main()
