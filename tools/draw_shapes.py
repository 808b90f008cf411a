"""Choose the outlines that the sketches of `pincel draw` begin with.

    python tools/draw_shapes.py DATA.npz OUT.npz [--each 20]

DATA.npz comes from tools/sprites_data.py. Of every object those sprites are kept, at 16 pixels, in
which the networks that choose among drawings see it best (pincel.make.words.ranking; the referee of
the benchmark is not asked), no two of them much alike. Held-out captions give none, and only
sources without a duty to name the author on every copy: CC0, MIT, BSD, Apache 2.0.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from pincel import atomic
from pincel.art import lexicon
from pincel.learn.drawing import Drawings, open_drawings, outlines, rgba_of
from pincel.make.words.ranking import rankers
from pincel.make.words.shapes import Shapes, shape_bytes

SOURCES = ("crawl-", "superpowers", "dicebear", "dolls", "serenity-", "fluent-emoji", "noto")
FEWEST, MOST, LEAST, THIN = 0.14, 0.92, 9, 5
"""Share of the canvas that is opaque, and the larger and the smaller side of what is drawn, in
pixels."""
CORNERS = 1
"""More opaque corners has only a piece of ground or wall."""
ALIKE = 0.6
"""So much of two outlines lies in the same places when they are too much alike."""
WORDS = 4


def main() -> None:
    """Read the data, write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--each", type=int, default=20)
    asked = parser.parse_args()
    words = lexicon.vocabulary()
    sketches, _ = open_drawings(asked.data, len(words))
    with np.load(asked.data, allow_pickle=False) as file:
        head, source = (
            np.concatenate([file[f"a{side}_{what}"] for side in (16, 32)])
            for what in ("head", "source")
        )
    lines = outlines(sketches.index, sketches.palette)
    fits = fitting(sketches) & np.array([str(one).startswith(SOURCES) for one in source])
    sure = certainty(sketches, head)
    kept: list[int] = []
    for word in words[1:]:
        if word["kind"] == "object":
            rows = np.flatnonzero(fits & (head == word["id"]))
            kept += chosen(rows[np.argsort(-sure[rows], kind="stable")], lines, asked.each)
    called = np.stack([also(sketches.words[row], int(head[row])) for row in kept])
    data = shape_bytes(Shapes(head[kept], called, lines[kept]))
    atomic.write_whole(asked.out, data)
    print(f"{len(kept)} outlines of {len(np.unique(head[kept]))} objects, {len(data) / 1e3:.0f} kB")


def fitting(sketches: Drawings) -> np.ndarray:
    """(n,) bool: learned from, neither tiny nor thin nor filling the canvas."""
    opaque = sketches.index > 0
    share = opaque.mean((1, 2))
    wide, high = opaque.any(1).sum(1), opaque.any(2).sum(1)
    size = (share >= FEWEST) & (share <= MOST)
    size &= (np.maximum(wide, high) >= LEAST) & (np.minimum(wide, high) >= THIN)
    alone = opaque[:, [0, 0, -1, -1], [0, -1, 0, -1]].sum(1) <= CORNERS
    return size & alone & ~sketches.held & (sketches.weight > 0.02)


def certainty(sketches: Drawings, head: np.ndarray) -> np.ndarray:
    """(n,): how surely the networks that choose name the sprites' objects, in nats."""
    shown = rgba_of(sketches.index, sketches.palette).repeat(2, 1).repeat(2, 2)
    found = np.zeros(len(head))
    for model in rankers():
        place = {name: number for number, name in enumerate(model.about["classes"])}
        own = np.array([place.get(word["en"], -1) for word in lexicon.vocabulary()])[head]
        chances = model.probabilities(shown)[np.arange(len(own)), own]
        found += np.where(own >= 0, np.log(chances + 1e-3), 0)
    return found


def chosen(rows: np.ndarray, lines: np.ndarray, most: int) -> list[int]:
    """The first rows of which no two are much alike, mirrored or not."""
    kept: list[int] = []
    for row in rows:
        if len(kept) == most:
            break
        if not any(
            alike(lines[row], other) for k in kept for other in (lines[k], lines[k, :, ::-1])
        ):
            kept.append(int(row))
    return kept


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two outlines (s, s) bool lie in the same places, a pixel moved or not."""
    best = 0.0
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            moved = np.roll(other, (dy, dx), (0, 1))
            best = max(best, float((one & moved).sum() / max(1, (one | moved).sum())))
    return best > ALIKE


def also(row: np.ndarray, head: int) -> np.ndarray:
    """What else a sprite is called, (4,): no colours."""
    words = lexicon.vocabulary()
    kinds = ("object", "modifier", "material")
    found = [int(w) for w in row[:-1] if w and w != head and words[w]["kind"] in kinds][:WORDS]
    return np.array(found + [0] * (WORDS - len(found)))


if __name__ == "__main__":
    main()
