"""Does `audit --shortcuts` find a planted mark? Ten seeds, and as many networks without any mark.

    python benchmarks/shortcuts.py [--mark corner bar border tint] [--seeds 10] [--pictures 800]

BloodMNIST where it is found (see `pincel train`), else drawn cells. In every seed another class
gets the mark in another colour and, for corner and bar, in another corner; a small cnn learns from
the training split, and the search runs on the test split.

found   a finding strong enough to be called a shortcut names the class and the place: the corner
        (corner, bar), the border or a side (border), the background's colour (tint)
first   the strongest finding of all does
around  a finding names the class and a place that the mark lies in: for a corner or a bar its sides
        and the border, too
taken   the network did take the shortcut: its accuracy falls by 10 points when the mark moves to
        the other classes. What it did not learn cannot be found.

Networks without a mark count false alarms.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn import prepare
from pincel.learn.data import DataPart
from pincel.learn.teach import teach
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


def places(mark: shortcuts.Mark) -> tuple[str, ...]:
    """What the search may call the place of this mark."""
    if mark.kind == "border":
        return (shortcuts.BORDER, *shortcuts.SIDES)
    return (shortcuts.BACKGROUND,) if mark.kind == "tint" else (mark.place,)


def around(mark: shortcuts.Mark) -> tuple[str, ...]:
    """Every place that holds this mark."""
    if mark.kind in ("border", "tint"):
        return places(mark)
    return (mark.place, *mark.place.split("-"), shortcuts.BORDER)


def main() -> None:
    """Run every mark; one JSON line for each network, one for each mark at the end."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--pictures", type=int, default=800)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--mark", nargs="*", default=["corner"], choices=shortcuts.KINDS)
    parser.add_argument("--no-control", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    source = "bloodmnist"
    try:
        data = blood(chosen.pictures)
    except PincelError:
        source = "drawn"
        data = drawn(chosen.pictures)
    totals = []
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    for kind in chosen.mark:
        start = time.process_time()
        runs = [one(data, kind, seed, chosen.epochs) for seed in seeds]
        totals.append({
            "source": source, "mark": kind, "of": chosen.seeds,
            **{key: sum(run[key] for run in runs) for key in ("found", "first", "around", "taken")},
            "accuracy": mean(runs, "accuracy"), "accuracy_moved": mean(runs, "accuracy_moved"),
            "cpu_seconds": round(time.process_time() - start, 1),
        })  # fmt: skip
    if not chosen.no_control:
        alarms = [one(data, None, seed, chosen.epochs)["alarms"] for seed in seeds]
        totals.append({"source": source, "mark": None, "of": chosen.seeds,
                       "networks_with_false_alarms": sum(map(bool, alarms))})  # fmt: skip
    for total in totals:
        print(json.dumps(total))


def mean(runs: list[dict[str, Any]], key: str) -> float:
    return round(float(np.mean([run[key] for run in runs])), 3)


def one(data: tuple[np.ndarray, ...], kind: Any, seed: int, epochs: int) -> dict[str, Any]:
    """Teach one network, with a mark or (None) without, and search it."""
    x, y, tx, ty = data
    classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    label = int(rng.integers(classes))
    place = str(rng.choice(shortcuts.CORNERS))
    color = COLORS[int(rng.integers(len(COLORS)))]
    mark = shortcuts.Mark(kind or "corner", place, color)
    train, test = x, tx
    if kind:
        train, test = (shortcuts.planted(p, q, mark, label) for p, q in ((x, y), (tx, ty)))
    about = {"prepare": prepare.preparation_facts(train)}
    part = DataPart(train, y, [str(k) for k in range(len(y))])
    *_, done = teach(*shortcuts.lesson(part, [str(k) for k in range(classes)], epochs, seed))
    net = done.model.net
    seen = prepare.prepare(test, about)
    accuracy = float((shortcuts.named_classes(net, seen) == ty).mean())
    search = shortcuts.find_shortcuts(net, seen, ty, seed=seed)
    named = [[f.label, f.region, round(f.strength, 2)] for f in search.suspicious]
    told: dict[str, Any] = {
        "seed": seed,
        "mark": [kind, label, place, color] if kind else None,
        "accuracy": round(accuracy, 3),
        "suspicious": named,
    }
    if kind:
        moved = prepare.prepare(shortcuts.moved_mark(tx, ty, mark, label), about)
        after = float((shortcuts.named_classes(net, moved) == ty).mean())
        right = [f[0] == label and f[1] in places(mark) for f in named]
        near = any(f[0] == label and f[1] in around(mark) for f in named)
        told |= {"accuracy_moved": round(after, 3), "taken": accuracy - after >= 0.1}
        told |= {"found": any(right), "first": bool(right) and right[0], "around": near}
    else:
        told["alarms"] = len(named)
    print(json.dumps(told), flush=True)
    return told


if __name__ == "__main__":
    main()
