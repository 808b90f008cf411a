"""How many pictures without a face `pincel translate` refuses, and how many with one.

    python tools/judge_finder.py SHARED [--model FOLDER] [--first]

SHARED holds the data sets that show none (`not_faces.py`, `all_faces.py`). Told are the halves that
nothing was learned from or chosen on; with --first the other ones. A picture is refused where no
head is found.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from all_faces import all_faces
from not_faces import not_faces, shown
from pincel.make.pictures.heads import find_head
from pincel.make.pictures.translate import Translator, open_translator, over_white

_MOST = 150
"""Pictures of a kind that are looked at."""


def refused(ready: Translator, pictures: list[np.ndarray], seed: int) -> tuple[int, int]:
    """How many of these (h, w, 4) uint8 show no head, and of how many."""
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(pictures))[:_MOST]
    none = [find_head(over_white(shown(pictures[k], rng)), ready.looked) is None for k in chosen]
    return sum(none), len(none)


def main() -> None:
    """Two tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--first", action="store_true")
    asked = parser.parse_args()
    ready = open_translator(asked.model)
    for name, kinds in (("no face", not_faces(asked.shared, not asked.first)),
                        ("a face", all_faces(asked.shared, not asked.first))):  # fmt: skip
        print(f"\n| {name} | pictures | refused |\n|---|---|---|")
        told = {kind: refused(ready, kinds[kind], 5) for kind in sorted(kinds)}
        told["all"] = tuple(map(sum, zip(*told.values(), strict=True)))
        for kind, (none, of) in told.items():
            print(f"| {kind} | {of} | {100 * none / of:.1f} % |")


if __name__ == "__main__":
    main()
