"""Chests and books, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of


def chest(e: Bench, v: Variety, look: ItemLook) -> None:
    """A chest from the front, closed or open."""
    if form_of(v, look, ("closed",)) == "open":
        _open_chest(e, v, look)
        return
    half, seam, top, low = v.turn((14.2, 13.4), 1), v.turn((14.5, 15.5), 1), 4.5, 29.0
    dome = v.turn((True, False, True), 1)
    body = e.box(16 - half, seam, 16 + half, low)
    lid = e.box(16 - half, top, 16 + half, seam)
    if dome:
        u = np.abs(e.x - 16) / half
        lid = (u <= 1) & (e.y < seam) & (e.y > top - 1 + 5.4 * u**3.2)
    share = (e.y - top) / (seam - top)
    e.lay(lid, "lid", np.where(share < 0.34, LIGHT, np.where(share < 0.72, MID, LOW)))
    if not dome:
        e.lay(lid, "lid", np.where(share < 0.42, LIGHT, MID))
    _boards(e, v, lid, ("lid", top))
    e.lay(body, "wood", np.where(e.y < low - 5, MID, LOW))
    _boards(e, v, body, ("wood", seam))
    e.lay(e.box(16 - half, seam, 16 + half, seam + 1.1), "wood", DARK)
    _bands(e, v, (lid | body, 16 - half, 16 + half, seam, low))
    _lock(e, v, seam + 1)


def _boards(e: Bench, v: Variety, mask: np.ndarray, told: tuple[str, float]) -> None:
    material, top = told
    step = 4.4
    joint = mask & (((e.y - top) % step) < 1 / e.k) & (e.y > top + 2)
    e.shaded(joint & e.of(material), -1)
    grain = (e.noise(11 + v.seed, max(3, round(3 * e.k)), 1) > 0.84) & mask & ~joint
    e.shaded(grain & e.of(material), -1)


def _bands(e: Bench, v: Variety, place: tuple) -> None:
    """Bands of metal on the edges and over the lid."""
    whole, left, right, seam, low = place
    light = np.where(
        e.y < seam - 5, LIGHT, np.where(e.y < seam, MID, np.where(e.y < low - 5, MID, LOW))
    )
    wide = v.turn((2.6, 3.4), 1)
    ends = whole & ((e.x < left + wide) | (e.x > right - wide))
    e.edged(ends & whole, DARK)
    e.lay(ends, "metal", np.where(e.x < 16, light, np.maximum(light - 1, DARK)))
    if v.turn((False, True, True), 1):
        for x in (16 - 7.0, 16 + 7.0):
            strap = whole & (np.abs(e.x - x) < 1.2)
            e.lay(strap, "metal", np.where(e.x < 16, light, np.maximum(light - 1, DARK)))
    if v.turn((True, False), 1):
        foot = whole & (e.y > low - 2.4)
        e.lay(foot, "metal", np.where(e.x < 12, MID, LOW))
    rail = whole & (e.y > seam - 2.2) & (e.y < seam)
    e.lay(rail, "metal", np.where(e.x < 14, LIGHT, MID))


def _lock(e: Bench, v: Variety, y: float) -> None:
    kind = v.turn(("plate", "round", "tall"), 1)
    plate = e.box(12.9, y - 3.2, 19.1, y + 4.2)
    if kind == "round":
        plate = e.oval(16, y + 0.6, 3.8)
    elif kind == "tall":
        plate = e.box(13.8, y - 4.2, 18.2, y + 5.2)
    e.over(plate, "lock", np.where(e.x < 15, LIGHT, MID))
    e.lay(plate & (e.x > 17.4), "lock", LOW)
    hole = e.oval(16, y, 1.1) | e.box(15.4, y, 16.6, y + 2.6)
    e.lay(hole & plate, "dark", DARK)


def _open_chest(e: Bench, v: Variety, look: ItemLook) -> None:
    """Its lid back, gold inside unless it is empty."""
    half, seam, low = v.turn((14.2, 13.4), 1), 16.5, 29.5
    lid = e.box(16 - half, 2.5, 16 + half, 13)
    lid |= e.oval(16, 6.5, half, 5.0) & (e.y < 8)
    e.lay(lid, "lid", np.where(e.y < 4.5, LIGHT, MID))
    _boards(e, v, lid, ("lid", 2.5))
    inner = e.box(16 - half + 2.4, 5.5, 16 + half - 2.4, 14)
    e.over(inner, "lid", np.where(e.y < 8, DARK, LOW))
    e.lay(
        lid & ~inner & ((e.x < 16 - half + 2) | (e.x > 16 + half - 2)),
        "metal",
        np.where(e.x < 16, MID, LOW),
    )
    mouth = e.box(16 - half, 12.5, 16 + half, seam + 1)
    e.over(mouth, "dark", np.where(e.y < 14.5, DARK, LOW))
    if "empty" not in look.more:
        _hoard(e, v, half)
    body = e.box(16 - half, seam, 16 + half, low)
    e.over(body, "wood", np.where(e.y < low - 5, MID, LOW))
    _boards(e, v, body, ("wood", seam))
    ends = body & ((e.x < 16 - half + 2.8) | (e.x > 16 + half - 2.8))
    e.lay(ends, "metal", np.where(e.x < 16, MID, LOW))
    e.lay(body & (e.y < seam + 2), "metal", np.where(e.x < 14, LIGHT, MID))
    e.lay(body & (e.y > low - 2), "metal", np.where(e.x < 12, MID, LOW))
    _lock(e, v, seam + 2.8)


def _hoard(e: Bench, v: Variety, half: float) -> None:
    """A heap of coins, a stone or two among them."""
    u = (e.x - 16) / (half - 1.6)
    peak = v.turn((8.2, 9.6, 7.4), 1)
    heap = (np.abs(u) < 1) & (e.y > peak + 6.4 * u**2) & (e.y < 18)
    e.edged(heap, 0)
    grain = e.noise(v.seed + 3, 2, 2)
    e.lay(heap, "coin", np.where(grain > 0.62, LIGHT, np.where(grain > 0.22, MID, LOW)))
    x = v.turn((11.5, 20.0, 16.0), 1)
    e.rounded(e.oval(x, peak + 3.6, 2.1), "gem", e.ball(x, peak + 3.6, 2.1) + 0.1)


def book(e: Bench, v: Variety, look: ItemLook) -> None:
    """A book, closed unless it is said to be open."""
    if form_of(v, look, ("closed",)) == "open":
        _open_book(e, v)
        return
    left, right, top, low = 4.5, 27.0, 2.5, 30.0
    pages = e.box(left + 1, low - 5.2, right - 1, low - 1.2)
    e.lay(e.box(left, top + 2, right + 1.2, low), "cover", LOW)
    e.over(pages, "pages", np.where(e.row % 2 == 0, LIGHT, MID))
    e.lay(e.box(left, low - 1.6, right + 1.2, low), "cover", LOW)
    cover = e.box(left, top, right + 1.2, low - 4.6)
    e.over(cover, "cover", MID)
    e.lay(cover & ((e.y < top + 1) | (e.x > 9) & (e.x < 10)), "cover", LIGHT)
    spine = e.box(left, top, left + 3.6, low)
    e.lay(spine, "spine", np.where(e.x < left + 1.2, LIGHT, MID))
    e.lay(e.box(left + 3.6, top, left + 4.6, low - 4.6), "cover", DARK)
    e.lay(cover & (e.x > right + 0.2), "cover", LOW)
    ribs = v.turn(((7, 20), (5, 12.5, 20), (9, 17)), 1)
    for y in ribs:
        e.lay(e.box(left, y, left + 3.6, y + 1.6), "trim", np.where(e.x < left + 1.2, LIGHT, MID))
    _cover(e, v, look, (left + 4.6, top, right + 1.2, low - 4.6))


def _cover(e: Bench, v: Variety, look: ItemLook, place: tuple) -> None:
    """What is on the front: corners, a frame, a sign."""
    left, top, right, low = place
    x, y = (left + right) / 2, (top + low) / 2
    inside = e.box(left, top, right, low)
    frame = v.turn(("corners", "frame", "plain"), 1)
    if frame == "corners":
        u = np.minimum(e.x - left, right - e.x) + np.minimum(e.y - top, low - e.y)
        e.lay(inside & (u < 4.6), "trim", np.where(e.x + e.y < 34, LIGHT, MID))
    elif frame == "frame":
        edge = np.minimum(np.minimum(e.x - left, right - e.x), np.minimum(e.y - top, low - e.y))
        e.lay(inside & (np.abs(edge - 2.2) < 0.55), "trim", np.where(e.x + e.y < 34, LIGHT, MID))
    signs = ("gem", "lines", "star", "circle", "bar", "eye", "moon")
    sign = next(
        (s for s in ("gem", "star", "cross", "skull", "heart") if s in look.more), v.turn(signs)
    )
    _emblem(e, sign, x, y)
    if "lock" in look.more:
        e.over(
            e.box(right - 3, y - 2.5, right + 1, y + 2.5),
            "lock",
            np.where(e.x < right - 1, LIGHT, MID),
        )


def _emblem(e: Bench, sign: str, x: float, y: float) -> None:
    u, w = e.x - x, e.y - y
    if sign == "gem":
        mask = np.abs(u) + np.abs(w) < 4.8
        e.over(mask, "trim", np.where(u + w < 0, LIGHT, MID))
        e.lay(np.abs(u) + np.abs(w) < 2.9, "gem", np.where(u + w < 0, LIGHT, MID))
        return
    masks = {
        "lines": (np.abs(u) < 5) & (np.abs(np.abs(w) - 1.6) < 0.7),
        "star": (np.abs(u) * np.abs(w) < 1.6) & (np.abs(u) < 5.5) & (np.abs(w) < 5.5),
        "circle": np.abs(np.hypot(u, w) - 4.2) < 0.9,
        "bar": (np.abs(u) < 1.1) & (np.abs(w) < 5.5) | (np.abs(w + 1.6) < 1) & (np.abs(u) < 3.4),
        "cross": (np.abs(u) < 1.1) & (np.abs(w) < 5.5) | (np.abs(w + 1.6) < 1) & (np.abs(u) < 3.4),
        "moon": (np.hypot(u, w) < 4.6) & (np.hypot(u - 2.2, w + 1.0) > 3.6),
        "eye": (np.abs(np.hypot(u * 0.7, w) - 3.2) < 0.7) | (np.hypot(u, w) < 1.3),
        "heart": (np.hypot(np.abs(u) - 2.2, w + 1.2) < 2.6)
        | (np.abs(u) + w * 0.9 < 4.2) & (w > -0.6),
    }
    e.lay(masks[sign], "trim", np.where(u + w < 1, LIGHT, MID))


def _open_book(e: Bench, v: Variety) -> None:
    """Two pages, lines of writing on them."""
    droop = 2.6 * np.abs(np.sin((e.x - 16) / 15 * np.pi))
    top, low = 7.5 - droop, 26.0 - droop
    span = np.abs(e.x - 16) < 14.6
    e.lay(
        (np.abs(e.x - 16) < 15) & (e.y > top + 1.5) & (e.y < low + 2.6),
        "cover",
        np.where(e.x < 16, MID, LOW),
    )
    block = span & (e.y > top) & (e.y < low)
    e.over(block, "pages", MID)
    pages = span & (e.y > top) & (e.y < low - 2.0)
    e.lay(pages, "pages", np.where(e.x < 16, LIGHT, LIGHT))
    e.lay(pages & (np.abs(e.x - 16) < 2.6), "pages", MID)
    e.lay(block & (np.abs(e.x - 16) < 0.8), "pages", DARK)
    e.lay(block & ~pages & (e.row % 2 == 0), "pages", LOW)
    step = v.turn((3.0, 3.6), 1)
    rows = ((e.y - top - 3) % step < 1.05 / e.k * 1) & (e.y > top + 2.6) & (e.y < low - 4)
    u = np.abs(e.x - 16)
    table = np.random.default_rng(v.seed).random((2, e.side))
    ends = 3.4 + table[(e.x > 16).astype(int), e.row // 2] * 4
    e.lay(pages & rows & (u > 3.4) & (u < 15.6 - ends), "ink", MID)
    kind = v.turn(("text", "picture", "ribbon"), 1)
    if kind == "picture":
        box = e.box(19.4, 8.5, 27, 15.5)
        e.lay(box, "pages", MID)
        e.rounded(e.oval(23.2, 12, 2.4), "gem", e.ball(23.2, 12, 2.4))
    elif kind == "ribbon":
        e.lay(e.box(20, 24, 22, 30.4) & ~e.box(20.5, 29.4, 21.4, 31), "ribbon", MID)
        e.lay(e.box(20, 8, 22, 25) & e.box(20, 20, 22, 25), "ribbon", LIGHT)
