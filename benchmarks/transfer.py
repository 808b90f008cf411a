"""Transfer learning told honestly: frozen against fine-tuned, native size against enlarged.

    PINCEL_SHARED=... python benchmarks/transfer.py --out FOLDER [--data blood] [--count 1500]

EfficientNet-Lite0 with ImageNet weights learns a small part of a data set in six ways (head, last
block or all; pictures as they are or enlarged), beside the small cnn from scratch; every way gets
the same pictures, changes and seed. Cost is CPU time of training on one thread. The best epoch is
chosen on the validation part, the test part is answered once, plainly. Writes transfer.json and
transfer.en.png, transfer.es.png. What is done already (transfer.json) is not done again.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

TEXT = {
    "title": (
        "What of a pretrained network should learn?",
        "¿Qué debe aprender de una red preentrenada?",
    ),
    "note": (
        "EfficientNet-Lite0 (ImageNet) and a small cnn from scratch, the same {count} pictures of "
        "{name} to learn from, test accuracy on {test} pictures against CPU time.",
        "EfficientNet-Lite0 (ImageNet) y una cnn pequeña desde cero, las mismas {count} imágenes "
        "de {name} para aprender, exactitud en {test} imágenes de prueba según el tiempo de CPU.",
    ),
    "head": ("frozen, new head", "congelada, cabeza nueva"),
    "last": ("last block too", "también el último bloque"),
    "all": ("everything", "todo"),
    "scratch": ("small cnn from scratch", "cnn pequeña desde cero"),
    "pixels": ("{side} pixels", "{side} píxeles"),
    "x": ("CPU seconds of training", "segundos de CPU de entrenamiento"),
    "y": ("test accuracy, %", "exactitud en la prueba, %"),
}  # fmt: skip


def main() -> None:
    """Run what is missing, then draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="blood")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1500, help="pictures to learn from")
    parser.add_argument("--test", type=int, default=1000)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--side", type=int, default=96, help="side of enlarged pictures")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    chosen.out.mkdir(parents=True, exist_ok=True)
    path = chosen.out / "transfer.json"
    asked = {k: v for k, v in vars(chosen).items() if k != "out"}
    kept = json.loads(path.read_text()) if path.exists() else {}
    rows = kept.get("rows", []) if kept.get("asked") == asked else []
    data = part_of(chosen.data, chosen.count, chosen.test, chosen.seed)
    for way in ways(data.size[0], chosen.side):
        if any(row["way"] == list(way) for row in rows):
            continue
        rows.append({"way": list(way), **teach_one(data, way, chosen.epochs, chosen.seed)})
        print(json.dumps(rows[-1]), flush=True)
        facts = {"asked": asked, "name": data.name, "count": len(data.train),
                 "test": len(data.test), "rows": rows}  # fmt: skip
        path.write_text(json.dumps(facts, indent=1) + "\n")
    for place, code in enumerate(("en", "es")):
        facts = json.loads(path.read_text())
        (chosen.out / f"transfer.{code}.png").write_bytes(chart(facts, code, place))


def ways(native: int, enlarged: int) -> list[tuple[str, int]]:
    """(what learns, side)."""
    both = [(learn, side) for side in (native, enlarged) for learn in ("head", "last", "all")]
    return [("scratch", native), *both]


def part_of(name: str, count: int, test: int, seed: int) -> Any:
    """The data set with fewer pictures, class by class in the same proportions."""
    from pincel.learn.data import DataPart, open_data
    from pincel.learn.split import stratified

    data = open_data(name)
    rng = np.random.default_rng(seed)

    def fewer(part: DataPart, wanted: int) -> DataPart:
        share = min(0.999, wanted / len(part))
        rows, _ = stratified(part.labels, (share, 1 - share), rng)
        return DataPart(part.pictures[rows], part.labels[rows], [part.names[i] for i in rows])

    return replace(
        data,
        train=fewer(data.train, count),
        val=fewer(data.val, max(200, count // 4)),
        test=fewer(data.test, test),
    )


def teach_one(data: Any, way: tuple[str, int], epochs: int, seed: int) -> dict[str, Any]:
    """Train one way; CPU seconds, weights that learned, best validation, test accuracy."""
    import torch

    from pincel.learn.answering import class_probabilities
    from pincel.learn.course import Epoch
    from pincel.learn.measure import measure_answers
    from pincel.learn.run import Run
    from pincel.learn.teach import begin, teach
    from pincel.nets._network import open_model

    torch.set_num_threads(1)
    learn, side = way
    scratch = learn == "scratch"
    with tempfile.TemporaryDirectory() as folder:
        config = begin(
            "cnn" if scratch else "pretrained",
            data,
            seed=seed,
            settings={}
            if scratch
            else {"learn": learn, "side": 0 if side == data.size[0] else side},
            recipe={
                # from scratch needs more rounds; they cost less than one of the others
                "epochs": 5 * epochs if scratch else epochs,
                "batch": 32,
                "augment": "cells",
                "precision": "fp32",
                "threads": 1,
                "average": 0.99,
            },
        )
        run = Run.create(Path(folder) / "run", config)
        start, epoch = time.process_time(), 0
        for event in teach(run, data):
            if isinstance(event, Epoch):
                epoch = event.number
                if epoch == config["recipe"]["epochs"]:
                    break  # the test is answered below, once and plainly
        cost = time.process_time() - start
        model = open_model(run.folder / "best.safetensors")
    test = measure_answers(class_probabilities(model.net, data.test, model.about), data.test.labels)
    weights = sum(p.numel() for part in model.net.parts().values() for p in part)
    return {
        "seconds": round(cost, 1),
        "learned": weights,
        "weights": sum(p.numel() for p in model.net.parameters()),
        "val": model.about["metrics"]["val"]["accuracy"],
        "test": test.accuracy,
        "auc": test.auc,
    }


def chart(facts: dict[str, Any], code: str, place: int) -> bytes:
    """Accuracy against cost; a line joins the two sizes of one way."""
    from pincel import words
    from pincel.show import charts
    from pincel.words import numbers

    words.use(code)
    try:
        said = {key: text[place] for key, text in TEXT.items()}
        count, test = (numbers.number(facts[k]) for k in ("count", "test"))
        note = said["note"].format(count=count, name=facts["name"], test=test)
        sheet = charts.Chart(9.6, 6.0, said["title"], note)
        axes = sheet.axes(0.95, 1.75, 8.1, 3.4)
        axes.set_xscale("log")
        colors = dict(zip(("head", "last", "all", "scratch"), charts.SERIES, strict=False))
        for learn, color in colors.items():
            own = [row for row in facts["rows"] if row["way"][0] == learn]
            x, y = [r["seconds"] for r in own], [100 * r["test"] for r in own]
            axes.plot(x, y, color=color, linewidth=1.2, alpha=0.5)
            axes.scatter(x, y, s=60, color=color, zorder=3)
            for row, at_x, at_y in zip(own, x, y, strict=True):
                label = (f"{said['pixels'].format(side=row['way'][1])}\n"
                         f"{numbers.number(at_y, 1)} %")  # fmt: skip
                above = row["way"][1] == facts["rows"][0]["way"][1]
                axes.annotate(
                    label, (at_x, at_y), (0, 9 if above else -9), textcoords="offset points",
                    ha="center", va="bottom" if above else "top", color=charts.MUTED,
                    fontproperties=charts.font(8.5),
                )  # fmt: skip
        low = min(100 * r["test"] for r in facts["rows"])
        axes.set_ylim(max(0, low - 8), 101)
        seconds = [r["seconds"] for r in facts["rows"]]
        axes.set_xlim(min(seconds) / 1.5, max(seconds) * 1.5)
        charts.plain_axes(axes)
        ticks = [t for t in (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
                 if min(seconds) / 1.5 <= t <= max(seconds) * 1.5]  # fmt: skip
        axes.set_xticks(ticks, [numbers.number(t) for t in ticks])
        axes.minorticks_off()
        at = 0.95
        for learn, color in colors.items():
            sheet.text(at, 1.5, said[learn], 10.5, bold=True, color=color)
            at += sheet.extent(said[learn], 10.5, bold=True) + 0.3
        sheet.text(5.0, 5.6, said["x"], 10, color=charts.MUTED, across="center")
        sheet.text(0.3, 3.4, said["y"], 10, color=charts.MUTED, across="center", turn=90)
        return sheet.png()
    finally:
        words.use(None)


if __name__ == "__main__":
    main()
