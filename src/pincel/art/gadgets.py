"""Notes, pencils, disks, cameras, telephones and buttons to play, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.kinds import SceneryLook
from pincel.art.molded import curved, kind, model, plaque, pts, sheen, swell
from pincel.art.variety import Variety


@kind("note", "face", "", "", face=("black", "blue", "purple", "pink", "green", "orange"))
def note(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A note of music: one with a flag, or two under a beam."""
    form = v.turn(("one", "two", "double", "one"))
    tilt = v.turn((0.0, 1.4, 2.4))
    r = v.turn((5.4, 4.8, 6.0), 1)
    mask = np.zeros_like(e.codes, bool)

    def head(x: float, y: float) -> np.ndarray:
        u, w = e.x - x, e.y - y
        return ((u * 0.92 - w * 0.38) / r) ** 2 + ((u * 0.38 + w * 0.92) / (r * 0.78)) ** 2 < 1

    if form == "one":
        x = 13.0
        mask |= head(x - 1.4, 25.6) | e.box(x + r - 3.6, 2.0, x + r - 0.6, 25)
        s = x + r - 0.8
        flag_ = pts("-1.2,1.6 1.4,3.2 7,8 8.4,13 6.4,18.4 5.6,12.6 1,9.4 -1.2,8.8", (s, 1))
        mask |= curved(e, flag_)
    else:
        a, b = (8.0, 24.4 + tilt * 0.6), (24.0, 25.2 - tilt * 0.6)
        for x, y in (a, b):
            mask |= head(x - 0.6, y)
        sa, sb = a[0] + r - 3.4, b[0] + r - 3.4
        top_a, top_b = 3.2 + tilt, 3.2 - tilt * 0.4
        mask |= e.box(sa, top_a, sa + 2.8, a[1]) | e.box(sb, top_b, sb + 2.8, b[1])
        for up, low in ((0.0, 4.4), (6.4, 9.2))[: 1 + (form == "double")]:
            mask |= e.polygon([(sa, top_a + up), (sb + 2.8, top_b + up), (sb + 2.8, top_b + low),
                               (sa, top_a + low)])  # fmt: skip
    swell(e, mask, "face", 0.14, v.turn((99.0, 2.0)))


@kind(
    "pencil",
    "face",
    "rubber=eraser eraser tip=lead",
    "",
    face=(("b07810", "f4c428", "fff088"), "red", "blue", "green", "purple"),
    eraser=("pink",),
    lead=(("1c1c24", "34343e", "5c5c68"),),
)
def pencil(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A pencil aslant, with a rubber or without."""
    turn = v.turn((45, 40, -45, 52, -40))
    half = v.turn((4.4, 3.8, 5.0), 1)
    long = v.turn((17.5, 16.5, 15.0))
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    u = (e.x - 16) * c + (e.y - 16) * s
    w = -(e.x - 16) * s + (e.y - 16) * c
    tip = w - (long - 7.4)
    body = (np.abs(u) < half) & (w > -long) & (tip < 0)
    cone = (tip >= 0) & (np.abs(u) < half * (1 - tip / 8.2))
    side = u
    shades = np.where(side < -half * 0.33, LIGHT, np.where(side < half * 0.38, MID, LOW))
    e.lay(body | cone, "face", shades)
    rubber = v.turn((True, True, False))
    if rubber:
        e.lay(body & (w < -long + 4.4), "eraser", shades)
        e.lay(body & (w >= -long + 4.4) & (w < -long + 7.0), "metal", shades)
        e.lay(body & (w >= -long + 5.4) & (w < -long + 6.2), "metal", DARK)
    else:
        e.lay(body & (w < -long + 1.6), "wood", MID)
    e.lay(cone, "wood", shades)
    wave = tip + np.abs(np.abs(u) - half * 0.4) * 0.6
    e.lay(body & (wave > 0.4), "wood", shades)
    e.lay(cone & (tip > 4.6), "lead", MID)


@kind(
    "disk",
    "face",
    "label",
    "",
    face=("blue", ("26262e", "44444e", "70707c"), "red", "green", "purple"),
    label=(("b8bcc8", "e8ecf4", "ffffff"), ("c4b078", "f4e4b0", "fffbe0")),
)
def disk(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A floppy disk."""
    low = v.turn((16.0, 17.4, 15.0, 18.2, 16.8), 1)
    body = plaque(e, 1.6, 1.6, 30.4, 30.4, 2.0) & ~e.polygon([(26.8, 0), (32, 0), (32, 5.2)])
    swell(e, body, "face", 0.02, 1.4)
    left = v.turn((8.0, 9.6, 7.0))
    shutter = e.box(left, 1.6, 24, v.turn((11.0, 10.0, 12.0)))
    e.edged(shutter & body)
    e.lay(shutter, "metal", MID)
    e.lay(shutter & (e.x < left + 4), "metal", LIGHT)
    slot = v.turn((18.4, 11.0))
    e.lay(e.box(slot, 3.2, slot + 3.4, 9.0), "ink", MID)
    label = e.box(5.4, low, 26.6, 30.4)
    e.edged(label)
    e.lay(label, "label", LIGHT)
    e.lay(label & (e.x > 24.4), "label", MID)
    if v.turn((False, True, False, True)):
        e.lay(label & (e.y < low + 3), "mark", MID)
    for n, y in enumerate((low + 4.4, low + 7.2, low + 10.0)[: v.turn((3, 2, 3))]):
        e.lay(e.box(8, y, (24, 20, 22)[(n + v.seed) % 3], y + 1.2), "ink", LIGHT)


@kind(
    "camera",
    "face",
    "lens=glass",
    "",
    face=(("26262e", "44444e", "70707c"), "red", "blue", "silver", "pink"),
    glass=(("1c2c54", "3c64a4", "8cc0ec"),),
)
def camera(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A camera from the front."""
    top = 9.0
    hump = v.turn((0, 1, -1))
    x0 = 16 + hump * 5.5
    e.lay(plaque(e, x0 - 5.4, 4.4, x0 + 5.4, 12, 1.6), "face", MID)
    e.lay(e.box(x0 - 5.4, 4.4, x0 + 5.4, 5.6) & (e.codes >= 0), "face", LIGHT)
    shutter = 16 - (hump or -1) * 9
    e.lay(e.box(shutter - 2.4, 6.6, shutter + 2.4, 9.4), "mark", MID)
    body = plaque(e, 1.4, top, 30.6, 27.6, v.turn((2.6, 4.0, 1.6)))
    e.edged(body)
    swell(e, body, "face", 0.06, 1.8)
    band = v.turn((True, False, True, False, False))
    if band:
        e.lay(body & (e.y > 13) & (e.y < 24), "grip", MID)
        e.lay(body & (e.y > 13) & (e.y < 24) & (e.x > 27), "grip", LOW)
    r = v.turn((7.0, 6.2, 7.8, 6.6, 7.4), 1)
    y = 18.4
    e.edged(e.oval(16, y, r))
    model(e, e.oval(16, y, r), "metal", 0.5 - ((e.x - 16) * 0.52 + (e.y - y) * 0.68) / r * 0.7)
    e.lay(e.oval(16, y, r - 1.8), "ink", MID)
    e.lit(e.oval(16, y, r - 2.6), "glass", e.ball(16, y, r - 2.6))
    sheen(e, e.oval(16, y, r - 2.6), 14.4, y - 1.8, v.turn((0, 2, 1)), 0.7)
    flash = e.box(24, 11, 28.6, 14)
    e.edged(flash & body)
    e.lay(flash, "shine", LIGHT)
    e.lay(flash & (e.x > 26.4), "glass", LIGHT)


@kind(
    "phone",
    "face",
    "screen",
    "",
    face=(("26262e", "44444e", "70707c"), "white", "blue", "red", "gold"),
    screen=(
        ("2c5c94", "58a4dc", "b4e4fc"),
        ("1c4c3c", "3c9c74", "a0e8c0"),
        ("4c2c7c", "8c5cc4", "d0b0f4"),
    ),
)
def phone(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A telephone to carry, its screen with icons, a message or a clock."""
    half = v.turn((8.8, 7.8, 9.6), 1)
    body = plaque(e, 16 - half, 1.2, 16 + half, 30.8, v.turn((2.6, 3.6)))
    swell(e, body, "face", 0.05, 1.4)
    screen = e.box(16 - half + 2.2, 4.8, 16 + half - 2.2, 26.0)
    e.edged(screen)
    e.lay(screen, "screen", MID)
    e.lay(screen & (e.x + e.y < 19), "screen", LIGHT)
    e.lay(screen & (e.x + e.y > 38), "screen", LOW)
    shown = v.turn(("icons", "message", "bars", "plain"))
    if shown == "icons":
        colors = ("mark", "glyph", "brass", "glyph", "mark", "brass")
        for n in range(6):
            x, y = 12.0 + 5.0 * (n % 2) - 0.6, 8.0 + 5.6 * (n // 2)
            e.lay(e.box(x, y, x + 3, y + 3), colors[(n + v.seed) % 6], MID)
    elif shown == "message":
        e.lay(plaque(e, 16 - half + 3.6, 8, 16 + half - 3.6, 14, 1.0), "glyph", LIGHT)
        e.lay(e.box(11.6, 10.2, 19, 11.4), "ink", LIGHT)
    elif shown == "bars":
        for n, h in enumerate((4, 7, 10)):
            e.lay(e.box(11 + 4 * n, 22 - h, 13.4 + 4 * n, 22), "glyph", LIGHT)
    button = v.turn(("disc", "bar"))
    e.lay(e.oval(16, 28.2, 1.3) if button == "disc" else e.box(13, 27.6, 19, 28.6), "metal", LIGHT)
    e.lay(e.box(14, 2.6, 18, 3.6), "ink", LIGHT)


def _button(e: Easel, v: Variety, glyph: np.ndarray, bare: np.ndarray) -> None:
    form = v.turn(("disc", "bare", "tile", "disc", "ring"))
    if form == "bare":
        swell(e, bare, "face", 0.12, v.turn((99.0, 2.0)))
        return
    plate = (
        plaque(e, 1.6, 1.6, 30.4, 30.4, v.turn((4.0, 7.0)))
        if form == "tile"
        else e.oval(16, 16, 14.7)
    )
    swell(e, plate, "face", 0.02, v.turn((2.0, 99.0, 3.2, 1.4)))
    if form == "ring":
        e.lay(e.oval(16, 16, 14.7) & ~e.oval(16, 16, 12.6), "glyph", LIGHT)
        e.lay(e.oval(16, 16, 14.7) & ~e.oval(16, 16, 12.6) & (e.x + e.y > 34), "glyph", MID)
    e.lay(np.roll(glyph, 1, 0), "face", DARK)
    e.lay(glyph, "glyph", LIGHT)
    e.lay(glyph & (e.x + e.y > 36), "glyph", MID)


_KEYS = ("green", "blue", "red", "purple", "orange", "cyan")


@kind("play", "face", "", "", face=_KEYS)
def play(e: Easel, v: Variety, look: SceneryLook) -> None:
    """The sign to play."""
    s = v.turn((1.0, 0.88, 1.1, 0.94))
    small = e.polygon(
        [(16 - 4.6 * s, 16 - 7.4 * s), (16 + 8.4 * s, 16), (16 - 4.6 * s, 16 + 7.4 * s)]
    )
    _button(
        e,
        v,
        small,
        curved(
            e,
            pts(
                "5.4,3.4 7.4,2.2 17,8.6 27.6,14.6 28.2,16 27.6,17.4 17,23.4 7.4,29.8 "
                "5.4,28.6 5.2,16"
            ),
        ),
    )


@kind("pause", "face", "", "", face=_KEYS)
def pause(e: Easel, v: Variety, look: SceneryLook) -> None:
    """The sign to pause."""
    s = v.turn((1.0, 0.88, 1.1, 0.94))
    small = e.box(16 - 6.4 * s, 16 - 7.2 * s, 16 - 1.8 * s, 16 + 7.2 * s) | e.box(
        16 + 1.8 * s, 16 - 7.2 * s, 16 + 6.4 * s, 16 + 7.2 * s
    )
    _button(e, v, small, plaque(e, 4, 2, 13, 30, 1.6) | plaque(e, 19, 2, 28, 30, 1.6))


@kind("stop", "face", "", "", face=_KEYS[2:])
def stop_sign(e: Easel, v: Variety, look: SceneryLook) -> None:
    """The sign to stop what plays."""
    s = v.turn((6.4, 5.6, 7.2, 6.0))
    _button(
        e,
        v,
        e.box(16 - s, 16 - s, 16 + s, 16 + s),
        plaque(e, 3, 3, 29, 29, v.turn((2.0, 5.0, 0.6))),
    )
