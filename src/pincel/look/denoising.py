"""Watching a diffusion network: a picture drowns in noise, and a picture comes out of noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from pincel.learn.prepare import prepare, to_pictures, visible
from pincel.look.asked import Asked, cell_of, labels_of, net_of, seen_of, soft_pictures
from pincel.nets import _oklab
from pincel.nets._network import Model

STEPS = 1000
"""Steps in which the forward process is counted."""


@dataclass(frozen=True, eq=False)
class Noising:
    """The forward process q(x_t | x_0) on one picture.

    pictures  (k, h, w, c) uint8 at `times`;  frames  (25, h, w, c) at times that lie evenly
    curves  "signal" a, "noise" s, "alpha_bar", "beta",
    each (1001,) over t = 0..1 (beta of step 0 is 0);  rows  for each time t, a, s, alpha-bar, x_0,
    the noise and x_t = a x_0 + s noise of one number: lightness at `cell`
    """

    kind: str
    times: tuple[float, ...]
    pictures: np.ndarray
    frames: np.ndarray
    curves: dict[str, np.ndarray]
    cell: tuple[int, int]
    rows: list[dict[str, float]]


@dataclass(frozen=True, eq=False)
class Reversal:
    """The way back. held (steps + 1, h, w, c) and seen (steps, h, w, c) uint8: what it had at
    `times`, and the picture x_0 that it saw in it; `moved`, (steps,), how far what it saw changed
    (mean difference, of 255); `made` (h, w, c) uint8 what came out, with all channels."""

    guidance: float | None
    times: list[float]
    held: np.ndarray
    seen: np.ndarray
    moved: np.ndarray
    made: np.ndarray


@dataclass(frozen=True, eq=False)
class Views:
    """What the network says about what it holds, three times the same.

    asked   which of the three it is asked: "x0", "noise" or "velocity"
    times   of k steps;  held, picture (k, h, w, c) uint8: x_t, and the x_0 it names
    noise, velocity  (k, h, w): lightness of what it names
    rows    for each time t, a, s, and lightness at `cell`: xt, x0, noise, velocity
    """

    asked: str
    times: list[float]
    held: np.ndarray
    picture: np.ndarray
    noise: np.ndarray
    velocity: np.ndarray
    cell: tuple[int, int]
    rows: list[dict[str, float]]


def noising(model: Model, picture: np.ndarray, asked: Asked) -> Noising:
    """Drown a picture (h, w, c), uint8, uint16 or float32 of the model's size, in noise, as far as
    each of the times. The noise is not the one that the picture may have been made from: that of
    the seed after."""
    net = net_of(model)
    schedule = net.schedule
    x0 = _oklab.encode(prepare(picture[None], model.about), net.config.stains)
    noise = _noise(x0, asked.seed + 1)
    times = torch.tensor(asked.times, dtype=torch.float32)
    held = schedule.noised(x0.expand(len(times), -1, -1, -1), noise, times)
    row, column = cell = cell_of(asked, x0.shape[-2:])
    signal, loud = schedule.signal(times.double()), schedule.noise(times.double())
    rows = [
        {
            "t": float(t),
            "signal": float(a),
            "noise_level": float(s),
            "alpha_bar": float(a**2 / (a**2 + s**2)),
            "x0": float(x0[0, 0, row, column]),
            "noise": float(noise[0, 0, row, column]),
            "xt": float(x[0, row, column]),
        }
        for t, a, s, x in zip(times, signal, loud, held, strict=True)
    ]
    line = torch.linspace(0, 1, STEPS + 1, dtype=torch.float64)
    curves = {
        "signal": schedule.signal(line).numpy(),
        "noise": schedule.noise(line).numpy(),
        "alpha_bar": schedule.alpha_bar(STEPS).numpy(),
        "beta": np.concatenate([[0.0], schedule.beta(STEPS).numpy()]),
    }
    even = torch.linspace(0, 1, 25)
    frames = soft_pictures(schedule.noised(x0.expand(25, -1, -1, -1), noise, even), model.about)
    shown = soft_pictures(held, model.about)
    return Noising(schedule.kind, asked.times, shown, frames, curves, cell, rows)


def reversals(model: Model, asked: Asked) -> list[Reversal]:
    """From noise to a picture; with guidance and without where there are classes."""
    net = net_of(model)
    labels = labels_of(model, asked, 1)
    if labels is None:
        return [_reversal(model, asked, None, None)]
    guidance = net.config.guidance if asked.guidance is None else asked.guidance
    ways = dict.fromkeys((guidance, 1.0, 0.0))
    return [_reversal(model, asked, labels, way) for way in ways]


def _reversal(
    model: Model, asked: Asked, labels: Tensor | None, guidance: float | None
) -> Reversal:
    looks = list(net_of(model).looks([asked.seed], labels, asked.steps, guidance=guidance))
    held = soft_pictures(torch.cat([look.before for look in looks]), model.about)
    stains = net_of(model).config.stains
    made = to_pictures(_oklab.decode(looks[-1].after, stains), model.about)
    last = visible(made, model.about)
    whole = _oklab.decode(torch.cat([look.seen for look in looks]), stains)
    seen = seen_of(whole, model.about)
    steps = np.diff(seen.astype(np.float32), axis=0)
    moved = np.concatenate([[np.nan], np.abs(steps).mean((1, 2, 3))])
    times = [*(look.t for look in looks), looks[-1].to]
    return Reversal(guidance, times, np.concatenate([held, last]), seen, moved, made[0])


def views(model: Model, asked: Asked, count: int = 6) -> Views:
    """What the network names at some of its steps, as picture, as noise and as velocity."""
    net = net_of(model)
    labels = labels_of(model, asked, 1)
    looks = list(net.looks([asked.seed], labels, asked.steps))
    chosen = np.unique(np.linspace(0, len(looks) - 1, count).round().astype(int))
    size = net.config.side
    row, column = cell = cell_of(asked, (size, size))
    parts, rows = [], []
    for k in chosen:
        x, t = looks[k].before, looks[k].t
        named = torch.cat([x, *net.views(x, t, labels)])  # x_t, x_0, noise, velocity
        parts.append(named)
        at = torch.tensor(t, dtype=torch.float64)
        light = [float(v) for v in named[:, 0, row, column]]
        rows.append(
            {"t": t, "signal": float(net.schedule.signal(at)),
             "noise_level": float(net.schedule.noise(at)),
             **dict(zip(("xt", "x0", "noise", "velocity"), light, strict=True))}
        )  # fmt: skip
    whole = torch.stack(parts)  # (k, 4, c, side, side)
    return Views(
        net.config.predict,
        [looks[k].t for k in chosen],
        soft_pictures(whole[:, 0], model.about),
        soft_pictures(whole[:, 1], model.about),
        whole[:, 2, 0].numpy(),
        whole[:, 3, 0].numpy(),
        cell,
        rows,
    )


def _noise(like: Tensor, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(like.shape[1:], generator=generator)[None]
