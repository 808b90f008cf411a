"""The hair of a face of `own_faces.py`: its ways, and how each is drawn (see `own_drawing.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from face_overlays import _css as css

if TYPE_CHECKING:
    from own_faces import Own

CAPS = ("fringe", "parted", "swept", "curly", "bob", "buzz", "sides", "wreath", "knot", "mohawk",
        "bald", "afro", "shaved", "tied", "quiff", "bangs", "strokes", "spikes", "heap", "braids",
        "scribble")  # fmt: skip
CAP_CHANCES = (0.1, 0.06, 0.05, 0.05, 0.04, 0.03, 0.03, 0.05, 0.05, 0.03, 0.03,
               0.05, 0.04, 0.03, 0.04, 0.04, 0.08, 0.05, 0.07, 0.04, 0.04)  # fmt: skip
LONG = ("fringe", "parted", "swept", "curly", "bob", "bangs", "heap", "strokes")
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
        if own.cap in ("afro", "shaved", "tied"):
            return self._close(hair, rng)
        if own.cap == "quiff":
            return self._quiff(hair, rng)
        if own.cap in ("strokes", "scribble"):
            return self._strokes(hair, rng)
        if own.cap == "spikes":
            return self._spikes(hair, rng)
        if own.cap == "heap":
            return self._heap(hair, rng)
        if own.cap == "braids":
            return self._braids(hair, rng)
        if own.cap == "bangs":
            return self._path(dome + self._locks(a, b, rng) + "Z", hair) + self._cheeks(hair, rng)
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

    def _close(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Hair close to the skull, down to a hairline that curves up, down or not at all."""
        own = self.own
        out = rng.uniform(-0.005, 0.02)
        a, b = 0.5 - own.half - out, 0.5 + own.half + out
        ear, line = rng.uniform(0.26, 0.44), rng.uniform(0.14, 0.27)
        bow, top = line - rng.uniform(-0.04, 0.06), 0.03 - 2 * out
        skull = (f"M{a} {ear}C{a} {top - 0.02} {b} {top - 0.02} {b} {ear}"
                 f"Q{b - 0.02} {line} {b - 0.1} {line}Q0.5 {bow} {a + 0.1} {line}"
                 f"Q{a + 0.02} {line} {a} {ear}Z")  # fmt: skip
        knot = ""
        if own.cap == "tied":
            r = rng.uniform(0.07, 0.14)
            knot = self._spot(0.5 + rng.uniform(-0.06, 0.06), 0.1 - r, r, r * rng.uniform(0.7, 1),
                              hair)  # fmt: skip
        return knot + self._path(skull, hair)

    def _quiff(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Much hair on top, thrown to one side; the sides clipped, and darker or as the skin."""
        own, parts = self.own, []
        a, b = 0.5 - own.half, 0.5 + own.half
        low, up = rng.uniform(0.17, 0.26), rng.uniform(-0.14, 0.02)
        if rng.random() < 0.7:
            side = 0.6 * hair + 0.4 * own.skin if rng.random() < 0.5 else darker(hair, 0.3)
            parts += [self._path(f"M{x - s * 0.01} 0.42L{x - s * 0.01} 0.22Q{x + s * 0.03} 0.12 "
                                 f"{x + s * 0.1} 0.12L{x + s * 0.05} 0.25L{x + s * 0.03} 0.42Z",
                                 side, line=False) for x, s in ((a, 1), (b, -1))]  # fmt: skip
        way, far = (1, b) if rng.random() < 0.5 else (-1, a)
        near = a + b - far
        out = rng.uniform(0, 0.08)
        parts.append(self._path(
            f"M{near} {low}C{near - way * out} {up + 0.1} {0.5 - way * 0.1} {up + 0.02} 0.5 {up}"
            f"C{0.5 + way * 0.15} {up - 0.05} {far + way * out * 2} {up} {far + way * out} "
            f"{(low + up) / 2}Q{far} {low} {far - way * 0.04} {low + 0.03}"
            f"Q0.5 {low - rng.uniform(-0.02, 0.07)} {near} {low}Z", hair))  # fmt: skip
        return "".join(parts)

    def _strokes(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Hair of lines alone, from a crown down to the sides: few and wide, many and thin, or one
        that winds; between them the skin is seen."""
        own, parts = self.own, []
        crown, low = 0.5 + rng.uniform(-0.15, 0.15), rng.uniform(0.2, 0.55)
        n, wide = int(rng.integers(8, 40)), rng.uniform(0.008, 0.04)
        look = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
        if own.cap == "scribble":
            points = []
            for t in np.linspace(0, 1, n + 8):
                angle, far = np.pi * (1 - t), own.half + rng.uniform(-0.08, 0.05)
                points.append(f"{0.5 + far * np.cos(angle):.3f} {0.36 - far * np.sin(angle):.3f}")
                points.append(f"{0.5 + 0.6 * far * np.cos(angle + 0.1):.3f} "
                              f"{0.3 - 0.6 * far * np.sin(angle):.3f}")  # fmt: skip
            return (f'<path d="M{"L".join(points)}" stroke="{css(hair)}" stroke-width="{wide}" '
                    f"{look}/>")  # fmt: skip
        for x in np.linspace(-1, 1, n) + rng.normal(0, 0.03, n):
            edge = 0.5 + x * (own.half + rng.uniform(-0.01, 0.03))
            end = 0.14 + (low - 0.14) * abs(x) ** 1.5 + rng.uniform(-0.03, 0.03)
            tone = css(darker(hair, rng.uniform(0, 0.25)) if rng.random() < 0.5 else hair)
            parts.append(f'<path d="M{crown} {0.03 + 0.05 * abs(x)}Q{(crown + 2 * edge) / 3} '
                         f'{0.0 + 0.1 * x * x} {edge} {end}" stroke="{tone}" '
                         f'stroke-width="{wide}" {look}/>')  # fmt: skip
        return "".join(parts)

    def _spikes(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Tips that stand off the head all around, or lean to one side."""
        own, n = self.own, int(rng.integers(5, 13))
        out, lean = rng.uniform(0.05, 0.18), rng.uniform(-0.5, 0.5)
        low, points = rng.uniform(0.3, 0.5), []
        for k, t in enumerate(np.linspace(0, np.pi, 2 * n + 1)):
            far = own.half + (out * rng.uniform(0.6, 1.1) if k % 2 else 0.0)
            points.append(f"L{0.5 + far * np.cos(t + lean * (k % 2) * 0.4):.3f} "
                          f"{0.34 - 1.05 * far * np.sin(t):.3f}")  # fmt: skip
        a, b, y = 0.5 - own.half, 0.5 + own.half, own.fringe
        under = f"L{a + 0.05} {low}L{a + 0.08} {y - 0.08}"
        for k in range(1, int(rng.integers(2, 6))):
            x = a + 0.08 + k * (b - a - 0.16) / 6
            under += f"L{x:.3f} {y + rng.uniform(-0.14, 0.02):.3f}"
        return self._path(f"M{b} {low}{''.join(points)}{under}L{b - 0.07} {y - 0.1}Z", hair)

    def _heap(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """A soft shape on top, more to one side than to the other, with a parting or none."""
        own, shift = self.own, rng.uniform(-0.1, 0.1)
        n, points = int(rng.integers(7, 12)), []
        for t in np.linspace(-0.15, np.pi + 0.15, n):
            far = own.half + rng.uniform(0.0, 0.13)
            points.append((0.5 + shift + far * np.cos(t), 0.33 - far * np.sin(t)))
        for x in np.linspace(-0.85, 0.85, 5):
            points.append((0.5 + x * own.half, own.fringe - rng.uniform(0.0, 0.18)))
        middle = [((x + u) / 2, (y + v) / 2) for (x, y), (u, v)
                  in zip(points, [*points[1:], points[0]], strict=True)]  # fmt: skip
        d = f"M{middle[-1][0]:.3f} {middle[-1][1]:.3f}" + "".join(
            f"Q{x:.3f} {y:.3f} {u:.3f} {v:.3f}"
            for (x, y), (u, v) in zip(points, middle, strict=True)
        )
        return self._path(d + "Z", hair)

    def _braids(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Hair parted in the middle, and two plaits or tails beside the face."""
        own, parts = self.own, []
        a, b, y = 0.5 - own.half - 0.02, 0.5 + own.half + 0.02, rng.uniform(0.3, 0.45)
        parts.append(self._path(
            f"M{a} {y}C{a} 0 {b} 0 {b} {y}Q{b - 0.06} 0.24 0.5 {rng.uniform(0.12, 0.2)}"
            f"Q{a + 0.06} 0.24 {a} {y}Z", hair))  # fmt: skip
        out, r = rng.uniform(0.02, 0.12), rng.uniform(0.04, 0.08)
        end, step = rng.uniform(0.65, 1.05), r * rng.uniform(0.9, 1.6)
        for s in (-1, 1):
            for k, down in enumerate(np.arange(y, end, step)):
                parts.append(self._spot(0.5 + s * (own.half + out) + 0.012 * (-1) ** k, down, r,
                                        r * 0.9, hair))  # fmt: skip
        return "".join(parts)

    def _cheeks(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """Two locks that hang down before the ears, to a point."""
        own = self.own
        low, wide = rng.uniform(0.55, 0.85), rng.uniform(0.05, 0.1)
        return "".join(
            self._path(f"M{0.5 + s * (own.half + 0.03)} 0.25Q{0.5 + s * (own.half + 0.05)} 0.5 "
                       f"{0.5 + s * own.half} {low}Q{0.5 + s * (own.half - wide)} 0.5 "
                       f"{0.5 + s * (own.half - wide)} 0.28Z", hair) for s in (-1, 1)
        )  # fmt: skip

    def _ball(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        """A great round head of hair behind the face, smooth or of lumps."""
        r, y = rng.uniform(0.34, 0.5), rng.uniform(0.28, 0.4)
        whole = self._spot(0.5, y, r, r * rng.uniform(0.85, 1.05), hair)
        if rng.random() < 0.5:
            return whole
        count, small = int(rng.integers(9, 18)), rng.uniform(0.07, 0.13)
        lumps = [self._spot(0.5 + r * np.cos(t), y + r * np.sin(t), small, small, hair)
                 for t in np.linspace(0.6, 2 * np.pi + 0.6, count, endpoint=False)]  # fmt: skip
        return "".join(lumps) + f'<circle cx="0.5" cy="{y}" r="{r}" fill="{css(hair)}"/>'

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
        if own.cap not in (*LONG, "afro", "quiff"):
            return ""
        parts = self._patches(hair)
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

    def _patches(self, hair: np.ndarray) -> list[str]:
        """Broad light or a second tone on top, or the many strokes of a brush."""
        own, rng = self.own, self._dice(11)
        kind, parts = rng.random(), []
        if kind < 0.2:
            tone = lighter(hair, rng.uniform(0.12, 0.4))
            if rng.random() < 0.3:
                tone = 0.5 * hair + 0.5 * rng.random(3)
            for _ in range(int(rng.integers(1, 4))):
                x, y = 0.5 + rng.uniform(-0.7, 0.7) * own.half, rng.uniform(0.02, 0.16)
                rx, ry = rng.uniform(0.05, 0.16), rng.uniform(0.02, 0.07)
                parts.append(f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{css(tone)}"/>')
        elif kind < 0.4:
            change = darker if rng.random() < 0.7 else lighter
            wide, n = rng.uniform(0.005, 0.02), int(rng.integers(8, 26))
            for x in rng.uniform(-1, 1, n):
                e = 0.5 + x * own.half
                y = 0.2 - 0.14 * float(np.sqrt(1 - x * x)) + rng.uniform(-0.04, 0.05)
                tone = css(change(hair, rng.uniform(0.15, 0.7)))
                parts.append(f'<path d="M{e} {y}q{x * 0.06} 0.05 {x * 0.08} '
                             f'{rng.uniform(0.06, 0.16)}" fill="none" stroke="{tone}" '
                             f'stroke-width="{wide}"/>')  # fmt: skip
        return parts
