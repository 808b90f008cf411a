"""Pincel beside every installable peer: the same pictures, the same size, the same colours.

    benchmarks/peers/setup.sh PEERS .venv/bin/python        # once: an environment for each peer
    python benchmarks/pixelate.py --set tuned --peers PEERS --out OUT
    python benchmarks/pixelate.py --folder PICTURES --peers PEERS --out OUT

Writes OUT/pixelate.md (the table), OUT/pixelate.json (every number of every picture) and
OUT/pixelate.png (one contact sheet). All get the same opaque picture: transparency is laid over
white, because most peers drop it. Tools that find or are told a grid get the picture enlarged to
8 pixels a cell, so that they can hold the size. Photos become sprites of 96 cells, drawn faces of
64, by their long side. A peer that will not install or run stands in the table with the reason.
Only `--set tuned` may be looked at while an engine is being changed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

import pictures
from contact_sheet import contact_sheet
from pincel.art.reference import reference_named
from pincel.art.score import against, craft, gates, indexed_picture
from pincel.learn import heldout

HERE = Path(__file__).parent
CELL = 8


@dataclass(frozen=True)
class Method:
    """One row: what it is called, which environment ("" is ours), which adapter, which way."""

    name: str
    environment: str
    adapter: str
    way: str = ""


METHODS = (
    Method("pincel best", "", "run_pincel", "best"),
    Method("pincel fast", "", "run_pincel", "fast"),
    Method("Lanczos + k-means", "", "run_plain", "lanczos-kmeans"),
    Method("Pillow box + median cut", "", "run_plain", "median-cut"),
    Method("Pillow Floyd-Steinberg", "", "run_plain", "floyd-steinberg"),
    Method("ai2pixelart simple", "ai2pixelart", "run_ai2pixelart"),
    Method("PixelOE contrast", "pixeloe", "run_pixeloe", "contrast"),
    Method("PixelOE k-centroid", "pixeloe", "run_pixeloe", "k_centroid"),
    Method("unfake dominant", "unfake", "run_unfake", "dominant"),
    Method("unfake content-adaptive", "unfake", "run_unfake", "content-adaptive"),
    Method("madeitpx", "madeitpx", "run_madeitpx"),
    Method("pixelartconv", "pixelartconv", "run_pixelartconv"),
    Method("scalerack v-median + k-means", "scalerack", "run_scalerack", "vector_median"),
    Method("proper-pixel-art", "proper-pixel-art", "run_proper_pixel_art"),
    Method("pixel-snapper", "pixel-snapper", "run_pixel_snapper"),
    Method("pixelator PICO-8", "pixelator", "run_pixelator"),
    Method("pixora (no palette)", "pixora", "run_pixora"),
    Method("perfect-pixel (no palette)", "perfect-pixel", "run_perfect_pixel"),
    Method("img2pixelart", "img2pixelart", ""),
    Method("pyxelate", "pyxelate", ""),
)

COLUMNS = (  # number, heading, digits, factor
    ("colors", "colours", 1, 1),
    ("orphan8", "orphans %", 1, 100),
    ("noise", "noise %", 1, 100),
    ("tiny", "tiny %", 1, 100),
    ("fringe", "fringe %", 1, 100),
    ("jag", "breaks %", 1, 100),
    ("mix", "mixed %", 1, 100),
    ("pal_nn", "pal_nn", 1, 1),
    ("pattern", "J_sup", 3, 1),
    ("cosine", "cos2", 3, 1),
    ("distance", "dist2", 2, 1),
    ("difference", "dE", 2, 1),
    ("hue_kept", "hues", 3, 1),
    ("structure", "SSIM", 3, 1),
    ("seconds", "s", 2, 1),
)


@dataclass
class Result:
    """What a method did: sprites (None where it failed), numbers by picture, why not."""

    method: Method
    sprites: list[np.ndarray | None] = field(default_factory=list)
    numbers: list[dict[str, float] | None] = field(default_factory=list)
    peak_mb: float = float("nan")
    drifted: int = 0
    why: str = ""

    def mean(self, number: str) -> float:
        """The mean over the pictures that were done; of seconds, the median."""
        middle = np.median if number == "seconds" else np.mean  # the first one also loads things
        return float(middle([row[number] for row in self.numbers if row]))


def run(method: Method, tasks: list[dict], peers: Path | None) -> tuple[list[dict], float, str]:
    """Run an adapter over all tasks: (a line for each, peak memory in MB, why it failed)."""
    python = sys.executable
    if method.environment:
        if peers is None:
            return [], float("nan"), "no --peers folder given"
        failed = peers / f"{method.environment}.failed"
        if failed.is_file():
            return [], float("nan"), "will not install: " + failed.read_text().strip()
        python = str(peers / method.environment / "bin" / "python")
        if not Path(python).is_file():
            return [], float("nan"), "not set up: benchmarks/peers/setup.sh"
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        own = [{**t, "out": str(Path(t["folder"]) / f"{t['name']}.png")} for t in tasks]
        file.write(json.dumps([{**t, "way": method.way} for t in own]))
        file.flush()
        adapter = str(HERE / "peers" / f"{method.adapter}.py")
        try:
            done = subprocess.run(
                [python, adapter, file.name], capture_output=True, text=True, timeout=1800
            )
        except subprocess.TimeoutExpired:
            return [], float("nan"), "took more than half an hour"
    lines = [json.loads(line[1:]) for line in done.stdout.splitlines() if line.startswith("@")]
    if not lines or "peak_mb" not in lines[-1]:
        last = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return [], float("nan"), last[:160]
    return lines[:-1], lines[-1]["peak_mb"], ""


def measure(sprite: np.ndarray, source: np.ndarray) -> dict[str, float]:
    """Every number of one sprite, (h, w, 4), against its source."""
    likeness = asdict(heldout.eyes_likeness(sprite, source)) if heldout.available() else {}
    indices, palette = indexed_picture(sprite)
    return {
        **asdict(gates(sprite)),
        **asdict(craft(indices, palette)),
        "pattern": reference_named("superpowers").distance(indices),
        **asdict(against(sprite, source)),
        **likeness,
    }


def compare(tests: list[pictures.Test], colors: int, peers: Path | None, only: str) -> list[Result]:
    """Run every method on every picture and measure what comes out."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        tasks = []
        for test in tests:
            width, height = test.size
            task = {"name": test.name, "width": width, "height": height, "colors": colors}
            picture = Image.fromarray(test.rgba).convert("RGB")
            large = picture.resize((width * CELL, height * CELL), Image.Resampling.LANCZOS)
            for kind, image in (("source", picture), ("large", large)):
                task[kind] = str(Path(folder) / f"{test.name}.{kind}.png")
                image.save(task[kind])
            tasks.append(task)
        for number, method in enumerate(METHODS):
            if only and not any(word in method.name for word in only.split(",")):
                continue
            place = Path(folder) / str(number)
            place.mkdir()
            lines, peak, why = run(method, [{**t, "folder": str(place)} for t in tasks], peers)
            result = Result(method, peak_mb=peak, why=why)
            for test, line in zip(tests, lines, strict=False):
                _add(result, test, line, place / f"{test.name}.png")
            results.append(result)
            print(f"{method.name}: {sum(r is not None for r in result.numbers)} done {result.why}")
    return results


def _add(result: Result, test: pictures.Test, line: dict, path: Path) -> None:
    if "failed" in line or not path.is_file():
        result.why = result.why or line.get("failed", "wrote nothing")
        result.sprites.append(None)
        result.numbers.append(None)
        return
    image = Image.open(path).convert("RGBA")
    if image.size != test.size:  # a gate failed; brought to size so that the rest can be read
        result.drifted += 1
        image = image.resize(test.size, Image.Resampling.NEAREST)
    sprite = np.asarray(image)
    result.sprites.append(sprite)
    result.numbers.append({**measure(sprite, test.rgba), "seconds": line["seconds"]})


def table(results: list[Result], count: int) -> str:
    """The Markdown table: means over the pictures."""
    columns = [c for c in COLUMNS if heldout.available() or c[0] not in ("cosine", "distance")]
    head = ["method", *(c[1] for c in columns), "peak MB", "note"]
    rows = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for result in results:
        done = sum(row is not None for row in result.numbers)
        notes = [f"{result.drifted} of {count} not the size asked for"] if result.drifted else []
        if done < count:
            failed = result.why if not done else f"{count - done} of {count} failed: {result.why}"
            notes.append(failed.replace("|", "/"))
        cells = [f"{result.mean(c[0]) * c[3]:.{c[2]}f}" if done else "-" for c in columns]
        memory = f"{result.peak_mb:.0f}" if result.peak_mb == result.peak_mb else "-"
        rows.append(
            "| " + " | ".join([result.method.name, *cells, memory, "; ".join(notes)]) + " |"
        )
    return "\n".join(rows)


def main() -> None:
    """Run the benchmark and write its table, its numbers and its contact sheet."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--set", choices=("tuned", "heldout", "all"), default="tuned")
    parser.add_argument("--folder", type=Path, help="your own pictures instead of a set")
    parser.add_argument("--side", type=int, help="long side in cells, of every picture")
    parser.add_argument("--colors", type=int, default=16)
    parser.add_argument("--peers", type=Path, help="folder that peers/setup.sh filled")
    parser.add_argument("--only", default="", help="methods whose name holds one of these, a,b,c")
    parser.add_argument("--out", type=Path, default=Path("out"))
    given = parser.parse_args()
    tests = (
        pictures.of_folder(given.folder, given.side or pictures.PHOTO_SIDE)
        if given.folder
        else pictures.tests(given.set)
    )
    tests = [
        pictures.Test(t.name, pictures.over_white(t.rgba), given.side or t.side) for t in tests
    ]
    results = compare(tests, given.colors, given.peers and given.peers.absolute(), given.only)
    given.out.mkdir(parents=True, exist_ok=True)
    absent = [] if given.folder else pictures.missing(given.set)
    title = f"{len(tests)} pictures ({', '.join(t.name for t in tests)}), {given.colors} colours"
    text = f"{title}\n\n{table(results, len(tests))}\n"
    if absent:
        text += f"\nNot bundled by the packages installed here: {', '.join(absent)}.\n"
    (given.out / "pixelate.md").write_text(text)
    plain = {r.method.name: {"numbers": r.numbers, "peak_mb": r.peak_mb} for r in results}
    (given.out / "pixelate.json").write_text(json.dumps(plain, indent=1))
    shown = [(r.method.name, r.sprites) for r in results if any(s is not None for s in r.sprites)]
    contact_sheet(tests, shown).save(given.out / "pixelate.png", optimize=True)
    print(text)


if __name__ == "__main__":
    main()
