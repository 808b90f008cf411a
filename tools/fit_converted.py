"""Write src/pincel/art/converted.json: how a drawn sprite is told from a converted picture.

    python tools/fit_converted.py --sprites sprites.zip

A logistic regression on the first half of the pictures of `benchmarks/judging.py`; every source
of sprites and every way of converting weighs the same, and what our own engine draws is not taught.
The threshold is the one at which no source has more than 3 of 100 real sprites accused on that half
(`benchmarks/judging.py` tells about the other one).
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import judging  # noqa: E402
from pincel.art.drawn import TRAITS, traits  # noqa: E402
from pincel.art.score import indexed_picture  # noqa: E402

OUT = ROOT / "src" / "pincel" / "art" / "converted.json"
ACCUSED = 0.03


def measured(archive: zipfile.ZipFile, half: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, traits) and where each row is from (n,)."""
    rows, origin = [], []
    for source in judging.SOURCES:
        for _, sprite in judging.real(archive, source, half, count):
            rows.append(traits(*indexed_picture(sprite)))
            origin.append(source)
    for way, picture in judging.conversions(half):
        if way in judging.WAYS:
            rows.append(traits(*indexed_picture(picture)))
            origin.append(way)
    return np.array([[row[name] for name in TRAITS] for row in rows]), np.array(origin)


def fit(values: np.ndarray, origin: np.ndarray) -> dict:
    """The model as plain numbers."""
    machine = np.isin(origin, judging.WAYS)
    mean, scale = values[~machine].mean(0), values[~machine].std(0)
    standard = np.clip((values - mean) / scale, -4, 4)
    weight = np.zeros(len(origin))
    for name in np.unique(origin):
        groups = len(judging.WAYS) if name in judging.WAYS else len(judging.SOURCES)
        weight[origin == name] = 1000 / groups / (origin == name).sum()
    found = LogisticRegression(C=1.0, max_iter=5000).fit(standard, machine, sample_weight=weight)
    odds = found.decision_function(standard)
    threshold = max(np.quantile(odds[origin == s], 1 - ACCUSED) for s in judging.SOURCES)
    return {
        "mean": _named(mean),
        "scale": _named(scale),
        "weights": _named(found.coef_[0]),
        "bias": round(float(found.intercept_[0]), 5),
        "threshold": round(float(threshold), 5),
    }


def _named(values: np.ndarray) -> dict[str, float]:
    return {name: round(float(v), 5) for name, v in zip(TRAITS, values, strict=True)}


def main() -> None:
    """Measure, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sprites", required=True, type=Path)
    parser.add_argument("--count", type=int, default=500, help="sprites of each source")
    given = parser.parse_args()
    model = fit(*measured(zipfile.ZipFile(given.sprites), 0, given.count))
    note = "drawn or converted: a logistic regression made by tools/fit_converted.py"
    OUT.write_text(json.dumps({"note": note, **model}, indent=1) + "\n", "utf-8")
    print(json.dumps(model["weights"], indent=1))


if __name__ == "__main__":
    main()
