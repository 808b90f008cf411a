"""Torches, loudspeakers, gauges and thermometers, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LINE, LOW, MID, Easel
from pincel.art.item_matter import BRONZE, GOLD, SILVER, WOOD
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import plaque, pts, swell
from pincel.art.rigging import bar, flat_disc, mentioned, plate, rig, said_form, tilt, tube
from pincel.art.roads import BLACK, PAINTS, WHITE
from pincel.art.variety import Variety

_GREY: Shade = ("5a6270", "9aa4b4", "dfe6ee")


@rig("flashlight", "body band", "light=glow lens=glow button", "lit", "metal",
     body=(BLACK, PAINTS[0], PAINTS[1], _GREY, PAINTS[2]), band=(_GREY, GOLD))  # fmt: skip
def flashlight(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A torch with a battery, aslant, its light on or off."""
    lit = "lit" in look.more or mentioned(look, "glow") or v.turn((True, False))
    tilt(e, v.turn((45, 48, 42)))
    d = 4.0 if lit else 0.0
    if lit:
        beam = e.polygon([(10.4, 1 + d), (21.6, 1 + d), (25, -7), (7, -7)])
        e.lay(beam, "glow", LIGHT)
        e.lay(beam & ((e.x < 11) | (e.x > 21)), "glow", MID)
    half = v.turn((3.6, 4.2, 3.2))
    tube(e, plaque(e, 16 - half, 8 + d, 16 + half, 34, 1.4), "body", e.x - 16, half)
    for y in (28.0, 30.4):
        e.shaded(e.box(16 - half, y, 16 + half, y + 1) & (e.codes >= 0))
    head = e.polygon([(10, 1 + d), (22, 1 + d), (21.4, 5 + d), (16 + half, 10 + d),
                      (16 - half, 10 + d), (10.6, 5 + d)])  # fmt: skip
    tube(e, head, "body", e.x - 16, 5.6)
    tube(e, e.box(9.4, 0.4 + d, 22.6, 3.6 + d), "band", e.x - 16, 6.6)
    e.lay(e.oval(16, 0.6 + d, 6.0, 1.6), "glow" if lit else "glass", LIGHT)
    bar(e, (14.8, 14 + d, 17.2, 17.4 + d), "button", MID)
    bar(e, (14.8, 14 + d, 16, 16 + d), "button", LIGHT)


@rig("headphone", "body pad", "pad cushion=pad band=body microphone=metal", "", "metal wood jewel",
     body=(BLACK, WHITE, PAINTS[0], PAINTS[1], ("9c3d6b", "f07cac", "ffc8de")),
     pad=(("3a3a42", "64646e", "a0a0ac"), BLACK, ("4a2a1a", "855029", "b87a48")))  # fmt: skip
def headphone(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Headphones from the front, some with a microphone."""
    thick = v.turn((2.6, 3.4, 2.2))
    band = (e.oval(16, 16, 12.4, 13.6) & ~e.oval(16, 16, 12.4 - thick, 13.6 - thick)) & (e.y < 18)
    swell(e, band, "body", 0.14)
    high = v.turn((6.0, 5.4, 6.6))
    for sign in (-1, 1):
        x = 16 + sign * 9.2
        cushion = plaque(e, x - 2.6, 21 - high, x + 2.6, 21 + high, 2.2)
        e.edged(cushion)
        swell(e, cushion, "pad", 0.04)
        x = 16 + sign * 12.6
        shell = plaque(e, x - 2.4, 22 - high, x + 2.4, 20 + high, 1.8)
        e.edged(shell)
        swell(e, shell, "body", 0.1)
        bar(e, (x - 0.7, 19.4, x + 0.7, 22.6), "metal", LIGHT)
    if mentioned(look, "metal") or v.turn((False, True, False)):
        e.lay(e.stroke([(4.4, 26), (7, 29.4), (13, 30)], 1.1), "metal", MID)
        swell(e, e.oval(14, 29.8, 2.2, 1.4), "ink", 0.2)


@rig("speaker", "body cone", "cone", "", "wood metal",
     body=(BLACK, WOOD[0], WOOD[2], _GREY, PAINTS[0]),
     cone=(("3a3a42", "64646e", "a0a0ac"), ("8c6c44", "c8a878", "ecd8b0"), WHITE))  # fmt: skip
def speaker(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A loudspeaker in a box."""
    half = v.turn((9.4, 8.4, 10.4))
    swell(e, plaque(e, 16 - half, 1.2, 16 + half, 30.8, 1.6), "body", 0.06, 1.6)
    for y, r in ((21.0, half - 2.4), (8.0, half - 5.2)):
        e.edged(e.oval(16, y, r), LINE)
        flat_disc(e, (16, y), r, "metal")
        ring = e.oval(16, y, r - 1.2)
        e.lay(ring, "cone", MID)
        e.lay(ring & (e.x + e.y > 16 + y + r * 0.3), "cone", LIGHT)
        e.lay(ring & (e.x + e.y < 16 + y - r * 0.5), "cone", LOW)
        swell(e, e.oval(16, y, max(r * 0.4, 1.4)), "ink", 0.2)
    for x, y in ((16 - half + 1.8, 3), (16 + half - 2.8, 3), (16 - half + 1.8, 28.4),
                 (16 + half - 2.8, 28.4)):  # fmt: skip
        bar(e, (x, y, x + 1, y + 1), "metal", LIGHT)


@rig("microphone", "body metal", "grille=metal", "", "metal",
     body=(BLACK, PAINTS[0], _GREY, GOLD, PAINTS[1]), metal=(SILVER, _GREY, GOLD))  # fmt: skip
def microphone(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A microphone to hold, aslant."""
    tilt(e, v.turn((45, 40, 50)))
    tube(e, e.polygon(pts("13,12 19,12 17.8,33.6 14.2,33.6")), "body", e.x - 16, 3.0)
    bar(e, (14.8, 15.4, 17.2, 19), "metal", LOW)
    bar(e, (14.8, 15.4, 16, 17), "metal", LIGHT)
    r = v.turn((6.6, 6.0, 7.2))
    ball = e.oval(16, 4, r, r + 0.6)
    swell(e, ball, "metal", 0.0)
    e.shaded(ball & (e.column % 2 < 1) & (e.row % 2 < 1) & ((e.column + e.row) % 4 < 2))
    tube(e, e.box(16 - r - 0.3, 8.6, 16 + r + 0.3, 11), "body", e.x - 16, r)
    tube(e, e.box(12.4, 11, 19.6, 12.6), "metal", e.x - 16, 3.7)


@rig("gauge", "body face", "needle face", "low full half empty", "metal wood",
     body=(_GREY, GOLD, BLACK, BRONZE, PAINTS[0]), face=(WHITE, ("8c7c60", "ecdfc0", "fffaec")),
     needle=(PAINTS[0], BLACK))  # fmt: skip
def pressure_gauge(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A round gauge, its needle somewhere between green and red."""
    plate(e, e.box(12.6, 27, 19.4, 31), "body", 0.0, 1.0)
    flat_disc(e, (16, 15.4), 14.0, "body", 0.8)
    r = 11.6 - v.turn((0.0, 0.6, 1.0))
    e.lay(e.oval(16, 15.4, r + 0.7), "body", DARK)
    e.lay(e.oval(16, 15.4, r), "face", LIGHT)
    e.lay(e.oval(16, 15.4, r) & (e.x + e.y > 40), "face", MID)
    angle = np.degrees(np.arctan2(e.x - 16, -(e.y - 15.4)))
    far = np.hypot(e.x - 16, e.y - 15.4)
    arc = (far < r - 1.2) & (far > r - 3.8)
    for a, b, color in ((-120, -40, "green"), (-40, 40, "glow"), (40, 120, "tail")):
        e.lay(arc & (angle >= a) & (angle < b), color, MID)
    said = said_form(look, ("low", "full", "half", "empty"))
    turn = {"low": -80, "empty": -115, "half": 0, "full": 110}.get(said)
    if turn is None:
        turn = v.turn((-70, 20, 70, -20, 100))
    t = math.radians(turn + v.turn((0, 6, -6)))
    tip = (16 + (r - 2) * math.sin(t), 15.4 - (r - 2) * math.cos(t))
    e.lay(e.stroke([(16 - 2.4 * math.sin(t), 15.4 + 2.4 * math.cos(t)), tip], 1.5), "needle", MID)
    flat_disc(e, (16, 15.4), 2.0, "metal")


@rig(
    "thermometer",
    "liquid",
    "liquid glass",
    "low full half hot cold",
    "",
    liquid=(PAINTS[0], PAINTS[1], PAINTS[0], PAINTS[4], PAINTS[0]),
    glass=(WHITE, ("7c98b0", "c4dcec", "f8fcff"), ("8c9cb4", "d4dcec", "ffffff")),
)
def thermometer(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A thermometer of glass with a bulb and marks."""
    half, r = v.turn((3.9, 3.4, 4.4)), v.turn((6.2, 5.8, 6.8))
    y = 30.6 - r
    body = plaque(e, 16 - half, 1.2, 16 + half, y + 2, half) | e.oval(16, y, r)
    swell(e, body, "glass", 0.2, 1.8)
    said = said_form(look, ("low", "cold", "half", "full", "hot"))
    high = {"low": 16.0, "cold": 16.6, "half": 12.0, "full": 5.0, "hot": 5.6}.get(said)
    if high is None:
        high = v.turn((9.0, 14.0, 6.4, 11.4, 16.0))
    paint = "lens" if said == "cold" and "liquid" not in look.colors else "liquid"
    bar(e, (15, 4, 17, y), "glass", LOW)
    bar(e, (15, high + v.turn((0.0, 1.0)), 17, y), paint, MID)
    swell(e, e.oval(16, y, r - 1.8), paint, 0.1)
    e.lay(e.oval(14.6, y - 1.4, 1.0), paint, LIGHT)
    marks = v.turn((5, 4, 6, 5, 7))
    for n in range(marks):
        y = 5.4 + 14.0 * n / marks
        bar(e, (16 + half - 2.0, y, 16 + half, y + 1), "ink", MID)
