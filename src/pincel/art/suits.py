"""Helmets and armour, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of, gem

HELMETS = ("knight", "great", "viking", "barbute", "crested")


def helmet(e: Bench, v: Variety, look: ItemLook) -> None:
    """A helmet from the front."""
    form = form_of(v, look, HELMETS)
    if "horn" in look.more:
        form = "viking"
    if "crest" in look.more:
        form = "crested"
    if form == "viking":
        _horns(e, v)
    if form == "crested":
        crest = e.polygon([(13.4, 11), (14.0, 1.6), (18.0, 1.6), (18.6, 11)]) | e.oval(
            16, 4.6, 4.4, 3.2
        )
        e.lay(crest, "crest", np.where(e.x < 15, LIGHT, np.where(e.x < 17.4, MID, LOW)))
    top = 7.0 if form in ("crested", "viking") else 2.4
    half, low = 11.2, 30.0 if form in ("great", "barbute") else 28.0
    dome = e.oval(16, top + 11, half, 11) & (e.y < top + 11.1)
    side = e.box(16 - half, top + 11, 16 + half, low)
    whole = dome | side
    if form == "viking":
        whole = dome | e.box(16 - half, top + 11, 16 + half, 23)
    light = e.ball(15, top + 10, 12.5, 17)
    e.lit(whole, "metal", light + 0.02)
    if form == "great":
        _great(e, v, top)
    elif form == "viking":
        _brow(e, v, 19.0, half)
    else:
        _face(e, v, form, (top, half, low))
    _rivets(e, v, whole)


def _horns(e: Bench, v: Variety) -> None:
    rise = v.turn((2.4, 4.0), 1)
    for way in (-1, 1):
        horn = e.stroke(
            [
                (16 + way * 10, 17),
                (16 + way * 13, 13),
                (16 + way * 13.2, 8),
                (16 + way * 11.4, rise),
            ],
            5.0,
            1.2,
        )
        e.lay(
            horn,
            "horn",
            np.where(
                way * (e.x - 16) < 12 + way * 0, LIGHT if way < 0 else MID, MID if way < 0 else LOW
            ),
        )


def _brow(e: Bench, v: Variety, y: float, half: float) -> None:
    """A band, a guard for the nose, and cheeks."""
    cheek = e.box(16 - half, y, 16 - 6.5, 29) | e.box(16 + 6.5, y, 16 + half, 29)
    e.over(cheek, "metal", np.where(e.x < 16, MID, LOW))
    e.lay(e.box(16 - 6.5, y + 2, 16 + 6.5, 24) & ~e.box(0, 24, 32, 32), "dark", DARK)
    e.over(
        e.box(16 - half - 0.5, y - 1.5, 16 + half + 0.5, y + 1.8),
        "trim",
        np.where(e.x < 10, LIGHT, np.where(e.x < 21, MID, LOW)),
    )
    e.over(
        e.polygon(
            [(14.4, y - 1.5), (17.6, y - 1.5), (17.6, y + 8.5), (16, y + 10), (14.4, y + 8.5)]
        ),
        "trim",
        np.where(e.x < 16, LIGHT, MID),
    )
    e.over(e.box(14.6, 8, 17.4, y - 1.5), "trim", np.where(e.x < 16, LIGHT, MID))


def _great(e: Bench, v: Variety, top: float) -> None:
    """A slit for the eyes, a cross, and holes."""
    e.over(e.box(14.6, top + 2, 17.4, 30), "trim", np.where(e.x < 16, LIGHT, MID))
    e.over(
        e.box(5, 13.6, 27, 18.4), "trim", np.where(e.x < 12, LIGHT, np.where(e.x < 20, MID, LOW))
    )
    slit = e.box(6.8, 15.2, 14.4, 17) | e.box(17.6, 15.2, 25.2, 17)
    e.lay(slit, "dark", DARK)
    for x in v.turn(((8.5, 11.5, 20.5, 23.5), (9.5, 22.5)), 1):
        for y in (21.5, 24.5, 27.0):
            e.lay(e.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5), "dark", DARK)


def _face(e: Bench, v: Variety, form: str, place: tuple) -> None:
    """An opening in the form of a T, or a visor with bars."""
    top, _, low = place
    y = top + 11.0
    visor = v.turn(("open", "bars", "visor"), 1)
    if form == "barbute" or visor == "open":
        hole = e.box(8.4, y, 23.6, y + 4.2) | e.box(13.6, y, 18.4, low)
        hole |= e.polygon([(13.6, y + 4), (18.4, y + 4), (20, low), (12, low)])
        e.edged(hole, DARK)
        e.lay(hole, "dark", DARK)
        rim = e.oval(16, y, 9.4, 2.6) & (e.y < y)
        e.lay(rim & e.of("metal"), "trim", np.where(e.x < 14, LIGHT, MID))
        e.lay(e.box(10, y + 1.5, 12, y + 3) | e.box(20, y + 1.5, 22, y + 3), "eyes", MID)
        return
    plate = e.polygon([(6, y - 1), (26, y - 1), (25, y + 9), (16, y + 13), (7, y + 9)])
    plate &= e.y < low - 1
    e.over(plate, "metal", np.where(e.x < 13, LIGHT, np.where(e.x < 19, MID, LOW)))
    e.over(e.box(8, y + 1, 24, y + 3.2), "dark", DARK)
    if visor == "bars":
        for x in (10.5, 13.5, 18.5, 21.5):
            e.lay(e.box(x - 0.6, y + 5, x + 0.6, y + 9.5), "dark", DARK)
    else:
        for x, down in ((11, 6), (13.5, 8), (18.5, 8), (21, 6)):
            e.lay(e.box(x - 0.6, y + down - 0.6, x + 0.6, y + down + 0.6), "dark", DARK)
    e.over(e.box(15, top + 0.4, 17, y), "trim", np.where(e.x < 16, LIGHT, MID))


def _rivets(e: Bench, v: Variety, whole: np.ndarray) -> None:
    if v.turn((True, False, False), 1):
        for x, y in ((7.5, 26), (24.5, 26)):
            e.lay(e.box(x - 0.6, y - 0.6, x + 0.6, y + 0.6) & whole, "trim", LIGHT)


def armour(e: Bench, v: Variety, look: ItemLook) -> None:
    """A breastplate with shoulders: plate, mail, leather or scales."""
    form = form_of(v, look, ("plate", "mail", "scale", "plate"))
    wide = v.turn((13.0, 12.2), 1)
    neck = v.turn((4.4, 5.2), 1)
    body = e.polygon(
        [
            (16 - 9, 4),
            (16 - neck, 3),
            (16, 7),
            (16 + neck, 3),
            (16 + 9, 4),
            (25.5, 14),
            (24.0, 21),
            (25.2, 29.6),
            (6.8, 29.6),
            (8.0, 21),
            (6.5, 14),
        ]
    )
    light = e.ball(14, 13, 14, 19)
    e.lit(body, "metal", light)
    if form in ("mail", "scale"):
        dots = (
            (e.row % 2 == 0) & ((e.column + e.row // 2) % 2 == 0)
            if form == "mail"
            else (e.row % 3 == 2) ^ ((e.column + e.row // 3 * 2) % 4 == 0)
        )
        e.shaded(body & dots, -1)
    else:
        _plate(e, v)
    _shoulders(e, v, wide)
    e.over(
        e.box(7.4, 22.4, 24.6, 25.2),
        "belt",
        np.where(e.x < 12, LIGHT, np.where(e.x < 20, MID, LOW)),
    )
    e.over(e.box(13.8, 21.8, 18.2, 25.8), "trim", np.where(e.x < 16, LIGHT, MID))
    _worn_on_it(e, v, look)


def _worn_on_it(e: Bench, v: Variety, look: ItemLook) -> None:
    """A stone or a cross on the breast."""
    if "gem" in look.more or v.turn((False, False, True), 1):
        gem(e, 16, 13, 2.3)
    elif "cross" in look.more:
        e.lay(e.box(15, 9, 17, 20) | e.box(11.5, 12, 20.5, 14), "mark", MID)


def _shoulders(e: Bench, v: Variety, wide: float) -> None:
    for way in (-1, 1):
        x = 16 + way * (wide - 2.6)
        cap = e.oval(x, 8.6, 5.0, 5.6)
        e.rounded(cap, "shoulder", e.ball(x, 8.6, 5.2, 5.8) + (0.1 if way < 0 else -0.15))
        if v.turn((True, False, True), 1):
            e.lay(cap & (e.y > 11), "trim", MID if way < 0 else LOW)


def _plate(e: Bench, v: Variety) -> None:
    """The breast, the middle line and the plates below."""
    line = np.abs(e.x - 16) < 0.55
    e.lay(line & (e.y > 7) & (e.y < 22), "metal", LOW)
    for way in (-1, 1):
        rim = e.stroke([(16 + way * 8.0, 15.5), (16 + way * 4.5, 18.4), (16, 17.6)], 0.9)
        e.lay(rim, "metal", DARK)
    e.lay(e.box(7, 27, 25, 28) & (e.codes >= 0), "metal", DARK)
    if v.turn((True, False), 1):
        e.lay(e.stroke([(11.6, 3.8), (16, 7.6), (20.4, 3.8)], 1.4), "trim", LIGHT)
