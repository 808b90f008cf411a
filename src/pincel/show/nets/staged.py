"""The stages of `look.staged`, drawn: coloured parts, boxes, and how they come about as GIFs."""

from __future__ import annotations

import colorsys

import numpy as np

from pincel.learn.objects.overlay import overlay
from pincel.learn.objects.things import Scene, Thing, from_labels
from pincel.look.staged import Parted, Sifted
from pincel.show.heat import overlaid, picture_rgb
from pincel.show.strips import looping_gif

SIDE = 448
_TURN = 0.618034  # of the circle of colours, so that neighbours in number differ
_COLORS, _COVER = 97, 0.6
_GREY = (150, 155, 160)
_STEPS = 14
_SLOW, _QUICK, _LAST = 900, 260, 2500  # milliseconds


def labels_colored(picture: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """A picture (h, w, 3) uint8 in grey, each number above 0 of `labels` (h, w) in a colour."""
    grey = picture @ np.array((0.299, 0.587, 0.114))
    colors = np.array([colorsys.hsv_to_rgb(k * _TURN % 1, 0.75, 1.0) for k in range(_COLORS)])
    base = np.repeat(grey[..., None], 3, 2)
    mixed = base * (1 - _COVER) + 255 * _COVER * colors[labels % _COLORS]
    return np.rint(np.where((labels > 0)[..., None], mixed, base)).astype(np.uint8)


def block_enlarged(picture: np.ndarray) -> np.ndarray:
    """A picture (h, w, 3) as whole copies of each pixel, its longer side about `SIDE`."""
    scale = max(1, round(SIDE / max(picture.shape[:2])))
    return picture.repeat(scale, 0).repeat(scale, 1)


def seen_picture(told: Parted | Sifted) -> np.ndarray:
    """What the network sees, as something to look at."""
    return picture_rgb(told.shown)


def outlined(told: Parted) -> np.ndarray:
    """The picture with the border of every object."""
    scene = Scene("", told.labels.shape, tuple(from_labels(told.labels)))
    return overlay(told.picture, scene, ["object"])


def parted_gif(told: Parted) -> bytes:
    """Chance, parts, depth, cores, and how these grow."""
    pictures = [told.picture, _over(told, told.chance), labels_colored(told.picture, told.parts),
                _over(told, told.depth),
                labels_colored(told.picture, told.labels * (told.cores > 0))]  # fmt: skip
    grown = [labels_colored(told.picture, labels) for _, labels in told.floods]
    last = outlined(told)
    times = [_SLOW] * len(pictures) + [_QUICK] * (len(grown) - 1) + [_SLOW, _LAST]
    return looping_gif([*pictures, *grown, last], times)


def _over(told: Parted, plane: np.ndarray) -> np.ndarray:
    return overlaid(told.picture, plane, side=1)


def boxed(told: Sifted, rows: np.ndarray, dropped: np.ndarray | None = None) -> np.ndarray:
    """The picture with these boxes, (n,) indices, in the colours of their classes, those that are
    dropped below them in grey."""
    drawn = told.picture.copy()
    if dropped is not None and len(dropped):
        drawn = overlay(drawn, _scene(told, dropped), told.classes, _GREY)
    return overlay(drawn, _scene(told, rows), told.classes)


def _scene(told: Sifted, rows: np.ndarray) -> Scene:
    height, width = told.picture.shape[:2]
    boxes = told.found.boxes[rows].copy()
    boxes[:, 0::2] = boxes[:, 0::2].clip(0, width)
    boxes[:, 1::2] = boxes[:, 1::2].clip(0, height)
    kinds = told.found.kinds[rows].tolist()
    things = [
        Thing(told.classes[kind], tuple(box))
        for kind, box in zip(kinds, boxes.tolist(), strict=True)
    ]
    return Scene("", (height, width), tuple(things))


def sifted_gif(told: Sifted) -> bytes:
    """The heat of all classes, then boxes from the surest down: those that stay in colour, those
    that are dropped in grey."""
    scores = told.found.scores
    sure = scores[told.enough]
    levels = np.linspace(sure.max(), sure.min(), _STEPS) if len(sure) else np.zeros(0)
    frames = [told.picture, overlaid(told.picture, told.heat.max(0), side=1)]
    for level in levels:
        so_far = told.enough & (scores >= level - 1e-6)
        kept, dropped = np.flatnonzero(so_far & told.kept), np.flatnonzero(so_far & ~told.kept)
        frames.append(boxed(told, kept, dropped))
    frames.append(boxed(told, np.flatnonzero(told.kept)))
    times = [_SLOW] * 2 + [_QUICK] * len(levels) + [_LAST]
    return looping_gif(frames, times)
