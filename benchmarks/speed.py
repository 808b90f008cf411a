"""How long `pixelate` takes and how much memory, warm, beside Pillow doing the naive thing.

    python benchmarks/speed.py [--engines fast,best] [--rounds 5]

Each case runs in a process of its own, so that the peak memory is its own. "Ratio" is our time
over Pillow's box reduction and median cut on the same picture in the same process. Bars (two
cores): 512x512 -> 64 wide: fast <= 0.5 s, best <= 3 s; 12 megapixels: fast <= 2 s from the JPEG;
memory: fast <= 300 MB, best <= 600 MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASES = {"512": (512, 512), "12MP": (4000, 3000)}


def scene(width: int, height: int):
    """A picture with gradients, edges, thin lines and texture, (h, w, 4) uint8, seeded."""
    import numpy as np

    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width, y / height
    rgb = np.stack([60 + 120 * y, 90 + 80 * x, 200 - 120 * y], -1)
    for _ in range(24):
        cx, cy, r = rng.random(3) * (1, 1, 0.2)
        rgb[(x - cx) ** 2 + (y - cy) ** 2 < r * r] = rng.random(3) * 255
    rgb[(np.abs(np.sin(x * 40 + y * 9)) < 0.06)] = (30, 20, 40)
    step = max(1, width // 512)
    noise = rng.normal(0, 6, (height // step + 1, width // step + 1, 1)).repeat(step, 0)
    rgb += noise.repeat(step, 1)[:height, :width]
    rgba = np.full((height, width, 4), 255, np.uint8)
    rgba[..., :3] = np.clip(rgb, 0, 255)
    return rgba


def peak_megabytes() -> float:
    """This process's largest resident size so far. From /proc where there is one: getrusage also
    counts the parent's memory from before the program was loaded."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: str, engine: str, rounds: int) -> dict[str, float]:
    """Seconds (best and median of the warm rounds), seconds of Pillow, peak megabytes."""
    from PIL import Image

    from pincel.make.pictures.pixelate import Options, pixelate
    from pincel.pixels.open import open_picture

    def ours() -> None:
        picture = open_picture(path, at_most=(64 * 6, 64 * 6))
        pixelate(picture.rgba, Options(width=64, colors=16, engine=engine))

    def pillow() -> None:
        small = Image.open(path).convert("RGB")
        small.resize((64, 64 * small.height // small.width), Image.Resampling.BOX).quantize(16)

    ours()
    peak = peak_megabytes()
    times, naive = [], []
    for _ in range(rounds):
        for run, kept in ((ours, times), (pillow, naive)):
            start = time.perf_counter()
            run()
            kept.append(time.perf_counter() - start)
    return {
        "best_s": min(times),
        "median_s": sorted(times)[len(times) // 2],
        "pillow_s": min(naive),
        "peak_mb": peak,
    }


def main() -> None:
    """Print one markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engines", default="fast,best")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        path, engine = chosen.one.rsplit(",", 1)
        print(json.dumps(measure(path, engine, chosen.rounds)))
        return
    from PIL import Image

    print("| picture | engine | best s | median s | ratio to Pillow | peak MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for case, (width, height) in CASES.items():
            path = Path(folder) / f"{case}.jpg"
            Image.fromarray(scene(width, height)[..., :3]).save(path, quality=92)
            for engine in chosen.engines.split(","):
                command = [sys.executable, __file__, "--one", f"{path},{engine}"]
                command += ["--rounds", str(chosen.rounds)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                m = json.loads(done.stdout)
                ratio = m["best_s"] / m["pillow_s"]
                print(
                    f"| {case} | {engine} | {m['best_s']:.2f} | {m['median_s']:.2f} "
                    f"| {ratio:.0f} | {m['peak_mb']:.0f} |"
                )


if __name__ == "__main__":
    main()
