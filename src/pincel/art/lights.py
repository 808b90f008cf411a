"""Candles, torches, lanterns and bombs, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of

Point = tuple[float, float]


def flame(e: Bench, v: Variety, foot: Point, wide: float, high: float) -> None:
    """A flame over a point: dark outside, bright inside."""
    x, y = foot
    lean = v.turn((0.16, -0.14, 0.05, -0.22, 0.24), 1) * wide
    s = np.clip((y - e.y) / high, 0, 1)
    middle = x + lean * 2 * s * s + 0.16 * wide * np.sin(s * 5.5 + v.turn((0.0, 2.0, 4.0), 1)) * s
    body = wide * np.sin(np.clip(s * 0.86 + 0.16, 0, 1) * np.pi) ** 0.9
    for share, shade in ((1.0, LOW), (0.72, MID), (0.42, LIGHT)):
        reach = (y - e.y) / (high * (0.4 + 0.6 * share))
        inside = (np.abs(e.x - middle) <= body * share) & (reach >= 0) & (reach <= 1)
        e.lay(inside, "flame", shade)


def candle(e: Bench, v: Variety, look: ItemLook) -> None:
    """A candle: alone, in a holder, or three of them."""
    form = form_of(v, look, ("plain", "holder", "dish", "thick"))
    low = 29.6 if form in ("plain", "thick") else 26.4
    half = {"plain": 3.8, "thick": 6.0, "holder": 3.2, "dish": 3.6}[form]
    top = v.turn((13.0, 15.0, 12.0), 1)
    if form in ("holder", "dish"):
        e.lay(
            e.oval(16, 28, 9.5 if form == "dish" else 7.4, 2.6),
            "metal",
            np.where(e.x < 13, LIGHT, np.where(e.x < 19, MID, LOW)),
        )
        if form == "dish":
            loop = e.oval(26, 25.6, 3.2)
            e.over(loop, "metal", np.where(e.x < 26, LIGHT, MID))
            e.codes[e.oval(26, 25.6, 1.5)] = -1
        e.over(
            e.box(16 - half - 1.2, 24, 16 + half + 1.2, 27.4),
            "metal",
            np.where(e.x < 15, LIGHT, np.where(e.x < 18, MID, LOW)),
        )
    body = e.box(16 - half, top, 16 + half, low if form in ("plain", "thick") else 24.4)
    e.edged(body, 0)
    e.lay(
        body,
        "wax",
        np.where(e.x < 16 - half * 0.2, LIGHT, np.where(e.x < 16 + half * 0.5, MID, LOW)),
    )
    e.lay(e.oval(16, top, half, 1.4), "wax", LIGHT)
    _drops(e, v, body, (top, half))
    e.lay(e.box(15.5, top - 2.5, 16.5, top), "wick", DARK)
    if "flame" not in look.without:
        flame(e, v, (16, top - 1.2), v.turn((3.6, 3.0, 4.0), 1), min(top - 2.6, 10.6))


def _drops(e: Bench, v: Variety, body: np.ndarray, place: tuple) -> None:
    """Wax that runs down a candle, bool (side, side)."""
    top, half = place
    for x, down in v.turn(
        (((-0.62, 5.0), (0.7, 3.0)), ((-0.8, 2.5), (0.1, 6.5)), ((0.55, 6.0), (-0.5, 3.4))), 1
    ):
        drop = e.stroke([(16 + half * x, top), (16 + half * x, top + down)], 1.9)
        e.lay(drop & body | drop & (np.abs(e.x - 16) < half + 1), "wax", LIGHT)
        e.lay(
            e.box(16 + half * x - 0.6, top + down + 0.9, 16 + half * x + 0.6, top + down + 1.9)
            & body,
            "wax",
            LOW,
        )


def torch(e: Bench, v: Variety, look: ItemLook) -> None:
    """A burning torch, held upright or on the diagonal."""
    handle = (
        [(12.4, 28.4), (16.6, 15.5)] if v.turn((True, False), 1) else [(16.0, 28.4), (16.0, 15.5)]
    )
    grip = e.stroke(handle, 3.2, 4.2)
    off = e.along(handle)[0]
    e.lay(grip, "haft", np.where(off < -0.5, LIGHT, np.where(off < 0.7, MID, LOW)))
    x = handle[1][0]
    if "flame" not in look.without:
        flame(e, v, (x, 17.5), v.turn((7.2, 6.4, 6.8), 1), v.turn((16.0, 15.4, 16.2), 2))
    head = e.polygon([(x - 4.2, 13.6), (x + 4.2, 13.6), (x + 3.2, 19.6), (x - 3.2, 19.6)])
    kind = v.turn(("cup", "cloth"), 1)
    shade = np.where(e.x < x - 1.4, LIGHT, np.where(e.x < x + 1.6, MID, LOW))
    if kind == "cloth":
        shade = np.where(
            np.floor((e.y + 0.5 * e.x) / 1.6) % 2 == 0, shade, np.maximum(shade - 1, DARK)
        )
    e.over(head, "metal" if kind == "cup" else "wrap", shade)
    if kind == "cup":
        e.lay(head & (e.y < 15), "metal", LIGHT)
    for y in v.turn(((22.5,), (23.5, 26.0), ()), 1):
        e.lay(grip & (np.abs(e.y - y) < 0.8), "metal", np.where(off < 0, LIGHT, MID))


def lantern(e: Bench, v: Variety, look: ItemLook) -> None:
    """A lantern with a handle."""
    half = v.turn((7.4, 8.4), 1)
    ring = e.oval(16, 5.6, 4.6, 4.2)
    e.lay(ring, "metal", np.where(e.x < 16, LIGHT, MID))
    e.codes[e.oval(16, 5.8, 2.9, 2.6)] = -1
    roof = e.polygon(
        [(16 - 2.6, 7), (16 + 2.6, 7), (16 + half + 1.4, 12.6), (16 - half - 1.4, 12.6)]
    )
    e.over(roof, "metal", np.where(e.x < 14, LIGHT, np.where(e.x < 19, MID, LOW)))
    glass = e.box(16 - half, 12.6, 16 + half, 26)
    far = np.hypot((e.x - 16) / half, (e.y - 20) / 7)
    e.over(glass, "light", np.where(far < 0.45, LIGHT, np.where(far < 0.9, MID, LOW)))
    if v.turn((True, True, False), 1) and "flame" not in look.without:
        flame(e, v, (16, 25.4), 3.2, 9.2)
    bars = (-half + 0.7, half - 0.7) if v.turn((True, False), 1) else (-half + 0.7, 0.0, half - 0.7)
    for x in bars:
        e.lay(e.box(16 + x - 0.8, 12.6, 16 + x + 0.8, 26), "metal", MID if x < 1 else LOW)
    if v.turn((False, True, True), 1):
        e.lay(e.box(16 - half, 18.6, 16 + half, 19.8), "metal", np.where(e.x < 14, MID, LOW))
    e.over(
        e.box(16 - half - 1.6, 26, 16 + half + 1.6, 30),
        "metal",
        np.where(e.y < 27.2, LIGHT, np.where(e.x < 18, MID, LOW)),
    )


def bomb(e: Bench, v: Variety, look: ItemLook) -> None:
    """A round bomb with a fuse that burns."""
    r = v.turn((10.4, 9.8), 1)
    x, y = 14.4, 19.4
    e.lit(e.oval(x, y, r), "shell", e.ball(x, y, r))
    e.lay(e.oval(x - 0.42 * r, y - 0.46 * r, 0.2 * r, 0.15 * r), "glint", LIGHT)
    neck = e.polygon([(17.6, 9.2), (21.4, 6.8), (23.8, 10.8), (20.4, 13.4)])
    e.over(neck, "cap", np.where(e.x + e.y < 29, LIGHT, np.where(e.x + e.y < 32, MID, LOW)))
    fuse: list[Point] = v.turn(
        (
            [(22.4, 8.6), (24.0, 5.6), (27.0, 5.4)],
            [(22.4, 8.6), (22.6, 5.4), (25.4, 3.6)],
            [(22.4, 8.6), (25.4, 7.4), (26.6, 4.4)],
        ),
        1,
    )
    e.lay(e.stroke(fuse, 1.6), "fuse", np.where(np.floor(e.x) % 2 == 0, MID, LIGHT))
    if "flame" not in look.without:
        fx, fy = fuse[-1]
        spark = v.turn((0, 1), 1)
        u, w = np.abs(e.x - fx), np.abs(e.y - fy)
        star = (u * w < 0.9) & (u + w < 4.6) if spark else np.hypot(u, w) < 2.9
        star &= (e.x < 31) & (e.y > 1)
        e.lay(star, "flame", LOW)
        e.lay(star & (u + w < 2.6), "flame", MID)
        e.lay(star & (u + w < 1.3), "flame", LIGHT)
    if "skull" in look.more or (v.turn((False, False, True), 1)):
        head = e.oval(x, y + 0.4, 4.6, 4.0) | e.box(x - 2.4, y + 3, x + 2.4, y + 6.4)
        e.lay(head, "mark", np.where(e.x < x + 1.5, LIGHT, MID))
        e.lay(
            e.oval(x - 1.8, y + 0.8, 1.2)
            | e.oval(x + 1.8, y + 0.8, 1.2)
            | e.box(x - 0.5, y + 4.6, x + 0.5, y + 6.4),
            "shell",
            DARK,
        )
