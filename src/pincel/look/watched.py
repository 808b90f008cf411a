"""Watching a network make pictures: what it holds, sees and attends to on the way.

Each function answers one question about a model (`nets._network.Model`) and gives plain arrays;
`watched` asks all that its family can answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.errors import PincelError
from pincel.learn.prepare import prepare, to_pictures
from pincel.learn.run import CONFIG, Run
from pincel.nets import _oklab
from pincel.nets._attention import fits, reading
from pincel.nets._network import Model
from pincel.pixels import color
from pincel.pixels.open import open_picture

STEPS = 1000
"""Steps in which the forward process is counted."""


@dataclass(frozen=True)
class Asked:
    """What to watch.

    seed      noise that all begins from;  label  class number, None: none said
    steps     reverse steps, None: the family's own;  guidance  None: the family's own
    times     of the forward process, 0..1;  count  pictures in the grid of samples
    cell      row and column of a pixel;  head, layer  of the attention, None: the most decided
    """

    seed: int = 0
    label: int | None = None
    steps: int | None = None
    guidance: float | None = None
    times: tuple[float, ...] = (0.0, 0.1, 0.25, 0.4, 0.6, 0.8, 1.0)
    count: int = 16
    cell: tuple[int, int] | None = None
    head: int | None = None
    layer: str | None = None


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
    (mean difference, of 255)."""

    guidance: float | None
    times: list[float]
    held: np.ndarray
    seen: np.ndarray
    moved: np.ndarray


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


@dataclass(frozen=True, eq=False)
class Attended:
    """softmax(Q K^T / sqrt d) of one place asking.

    layer, layers  the one that is shown, and all;  head  the one whose numbers are told
    asked  row and column of the place;  grid  rows and columns of places;  block  pixels a side
    of one place;  places  (k, 2) row and column of each place offered, (-1, -1): no place of the
    picture;  others  what those are, by number: ("begin", ""), ("word", "3"), ("color", "#ff0000")
    scores, shares  (heads, k): before and after the softmax
    picture  (h, w, c) uint8 it looked at;  time  t of the reverse step, None where there is none
    """

    layer: str
    layers: list[str]
    head: int
    asked: tuple[int, int]
    grid: tuple[int, int]
    block: int
    places: np.ndarray
    scores: np.ndarray
    shares: np.ndarray
    picture: np.ndarray
    time: float | None = None
    others: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    def maps(self) -> np.ndarray:
        """The shares as maps (heads, rows, columns); places not offered are nan."""
        maps = np.full((len(self.shares), *self.grid), np.nan)
        inside = self.places[:, 0] >= 0
        rows, columns = self.places[inside].T
        maps[:, rows, columns] = self.shares[:, inside]
        return maps


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture as it is drawn pixel by pixel. frames (k, h, w, 4) uint8: the first `pixels[k]` are
    there; chances (colors,) of the next pixel at `cell`, palette (colors, c) uint8, `taken` the
    colour that was drawn; surprise (rows, columns) in bits for each pixel."""

    frames: np.ndarray
    pixels: list[int]
    cell: tuple[int, int]
    chances: np.ndarray
    palette: np.ndarray
    taken: int
    surprise: np.ndarray


@dataclass(frozen=True, eq=False)
class Uncovering:
    """A picture whose pixels are uncovered a few at a time, look by look.

    frames  (k + 1, h, w, 4) uint8: the pixels named so far, the others transparent
    known   (k + 1, h, w) bool: which those are
    guesses (k, h, w, 4) the likeliest entry of every pixel, at that look
    sure    (k, h, w) chance of the likeliest entry of a pixel that was still hidden; nan: known
    """

    frames: np.ndarray
    known: np.ndarray
    guesses: np.ndarray
    sure: np.ndarray


@dataclass(frozen=True, eq=False)
class Verdicts:
    """A discriminator's numbers (n,), highest first, and the made pictures in that order; real
    pictures and their verdicts where some were given."""

    made: np.ndarray
    pictures: np.ndarray
    real: np.ndarray | None = None
    real_pictures: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Watched:
    """All that could be watched. `named`: its samples are of named classes (of `label`, or one
    after the other);  missing: names of what the family does not have."""

    family: str
    classes: list[str]
    named: bool
    label: int | None
    samples: np.ndarray
    noising: Noising | None = None
    reversals: list[Reversal] = field(default_factory=list)
    views: Views | None = None
    attended: Attended | None = None
    drawing: Drawing | None = None
    uncovering: Uncovering | None = None
    verdicts: Verdicts | None = None
    missing: list[str] = field(default_factory=list)


def watched(model: Model, asked: Asked, picture: np.ndarray | None = None) -> Watched:
    """Watch a model make pictures; `picture` (h, w, c) is the one that is noised, of the model's
    size, or None: one of its own. PincelError when the network makes none."""
    if not hasattr(model.net, "sample"):
        raise PincelError("watch.makes_none", family=model.family)
    if getattr(model.net.config, "vocabulary", 0):
        raise PincelError("watch.draws_sentences")
    net: Any = model.net
    with torch.no_grad():
        return Watched(
            family=model.family,
            classes=list(model.about.get("classes") or []),
            named=_labels(model, asked, 1) is not None,
            label=asked.label,
            samples=samples(model, asked),
            **_inside(model, net, asked, picture),
        )


def _inside(model: Model, net: Any, asked: Asked, picture: np.ndarray | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if hasattr(net, "looks"):
        ways = reversals(model, asked)
        own = ways[0].held[-1] if picture is None else picture
        found["noising"] = noising(model, own, asked)
        found["reversals"] = ways
        found["views"] = views(model, asked)
        found["attended"] = attended_while_denoising(model, asked)
    if hasattr(net, "tokens") and hasattr(net, "palette"):
        found["drawing"], found["attended"] = drawing(model, asked)
    if hasattr(net, "pictured") and hasattr(net, "steps"):
        found["uncovering"], found["attended"] = uncovering(model, asked)
    if hasattr(net, "discriminator"):
        found["verdicts"] = verdicts(model, asked, picture)
    every = ("noising", "reversals", "attended", "drawing", "uncovering", "verdicts")
    return found | {"missing": [name for name in every if not found.get(name)]}


def progress(file: Path) -> tuple[list[np.ndarray], list[dict[str, Any]]]:
    """What the run of a model's file kept on the way: the grids of samples (h, w, 4) uint8, epoch
    by epoch, and the figures of each epoch. Both empty where there is no run."""
    paths = sorted((file.parent / "samples").glob("epoch-*.png"))
    grids = [open_picture(path).rgba for path in paths]
    grids = [grid for grid in grids if grid.shape == grids[-1].shape]
    entries = Run.open(file.parent).metrics() if (file.parent / CONFIG).is_file() else []
    return grids, [entry for entry in entries if "epoch" in entry]


# ------------------------------------------------------------------------------------- samples


def samples(model: Model, asked: Asked) -> np.ndarray:
    """A grid's pictures (n, h, w, c) uint8 from the seeds that follow, one class after the
    other where none is said."""
    seeds = range(asked.seed, asked.seed + asked.count)
    return to_pictures(_net(model).sample(seeds, _labels(model, asked, asked.count)), model.about)


def _labels(model: Model, asked: Asked, count: int) -> Tensor | None:
    classes = int(getattr(model.net.config, "classes", 0) or 0)
    if not classes:
        return None
    if asked.label is not None:
        return torch.full((count,), asked.label)
    return torch.arange(count) % classes


def _net(model: Model) -> Any:
    return model.net


# ------------------------------------------------------------------------------------ diffusion


def noising(model: Model, picture: np.ndarray, asked: Asked) -> Noising:
    """Drown a picture (h, w, c) in noise, as far as each of the times. The noise is not the one
    that the picture may have been made from: that of the seed after."""
    net = _net(model)
    schedule = net.schedule
    x0 = _oklab.encode(prepare(picture[None], model.about))
    noise = _noise(x0, asked.seed + 1)
    times = torch.tensor(asked.times, dtype=torch.float32)
    held = schedule.noised(x0.expand(len(times), -1, -1, -1), noise, times)
    row, column = cell = _cell(asked, x0.shape[-2:])
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
    frames = _soft(schedule.noised(x0.expand(25, -1, -1, -1), noise, even), model.about)
    shown = _soft(held, model.about)
    return Noising(schedule.kind, asked.times, shown, frames, curves, cell, rows)


def reversals(model: Model, asked: Asked) -> list[Reversal]:
    """From noise to a picture; with guidance and without where there are classes."""
    net = _net(model)
    labels = _labels(model, asked, 1)
    if labels is None:
        return [_reversal(model, asked, None, None)]
    guidance = net.config.guidance if asked.guidance is None else asked.guidance
    ways = dict.fromkeys((guidance, 1.0, 0.0))
    return [_reversal(model, asked, labels, way) for way in ways]


def _reversal(
    model: Model, asked: Asked, labels: Tensor | None, guidance: float | None
) -> Reversal:
    looks = list(_net(model).looks([asked.seed], labels, asked.steps, guidance=guidance))
    held = _soft(torch.cat([look.before for look in looks]), model.about)
    last = to_pictures(_oklab.decode(looks[-1].after), model.about)
    seen = to_pictures(_oklab.decode(torch.cat([look.seen for look in looks])), model.about)
    steps = np.diff(seen.astype(np.float32), axis=0)
    moved = np.concatenate([[np.nan], np.abs(steps).mean((1, 2, 3))])
    times = [*(look.t for look in looks), looks[-1].to]
    return Reversal(guidance, times, np.concatenate([held, last]), seen, moved)


def views(model: Model, asked: Asked, count: int = 6) -> Views:
    """What the network names at some of its steps, as picture, as noise and as velocity."""
    net = _net(model)
    labels = _labels(model, asked, 1)
    looks = list(net.looks([asked.seed], labels, asked.steps))
    chosen = np.unique(np.linspace(0, len(looks) - 1, count).round().astype(int))
    size = net.config.side
    row, column = cell = _cell(asked, (size, size))
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
        _soft(whole[:, 0], model.about),
        _soft(whole[:, 1], model.about),
        whole[:, 2, 0].numpy(),
        whole[:, 3, 0].numpy(),
        cell,
        rows,
    )


def attended_while_denoising(model: Model, asked: Asked) -> Attended | None:
    """The attention of the place that holds the asked pixel, half-way back."""
    net = _net(model)
    labels = _labels(model, asked, 1)
    looks = list(net.looks([asked.seed], labels, asked.steps))
    look = looks[len(looks) // 2]
    with reading(net) as layers:
        net.views(look.before, look.t, labels)
    if not layers:
        return None
    layer = _layer(asked, [name for name, _ in layers])
    scores, shares = dict(layers)[layer][0].double().numpy()[:, 0]  # (heads, places, places)
    side = round(scores.shape[-1] ** 0.5)
    size = net.config.side
    row, column = _cell(asked, (size, size))
    asking = (row * side // size, column * side // size)
    place = asking[0] * side + asking[1]
    picture = to_pictures(_oklab.decode(look.seen), model.about)[0]
    return Attended(
        layer,
        [name for name, _ in layers],
        _head(asked, shares[:, place]),
        asking,
        (side, side),
        size // side,
        np.stack(np.divmod(np.arange(side * side), side), 1),
        scores[:, place],
        shares[:, place],
        picture,
        look.t,
    )


# ---------------------------------------------------------------------------------- transformer


def drawing(model: Model, asked: Asked) -> tuple[Drawing, Attended]:
    """A picture pixel by pixel, the chances at the asked pixel, and what it attended to."""
    net = _net(model)
    labels = _labels(model, asked, 1)
    made = net.sample([asked.seed], labels)
    tokens = net.tokens(made)
    side, block = net.side, net.shrink
    size = net.config.side
    row, column = _cell(asked, (size, size))
    asking = (row // block, column // block)
    place = asking[0] * side + asking[1]
    with reading(net) as layers:
        scores = net.logits(tokens, labels)
    chances = scores[0].double().softmax(-1)
    bits = -chances.gather(1, tokens[0][:, None])[:, 0].log2().view(side, side).numpy()
    whole = to_pictures(net.shown(tokens), model.about)[0]
    rgba = _rgba(whole)
    pixels = sorted({*range(0, side * side, max(1, side // 2)), side * side})
    frames = []
    for count in pixels:
        there = (np.arange(side * side) < count).reshape(side, side)
        there = there.repeat(block, 0).repeat(block, 1)
        frames.append(np.where(there[..., None], rgba, 0).astype(np.uint8))
    drawn = Drawing(
        np.stack(frames),
        pixels,
        asking,
        chances[place].numpy(),
        to_pictures(net.colors()[:, :, None, None], model.about)[:, 0, 0],
        int(tokens[0, place]),
        bits,
    )
    names = [name for name, _ in layers]
    layer = _layer(asked, names)
    held = dict(layers)[layer][0][:, 0, :, place, : place + 1].double().numpy()  # (2, heads, k)
    before = np.arange(place)
    places = np.concatenate([[[-1, -1]], np.stack(np.divmod(before, side), 1)])
    head = _head(asked, held[1])
    return drawn, Attended(
        layer, names, head, asking, (side, side), block, places, held[0], held[1], whole,
        others={0: ("begin", "")},
    )  # fmt: skip


# --------------------------------------------------------------------------------------- masked


def uncovering(model: Model, asked: Asked) -> tuple[Uncovering, Attended | None]:
    """A masked network's looks at one picture, and the attention of the asked pixel's patch over
    the picture, the word and the palette's colours, half-way."""
    net = _net(model)
    looks = list(net.steps([asked.seed], _labels(model, asked, 1), asked.steps))
    shown, known, guesses, sure = [], [], [], []
    for look in looks:
        hidden = look.sight.hidden[0].numpy()
        chances = look.scores[0].softmax(0)
        likely = chances.max(0)
        sure.append(np.where(hidden, likely.values.numpy(), np.nan))
        named = torch.where(look.sight.hidden[0], likely.indices, look.sight.pixels[0])
        guesses.append(_rgba(to_pictures(net.pictured(named[None]), model.about)[0]))
        known.append(~hidden)
        shown.append(_rgba(to_pictures(net.pictured(look.sight.pixels), model.about)[0]))
    shown.append(_rgba(to_pictures(net.pictured(looks[-1].entries), model.about)[0]))
    known.append(np.ones_like(known[0]))
    seen = np.stack(known)
    frames = np.where(seen[..., None], np.stack(shown), 0).astype(np.uint8)
    told = Uncovering(frames, seen, np.stack(guesses), np.stack(sure))
    middle = len(looks) // 2
    return told, _attended_while_uncovering(model, asked, looks[middle], guesses[middle])


def _attended_while_uncovering(
    model: Model, asked: Asked, look: Any, picture: np.ndarray
) -> Attended | None:
    net = _net(model)
    if not len(net.layers):
        return None
    sequence, allowed, (_, _, _, height, across) = net.tokens(*net.given(look.sight))
    names = [f"layers.{i}" for i in range(len(net.layers))]
    layer = _layer(asked, names)
    module = net.layers[names.index(layer)]
    for before in net.layers[: names.index(layer)]:
        sequence = before(sequence, allowed)
    q, k, _ = module.queries(sequence)
    size = net.config.side
    row, column = _cell(asked, (size, size))
    asking = (row * height // size, column * across // size)
    place = asking[0] * across + asking[1]
    seen = allowed[0, 0, 0].numpy()
    scores = fits(q, k)[0, :, place].double().numpy()[:, seen]
    shares = np.exp(scores - scores.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    patches, words = height * across, look.sight.words[0]
    colors = np.rint(color.oklab_to_srgb(net.shared.numpy()) * 255).astype(np.uint8)
    classes = list(model.about.get("classes") or [])
    places, others = [], {}
    for number, token in enumerate(np.flatnonzero(seen)):
        inside = token < patches
        places.append((token // across, token % across) if inside else (-1, -1))
        if not inside and token < patches + len(words):
            which = int(words[token - patches]) - 1
            others[number] = ("word", classes[which] if which < len(classes) else str(which))
        elif not inside:
            others[number] = ("color", "#" + bytes(colors[token - patches - len(words)]).hex())
    return Attended(
        layer, names, _head(asked, shares), asking, (height, across), size // height,
        np.array(places), scores, shares, picture, others=others,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------ gan


def verdicts(model: Model, asked: Asked, picture: np.ndarray | None = None) -> Verdicts:
    """What a GAN's discriminator says of the pictures that its generator makes."""
    net = _net(model)
    seeds = range(asked.seed, asked.seed + asked.count)
    labels = _labels(model, asked, asked.count)
    made = net.sample(seeds, labels)
    said = net.discriminator(made, labels).numpy()
    order = np.argsort(-said, kind="stable")
    real = real_pictures = None
    if picture is not None:
        own = None if labels is None else labels[:1]
        real = net.discriminator(prepare(picture[None], model.about), own).numpy()
        real_pictures = picture[None]
    shown = to_pictures(made, model.about)
    return Verdicts(said[order], shown[order], real, real_pictures)


# ----------------------------------------------------------------------------------- small parts


def _noise(like: Tensor, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(like.shape[1:], generator=generator)[None]


def _soft(held: Tensor, about: Mapping[str, Any]) -> np.ndarray:
    """What is half noise, as a picture: alpha is not yet all or nothing."""
    soft = {"prepare": {**about["prepare"], "hard_alpha": False}}
    return to_pictures(_oklab.decode(held), soft)


def _rgba(picture: np.ndarray) -> np.ndarray:
    if picture.shape[-1] == 4:
        return picture
    colors = picture if picture.shape[-1] == 3 else picture[..., :1].repeat(3, -1)
    return np.concatenate([colors, np.full_like(colors[..., :1], 255)], -1)


def _cell(asked: Asked, size: Any) -> tuple[int, int]:
    """The asked pixel, or one a little below the middle; PincelError outside of the picture."""
    height, width = int(size[0]), int(size[1])
    if asked.cell is None:
        return height * 5 // 8, width // 2
    row, column = asked.cell
    if not (0 <= row < height and 0 <= column < width):
        raise PincelError("watch.cell_outside", row=row, column=column, height=height, width=width)
    return row, column


def _layer(asked: Asked, names: list[str]) -> str:
    if asked.layer is None:
        return names[len(names) // 2]
    found = [name for name in names if name == asked.layer]
    if asked.layer.isdecimal() and int(asked.layer) < len(names):
        found = [names[int(asked.layer)]]
    if not found:
        raise PincelError("watch.no_layer", came=asked.layer, known=", ".join(names))
    return found[0]


def _head(asked: Asked, shares: np.ndarray) -> int:
    """The asked head, or the one whose shares (heads, k) are least even."""
    if asked.head is None:
        told = np.where(shares > 0, shares, 1.0)
        return int(np.argmax((shares * np.log(told)).sum(-1)))
    if asked.head >= len(shares):
        raise PincelError("watch.no_head", came=asked.head, most=len(shares) - 1)
    return asked.head
