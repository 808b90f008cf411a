"""Write src/pincel/art/references.json: what real sprites show, source by source.

    python tools/make_references.py --sprites sprites.zip

The archive holds PNG sprites and `index.jsonl` with a row for each: file, source, license, group,
w, h, colors, transparent, semi_alpha. Tiles of floors and walls are left out, because they would
drown everything else; so are sprites with soft edges, which are not pixel art by our definition.
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from pincel.art.reference import Reference, measured_reference

OUT = Path(__file__).parents[1] / "src" / "pincel" / "art" / "references.json"
MOST, SEED = 400, 7
SMALLEST, FEWEST_COLORS = 8, 3

Rows = list[dict]
SOURCES: dict[str, Callable[[dict], bool]] = {
    "superpowers": lambda r: r["source"] == "superpowers" and min(r["w"], r["h"]) >= 12,
    "crawl": lambda r: (
        r["source"].startswith("crawl")
        and r["transparent"]
        and r["group"] in ("monster", "item", "worn")
    ),
    "dawnlike": lambda r: r["source"] == "dawnlike" and r["group"] == "thing",
    "kenney": lambda r: r["source"].startswith("kenney"),
    "serenity-emoji": lambda r: r["source"] == "serenity-emoji" and r["group"] == "emoji",
    "serenity-icons": lambda r: r["source"] == "serenity-icons",
}


def chosen(rows: Rows, fits: Callable[[dict], bool]) -> Rows:
    """At most MOST drawn rows that fit, always the same ones."""
    good = [
        row
        for row in rows
        if fits(row)
        and not row["semi_alpha"]
        and row["colors"] >= FEWEST_COLORS
        and min(row["w"], row["h"]) >= SMALLEST
    ]
    order = np.random.default_rng(SEED).permutation(len(good))[:MOST]
    return [good[i] for i in order]


def reference(archive: zipfile.ZipFile, name: str, rows: Rows) -> Reference:
    """Measure one source."""
    sprites = [
        np.asarray(Image.open(io.BytesIO(archive.read(row["file"]))).convert("RGBA"))
        for row in rows
    ]
    return measured_reference(sprites, name, rows[0]["license"])


def stored(found: Reference) -> dict:
    """A reference as plain numbers; patterns scaled to 100,000."""
    scaled = found.patterns / found.patterns.sum() * 100_000
    return {
        "licence": found.licence,
        "count": found.count,
        "ranges": {
            number: [round(value, 5) for value in (real.low, real.median, real.high)]
            for number, real in found.ranges.items()
        },
        "patterns": [round(count, 1) for count in scaled.tolist()],
    }


def main() -> None:
    """Measure every source and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sprites", required=True, type=Path)
    archive = zipfile.ZipFile(parser.parse_args().sprites)
    rows = [json.loads(line) for line in archive.read("index.jsonl").decode().splitlines()]
    sources = {}
    for name, fits in SOURCES.items():
        found = reference(archive, name, chosen(rows, fits))
        sources[name] = stored(found)
        middle = {number: round(real.median, 4) for number, real in found.ranges.items()}
        print(f"{name}: {found.count} sprites, medians {middle}")
    note = "what 10, 50 and 90 of 100 real sprites show; made by tools/make_references.py"
    OUT.write_text(json.dumps({"note": note, "sources": sources}) + "\n", "utf-8")
    print(f"wrote {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
