"""Balls, targets and medals, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import puffed, shine, ware
from pincel.art.item_matter import BRONZE, GOLD, SILVER, WOOD
from pincel.art.molded import star


@ware(
    "ball",
    "skin mark",
    "stripe=mark star=mark",
    "beach",
    "metal wood stone glass soft",
    of_skin=("red", "blue", "green", "yellow", "purple", "orange"),
    of_mark=("white", "yellow", "black"),
)
def _ball(e: Bench, v: Variety, look: ItemLook) -> None:
    ball, (a, b, light, r) = _round(e, v, "skin")
    form = form_of(v, look, ("stripe", "beach", "star"))
    form = next((name for name in ("star", "stripe") if name in look.more), form)
    if form in ("stripe", "star"):
        e.lit(ball & (np.abs(b) < 0.24), "mark", light)
        if form == "star":
            e.lit(ball & e.polygon(star(16, 16, (r * 0.6, r * 0.27), 5, 12)), "mark", light + 0.3)
    else:
        turn = np.arctan2(b, a * 0.9 + 0.2) / np.pi * 3
        e.lit(ball & (np.floor(turn) % 2 == 0), "mark", light)
        e.lit(ball & (np.hypot(a + 0.2, b) < 0.2), "mark", light + 0.2)
    shine(e, ball, 16 - r * 0.4, 16 - r * 0.46, 1.3)


def _round(e: Bench, v: Variety, material: str) -> tuple[np.ndarray, tuple]:
    """A ball, bool (side, side), and two turned axes, its light, its radius."""
    r, tilt = v.turn((13.8, 12.8, 13.2), 1), v.turn((0.5, -0.4, 0.9), 1)
    ball, light = e.oval(16, 16, r), e.ball(16, 16, r) + 0.06
    e.lit(ball, material, light)
    u, w = (e.x - 16) / r, (e.y - 16) / r
    return ball, (
        u * np.cos(tilt) + w * np.sin(tilt),
        w * np.cos(tilt) - u * np.sin(tilt),
        light,
        r,
    )


@ware(
    "basketball",
    "skin",
    "stripe=ink",
    "",
    "",
    of_skin=("orange", ("8a4a1c", "d07a34", "f4ac68")),
    of_ink=(("2c1810", "4a2c1c", "6c4630"),),
)
def _basketball(e: Bench, v: Variety, look: ItemLook) -> None:
    ball, (a, b, _, r) = _round(e, v, "skin")
    thin = 0.6 / r / min(e.k, 1.5)
    for line in (a, b, np.hypot(a - 1.15, b) - 0.78, np.hypot(a + 1.15, b) - 0.78):
        e.lay(ball & (np.abs(line) < thin), "ink", DARK)
    shine(e, ball, 16 - r * 0.4, 16 - r * 0.46, 1.3)


@ware(
    "baseball",
    "skin mark",
    "stripe=mark",
    "",
    "soft",
    of_skin=("white", ("a8987a", "ecdfc0", "fffaec")),
    of_mark=("red", "blue"),
)
def _baseball(e: Bench, v: Variety, look: ItemLook) -> None:
    ball, (a, b, _, r) = _round(e, v, "skin")
    thin = 1.0 / r / min(e.k, 1.5)
    for way in (-1, 1):
        far = np.hypot(a + way * 1.2, b) - 0.8
        e.lay(ball & (np.abs(far) < thin * 0.6), "mark", MID)
        e.lay(
            ball & (np.abs(np.abs(far) - thin * 1.2) < thin * 0.5) & ((b * 9) % 2 < 0.9),
            "mark",
            MID,
        )
    shine(e, ball, 16 - r * 0.4, 16 - r * 0.46, 1.1)


@ware(
    "tennis ball",
    "skin mark",
    "stripe=mark",
    "",
    "",
    of_skin=(("6a8a14", "b8d838", "e8fc84"), "yellow"),
    of_mark=("white",),
)
def _tennis_ball(e: Bench, v: Variety, look: ItemLook) -> None:
    ball, (a, b, light, r) = _round(e, v, "skin")
    for way in (-1, 1):
        e.lit(ball & (np.abs(np.hypot(a + way * 1.15, b) - 0.76) < 0.9 / r), "mark", light + 0.4)
    fuzz = e.noise(v.seed, 2, 1) > 0.9
    e.shaded(ball & fuzz & e.of("skin"), -1)


@ware(
    "soccer ball",
    "skin mark",
    "stripe=mark star=mark",
    "",
    "",
    of_skin=("white",),
    of_mark=("black", "blue", "black", "red"),
)
def _soccer_ball(e: Bench, v: Variety, look: ItemLook) -> None:
    ball, (a, b, light, r) = _round(e, v, "skin")
    for n in range(6):
        t = n * 2 * np.pi / 5
        x, y = (0.0, 0.0) if n == 5 else (0.84 * np.sin(t), -0.84 * np.cos(t))
        if n < 5:
            seam = np.abs(a * np.cos(t) + b * np.sin(t)) < 0.55 / r
            e.lay(ball & seam & (a * np.sin(t) - b * np.cos(t) > 0.2), "skin", DARK)
        patch = np.hypot(a - x, b - y) < (0.3 if n == 5 else 0.27)
        e.lay(ball & patch, "mark", np.where(light > 0.75, LIGHT, MID))
    shine(e, ball, 16 - r * 0.46, 16 - r * 0.56, 0.9)


@ware(
    "target",
    "ring face",
    "leg stripe=face arrow=shaft centre=core",
    "",
    "wood",
    of_ring=("red", "blue", "black", "red"),
    of_face=("white", ("b0a080", "e8dcb8", "fffaec")),
    of_core=("yellow", "red", "gold"),
    of_shaft=(WOOD[0],),
)
def _target(e: Bench, v: Variety, look: ItemLook) -> None:
    stand = "leg" in look.more or v.turn((False, True), 1)
    y, r = (14.0, 12.4) if stand else (16.0, 14.6)
    if stand:
        for way in (-1, 1):
            e.lay(
                e.stroke([(16 + way * 5, 20), (16 + way * 10, 30)], 2.6),
                "leg",
                MID if way < 0 else LOW,
            )
        e.lay(e.box(9, 26, 23, 27.6), "leg", LOW)
    far = np.hypot(e.x - 16, e.y - y)
    e.edged(far < r, LINE)
    number = v.turn((4, 3, 5), 1)
    light = np.where(e.x + e.y < 10 + y, LIGHT, np.where(e.x + e.y < 26 + y, MID, LOW))
    for n in range(number):
        e.lay(far < r * (1 - n / (number + 0.6)), "face" if n % 2 else "ring", light)
    e.lay(far < max(1.6, r * 0.14), "core", LIGHT)
    if "arrow" in look.more or v.turn((False, False, True), 1):
        shaft = e.stroke([(17, y - 0.5), (28, y - 11)], 1.5)
        e.over(shaft, "shaft", LIGHT)
        for dx, dy in ((-2.6, 0.2), (0.2, 2.8)):
            vane = e.polygon(
                [(26, y - 9.4), (26 + dx, y - 9.4 + dy), (28.6 + dx, y - 12 + dy), (29.6, y - 12.4)]
            )
            e.over(vane, "feather", MID if dx < 0 else LIGHT)


@ware(
    "medal",
    "metal ribbon",
    "ribbon=ribbon star=mark gem stripe=stripe",
    "star",
    "metal",
    of_metal=(GOLD, SILVER, BRONZE, GOLD),
    of_ribbon=("red", "blue", "green", "purple"),
    of_stripe=("white", "yellow"),
    same={"mark": "metal"},
)
def _medal(e: Bench, v: Variety, look: ItemLook) -> None:
    for way in (-1, 1):
        strap = e.polygon(
            [
                (16 + way * 9.6, 1.8),
                (16 + way * 3.6, 1.8),
                (16 - way * 2.6, 15),
                (16 + way * 3.0, 15),
            ]
        )
        e.edged(strap, LINE)
        e.lay(strap, "ribbon", MID if way < 0 else LOW)
        mid = e.polygon(
            [
                (16 + way * 7.4, 1.8),
                (16 + way * 5.8, 1.8),
                (16 - way * 0.6, 15),
                (16 + way * 1.0, 15),
            ]
        )
        if "stripe" in look.more or v.turn((True, False), 1):
            e.lay(mid & strap, "stripe", LIGHT if way < 0 else MID)
    y, r = 20.2, v.turn((9.4, 10.0), 1)
    shape = e.oval(16, y, r)
    form = look.form or v.turn(("disc", "disc", "star"), 1)
    if form == "star":
        shape = e.polygon(star(16, y, (r + 1.8, r * 0.62), v.turn((5, 8, 6), 1), 0))
    puffed(e, shape, "metal", 0.08, 1.8)
    if form != "star":
        ring = np.abs(np.hypot(e.x - 16, e.y - y) - r * 0.7) < 0.6
        e.shaded(ring, -1)
    if "gem" in look.more or v.turn((False, False, False, True), 1):
        e.rounded(e.oval(16, y, 3.4), "gem", e.ball(16, y, 3.4) + 0.1)
    else:
        mark = e.polygon(star(16, y + 0.3, (r * 0.52, r * 0.24), 5))
        e.edged(mark & shape, DARK)
        e.lay(mark, "mark", np.where(e.x < 16.4, LIGHT, MID))
