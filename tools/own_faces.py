"""Faces drawn by this file, large-eyed as in comics: one more style of `face_pairs.py`, "own".

Everything varies: the jaw, the eyes, the fringe, lines or none, light and shade. Units are parts
of the frame, as in `face_overlays.py`.
"""

from __future__ import annotations

import numpy as np

import face_overlays
from drawn_styles import DRAWN
from face_pairs import (
    _NONE,
    CLOTHES,
    CROP,
    HAIR,
    SKIN,
    _cells,
    _colored,
    _hex,
    _named,
    _nearest,
    _rgb,
)  # fmt: skip
from pixel_faces import Face, hair_masks, is_long


def _darker(rgb: np.ndarray, much: float) -> np.ndarray:
    return np.clip(rgb * (1 - much), 0, 1)


class Own:
    """One face."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.hair = _colored(rng, HAIR, 0.3)
        self.skin = _colored(rng, SKIN, 0.05)
        self.clothes = _colored(rng, CLOTHES, 0.3)
        self.iris = rng.random(3) * 0.8
        self.frames = _rgb("#1e1e22") if rng.random() < 0.6 else _colored(rng, CLOTHES, 0.5) * 0.6
        self.hat_color = _colored(rng, CLOTHES, 0.3)
        self.glasses = str(rng.choice(["", "clear", "dark"], p=[0.65, 0.25, 0.1]))
        self.hat = str(rng.choice(["", "beanie", "cap", "brim"], p=[0.8, 0.08, 0.06, 0.06]))
        self.dressed = rng.random() < 0.85
        u = rng.uniform
        self.ink = u(0, 0.022) if rng.random() < 0.75 else 0.0
        self.turn = u(-0.06, 0.06)
        self.half, self.chin, self.jaw = u(0.22, 0.3), u(0.73, 0.78), u(0.02, 0.16)
        self.eye_y, self.apart = u(0.42, 0.5), u(0.1, 0.135)
        self.eye = (u(0.025, 0.06), u(0.03, 0.085))
        self.volume, self.fringe = u(0.02, 0.09), u(0.26, 0.42)
        self.locks = int(rng.integers(3, 9))
        self.long = rng.random() < 0.5
        self.down = u(0.85, 1.15)
        self.seed = int(rng.integers(1 << 30))
        self.shade = u(0.1, 0.35)

    def pair(self) -> tuple[np.ndarray, Face, dict[str, int]]:
        """As `face_pairs.Person.pair`."""
        empty = np.zeros((CROP, CROP, 4), np.uint8)
        shown = face_overlays._over(empty, self._drawing(self.hair))
        other = face_overlays._over(empty, self._drawing((self.hair + 0.5) % 1))
        mask = np.abs(shown.astype(int) - other).max(-1) > 40
        if self.hat:
            shown = face_overlays.hat(shown, self.hat, self.hat_color, self.ink > 0.005, self.rng)
        if self.glasses:
            x, a = 0.5 + self.turn, self.apart
            eyes = (x - a, x + a, self.eye_y, max(0.07, self.eye[1]))
            shown = face_overlays.glasses(shown, self.glasses, self.frames, eyes, self.rng)
        hair = _nearest(_cells(mask))
        return shown, self._face(hair), self._facts(hair)

    def _face(self, hair: str) -> Face:
        colors = {
            "hair": self.hair, "skin": self.skin, "glasses": self.frames, "hat": self.hat_color,
            "clothes": self.clothes if self.dressed else _rgb(_NONE), "iris": self.iris,
        }  # fmt: skip
        return Face(hair, "plain", self.glasses, "", self.hat,
                    {k: tuple(map(float, v)) for k, v in colors.items()})  # fmt: skip

    def _facts(self, hair: str) -> dict[str, int]:
        long = bool(hair) and is_long(hair_masks()[hair])
        seen = bool(hair) and (not self.hat or long)
        return {
            "style": len(DRAWN), "hair": _named(self.hair, HAIR) if seen else -1,
            "skin": _named(self.skin, SKIN),
            "clothes": _named(self.clothes, CLOTHES) if self.dressed else -1,
            "glasses": int(bool(self.glasses)), "hat": int(bool(self.hat)), "length": int(long),
            "beard": 0,
        }  # fmt: skip

    # ------------------------------------------------------------------------------ drawing

    def _drawing(self, hair: np.ndarray) -> str:
        rng = np.random.default_rng(self.seed)
        parts = [self._behind(hair, rng)] if self.long else []
        parts += [self._body(), self._skull(), *self._features(rng)]
        parts += [self._front(hair, rng)]
        return "".join(parts)

    def _look(self, rgb: np.ndarray) -> str:
        line = f' stroke="#1a1414" stroke-width="{self.ink:.4f}"' if self.ink else ""
        return f'fill="{_hex(rgb)}"{line}'

    def _behind(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        a, b = 0.5 - self.half - self.volume, 0.5 + self.half + self.volume
        wide, d = rng.uniform(0, 0.12), self.down
        ends = [f"L{b + wide - (b - a + 2 * wide) * k / 6} {d + rng.uniform(-0.08, 0.05)}"
                for k in range(7)]  # fmt: skip
        return (f'<path d="M{a} 0.4C{a} {-0.05} {b} {-0.05} {b} 0.4L{b + wide} {d}'
                f'{"".join(ends)}L{a - wide} {d}Z" '
                f'{self._look(_darker(hair, 0.12))}/>')  # fmt: skip

    def _body(self) -> str:
        neck = self._look(_darker(self.skin, self.shade))
        cloth = self._look(self.clothes if self.dressed else self.skin)
        return (f'<rect x="0.43" y="{self.chin - 0.1}" width="0.14" height="0.3" {neck}/>'
                f'<path d="M0.12 1.25C0.12 0.9 0.3 0.88 0.42 0.84Q0.5 0.95 0.58 0.84'
                f'C0.7 0.88 0.88 0.9 0.88 1.25Z" {cloth}/>')  # fmt: skip

    def _skull(self) -> str:
        h, c, x = self.half, self.chin, 0.5 + self.turn * 0.4
        skin = self._look(self.skin)
        ears = "".join(f'<ellipse cx="{0.5 + s * h}" cy="0.5" rx="0.035" ry="0.06" {skin}/>'
                       for s in (-1, 1))  # fmt: skip
        j = self.jaw
        face = (f'M{0.5 - h} 0.4C{0.5 - h} {c - 0.14} {x - j - 0.08} {c} {x} {c}'
                f'C{x + j + 0.08} {c} {0.5 + h} {c - 0.14} {0.5 + h} 0.4'
                f'C{0.5 + h} 0.02 {0.5 - h} 0.02 {0.5 - h} 0.4Z')  # fmt: skip
        return f'{ears}<path d="{face}" {skin}/>'

    def _features(self, rng: np.random.Generator) -> list[str]:
        x, y, (rx, ry) = 0.5 + self.turn, self.eye_y, self.eye
        dark = _hex(_darker(self.iris, 0.6))
        parts = []
        for s in (-1, 1):
            e = x + s * self.apart
            parts.append(f'<ellipse cx="{e}" cy="{y}" rx="{rx * 1.25}" ry="{ry}" fill="#fff"/>'
                         f'<ellipse cx="{e}" cy="{y + 0.005}" rx="{rx * 0.8}" ry="{ry * 0.9}" '
                         f'fill="{_hex(self.iris)}"/>'
                         f'<ellipse cx="{e}" cy="{y}" rx="{rx * 0.4}" ry="{ry * 0.5}" '
                         f'fill="{dark}"/>'
                         f'<circle cx="{e - 0.01}" cy="{y - ry * 0.4}" r="{rx * 0.3}" fill="#fff"/>'
                         f'<path d="M{e - rx * 1.4} {y - ry * 0.8}Q{e} {y - ry * 1.4} '
                         f'{e + rx * 1.4} {y - ry * 0.8}" fill="none" stroke="#221818" '
                         f'stroke-width="0.016"/>')  # fmt: skip
        w, bend = rng.uniform(0.02, 0.07), rng.uniform(-0.03, 0.05)
        low = self.chin - 0.1
        fill = "#8a2430" if rng.random() < 0.3 else "none"
        parts.append(f'<path d="M{x - w} {low}Q{x} {low + bend} {x + w} {low}" fill="{fill}" '
                     f'stroke="#5a2020" stroke-width="0.012"/>')  # fmt: skip
        nose = _hex(_darker(self.skin, 0.4))
        parts.append(f'<path d="M{x} {y + 0.1}l0.012 0.03" stroke="{nose}" '
                     f'stroke-width="0.01"/>')  # fmt: skip
        return parts

    def _front(self, hair: np.ndarray, rng: np.random.Generator) -> str:
        a, b = 0.5 - self.half - self.volume * 0.8, 0.5 + self.half + self.volume * 0.8
        top = 0.06 - self.volume
        ear = rng.uniform(0.4, 0.62)
        points = [f"M{a} {ear}", f"C{a - 0.02} {top - 0.08} {b + 0.02} {top - 0.08} {b} {ear}"]
        n = self.locks
        for k in range(2 * n + 1):
            across = b - 0.035 - (b - a - 0.07) * k / (2 * n)
            side = abs(across - 0.5) / (b - 0.5)
            low = (
                self.fringe + 0.12 * side**3
                if k % 2 == 0
                else self.fringe - rng.uniform(0.02, 0.12)
            )
            points.append(f"L{across + rng.uniform(-0.02, 0.02)} {low + rng.uniform(-0.03, 0.03)}")
        shadow = ""
        if rng.random() < 0.6:  # light on the hair
            glow = _hex(hair + (1 - hair) * 0.35)
            w = self.half * 0.7
            shadow = (f'<path d="M{0.5 - w} 0.19Q0.5 0.1 {0.5 + w} 0.19" '
                      f'fill="none" stroke="{glow}" stroke-width="0.03"/>')  # fmt: skip
        return f'<path d="{"".join(points)}Z" {self._look(hair)}/>{shadow}'
