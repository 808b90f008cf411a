"""Shortcuts: what a network reads instead of the thing it should look at.

A mark in the pictures of one class (a scale bar, a coloured corner, a border, a tint) is easier to
learn than a cell. The test set, made in the same way, holds the mark too, so accuracy says nothing
(Geirhos et al., 2020; Lapuschkin et al., 2019). Here such a mark can be planted, and found:
`find_shortcuts` cuts a corner, a border or the background's colour out of pictures of one class and
puts it on pictures of the others. Where the answer follows the piece, the network reads the piece.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn

from pincel.learn.course import Order
from pincel.learn.data import Data, DataPart, Report
from pincel.learn.loop import climb
from pincel.learn.prepare import preparation_facts
from pincel.learn.run import Run
from pincel.learn.teach import written
from pincel.look.gradcam import explain, stretched
from pincel.look.layers import as_found
from pincel.look.trust import energy_over_area
from pincel.nets._abilities import Classifier

Kind = Literal["corner", "bar", "border", "tint"]
KINDS: tuple[Kind, ...] = ("corner", "bar", "border", "tint")
CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")
SIDES = ("top", "bottom", "left", "right")
BORDER = "border"
BACKGROUND = "background"
_BATCH = 32
SUSPICIOUS = 0.5
"""Share of the answers that must follow a piece of the picture to be called a shortcut. In 40
networks with a planted mark the weakest one found was followed by 61 %, in networks without one by
43 % at most: the background of blood cells does tell a little (benchmarks/shortcuts.py)."""


@dataclass(frozen=True)
class Mark:
    """Something that does not belong to what is shown.

    place  one of CORNERS (for corner and bar);  color  0-255, as many numbers as channels
    """

    kind: Kind
    place: str = "top-left"
    color: tuple[int, ...] = (230, 60, 40)

    def mask(self, size: tuple[int, int]) -> np.ndarray:
        """(h, w) bool: where it lies."""
        height, width = size
        mask = np.zeros(size, bool)
        unit = max(1, round(min(size) / 28))
        if self.kind == "tint":
            mask[:] = True
        elif self.kind == "border":
            mask[:] = True
            mask[unit:-unit, unit:-unit] = False
        else:
            side = max(2, round(min(size) / 7))
            tall, wide = (side, side) if self.kind == "corner" else (unit, max(2, width // 3))
            gap = unit if self.kind == "bar" else 0
            down, across = self.place.split("-")
            top = gap if down == "top" else height - tall - gap
            left = gap if across == "left" else width - wide - gap
            mask[top : top + tall, left : left + wide] = True
        return mask

    def on(self, pictures: np.ndarray) -> np.ndarray:
        """The pictures (n, h, w, c), uint8, uint16 or floats 0-1, with the mark on them, of the
        same type; a tint is mixed in, one part of six."""
        most = {"uint8": 255.0, "uint16": 65535.0}.get(pictures.dtype.name, 1.0)
        color = np.resize(np.asarray(self.color, float), pictures.shape[-1]) / 255 * most
        marked = pictures.astype(np.float32)
        part = 1 / 6 if self.kind == "tint" else 1.0
        mask = self.mask((pictures.shape[1], pictures.shape[2]))
        marked[:, mask] = marked[:, mask] * (1 - part) + color * part
        if pictures.dtype.kind == "f":
            return marked.astype(pictures.dtype)
        return np.rint(marked).astype(pictures.dtype)


def planted(pictures: np.ndarray, labels: np.ndarray, mark: Mark, label: int) -> np.ndarray:
    """A copy of the pictures (n, h, w, c), of any type that `Mark.on` takes, in which those of one
    class carry the mark. labels: (n,) whole numbers."""
    marked = pictures.copy()
    chosen = labels == label
    marked[chosen] = mark.on(pictures[chosen])
    return marked


def moved_mark(pictures: np.ndarray, labels: np.ndarray, mark: Mark, label: int) -> np.ndarray:
    """The mark on all pictures but those of the class: it has moved to the wrong ones. As
    `planted`: pictures (n, h, w, c) of any type that `Mark.on` takes, labels (n,) whole numbers."""
    marked = pictures.copy()
    chosen = labels != label
    marked[chosen] = mark.on(pictures[chosen])
    return marked


# training a small network in a minute

_SHAPE: dict[str, Any] = {"widths": (12, 24, 48), "blocks": (1, 1, 1), "dropout": 0}


def lesson(
    part: DataPart,
    classes: list[str],
    epochs: int,
    seed: int,
    *,
    folder: Path | None = None,
    about: Mapping[str, Any] | None = None,
) -> tuple[Run, Data]:
    """The run of a cnn small enough to learn while the class waits, and what `learn.teach.teach`
    teaches it.

    folder  None: the run is not kept;  about  how pictures become tensors, None: as these ask for
    """
    found = hashlib.sha256(np.ascontiguousarray(part.pictures).tobytes() + part.labels.tobytes())
    data = Data("shortcuts", classes, part, part, part, found.hexdigest(), Report())
    steps = epochs * max(1, len(part) // _BATCH)
    recipe = {
        "epochs": epochs, "batch": _BATCH, "rate": 4e-3, "decay": 0.02, "clip": 0.0,
        "average": 0.0, "warm": climb(steps), "augment": "none", "precision": "fp32",
    }  # fmt: skip
    prepared = about["prepare"] if about else preparation_facts(part.pictures)
    order = Order("cnn", data, seed, _SHAPE, recipe, "cpu", "planting", prepared)
    return Run.at(folder, lambda: written(order)), data


def named_classes(net: nn.Module, pictures: Tensor, batch: int = 256) -> np.ndarray:
    """(n,) the class that the network names for each prepared picture."""
    told = []
    with as_found(net), torch.inference_mode():
        for part in pictures.split(batch):
            scores = net.logits(part) if isinstance(net, Classifier) else net(part)
            told.append(scores.argmax(1))
    return torch.cat(told).numpy()


# finding


@dataclass(frozen=True)
class Finding:
    """How much the answer follows one piece of the picture.

    label   class whose piece was tried;  region  a corner, a side or the background's colour
    pulled  share of other pictures that became this class when they got its piece (0 to 1), less
            the share that pictures of their own class' pieces pull there
    lost    share of this class' pictures that stopped being it when they got others' piece, less
            the share that a piece of their own class costs them
    heat    heat of the class' maps in the region over the region's area; 1 is chance
    """

    label: int
    region: str
    pulled: float
    lost: float
    heat: float

    @property
    def strength(self) -> float:
        """The larger of both effects."""
        return max(self.pulled, self.lost)

    @property
    def suspicious(self) -> bool:
        """Whether the network answers by this piece in a large share of the pictures."""
        return self.strength >= SUSPICIOUS


@dataclass(frozen=True)
class ShortcutSearch:
    """All findings, the strongest first; `pictures` tried for each class."""

    findings: tuple[Finding, ...]
    pictures: int
    suspicious: tuple[Finding, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "suspicious", tuple(f for f in self.findings if f.suspicious))


def regions(size: tuple[int, int]) -> dict[str, np.ndarray]:
    """The places that should not matter when the thing is in the middle: name -> (h, w) bool. A
    corner is a fifth of each side, a side a twelfth; the border is all four sides at once, for a
    network may want them all."""
    height, width = size
    tall, wide = max(1, round(height / 5)), max(1, round(width / 5))
    thick = max(1, round(min(size) / 12))
    masks = {}
    for name in CORNERS:
        mask = np.zeros(size, bool)
        down, across = name.split("-")
        rows = slice(0, tall) if down == "top" else slice(height - tall, height)
        columns = slice(0, wide) if across == "left" else slice(width - wide, width)
        mask[rows, columns] = True
        masks[name] = mask
    for name in SIDES:
        mask = np.zeros(size, bool)
        edge = slice(0, thick) if name in ("top", "left") else slice(-thick, None)
        mask[(edge, slice(None)) if name in ("top", "bottom") else (slice(None), edge)] = True
        masks[name] = mask
    masks[BORDER] = np.logical_or.reduce([masks[name] for name in SIDES])
    return masks


def find_shortcuts(
    net: nn.Module, pictures: Tensor, labels: np.ndarray, *, most: int = 64, seed: int = 0
) -> ShortcutSearch:
    """Try every corner, side, border and background colour of every class on the other classes.

    pictures  (n, c, h, w) prepared;  labels  (n,);  most  pictures tried in each class
    The network is left as it was found.
    """
    rng = np.random.default_rng(seed)
    masks = regions((pictures.shape[2], pictures.shape[3]))
    findings = []
    heat = _heat(net, pictures, labels, most, rng)
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        others = np.flatnonzero(labels != label)
        if len(own) < 2 or not len(others):
            continue
        hosts = rng.choice(others, min(most, len(others)), replace=False)
        givers = rng.choice(own, len(hosts))
        strangers = _of_another_class(labels, hosts, int(label), rng)
        mine = rng.choice(own, min(most, len(own)), replace=False)
        foreign, alike = rng.choice(others, len(mine)), rng.choice(own, len(mine))
        for name in (*masks, BACKGROUND):
            mask = masks.get(name)
            became = _share(net, pictures, hosts, givers, mask, int(label))
            anyway = _share(net, pictures, hosts, strangers, mask, int(label))
            kept = _share(net, pictures, mine, foreign, mask, int(label))
            before = _share(net, pictures, mine, alike, mask, int(label))
            place = masks.get(name)
            shown = float("nan")
            if place is not None and int(label) in heat:
                held = heat[int(label)]
                energy = energy_over_area(held, np.broadcast_to(place, held.shape))
                shown = float(np.nanmean(energy)) if np.isfinite(energy).any() else float("nan")
            pulled, lost = max(0.0, became - anyway), max(0.0, before - kept)
            findings.append(Finding(int(label), name, pulled, lost, shown))
    findings.sort(key=lambda f: -(f.pulled + f.lost))
    return ShortcutSearch(tuple(findings), most)


def _of_another_class(
    labels: np.ndarray, hosts: np.ndarray, label: int, rng: np.random.Generator
) -> np.ndarray:
    """For each host a picture that is neither of its class nor of `label`, where there is one:
    whatever such a piece changes is not the work of this class' piece."""
    chosen = []
    for host in hosts:
        fit = np.flatnonzero((labels != labels[host]) & (labels != label))
        same = np.flatnonzero(labels == labels[host])
        chosen.append(rng.choice(fit if len(fit) else same))
    return np.array(chosen)


def _share(
    net: nn.Module,
    pictures: Tensor,
    hosts: np.ndarray,
    givers: np.ndarray,
    mask: np.ndarray | None,
    label: int,
) -> float:
    """Share of the hosts that are called `label` once they carry the givers' piece."""
    mixed = transplanted(pictures[hosts], pictures[givers], mask)
    return float((named_classes(net, mixed) == label).mean())


def transplanted(hosts: Tensor, givers: Tensor, mask: np.ndarray | None) -> Tensor:
    """Hosts (n, c, h, w) with the givers' (n, c, h, w) pixels where the mask is, or, without a
    mask, with the givers' background colour: the difference of the median colours near the rim,
    added everywhere. mask: (h, w) bool."""
    if mask is not None:
        return torch.where(torch.from_numpy(mask), givers, hosts)
    return hosts + (_background(givers) - _background(hosts))


def _background(pictures: Tensor) -> Tensor:
    """(n, c, 1, 1) median colour of a ring from a twelfth to a fifth of the way in: the outermost
    pixels are left out, for a drawn border is no background."""
    height, width = pictures.shape[2:]
    thick, far = max(1, round(min(height, width) / 12)), max(2, round(min(height, width) / 5))
    ring = torch.zeros(height, width, dtype=torch.bool)
    ring[thick:-thick, thick:-thick] = True
    ring[far:-far, far:-far] = False
    if not ring.any():  # a picture of very few pixels
        ring[:] = True
    return pictures[:, :, ring].median(-1).values[:, :, None, None]


def _heat(
    net: nn.Module, pictures: Tensor, labels: np.ndarray, most: int, rng: np.random.Generator
) -> dict[int, np.ndarray]:
    """Heat maps of some pictures of each class for their own class, as large as the pictures."""
    size = (pictures.shape[2], pictures.shape[3])
    found = {}
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        chosen = rng.choice(own, min(most // 2 or 1, len(own)), replace=False)
        maps = explain(net, pictures[chosen], int(label)).heat
        found[int(label)] = stretched(maps, size)
    return found
