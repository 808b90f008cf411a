"""How a face of `own_faces.py` is drawn: SVG elements in parts of the frame.

Flat, shaded or painted; with lines or none; many ways of hair, eyes, clothes and things worn. Every
part draws from its own dice, so that a part can be left out and the others stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from face_overlays import _css as css
from own_hair import LONG, Hair, darker, lighter

if TYPE_CHECKING:
    from own_faces import Own


class Drawing(Hair):
    """One face, drawn as often as asked, with hair of any colour."""

    def __init__(self, own: Own) -> None:
        self.own, self.count, self.glasses = own, 0, ""

    def _dice(self, part: int) -> np.random.Generator:
        return np.random.default_rng([self.own.seed, part])

    def elements(self, hair: np.ndarray, bare: bool = False) -> str:
        """All of it; `bare`: only what a mask of the hair needs."""
        self.count = 0
        parts = [self._behind(hair), self._bun(hair), self._body(), self._skull()]
        if not bare:
            parts += [self._skin(), self._eyes(hair), self._mouth(), self._beard(hair)]
            parts += [self.glasses]  # what hair may hang over
        parts += [self._front(hair)]
        if not bare:
            parts += [self._strands(hair), self._worn()]
        return self._shaky("".join(parts))

    def _shaky(self, drawn: str) -> str:
        """As by a hand that shakes; always the same way."""
        own = self.own
        if not own.wobble:
            return drawn
        rate = self._dice(12).uniform(3, 12)
        return (f'<filter id="shaky" x="-0.2" y="-0.2" width="1.4" height="1.4">'
                f'<feTurbulence baseFrequency="{rate:.3f}" numOctaves="2" seed="{own.seed % 999}" '
                f'result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="{own.wobble}" '
                f'xChannelSelector="R" yChannelSelector="G"/></filter>'
                f'<g filter="url(#shaky)">{drawn}</g>')  # fmt: skip

    def _look(self, rgb: np.ndarray, line: bool = True) -> str:
        """How an area is filled, and its outline."""
        own = self.own
        ink = f' stroke="{css(own.ink_color)}" stroke-width="{own.ink:.4f}"'
        if not (line and own.ink):
            ink = ""
        if not own.slope:
            return f'fill="{css(rgb)}"{ink}'
        self.count += 1
        x, y = np.cos(own.light) / 2, np.sin(own.light) / 2
        return (f'fill="url(#g{self.count})"{ink}><linearGradient id="g{self.count}" '
                f'x1="{0.5 - x}" y1="{0.5 - y}" x2="{0.5 + x}" y2="{0.5 + y}">'
                f'<stop offset="0" stop-color="{css(lighter(rgb, own.slope * 0.5))}"/>'
                f'<stop offset="0.5" stop-color="{css(rgb)}"/>'
                f'<stop offset="1" stop-color="{css(darker(rgb, own.slope))}"/>'
                f"</linearGradient")  # fmt: skip

    def _path(self, d: str, rgb: np.ndarray, line: bool = True) -> str:
        return f'<path d="{d}" {self._look(rgb, line)}></path>'

    def _spot(self, x: float, y: float, rx: float, ry: float, rgb: np.ndarray) -> str:
        return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" {self._look(rgb)}></ellipse>'

    # -------------------------------------------------------------------------- head and body

    def _behind(self, hair: np.ndarray) -> str:
        own, rng = self.own, self._dice(1)
        if own.cap == "afro":
            return self._ball(hair, rng)
        if not own.long:
            return ""
        a, b = 0.5 - own.half - own.volume, 0.5 + own.half + own.volume
        wide, d = rng.uniform(-0.03, 0.12), own.down
        if own.cap == "curly":
            return "".join(
                self._spot(0.5 + s * (own.half + rng.uniform(0, 0.06)), y, 0.1, 0.09,
                           darker(hair, 0.1))
                for y in np.arange(0.35, d, 0.09) for s in (-1, 1))  # fmt: skip
        ends = [f"L{b + wide - (b - a + 2 * wide) * k / 6} {d + rng.uniform(-0.08, 0.05)}"
                for k in range(7)]  # fmt: skip
        bow = f"M{a} 0.4C{a} {-0.05} {b} {-0.05} {b} 0.4"
        shape = f"{bow}L{b + wide} {d}{''.join(ends)}L{a - wide} {d}Z"
        found = self._path(shape, darker(hair, rng.uniform(0, 0.3)))
        if rng.random() < 0.12:  # its ends in a second tone
            tone, y = 0.5 * hair + 0.5 * rng.random(3), rng.uniform(0.6, 0.75)
            found += self._path(f"M{a - wide * 0.6} {y}L{b + wide * 0.6} {y}L{b + wide} {d}"
                                f"{''.join(ends)}L{a - wide} {d}Z", tone, line=False)  # fmt: skip
        return found

    def _bun(self, hair: np.ndarray) -> str:
        own, rng = self.own, self._dice(2)
        kind, r = rng.random(), rng.uniform(0.07, 0.13)
        if own.cap not in LONG or kind > 0.25:
            return ""
        if kind < 0.08:
            return self._spot(0.5 + rng.uniform(-0.1, 0.1), 0.02, r, r, hair)
        if kind < 0.16:
            return "".join(self._spot(0.5 + s * own.half, 0.1, r, r, hair) for s in (-1, 1))
        s = 1 if rng.random() < 0.5 else -1
        x = 0.5 + s * (own.half + 0.02)
        tail = f"M{x} 0.25C{x + s * 0.2} 0.2 {x + s * 0.2} 0.6 {x + s * 0.1} {own.down - 0.1}"
        return self._path(f"{tail}Q{x + s * 0.02} 0.5 {x} 0.25Z", hair)

    def _body(self) -> str:
        own, rng = self.own, self._dice(3)
        bare = own.skin
        wide, high = rng.uniform(0.3, 0.45), rng.uniform(0.82, 0.9)
        a, b, n = 0.5 - wide, 0.5 + wide, rng.uniform(0.05, 0.08)
        cloth = own.clothes if own.dressed else bare
        neck = darker(bare, own.shade)
        parts = [self._path(f"M{0.5 - n} 0.6L{0.5 + n} 0.6L{0.5 + n} 0.95L{0.5 - n} 0.95Z", neck)]
        deep = rng.uniform(0.02, 0.14)
        parts += [self._path(f"M{a} 1.25C{a} 0.92 {0.5 - 0.2} {high + 0.03} {0.5 - n - 0.02} {high}"
                             f"Q0.5 {high + deep} {0.5 + n + 0.02} {high}"
                             f"C{0.5 + 0.2} {high + 0.03} {b} 0.92 {b} 1.25Z", cloth)]  # fmt: skip
        if own.dressed:
            parts.append(self._garment(rng, high, n, deep))
        return "".join(parts)

    def _garment(self, rng: np.random.Generator, high: float, n: float, deep: float) -> str:
        """A collar, a scarf, stripes, an open jacket, or nothing more."""
        kind, other = rng.random(), rng.random(3)
        low = high + deep / 2
        if kind < 0.14:
            return "".join(
                self._path(f"M0.5 {low + 0.03}L{0.5 + s * (n + 0.03)} {high - 0.03}"
                           f"L{0.5 + s * (n + 0.08)} {low + 0.06}Z", other) for s in (-1, 1)
            )  # fmt: skip
        if kind < 0.3:
            s = 1 if rng.random() < 0.5 else -1
            w = rng.uniform(0.05, 0.1)
            end = (f"M0.5 {high + 0.02}L{0.5 + s * 0.12} {high}L{0.5 + s * 0.2} 1.2"
                   f"L{0.5 + s * 0.08} 1.2Z")  # fmt: skip
            return self._path(end, darker(other, 0.15)) + self._path(
                f"M{0.5 - n - 0.07} {high - 0.06}Q0.5 {high + 0.04} {0.5 + n + 0.07} {high - 0.06}"
                f"L{0.5 + n + 0.08} {high - 0.06 + w}Q0.5 {high + 0.04 + w} {0.5 - n - 0.08} "
                f"{high - 0.06 + w}Z", other)  # fmt: skip
        if kind < 0.42:
            return self._path(f"M{0.5 - n} {high + 0.02}L{0.5 + n} {high + 0.02}L0.56 1.25"
                              "L0.44 1.25Z", other)  # fmt: skip
        if kind < 0.5:
            return "".join(
                f'<path d="M0.2 {y}L0.8 {y}" stroke="{css(other)}" stroke-width="0.02"/>'
                for y in np.arange(0.98, 1.2, 0.06)
            )
        return ""

    def _skull(self) -> str:
        own = self.own
        h, c, x, j = own.half, own.chin, 0.5 + own.turn * 0.4, own.jaw
        ears = "".join(self._spot(0.5 + s * h, 0.5, 0.035, 0.06, own.skin) for s in (-1, 1))
        face = (f'M{0.5 - h} 0.4C{0.5 - h} {c - 0.14} {x - j - 0.08} {c} {x} {c}'
                f'C{x + j + 0.08} {c} {0.5 + h} {c - 0.14} {0.5 + h} 0.4'
                f'C{0.5 + h} 0.02 {0.5 - h} 0.02 {0.5 - h} 0.4Z')  # fmt: skip
        return (ears if own.ears else "") + self._path(face, own.skin)

    def _skin(self) -> str:
        """Cheeks, freckles, and the side that lies in shade."""
        own, rng = self.own, self._dice(4)
        x, c = 0.5 + own.turn, own.chin
        parts = []
        if own.slope or rng.random() < 0.3:
            s = 1 if np.cos(own.light) > 0 else -1
            edge, h = 0.5 + s * own.half, rng.uniform(0.04, 0.14)
            parts.append(f'<path d="M{edge} 0.3C{edge} {c - 0.1} {0.5 + s * 0.12} {c} '
                         f'{0.5 + s * 0.02} {c}Q{edge - s * h} {c - 0.12} {edge - s * h * 0.4} '
                         f'0.3Z" '
                         f'fill="{css(darker(own.skin, 0.4))}" '
                         f'opacity="{rng.uniform(0.15, 0.6)}"/>')  # fmt: skip
        if rng.random() < 0.35:
            red = css(0.6 * own.skin + 0.4 * np.array([0.9, 0.3, 0.3]))
            parts += [f'<ellipse cx="{x + s * 0.14}" cy="0.57" rx="0.05" ry="0.03" fill="{red}" '
                      f'opacity="0.7"/>' for s in (-1, 1)]  # fmt: skip
        if rng.random() < 0.15:
            brown = css(darker(own.skin, 0.35))
            parts += [f'<circle cx="{x + dx}" cy="{0.56 + dy}" r="0.006" fill="{brown}"/>'
                      for dx, dy in rng.uniform(-1, 1, (8, 2)) * (0.17, 0.025)]  # fmt: skip
        return "".join(parts)

    # ----------------------------------------------------------------------------- the features

    def _eyes(self, hair: np.ndarray) -> str:
        own, rng = self.own, self._dice(5)
        x, y, (rx, ry) = 0.5 + own.turn, own.eye_y, own.eye
        ink = css(own.ink_color)
        bend, thick = rng.uniform(-0.02, 0.04), rng.uniform(0.008, 0.032)
        brow = css(darker(hair, 0.35) if rng.random() < 0.6 else own.ink_color)
        up = y - ry - rng.uniform(0.03, 0.07)
        lid = rng.uniform(0.008, 0.028)
        parts = []
        for s in (-1, 1):
            e = x + s * own.apart
            parts.append(self._eye(e, y, rx, ry, lid, ink))
            parts.append(f'<path d="M{e - 0.055} {up + s * bend / 2}Q{e} {up - 0.03} {e + 0.055} '
                         f'{up - s * bend / 2}" fill="none" stroke="{brow}" '
                         f'stroke-width="{thick}"/>')  # fmt: skip
        return "".join(parts) + self._look_like_glasses(rng, ink)

    def _look_like_glasses(self, rng: np.random.Generator, ink: str) -> str:
        """Brows that frown until they meet, or folds below the eyes: no glasses, but near them."""
        own, kind = self.own, rng.random()
        x, y, (rx, ry) = 0.5 + own.turn, own.eye_y, own.eye
        if kind < 0.12:
            low, high = y - ry * rng.uniform(0.5, 1), y - ry - rng.uniform(0.03, 0.08)
            return "".join(
                f'<path d="M{x + s * rng.uniform(0, 0.03)} {low}L{x + s * (own.apart + rx)} {high}"'
                f' stroke="{ink}" stroke-width="{rng.uniform(0.015, 0.04)}"/>' for s in (-1, 1)
            )  # fmt: skip
        if kind < 0.24:
            fold = css(darker(own.skin, rng.uniform(0.3, 0.7)))
            low, deep = y + ry * rng.uniform(0.9, 1.3), rng.uniform(0.02, 0.05)
            return "".join(
                f'<path d="M{e - rx * 1.3} {low}Q{e} {low + deep} {e + rx * 1.3} {low}" fill="none"'
                f' stroke="{fold}" stroke-width="{rng.uniform(0.006, 0.016)}"/>'
                for e in (x - own.apart, x + own.apart)
            )
        return ""

    def _eye(self, e: float, y: float, rx: float, ry: float, lid: float, ink: str) -> str:
        own = self.own
        above = (f'<path d="M{e - rx * 1.4} {y - ry * 0.5}Q{e} {y - ry * 1.7} {e + rx * 1.4} '
                 f'{y - ry * 0.5}" fill="none" stroke="{ink}" stroke-width="{lid}"/>')  # fmt: skip
        if own.eyes == "dot":
            return f'<ellipse cx="{e}" cy="{y}" rx="{rx * 0.5}" ry="{ry * 0.5}" fill="{ink}"/>'
        if own.eyes == "closed":
            return (f'<path d="M{e - rx * 1.2} {y}Q{e} {y + ry} {e + rx * 1.2} {y}" fill="none" '
                    f'stroke="{ink}" stroke-width="{lid}"/>')  # fmt: skip
        line = f' stroke="{ink}" stroke-width="{lid / 2}"' if own.eyes == "ringed" else ""
        almond = (f"M{e - rx * 1.5} {y}Q{e} {y - ry * 1.5} {e + rx * 1.5} {y}"
                  f"Q{e} {y + ry * 1.2} {e - rx * 1.5} {y}Z")  # fmt: skip
        white = (f'<path d="{almond}" fill="#fff"{line}/>' if own.eyes == "almond" else
                 f'<ellipse cx="{e}" cy="{y}" rx="{rx * 1.25}" ry="{ry}" fill="#fff"{line}/>'
                 )  # fmt: skip
        dark = css(darker(own.iris, 0.6))
        return (f'{white}<ellipse cx="{e}" cy="{y + 0.005}" rx="{rx * 0.75}" ry="{ry * 0.85}" '
                f'fill="{css(own.iris)}"/><ellipse cx="{e}" cy="{y}" rx="{rx * 0.4}" '
                f'ry="{ry * 0.5}" fill="{dark}"/><circle cx="{e - 0.01}" cy="{y - ry * 0.4}" '
                f'r="{rx * 0.3}" fill="#fff"/>{above}')  # fmt: skip

    def _mouth(self) -> str:
        own, rng = self.own, self._dice(6)
        x, w, bend = 0.5 + own.turn, rng.uniform(0.02, 0.09), rng.uniform(-0.03, 0.06)
        low, kind = own.chin - rng.uniform(0.08, 0.12), rng.random()
        fill = "#8a2430" if kind < 0.2 else "#fff" if kind < 0.35 else "none"
        line = css(0.5 * darker(own.skin, 0.5) + 0.5 * np.array([0.6, 0.1, 0.15]))
        close = "Z" if fill != "none" else ""
        nose = css(darker(own.skin, rng.uniform(0.2, 0.55)))
        y, long = own.eye_y + 0.06, rng.uniform(0.03, 0.1)
        return (f'<path d="M{x - w} {low}Q{x} {low + bend} {x + w} {low}{close}" fill="{fill}" '
                f'stroke="{line}" stroke-width="{rng.uniform(0.008, 0.02)}"/>'
                f'<path d="M{x} {y}l{rng.uniform(-0.02, 0.02)} {long}l0.02 0" fill="none" '
                f'stroke="{nose}" stroke-width="{rng.uniform(0.006, 0.016)}"/>')  # fmt: skip

    def _beard(self, hair: np.ndarray) -> str:
        own, rng = self.own, self._dice(7)
        x, c, h = 0.5 + own.turn * 0.6, own.chin, own.half
        rgb, m = darker(hair, 0.05), own.chin - 0.1
        if own.beard == "full":
            top = rng.uniform(0.5, 0.56)
            return self._path(
                f"M{0.5 - h} {top}C{0.5 - h} {c} {x - 0.12} {c + 0.06} {x} {c + 0.06}"
                f"C{x + 0.12} {c + 0.06} {0.5 + h} {c} {0.5 + h} {top}"
                f"Q{x + 0.13} {m - 0.06} {x + 0.1} {m - 0.035}L{x - 0.1} {m - 0.035}"
                f"Q{x - 0.13} {m - 0.06} {0.5 - h} {top}Z", rgb)  # fmt: skip
        if own.beard == "goatee":
            return self._path(f"M{x - 0.07} {m + 0.025}L{x + 0.07} {m + 0.025}Q{x + 0.05} "
                              f"{c + 0.05} {x} {c + 0.05}Q{x - 0.05} {c + 0.05} {x - 0.07} "
                              f"{m + 0.025}Z", rgb)  # fmt: skip
        if own.beard == "moustache":
            w = rng.uniform(0.07, 0.13)
            return self._path(f"M{x - w} {m + 0.01}Q{x - 0.03} {m - 0.07} {x} {m - 0.04}"
                              f"Q{x + 0.03} {m - 0.07} {x + w} {m + 0.01}Q{x} {m - 0.02} {x - w} "
                              f"{m + 0.01}Z", rgb)  # fmt: skip
        return ""

    # ------------------------------------------------------------------------- things worn

    def _worn(self) -> str:
        """A band, a feather or a flower in the hair, rings in the ears."""
        own, rng = self.own, self._dice(10)
        parts, rgb = [], rng.random(3)
        s = 1 if rng.random() < 0.5 else -1
        a, b = 0.5 - own.half - own.volume, 0.5 + own.half + own.volume
        if own.band:
            y, k, w = rng.uniform(0.2, 0.36), rng.uniform(-0.02, 0.2), rng.uniform(0.035, 0.09)
            if own.cap == "knot":
                y = rng.uniform(0.16, 0.27)
            parts.append(self._path(
                f"M{a} {y}Q0.5 {y - k} {b} {y}L{b} {y + w}Q0.5 {y - k + w} {a} {y + w}Z",
                own.band_color))  # fmt: skip
        kind, x = rng.random(), 0.5 + s * own.half * 0.9
        if own.garland:
            return "".join(parts) + self._garland(rng)
        if kind < 0.08:
            parts.append(self._path(f"M{x} 0.3Q{x + s * 0.02} 0.05 {x + s * 0.25} -0.05"
                                    f"Q{x + s * 0.2} 0.2 {x} 0.3Z", lighter(rgb, 0.7)))  # fmt: skip
        elif kind < 0.16:
            parts += [self._spot(x + 0.05 * np.cos(t), 0.2 + 0.05 * np.sin(t), 0.03, 0.03, rgb)
                      for t in np.arange(5) * 1.257]  # fmt: skip
        if own.ears and rng.random() < 0.25:
            parts += [f'<circle cx="{0.5 + q * own.half}" cy="0.57" r="0.018" '
                      f'fill="{css(rgb)}"/>' for q in (-1, 1)]  # fmt: skip
        return "".join(parts)

    def _garland(self, rng: np.random.Generator) -> str:
        """Flowers in a row upon the hair, with leaves or none."""
        own = self.own
        n, r = int(rng.integers(4, 10)), rng.uniform(0.025, 0.06)
        y, k = rng.uniform(0.12, 0.26), rng.uniform(0.04, 0.16)
        tones, leaves, parts = rng.random((3, 3)) ** 0.5, rng.random() < 0.5, []
        for x in np.linspace(-1, 1, n) * rng.uniform(0.7, 1.05):
            cx, cy = 0.5 + x * own.half, y - k * (1 - x * x) + rng.uniform(-0.01, 0.01)
            tone, big = tones[rng.integers(3)], r * rng.uniform(0.8, 1.3)
            if leaves:
                green = np.array([0.25, 0.55, 0.25]) * rng.uniform(0.7, 1.3)
                parts.append(self._spot(cx + big, cy + big * 0.4, big, big * 0.5, green))
            parts += [self._spot(cx + 0.7 * big * np.cos(t), cy + 0.7 * big * np.sin(t),
                                 0.6 * big, 0.6 * big, tone)
                      for t in np.arange(5) * 1.257]  # fmt: skip
            parts.append(f'<circle cx="{cx}" cy="{cy}" r="{big * 0.45}" '
                         f'fill="{css(lighter(tones[0], 0.6))}"/>')  # fmt: skip
        return "".join(parts)
