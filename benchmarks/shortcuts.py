"""Does `audit --shortcuts` find a planted corner? Ten seeds, and ten networks without any mark.

    python benchmarks/shortcuts.py [--seeds 10] [--pictures 800] [--epochs 10]

BloodMNIST where it is found (see `pincel train`), else drawn cells. In every seed another class
gets a coloured square of 4 x 4 pixels in another corner; a small cnn learns from the training
split, and the search runs on the test split. Found means: the first finding names the class and
the corner, and is strong enough to be called a shortcut.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn import prepare
from pincel.look import shortcuts

COLORS = ((220, 40, 40), (40, 180, 70), (40, 80, 220), (240, 220, 40), (20, 20, 20), (0, 200, 210))


def blood(count: int) -> tuple[np.ndarray, ...]:
    """Training and test pictures and labels."""
    from pincel.learn.data import open_data

    data = open_data("bloodmnist")
    parts = []
    for part in (data.train, data.test):
        parts += [np.asarray(part.pictures[:count]), np.asarray(part.labels[:count])]
    return tuple(parts)


def drawn(count: int) -> tuple[np.ndarray, ...]:
    """Four kinds of round cells that differ in size and lobes, seeded."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[0:28, 0:28]
    parts: list[np.ndarray] = []
    for _ in range(2):
        labels = rng.integers(0, 4, count)
        pictures = np.empty((count, 28, 28, 3), np.uint8)
        for i, label in enumerate(labels):
            cy, cx = rng.normal(13.5, 1.5, 2)
            far, angle = np.hypot(y - cy, x - cx), np.arctan2(y - cy, x - cx)
            radius = 6 + 1.2 * (label % 2) + (label // 2) * 1.5 * np.cos(3 * angle)
            inside = (far < radius)[..., None]
            ground = rng.normal((225, 205, 195), 6, 3)
            cell = rng.normal((110, 60, 150), 12, 3)
            noise = rng.normal(0, 9, (28, 28, 3))
            pictures[i] = np.clip(np.where(inside, cell, ground) + noise, 0, 255)
        parts += [pictures, labels.astype(np.int64)]
    return tuple(parts)


def main() -> None:
    """Run and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--pictures", type=int, default=800)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--mark", default="corner", choices=shortcuts.KINDS)
    parser.add_argument("--no-control", action="store_true")
    chosen = parser.parse_args()
    source = "bloodmnist"
    try:
        x, y, tx, ty = blood(chosen.pictures)
    except PincelError:
        source = "drawn"
        x, y, tx, ty = drawn(chosen.pictures)
    classes = int(y.max()) + 1
    start = time.perf_counter()
    found, alarms, runs = 0, 0, []
    for seed in range(chosen.seeds):
        rng = np.random.default_rng(seed)
        label = int(rng.integers(classes))
        place = str(rng.choice(shortcuts.CORNERS))
        color = COLORS[int(rng.integers(len(COLORS)))]
        mark = shortcuts.Mark(chosen.mark, place, color)
        for with_mark in (True,) if chosen.no_control else (True, False):
            train, test = x, tx
            if with_mark:
                train, test = (shortcuts.planted(p, q, mark, label) for p, q in ((x, y), (tx, ty)))
            about = {"prepare": prepare.facts(train)}
            net = shortcuts.small_net(x.shape[-1], classes, seed)
            pictures = prepare.prepare(train, about)
            for _ in shortcuts.lessons(
                net, pictures, torch.from_numpy(y), epochs=chosen.epochs, seed=seed
            ):
                pass
            seen = prepare.prepare(test, about)
            accuracy = float((shortcuts.answers(net, seen) == ty).mean())
            search = shortcuts.find_shortcuts(net, seen, ty, seed=seed)
            first = search.findings[0]
            one = {
                "seed": seed,
                "planted": [label, place, color] if with_mark else None,
                "accuracy": round(accuracy, 3),
                "first": [first.label, first.region],
                "pulled": round(first.pulled, 2),
                "lost": round(first.lost, 2),
                "heat": round(first.heat, 2),
                "suspicious": [
                    [f.label, f.region, round(f.strength, 2)] for f in search.suspicious
                ],
            }
            if with_mark:
                moved = prepare.prepare(shortcuts.moved(tx, ty, mark, label), about)
                one["accuracy_moved"] = round(
                    float((shortcuts.answers(net, moved) == ty).mean()), 3
                )
                one["found"] = first.suspicious and [first.label, first.region] == [label, place]
                found += one["found"]
            else:
                alarms += bool(search.suspicious)
            runs.append(one)
            print(json.dumps(one), flush=True)
    seconds = round(time.perf_counter() - start, 1)
    total = {"source": source, "mark": chosen.mark, "found": found, "of": chosen.seeds}
    print(json.dumps({**total, "false_alarms": alarms, "seconds": seconds}))


if __name__ == "__main__":
    main()
