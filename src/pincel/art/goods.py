"""Barrels, boxes, pots, hourglasses and doors, by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import (
    DARK,
    LIGHT,
    LOW,
    MID,
    Bench,
    ItemLook,
    Variety,
    bevelled,
    eroded,
    form_of,
)


def barrel(e: Bench, v: Variety, look: ItemLook) -> None:
    """A barrel with hoops."""
    top, low = 3.0, 30.0
    half = v.turn((9.4, 10.2, 8.8), 1)
    bulge = v.turn((2.4, 1.6), 1)
    wide = half + bulge * np.cos((e.y - 16.5) / 13.5 * np.pi / 2)
    u = (e.x - 16) / wide
    body = (np.abs(u) <= 1) & (e.y > top + 2) & (e.y < low - 1.2 * u**2)
    staves = v.turn((5, 6, 7), 1)
    e.lit(body, "wood", 0.66 - 0.3 * u - 0.42 * u**2)
    angle = np.arcsin(np.clip(u, -1, 1)) / np.pi + 0.5
    e.shaded(
        body & (np.abs((angle * staves) % 1 - 0.5) > 0.5 - 0.05 * staves / 5) & (np.abs(u) < 0.94),
        -1,
    )
    lid = e.oval(16, top + 2.6, half + 0.3, 2.7)
    for y, deep in (
        ((top + 6.4, 2.2), (low - 5.2, 2.2))
        if v.turn((True, False), 1)
        else ((8.6, 1.8), (16.4, 1.8), (24.0, 1.8))
    ):
        bent = y + 1.2 * (1 - u**2)
        hoop = body & (e.y > bent - deep / 2) & (e.y < bent + deep / 2)
        e.lay(
            hoop,
            "metal",
            np.where(u < -0.35, LIGHT, np.where(u < 0.3, MID, np.where(u < 0.75, LOW, DARK))),
        )
    e.over(lid, "lid", np.where(e.y < top + 2.2, MID, LIGHT))
    e.lay(lid & ~e.oval(16, top + 2.8, half - 1.2, 1.7), "wood", MID)
    e.lay(eroded(lid) & (e.column % 4 == 0), "lid", LOW)
    if "liquid" in look.more or look.form == "open":
        e.lay(e.oval(16, top + 2.8, half - 1.4, 1.7), "liquid", np.where(e.x < 14, LIGHT, MID))
    elif v.turn((False, True, False), 1):
        e.over(e.oval(16, 18.6, 1.7), "dark", DARK)


def crate(e: Bench, v: Variety, look: ItemLook) -> None:
    """A crate of boards within a frame."""
    left, right, top, low = v.turn(
        ((3.0, 29.0, 3.0, 29.0), (2.4, 29.6, 6.0, 29.6), (4.0, 28.0, 4.0, 29.0)), 1
    )
    whole = e.box(left, top, right, low)
    e.lay(whole, "wood", MID)
    across = v.turn((True, False), 1)
    step = 4.4
    far = (e.y - top) if across else (e.x - left)
    e.shaded(whole & ((far % step) < 1 / e.k), -2)
    grain = e.noise(5 + v.seed, 4 if across else 1, 1 if across else 4) > 0.83
    e.shaded(whole & grain, -1)
    kind = v.turn(("slash", "cross", "plain", "mark"), 1)
    wide = 3.4
    if kind in ("slash", "cross"):
        brace = e.stroke([(left + 3, low - 3), (right - 3, top + 3)], 3.0) & whole
        e.over(brace, "frame", MID)
        if kind == "cross":
            e.over(e.stroke([(left + 3, top + 3), (right - 3, low - 3)], 3.0) & whole, "frame", MID)
    elif kind == "mark":
        e.lay(e.oval(16, (top + low) / 2, 4.4) & ~e.oval(16, (top + low) / 2, 2.6), "mark", MID)
    for piece in (
        e.box(left, top, right, top + wide),
        e.box(left, low - wide, right, low),
        e.box(left, top, left + wide, low),
        e.box(right - wide, top, right, low),
    ):
        e.over(piece, "frame", MID)
        bevelled(e, piece, "frame")
    for x in (left + 1.7, right - 1.7):
        for y in (top + 1.7, low - 1.7):
            e.lay(e.box(x - 0.6, y - 0.6, x + 0.6, y + 0.6), "nail", LIGHT)


def pot(e: Bench, v: Variety, look: ItemLook) -> None:
    """A pot: a jar, an amphora with ears, or a cauldron."""
    form = form_of(v, look, ("jar", "amphora", "vase", "round"))
    y, rx, ry = {
        "jar": (19.0, 10.8, 10.8),
        "amphora": (18.0, 8.8, 11.2),
        "vase": (19.6, 9.4, 10.4),
        "round": (19.4, 12.0, 10.4),
    }[form]
    neck, lip = {"jar": (6.0, 8.6), "amphora": (3.4, 5.0), "vase": (3.6, 6.4), "round": (6.6, 8.2)}[
        form
    ]
    top = v.turn((3.0, 4.4, 3.8), 1)
    body = e.oval(16, y, rx, ry) & (e.y < 30)
    throat = e.box(16 - neck, top + 2, 16 + neck, y)
    if form == "amphora":
        for way in (-1, 1):
            ear = e.stroke(
                [
                    (16 + way * 3.6, top + 4),
                    (16 + way * 8.4, top + 4.6),
                    (16 + way * 9.2, 12),
                    (16 + way * 7.4, 15),
                ],
                2.2,
            )
            e.lay(ear, "clay", LIGHT if way < 0 else LOW)
    whole = body | throat | e.box(16 - rx * 0.5, 27, 16 + rx * 0.5, 30.2)
    e.edged(whole, 0)
    e.lit(whole, "clay", e.ball(15.5, y, rx * 1.06, ry * 1.15) + 0.08)
    _painted(e, v, (whole, body), (y, rx))
    e.over(
        e.box(16 - lip, top, 16 + lip, top + 2.8),
        "clay",
        np.where(e.x < 14, LIGHT, np.where(e.x < 20, MID, LOW)),
    )
    mouth = e.oval(16, top + 0.9, lip - 1.4, 0.9)
    e.lay(
        mouth, "liquid" if "liquid" in look.more else "clay", MID if "liquid" in look.more else DARK
    )


def _painted(e: Bench, v: Variety, masks: tuple, place: tuple) -> None:
    """Bands, a zigzag or dots."""
    whole, body = masks
    y, rx = place
    kind = v.turn(("bands", "zigzag", "plain", "dots", "bands"), 1)
    if kind == "bands":
        for level in (y - 3, y + 2.4):
            e.lay(
                whole & (np.abs(e.y - level) < 0.9),
                "stripe",
                np.where(e.x < 13, LIGHT, np.where(e.x < 20, MID, LOW)),
            )
    elif kind == "zigzag":
        wave = np.abs((e.x / 2.6) % 2 - 1) * 3.4
        e.lay(
            body & (np.abs(e.y - y + 2.6 - wave) < 0.85),
            "stripe",
            np.where(e.x < 13, LIGHT, np.where(e.x < 20, MID, LOW)),
        )
    elif kind == "dots":
        for n in range(-2, 3):
            e.lay(e.oval(16 + n * rx * 0.36, y - 1 - 0.4 * abs(n), 1.1) & body, "stripe", MID)


def cauldron(e: Bench, v: Variety, look: ItemLook) -> None:
    """A cauldron with something in it."""
    for x in (9.5, 22.5):
        e.lay(e.box(x - 1.6, 26, x + 1.6, 30.4), "metal", MID if x < 16 else LOW)
    body = e.oval(16, 17.4, 13.2, 11.4) & (e.y > 8)
    e.lit(body, "metal", e.ball(15, 17, 14, 12.6))
    rim = e.oval(16, 9.0, 11.8, 3.8)
    e.over(rim, "metal", np.where(e.y < 8, MID, LIGHT))
    fill = e.oval(16, 8.6, 9.4, 2.3)
    e.over(fill, "liquid", np.where(e.x < 14, LIGHT, MID))
    for n in range(v.turn((3, 4, 2), 1)):
        x = 9.5 + n * 4.4 + v.between(0, 1.5)
        r = v.between(1.3, 2.3)
        bubble = e.oval(x, 6.6 - v.between(0, 2.4), r)
        e.over(bubble, "liquid", np.where(e.x < x, LIGHT, MID))


def hourglass(e: Bench, v: Variety, look: ItemLook) -> None:
    """An hourglass, its sand running."""
    half = v.turn((8.4, 9.4), 1)
    for x in (16 - half - 1.2, 16 + half + 1.2):
        e.lay(e.box(x - 1.2, 4, x + 1.2, 28), "frame", np.where(e.x < x, LIGHT, MID) - (x > 16))
    s = np.abs(e.y - 16) / 11.2
    wide = 1.2 + (half - 1.6) * np.clip(s * 1.25, 0, 1) ** 0.8
    glass = (np.abs(e.x - 16) <= wide) & (s < 1.05)
    e.over(glass, "glass", np.where(e.x < 14, LIGHT, MID))
    inner = eroded(glass)
    gone = v.turn((0.35, 0.6, 0.15, 0.8, 0.5), 1)
    upper = inner & (e.y < 15.4) & (e.y > 6.0 + 9.0 * gone + 0.06 * (e.x - 16) ** 2)
    lower = inner & (e.y > 27 - 8.4 * gone + 0.1 * (e.x - 16) ** 2)
    shade = np.where(e.x < 15, LIGHT, np.where(e.x < 18.5, MID, LOW))
    e.lay(upper | lower, "sand", shade)
    e.lay(e.box(15.5, 14, 16.5, 27) & glass, "sand", LIGHT)
    e.lay(inner & ~upper & ~lower & (np.abs(e.x - 16 + wide * 0.62) < 0.6), "glint", LIGHT)
    kind = v.turn(("flat", "knobs"), 1)
    for y in (1.8, 26.8):
        e.over(
            e.box(16 - half - 3, y, 16 + half + 3, y + 3.6),
            "frame",
            np.where(e.y < y + 1.2, LIGHT, np.where(e.x < 20, MID, LOW)),
        )
        if kind == "knobs":
            for x in (16 - half - 1.2, 16, 16 + half + 1.2):
                e.lay(e.oval(x, y + 1.9, 1.0), "trim", LIGHT)


def doorway(e: Bench, v: Variety, look: ItemLook) -> None:
    """A door in its frame, closed or open."""
    form = form_of(v, look, ("closed",))
    arched = v.turn((True, False), 1)
    half, low = v.turn((10.4, 9.6), 1), 30.4

    def opening(h: float, top: float) -> np.ndarray:
        if arched:
            return (e.box(16 - h, 11.5, 16 + h, low) | e.oval(16, 11.5, h, 11.5 - top)) & (
                e.y < low
            )
        return e.box(16 - h, top, 16 + h, low)

    frame, leaf = opening(half + 2.8, 1.4), opening(half, 4.2)
    e.lay(frame, "frame", np.where(e.x < 8, LIGHT, np.where(e.x < 24, MID, LOW)))
    blocks = (e.row % 5 == 0) if v.turn((True, False, True), 1) else np.zeros_like(leaf)
    e.shaded(frame & ~leaf & blocks, -2)
    if form == "open":
        e.over(leaf, "dark", np.where(e.y > 26, LOW, DARK))
        wing = leaf & (e.x < 16 - half + 6)
        e.over(wing, "wood", np.where(e.x < 16 - half + 2, MID, LOW))
        e.lay(wing & (np.abs(e.x - 16 + half - 3) < 0.5), "wood", DARK)
        return
    e.over(leaf, "wood", MID)
    step = v.turn((4.2, 5.2), 1)
    e.lay(leaf & (((e.x - 16 + half) % step) < 1 / e.k) & (e.x > 16 - half + 1), "wood", DARK)
    e.lay(
        leaf & (((e.x - 16 + half) % step) < 2 / e.k) & (((e.x - 16 + half) % step) >= 1 / e.k),
        "wood",
        LIGHT,
    )
    e.shaded(leaf & (e.noise(v.seed, 1, 4) > 0.86), -1)
    for y in (v.turn((10.6, 12.0), 1), 24.0):
        e.over(
            e.box(16 - half, y - 1, 16 + half * 0.5, y + 1), "metal", np.where(e.x < 14, LIGHT, MID)
        )
    if "window" in look.more or v.turn((False, True, False), 1):
        e.over(e.box(14, 6.8, 20.6, 12.6) & leaf, "frame", MID)
        e.lay(e.box(15, 7.8, 19.6, 11.6) & leaf, "pane", np.where(e.x + e.y < 27, LIGHT, MID))
    e.rounded(e.oval(16 + half - 2.6, 18.0, 1.7), "handle", e.ball(16 + half - 2.6, 18, 1.7) + 0.2)
