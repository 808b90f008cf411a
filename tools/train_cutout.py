"""Teach the network of the learned cut-out (`cutout.sprites`), and measure it beside the cut-out by
the border.

    python tools/train_cutout.py learn DATA RUN --minutes 12        (DATA: where sprites.zip lies)
    python tools/train_cutout.py measure DATA RUN                   100 held-out pictures
    python tools/train_cutout.py ship DATA RUN                      -> src/pincel/weights

It is the family `masks`, of which only the classes are taught: things, and what is behind. Pictures
are computed as they are needed (`cutout_scenes.py`). Cut off, `learn`
goes on from the weights that were kept last (every 300 steps).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

import cutout_scenes
import ship_cells
from pincel import atomic
from pincel.art import cutout
from pincel.errors import PincelError
from pincel.learn.objects.things import Scene
from pincel.learn.objects.things_data import ThingsPart
from pincel.look.onnx_export import export
from pincel.look.onnx_session import open_session
from pincel.make.pictures import learned_cutout
from pincel.nets import masks
from pincel.nets._network import Model, model_bytes, open_model

SIDE, BATCH, RATE, AVERAGE = 160, 8, 3e-3, 0.997
WIDTHS = (24, 40, 72, 96)
POOL = 800
"""Pictures that are shown again, changed: to compute one takes as long as to learn from it."""
KEPT, LAST = "best.safetensors", "last.safetensors"


def things(data: Path) -> cutout_scenes.Things:
    """What is put over grounds."""
    return cutout_scenes.Things(data / "sprites.zip", data / "doll-parts.zip")


def shown(rgb: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8 as the network sees it, (3, h, w) float32."""
    from pincel.learn.objects.inputs import for_masks

    return for_masks(rgb).transpose(2, 0, 1)


def learn(data: Path, run: Path, minutes: float, seed: int) -> None:
    """Teach it for so many minutes of processor time."""
    run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    given = things(data)
    net = masks.Net(masks.Config(widths=WIDTHS))
    print(sum(p.numel() for p in net.parameters()), "weights")
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    steps = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02)
    begun, done, spent_before, heard = time.process_time(), 0, 0.0, []
    pool: list[tuple[np.ndarray, np.ndarray]] = []
    if (run / LAST).is_file():
        kept = open_model(run / LAST)
        net.load_state_dict(kept.net.state_dict())
        mean = open_model(run / KEPT).net.state_dict()
        done, spent_before = kept.about["steps"], kept.about["spent"]
        rng = np.random.default_rng([seed, done])
    net.train()
    while True:
        spent = spent_before + time.process_time() - begun
        share = spent / (60 * minutes)
        if share >= 1:
            break
        for group in steps.param_groups:
            group["lr"] = RATE * min(1, (done + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * share))
        fresh = [
            cutout_scenes.scene(
                rng, SIDE, given.train, cutout_scenes.ground(rng, SIDE, given.tiles)
            )
            for _ in range(BATCH // 2)
        ]
        pool = [*pool, *fresh][-POOL:]
        pairs = [*fresh, *(_again(rng, *pool[rng.integers(len(pool))]) for _ in fresh)]
        pictures = torch.from_numpy(np.stack([shown(one) for one, _ in pairs]))
        wanted = torch.from_numpy(np.stack([where for _, where in pairs])).long()
        with torch.autocast("cpu", torch.bfloat16):
            kinds = net._told(pictures)[0]
        loss = functional.cross_entropy(kinds.float(), wanted) + masks.dice_loss(
            kinds.float(), wanted
        )
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        steps.step()
        done += 1
        decay = min(AVERAGE, (done + 1) / (done + 10))
        for name, value in net.state_dict().items():
            if value.is_floating_point():
                mean[name].lerp_(value, 1 - decay)
        heard.append(float(loss.detach()))
        if done % 100 == 0:
            print(f"{done} steps, {spent:.0f} s, loss {np.mean(heard[-100:]):.3f}", flush=True)
        if done % 300 == 0:
            _keep(net.state_dict(), run / LAST, done, seed, spent)
            _keep(mean, run / KEPT, done, seed, spent)
    _keep(mean, run / KEPT, done, seed, spent)


def _again(
    rng: np.random.Generator, rgb: np.ndarray, where: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """A picture in other colours, half of all mirrored."""
    rgb = rgb[..., rng.permutation(3)]
    if rng.random() < 0.3:
        rgb = 255 - rgb
    return (rgb[:, ::-1], where[:, ::-1]) if rng.random() < 0.5 else (rgb, where)


def _keep(state: dict[str, torch.Tensor], place: Path, done: int, seed: int, spent: float) -> None:
    net = masks.Net(masks.Config(widths=WIDTHS))
    net.load_state_dict(state)
    about = {
        "classes": ["thing"], "task": masks.TASK,
        "seed": seed, "steps": done, "spent": round(spent),
        "prepare": {"channels": 3, "type": "uint8", "things": "masks", "scale": 1.0},
    }  # fmt: skip
    atomic.write_whole(place, model_bytes(Model("masks", net.eval(), about)))


# ------------------------------------------------------------------------------------ figures


def held_out(
    data: Path, count: int = 100, side: int = 512, seed: int = 77
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """(kind of ground, picture, where the thing is): sprites that were not learned from, nor any
    like them, half over photographs, half over computed grounds."""
    rng = np.random.default_rng(seed)
    given, photos = things(data), cutout_scenes.photos()
    unseen = cutout_scenes.unlike(given.test, given.train)
    for number in range(count):
        if number % 2:
            behind, kind = cutout_scenes.photo_ground(rng, side, photos), "photo"
        else:
            behind, kind = cutout_scenes.ground(rng, side, given.tiles), "computed"
        yield kind, *cutout_scenes.scene(rng, side, unseen, behind, only_sprites=True)


def overlap(said: np.ndarray, true: np.ndarray) -> float:
    """Intersection over union."""
    return float((said & true).sum() / max((said | true).sum(), 1))


def measure(data: Path, network: Any, folder: Path | None = None) -> dict[str, Any]:
    """Mean IoU of both cut-outs, by the kind of ground. One that refuses leaves the whole picture;
    how often is told. `network`: a session of ONNX Runtime; folder: where 24 of them are drawn."""
    rows, seen, seconds = [], [], []
    for kind, rgb, true in held_out(data):
        rgba = np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
        border = _asked(cutout.background, rgba)
        begun = time.perf_counter()
        learned = _asked(partial(learned_cutout.behind_things, network=network), rgba)
        seconds.append(time.perf_counter() - begun)
        rows.append((kind, overlap(border[0], true), overlap(learned[0], true),
                     border[1], learned[1]))  # fmt: skip
        parts = [rgb, *(np.where(m[..., None], rgb, 255) for m in (border[0], learned[0]))]
        seen.append(np.hstack([np.uint8(part)[::4, ::4] for part in parts]))
    if folder is not None:
        cutout_scenes.sheet(seen[:48], 4).save(folder / "seen.png")
    told: dict[str, Any] = {"seconds of 512 x 512, median": round(float(np.median(seconds)), 3)}
    for kind in ("all", "computed", "photo"):
        some = [row for row in rows if kind in ("all", row[0])]
        answered = [row for row in some if not row[3]]
        told[kind] = {
            "border": _mean(r[1] for r in some),
            "learned": _mean(r[2] for r in some),
            "border refused": sum(r[3] for r in some),
            "learned refused": sum(r[4] for r in some),
            "border where it answers": _mean(r[1] for r in answered),
            "learned there": _mean(r[2] for r in answered),
            "learned is better": sum(r[2] > r[1] for r in some),
            "learned below 0.5": sum(r[2] < 0.5 for r in some),
        }
    return told


def _asked(ask: Callable[[np.ndarray], np.ndarray], rgba: np.ndarray) -> tuple[np.ndarray, bool]:
    """What is left, and whether it was refused."""
    try:
        return ~ask(rgba), False
    except PincelError:
        return np.ones(rgba.shape[:2], bool), True


def _mean(values: Iterable[float]) -> float:
    return round(float(np.mean(list(values))), 4)


def exported(data: Path, run: Path, bits: int) -> bytes:
    """The run's network as an ONNX file, its convolutions in 8 bits."""
    model = ship_cells.rounded(open_model(run / KEPT))
    file = export(model)
    if bits == 32:
        return file
    rng, given = np.random.default_rng(1), things(data)
    some = [
        cutout_scenes.scene(rng, SIDE, given.train, cutout_scenes.ground(rng, SIDE, given.tiles))[0]
        for _ in range(64)
    ]
    return ship_cells.eight_bits(file, ThingsPart(some, [Scene("", (SIDE, SIDE))] * 64), "masks")


def main() -> None:
    """Learn, measure, or measure and ship."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("learn", "measure", "ship"))
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bits", type=int, default=8, choices=(8, 32))
    given = parser.parse_args()
    if given.what == "learn":
        learn(given.data, given.run, given.minutes, given.seed)
    else:
        file = exported(given.data, given.run, given.bits)
        session = open_session(file, given.run, threads=1)[0]
        print(json.dumps(measure(given.data, session, given.run), indent=1))
        if given.what == "ship":
            atomic.write_whole(ship_cells.WEIGHTS / f"{learned_cutout.SHIPPED}.onnx", file)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
