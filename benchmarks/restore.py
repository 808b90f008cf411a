"""Grids of fake pixel art with a known answer: how often is the size exactly right?

    python benchmarks/restore.py --sprites sprites.zip --peers /somewhere/bin/python --out results

Real CC0 sprites of 16 to 48 pixels (Superpowers and Dungeon Crawl; a zip with an `index.jsonl`, or
$PINCEL_SHARED/data/sprites.zip) are laid on a flat colour, since generators draw opaque pictures,
enlarged 7 to 15 times by a factor that is not whole, and spoilt:

    L0  nearest neighbour
    L1  blur (sigma 0.6-1.2 pixels), JPEG 92
    L2  every grid line strays from its place by a normal deviate of 0.12 cell; smooth shading of
        3.5 %; blur; noise of 4 steps; JPEG 88
    L3  the same with 0.22 cell and JPEG 80

The size counts as found when width and height are both exact; of those, the share of cells whose
colour is within 0.05 of the truth in OKLab is counted (the ground colour included). Sprites are
split in two halves by the hash of their name: `--half dev` is for tuning, `--half final --seed
2026` for the figures that are reported. The same command runs the peers that are installed in
another virtual environment (`pip install ai2pixelart proper-pixel-art perfect-pixel
pixel-snapper`), on every `--peer-share`-th sprite where that is asked.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from pincel.make.pictures.restore import restore
from pincel.pixels.color import srgb_to_oklab
from pincel.pixels.picture import Picture

LEVELS = (0, 1, 2, 3)
PEERS = ("ai2pixelart", "proper-pixel-art", "perfect-pixel", "pixel-snapper")
_SOURCES = ("superpowers", "crawl-2015", "crawl-2010")
_WOBBLE = {0: 0.0, 1: 0.0, 2: 0.12, 3: 0.22}
_JPEG = {1: 92, 2: 88, 3: 80}
_SHADING, _NOISE = 0.035, 4.0
_GROUNDS = (
    (255, 255, 255),
    (240, 240, 240),
    (200, 200, 200),
    (32, 32, 32),
    (64, 64, 72),
    (0, 255, 0),
    (255, 0, 255),
    (120, 160, 200),
)


@dataclass(frozen=True, eq=False)
class Case:
    """One spoilt picture (h, w, 3) and the sprite it shows (rows, columns, 3)."""

    name: str
    level: int
    truth: np.ndarray
    picture: np.ndarray


def sprites(archive: Path, half: str) -> list[tuple[str, np.ndarray]]:
    """Name and (h, w, 4) of all sprites that fit: 16-48 pixels, 4-32 colours, hard alpha, a clear
    ground, at least 15 % drawn."""
    found = []
    with zipfile.ZipFile(archive) as files:
        for line in files.open("index.jsonl"):
            row = json.loads(line)
            if row["source"] not in _SOURCES or row["semi_alpha"] or not row["transparent"]:
                continue
            if not (min(row["w"], row["h"]) >= 16 and max(row["w"], row["h"]) <= 48):
                continue
            if not 4 <= row["colors"] <= 32 or half_of(row["file"]) != half:
                continue
            rgba = np.array(Image.open(io.BytesIO(files.read(row["file"]))).convert("RGBA"))
            if (rgba[..., 3] > 0).mean() >= 0.15:
                found.append((row["file"], rgba))
    return found


def half_of(name: str) -> str:
    """The half a sprite belongs to, for ever."""
    return "final" if hashlib.sha256(name.encode()).digest()[0] % 2 else "dev"


def cases(archive: Path, half: str, count: int, seed: int) -> Iterator[Case]:
    """`count` sprites, as many of Superpowers as of Dungeon Crawl, at all four levels."""
    random = np.random.default_rng(seed)
    groups: dict[str, list] = {}
    for name, rgba in sprites(archive, half):
        groups.setdefault(name.split("-")[0].split("/")[0], []).append((name, rgba))
    chosen = []
    for key in sorted(groups):
        order = random.permutation(len(groups[key]))[: count // len(groups)]
        chosen += [groups[key][i] for i in order]
    for number, (name, rgba) in enumerate(chosen):
        ground = _GROUNDS[np.random.default_rng([seed, number, 9]).integers(len(_GROUNDS))]
        truth = np.where(rgba[..., 3:] > 0, rgba[..., :3], np.uint8(ground)).astype(np.uint8)
        for level in LEVELS:
            lot = np.random.default_rng([seed, number, level])
            yield Case(name, level, truth, spoil(truth, level, lot))


def spoil(truth: np.ndarray, level: int, random: np.random.Generator) -> np.ndarray:
    """The sprite enlarged and spoilt as the level says, (h, w, 3) uint8."""
    from scipy.ndimage import gaussian_filter, zoom

    rows, columns = truth.shape[:2]
    scale = random.uniform(7, 15)
    width, height = round(columns * scale), round(rows * scale)
    x = _cell_of_pixel(columns, width, _WOBBLE[level], random)
    y = _cell_of_pixel(rows, height, _WOBBLE[level], random)
    picture = truth[y][:, x]
    if level == 0:
        return picture
    blur = random.uniform(0.6, 1.2)
    soft = gaussian_filter(picture.astype(np.float32), (blur, blur, 0))
    if level >= 2:
        coarse = random.normal(0, 1, (max(2, rows // 4), max(2, columns // 4)))
        stretch = (height / coarse.shape[0], width / coarse.shape[1])
        shade = zoom(coarse, stretch, order=3, grid_mode=True, mode="nearest")[:height, :width]
        soft = soft * (1 + _SHADING * shade[..., None]) + random.normal(0, _NOISE, soft.shape)
    out = io.BytesIO()
    spoilt = Image.fromarray(np.clip(np.rint(soft), 0, 255).astype(np.uint8))
    spoilt.save(out, "JPEG", quality=_JPEG[level])
    return np.array(Image.open(out).convert("RGB"))


def _cell_of_pixel(cells: int, size: int, wobble: float, random: np.random.Generator) -> np.ndarray:
    """For every pixel of one axis the cell that it shows."""
    lines = np.arange(cells + 1.0)
    lines[1:-1] += random.normal(0, wobble, cells - 1)
    lines = np.maximum.accumulate(lines) * (size / cells)
    inside = np.searchsorted(lines, np.arange(size) + 0.5, side="right") - 1
    return np.clip(inside, 0, cells - 1)


def judge(answer: np.ndarray | None, truth: np.ndarray) -> tuple[bool, float]:
    """Is the size exact, and what share of the cells has the right colour (NaN if it is not)."""
    if answer is None or answer.shape[:2] != truth.shape[:2]:
        return False, float("nan")
    gap = srgb_to_oklab(answer[..., :3]) - srgb_to_oklab(truth)
    return True, float((np.sqrt((gap * gap).sum(-1)) < 0.05).mean())


def ours(case: Case) -> tuple[np.ndarray, float, float]:
    """Our sprite (rows, columns, 3), the confidence, and the seconds."""
    alpha = np.full((*case.picture.shape[:2], 1), 255, np.uint8)
    start = time.perf_counter()
    restored = restore(Picture((np.concatenate([case.picture, alpha], -1),)))
    seconds = time.perf_counter() - start
    return restored.sprite.rgba()[..., :3], restored.grid.confidence, seconds


def theirs(tool: str, python: Path, folder: Path) -> dict[str, tuple[np.ndarray | None, float]]:
    """A peer's answers to all pictures of a folder, by file name, and the seconds."""
    script = Path(__file__).with_name("restore_peer.py")
    subprocess.run([python, script, tool, folder], check=True, timeout=3600)
    with np.load(folder / f"{tool}.npz") as kept:
        names = [name for name in kept.files if not name.startswith("time:")]
        return {
            name: (kept[name] if kept[name].size else None, float(kept[f"time:{name}"]))
            for name in names
        }


def table(results: dict[str, list[tuple[int, bool, float, float]]]) -> str:
    """Markdown: exact sizes by level, colour at L2 and L3, seconds a picture."""
    head = "| tool | " + " | ".join(f"L{level} exact" for level in LEVELS)
    lines = [head + " | colour L2 | colour L3 | s / picture |", "|---|" + "---|" * 7]
    for tool, rows in results.items():
        shown = []
        for level in LEVELS:
            hits = [exact for n, exact, _, _ in rows if n == level]
            shown.append(f"{sum(hits)}/{len(hits)} ({100 * np.mean(hits):.1f} %)")
        for level in (2, 3):
            shares = [share for n, exact, share, _ in rows if n == level and exact]
            shown.append(f"{np.mean(shares):.3f}" if shares else "-")
        shown.append(f"{np.mean([seconds for *_, seconds in rows]):.2f}")
        lines.append(f"| {tool} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def calibration(sure: list[tuple[float, bool]]) -> str:
    """How often answers of each confidence were exact."""
    lines = ["| confidence | answers | exact |", "|---|---|---|"]
    for low, high in ((0, 0.4), (0.4, 0.85), (0.85, 0.95), (0.95, 1.01)):
        hits = [exact for confidence, exact in sure if low <= confidence < high]
        share = f"{100 * np.mean(hits):.1f} %" if hits else "-"
        lines.append(f"| {low}-{min(high, 1)} | {len(hits)} | {share} |")
    return "\n".join(lines)


def main() -> None:
    shared = os.environ.get("PINCEL_SHARED")
    parser = argparse.ArgumentParser(description="Known-answer benchmark of pincel restore.")
    parser.add_argument("--sprites", type=Path, help="zip of sprites with index.jsonl")
    parser.add_argument("--half", choices=("dev", "final"), default="dev")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", type=Path, help="python that has the peers installed")
    parser.add_argument("--peer-share", type=int, default=1, help="peers get every n-th sprite")
    parser.add_argument("--out", type=Path, help="folder for restore.md and restore.json")
    given = parser.parse_args()
    archive = given.sprites or (Path(shared) / "data" / "sprites.zip" if shared else None)
    if archive is None or not archive.is_file():
        sys.exit("name the sprites with --sprites or PINCEL_SHARED")

    results: dict[str, list[tuple[int, bool, float, float]]] = {"pincel restore": []}
    sure: list[tuple[float, bool]] = []
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder, truths = Path(scratch), {}
        for number, case in enumerate(cases(archive, given.half, given.count, given.seed)):
            answer, confidence, seconds = ours(case)
            exact, share = judge(answer, case.truth)
            results["pincel restore"].append((case.level, exact, share, seconds))
            sure.append((confidence, exact))
            if not exact:
                missed.append(f"L{case.level} {case.name} {case.truth.shape[1::-1]}")
            if given.peers and number // len(LEVELS) % given.peer_share == 0:
                name = f"{number:05d}"
                Image.fromarray(case.picture).save(folder / f"{name}.png")
                truths[name] = (case.level, case.truth)
        for tool in PEERS if given.peers else ():
            rows = []
            for name, (answer, seconds) in theirs(tool, given.peers, folder).items():
                level, truth = truths[name]
                rows.append((level, *judge(answer, truth), seconds))
            results[tool] = rows
    text = table(results) + "\n\n" + calibration(sure)
    print(text)
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        (given.out / "restore.md").write_text(text + "\n")
        facts = {"half": given.half, "seed": given.seed, "count": given.count, "missed": missed}
        facts["rows"] = dict(results)
        (given.out / "restore.json").write_text(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
