"""The hair of a face of `own_faces.py`: its ways, and how each is drawn (see `own_drawing.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from face_overlays import _css as css

if TYPE_CHECKING:
    from own_faces import Own

CAPS = ("fringe", "parted", "swept", "curly", "bob", "buzz", "sides", "wreath", "knot", "mohawk",
        "bald")  # fmt: skip
CAP_CHANCES = (0.2, 0.13, 0.09, 0.09, 0.06, 0.06, 0.07, 0.1, 0.12, 0.05, 0.03)
LONG = ("fringe", "parted", "swept", "curly", "bob")
"""Hair that may also hang down behind."""


def darker(rgb: np.ndarray, much: float) -> np.ndarray:
    """Less light."""
    return np.clip(rgb * (1 - much), 0, 1)


def lighter(rgb: np.ndarray, much: float) -> np.ndarray:
    """More light."""
    return np.clip(rgb + (1 - rgb) * much, 0, 1)


class Hair:
    """What `own_drawing.Drawing` draws above a face; it holds the dice and the pens."""

    own: Own

    def _front(self, hair: np.ndarray) -> str:
        own, rng = self.own, self._dice(8)
        a, b = 0.5 - own.half - own.volume * 0.8, 0.5 + own.half + own.volume * 0.8
        top, ear = 0.06 - own.volume, rng.uniform(0.4, 0.62)
        dome = f"M{a} {ear}C{a - 0.02} {top - 0.08} {b + 0.02} {top - 0.08} {b} {ear}"
        if own.cap == "bald":
            return ""
        if own.cap == "sides":
            y, r = rng.uniform(0.36, 0.46), rng.uniform(0.07, 0.14)
            return "".join(self._spot(0.5 + s * own.half, y, rng.uniform(0.04, 0.08), r, hair)
                           for s in (-1, 1))  # fmt: skip
        if own.cap == "wreath":
            return self._wreath(hair, rng)
        if own.cap == "knot":
            return self._knot(hair, rng)
        if own.cap == "mohawk":
            w, up = rng.uniform(0.05, 0.12), rng.uniform(-0.06, 0.06)
            return self._path(f"M{0.5 - w} 0.26L{0.5 - w * 1.3} {up}Q0.5 {up - 0.06} "
                              f"{0.5 + w * 1.3} {up}L{0.5 + w} 0.26Q0.5 0.32 {0.5 - w} 0.26Z",
                              hair)  # fmt: skip
        if own.cap == "curly":
            return self._curls(hair, rng)
        if own.cap in ("parted", "swept"):
            x = rng.uniform(0.4, 0.6) if own.cap == "parted" else rng.choice([0.3, 0.7])
            y = rng.uniform(0.13, 0.24)
            inner = (f"L{b - 0.05} {ear}Q{b - 0.07} {own.fringe} {x} {y}"
                     f"Q{a + 0.07} {own.fringe} {a + 0.05} {ear}Z")  # fmt: skip
            return self._path(dome + inner, hair)
        if own.cap in ("bob", "buzz"):
            line = own.fringe if own.cap == "bob" else rng.uniform(0.2, 0.28)
            return self._path(f"{dome}L{b - 0.05} {ear}Q{b - 0.05} {line} {b - 0.12} {line}"
                              f"L{a + 0.12} {line}Q{a + 0.05} {line} {a + 0.05} {ear}Z",
                              hair)  # fmt: skip
        return self._path(dome + self._locks(a, b, rng) + "Z", hair)

    def _wreath(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Hair that is left at the temples, within the skull's outline, and light on the rest."""
        own, parts = self.own, []
        up, low = rng.uniform(0.16, 0.3), rng.uniform(0.38, 0.5)
        wide, out = rng.uniform(0.03, 0.09), rng.uniform(-0.01, 0.03)
        for s in (-1, 1):
            edge = 0.5 + s * (own.half + out)
            over = 0.5 + s * (own.half - rng.uniform(0.02, 0.05))
            parts.append(self._path(
                f"M{edge} {low}Q{edge + s * 0.01} {up + 0.05} {over} {up}"
                f"Q{edge - s * wide * 1.6} {(up + low) / 2} {edge - s * wide} {low}Z",
                hair))  # fmt: skip
        if rng.random() < 0.6:
            x, far = 0.5 + rng.uniform(-0.15, 0.15), rng.uniform(0.02, 0.06)
            parts.append(f'<ellipse cx="{x}" cy="{rng.uniform(0.14, 0.22)}" rx="{far}" '
                         f'ry="{far * 0.6}" fill="#fff" opacity="{rng.uniform(0.2, 0.8)}"/>'
                         )  # fmt: skip
        return "".join(parts)

    def _knot(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Hair on top alone, high or flat; `_worn` lays a band below it more often than not."""
        own = self.own
        w, top, low = rng.uniform(0.1, 0.24), rng.uniform(-0.1, 0.05), rng.uniform(0.17, 0.27)
        w = min(w, own.half)
        if rng.random() < 0.4:
            count = int(rng.integers(3, 8))
            return "".join(
                self._spot(0.5 + w * np.cos(t), low - 0.04 - (low - top) * 0.8 * np.sin(t),
                           rng.uniform(0.05, 0.1), rng.uniform(0.05, 0.1), hair)
                for t in np.linspace(0.1, np.pi - 0.1, count)) + self._spot(
                    0.5, (top + low) / 2, w, (low - top) / 2, hair)  # fmt: skip
        lean = rng.uniform(-0.08, 0.08)
        return self._path(f"M{0.5 - w} {low}C{0.5 - w * 1.3 + lean} {top} {0.5 + w * 1.3 + lean} "
                          f"{top} {0.5 + w} {low}Q0.5 {low - rng.uniform(-0.03, 0.05)} {0.5 - w} "
                          f"{low}Z", hair)  # fmt: skip

    def _locks(self, a: float, b: float, rng: np.random.Generator) -> str:
        own, points = self.own, []
        n = own.locks
        for k in range(2 * n + 1):
            across = b - 0.035 - (b - a - 0.07) * k / (2 * n)
            side = abs(across - 0.5) / (b - 0.5)
            low = own.fringe + 0.12 * side**3
            if k % 2:
                low = own.fringe - rng.uniform(0.02, 0.12)
            points.append(f"L{across + rng.uniform(-0.02, 0.02)} {low + rng.uniform(-0.03, 0.03)}")
        return "".join(points)

    def _curls(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        own, parts = self.own, []
        far, r = own.half + rng.uniform(-0.03, 0.08), rng.uniform(0.06, 0.11)
        for angle in np.linspace(-0.3, np.pi + 0.3, int(rng.integers(9, 15))):
            x, y = 0.5 + far * np.cos(angle), 0.36 - far * 0.85 * np.sin(angle)
            parts.append(self._spot(x, y, r, r * rng.uniform(0.8, 1.2), hair))
        parts.append(f'<ellipse cx="0.5" cy="0.14" rx="{own.half * 0.9}" ry="0.09" '
                     f'fill="{css(hair)}"/>')  # fmt: skip
        return "".join(parts)

    def _strands(self, hair: np.ndarray) -> str:
        """Light on the hair, and lines in it."""
        own, rng = self.own, self._dice(9)
        if own.cap not in LONG:
            return ""
        parts = []
        if rng.random() < 0.5:
            glow, w = css(lighter(hair, rng.uniform(0.2, 0.5))), own.half * 0.7
            parts.append(f'<path d="M{0.5 - w} 0.17Q0.5 {rng.uniform(0.04, 0.12)} '
                         f'{0.5 + w * rng.uniform(-0.5, 1)} 0.13" fill="none" stroke="{glow}" '
                         f'stroke-width="0.028"/>')  # fmt: skip
        if rng.random() < 0.4:
            dark = css(darker(hair, rng.uniform(0.2, 0.6)))
            for x in rng.uniform(-0.9, 0.9, 4):
                e = 0.5 + x * own.half
                parts.append(f'<path d="M{e} 0.08Q{e + x * 0.05} 0.15 {e + x * 0.06} 0.22" '
                             f'fill="none" stroke="{dark}" stroke-width="0.012"/>')  # fmt: skip
        return "".join(parts)
