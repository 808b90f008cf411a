"""Make a shipped network of things out of a run: its weights rounded to 16 bits, its ONNX file for
the base install, both with the same facts.

    python tools/ship_cells.py RUN NAME        (RUN/best.safetensors -> src/pincel/weights/NAME.*)
    python tools/ship_cells.py RUN --data DATA        figures of a run, nothing is written
    python tools/ship_cells.py RUN NAME --data DATA   both

With `--data`, the folder that the run learned from, the way of seeing and reading is chosen on its
validation part as Pincel chooses now, and the test part is measured once: as a whole and, where
split.csv says which stain a picture has, for each stain.

With `--data` the ONNX file computes in 8 bits (`--bits 32`: in all), in half the time on processors
that have instructions for it, and to the same numbers on all (`tools/eight_bits.py`). How far each
map reaches is read off pictures of the training part. Measured is what the ONNX file says.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import torch

from channels_last import folded, laid_out
from eight_bits import quantized, shifted
from pincel.learn.objects import inputs, object_sizes
from pincel.learn.objects import measure_masks as measure
from pincel.learn.objects.things import to_labels
from pincel.learn.objects.things_data import ThingsData, ThingsPart, open_things
from pincel.learn.tasks import boxing, masking
from pincel.look.onnx_export import difference, export, with_facts
from pincel.look.onnx_session import open_session
from pincel.nets import _instances
from pincel.nets._network import Model, model_bytes, open_model

_FARTHEST = 8.0
"""Scores of masks that lie farther from zero are cut off: nobody asks whether a chance is 0.9997 or
more, and those near one half are told in finer steps."""
CALIBRATED, CUT = 32, 512
"""Pictures by which it is told how far each map reaches, and how much of them is seen."""
WHOLE = ("/heat/Conv", "/sides/Conv", "/shift")
"""Of boxes, what stays in 32 bits, a hundredth of the work: scores need fine steps."""
WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "pincel" / "weights"


def rounded(model: Model) -> Model:
    """The same, its weights as 16 bits hold them."""
    state = model.net.state_dict()
    for name, value in state.items():
        if value.is_floating_point():
            state[name] = value.half().float()
    model.net.load_state_dict(state)
    return model


def eight_bits(data: bytes, part: ThingsPart, family: str) -> bytes:
    """The ONNX file `data` with its convolutions in 8 bits; what it says of itself stays."""
    rows = part.pictures[:: max(1, len(part) // CALIBRATED)]
    if family == "boxes":  # levels 0 to 255 are -1 to 1: none is zero
        data = shifted(data, 1 / 255, "/shift")
        return quantized(data, map(inputs.shown_boxes, rows), WHOLE, fixed=(1 / 127.5, 127))
    see = (object_sizes.scaled_input(inputs.for_masks(rgb[:CUT, :CUT]), Fraction(1))
           for rgb in rows)  # fmt: skip
    return laid_out(quantized(folded(data), see, ends=("/last/Conv", _FARTHEST / 128, 128)))


class Asked:
    """An ONNX file in the place of a network of torch."""

    def __init__(self, data: bytes) -> None:
        self.session = open_session(data, Path("shipped"), threads=1)[0]

    def eval(self) -> Asked:
        return self

    def maps(self, pictures: torch.Tensor) -> Any:
        said = self.session.run(None, {"pictures": pictures.numpy()})
        return tuple(map(torch.from_numpy, said))


def written(model: Model, name: str, data: bytes) -> None:
    """Both files."""
    print(f"torch and ONNX Runtime, both 32 bits, differ by {difference(model, export(model)):.2g}")
    (WEIGHTS / f"{name}.onnx").write_bytes(data)
    model.net.half()
    (WEIGHTS / f"{name}.safetensors").write_bytes(model_bytes(model))
    print({f.name: f.stat().st_size for f in sorted(WEIGHTS.glob(f"{name}.*"))})


# ------------------------------------------------------------------------------------ figures


def examined(model: Model, net: Any, data: ThingsData, folder: Path, looks: int) -> dict[str, Any]:
    """What the model's file says of it, with figures of the validation and the test part; `net`
    answers."""
    if model.family == "boxes":
        found = boxing.answers(net, data.val.pictures, "cpu")
        thresholds = boxing.chosen(data, data.val, found)
        test = boxing.answers(net, data.test.pictures, "cpu")
        told: dict[str, Any] = {"thresholds": thresholds, "overlap": boxing.OVERLAP}
        told["val"] = boxing.judged(data, data.val, found, thresholds)
        return told | {"test": boxing.judged(data, data.test, test, thresholds)}
    tried = [share * masking.best_size(data.train) for share in masking.TRIED]
    how, seen = masking.best_way(net, data.val, "cpu", tried)
    if looks > 1:
        how = replace(how, looks=looks, twice=bool(how.diameter))
        seen = masking.answers(net, data.val.pictures, "cpu", how)
        how = masking.best_reading(data.val, seen, how)
    found_maps = masking.answers(net, data.test.pictures, "cpu", how)
    told = {"reading": asdict(how), "val": masking.judged(data.val, seen, how)}
    told["test"] = masking.judged(data.test, found_maps, how)
    for name, rows in stains(folder, data.test).items():
        part = ThingsPart(
            [data.test.pictures[k] for k in rows], [data.test.scenes[k] for k in rows]
        )
        print(f"{name} ({len(rows)})", masking.judged(part, [found_maps[k] for k in rows], how))
    print("connected parts", connected(data.test, found_maps, how))
    return told


def stains(folder: Path, part: ThingsPart) -> dict[str, list[int]]:
    """Which rows of a part have which stain, as split.csv says."""
    table = folder / "split.csv"
    if not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        known = {row["file"]: row.get("stain", "") for row in csv.DictReader(file)}
    found: dict[str, list[int]] = {}
    for row, scene in enumerate(part.scenes):
        found.setdefault(known.get(Path(scene.name).name, ""), []).append(row)
    return {name: rows for name, rows in sorted(found.items()) if name}


def connected(part: ThingsPart, maps: list[masking.Maps], how: _instances.InstanceReading) -> float:
    """Mean AP of connected parts of the same maps: what telling objects apart has to beat."""
    each = [
        measure.compare_objects(_instances.parts(one[0] > how.threshold),
                        to_labels(scene.things, *scene.size)).ap
        for one, scene in zip(maps, part.scenes, strict=True)
    ]  # fmt: skip
    return round(float(np.mean(each)), 5)


def main() -> None:
    """Measure, write, or both."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("run", type=Path)
    asked.add_argument("name", nargs="?")
    asked.add_argument("--data", type=Path)
    asked.add_argument("--classes", nargs="+", help="what its classes are called from now on")
    asked.add_argument("--bits", type=int, default=8, choices=(8, 32), help="of the ONNX file")
    asked.add_argument("--looks", type=int, default=1, choices=(1, 2, 4),
                       help="masks: at mirror images too, and at the picture as it is")  # fmt: skip
    given = asked.parse_args()
    if not (given.name or given.data):
        sys.exit("name the network that is written, or --data, or both")
    place = given.run / "best.safetensors" if given.run.is_dir() else given.run
    model = open_model(place)
    model.net.float()
    model = rounded(model)
    if given.classes:
        model = replace(model, about={**model.about, "classes": given.classes})
    data = export(model)
    if given.data:
        things = open_things(str(given.data), model.family)
        if set(things.classes) == set(model.about["classes"]):
            things = things.in_order(model.about["classes"])
        if given.bits == 8:
            data = eight_bits(data, things.train, model.family)
        told = examined(model, Asked(data), things, given.data, given.looks)
        print(json.dumps(told, indent=1))
        about = dict(model.about)
        model = replace(model, about=about | {"metrics": {**about.get("metrics", {}), **told}})
        data = told_anew(data, model)
    if given.name:
        written(model, given.name, data)


def told_anew(data: bytes, model: Model) -> bytes:
    """An ONNX file with the facts that are known now."""
    import onnx

    whole = onnx.load_model_from_string(data)
    del whole.metadata_props[:]
    return with_facts(whole.SerializeToString(), model)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
