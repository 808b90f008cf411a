"""The captioner: does it name what a sprite shows better than the nearest known sprite?

python benchmarks/captioner.py --steps 2000 --model captioner.safetensors    train, then measure
python benchmarks/captioner.py --steps 0 --model captioner.safetensors       measure again

Sprites and words are those of tools/sprites_data.py ($PINCEL_SHARED/data, or --data FILE.npz).
Held-out captions (about 6 %, all sprites of a caption together) are never shown. Word F1 of a
sprite: 2 shared / (words said + words true); the table has the mean over held-out sprites. Nearest
neighbours say the words of the training sprite that is nearest: in pixels, in the vectors of
contrastive.cards, in those of the captioner's own encoder.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
import torch

from pincel import atomic
from pincel.art import lexicon
from pincel.learn.captioning import SIDE, Captions, Lessons, captions_of
from pincel.learn.course import Batch, Finished, Order
from pincel.learn.prepare import prepare
from pincel.learn.run import Run
from pincel.learn.teach import teach
from pincel.learn.teach import written as asked_for
from pincel.look.onnx_captioner import export_captioner
from pincel.look.wording import written_captions
from pincel.nets._network import Model, model_bytes, open_model


def load(data: Path | None) -> Captions:
    """The arrays of tools/sprites_data.py, from a file or made now."""
    if data is not None:
        with np.load(data) as arrays:
            return captions_of(arrays)
    from pincel.learn.captioned_sprites import caption_arrays

    folder = Path(os.environ["PINCEL_SHARED"]) / "data"
    return captions_of(caption_arrays(folder / "sprites.zip", folder / "doll-parts.zip"))


def trained(data: Captions, steps: int, seed: int, path: Path) -> None:
    """Train on what is not held out and keep the averaged weights; a run beside the model, which
    goes on after an interruption."""
    lessons = Lessons("sprites", data.part(np.flatnonzero(~data.held)))
    words = lexicon.vocabulary()
    recipe = {"steps": steps, "precision": "fp32"}
    order = Order("captioner", lessons, seed, {"words": len(words)}, recipe, "cpu")
    run = Run.at(path.with_suffix(".run"), lambda: asked_for(order))
    begun = time.process_time()
    for event in teach(run, lessons):
        if isinstance(event, Batch) and (event.step % 50 == 0 or event.step == steps):
            spent = time.process_time() - begun
            print(f"step {event.step} loss {event.loss:.3f} {spent:.0f} s", flush=True)
        if isinstance(event, Finished):
            about = {
                "prepare": event.model.about["prepare"],
                "words": [[w["en"], w["es"], w["kind"]] for w in words],
                "metrics": {},
                "seed": seed,
                "steps": steps,
                "seconds": event.model.about["seconds"],
                "counts": {"train": len(lessons.train), "held": int(data.held.sum())},
            }
            atomic.write_whole(path, model_bytes(Model("captioner", event.model.net, about)))


def f1(said: list[set[int]], true: list[set[int]]) -> float:
    """The mean over sprites of 2 shared / (said + true)."""
    pairs = zip(said, true, strict=True)
    return float(np.mean([2 * len(a & b) / max(1, len(a) + len(b)) for a, b in pairs]))


def sets(words: np.ndarray) -> list[set[int]]:
    """Rows of ids as sets, without 0."""
    return [set(row[row > 0].tolist()) for row in words]


def nearest(known: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """For each row of `asked` the nearest row of `known`."""
    far = (known**2).sum(1)[None] - 2 * asked @ known.T
    return far.argmin(1)


def measure(data: Captions, path: Path) -> dict[str, dict[str, float]]:
    """Word F1 on held-out sprites: the captioner, and three nearest neighbours."""
    model = open_model(path)
    known, asked = (data.part(np.flatnonzero(data.held == held)) for held in (False, True))
    inputs = [prepare(part.pictures, model.about) for part in (known, asked)]

    def step(pictures: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.inference_mode():
            scores, shares = model.net(torch.from_numpy(pictures), torch.from_numpy(words))
        return scores.numpy(), shares.numpy()

    asks = inputs[1].numpy()
    said: dict[str, list[set[int]]] = {"captioner": []}
    for i in range(0, len(asks), 64):
        found = written_captions(step, asks[i : i + 64])
        said["captioner"] += [set(one.words) for one in found]
    pixels = [x.flatten(1).numpy() for x in inputs]
    said["nearest in pixels"] = sets(known.words[nearest(*pixels)])
    said["nearest in its own vectors"] = sets(
        known.words[nearest(*(own(model, x) for x in inputs))]
    )
    said["nearest in contrastive.cards"] = sets(known.words[nearest(*cards(known, asked))])
    often = np.bincount(known.words.ravel(), minlength=1)[1:].argsort()[::-1][:4] + 1
    said["the four most usual words"] = [set(often.tolist())] * len(asks)
    kinds = np.array([w[2] for w in model.about["words"]])
    true = sets(asked.words)
    table = {}
    for name, answers in said.items():
        table[name] = {"all": f1(answers, true)}
        for kind in ("object", "colour"):
            rows = [i for i, t in enumerate(true) if any(kinds[w] == kind for w in t)]
            parts = [
                [{w for w in each[i] if kinds[w] == kind} for i in rows] for each in (answers, true)
            ]
            table[name][kind] = f1(*parts)
    return table


def own(model: Model, inputs: torch.Tensor) -> np.ndarray:
    """The encoder's vectors, normalised."""
    with torch.inference_mode():
        found = torch.cat([model.net.embed(part) for part in inputs.split(256)])  # type: ignore
    return torch.nn.functional.normalize(found, dim=1).numpy()


def cards(*parts: Captions) -> list[np.ndarray]:
    """The vectors of the shipped card network."""
    from pincel.look.models import find_model

    model = find_model("contrastive.cards")
    return [own(model, prepare(part.pictures, model.about)) for part in parts]


def main() -> None:
    """Train if asked, measure, print a table, keep the figures in the model and its ONNX file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    asked = parser.parse_args()
    data = load(asked.data)
    print(f"{(~data.held).sum()} sprites of {SIDE} x {SIDE}, {data.held.sum()} held out")
    if asked.steps:
        trained(data, asked.steps, asked.seed, asked.model)
    table = measure(data, asked.model)
    for name, row in table.items():
        print(f"{name:30}" + "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    model = open_model(asked.model)
    rounded = {k: {key: round(v, 4) for key, v in row.items()} for k, row in table.items()}
    model = Model(model.family, model.net, {**model.about, "metrics": {"held": rounded}})
    atomic.write_whole(asked.model, model_bytes(model))
    atomic.write_whole(asked.model.with_suffix(".onnx"), export_captioner(model))
    print(json.dumps(rounded))


if __name__ == "__main__":
    main()
