"""Light, glints, flames, spirits and sleep, as rules for `states`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.art.drawn_parts import hex_color, rim_of
from pincel.art.easel import around
from pincel.art.surface import Surface
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes


def glowing(s: Surface, ramp: Sequence[str]) -> None:
    """The outline shines, and light lies around it."""
    lab = s.lab[s.inner]
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    hue = (lab[:, 1:] * chroma[:, None]).sum(0) / max(float((chroma**1).sum()), 1e-6)
    if ramp:
        hue = srgb_to_oklab(hex_color(ramp[-1])[None])[0, 1:]
    strength = float(np.hypot(*hue))
    hue = hue / strength if strength > 0.03 else np.array([-0.02, 0.98])

    def light(of: float, chroma: float) -> np.ndarray:
        return to_bytes(oklab_to_srgb(np.array([[of, *(hue * chroma)]])))[0]

    s.tinted(lambda c: np.clip(c * [0.9, 1.05, 1.05] + [0.12, 0, 0], [0, -1, -1], [0.99, 1, 1]),
             s.inner)  # fmt: skip
    s.lay(s.outline, light(0.62, 0.16))
    for of, chroma in ((0.95, 0.06), (0.8, 0.12)):
        ring = around(s.there)
        for _ in range(s.whole(1) - 1):
            ring |= around(ring | s.there)
        s.lay(ring, light(of, chroma))


def sparkling(s: Surface, ramp: Sequence[str]) -> None:
    """Glints beside it, where there is room, else on it."""
    long = s.whole(1)
    line = rim_of(np.stack([hex_color(one) for one in ramp]))
    spots = [(int(x), int(y)) for y, x in np.argwhere(s.there | ~s.there)]
    s.draw.shuffle(spots)
    near = s.there.copy()
    for _ in range(s.whole(4)):
        near |= around(near)
    placed: list[tuple[int, int]] = []
    for on in (False, True):
        for x, y in spots:
            r = long + 2
            box = s.there[max(y - r, 0) : y + r + 1, max(x - r, 0) : x + r + 1]
            inside = r <= x < s.side - r and r <= y < s.side - r
            if len(placed) == 3 or not inside or (box.any() and not on) or not near[y, x]:
                continue
            if on and (not box.all() or len(placed) == 2):
                continue
            if any(abs(x - a) + abs(y - b) < 9 * s.k for a, b in placed):
                continue
            placed.append((x, y))
    for x, y in placed:
        far = np.abs(s.column - x) + np.abs(s.row - y)
        arm = ((s.column == x) | (s.row == y)) & (far <= long + 1)
        outside = not s.there[y, x]
        s.lay(arm, ramp[1])
        s.lay(far <= long - 1, ramp[2])
        if outside:
            s.rimmed(arm, line)


def holy(s: Surface, ramp: Sequence[str]) -> None:
    """As `glowing`, of gold."""
    glowing(s, ramp)


# --------------------------------------------------------------------------------- flames


def burning(s: Surface, ramp: Sequence[str]) -> None:
    """Flames rise from its upper edge and lick at its foot."""
    top = s.crowned()
    used = np.flatnonzero(top < s.side)
    left, right = int(used[0]), int(used[-1])
    x, behind = left + 0.5 * s.k, [np.zeros_like(s.there, float)] * 3
    level = 0
    while x <= right + 0.5:
        high = (6.8, 4.4, 5.8, 3.8)[level % 4] + 1.2 * float(s.draw.random())
        column = int(np.clip(round(x), left, right))
        near = top[max(column - s.whole(1), 0) : column + s.whole(1) + 1]
        base = float(near[near < s.side].min() if (near < s.side).any() else top[column])
        behind = _tongues(s, behind, (x, base + 3 * s.k), (high + 3) * s.k, 3.1 * s.k)
        x += (3.2 + 0.8 * float(s.draw.random())) * s.k
        level += 1
    outer = (behind[0] > 0) & ~s.there
    for mask, color in zip(behind, ramp, strict=True):
        s.lay((mask > 0) & outer, color)
    line = rim_of(np.stack([hex_color(one) for one in ramp]))
    s.lay(around(outer) & ~s.there, line)
    if s.axis()[2] < 1.6:
        _licks(s, ramp)


def _tongues(
    s: Surface, masks: Sequence[np.ndarray], foot: tuple[float, float], high: float, wide: float
) -> list[np.ndarray]:
    """A tongue of flame added to three masks, outer to inner."""
    found = []
    lean = (float(s.draw.random()) - 0.5) * 2.2 * s.k
    for mask, share in zip(masks, (1.0, 0.68, 0.4), strict=True):
        t = (foot[1] - s.row) / (high * share)
        up = np.clip(t, 0, 1)
        half = wide * share**0.7 * np.sqrt(1 - up) * (0.62 + 0.9 * up * (1 - up))
        middle = foot[0] + lean * up**2
        half = half * np.clip(0.3 + t * high * share / (2.5 * s.k), 0, 1)
        here = (t >= 0) & (t <= 1) & (np.abs(s.column - middle) <= half)
        found.append(np.maximum(mask, here))
    return found


def _licks(s: Surface, ramp: Sequence[str]) -> None:
    """Small flames in front of its foot."""
    bottom = s.side - 1 - np.where(s.there.any(0), s.there[::-1].argmax(0), s.side)
    used = np.flatnonzero(bottom >= s.side * 0.5)
    if len(used) < 6 * s.k:
        return
    front = [np.zeros_like(s.there, float)] * 3
    for share in (0.2, 0.52, 0.84):
        x = int(used[min(int(share * len(used)), len(used) - 1)])
        high = (4.2 + 2.6 * float(s.draw.random())) * s.k
        front = _tongues(s, front, (float(x), float(bottom[x])), high, 2.3 * s.k)
    for mask, color in zip(front, ramp, strict=True):
        s.lay((mask > 0) & s.there, color)


def cursed(s: Surface, ramp: Sequence[str]) -> None:
    """Darker, in flames of another colour."""
    s.tinted(lambda c: c * [0.74, 0.55, 0.55] + [0.03, 0.035, -0.05], s.inner)
    burning(s, ramp)


def ghostly(s: Surface, ramp: Sequence[str]) -> None:
    """Pale, its lower edge in shreds."""
    pale = srgb_to_oklab(np.stack([hex_color(one) for one in ramp]))
    line = s.outline

    def faded(c: np.ndarray) -> np.ndarray:
        light = np.clip(0.28 + 0.76 * c[:, 0], 0, 0.98)
        return np.stack([light, *(np.interp(light, pale[:, 0], pale[:, n]) for n in (1, 2))], 1)

    s.tinted(faded, s.inner)
    s.lay(line, "3c7c94")
    used = np.flatnonzero(s.there.any(1))
    floor = int(used[-1])
    keep = floor - np.round(1.5 * s.k + 1.6 * s.k * np.sin(s.column / (1.1 * s.k) + float(
        s.draw.random()) * 6))  # fmt: skip
    gone = s.there & (s.row > keep)
    s.there &= ~gone
    s.without_splinters()
    s.lay(s.outline & around(np.pad(gone, 0)), "3c7c94")


_LETTERS = (("111", "001", "010", "111"), ("11111", "00010", "00100", "01000", "11111"))


def asleep(s: Surface, ramp: Sequence[str]) -> None:
    """Two z, the second above and beside the first, where nothing is; of few pixels one alone."""
    if s.side < 24:
        _small_z(s)
        return
    small, large = (np.array([[c == "1" for c in row] for row in one]) for one in _LETTERS)
    small, large = (one.repeat(s.whole(1), 0).repeat(s.whole(1), 1) for one in (small, large))
    taken = s.there | around(s.there)
    step = s.whole(1)
    ways = ((small, 1), (small, -1), (None, 1))
    for first, way in ways:
        mask = _letters(first, large, way, step)
        high, wide = mask.shape
        best: tuple[int, int, int, int] | None = None
        crown = int(np.flatnonzero(s.there.any(1))[0])
        for y in range(step, s.side - high - step + 1):
            for x in range(step, s.side - wide - step + 1):
                if not (taken[y : y + high, x : x + wide] & mask).any():
                    near = (abs(y + high - max(crown, high)), abs(2 * x + wide - s.side), y, x)
                    best = min(best or near, near)
        if best is None:
            continue
        whole = np.zeros_like(s.there)
        y, x = best[2:]
        whole[y : y + high, x : x + wide] = mask
        s.lay(whole, ramp[0])
        s.rimmed(whole, ramp[1])
        return


_Z = np.array([[c == "1" for c in row] for row in ("1111", "0010", "0100", "1111")])


def _small_z(s: Surface) -> None:
    """A z without an outline where nothing is, at the top; what sleeps is on the ground."""
    down = s.side - 1 - int(np.flatnonzero(s.there.any(1))[-1])
    s.there, s.rgb = np.roll(s.there, down, 0), np.roll(s.rgb, down, 0)
    taken = s.there | around(s.there)
    high, wide = _Z.shape
    best: tuple[int, int, int] | None = None
    for y in range(s.side - high):
        for x in range(s.side - wide + 1):
            if not (taken[y : y + high, x : x + wide] & _Z).any():
                near = (y, abs(2 * x + wide - s.side), x)
                best = min(best or near, near)
    if best is not None and best[0] < s.side // 3:
        mask = np.zeros_like(s.there)
        mask[best[0] : best[0] + high, best[2] : best[2] + wide] = _Z
        s.lay(mask, "68a4f4")


def _letters(first: np.ndarray | None, large: np.ndarray, way: int, step: int) -> np.ndarray:
    """A large z, and a small one below and beside it (to the left where way is 1), bool (h, w)."""
    if first is None:
        return large
    high, wide = large.shape[0] + first.shape[0] - step, large.shape[1] + first.shape[1] + step
    mask = np.zeros((high, wide), bool)
    left = 0 if way > 0 else wide - first.shape[1]
    other = wide - large.shape[1] if way > 0 else 0
    mask[: large.shape[0], other : other + large.shape[1]] = large
    mask[high - first.shape[0] :, left : left + first.shape[1]] |= first
    return mask
