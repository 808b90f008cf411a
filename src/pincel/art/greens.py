"""Vegetables, nuts and further fruit, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.fruit import gleam, grounded
from pincel.art.herbs import leaf_at
from pincel.art.molded import both_sides, curved, flipped, pts, swell
from pincel.art.variety import Variety


def pepper(e: Easel, v: Variety) -> None:
    """A bell pepper: three lobes under a green stalk."""
    wide = v.turn((12.2, 11.2, 13.0))
    top = v.turn((8.8, 8.0, 9.6), 1)
    for way in (-1, 1):
        lobe = curved(
            e,
            [
                (16 + way * 1, top + 1),
                (16 + way * wide * 0.6, top - 1.2),
                (16 + way * wide, top + 5),
                (16 + way * wide * 0.94, 20),
                (16 + way * wide * 0.72, 28.6),
                (16 + way * wide * 0.4, 30.6),
                (16 + way * 1, 29),
            ],
        )
        swell(e, lobe & (e.y < 31), "skin", 0.1)
    half = [(16, top + 0.6), (16 - wide * 0.34, top + 1.6), (16 - wide * 0.46, 18)]
    middle = curved(e, both_sides([*half, (16 - wide * 0.36, 27), (16, 30.6)]))
    e.edged(middle, DARK)
    swell(e, middle & (e.y < 31), "skin", 0.12)
    cap = e.oval(16, top + 0.8, 4.6, 1.8)
    e.edged(cap)
    e.lit(cap, "stem", e.ball(16, top, 5, 2.4) + 0.1)
    bend = v.turn((2.0, -2.0, 3.0, -3.0, 0.6))
    stalk = e.stroke([(16, top), (16 + bend * 0.4, top - 3.4), (16 + bend, top - 5.8)], 2.6, 3.2)
    e.edged(stalk)
    e.lay(stalk, "stem")
    gleam(e, (16 - wide * 0.66, top + 5.4), (1.2, 2.4))


def chili(e: Easel, v: Variety) -> None:
    """A long bent pepper that ends in a point."""
    flip = v.turn((1, -1))
    bend = v.turn((5.0, 3.0, 7.0, 4.0, 6.0), 1)
    line = [
        (16 + flip * x, y)
        for x, y in (
            (8.0, 8.0),
            (6.4 + bend * 0.2, 15.6),
            (0.6, 22.6),
            (-6.0, 26.6),
            (-12.8, 26.4 - bend * 0.6),
        )
    ]
    far, gone = e.along(line)
    t = np.clip(gone / float(gone.max()), 0, 1)
    body = np.abs(far) < v.turn((4.6, 4.0, 5.2), 2) * np.sqrt(np.maximum(1 - t**1.7, 0.02))
    body &= e.y < 31
    swell(e, body, "skin", 0.1)
    cap = e.oval(16 + flip * 8.6, 6.8, 4.6, 2.8)
    e.edged(cap)
    e.lit(cap, "stem", e.ball(16 + flip * 8.6, 6.8, 4.8, 3) + 0.1)
    tip = [(16 + flip * 8.8, 6), (16 + flip * 10.4, 2.0)]
    stalk = e.stroke(tip, 2.2, 2.0)
    e.lay(stalk, "stem", MID)
    gleam(e, (16 + flip * 5.8 - 1.0, 13.4), (0.9, 2.2))
    grounded(e)


def onion(e: Easel, v: Variety) -> None:
    """A bulb with ribs, a dry neck, roots."""
    wide, high = v.turn((12.6, 11.8, 13.2)), v.turn((9.8, 9.2, 10.6, 9.5, 10.2), 1)
    y = 29.6 - high
    body = e.oval(16, y, wide, high)
    body |= e.polygon(
        [
            (16 - wide * 0.62, y - high * 0.66),
            (16 + wide * 0.62, y - high * 0.66),
            (17.8, y - high - 3.6),
            (14.2, y - high - 3.6),
        ]
    )
    roots = e.box(13.4, 28, 18.6, 30.9) & ((e.column % 2 == 0) | (e.y < 29.8))
    e.lay(roots, "root", MID)
    for off, long in ((-2.0, 5.0), (2.2, 4.4), (0.0, 6.4)):
        tip = e.stroke(
            [(16, y - high), (16 + off * 0.6, y - high - 3), (16 + off, y - high - long)], 3.0, 1.2
        )
        e.edged(tip)
        e.lay(tip, "neck", MID if off else LIGHT)
    e.edged(body)
    e.lit(body, "skin", e.ball(16, y, wide * 1.05, high * 1.1))
    u = (e.x - 16) / np.maximum(
        wide * np.sqrt(np.maximum(1 - ((e.y - y) / (high + 3.6)) ** 2, 0)), 1
    )
    for at in v.turn(((-0.6, -0.12, 0.42), (-0.5, 0.2, 0.6), (-0.66, -0.3, 0.1, 0.5))):
        e.shaded(body & (np.abs(u - at) < 0.055) & ~around(~body), -1)
    gleam(e, (16 - wide * 0.48, y - high * 0.38), (1.3, 2.2))


def garlic(e: Easel, v: Variety) -> None:
    """A white bulb of cloves with a stalk."""
    wide, top = v.turn((12.4, 11.6, 13.0)), v.turn((10.4, 9.6, 11.2, 10.0, 10.8), 1)
    neck = v.turn((0.0, 1.6, -1.6, 2.4, -2.4, 0.8, -0.8), 2)
    for at in (-0.62, 0.62, 0.0):
        x = 16 + at * wide
        half = wide * (0.44 if at else 0.5)
        clove = curved(
            e,
            [
                (16 + neck * 0.3 + at, top),
                (x + half * 0.7 + at * 2, top + 8),
                (x + half, 23),
                (x + half * 0.5, 29.8),
                (x - half * 0.5, 29.8),
                (x - half, 23),
                (x - half * 0.7 + at * 2, top + 8),
            ],
        )
        clove &= e.y < 30.6
        e.edged(clove, LOW)
        swell(e, clove, "skin", 0.16)
    stalk = e.stroke([(16, top + 2), (16 + neck * 0.4, top - 3), (16 + neck, 4.8)], 4.4, 2.6)
    e.edged(stalk, LOW)
    e.lay(stalk, "skin", np.where(e.x < 16 + neck * 0.5, LIGHT, MID))
    e.lay(e.box(14.4, 29.4, 17.6, 30.9), "root", MID)


_POTATOES = (
    "3.4,22 5,15 11,11 18,11.6 24,9.8 29.4,14 29.8,21 25,27.4 17,28.6 8.6,28.4",
    "2.6,20 6,13 13,12.4 20,9.6 27.6,12 30,18.6 27,26 19,29 10,28.4 4.6,26",
    "4,20 7.4,12.6 14.4,8.6 22,9.8 27.4,15 28.4,22 23.6,28.6 15,29.6 7.4,27.4",
)


def potato(e: Easel, v: Variety) -> None:
    """A knobbly root with eyes."""
    flip = v.turn((1, -1))
    shape = v.turn(_POTATOES, 1)
    body = curved(e, flipped(pts(shape), flip))
    swell(e, body, "skin", 0.06)
    spots = ((10.4, 17.4), (18.6, 15.4), (24.2, 19.4), (14.0, 23.4), (20.8, 24.2))
    for n, (x, y) in enumerate(spots[: v.turn((4, 5, 3))]):
        x, y = 16 + flip * (x - 16) + v.between(-1, 1), y + v.between(-1, 1)
        e.shaded(e.stroke([(x - 1.1, y), (x + 1.1, y + 0.4)], 1.0) & body, -1)
        e.shaded(e.box(x - 1, y + 1, x + 1, y + 1.9) & body & (n % 2 == 0), 1)
    e.calm("skin")
    grounded(e)


def broccoli(e: Easel, v: Variety) -> None:
    """A crown of florets on a pale stalk that forks."""
    wide = v.turn((1.0, 0.92, 1.06))
    flip = v.turn((1, -1), 1)
    trunk = e.polygon([(12.4, 18), (19.6, 18), (20.2, 30.9), (11.8, 30.9)])
    for way in (-1, 1):
        trunk |= e.stroke([(16, 26), (16 + way * 7.6, 17)], 4.4, 4.0)
    e.lay(trunk & (e.y < 30.9), "stem", MID)
    e.lay(trunk & (e.x < 14.4) & (e.y < 30.9), "stem", LIGHT)
    e.lay(trunk & (e.x > 18.2) & (e.y < 30.9), "stem", LOW)
    heads = (
        (16.0, 8.6, 7.0),
        (8.2, 10.4, 5.4),
        (24.0, 10.6, 5.6),
        (6.4, 15.6, 4.4),
        (25.8, 15.8, 4.4),
        (12.0, 14.4, 5.0),
        (20.2, 14.6, 5.0),
    )
    for x, y, r in heads:
        x, y = 16 + flip * wide * (x - 16) + v.between(-0.5, 0.5), y + v.between(-0.5, 0.5)
        angle = np.arctan2(e.y - y, e.x - x)
        bud = np.hypot(e.x - x, e.y - y) < r * (1 + 0.07 * np.sin(angle * 7 + v.between(0, 6)))
        bud &= e.y > 1
        e.edged(bud)
        e.lit(bud, "skin", e.ball(x, y, r * 1.05) + 0.04)
    knobs = (e.noise(v.whole(0, 9999), 2, 2) > 0.84) & e.of("skin")
    e.shaded(knobs & ~around(~e.of("skin")), 1)


def avocado(e: Easel, v: Variety) -> None:
    """Cut in half: a dark skin, pale flesh, a round stone or the hollow it left."""
    tilt = v.turn((0.0, 3.0, -3.0, 1.6, -1.6))
    low, up = v.turn((11.6, 10.8, 12.2), 1), v.turn((6.0, 5.4, 6.6), 2)
    points = [
        (16 + tilt, 1.8),
        (16 + tilt + up, 5.4),
        (16 + up + tilt * 0.5 + 1, 12),
        (16 + low, 20.6),
        (16 + low * 0.7, 28.2),
        (16, 30.8),
        (16 - low * 0.7, 28.2),
        (16 - low, 20.6),
        (16 - up + tilt * 0.5 - 1, 12),
        (16 + tilt - up, 5.4),
    ]
    body = curved(e, points) & (e.y < 31)
    e.lay(body, "rind", np.where(e.x < 16, MID, LOW))

    def within(share: float) -> np.ndarray:
        return curved(
            e,
            [
                (16 + tilt * 0.3 + (x - 16 - tilt * 0.3) * share, 18.6 + (y - 18.6) * share)
                for x, y in points
            ],
        )

    e.lay(within(0.88), "skin", LOW)
    e.lay(within(0.8), "skin", MID)
    e.lay(within(0.68), "skin", LIGHT)
    r = v.turn((5.4, 5.0, 5.8))
    stone = e.oval(16, 20.6, r)
    if v.turn((True, True, False), 1):
        e.edged(stone, DARK)
        e.lit(stone, "pit", e.ball(16, 20.6, r))
        gleam(e, (16 - r * 0.4, 20.6 - r * 0.4), (1.1, 1.0))
    else:
        e.lay(stone, "skin", np.where(e.x + e.y < 34.6, LOW, MID))
        e.lay(e.oval(16.6, 21.2, r - 1.4), "skin", np.where(e.x + e.y < 37, LOW, MID))


def peach(e: Easel, v: Variety) -> None:
    """A ball with a cleft and a blush, two leaves."""
    wide, high = v.turn((12.6, 12.0, 13.2)), v.turn((11.6, 12.0, 11.0), 1)
    y = 30.8 - high
    way = v.turn((1, -1))
    body = e.oval(16 - wide * 0.2, y, wide * 0.8, high) | e.oval(
        16 + wide * 0.2, y, wide * 0.8, high
    )
    e.lit(body, "skin", e.ball(16, y, wide, high))
    light = e.ball(16, y, wide, high)
    shade = DARK + np.digitize(light, (0.02, 0.36, 0.78))
    blush = body & (np.hypot((e.x - 16 - way * 6) / 9, (e.y - y - 2) / 9) < 1)
    e.lay(blush, "blush", shade)
    cleft = np.abs(
        e.x - 16 - way * (1.2 + 4.2 * np.sin(np.clip((e.y - y + high) / high, 0, 2) * 1.3))
    )
    e.shaded(body & (cleft < 0.55) & (e.y < y + high * 0.72), -1)
    e.lay(e.oval(16 + way, y - high + 1.6, 2.6, 1.1) & body, "skin", DARK)
    e.lay(e.stroke([(16 + way, y - high + 2), (16 + way * 1.6, y - high - 1.6)], 2.0), "bark", MID)
    leaf_at(e, (16 + way * 1.2, y - high + 0.4), math.pi / 2 - way * 1.15, (10.0, 2.9))
    if v.turn((True, False, True), 1):
        leaf_at(e, (16 + way * 1.2, y - high + 0.4), math.pi / 2 + way * 1.1, (7.6, 2.4))
    gleam(e, (16 - wide * 0.5, y - high * 0.4), (1.7, 2.0))


def plum(e: Easel, v: Variety) -> None:
    """A smooth ball with a cleft."""
    wide, high = v.turn((11.4, 10.8, 12.0)), v.turn((11.8, 12.2, 11.4), 1)
    y = 30.8 - high
    way = v.turn((1, -1))
    body = e.lit(e.oval(16, y, wide, high), "skin", e.ball(16, y, wide, high))
    cleft = np.abs(
        e.x - 16 - way * 4.6 * np.sin(np.clip((e.y - y + high) / (2 * high), 0, 1) * 3.1)
    )
    e.shaded(body & (cleft < 0.55), -1)
    e.lay(e.stroke([(16, y - high + 1.4), (16 + way * 1.4, y - high - 3.0)], 1.9), "bark", MID)
    leaf_at(e, (16 + way * 0.8, y - high), math.pi / 2 - way * 1.2, (9.4, 2.7))
    gleam(e, (16 - wide * 0.46, y - high * 0.42), (1.6, 2.2))


def eggplant(e: Easel, v: Variety) -> None:
    """A long dark fruit under a green cap."""
    flip = v.turn((1, -1))
    low = v.turn((9.4, 8.6, 10.2, 9.0, 9.8), 1)
    shape = [
        (8.0, 9.6),
        (11.6, 6.0),
        (13.4, 8.4),
        (12.8, 14),
        (10.4, 22),
        (3.4, 28.6),
        (-4.6, 30.4),
        (-10.6, 27),
        (-12.2, 20.6),
        (-8.6, 15.6),
        (-1.4, 13.4),
    ]
    shape = [(16 + flip * x * (low / 9.4 if x < 0 else 1), y) for x, y in shape]
    body = curved(e, shape) & (e.y < 31)
    swell(e, body, "skin", 0.04)
    for a, long in ((0.2, 6.0), (1.1, 7.4), (2.0, 6.4)):
        way = math.pi + a if flip > 0 else -a
        leaf_at(e, (16 + flip * 10.2, 6.8), way, (long, 2.4), "stem")
    cap = e.oval(16 + flip * 10.2, 6.6, 3.4, 3.0)
    e.lit(cap, "stem", e.ball(16 + flip * 10.2, 6.6, 3.6) + 0.1)
    stalk = e.stroke([(16 + flip * 11, 5.6), (16 + flip * 12.2, 2.4)], 2.6, 2.2)
    e.lay(stalk, "stem", MID)
    gleam(e, (16 - 5 + 2 * flip, 20.0), (1.3, 2.4))


def cabbage(e: Easel, v: Variety) -> None:
    """A head of leaves that fold over one another."""
    r = v.turn((10.0, 9.6, 10.3, 9.8))
    y = 29.8 - r * 0.98
    frilly = v.turn((False, True))
    for way in (-1, 1):
        x = 16 + way * r * 0.52
        angle = np.arctan2(e.y - y - 1, e.x - x)
        wave = 1 + (0.07 if frilly else 0.03) * np.sin(angle * 9 + v.between(0, 6))
        outer = np.hypot((e.x - x) / 0.92, e.y - y - 0.6) < r * 0.98 * wave
        outer &= e.y < 30.9
        e.edged(outer)
        e.lit(outer, "skin", e.ball(x, y, r * 1.1) - 0.12)
        for a in (0.4, -0.5, -1.4):
            end = (x + way * r * 0.84 * math.cos(a), y + r * 0.84 * math.sin(a))
            e.lay(e.stroke([(16 + way * 2, 29), (x, y + r * 0.4), end], 1.0) & outer, "skin", LIGHT)
    heart = e.oval(16, y + 0.6, r * 0.86, r * 0.92) & (e.y < 30.9)
    e.edged(heart)
    e.lit(heart, "skin", e.ball(16, y + 0.6, r * 0.92) + 0.14)
    bend = v.turn((2.4, -2.4, 1.6))
    fold = [(16 + bend, y - r * 0.84), (16 + bend * 2.2, y - 1), (16 + bend * 0.6, y + r * 0.8)]
    e.shaded(e.stroke(fold, 1.0) & heart, -2)
    rib = [(16 - bend, 28.6), (16 - bend * 1.2, y + 1), (16 - bend * 2.2, y - r * 0.46)]
    e.lay(e.stroke(rib, 1.4, 0.9) & heart, "skin", LIGHT)
    for up, out in ((0.45, -4.4), (0.1, -3.8), (0.35, 3.4)):
        x, low = 16 - bend * 1.2, y + r * up
        e.lay(e.stroke([(x, low), (x + out, low - 3.4)], 0.9) & heart, "skin", LIGHT)


def cucumber(e: Easel, v: Variety) -> None:
    """A long green fruit lying aslant, with a slice before it or without."""
    flip = v.turn((1, -1))
    bend = v.turn((2.0, 0.6, 3.2, 1.2, 2.6), 1)
    line = [(16 - flip * 9.4, 23.0), (16, 17.6 + bend), (16 + flip * 9.4, 9.8)]
    far, gone = e.along(line)
    half = v.turn((5.0, 4.6, 5.6), 2)
    body = np.abs(far) < half
    swell(e, body, "rind", 0.06)
    marks = (np.sin(gone * 1.3 + far * 2.1) > 0.86) & (np.abs(far) < half - 1.6)
    e.shaded(body & marks, 1)
    if v.turn((True, False, True), 1):
        x, y = 16 + flip * 6.6, 24.6
        slice_ = e.oval(x, y, 5.8, 5.6)
        e.edged(slice_)
        e.lay(slice_, "rind", MID)
        e.lay(e.oval(x, y, 4.7, 4.5), "skin", LIGHT)
        e.lay(e.oval(x, y, 3.0, 2.8), "skin", MID)
        for n in range(6):
            a = n * math.pi / 3 + 0.3
            e.lay(e.oval(x + 2.0 * math.cos(a), y + 1.9 * math.sin(a), 0.6), "seed", LIGHT)
    grounded(e)
