"""Reading attention where it works: in a denoiser, pixel after pixel, behind a mask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from pincel.look.asked import (
    Asked,
    cell_of,
    head_of,
    labels_of,
    layer_of,
    net_of,
    seen_of,
    with_alpha,
)
from pincel.nets import _oklab
from pincel.nets._attention import attention_scores, reading
from pincel.nets._network import Model
from pincel.pixels import color


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
        """The shares as maps (heads, rows, columns), 0-1; places not offered are nan."""
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


def attended_while_denoising(model: Model, asked: Asked) -> Attended | None:
    """The attention of the place that holds the asked pixel, half-way back."""
    net = net_of(model)
    labels = labels_of(model, asked, 1)
    looks = list(net.looks([asked.seed], labels, asked.steps))
    look = looks[len(looks) // 2]
    with reading(net) as layers:
        net.views(look.before, look.t, labels)
    if not layers:
        return None
    layer = layer_of(asked, [name for name, _ in layers])
    scores, shares = dict(layers)[layer][0].double().numpy()[:, 0]  # (heads, places, places)
    side = round(scores.shape[-1] ** 0.5)
    size = net.config.side
    row, column = cell_of(asked, (size, size))
    asking = (row * side // size, column * side // size)
    place = asking[0] * side + asking[1]
    picture = seen_of(_oklab.decode(look.seen, net.config.stains), model.about)[0]
    return Attended(
        layer,
        [name for name, _ in layers],
        head_of(asked, shares[:, place]),
        asking,
        (side, side),
        size // side,
        np.stack(np.divmod(np.arange(side * side), side), 1),
        scores[:, place],
        shares[:, place],
        picture,
        look.t,
    )


def attended_drawing(model: Model, asked: Asked) -> tuple[Drawing, Attended]:
    """A picture pixel by pixel, the chances at the asked pixel, and what it attended to."""
    net = net_of(model)
    labels = labels_of(model, asked, 1)
    made = net.sample([asked.seed], labels)
    tokens = net.tokens(made)
    side, block = net.side, net.shrink
    size = net.config.side
    row, column = cell_of(asked, (size, size))
    asking = (row // block, column // block)
    place = asking[0] * side + asking[1]
    with reading(net) as layers:
        scores = net.scores(tokens, labels)
    chances = scores[0].double().softmax(-1)
    bits = -chances.gather(1, tokens[0][:, None])[:, 0].log2().view(side, side).numpy()
    whole = seen_of(net.shown(tokens), model.about)[0]
    rgba = with_alpha(whole)
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
        seen_of(net.colors()[:, :, None, None], model.about)[:, 0, 0],
        int(tokens[0, place]),
        bits,
    )
    names = [name for name, _ in layers]
    layer = layer_of(asked, names)
    held = dict(layers)[layer][0][:, 0, :, place, : place + 1].double().numpy()  # (2, heads, k)
    before = np.arange(place)
    places = np.concatenate([[[-1, -1]], np.stack(np.divmod(before, side), 1)])
    head = head_of(asked, held[1])
    return drawn, Attended(
        layer, names, head, asking, (side, side), block, places, held[0], held[1], whole,
        others={0: ("begin", "")},
    )  # fmt: skip


def uncovering(model: Model, asked: Asked) -> tuple[Uncovering, Attended | None]:
    """A masked network's looks at one picture, and the attention of the asked pixel's patch over
    the picture, the word and the palette's colours, half-way."""
    net = net_of(model)
    looks = list(net.steps([asked.seed], labels_of(model, asked, 1), asked.steps))
    shown, known, guesses, sure = [], [], [], []
    for look in looks:
        hidden = look.sight.hidden[0].numpy()
        chances = look.scores[0].softmax(0)
        likely = chances.max(0)
        sure.append(np.where(hidden, likely.values.numpy(), np.nan))
        named = torch.where(look.sight.hidden[0], likely.indices, look.sight.pixels[0])
        guesses.append(with_alpha(seen_of(net.pictured(named[None]), model.about)[0]))
        known.append(~hidden)
        shown.append(with_alpha(seen_of(net.pictured(look.sight.pixels), model.about)[0]))
    shown.append(with_alpha(seen_of(net.pictured(looks[-1].entries), model.about)[0]))
    known.append(np.ones_like(known[0]))
    seen = np.stack(known)
    frames = np.where(seen[..., None], np.stack(shown), 0).astype(np.uint8)
    told = Uncovering(frames, seen, np.stack(guesses), np.stack(sure))
    middle = len(looks) // 2
    return told, _attended_while_uncovering(model, asked, looks[middle], guesses[middle])


def _attended_while_uncovering(
    model: Model, asked: Asked, look: Any, picture: np.ndarray
) -> Attended | None:
    net = net_of(model)
    if not len(net.layers):
        return None
    sequence, allowed, (_, _, _, height, across) = net.tokens(*net.given(look.sight))
    names = [f"layers.{i}" for i in range(len(net.layers))]
    layer = layer_of(asked, names)
    module = net.layers[names.index(layer)]
    for before in net.layers[: names.index(layer)]:
        sequence = before(sequence, allowed)
    q, k, _ = module.queries(sequence)
    size = net.config.side
    row, column = cell_of(asked, (size, size))
    asking = (row * height // size, column * across // size)
    place = asking[0] * across + asking[1]
    seen = allowed[0, 0, 0].numpy()
    scores = attention_scores(q, k)[0, :, place].double().numpy()[:, seen]
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
        layer, names, head_of(asked, shares), asking, (height, across), size // height,
        np.array(places), scores, shares, picture, others=others,
    )  # fmt: skip
