"""Shells, pearls and nests, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import puffed, shine, ware
from pincel.art.item_matter import STONE
from pincel.art.molded import curved, pts


@ware(
    "pearl",
    "pearl",
    "shell",
    "plain oyster",
    "jewel",
    made="pearl",
    of_pearl=(
        ("b8a8b8", "ece4ec", "ffffff"),
        ("c8a8b0", "f4dce4", "ffffff"),
        ("a8b0c0", "dce4f0", "ffffff"),
    ),
    of_lining=(("c87c98", "f0b4c4", "fce0e8"),),
    of_shell=(("7a5a6a", "b08ca0", "dcc0d0"), ("6a5a7a", "9a8cb0", "c8bcdc"), STONE[1]),
)
def _pearl(e: Bench, v: Variety, look: ItemLook) -> None:
    if look.form == "oyster" or "shell" in look.more or v.turn((False, True), 1):
        top = e.oval(16, 14.6, 13.6, 12.4) & (e.y < 18)
        puffed(e, top, "shell", 0.0, 3.0)
        inner = e.oval(16, 15.2, 11.0, 10.0) & (e.y < 18)
        e.lay(inner, "lining", np.where(e.y < 10, LOW, MID))
        for n in range(-2, 3):
            rib = e.stroke([(16, 20), (16 + n * 5.2, 5.4 + abs(n) * 1.6)], 1.0)
            e.lay(rib & inner, "lining", LIGHT)
        low = e.oval(16, 18.6, 14.2, 11.0) & (e.y > 19.4)
        puffed(e, e.oval(16, 15.6, 6.4), "pearl", 0.2)
        shine(e, e.of("pearl"), 13.6, 12.8, 1.1)
        puffed(e, low, "shell", 0.1)
        for n in range(-2, 3):
            e.shaded(e.stroke([(16 + n * 2.4, 30), (16 + n * 5.0, 19)], 1.0) & low, -1)
        return
    r = v.turn((12.8, 11.6, 12.2), 1)
    ball = e.oval(16, 16, r)
    e.lit(ball, "pearl", e.ball(16, 16, r) + 0.2)
    far = np.hypot(e.x - 16, e.y - 16) / r
    e.lay(ball & (far > 0.72) & (far < 0.88) & (e.x + e.y > 38), "tint", LIGHT)
    e.lay(ball & (far > 0.5) & (far < 0.62) & (e.x + e.y < 24), "tint", LIGHT)
    shine(e, ball, 11.4, 10.8, 1.8)


@ware(
    "shell",
    "shell",
    "",
    "scallop spiral",
    "stone jewel metal",
    of_lining=(("c86c88", "f0a4b4", "fce0e8"),),
    of_shell=(
        "pink",
        ("a86a4a", "e8a87c", "fce0c0"),
        "orange",
        ("8a6a9a", "c4a4d4", "f0e0f8"),
        ("a8987a", "e8dcc0", "fffaec"),
    ),
)
def _shell(e: Bench, v: Variety, look: ItemLook) -> None:
    if form_of(v, look, ("scallop", "spiral")) == "spiral":
        _conch(e, v)
        return
    number = v.turn((7, 6, 8), 1)
    ox, oy = 16, 27.4
    a = np.arctan2(e.x - ox, oy - e.y)
    far = np.hypot(e.x - ox, e.y - oy)
    ripple = np.abs(np.sin((a / 1.12 + 1) * number / 2 * np.pi))
    edge = (23.0 + 1.4 * ripple) * (1 - 0.18 * np.abs(a))
    fan = (np.abs(a) < 1.06) & (far < edge)
    ears = e.polygon([(9, 24.4), (23, 24.4), (21.6, 30.4), (10.4, 30.4)])
    puffed(e, ears, "shell", 0.0, 2.0)
    e.edged(fan, LINE)
    light = 0.55 + 0.25 * np.cos(a + 0.5) + 0.2 * (ripple - 0.5) - 0.25 * (e.x - 16) / 14
    e.lit(fan, "shell", light)
    e.shaded(fan & (ripple < 0.2) & (far > 5), -1)
    for r in (11.6, 18.4):
        e.shaded(fan & (np.abs(far - r) < 0.5), -1)


def _conch(e: Bench, v: Variety) -> None:
    tip = v.turn((4.0, 3.0), 1)
    whole = curved(e, pts("27,2.6 22,4 15,8 8,12.6 3.4,19 4,26 9,29.8 15,29.6 21,25.4 25,18 28,9"))
    puffed(e, whole, "shell", 0.06)
    for n, at in enumerate((0.2, 0.36, 0.54)):
        x, y = 27 - 22 * at, 3 + 20 * at
        w = 2.2 + 15.0 * at
        line = e.stroke(
            [
                (x - w * 0.62, y - w * 0.5),
                (x + 0.5, y + 0.6 + n * 0.3),
                (x + w * 0.62, y + w * 0.56),
            ],
            1.0,
        )
        e.shaded(line & whole, -2)
        e.shaded(np.roll(line, (1, -1), (0, 1)) & whole & ~line, 1)
    mouth = curved(e, pts("8,18 5.6,22 6.4,26.4 10,28 15,26 17.6,22 14,21 10.6,21.4"))
    e.edged(mouth & whole, DARK)
    e.lay(mouth & whole, "lining", np.where(e.y < 23 + tip * 0.2, LOW, MID))


@ware(
    "nest",
    "twig",
    "egg=egg",
    "",
    "wood",
    filled=("full", "empty"),
    loose=frozenset(("egg",)),
    of_twig=(("4e3418", "86602e", "b8904e"), ("5a4420", "92743c", "c8a864")),
    of_egg=(
        "white",
        ("5a98b0", "9cd4e4", "e0f8fc"),
        ("b08858", "e4c494", "fcecd0"),
        ("6a9a7a", "aed8b8", "e8fcec"),
    ),
)
def _nest(e: Bench, v: Variety, look: ItemLook) -> None:
    inside = e.oval(16, 16.0, 12.6, 4.8)
    e.lay(e.oval(16, 16.6, 14.4, 6.6), "twig", MID)
    e.lay(inside, "twig", np.where(e.y < 15, LINE, DARK))
    if not ("empty" in look.more or "egg" in look.without):
        places = v.turn(
            (
                ((10.6, 13.2), (21.4, 13.2), (16.0, 12.0)),
                ((12.6, 12.6), (19.6, 12.8)),
                ((11.0, 13.6), (16.4, 11.6), (21.6, 13.6)),
            ),
            1,
        )
        for x, y in places:
            puffed(e, e.oval(x, y, 4.4, 5.8), "egg", 0.16)
    u = (e.x - 16) / 14.6
    front = (
        (np.abs(u) < 1)
        & (e.y > 15.4 + 3.4 * np.sqrt(np.maximum(1 - u * u, 0)))
        & (e.y < 20 + 9.6 * np.sqrt(np.maximum(1 - u * u, 0)))
    )
    e.edged(front, LINE)
    e.lit(front, "twig", 0.55 - 0.3 * u - 0.02 * (e.y - 22))
    draw = np.random.default_rng(v.seed)
    for _ in range(16):
        x, y = draw.uniform(3, 29), draw.uniform(18, 29)
        a, long = draw.uniform(-0.6, 0.6), draw.uniform(5, 9)
        dx, dy = long * np.cos(a) / 2, long * np.sin(a) / 2
        twig = e.stroke([(x - dx, y - dy), (x + dx, y + dy)], 0.9)
        e.lay(twig & front, "twig", LIGHT if draw.random() < 0.5 else DARK)
    for x, y, dx, dy in (
        (3.4, 20, -1.6, -3),
        (28.4, 20, 1.8, -3),
        (6, 25.6, -3, 1.6),
        (26.4, 25.4, 3, 1.2),
    ):
        e.lay(e.stroke([(x, y), (x + dx, y + dy)], 1.0) & (e.x > 1.2) & (e.x < 30.8), "twig", MID)
