"""Mould, rot, fire that is over, bites, tears, ruins, wet and melting things, as rules for
`states`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pincel.art.drawn_parts import hex_color
from pincel.art.easel import around
from pincel.art.surface import Surface
from pincel.art.weathered import cracked
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes


def mouldy(s: Surface, ramp: Sequence[str]) -> None:
    """Patches of mould with a pale middle."""
    s.tinted(lambda c: c * [0.93, 0.85, 0.85] + [0, -0.008, 0.008], s.inner)
    places = [(int(x), int(y)) for y, x in np.argwhere(s.inner)]
    s.draw.shuffle(places)
    put: list[tuple[int, int]] = []
    for x, y in places:
        if len(put) < 6 and all(np.hypot(x - a, y - b) > 6.5 * s.k for a, b in put):
            put.append((x, y))
    for n, (x, y) in enumerate(put):
        r = (2.5, 1.9, 2.2, 1.6)[n % 4] * max(s.k, 0.66)
        turn = float(s.draw.random()) * 6.28
        others = [(x, y), (x + 0.9 * r * np.cos(turn), y + 0.9 * r * np.sin(turn))]

        whole = _spot(s, others, r)
        s.lay(whole, ramp[0])
        s.lay(_spot(s, others, r - 0.2, 0.6 * s.k) & whole, ramp[1])
        s.lay(_spot(s, others, r - 1.2 * max(s.k, 0.75), 0.5 * s.k) & whole, ramp[2])


def _spot(s: Surface, middles: list[tuple[float, float]], r: float, up: float = 0) -> np.ndarray:
    """Two discs, the second smaller, on what is drawn, moved up and to the left: bool (s, s)."""
    far = [np.hypot(s.column - x + up, s.row - y + up) for x, y in middles]
    return s.inner & ((far[0] < r) | (far[1] < 0.75 * r))


def rotten(s: Surface, ramp: Sequence[str]) -> None:
    """Brown, with soft dark spots."""
    s.tinted(lambda c: c * [0.74, 0.5, 0.6] + [0.04, -0.002, 0.034], s.inner)
    spots = s.blobs(0.24, 1.2, s.inner)
    s.recolor(spots, ramp[:2])
    s.lay(_within(spots), ramp[2])


def burnt(s: Surface, ramp: Sequence[str]) -> None:
    """Charcoal that glows in places."""
    line = s.outline
    s.tinted(lambda c: c * [0.46, 0.16, 0.16] + [0.1, 0.003, 0.006], s.inner)
    s.lay(line, "14100f")
    s.recolor(s.blobs(0.1, 0.8, s.inner), ("645c58", "8c847e"))
    glow = s.blobs(0.09, 1.0 if s.k >= 1 else 1.8, s.inner)
    s.lay(glow, ramp[0])
    s.lay(_within(glow), ramp[1])


def _within(mask: np.ndarray) -> np.ndarray:
    """What of a mask (s, s) bool does not border on its outside."""
    return mask & ~around(~np.pad(mask, 1))[1:-1, 1:-1]


# ----------------------------------------------------------------------------------- pieces off


def _taken(s: Surface, gone: np.ndarray, pale: float = 0.0) -> None:
    """A mask (s, s) bool taken off, and an outline where it was; behind that the flesh, if any."""
    ink = to_bytes(oklab_to_srgb(srgb_to_oklab(s.rgb[s.outline]).mean(0)[None]))[0]
    before = s.there.copy()
    s.there &= ~gone
    s.without_splinters()
    edge = s.there & around(before & ~s.there)
    if pale:
        flesh = s.inner & around(edge | (before & ~s.there)) & ~edge
        for _ in range(s.whole(1) - 1):
            flesh |= s.inner & around(flesh) & ~edge
        s.tinted(lambda c: c * [0.4, 0.45, 0.45] + [pale, 0, 0.03], flesh)
    s.lay(edge, ink)


def _box(s: Surface) -> tuple[int, int, int, int]:
    """First and last row, first and last column that are in use."""
    rows, columns = (np.flatnonzero(s.there.any(n)) for n in (1, 0))
    return int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])


def bitten(s: Surface, ramp: Sequence[str]) -> None:
    """A bite is out of its upper right corner."""
    top, low, left, right = _box(s)
    high, wide = low - top + 1, right - left + 1
    r = 0.145 * min(high, wide) + 0.6
    x, y = right - 0.06 * wide, top + (0.3 if high > 0.7 * wide else 0.16) * high
    gone = np.zeros_like(s.there)
    for dx, dy in ((0.3, -1.1), (-0.75, -0.35), (-0.55, 0.75), (0.5, 1.3), (0.6, 0.2)):
        far = np.hypot(s.column - x - dx * r, s.row - y - dy * r)
        gone |= far < r
    _taken(s, gone, 0.56)


def torn(s: Surface, ramp: Sequence[str]) -> None:
    """Notches in its lower and its right edge, and a hole."""
    top, low, left, right = _box(s)
    high, wide = low - top + 1, right - left + 1
    gone = np.zeros_like(s.there)
    deep = 0.26 * min(high, wide)
    for n, share in enumerate((0.42, 0.68, 0.94)):
        x = left + share * wide + (float(s.draw.random()) - 0.5) * 2 * s.k
        column = np.clip(round(x), left, right)
        floor = int(np.flatnonzero(s.there[:, column])[-1]) if s.there[:, column].any() else low
        long = deep * (1.2, 0.7, 1.0)[n]
        half = (floor - s.row + long) / long * 1.9 * s.k - 1.9 * s.k
        gone |= (np.abs(s.column - x) < np.maximum(1.9 * s.k - half, 0)) & (s.row > floor - long)
    for n, share in enumerate((0.26, 0.56)):
        y = top + share * high * 0.8
        row = int(np.clip(round(y), top, low))
        end = int(np.flatnonzero(s.there[row])[-1]) if s.there[row].any() else right
        long = deep * (1.3, 0.8)[n]
        near = np.clip((s.column - end + long) / long, 0, 1)
        gone |= (np.abs(s.row - y) < 1.9 * s.k * near) & (s.column > end - long)
    _taken(s, gone & s.there)


def ruined(s: Surface, ramp: Sequence[str]) -> None:
    """Its upper right is fallen, what is left is overgrown."""
    top, low, left, right = _box(s)
    high, wide = low - top + 1, right - left + 1
    share = np.clip((s.column[0] - left) / wide, 0, 1)
    steps = np.clip((share - 0.34) / 0.66, 0, 1) ** 0.8
    size = max(2, round(2.6 * s.k))
    ragged = s.draw.integers(-1, 2, s.side // size + 1).repeat(size)[: s.side] * 1.3 * s.k
    cut = top + np.where(share > 0.3, 0.08 * high + steps * 0.46 * high + ragged, 0)
    _taken(s, s.there & (s.row < np.round(cut)[None]))
    s.tinted(lambda c: c * [0.9, 0.7, 0.7], s.inner)
    crown = s.crowned()
    s.recolor(s.inner & (s.row - crown[None] < 3 * s.k) & s.blobs(0.6, 1.0, s.inner), ramp)
    s.recolor(s.blobs(0.13, 1.2, s.inner), ramp)
    for n, (share_, r) in enumerate(((0.98, 2.2), (0.76, 1.5))):
        x, y = left + share_ * wide - r * s.k, low - (r - 0.6) * s.k
        stone = np.hypot(s.column - x, (s.row - y) * 1.15) < r * s.k
        stone &= s.row <= low
        s.lay(around(stone) & (s.row <= low), "241f24")
        s.lay(stone, "8a857e" if n else "77726e")
        s.lay(stone & (s.row < y), "aaa59c")


# ----------------------------------------------------------------------------------- water


def wet(s: Surface, ramp: Sequence[str]) -> None:
    """Darker, with drops that fall from it and a puddle."""
    s.tinted(lambda c: c * [0.88, 1, 1] + [0, -0.004, -0.02], s.inner)
    lights = s.blobs(0.07, 0.6, s.inner & (s.row < _box(s)[1] - 3 * s.k))
    s.lay(lights, ramp[1])
    drop = s.whole(1)
    near = s.there.copy()
    for _ in range(s.whole(3)):
        near |= around(near)
    held = s.there | around(s.there)
    spots = [(int(x), int(y)) for y, x in np.argwhere(near & ~held)]
    s.draw.shuffle(spots)
    placed: list[tuple[int, int]] = []
    for x, y in spots:
        box = (slice(y, y + 2 * drop), slice(x, x + 2 * drop))
        fits = max(x, y) + 2 * drop <= s.side and not held[box].any()
        if (
            len(placed) == 7
            or not fits
            or any(abs(x - a) + abs(y - b) < 5 * s.k for a, b in placed)
        ):
            continue
        placed.append((x, y))
        mask = np.zeros_like(s.there)
        mask[y : y + 2 * drop, x : x + drop] = mask[y + drop : y + 2 * drop, x : x + 2 * drop] = (
            True
        )
        s.lay(mask, ramp[0])
        s.rgb[y : y + drop, x : x + drop] = hex_color(ramp[1])


def melting(s: Surface, ramp: Sequence[str]) -> None:
    """It runs down and lies in a puddle of its colour."""
    ink = to_bytes(oklab_to_srgb(srgb_to_oklab(s.rgb[s.outline]).mean(0)[None]))[0]
    lab = srgb_to_oklab(s.rgb)
    lower = s.inner & (s.row > (_box(s)[0] + _box(s)[1]) / 2)
    light = lab[lower][:, 0]
    order = np.argsort(light)
    mid, bright = (s.rgb[lower][order[int(share * (len(order) - 1))]] for share in (0.5, 0.85))
    top, low, left, right = _box(s)
    floor = min(low + s.whole(2), s.side - 2)
    x, wide = (left + right) / 2, min(0.66 * (right - left + 1), s.side / 2 - 1.5)
    puddle = np.hypot((s.column - x) / wide, (s.row - floor + 1.2 * s.k) / (2.6 * s.k)) < 1
    puddle &= s.row <= floor
    drips = np.zeros_like(s.there)
    for share in (0.16, 0.42, 0.66, 0.86):  # runs down its front
        column = round(left + share * (right - left))
        rows = np.flatnonzero(s.inner[:, column])
        if len(rows) < 4:
            continue
        start = rows[0] + int((0.36 + 0.3 * float(s.draw.random())) * len(rows))
        long = round((5 + 5 * float(s.draw.random())) * s.k)
        wide_ = s.whole(1.6)
        mark = (s.column >= column) & (s.column < column + wide_)
        drips |= mark & (s.row >= start) & (s.row < start + long) & s.inner
    s.lay(around(puddle) & (~s.there | (s.row > floor)), ink)
    s.lay(puddle, mid)
    s.lay(puddle & (s.row < floor - 1.6 * s.k) & ~_within(puddle), bright)
    s.lay(around(drips) & s.inner & ~drips & (s.row > top + 2), mid)
    s.lay(drips, bright)


# ----------------------------------------------------------------------------------- plants, places


def wilted(s: Surface, ramp: Sequence[str]) -> None:
    """Brown; a flower hangs its head."""
    s.tinted(lambda c: c * [0.8, 0.45, 0.6] + [0.03, 0.008, 0.03], s.inner)
    wide = s.there.sum(1)
    top, low, *_ = _box(s)
    upper = wide[: top + round(0.65 * (low - top))]
    widest = int(upper.argmax())
    narrow = [y for y in range(widest + 1, low) if wide[y] <= max(5 * s.k, 0.6 * wide[widest])]
    if not narrow or narrow[0] - top > 0.8 * (low - top):
        return
    neck = narrow[0]
    head = s.there & (s.row < neck)
    columns = np.flatnonzero(head.any(0))
    hh, hw = neck - top, int(np.ptp(columns)) + 1
    stem = float(np.median(np.flatnonzero(s.there[min(neck + 1, low)])))
    color, ink = s.rgb[min(neck + 1, low), round(stem)].copy(), s.rgb[s.outline][-1].copy()
    way = 1 if s.draw.random() < 0.5 else -1
    far = hw / 2 + 1.5 * s.k
    far = min(far, s.side - 1 - hw / 2 - stem if way > 0 else stem - hw / 2)
    y0 = max(min(neck, low - hh), 0)
    crest = min(neck, y0) - 3.4 * s.k
    cut, art = head[top:neck][::-1], s.rgb[top:neck][::-1].copy()
    s.there &= ~head
    arc = np.zeros_like(s.there)
    for a in np.linspace(0, np.pi, 80):  # the stem bends over
        x = stem + way * far / 2 * (1 - np.cos(a))
        foot = neck if a < np.pi / 2 else y0 + 1
        arc |= np.hypot(s.column - x, s.row - foot + (foot - crest) * np.sin(a)) < 0.9 * s.k
    s.lay(around(arc) & ~s.there, ink)
    s.lay(arc, color)
    x0 = int(np.clip(round(stem + way * far - hw / 2), 0, s.side - hw))
    mask = cut[:, columns[0] : columns[-1] + 1]
    window = (slice(y0, y0 + hh), slice(x0, x0 + hw))
    s.rgb[window][mask] = art[:, columns[0] : columns[-1] + 1][mask]
    s.there[window] |= mask
    s.without_splinters()


_GHOSTS = (
    ("..www..", ".wwwww.", "wwewwew", "wwewwew", "wwwwwww", "wwwwwww", "wwwwwww", "ww.ww.w"),
    (".www.", "wewew", "wewew", "wwwww", "wwwww", "w.w.w"),
)


def haunted(s: Surface, ramp: Sequence[str]) -> None:
    """In the light of the night, with lit windows and ghosts before it."""
    lab = s.lab
    panes = s.inner & (lab[..., 0] > 0.5) & (lab[..., 2] < -0.025) & (lab[..., 1] < 0.02)
    s.tinted(lambda c: c * [0.7, 0.5, 0.5] + [0.015, 0.014, -0.04], s.inner)
    s.lay(s.outline, "16101f")
    s.lay(panes, "b4ec3c")
    top, low, *_ = _box(s)
    small = s.side < 24
    first, second = (_ghost(s, rows) for rows in (_GHOSTS[1:] * 2 if small else _GHOSTS))
    way = s.draw.random() < 0.5
    step = s.whole(1)
    _put_ghost(s, first, step if way else s.side - first.shape[1] - step, max(top - step, step))
    if not small:
        x = s.side - second.shape[1] - 2 * step if way else 2 * step
        _put_ghost(s, second, x, min((top + low) // 2, s.side - second.shape[0] - step))


def _ghost(s: Surface, rows: Sequence[str]) -> np.ndarray:
    """A ghost as 0 nothing, 1 sheet, 2 eye."""
    k = s.whole(1)
    return np.array([[".we".index(c) for c in row] for row in rows]).repeat(k, 0).repeat(k, 1)


def _put_ghost(s: Surface, ghost: np.ndarray, x: int, y: int) -> None:
    high, wide = ghost.shape
    sheet, eyes = np.zeros_like(s.there), np.zeros_like(s.there)
    sheet[y : y + high, x : x + wide] = ghost > 0
    eyes[y : y + high, x : x + wide] = ghost > 1
    s.lay(around(sheet), "2c3458")
    s.lay(sheet, "e8f0fc")
    s.lay(sheet & around(~np.pad(sheet, 1))[1:-1, 1:-1] & (s.column > x + wide / 2), "b4c4e8")
    s.lay(eyes, "2c3458")


def sunken(s: Surface, ramp: Sequence[str]) -> None:
    """On the ground of the sea: blue, overgrown, in sand, with bubbles."""
    s.tinted(lambda c: c * [0.74, 0.5, 0.5] + [0.02, -0.03, -0.04], s.inner)
    s.lay(s.outline, "102438")
    s.recolor(s.blobs(0.16, 1.2, s.inner), ("1c4838", "2c7050", "549c6c"))
    _, low, left, right = _box(s)
    across = (s.column - left) / max(right - left, 1)
    high = (4.2 + 1.5 * np.sin(across * 7 + float(s.draw.random()) * 6)) * s.k
    high = high * np.clip(np.minimum(across, 1 - across) * 5 + 0.4, 0, 1)
    sand = (s.row > low - high) & (s.row <= low) & (across >= 0) & (across <= 1)
    s.lay(around(sand) & (s.row <= low), "4c4030")
    s.lay(sand, ramp[0])
    s.lay(sand & ~np.roll(sand, 1, 0), ramp[1])
    top = int(np.flatnonzero(s.there.any(1))[0])
    for share, up, r in ((0.3, 0.9, 1.6), (0.46, 3.6, 1.1), (0.72, 2.2, 1.4)):
        x, y = left + share * (right - left), max(top - up * s.k, 1.6 * s.k)
        far = np.hypot(s.column - x, s.row - y)
        ring = (far < (r + 0.5) * s.k) & (s.row >= 0)
        s.lay(ring, "2c6ca8")
        s.lay(far < (r - 0.4) * s.k, "a8e0fc")


def flooded(s: Surface, ramp: Sequence[str]) -> None:
    """Water stands before its lower part."""
    top, low, *_ = _box(s)
    level = low - 0.3 * (low - top)
    wave = np.round(0.8 * s.k * np.sin(s.column / (1.7 * s.k) + float(s.draw.random()) * 6))
    water = (s.row > level + wave) & (s.row <= low)
    blue = srgb_to_oklab(hex_color(ramp[0])[None])[0]
    s.tinted(lambda c: 0.4 * c + 0.6 * blue, water & s.there)
    s.lay(water & ~s.there, ramp[0])
    s.lay(water & ~np.roll(water, 1, 0), ramp[1])
    s.lay(water & np.roll(water & ~np.roll(water, 1, 0), 2 * s.whole(1), 0) & (s.column % 5 < 2),
          ramp[1])  # fmt: skip


def petrified(s: Surface, ramp: Sequence[str]) -> None:
    """All of grey stone, what is large with cracks."""
    line = s.outline
    s.tinted(lambda c: c * [0.56, 0.05, 0.05] + [0.25, 0, 0.004], s.inner)
    s.lay(line, "2c2c34")
    if s.there.sum() > 0.42 * s.side**2:
        cracked(s, ramp)


def electric(s: Surface, ramp: Sequence[str]) -> None:
    """Flashes run over it and leave it."""
    s.tinted(lambda c: c * [1.04, 1, 1] + [0.02, 0, 0], s.inner)
    rim, body = np.argwhere(s.outline), np.argwhere(s.there)
    away = rim - rim.mean(0)
    rim = rim[np.argsort(np.arctan2(away[:, 0], away[:, 1]), kind="stable")]
    first = float(s.draw.random()) / 5
    bolts = np.zeros_like(s.there)
    for number in range(5):
        start = rim[int((first + number / 5) * len(rim)) % len(rim)].astype(float)
        near = body[np.abs(body - start).max(1) <= 4 * s.k]
        want = start - near.mean(0)
        want = want / max(float(np.hypot(*want)), 0.1)
        side = np.array([-want[1], want[0]]) * s.k
        bends = ((-5, 0), (-2.4, 2.2), (-0.6, -1.2), (1.4, 1.6), (3.4, -0.4))
        points = [start + want * far * s.k + side * off for far, off in bends]
        for a, b in pairwise(points):
            for t in np.linspace(0, 1, 3 * s.side // 4):
                y, x = np.round(a + t * (b - a)).astype(int)
                if 0 <= y < s.side and 0 <= x < s.side:
                    bolts[y, x] = True
    s.lay(around(bolts) & s.there & ~bolts, ramp[0])
    s.lay(bolts, ramp[1])
    s.without_splinters()
