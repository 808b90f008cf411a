"""Things to eat and drink drawn by rules: bread, cheese, pizza, meat, eggs, cups."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.fruit import gleam, grounded
from pincel.art.variety import Variety


def loaf(e: Easel, v: Variety) -> None:
    """A loaf with cuts across its crust."""
    wide = v.turn((14.5, 13.5, 14.0)) - v.between(0, 0.8)
    high = v.turn((10.5, 9.0, 11.5, 9.8, 12.2), 2) + v.between(-0.4, 0.4)
    y = 30.5 - high * 0.62
    body = (e.oval(16, y, wide, high) & (e.y < y + 1)) | (
        e.oval(16, y, wide, high * 0.62) & (e.y > y)
    )
    e.lit(body, "crust", e.ball(16, y, wide, high) + 0.05)
    number = v.turn((3, 4, 2), 1)
    for n in range(number):
        x = 16 + (n - (number - 1) / 2) * 22 / number
        cut = e.stroke([(x + 2.2, y - high * 0.72), (x - 1.8, y - high * 0.05)], 2.4, 1.6) & body
        e.edged(cut, LOW)
        e.lay(cut, "crumb", np.where(e.x < x, LIGHT, MID))
    e.calm("crust")


def toast(e: Easel, v: Variety) -> None:
    """A slice: crust around crumb."""
    half, top = v.turn((12.0, 11.0, 12.8)) + v.between(-0.4, 0.4), v.turn((6.0, 7.5), 1)
    shape = e.box(16 - half + 1.2, top + 6, 16 + half - 1.2, 31)
    for way in (-1, 1):
        shape |= e.oval(16 + way * (half - 5.5), top + 4.6, 5.6, 5.0)
    shape |= e.box(16 - half + 5, top, 16 + half - 5, top + 8)
    e.lay(shape, "crust", np.where(e.x < 18, MID, LOW))
    inner = shape.copy()
    for _ in range(max(1, round(1.6 * e.k))):
        inner &= ~around(~inner)
    e.lay(inner, "crumb", np.where(e.x + e.y < 34, LIGHT, MID))
    holes = inner & (e.noise(v.whole(0, 9999), 2, 1) > 0.9)
    e.lay(holes, "crumb", LOW)


def baguette(e: Easel, v: Variety) -> None:
    """A long loaf, lying aslant."""
    flip = v.turn((1, -1))
    ends = [
        (16 - flip * 11.5, 26.5),
        (16 + flip * 11.5, v.turn((7.0, 9.5, 8.0)) + v.between(-1.4, 1.4)),
    ]
    far, gone = e.along(ends)
    t = gone / float(gone.max())
    half = v.turn((4.6, 4.0, 5.2), 2) * (1 - np.abs(2 * t - 1) ** 4 * 0.4)
    body = np.abs(far) <= half
    side = far * flip / half
    e.lay(body, "crust", np.where(side < -0.3, LIGHT, np.where(side < 0.4, MID, LOW)))
    cut = body & ((gone + far * flip * 0.8) % 6.4 < 2.0) & (np.abs(side) < 0.62)
    e.edged(cut, LOW)
    e.lay(cut, "crumb", LIGHT)
    grounded(e)


def cheese(e: Easel, v: Variety) -> None:
    """A wedge with holes."""
    flip = v.turn((False, True), 1)
    low, top = v.turn((19.0, 17.0, 18.0)), v.turn((9.0, 7.0, 8.5, 10.0), 1)
    upper = e.polygon([(1.5, low), (21, top), (30.5, top + 5)])
    front = e.polygon([(1.5, low), (30.5, top + 5), (30.5, 28.5), (1.5, 31)])
    e.lay(front, "skin", np.where(e.x < 21, MID, LOW))
    e.lay(upper, "skin", LIGHT)
    line = e.stroke([(1.5, low), (30.5, top + 5)], 1.0)
    e.lay(line & (front | upper), "skin", DARK)
    placed: list[tuple[float, float, float]] = []
    for _ in range(60):
        x, y, r = v.between(5, 28), v.between(low + 1, 29), v.between(1.5, 3.0)
        if len(placed) < 5 and all(math.hypot(x - a, y - b) > r + c + 1 for a, b, c in placed):
            placed.append((x, y, r))
            hole = e.oval(x, y, r * 1.1, r) & front & ~line
            e.lay(hole, "skin", DARK)
            e.lay(hole & ~e.oval(x - 0.9, y - 0.9, r * 1.1, r), "skin", LOW)
    if flip:
        e.codes[:] = e.codes[:, ::-1]


def pizza(e: Easel, v: Variety) -> None:
    """A slice: a crust above, cheese, sausage."""
    half, top = v.turn((13.5, 12.5, 14.0)), 5.5
    arch = top - 2.2 * (1 - ((e.x - 16) / half) ** 2)
    t = (31 - e.y) / (31 - top - 2)
    wide = half * np.clip(t, 0, 1)
    cheese_ = (np.abs(e.x - 16) <= wide) & (e.y > arch + 3) & (e.y < 31)
    melt = v.turn((10.5, 20.5, 14.0), 1)
    cheese_ |= e.stroke([(melt, 18), (melt, 25)], 2.0) & (e.y > 12)
    e.lay(cheese_, "cheese", np.where(e.x < 18, MID, LOW))
    e.lay(cheese_ & (e.x - 16 < -wide + 2.4), "cheese", LIGHT)
    crust = (e.y > arch) & (e.y < arch + 4.4) & (np.abs(e.x - 16) < half + 0.8)
    e.edged(crust)
    e.lay(crust, "crust", np.where(e.y < arch + 1.5, LIGHT, np.where(e.y < arch + 3, MID, LOW)))
    spots = ((11.5, 12.5), (19.5, 14.0), (15.0, 20.0), (16.8, 26.0), (23.5, 11.5))
    for x, y in spots[: v.turn((4, 3, 5), 1)]:
        x, y = x + v.between(-0.8, 0.8), y + v.between(-0.5, 0.5)
        disc = e.oval(x, y, 2.7) & cheese_
        e.edged(disc, DARK)
        e.lit(disc, "sausage", e.ball(x, y, 2.9))
    herbs = cheese_ & e.of("cheese") & (e.noise(v.whole(0, 9999), 2, 1) > 0.94)
    e.lay(herbs, "leaf", MID)


def burger(e: Easel, v: Variety) -> None:
    """A bun with salad, cheese and meat."""
    half = v.turn((13.0, 12.4, 13.8)) + v.between(-0.2, 0.2)
    low = (e.oval(16, 27, half, 4.2) & (e.y > 26.5)) | e.box(16 - half, 25, 16 + half, 27)
    e.lit(low, "crust", 0.7 - 0.04 * (e.x - 12) - 0.12 * (e.y - 26))
    layers = [("meat", 20.5, 25.5, 0.8), ("cheese", 19.5, 21.5, 0.6), ("tomato", 18.0, 20.0, -0.4)]
    for material, top, foot, out in layers[: 3 if v.turn((True, True, False), 1) else 2]:
        layer = e.box(16 - half - out, top, 16 + half + out, foot)
        e.edged(layer)
        e.lay(layer, material, np.where(e.x < 12, LIGHT, np.where(e.x < 23, MID, LOW)))
    drip = v.turn((10.0, 21.0, 15.0), 2)
    tip = e.polygon([(drip - 4, 21), (drip + 4, 21), (drip, 24.5)])
    e.lay(tip, "cheese", MID)
    wave = 18.0 + 1.3 * np.sin(e.x * 1.25 + v.between(0, 6))
    salad = (e.y > 15.5) & (e.y < wave + 1.0) & (np.abs(e.x - 16) < half + 1.4)
    e.edged(salad)
    e.lay(salad, "leaf", np.where(e.y < wave - 0.4, MID, LIGHT))
    top = v.turn((4.5, 6.0, 3.5))
    bun = e.oval(16, 16.5, half, 16.5 - top) & (e.y < 17)
    e.edged(bun)
    e.lit(bun, "crust", e.ball(16, 16, half, 16 - top) + 0.05)
    for x, y in ((11, 9), (16, 7.5), (21, 9.5), (13.5, 12), (19, 12.5)):
        e.lay(e.box(x + v.between(-0.5, 0.5), y, x + 1.5, y + 1) & bun, "seed", LIGHT)


def meat(e: Easel, v: Variety) -> None:
    """A joint on its bone, a chop, a leg."""
    v.turn((joint, chop, drumstick))(e, v)


def joint(e: Easel, v: Variety) -> None:
    """A piece with a bone through it."""
    tilt = v.turn((-0.45, 0.45), 1) + v.between(-0.1, 0.1)
    c, s = math.cos(tilt), math.sin(tilt)
    middle = (16.0, 18.5)
    for way in (-1, 1):
        end = (16 + way * 12.6 * c, 18.5 + way * 12.6 * s)
        e.lay(e.stroke([middle, end], 2.8), "bone", MID)
        for off in (-1, 1):
            knob = e.oval(end[0] - off * 1.7 * s, end[1] + off * 1.7 * c, 2.0)
            e.lit(knob, "bone", e.ball(end[0] - off * 1.7 * s, end[1] + off * 1.7 * c, 2.2))
    u = (e.x - 16) * c + (e.y - 18.5) * s
    w = -(e.x - 16) * s + (e.y - 18.5) * c
    body = (np.abs(u) / 9.6) ** 2.6 + (np.abs(w) / v.turn((8.4, 9.2, 7.8), 2)) ** 2.2 <= 1
    e.edged(body)
    e.lit(body, "meat", e.ball(16, 18.5, 10.5, 9.5))
    e.shaded(body & (np.abs(u) > 7.4), -1)
    e.calm("meat")
    gleam(e, (12.5, 14.0), (2.0, 1.1))
    grounded(e)


def chop(e: Easel, v: Variety) -> None:
    """A slice with a rim of fat."""
    flip = v.turn((False, True), 1)
    shape = e.oval(13.5, 15.5, 11.5, 9.5) | e.oval(21, 23, 8.5, 6.5)
    e.lay(shape, "fat", np.where(e.x + e.y < 40, LIGHT, MID))
    inner = shape.copy()
    for _ in range(max(1, round(1.9 * e.k))):
        inner &= ~around(~inner)
    e.lit(inner, "meat", 0.75 - 0.03 * (e.x - 10) - 0.03 * (e.y - 12))
    marble = inner & (np.abs(np.sin(e.x * 0.55 + e.y * 0.35 + v.between(0, 6))) > 0.985)
    e.lay(marble & ~around(~inner), "fat", MID)
    x, y = v.between(9.5, 12.5), v.between(12.5, 15.0)
    ring = e.oval(x, y, 3.4, 2.7)
    e.edged(ring, LOW)
    e.lit(ring, "bone", e.ball(x, y, 3.4))
    e.lay(e.oval(x, y, 1.4, 1.0), "meat", DARK)
    if flip:
        e.codes[:] = e.codes[:, ::-1]
    grounded(e)


def drumstick(e: Easel, v: Variety) -> None:
    """A leg of a bird."""
    flip = v.turn((1, -1), 1)
    end = (16 + flip * 11.5, 27.5)
    e.lay(e.stroke([(16, 18), end], 2.8), "bone", MID)
    for dx, dy in ((1.2, -1.6), (-0.6, 1.8)):
        e.lit(e.oval(end[0] + flip * dx, end[1] + dy, 2.1), "bone", e.ball(end[0], end[1], 4))
    big = (16 - flip * v.between(3.4, 4.4), 14.5)
    r = v.turn((10.4, 9.6, 11.0)) + v.between(-0.4, 0.4)
    body = e.oval(*big, r, r * 0.94)
    lower = (big[0] + flip * r * 0.2, big[1] + r * 0.9)
    upper = (big[0] + flip * r * 0.9, big[1] - r * 0.1)
    body |= e.polygon([lower, upper, (16 + flip * 8.4, 22.6), (16 + flip * 5.6, 25.6)])
    e.edged(body)
    e.lit(body, "meat", e.ball(*big, r * 1.12))
    e.calm("meat")
    gleam(e, (big[0] - r * 0.42, big[1] - r * 0.45), (1.9, 1.3))
    grounded(e)


def egg(e: Easel, v: Variety) -> None:
    """An egg, sometimes with speckles."""
    wide, high = v.turn((10.2, 9.6, 10.8)) + v.between(-0.3, 0.3), v.turn((28.0, 26.5), 1)
    t = np.clip((e.y - 31 + high) / high, 0, 1)
    half = wide * np.sqrt(np.maximum(1 - ((t - 0.58) / np.where(t < 0.58, 0.58, 0.42)) ** 2, 0))
    body = (np.abs(e.x - 16) <= half) & (e.y < 31) & (e.y > 31 - high)
    e.lit(body, "skin", e.ball(16, 31 - high * 0.44, wide * 1.05, high * 0.54))
    if v.turn((False, True, False), 1):
        spots = e.noise(v.whole(0, 9999), 2, 2) > 0.9
        e.shaded(body & spots & ~around(~body), -1)
    gleam(e, (16 - wide * 0.42, 31 - high * 0.68), (1.8, 2.8))


def fried_egg(e: Easel, v: Variety) -> None:
    """White that ran, a yolk."""
    angle = np.arctan2(e.y - 19, (e.x - 16) * 0.86)
    rim = (
        11.3 + 1.3 * np.sin(angle * 3 + v.between(0, 6)) + 0.7 * np.sin(angle * 5 + v.between(0, 6))
    )
    white = np.hypot((e.x - 16) * 0.86, e.y - 19) <= rim
    e.lit(white, "skin", 0.9 - 0.035 * (e.x - 14) - 0.04 * (e.y - 15))
    x, y, r = 16 + v.between(-2, 2), 18 + v.between(-1.5, 1.5), v.turn((5.4, 5.0, 5.8))
    yolk = e.oval(x, y, r)
    e.edged(yolk, LOW)
    e.lit(yolk, "yolk", e.ball(x, y, r))
    gleam(e, (x - r * 0.4, y - r * 0.4), (1.2, 1.0))
    grounded(e)


def mug(e: Easel, v: Variety) -> None:
    """A cup with a handle, full to the brim."""
    way = v.turn((1, -1), 1)
    half, top = v.turn((9.0, 8.4, 9.6)), v.turn((9.0, 11.0, 7.5), 2)
    x = 16 - way * 2.6
    outer = e.oval(x + way * half, (top + 31) / 2 + 0.5, 6.2, 6.6)
    inner = e.oval(x + way * half, (top + 31) / 2 + 0.5, 3.4, 3.8)
    e.lay(outer & ~inner, "cup", np.where(e.y < (top + 31) / 2, MID, LOW))
    body = e.box(x - half, top, x + half, 28) | e.oval(x, 27.5, half, 3.6)
    e.edged(body)
    e.lit(body, "cup", e.across(x - half, x + half) + 0.05)
    pattern = v.turn((0, 1, 2), 1)
    if pattern == 1:
        e.lay(body & (np.abs(e.y - 21) < 1.6), "stripe", np.where(e.x < x, LIGHT, MID))
    elif pattern == 2:
        heart = e.oval(x - 1.6, 20, 1.9) | e.oval(x + 1.6, 20, 1.9)
        heart |= e.polygon([(x - 3.4, 20.6), (x + 3.4, 20.6), (x, 24.8)])
        e.lay(heart & body, "stripe", MID)
    brim = e.oval(x, top, half, 3.0)
    e.edged(brim)
    e.lay(brim, "cup", LIGHT)
    drink = e.oval(x, top + 0.3, half - 1.4, 2.0)
    e.lay(drink, "drink", MID)
    e.lay(drink & (e.y > top + 0.4), "drink", LIGHT)
    e.edged(drink, LOW)


def beer(e: Easel, v: Variety) -> None:
    """A glass with foam."""
    way = v.turn((1, -1), 1)
    half, top = v.turn((8.0, 7.4, 8.6)), v.turn((9.0, 10.5), 1)
    x = 16 - way * 3.0
    outer, inner = e.oval(x + way * half, 20, 6.2, 7.0), e.oval(x + way * half, 20, 3.4, 4.4)
    e.lay(outer & ~inner, "pane", np.where(e.x < x + way * half + 2, LIGHT, MID))
    body = e.box(x - half, top, x + half, 31)
    e.edged(body)
    e.lit(body, "drink", e.across(x - half, x + half))
    bubbles = body & (e.noise(v.whole(0, 9999), 1, 1) > 0.92) & (e.y < 28)
    e.lay(bubbles, "drink", LIGHT)
    e.lay(body & (e.y > 28.6), "pane", np.where(e.x < x, LIGHT, MID))
    e.lay(body & ((e.x < x - half + 1) | (e.x > x + half - 1)), "pane", MID)
    foam = np.zeros_like(body)
    for n in range(4):
        foam |= e.oval(x + (n - 1.5) * half * 0.56, top - 1 + v.between(-1, 0.6), half * 0.42, 3.6)
    foam |= e.box(x - half, top - 1, x + half, top + 2.4 + v.between(0, 1))
    foam |= e.oval(x + v.turn((-4.0, 3.5, 0.0)), top + 3, 2.2, 4.0)
    e.edged(foam)
    e.lit(foam, "foam", e.ball(x, top + 1, half * 1.3, 6.5) + 0.2)
