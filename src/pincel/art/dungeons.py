"""Portals, gates, windows, stairs, pits, caves and mimics, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import courses, grained, planks, puffed, slab, ware
from pincel.art.item_matter import BRONZE, GOLD, IRON, STEEL, STONE, WOOD


def arch(e: Bench, half: float, top: float, low: float, round_: bool = True) -> np.ndarray:
    """An opening so many units to both sides of the middle: a round arch, or a rectangle, bool
    (side, side)."""
    if not round_:
        return e.box(16 - half, top, 16 + half, low)
    bow = e.oval(16, top + half, half, half)
    return (e.box(16 - half, top + half, 16 + half, low) | bow) & (e.y < low)


def _stones(e: Bench, mask: np.ndarray, v: Variety, high: float = 5.0) -> None:
    """Blocks around an arch: joints across its sides and towards the middle of its bow."""
    y = 14.0
    angle = np.arctan2(y - e.y, e.x - 16) / np.pi * 9
    bow = e.y < y
    joint = np.where(bow, (angle % 1) < 0.16, ((e.y - y) % high) < 1 / e.k)
    e.shaded(mask & joint, -2)


@ware(
    "portal",
    "glow",
    "rim=stone frame=stone",
    "arch ring",
    "stone metal wood jewel",
    made="stone",
    glows="glow",
    of_glow=("purple", "blue", "green", "cyan", "orange", "pink"),
    of_stone=(STONE[0], STONE[1], ("2c2838", "4c465c", "746c88")),
)
def _portal(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("arch", "ring", "free", "arch"))
    framed = bool(look.more & {"rim", "frame"}) or "stone" in look.colors
    if framed and form == "free":
        form = "arch"
    if form == "arch":
        rim, hole = arch(e, 13.8, 1.6, 29), arch(e, 9.8, 5.6, 29)
        e.lay(rim, "stone", np.where(e.x < 9, LIGHT, np.where(e.x < 23, MID, LOW)))
        _stones(e, rim & ~hole, v)
        slab(e, e.box(1.2, 28, 30.8, 30.8), "stone", MID)
        cy, rx, ry = 17.0, 10.5, 12.5
    elif form == "ring":
        rim, hole = e.oval(16, 16, 14.6), e.oval(16, 16, 10.6)
        puffed(e, rim & ~hole, "stone", 0.1, 2.0)
        for n in range(8):
            a = (n + 0.5) * np.pi / 4
            spot = e.oval(16 + 12.6 * np.cos(a), 16 + 12.6 * np.sin(a), 0.9)
            e.lay(spot, "glow", LIGHT)
        cy, rx, ry = 16.0, 10.6, 10.6
    else:
        a = np.arctan2(e.y - 16, e.x - 16)
        rx, ry, cy = v.turn((11.0, 12.4), 1), 14.4, 16.0
        wave = 1 - 0.07 * (1 + np.sin(a * 9 + v.seed))
        hole = np.hypot((e.x - 16) / rx, (e.y - 16) / ry) < wave
        e.lay(hole, "glow", DARK)
        rx, ry = rx * 0.88, ry * 0.88
    _swirl(e, v, hole, (cy, rx, ry))


def _swirl(e: Bench, v: Variety, hole: np.ndarray, place: tuple[float, float, float]) -> None:
    cy, rx, ry = place
    far = np.hypot((e.x - 16) / rx, (e.y - cy) / ry)
    turn = np.arctan2((e.y - cy) / ry, (e.x - 16) / rx) / (2 * np.pi)
    arms = v.turn((2, 3, 2), 1)
    phase = (turn * arms + v.turn((1.7, 2.3, 1.3), 1) * np.sqrt(far)) % 1
    shade = np.where(phase < 0.3, LIGHT, np.where(phase < 0.66, MID, LOW))
    shade = np.where(far < 0.2, LIGHT, shade)
    edge = hole & (far > 0.9)
    e.edged(hole, LINE)
    e.lay(hole, "glow", np.where(far > 0.9, DARK, shade))
    e.lay(edge & (phase < 0.3), "glow", LOW)
    e.calm("glow")


@ware(
    "portcullis",
    "metal stone",
    "rim=stone frame=stone",
    "",
    "wood metal stone",
    of_stone=STONE,
    of_metal=(IRON, STEEL, BRONZE),
)
def _portcullis(e: Bench, v: Variety, look: ItemLook) -> None:
    hole = _gateway(e, v)
    e.lay(hole, "dark", np.where(e.y < 26, DARK, LOW))
    number = v.turn((5, 4, 5), 1)
    step = 22.0 / number
    for y in (9.4, 15.6, 21.8):
        bar = hole & (np.abs(e.y - y) < 1.0)
        e.lay(bar, "metal", np.where(e.y < y, MID, LOW))
    for n in range(number):
        x = 16 + (n - (number - 1) / 2) * step
        bar = hole & (np.abs(e.x - x) < 1.2) & (e.y < 29.0 - 1.6 * np.abs(e.x - x))
        e.edged(bar & hole, DARK)
        e.lay(bar, "metal", np.where(e.x < x - 0.2, LIGHT, MID))


def _gateway(e: Bench, v: Variety) -> np.ndarray:
    """A large opening in stone, bool (side, side)."""
    round_ = v.turn((True, True, False), 1)
    rim, hole = arch(e, 14.4, 1.4, 30.6, round_), arch(e, 11.2, 4.6, 30.6, round_)
    e.lay(rim, "stone", np.where(e.x < 8, LIGHT, np.where(e.x < 24, MID, LOW)))
    _stones(e, rim & ~hole, v)
    e.edged(hole, LINE)
    return hole


@ware(
    "gate",
    "wood stone",
    "rim=stone frame=stone handle metal",
    "",
    "wood metal stone",
    ages=True,
    of_stone=STONE,
    of_metal=(IRON, GOLD),
)
def _gate(e: Bench, v: Variety, look: ItemLook) -> None:
    hole = _gateway(e, v)
    e.lay(hole, "wood", MID)
    planks(e, hole, "wood", np.abs(e.x - 16), v.turn((3.8, 5.0), 1))
    grained(e, hole, v, 1, 4)
    e.lay(hole & (np.abs(e.x - 16) < 0.6), "wood", LINE)
    for y in (11.6, 23.6):
        band = hole & (np.abs(e.y - y) < 1.2) & (np.abs(e.x - 16) > 1.4)
        e.over(band, "metal", np.where(e.y < y - 0.2, LIGHT, MID))
        for x in (7.0, 12.0, 20.0, 25.0):
            e.lay(e.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5) & band, "metal", DARK)
    for x in (13.0, 19.0):
        knob = e.box(x - 1, 16.4, x + 1, 20.4)
        e.over(knob, "handle", np.where(e.y < 18, LIGHT, MID))


@ware(
    "window",
    "frame pane",
    "rim=frame glass=pane curtain shutter=frame",
    "arched round open broken",
    "wood metal stone",
    ages=False,
    of_frame=(*WOOD, STONE[0], "white"),
    of_pane=(
        ("2c5a84", "5aa0cc", "b8e4f6"),
        ("2c5a84", "5aa0cc", "b8e4f6"),
        ("a87820", "f4c850", "fff2a8"),
    ),
    of_curtain=("red", "blue", "green"),
)
def _window(e: Bench, v: Variety, look: ItemLook) -> None:
    form = (
        look.form if look.form in ("arched", "round") else v.turn(("square", "arched", "round"), 1)
    )
    if "shutter" in look.more or look.form == "open":
        form = "square"
    low = 27.0
    if form == "round":
        rim, hole, low = e.oval(16, 16, 14.4), e.oval(16, 16, 11.0), 16 + 11.0
    elif form == "arched":
        rim, hole = arch(e, 12.0, 1.6, 29), arch(e, 9.0, 4.6, low)
    else:
        rim, hole = e.box(5.6, 2.4, 26.4, 29), e.box(8.6, 5.4, 23.4, 26)
    puffed(e, rim, "frame", 0.0, 1.6)
    e.edged(hole, LINE)
    _panes(e, v, hole, look.form == "broken")
    hung = form == "square" and not look.form and v.turn((False, False, False, True), 1)
    hung = hung or "curtain" in look.more
    if look.form != "broken" and not hung:
        for bar in (np.abs(e.x - 16) < 1.0, np.abs(e.y - v.turn((14.6, 16.0), 1)) < 1.0):
            e.edged(bar & hole, DARK)
            e.lay(bar & hole, "frame", np.where(e.x + e.y < 33, LIGHT, MID))
    if hung:
        fall = hole & (np.abs(e.x - 16) > 3.4 + 0.1 * (e.y - 5))
        e.edged(fall & hole, LINE)
        e.lay(fall, "curtain", np.where(np.sin(e.x * 2.4) > 0.1, MID, LOW))
        e.lay(hole & (e.y < 8.4), "curtain", np.where(e.y < 7, LIGHT, LOW))
    if "shutter" in look.more or (form == "square" and look.form == "open"):
        for left in (1.4, 24.0):
            leaf = slab(e, e.box(left, 3.4, left + 6.6, 28), "frame", MID)
            e.shaded(leaf & (e.row % 3 == 0) & e.box(left + 1.4, 5, left + 5.2, 26), -1)
    if form != "round":
        slab(e, e.box(2.8, 27.2, 29.2, 30.4), "frame", MID)


def _panes(e: Bench, v: Variety, hole: np.ndarray, broken: bool) -> None:
    far = (e.x + e.y - 10) % 16
    e.lay(hole, "pane", np.where(e.y < 8, LOW, MID))
    e.lay(hole & ((np.abs(far - 6) < 2) | (np.abs(far - 10) < 0.7)), "pane", LIGHT)
    if broken:
        gap = e.polygon(
            [
                (16, 7.5),
                (18, 12.5),
                (22.6, 11),
                (20, 16),
                (23, 21),
                (18, 19.6),
                (15.6, 24),
                (14, 19.4),
                (9.6, 21),
                (11.6, 16),
                (9.6, 10.4),
                (14, 12.6),
            ]
        )
        e.edged(gap & hole, DARK)
        e.lay(gap & hole, "dark", DARK)


@ware(
    "stairs",
    "stone",
    "carpet",
    "up down side",
    "stone wood metal jewel",
    of_stone=(*STONE, WOOD[0]),
    of_carpet=("red", "blue", "purple"),
)
def _stairs(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("up", "side", "up"))
    form = "up" if "carpet" in look.more else form
    number = v.turn((5, 6, 4), 1)
    if form == "down":
        _stairs_down(e, v, number)
        return
    if form == "side":
        _steps_aside(e, number)
        return
    for n in reversed(range(number)):
        low = 30.4 - 27 * n / number
        half = 14.6 - n * 7.6 / number
        tread, rise = 27 / number * 0.42, 27 / number * 0.58
        face = e.box(16 - half, low - rise, 16 + half, low)
        top = e.polygon(
            [
                (16 - half, low - rise),
                (16 + half, low - rise),
                (16 + half - 1.4, low - rise - tread),
                (16 - half + 1.4, low - rise - tread),
            ]
        )
        e.lay(top, "stone", LIGHT)
        e.lay(face, "stone", np.where(e.x < 16 + half * 0.6, MID, LOW))
        e.lay(face & (e.y > low - 1 / e.k), "stone", DARK)
        if look.grain != "wood" and v.turn((True, False, True), 1):
            joint = (np.abs((e.x - 16 + 4.0 * (n % 2)) % 8) < 1 / e.k) & face
            e.shaded(joint, -1)
        if "carpet" in look.more:
            e.lay(
                (face | top) & (np.abs(e.x - 16) < half * 0.46), "carpet", np.where(top, LIGHT, MID)
            )


def _steps_aside(e: Bench, number: int) -> None:
    """Steps seen from the side."""
    run = 28 / number
    for n in range(number):
        e.lay(e.box(2 + run * n, 30.4 - run * (n + 1), 30, 30.4), "stone", MID)
    for n in range(number):
        left, top = 2 + run * n, 30.4 - run * (n + 1)
        e.lay(e.box(left, top, left + 1, top + run), "stone", DARK)
        e.lay(e.box(left + run, top + 2, 30, top + 3), "stone", LOW)
        e.lay(e.box(left, top, left + run, top + 2), "stone", LIGHT)
        e.lay(e.box(left, top + 2, left + run, top + 3), "stone", DARK)
        joint = e.box(left + run * 1.6, top + 2, left + run * 1.6 + 1, top + run + 2)
        e.lay(joint & (e.x < 29) & (e.y < 30.4), "stone", LOW)
    e.shaded(e.box(28.4, 0, 30, 31), -1)


def _stairs_down(e: Bench, v: Variety, number: int) -> None:
    """A hole in the floor with steps that get darker."""
    slab(e, e.box(1.6, 2.4, 30.4, 29.8), "stone", MID)
    courses(e, e.box(1.6, 2.4, 30.4, 29.8), v, 4.0, 6.0)
    hole = e.box(5.4, 6.4, 26.6, 29.8)
    e.edged(hole, LINE)
    e.lay(hole, "dark", DARK)
    for n in range(number):
        high = 22.0 / number
        top = 29.4 - high * (n + 1)
        inset = n * 5.0 / number
        step = e.box(5.4 + inset, top, 26.6 - inset, top + high)
        shade = (LIGHT, MID, MID, LOW, LOW, DARK)[min(n, 5)]
        e.lay(step, "stone", shade)
        e.lay(step & (e.y > top + high * 0.55), "stone", max(shade - 1, DARK))


@ware("ladder", "wood", "rung", "", "wood metal stone", ages=False, same={"rung": "wood"})
def _ladder(e: Bench, v: Variety, look: ItemLook) -> None:
    lean, half = v.turn((0.0, 3.0, -3.0, 1.6), 1), v.turn((7.4, 8.4, 6.6), 1)
    number = v.turn((5, 6, 4), 1)
    thick = v.turn((3.0, 2.6), 1)
    for n in range(number):
        y = 3.4 + 26.0 * (n + 0.3) / number
        mid = 16 + lean * (16 - y) / 15
        rung = e.box(mid - half, y, mid + half, y + 1.6)
        e.lay(rung, "rung", np.where(e.y < y + 0.9, LIGHT, MID))
    for way in (-1, 1):
        x = 16 + way * half
        rail = e.polygon(
            [
                (x + lean - thick / 2, 1.4),
                (x + lean + thick / 2, 1.4),
                (x - lean + thick / 2, 30.6),
                (x - lean - thick / 2, 30.6),
            ]
        )
        e.edged(rail, LINE)
        far = e.x - x - lean * (16 - e.y) / 14.6
        e.lay(rail, "wood", np.where(far < -0.4, LIGHT, np.where(far < 0.6, MID, LOW)))
