"""Cars and what else has four wheels, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import curved, plaque, pts, star, swell
from pincel.art.rigging import (
    bar,
    glazed,
    inked_line,
    mentioned,
    plate,
    rig,
    rimless,
    said_form,
    wheel,
)
from pincel.art.variety import Variety

PAINTS: tuple[Shade, ...] = (
    ("8c1424", "dc2c3c", "fc7470"), ("1c3c8c", "3a74d8", "84b8fc"),
    ("9c7410", "f4c430", "fff090"), ("145a3c", "2c9c5c", "7cdc94"),
    ("9a3c0c", "f07c24", "fcb868"), ("8890a4", "d8dce6", "ffffff"),
    ("4a2470", "8448b8", "bc8ce8"), ("0e646c", "24a8b0", "80e4e0"),
)  # fmt: skip
WHITE: Shade = ("8890a4", "dce0ea", "ffffff")
BLACK: Shade = ("1a1a24", "34343f", "6a6a7c")

_CARS = {
    "sedan": ("1.2,21 1.2,16 2.4,14 7,13 10.4,8.4 12,7.2 19.6,7.2 21.2,8.4 25,13 29,14 "
              "30.8,16 30.8,21", 15.5),
    "hatch": ("2.2,21 2.2,14 4.2,9 6,7 17.4,7 19.4,8.2 23.2,13 28,14 29.8,16 29.8,21", 13.5),
    "sport": ("1.2,21 1.2,16.4 2.6,14.4 8,13.8 13,9.8 19,9.8 24,14 29.4,16 30.8,18.4 30.8,21",
              16.5),
    "jeep": ("2.2,21 2.2,8 3.4,7 19,7 21.4,13 29,13.4 29.8,15 29.8,21", 12.5),
    "pickup": ("1.2,21 1.2,13 13,13 13.6,7.6 14.6,7 20.4,7 22,8 25,13 29.4,14 30.8,16 30.8,21",
               18.5),
    "open": ("1.2,21 1.2,15.4 2.4,13.8 9,13 23,13 28.6,14 30.8,16.2 30.8,21", 15.5),
}  # fmt: skip
_FORMS = ("old", "race", "sport", "pickup", "jeep", "open")
BODY_PARTS = "roof window=glass wheel=hub tyre light=lamp"
CAR_PARTS = BODY_PARTS + " door stripe=band"


def wheels_under(
    e: Easel, places: tuple[float, ...], y: float, r: float, arch: str = "body"
) -> None:
    """Wheels under their arches."""
    for x in places:
        inked_line(e, e.oval(x, y, r + 1.0) & (e.codes >= 0), arch)
    for x in places:
        wheel(e, x, y, r)


def _shell(e: Easel, look: SceneryLook, shape: str, belt: float, beam: float) -> np.ndarray:
    """The body of a car with its roof and windows: its place, bool (side, side)."""
    body = plate(e, e.polygon(pts(shape)), "body", 1.0, 2.0)
    top = body & (e.y < belt)
    e.lay(body & (e.y >= belt) & (e.y < belt + 1), "body", LIGHT)
    if "roof" in look.colors:
        plate(e, top, "roof", 1.0, 0.0)
    glass = rimless(e, top | (body & (e.y < belt + 1)), 1.0) & (e.y < belt)
    pillar = e.box(beam - 0.5, 0, beam + 0.5, belt)
    glazed(e, glass & (e.x < beam - 0.5))
    glazed(e, glass & (e.x > beam + 0.5))
    return body & ~pillar


def lamps_of(e: Easel, body: np.ndarray, y: float, behind: bool = True) -> None:
    """A lamp in front of a body, bool (side, side), a red one behind; `y` is their upper rim."""
    tall = max(2.0, 1.01 * float(e.y[1, 0] - e.y[0, 0]))  # a row of pixels at least
    ends = e.x[body & (e.y >= y) & (e.y < y + tall)]
    bar(e, (ends.max() - 1.6, y, ends.max() + 1, y + 2), "lamp", LIGHT)
    if behind:
        bar(e, (ends.min() - 1, y, ends.min() + 1.2, y + 2), "tail", MID)


def _sill(e: Easel, body: np.ndarray) -> None:
    """A bumper at both ends, a dark sill between."""
    e.lay(body & (e.y >= 19) & ((e.x < 3.4) | (e.x > 28.6)), "metal", MID)
    e.lay(body & (e.y >= 20) & (e.x > 3.4) & (e.x < 28.6), "body", DARK)


def _saloon(e: Easel, v: Variety, look: SceneryLook, form: str) -> np.ndarray:
    """A car without what belongs to one of its kinds."""
    shape, beam = _CARS[form]
    belt = 13.0
    body = _shell(e, look, shape, belt, beam)
    _sill(e, body)
    if "door" in look.colors:
        e.lay(e.box(beam - 6, belt + 1, beam + 5, 20) & body, "door", MID)
    for x in (beam, beam + 5.5) if form != "pickup" else (beam - 4.6, beam + 3):
        e.shaded(e.box(x - 0.5, belt + 1, x + 0.5, 20) & body, -1)
    bar(e, (beam - 3, belt + 2, beam - 1, belt + 3), "body", DARK)
    lamps_of(e, body, 15.0 if form != "sport" else 16.4)
    return body


@rig("car", "body roof", CAR_PARTS, "old race sport pickup jeep open left right",
     "wood metal jewel", body=PAINTS)  # fmt: skip
def car(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A car from the side: a saloon, a hatchback, a beetle, a sports car, a jeep."""
    form = said_form(look, _FORMS) or v.turn(
        ("sedan", "hatch", "beetle", "sport", "sedan", "jeep", "hatch", "pickup")
    )
    if form == "old":
        _veteran(e, v)
        return
    if form == "race":
        _racer(e, v, look)
        return
    if form == "beetle":
        _beetle(e, v, look)
        return
    body = _saloon(e, v, look, form)
    r = {"jeep": 4.3, "pickup": 4.3}.get(form, v.turn((3.5, 3.5, 4.3, 3.5)))
    if form == "open":
        e.lay(e.polygon(pts("20.4,13 18.4,8.6 19.6,8.6 22.6,13")), "glass", LIGHT)
        for x in (9.0, 14.6):
            plate(e, plaque(e, x, 10, x + 3, 14, 1.2), "seat", 1.0, 1.0)
    if form == "sport" and v.turn((True, False, True)):
        bar(e, (1, 11.4, 6, 12.4), "body", LIGHT)
        bar(e, (3, 12.4, 4.2, 14.4), "body", DARK)
    if form == "jeep":
        bar(e, (1, 11, 2.4, 18), "tyre", MID)
    if mentioned(look, "band") or v.turn((False, False, False, True, False, True, True)):
        e.lay(body & (e.y >= 16.6) & (e.y < 18), "band", MID)
        lamps_of(e, body, 15.0 if form != "sport" else 16.4)
    places = {"hatch": (8.5, 23.5), "jeep": (8.5, 23.5)}.get(form, (7.5, 24.5))
    wheels_under(e, places, 21.0, r)


def _beetle(e: Easel, v: Variety, look: SceneryLook) -> None:
    shell = curved(e, pts("1.6,20.8 1.8,16.6 5,11.8 10,7.6 15.6,6.4 20.4,8 23.4,12.2 27.4,13.6 "
                          "30,16.6 30.4,20.8 16,21.4"))  # fmt: skip
    swell(e, shell, "body", 0.14, 2.6)
    top = shell & (e.y < 13)
    if "roof" in look.colors:
        plate(e, top, "roof", 1.0, 0.0)
    glass = rimless(e, top, 1.6) & (e.y < 12.4)
    glazed(e, glass & (e.x < 14))
    glazed(e, glass & (e.x > 15.2))
    e.lay(shell & (e.y >= 13) & (e.y < 14) & (e.x > 5) & (e.x < 25), "body", LIGHT)
    e.shaded(e.box(14, 14, 15, 20) & shell, -1)
    e.shaded(e.box(20, 14, 21, 20) & shell, -1)
    if "door" in look.colors:
        e.lay(e.box(15, 14, 20, 20) & shell, "door", MID)
    if mentioned(look, "band"):
        e.lay(shell & (e.y >= 16.6) & (e.y < 18), "band", MID)
    e.lay(shell & (e.y > 19.4), "body", DARK)
    lamps_of(e, shell, 15.4)
    for x in (7.5, 24.5):
        arch = e.oval(x, 20.6, 5.6) & (e.y < 21)
        e.lay(arch, "body", MID)
        e.lay(arch & (e.y < 16.4), "body", LIGHT)
        e.edged(arch & (e.y < 20))
    wheels_under(e, (7.5, 24.5), 21.4, 3.5)


def _veteran(e: Easel, v: Variety) -> None:
    """A car of the first days: upright, with mudguards and a spare wheel."""
    plate(e, e.polygon(pts("16,12 28,12.6 28,21 16,21")), "body", 1.0, 2.0)
    for x in (20, 22, 24):
        e.shaded(e.box(x, 14.4, x + 1, 18.4), -1)
    bar(e, (28, 11.4, 29.4, 21), "brass", MID)
    cabin = plate(e, plaque(e, 4, 5, 17, 21, 1.2), "body", 1.0, 2.0)
    plate(e, plaque(e, 3, 4, 18.4, 7, 1.2), "roof", 1.0, 1.0)
    glazed(e, e.box(5.4, 8, 10, 12.6) & cabin)
    glazed(e, e.box(11.2, 8, 16, 12.6) & cabin)
    e.shaded(e.box(10.4, 13, 11.4, 20) & cabin, -1)
    bar(e, (12.4, 14, 14, 15), "brass", LIGHT)
    wheel(e, 2.8, 16.4, 3.0)
    bar(e, (2.4, 20.4, 29.6, 21.6), "trim", MID)
    for at in (8.0, 24.6):
        guard = e.oval(at, 22.6, 5.6) & (e.y < 21.6)
        plate(e, guard, "trim", 1.0, 1.0)
    e.lay(e.oval(29.2, 14.4, 1.7), "brass", MID)
    e.lay(e.oval(29.6, 14.4, 1.0), "lamp", LIGHT)
    for at in (8.0, 24.6):
        wheel(e, at, 22.6, v.turn((4.4, 4.0, 4.8)), "brass", 0.6)


def _racer(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A racing car: low, a wing behind, a helmet in the middle."""
    body = e.polygon(pts("2,20 3,15.6 9,14 12,12.4 14.4,12 15.4,14.6 19,14.6 30.6,18.4 31,20.4"))
    plate(e, body, "body", 1.0, 1.6)
    second = "roof" if "roof" in look.colors else "band"
    e.lay(e.box(4, 17, 27, 18.4) & body, second, MID)
    plate(e, e.box(1.4, 9.4, 6.4, 11.4), "roof" if second == "roof" else "body", 1.0, 1.0)
    bar(e, (3, 11.4, 4.4, 16), "metal", LOW)
    head = e.oval(17, 12.4, 2.4)
    swell(e, head & (e.y < 14.6), "helmet", 0.2)
    bar(e, (17.4, 11.8, 19.6, 13), "glass", LIGHT)
    bar(e, (27, 19.6, 31.4, 21), "body", LOW)
    spot = e.oval(10, 16.6, 2.2)
    e.lay(spot, "cloth", LIGHT)
    bar(e, (9.6, 15.4, 10.6, 18), "tyre", MID)
    for x, r in ((7.6, 4.6), (24.6, 4.0)):
        wheel(e, x, 24.0 - r, r + v.turn((0.0, 0.4, 0.2)), "hub", 0.42)


@rig("police car", "body door", BODY_PARTS + " door", "left right", "",
     body=(BLACK, ("1c3c8c", "3a74d8", "84b8fc"), ("182848", "2c4878", "6488bc"), WHITE),
     door=(WHITE, WHITE, WHITE, ("1c3c8c", "3a74d8", "84b8fc")), roof=(WHITE,))  # fmt: skip
def police_car(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A car of the police: doors of another colour with a star, red and blue lights."""
    form = v.turn(("sedan", "hatch", "sedan", "jeep"))
    body = _saloon(e, v, look, form)
    beam = _CARS[form][1]
    e.lay(e.box(beam - 6, 14, beam + 5.5, 20) & body, "door", MID)
    e.lay(e.box(beam - 6, 14, beam + 5.5, 15) & body, "door", LIGHT)
    e.lay(e.box(beam - 0.5, 15, beam + 0.5, 20) & body, "door", LOW)
    e.lay(e.polygon(star(beam + 2.8, 17.2, (2.5, 1.2), 5)), "brass", MID)
    if v.turn((False, True, False)):
        e.lay(body & (e.y >= 18.4) & (e.y < 19.4) & (e.x < 25), "lens", MID)
    x = beam - 1
    bar(e, (x - 3.4, 6, x + 3.4, 7), "metal", MID)
    left, right = v.turn((("lens", "tail"), ("tail", "lens")))
    for color, a, b in ((left, x - 3, x), (right, x, x + 3)):
        bar(e, (a, 4.2, b, 6), color, MID)
        bar(e, (a, 4.2, b - 1.6, 5.2), color, LIGHT)
    wheels_under(e, (7.5, 24.5) if form == "sedan" else (8.5, 23.5), 21.0, v.turn((3.5, 3.5, 4.3)))


@rig("taxi", "body band", BODY_PARTS + " stripe=band door", "left right", "",
     body=(("9c7410", "f4c430", "fff090"), ("9c7410", "f4c430", "fff090"), BLACK, WHITE,
           ("9c7410", "f4c430", "fff090")))  # fmt: skip
def taxi(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A taxi: a band of squares, a lit sign on its roof."""
    form = v.turn(("sedan", "hatch", "sedan", "sedan", "hatch"))
    body = _saloon(e, v, look, form)
    band = body & (e.y >= 16) & (e.y < 19) & (e.x > 2.6) & (e.x < 28.4)
    e.lay(band, "sheet", MID)
    squares = (np.floor(e.x / 1.5) + np.floor((e.y - 16) / 1.5)) % 2 < 1
    e.lay(band & squares, "band" if "band" in look.colors else "ink", MID)
    x = _CARS[form][1]
    plate(e, plaque(e, x - 3.4, 3.8, x + 3.4, 7, 0.8), "lamp", 1.0, 0.0)
    bar(e, (x - 2, 5, x + 2, 6), "ink", MID)
    wheels_under(e, (7.5, 24.5) if form == "sedan" else (8.5, 23.5), 21.0, v.turn((3.5, 4.3, 3.5)))


def _van(e: Easel, look: SceneryLook, top: float, nose: float) -> np.ndarray:
    """A box with a short nose on the right: its place, bool (side, side)."""
    shape = [(1.2, 21), (1.2, top + 1), (2.2, top), (21, top), (23, top + 1), (nose, 13.4),
             (30.2, 14.6), (30.8, 16), (30.8, 21)]  # fmt: skip
    body = plate(e, e.polygon(shape), "body", 1.0, 2.0)
    if "roof" in look.colors:
        e.lay(body & (e.y < top + 2), "roof", MID)
    glass = rimless(e, body & (e.x > 18.4) & (e.y < 15), 1.0) & (e.y < 13.4)
    glazed(e, glass)
    e.shaded(e.box(18, top + 1, 19, 20) & body, -1)
    _sill(e, body)
    bar(e, (20, 15, 22, 16), "body", DARK)
    lamps_of(e, body, 16.0)
    return body


@rig("van", "body band", BODY_PARTS + " stripe=band", "old left right", "metal",
     body=(WHITE, *PAINTS), band=PAINTS)  # fmt: skip
def van(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A delivery van, or one to travel in, of two colours."""
    top = v.turn((5.0, 6.0, 4.4))
    body = _van(e, look, top, v.turn((27.0, 26.2)))
    form = v.turn(("plain", "camper", "band", "camper", "window"))
    if "old" in look.more or form == "camper":
        low = body & (e.y > 14) & (e.y < 19.4)
        e.lay(low, "band", MID)
        e.lay(low & (e.y > 17.8), "band", LOW)
        e.lay(body & (e.y >= 13.6) & (e.y < 14.6), "shine", LIGHT)
        for x in (3.4, 8.4, 13.4):
            glazed(e, e.box(x, 7.6, x + 3.8, 12.4))
    elif form == "band" or mentioned(look, "band"):
        e.lay(body & (e.y > 15) & (e.y < 18), "band", MID)
    if form == "window":
        glazed(e, e.box(9, 7.6, 16.4, 12.4))
    lamps_of(e, body, 16.0)
    wheels_under(e, (7.5, 24.5), 21.0, 3.5)


@rig("ambulance", "body band", BODY_PARTS + " stripe=band", "left right", "", body=(WHITE,),
     band=("red", "red", "orange", "blue"))  # fmt: skip
def ambulance(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An ambulance: a cross, a band, a light on its roof."""
    top = v.turn((5.4, 6.0))
    body = _van(e, look, top, v.turn((27.0, 26.0, 26.6)))
    e.lay(body & (e.y >= 17) & (e.y < 18.6) & (e.x > 2.4) & (e.x < 29), "band", MID)
    x, y = v.turn((9.5, 8.5, 10.5)), 11.0
    if v.turn((False, True, False)):
        e.lay(e.oval(x, y, 4.2), "sheet", LIGHT)
    e.lay(e.box(x - 3, y - 1, x + 3, y + 1) | e.box(x - 1, y - 3, x + 1, y + 3), "band", MID)
    at = v.turn((19.5, 16.5, 18.0))
    bar(e, (at - 2, top - 2.2, at + 2, top), "lens" if v.turn((True, False)) else "tail", MID)
    bar(e, (at - 2, top - 2.2, at - 0.4, top - 1), "shine", LIGHT)
    lamps_of(e, body, 16.0)
    wheels_under(e, (7.5, 24.5), 21.0, v.turn((3.5, 3.5, 4.3)))
