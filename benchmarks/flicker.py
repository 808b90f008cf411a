"""Flicker: cells of an animation that change where the source did not.

    python benchmarks/flicker.py [--frames 6] [--out flicker.json]

Two known-answer scenes from pictures that come with the packages: a still with camera noise (every
change is flicker), and a ball that crosses the still (cells it never touches may not change; cells
it has left must show the ground again: ghosts). Compared with the same engine frame by frame and
with Pillow's quantisers, in the same run, at the same size and number of colours.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from pincel.make.pictures import pixelate as engine
from pincel.make.pictures import sprites
from pincel.pixels import color
from pincel.pixels.picture import Picture

SIGMAS = (0.0, 2.0, 4.0, 8.0)
WIDTH, COLORS = 64, 16
Frames = list[np.ndarray]
Convert = Callable[[Frames], np.ndarray]


def stills() -> dict[str, np.ndarray]:
    """Tuning pictures, (h, w, 3) uint8."""
    return {"astronaut": data.astronaut(), "coffee": data.coffee()}


def noisy(rgb: np.ndarray, sigma: float, rng: np.random.Generator) -> np.ndarray:
    """The picture as a camera sees it once, (h, w, 4) uint8."""
    seen = rgb + rng.normal(0, sigma, rgb.shape) if sigma else rgb
    rgba = np.full((*rgb.shape[:2], 4), 255, np.uint8)
    rgba[..., :3] = np.clip(np.rint(seen), 0, 255)
    return rgba


def with_ball(rgb: np.ndarray, place: float) -> tuple[np.ndarray, np.ndarray]:
    """The picture with a ball at `place` of its way (0-1), and where the ball is."""
    height, width = rgb.shape[:2]
    radius = 0.09 * min(height, width)
    x, y = radius + place * (width - 2 * radius), height * (0.6 - 0.25 * np.sin(np.pi * place))
    rows, columns = np.mgrid[0:height, 0:width]
    ball = (columns - x) ** 2 + (rows - y) ** 2 < radius**2
    shown = rgb.copy()
    shown[ball] = (40, 200, 90)
    return shown, ball


def steady(frames: Frames) -> np.ndarray:
    """Pincel, as an animation: (n, h, w, 3) uint8."""
    picture = Picture(tuple(frames), (100,) * len(frames))
    options = engine.Options(width=WIDTH, colors=COLORS)
    sprite = sprites.draw_sprite(picture, options, sprites.Finish()).sprite
    return np.stack([sprite.rgba(n)[..., :3] for n in range(len(frames))])


def alone(frames: Frames) -> np.ndarray:
    """Pincel, each frame for itself."""
    options = engine.Options(width=WIDTH, colors=COLORS)
    return np.stack([engine.pixelate(f, options)[0].rgba()[..., :3] for f in frames])


def _boxed(frames: Frames) -> list[Image.Image]:
    height, width = frames[0].shape[:2]
    size = (WIDTH, round(height * WIDTH / width))
    return [Image.fromarray(f[..., :3]).resize(size, Image.Resampling.BOX) for f in frames]


def pillow(frames: Frames) -> np.ndarray:
    """Pillow: box filter, median cut, each frame for itself."""
    none = Image.Dither.NONE
    return np.stack(
        [np.asarray(b.quantize(COLORS, dither=none).convert("RGB")) for b in _boxed(frames)]
    )


def pillow_locked(frames: Frames, dither: Image.Dither = Image.Dither.NONE) -> np.ndarray:
    """Pillow: box filter, the first frame's palette for all."""
    boxed = _boxed(frames)
    first = boxed[0].quantize(COLORS)
    return np.stack(
        [np.asarray(b.quantize(palette=first, dither=dither).convert("RGB")) for b in boxed]
    )


def pillow_dithered(frames: Frames) -> np.ndarray:
    """Pillow: box filter, one palette, Floyd-Steinberg."""
    return pillow_locked(frames, Image.Dither.FLOYDSTEINBERG)


METHODS: dict[str, Convert] = {
    "pincel (animation)": steady,
    "pincel, frame by frame": alone,
    "Pillow, frame by frame": pillow,
    "Pillow, one palette": pillow_locked,
    "Pillow, one palette, Floyd-Steinberg": pillow_dithered,
}


def changed(result: np.ndarray, still: np.ndarray) -> float:
    """Percentage of still cells, over all pairs of neighbouring frames, whose colour changed so
    that it is seen: by more than 0.02 in OKLab (a palette that only drifts is let off).

    result (n, h, w, 3) uint8; still (n - 1, h, w) bool
    """
    lab = color.srgb_to_oklab(result)
    different = color.oklab_distance(lab[1:], lab[:-1]) > 0.02
    return float(100 * different[still].mean())


def ghosts(result: np.ndarray, covered: np.ndarray, left: np.ndarray) -> float:
    """Percentage of the cells that the ball has left which still wear its colour.

    covered, left (n, h, w) bool: under the ball; left since.
    """
    lab = color.srgb_to_oklab(result)
    ball = np.median(lab[covered], 0)
    return float(100 * (np.sqrt(((lab[left] - ball) ** 2).sum(-1)) < 0.05).mean())


def missed(result: np.ndarray, covered: np.ndarray) -> float:
    """Percentage of the cells under the ball that do not wear its colour."""
    lab = color.srgb_to_oklab(result)[covered]
    return float(100 * (color.oklab_distance(lab, np.median(lab, 0)) > 0.05).mean())


def shrunk(mask: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """How much of each cell a mask covers, 0-1."""
    size = (shape[1], shape[0])
    return np.asarray(Image.fromarray(mask.astype(np.float32)).resize(size, Image.Resampling.BOX))


def noisy_stills(count: int, methods: dict[str, Convert] = METHODS) -> list[dict]:
    """Every method on every still at every noise: flicker and seconds a frame."""
    rows = []
    for name, rgb in stills().items():
        for sigma in SIGMAS:
            rng = np.random.default_rng(7)
            frames = [noisy(rgb, sigma, rng) for _ in range(count)]
            for method, convert in methods.items():
                start = time.perf_counter()
                result = convert(frames)
                seconds = (time.perf_counter() - start) / count
                everywhere = np.ones((count - 1, *result.shape[1:3]), bool)
                flicker = changed(result, everywhere)
                rows.append(
                    {
                        "scene": "still",
                        "picture": name,
                        "sigma": sigma,
                        "method": method,
                        "flicker": round(flicker, 3),
                        "seconds": round(seconds, 3),
                    }
                )
    return rows


def moving_ball(
    count: int, methods: dict[str, Convert] = METHODS, sigma: float = 4.0
) -> list[dict]:
    """A ball crosses each still: flicker where it never is, ghosts where it was, and
    cells that missed its coming."""
    rows = []
    for name, rgb in stills().items():
        rng = np.random.default_rng(7)
        scenes = [with_ball(rgb, place) for place in np.linspace(0, 1, count)]
        frames = [noisy(shown, sigma, rng) for shown, _ in scenes]
        for method, convert in methods.items():
            result = convert(frames)
            cover = np.stack([shrunk(ball, result.shape[1:3]) for _, ball in scenes])
            still = (cover[1:] == 0) & (cover[:-1] == 0)
            left = (cover == 0) & (np.maximum.accumulate(cover, 0) == 1)
            rows.append(
                {
                    "scene": "ball",
                    "picture": name,
                    "sigma": sigma,
                    "method": method,
                    "flicker": round(changed(result, still), 3),
                    "ghosts": round(ghosts(result, cover == 1, left), 3),
                    "missed": round(missed(result, cover == 1), 3),
                }
            )
    return rows


def table(rows: list[dict]) -> str:
    """The rows as a Markdown table, one line for each method, means over the pictures."""
    head = [f"still, noise {s:g}" for s in SIGMAS] + [
        "ball: flicker",
        "ball: ghosts",
        "ball: missed",
    ]
    lines = ["| % of cells | " + " | ".join(head) + " |", "|---" * (len(head) + 1) + "|"]
    for method in dict.fromkeys(row["method"] for row in rows):
        mine = [row for row in rows if row["method"] == method]
        numbers = [
            np.mean([r["flicker"] for r in mine if r["scene"] == "still" and r["sigma"] == s])
            for s in SIGMAS
        ]
        balls = [row for row in mine if row["scene"] == "ball"]
        numbers += [np.mean([r[k] for r in balls]) for k in ("flicker", "ghosts", "missed")]
        lines.append(f"| {method} | " + " | ".join(f"{n:.2f}" for n in numbers) + " |")
    return "\n".join(lines)


def main() -> None:
    """Run both scenes, print the table, keep the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=6)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    rows = noisy_stills(given.frames) + moving_ball(given.frames)
    print(table(rows))
    if given.out:
        given.out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
