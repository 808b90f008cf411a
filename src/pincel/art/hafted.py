"""What has a long handle, drawn by rules along the diagonal: axes, maces, hammers, spears, staffs,
wands, bows, arrows, picks."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of

AXES = ("single", "double", "bearded", "broad")


def haft(t: Bench, v: Variety, top: float, low: float, half: float = 1.45) -> None:
    """A handle from the top down, with a grip or rings where the seed has them."""
    low -= 1.4
    shade = np.where(t.x < -0.4, LIGHT, np.where(t.x > 0.4, LOW, MID))
    t.lay(t.box(-half, top, half, low), "haft", shade)
    if v.turn((True, False), 1):
        wound = t.box(-half, low - 9, half, low - 2)
        turns = np.floor(t.y / 1.5) % 2 == 0
        t.lay(wound, "grip", np.where(turns, shade, np.maximum(shade - 1, DARK)))
    if v.turn((False, True, True), 1):
        t.over(t.box(-half - 0.7, low - 1.6, half + 0.7, low), "metal", shade)


def axe(e: Bench, v: Variety, look: ItemLook) -> None:
    """An axe with one blade or two."""
    t = e.tilted()
    form = form_of(v, look, AXES)
    haft(t, v, v.turn((7.5, 6.5), 1), 42.2)
    if form == "double":
        bit(t, form, 1, v.turn((10.2, 11.0), 1))
    else:
        shape = v.turn(
            ([(1, 12.5), (4.6, 12.5), (4.6, 17.5), (1, 17.5)], [(1, 12), (7.5, 15.6), (1, 18)]), 1
        )
        t.over(t.polygon(shape), "metal", np.where(t.y > 15, LOW, MID))
    bit(t, form, -1, v.turn((10.8, 11.4, 10.2), 1))
    socket = t.box(-2.2, 11.6, 2.2, 18.4)
    t.over(socket, "metal", np.where(t.x < -0.5, MID, np.where(t.x < 0.8, LOW, DARK)))


def bit(t: Bench, form: str, way: int, far: float) -> None:
    """A blade beside the haft, its edge bright: a neck that widens to a bent edge."""
    y = 15.0
    up, down = {"bearded": (4.4, 10.4), "broad": (5.6, 8.6)}.get(form, (5.0, 7.4))
    if form == "double":
        up = 4.0
    shape = [(way * 1.5, y - 2.6), (way * 3.6, y - 2.2), (way * far * 0.72, y - up)]
    for n in range(9):
        a = n / 8
        edge = far * (0.84 + 0.17 * math.sin(math.pi * a) ** 0.8)
        shape.append((way * edge, y - up + 0.2 + (up + down) * a))
    shape += [(way * far * 0.66, y + down), (way * 3.6, y + 2.6), (way * 1.5, y + 3.0)]
    mask = t.polygon(shape)
    x = way * t.x
    flat = MID if way < 0 else LOW
    t.over(mask, "metal", flat)
    t.lay(mask & (x < 4.2), "metal", flat - 1)
    bent = x - far * 0.17 * (1 - ((t.y - y - (down - up) / 2) / (up + down) * 2) ** 2)
    t.lay(mask & (bent > far * 0.64), "metal", LIGHT if way < 0 else MID)


def mace(e: Bench, v: Variety, look: ItemLook) -> None:
    """A mace: a ball with spikes, flanges, or a morning star."""
    t = e.tilted()
    form = form_of(v, look, ("flanged", "spiked", "round", "flanged"))
    y, r = 11.2, 5.2
    haft(t, v, y, 42.2)
    if form == "flanged":
        _flanges(t, y)
        return
    if form == "spiked":
        _spikes(t, y, r)
    ball = t.oval(0, y, r + (0.4 if form == "round" else 0))
    t.rounded(ball, "metal", t.ball(0, y, r))
    if form == "spiked":
        for dx, dy in ((-1.6, -1.6), (1.8, 1.2), (-1.6, 2.2), (1.8, -2.2)):
            t.lay(t.oval(dx, y + dy, 0.75), "metal", LIGHT if dx < 0 else MID)
    else:
        band = t.oval(0, y, r + 0.4) & (np.abs(t.y - y) < 0.9)
        t.lay(band, "metal", np.where(t.x < 1, LOW, DARK))


def _flanges(t: Bench, y: float) -> None:
    for x, wide in ((-3.8, 1.7), (3.8, 1.7), (0, 2.0)):
        fin = t.polygon(
            [
                (x - wide, y - 2.5),
                (x - wide * 0.4, y - 5.6),
                (x + wide * 0.4, y - 5.6),
                (x + wide, y - 2.5),
                (x + wide, y + 2.6),
                (x + 0.6 * wide, y + 5.4),
                (x - 0.6 * wide, y + 5.4),
                (x - wide, y + 2.6),
            ]
        )
        light = 0.8 - 0.14 * t.x - 0.3 * (t.x - x) / wide
        t.rounded(fin, "metal", light)
    t.over(t.box(-2.2, y + 5.6, 2.2, y + 7.2), "metal", np.where(t.x < 0, MID, LOW))


def _spikes(t: Bench, y: float, r: float) -> None:
    for n in range(8):
        a = math.pi * (n + 0.5) / 4
        dx, dy = math.cos(a), math.sin(a)
        px, py = -dy * 1.5, dx * 1.5
        near = r - 1.2
        spike = t.polygon(
            [
                (dx * near + px, y + dy * near + py),
                (dx * (r + 2.9), y + dy * (r + 2.9)),
                (dx * near - px, y + dy * near - py),
            ]
        )
        t.lay(spike, "metal", MID if dx < 0.3 else LOW)


def hammer(e: Bench, v: Variety, look: ItemLook) -> None:
    """A hammer: a block across its handle."""
    t = e.tilted()
    form = form_of(v, look, ("block", "war", "sledge"))
    haft(t, v, 8.0, 42.2)
    long = v.turn((8.2, 7.4, 8.2, 7.8, 7.4), 1)
    top, low = (9.8, 16.6) if form != "war" else (10.6, 15.4)
    low += v.turn((0.0, 0.8, 1.4, 0.8), 1)
    head = t.box(-long, top, long, low)
    if form == "war":
        head = t.box(-long, top, 2, low) | t.polygon([(2, top), (9.8, 13.4), (2, low)])
    t.over(head, "metal", np.where(t.y < top + 1.4, LIGHT, np.where(t.y > low - 1.4, LOW, MID)))
    faces = t.box(-long - 0.6, top - 0.8, -long + 1.8, low + 0.8)
    if form != "war":
        right = t.box(long - 1.8, top - 0.8, long + 0.6, low + 0.8)
        t.over(right, "metal", LOW)
    t.over(faces, "metal", np.where(t.x < -long + 0.2, LIGHT, MID))
    t.lay(t.box(-1.8, top + 0.1, 1.8, low - 0.1) & head, "trim", np.where(t.x < -0.3, LIGHT, MID))
