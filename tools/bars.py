"""`make bars`: the quality bars, measured now by the benchmarks, each with its figure.

    PINCEL_SHARED=FOLDER make bars          # FOLDER/data/sprites.zip holds the sprites

Without the shared folder the bars that need it are named and left out. Exit code 1 when a bar that
was measured is not reached. Takes about a quarter of an hour on two cores.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Bar:
    """One number and where it must lie."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def reached(self) -> bool:
        """Whether the value lies where it must."""
        above = self.low is None or self.value >= self.low
        return above and (self.high is None or self.value <= self.high)

    def line(self) -> str:
        """The bar as a line of text."""
        want = f">= {self.low:g}" if self.low is not None else f"<= {self.high:g}"
        return f"{'ok  ' if self.reached else 'MISS'}  {self.name:<44} {self.value:8.3f}  {want}"


def run(script: str, *arguments: str) -> str:
    """What a benchmark prints; its failure is ours."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT / "benchmarks")
    if done.returncode:
        sys.exit(f"{script} failed:\n{done.stderr}")
    return done.stdout


def pixelate(folder: Path) -> list[Bar]:
    """Held-out pictures, 16 colours, both engines."""
    run("pixelate.py", "--set", "heldout", "--only", "pincel", "--out", str(folder))
    rows = json.loads((folder / "pixelate.json").read_text())
    mean = {
        name: {
            key: sum(n[key] for n in row["numbers"]) / len(row["numbers"])
            for key in ("orphan8", "jag", "mix", "fringe", "cosine", "hue_kept")
        }
        for name, row in rows.items()
    }
    best, fast = mean["pincel best"], mean["pincel fast"]
    bars = [
        Bar(f"{name}: {what}", 100 * one[key], high=limit)
        for name, one in (("best", best), ("fast", fast))
        for what, key, limit in (
            ("orphans %", "orphan8", 2.5),
            ("broken steps %", "jag", 1.5),
            ("mixed slopes %", "mix", 4.0),
            ("fringe %", "fringe", 4.0),
        )
    ]
    return [
        *bars,
        Bar("best: held-out similarity", best["cosine"], low=0.87),
        Bar("best: hue kept", best["hue_kept"], low=0.93),
        Bar("fast: similarity behind best", best["cosine"] - fast["cosine"], high=0.06),
    ]


def restore(folder: Path, sprites: Path) -> list[Bar]:
    """200 sprites with a known answer, four levels."""
    arguments = ["--sprites", str(sprites), "--half", "final", "--seed", "2026"]
    run("restore.py", *arguments, "--out", str(folder))
    rows = json.loads((folder / "restore.json").read_text())["rows"]["pincel restore"]
    bars = []
    for level, limit in enumerate((100, 98, 93, 40)):
        exact = [e for lv, e, _, _ in rows if lv == level]
        bars.append(Bar(f"restore: exact size L{level} %", 100 * sum(exact) / len(exact), limit))
    colors = [share for level, exact, share, _ in rows if level == 2 and exact]
    return [*bars, Bar("restore: cell colour at L2", sum(colors) / len(colors), low=0.93)]


def flicker(folder: Path) -> list[Bar]:
    """Noisy stills and a moving ball."""
    out = folder / "flicker.json"
    run("flicker.py", "--out", str(out))
    rows = [r for r in json.loads(out.read_text()) if r["method"] == "pincel (animation)"]
    return [Bar("animation: worst flicker %", max(r["flicker"] for r in rows), high=0.5)]


def speed() -> list[Bar]:
    """Time and memory on this machine, as busy as it is."""
    bars = []
    limits = {("512", "fast"): (0.5, 300), ("512", "best"): (3, 600), ("12MP", "fast"): (2, 300)}
    for line in run("speed.py").splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if tuple(cells[:2]) in limits:
            seconds, memory = limits[cells[0], cells[1]]
            name = f"{cells[0]} -> 64 wide, {cells[1]}"
            bars.append(Bar(f"{name}: seconds", float(cells[2]), high=seconds))
            bars.append(Bar(f"{name}: peak MB", float(re.sub(r"\D", "", cells[5])), high=memory))
    return bars


def main() -> int:
    """Measure, print, judge."""
    shared = os.environ.get("PINCEL_SHARED")
    sprites = Path(shared) / "data" / "sprites.zip" if shared else None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        bars = speed() + flicker(folder) + pixelate(folder)
        if sprites and sprites.is_file():
            bars += restore(folder, sprites)
        else:
            print("left out: restore (needs PINCEL_SHARED, the folder with data/sprites.zip)")
    for bar in bars:
        print(bar.line())
    return 0 if all(bar.reached for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
