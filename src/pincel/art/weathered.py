"""Rust, moss, mud, age, ice, snow, blood, cracks and breaks, as rules for `states`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.art.drawn_parts import hex_color, rim_of
from pincel.art.easel import around
from pincel.art.shaped_parts import blurred, patches
from pincel.art.surface import Surface
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes


def rusty(s: Surface, ramp: Sequence[str]) -> None:
    """Patches of rust on what is of metal, else on all."""
    lab, inner = s.lab, s.inner
    metal = inner & (np.hypot(lab[..., 1], lab[..., 2]) < 0.055) & (lab[..., 0] > 0.34)
    if metal.sum() < 0.12 * inner.sum():
        metal = inner
    spots = s.blobs(0.6, 1.1, metal)
    s.tinted(lambda c: c * [0.84, 1, 1] + [0, 0.012, 0.024], metal & ~spots)
    s.recolor(spots, ramp)


def mossy(s: Surface, ramp: Sequence[str]) -> None:
    """Moss from above, and in patches."""
    top = s.crowned()
    deep = s.row - top[None]
    edge = s.blobs(0.75, 1.0, s.inner & (deep < 5 * s.k))
    s.recolor(edge | s.blobs(0.24, 1.3, s.inner), ramp)


def dirty(s: Surface, ramp: Sequence[str]) -> None:
    """Spots of mud."""
    s.recolor(s.blobs(0.34, 1.2, s.inner), ramp)


def old(s: Surface, ramp: Sequence[str]) -> None:
    """Faded, and cracked."""
    s.tinted(lambda c: c * [0.86, 0.45, 0.45] + [0.02, 0.008, 0.03], s.inner)
    cracked(s, ramp)


def frozen(s: Surface, ramp: Sequence[str]) -> None:
    """The colours of ice, and icicles where something hangs over."""
    ice = srgb_to_oklab(np.stack([hex_color(one) for one in ramp]))

    def iced(c: np.ndarray) -> np.ndarray:
        light = np.clip(0.38 + 0.62 * c[:, 0], 0, 0.98)
        own = [np.interp(light, ice[:, 0], ice[:, n]) for n in (1, 2)]
        return np.stack([light, *(0.25 * c[:, n + 1] + 0.8 * own[n] for n in (0, 1))], 1)

    top, line = s.crowned(), s.outline
    s.tinted(iced, s.inner)
    s.lay(line, "1c4070")
    deep = s.row - top[None]
    s.lay(s.inner & (deep < 2 * s.k) & (s.blobs(0.8, 1.0, s.inner)), "ffffff")
    _icicles(s)


def _icicles(s: Surface) -> None:
    """Where something hangs over, ice hangs from it."""
    below = np.full_like(s.there, False)
    below[:-1] = s.there[:-1] & ~s.there[1:]
    for way in (-1, 1):  # where its lower edge is no steeper than a pixel
        beside = np.roll(below, way, 1)
        below &= beside | np.roll(beside, 1, 0) | np.roll(beside, -1, 0)
    spots = [(int(x), int(y)) for y, x in np.argwhere(below)]
    s.draw.shuffle(spots)
    placed: list[int] = []
    for x, y in spots:
        long = s.whole(2 + float(s.draw.random()) * 3)
        free = y + long + 1 < s.side and not s.there[y + 1 : y + long + 2, x].any()
        if not free or any(abs(x - other) < s.whole(3) for other in placed) or len(placed) > 6:
            continue
        placed.append(x)
        mask = (s.column == x) & (s.row > y - 1) & (s.row <= y + long - 1)
        wide = (s.column == x - 1) & (s.row > y - 1) & (s.row <= y + long // 2)
        s.lay(mask | (wide & around(mask)), "c8ecfc")
        s.rimmed(mask | (wide & around(mask)), "1c4070")


def snowy(s: Surface, ramp: Sequence[str]) -> None:
    """Snow on what faces the sky."""
    top = s.crowned(s.there & ~s.outline)
    there = top < s.side
    thick = _wave(s, 1.6, 3.4)
    deep = s.row - top[None]
    cap = there[None] & (deep >= -1) & (deep < thick[None])
    cap &= s.there | (deep < 0)
    flat = there & (np.abs(np.diff(top, prepend=top[0])) < 4 * s.k)
    cap &= flat[None] | (deep < 2)
    line = rim_of(np.stack([hex_color(one) for one in ramp]))
    s.lay(cap, ramp[1])
    s.lay(cap & (deep < 1), ramp[2])
    low = cap & ~np.roll(cap, -1, 0)
    s.lay(low & (deep > 0), ramp[0])
    s.rimmed(cap, line)


def _wave(s: Surface, least: float, most: float) -> np.ndarray:
    """Lengths in pixels that go up and down along the columns, (s,)."""
    noise = blurred(np.tile(s.draw.random(s.side), (3, 1)), 1.2 * s.k)[1]
    noise = (noise - noise.min()) / max(float(np.ptp(noise)), 1e-6)
    return np.round((least + (most - least) * noise) * s.k)


def bloody(s: Surface, ramp: Sequence[str]) -> None:
    """Blood that drips from its upper edge, of what is long from its far end."""
    along, _, ratio = s.axis()
    part = s.inner & (along > (0.5 if ratio > 1.6 else 0.0))
    top = s.crowned(part)
    deep = s.row - top[None]
    long = np.zeros(s.side)
    x = int(np.flatnonzero(top < s.side)[0])
    while x < s.side:
        wide = s.whole(1 + 2 * float(s.draw.random()))
        long[x : x + wide] = (1.5 + 7 * float(s.draw.random()) ** 1.6) * s.k
        x += wide + s.whole(0.6 + float(s.draw.random()))
    wet = part & (deep >= 0) & (deep < np.maximum(np.round(long), s.whole(1.5))[None])
    wet |= s.blobs(0.12, 0.9, part)
    s.lay(wet, ramp[1])
    s.lay(wet & np.roll(~wet, -1, 0), ramp[0])
    s.lay(wet & (deep == 1) & (s.column % 3 < 2), ramp[2])


# --------------------------------------------------------------------------------- breaks


def cracked(s: Surface, ramp: Sequence[str]) -> None:
    """Three cracks from the rim."""
    rim = np.argwhere(s.outline)
    middle = np.array([rim.mean(0)[0], rim.mean(0)[1]])
    turn = float(s.draw.random()) * 6.28
    dark = srgb_to_oklab(s.rgb[s.outline]).mean(0) * [0.8, 0.6, 0.6]
    ink = to_bytes(oklab_to_srgb(dark[None]))[0]
    for number in range(3):
        way = turn + number * 2.3
        want = np.array([np.sin(way), np.cos(way)])
        start = rim[int(((rim - middle) @ want).argmax())]
        self_reach = float(np.hypot(*(start - middle)))
        line = _zigzag(s, start[::-1], (middle - start)[::-1], (1.15, 0.9, 0.7)[number], self_reach)
        line &= s.inner
        s.tinted(lambda c: c * [1.12, 0.9, 0.9], np.roll(line, (1, 1), (0, 1)) & s.inner & ~line)
        s.lay(line, ink)


def _zigzag(
    s: Surface, start: np.ndarray, way: np.ndarray, share: float, reach: float
) -> np.ndarray:
    """A crack from a point (x, y) on, (s, s) bool."""
    mask = np.zeros_like(s.there)
    length = float(np.hypot(*way)) or 1.0
    u = way / length
    side = np.array([-u[1], u[0]])
    at, gone, sign = start.astype(float), 0.0, 1
    while gone < share * reach:
        step = (2 + 1.6 * float(s.draw.random())) * s.k
        to = at + u * step * 0.85 + side * sign * step * (0.35 + 0.4 * float(s.draw.random()))
        for t in np.linspace(0, 1, 2 * int(step) + 3):
            x, y = np.round(at + t * (to - at)).astype(int)
            if 0 <= x < s.side and 0 <= y < s.side:
                mask[y, x] = True
        at, gone, sign = to, gone + step * 0.85, -sign
    return mask


def broken(s: Surface, ramp: Sequence[str]) -> None:
    """Two pieces along a ragged line, the farther one fallen off."""
    along, way, ratio = s.axis()
    across = (s.column * -way[1] + s.row * way[0]) / s.k
    long = ratio > 1.3
    upright = abs(way[1]) > 0.95 and int(s.there.any(0).sum()) > 6
    if s.side < 24 and (not long or upright):
        _split_small(s)
        return
    step, deep, gap = (2.6, 1.3, 3.0) if long else (4.0, 2.0, 3.4)
    teeth = (np.abs((across / step + 2 * float(s.draw.random())) % 2 - 1) * 2 - 1) * deep * s.k
    cut = 0.52 + 0.1 * float(s.draw.random()) if long else 0.5
    off = s.there & (along > cut + teeth / max(_extent(s, way), 1))
    ink = to_bytes(oklab_to_srgb(srgb_to_oklab(s.rgb[s.outline]).mean(0)[None]))[0]
    fallen = np.array([0, 0.5 if long else 1.2])
    dx, dy = (int(n) for n in np.round((way * gap + fallen) * s.k))
    off, cut_off = _with_room(s, off, (dy, dx))
    rgb, before = s.rgb.copy(), s.there.copy()
    moved, colors = _slid(off, (dy, dx)), np.roll(rgb, (dy, dx), (0, 1))
    bare = _slid(off & around(before & ~off), (dy, dx)) | cut_off
    left = before & ~off
    raw = left & around(off)
    s.there = left & ~moved | moved
    s.rgb[moved] = colors[moved]
    s.lay((raw & ~moved) | bare, ink)
    number = patches(s.there)
    size = np.bincount(number.ravel())
    s.there &= size[number] >= 6 * s.k
    s.without_splinters()


def _with_room(s: Surface, off: np.ndarray, by: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Everything moved aside, as far as there is room, for a part of it, `off` (s, s), that slides
    by (down, right). The part where it is then, and of it slid what the frame cuts, both (s, s)."""
    if not off.any():
        return off, off
    aside = []
    for axis, far in enumerate(by):
        lines = np.flatnonzero(off.any(1 - axis))
        whole = np.flatnonzero(s.there.any(1 - axis))
        over = max(0, int(lines[-1]) + far - s.side + 1) if far > 0 else min(0, int(lines[0]) + far)
        free = int(whole[0]) if far > 0 else int(whole[-1]) - s.side + 1
        aside.append(-min(over, free) if far > 0 else -max(over, free))
    s.there, s.rgb = np.roll(s.there, aside, (0, 1)), np.roll(s.rgb, aside, (0, 1))
    off = np.roll(off, aside, (0, 1))
    edge = np.pad(np.zeros((s.side - 2, s.side - 2), bool), 1, constant_values=True)
    cut = _slid(off, by) & edge
    lost = np.roll(off, by, (0, 1)) & ~_slid(off, by)
    return off, cut if lost.any() else np.zeros_like(cut)


def _slid(mask: np.ndarray, by: tuple[int, int]) -> np.ndarray:
    """A mask (h, w) moved by (down, right); what leaves it is gone."""
    wide = max(abs(n) for n in by)
    held = np.pad(mask, wide)
    return np.roll(held, by, (0, 1))[wide : len(held) - wide, wide : held.shape[1] - wide]


def _split_small(s: Surface) -> None:
    """The same of few pixels: a ragged line through it, and the right half a pixel lower."""
    used = np.flatnonzero(s.there.any(0))
    middle = (int(used[0]) + int(used[-1]) + 1) // 2
    steps = np.array([0, 1, 1, 0, -1, -1])[(np.arange(s.side) + int(s.draw.integers(6))) % 6]
    dark = srgb_to_oklab(s.rgb[s.outline]).mean(0) * [0.7, 1, 1]
    ink = to_bytes(oklab_to_srgb(dark[None]))[0]
    off = s.there & (s.column >= middle + steps[:, None])
    moved, colors = np.roll(off, (1, 1), (0, 1)), np.roll(s.rgb, (1, 1), (0, 1))
    left = s.there & ~off
    s.there = left | moved
    s.rgb[moved] = colors[moved]
    cut = (middle + steps)[:, None]
    before = np.roll(cut, 1, 0)
    line = (s.column >= np.minimum(cut, before)) & (s.column <= np.maximum(cut, before))
    first = int(np.flatnonzero((line & s.there).any(1))[0])
    within = np.logical_or.accumulate(s.there, 1)
    within &= np.logical_or.accumulate(s.there[:, ::-1], 1)[:, ::-1]
    s.lay(line & within & (s.row > first), ink)
    s.there &= ~(line & (s.row <= first))


def _extent(s: Surface, way: np.ndarray) -> float:
    far = (s.column * way[0] + s.row * way[1])[s.there]
    return float(np.ptp(far))
