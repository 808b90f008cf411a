"""Water, puddles, blood and bubbles, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety
from pincel.art.household import puffed, shine, ware
from pincel.art.molded import curved

_WATER = (
    ("1c4c94", "3c8cdc", "a4dcfc"),
    ("14686e", "2ab6b8", "8ff0e4"),
    ("2a5cb0", "5aa4ec", "c8ecff"),
)


@ware("water", "water foam", "foam", "splash puddle", "", of_water=_WATER, of_foam=("white",))
def _water(e: Bench, v: Variety, look: ItemLook) -> None:
    if look.form == "puddle":
        _puddle(e, v, "water")
        return
    pool = e.oval(16, 26.0, 14.2, 4.2)
    heights = v.turn(((10.4, 4.6, 11.6, 7.2), (6.4, 10.8, 3.6, 10.4), (9.6, 5.6, 4.0, 10.6)), 1)
    crown = np.zeros_like(pool)
    for n, (x, lean) in enumerate(((6.6, -3.6), (12.6, -1.4), (19.4, 1.4), (25.4, 3.6))):
        jet = curved(
            e,
            [
                (x - 3.6, 25),
                (x - 2.0 + lean * 0.4, 17),
                (x + lean, heights[n]),
                (x + 2.0 + lean * 0.4, 17),
                (x + 3.6, 25),
            ],
        )
        crown |= jet
    whole = crown | pool
    puffed(e, whole, "water", 0.06, 3.4)
    for n, (x, lean) in enumerate(((6.6, -3.6), (12.6, -1.4), (19.4, 1.4), (25.4, 3.6))):
        e.lay(e.oval(x + lean, heights[n] + 1.6, 1.2, 1.7), "foam", LIGHT)
        e.lay(
            e.stroke([(x + lean * 0.5 - 0.6, 20), (x + lean * 0.8, heights[n] + 4)], 1.0) & whole,
            "water",
            LIGHT,
        )
    e.lay(e.oval(16, 26.4, 9.4, 2.0) & ~e.oval(16, 26.4, 7.4, 1.1), "foam", LIGHT)
    for x, y in v.turn((((16, 6.0), (3.6, 10)), ((9.4, 4), (28.4, 6.4)), ((16, 2.8), (28, 12))), 1):
        e.lay(e.oval(x, y, 1.3, 1.6), "water", LIGHT)


def _puddle(e: Bench, v: Variety, name: str) -> None:
    """A flat pool with an uneven edge."""
    a = np.arctan2(e.y - 19, e.x - 16)
    edge = 1 + 0.1 * np.sin(a * 3 + v.seed) + 0.08 * np.sin(a * 5 + 2.0 * v.seed + 1)
    far = np.hypot((e.x - 16) / 12.6, (e.y - 19) / 7.0) / edge
    e.lay(far < 1, name, np.where(far > 0.86, LOW, MID))
    e.lay((far < 1) & (e.y > 19) & (far > 0.8), name, DARK)
    e.lay((np.abs(far - 0.62) < 0.08) & (e.y < 19) & (e.x < 20), name, LIGHT)
    e.lay(e.oval(11, 16.4, 2.4, 1.1) & (far < 1), name, LIGHT)
    e.calm(name)


@ware(
    "acid",
    "acid",
    "bubble=acid skull=bone",
    "",
    "",
    of_acid=("green", ("4a6a10", "98c820", "e0f878")),
    of_bone=("white",),
)
def _acid(e: Bench, v: Variety, look: ItemLook) -> None:
    _toxic(e, v, look, "acid")


@ware(
    "poison",
    "acid",
    "bubble=acid skull=bone",
    "",
    "",
    of_acid=("purple", ("3a1e5a", "6c34a0", "b070e8"), "green"),
    of_bone=("white",),
)
def _poison(e: Bench, v: Variety, look: ItemLook) -> None:
    _toxic(e, v, look, "poison")


def _toxic(e: Bench, v: Variety, look: ItemLook, name: str) -> None:
    _puddle(e, v, "acid")
    sets = (
        ((10, 11.4, 3.6), (19.4, 13.0, 4.6), (15, 6.0, 2.4), (25, 9.6, 1.9)),
        ((13, 11.6, 4.6), (22.4, 14, 3.4), (20.4, 7.2, 2.2), (7, 14, 2.2)),
        ((8.6, 13, 3.2), (16.4, 9.8, 4.0), (24, 13, 3.4), (12.4, 4.8, 1.9)),
    )
    for x, y, r in v.turn(sets, 1):
        puffed(e, e.oval(x, y, r), "acid", 0.1)
        shine(e, e.oval(x, y, r), x - r * 0.36, y - r * 0.4, 0.22 * r)
    if "skull" in look.more or (name == "poison" and v.turn((False, True), 1)):
        face = e.oval(16, 18.4, 4.6, 4.0) | e.box(13.6, 20.6, 18.4, 24)
        puffed(e, face, "bone", 0.2)
        for x in (14.2, 17.8):
            e.lay(e.oval(x, 19, 1.3), "dark", DARK)
        e.lay(e.box(15.4, 22.2, 16.6, 24), "dark", LOW)


@ware(
    "blood",
    "blood",
    "",
    "splash drop",
    "",
    of_blood=(("5c0c14", "a8141c", "e84444"), ("6c0c10", "b81c18", "f05c4c"), "red"),
)
def _blood(e: Bench, v: Variety, look: ItemLook) -> None:
    draw = np.random.default_rng(v.seed + 3)
    number = v.turn((9, 11, 10), 1)
    whole = e.oval(16, 16, v.turn((8.0, 7.0, 7.6), 1), v.turn((7.0, 7.6), 1))
    turn = draw.uniform(0, 6)
    for n in range(number):
        a = turn + 2 * np.pi * n / number + draw.uniform(-0.16, 0.16)
        far = draw.uniform(8.4, 13.0)
        end = (16 + far * np.cos(a), 16 + far * np.sin(a))
        whole |= e.stroke([(16, 16), end], draw.uniform(3.6, 5.4), 1.4) | e.oval(
            *end, draw.uniform(1.2, 2.2)
        )
    puffed(e, whole, "blood", 0.06, 2.6)
    e.lay(e.stroke([(11.4, 14.4), (12.6, 12.0), (15, 11)], 1.4) & whole, "blood", LIGHT)
    for _ in range(3):
        a, far = draw.uniform(0, 6.28), draw.uniform(13.0, 14.2)
        e.lay(
            e.oval(16 + far * np.cos(a), 16 + far * np.sin(a), draw.uniform(0.8, 1.3)), "blood", MID
        )


@ware(
    "bubble",
    "film",
    "",
    "several",
    "",
    of_film=("cyan", ("5a84c8", "a4ccf4", "e8f6ff"), ("b070b0", "e0b0e4", "fce8fc"), "blue"),
)
def _bubble(e: Bench, v: Variety, look: ItemLook) -> None:
    sets = (
        ((16, 16, 13.6),),
        ((14, 17.4, 11.4), (26, 6.6, 4.0)),
        ((17.4, 15.4, 12.2), (4.8, 26.4, 3.2)),
    )
    for x, y, r in v.turn(sets, 1):
        far = np.hypot(e.x - x, e.y - y) / r
        ball = far < 1
        e.lay(ball, "film", np.where(far > 0.84, MID, LIGHT))
        e.lay(ball & (far > 0.66) & (e.x + e.y > x + y + r * 0.5), "film", MID)
        e.lay(ball & (far > 0.86) & (e.x + e.y > x + y + r * 0.2), "film", LOW)
        if r > 6:
            e.lay(
                ball & (np.abs(far - 0.7) < 0.07) & (e.x + e.y > x + y + r * 0.75) & (e.x > x),
                "tint",
                LIGHT,
            )
        shine(e, ball, x - r * 0.42, y - r * 0.44, 0.16 * r)
        e.lay(e.oval(x - r * 0.6, y - r * 0.02, max(0.6, 0.06 * r)) & ball, "glint", LIGHT)
