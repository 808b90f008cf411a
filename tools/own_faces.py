"""Faces drawn by `own_drawing.py`: one more style of `face_pairs.py`, "own".

Everything varies: the jaw, the eyes, the hair and what is worn in it, lines or none, flat or
painted; half of the colours are those of people. Units are parts of the frame, as in
`face_overlays.py`.
"""

from __future__ import annotations

import numpy as np

import face_overlays
from drawn_styles import DRAWN
from face_pairs import (
    _NONE,
    _SEEN,
    CLOTHES,
    CROP,
    HAIR,
    SKIN,
    _cells,
    _colored,
    _named,
    _nearest,
    _rgb,
)
from own_drawing import Drawing
from own_hair import CAP_CHANCES, CAPS, LONG
from pincel.pixels.color import oklab_to_srgb
from pixel_faces import Face, hair_masks, is_long


def _natural(rng: np.random.Generator, light: tuple[float, float], chroma: tuple[float, float],
             hue: tuple[float, float]) -> np.ndarray:  # fmt: skip
    """A colour within these bounds of OKLab, sRGB 0 to 1."""
    angle, far = np.radians(rng.uniform(*hue)), rng.uniform(*chroma)
    lab = np.array([rng.uniform(*light), far * np.cos(angle), far * np.sin(angle)], np.float32)
    return np.clip(oklab_to_srgb(lab), 0, 1)


class Own:
    """One face."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.hair = _colored(rng, HAIR, 0.3)
        if rng.random() < 0.4:
            self.hair = _natural(rng, (0.15, 0.85), (0.01, 0.13), (35, 90))
        self.skin = _colored(rng, SKIN, 0.05)
        if rng.random() < 0.5:
            self.skin = _natural(rng, (0.35, 0.9), (0.03, 0.1), (40, 78))
        self.clothes = _colored(rng, CLOTHES, 0.4)
        self.iris = rng.random(3) * 0.8
        self.frames = _rgb("#1e1e22") if rng.random() < 0.45 else _colored(rng, CLOTHES, 0.4) * 0.85
        self.hat_color = _colored(rng, CLOTHES, 0.3)
        self.band_color = _colored(rng, CLOTHES, 0.4)
        self.glasses = str(rng.choice(["", "clear", "dark"], p=[0.6, 0.3, 0.1]))
        self.hat = str(rng.choice(["", "beanie", "cap", "brim"], p=[0.8, 0.08, 0.06, 0.06]))
        self.dressed = rng.random() < 0.85
        self.cap = str(rng.choice(CAPS, p=CAP_CHANCES))
        self.eyes = str(rng.choice(["big", "almond", "ringed", "dot", "closed"],
                                   p=[0.3, 0.3, 0.15, 0.15, 0.1]))  # fmt: skip
        self.long = self.cap in LONG and rng.random() < 0.5
        self.beard = ""
        if not self.long and rng.random() < 0.35:
            self.beard = str(rng.choice(["full", "goatee", "moustache"], p=[0.5, 0.25, 0.25]))
        if self.cap == "shaved" and rng.random() < 0.5:  # the skin shows through
            much = rng.uniform(0.05, 0.45)
            self.hair = (1 - much) * self.hair + much * self.skin
        banded = 0.6 if self.cap == "knot" else 0.25 * (self.cap in (*LONG, "afro"))
        self.band = not self.hat and rng.random() < banded
        self.garland = not self.hat and not self.band and rng.random() < 0.1
        self._shape(rng)

    def _shape(self, rng: np.random.Generator) -> None:
        u = rng.uniform
        self.ink = u(0, 0.022) if rng.random() < 0.55 else 0.0
        if rng.random() < 0.12:
            self.ink = u(0.022, 0.04)
        self.ink_color = _rgb("#1a1414") if rng.random() < 0.7 else self.hair * 0.25
        self.slope = u(0.1, 0.55) if rng.random() < 0.5 else 0.0
        self.light = u(0, 6.28)
        self.wobble = u(0.01, 0.05) if rng.random() < 0.2 else 0.0
        self.turn, self.ears = u(-0.06, 0.06), bool(rng.random() < 0.8)
        self.half, self.chin, self.jaw = u(0.21, 0.3), u(0.71, 0.79), u(0.02, 0.16)
        self.eye_y, self.apart = u(0.4, 0.5), u(0.09, 0.135)
        self.eye = (u(0.02, 0.055), u(0.02, 0.075))
        self.volume, self.fringe = u(0.02, 0.1), u(0.24, 0.42)
        self.locks = int(rng.integers(3, 9))
        self.down = u(0.8, 1.15)
        self.seed = int(rng.integers(1 << 30))
        self.shade = u(0.05, 0.35)

    def pair(self) -> tuple[np.ndarray, Face, dict[str, int]]:
        """As `face_pairs.Person.pair`."""
        empty = np.zeros((CROP, CROP, 4), np.uint8)
        drawing = Drawing(self)
        one, other = (
            face_overlays._over(empty, drawing.elements(hair, bare=True))
            for hair in (self.hair, (self.hair + 0.5) % 1)
        )
        mask = np.abs(one.astype(int) - other).max(-1) > 40
        shown = face_overlays._over(empty, drawing.elements(self.hair))
        if self.glasses:
            drawing.glasses = self._spectacles()
            bare, shown = shown, face_overlays._over(empty, drawing.elements(self.hair))
            if (np.abs(shown.astype(int) - bare).max(-1) > 40).sum() < _SEEN:
                self.glasses, shown = "", bare
        if self.hat:
            shown = face_overlays.hat(shown, self.hat, self.hat_color, self.ink > 0.005, self.rng)
        hair = _nearest(_cells(mask))
        return shown, self._face(hair), self._facts(hair)

    def _spectacles(self) -> str:
        """Glasses, as often thin as wide, in frames of any colour."""
        rng = self.rng
        x, a = 0.5 + self.turn, self.apart
        eyes = (x - a, x + a, self.eye_y + rng.uniform(-0.01, 0.03), max(0.07, self.eye[1]))
        wide = (0.006, 0.016) if rng.random() < 0.5 else (0.014, 0.035)
        return face_overlays.spectacles(self.glasses, self.frames, eyes, rng, wide)

    def _face(self, hair: str) -> Face:
        colors = {
            "hair": self.hair, "skin": self.skin, "glasses": self.frames, "hat": self.hat_color,
            "clothes": self.clothes if self.dressed else _rgb(_NONE), "iris": self.iris,
        }  # fmt: skip
        return Face(hair, "plain", self.glasses, self.beard, self.hat,
                    {k: tuple(map(float, v)) for k, v in colors.items()})  # fmt: skip

    def _facts(self, hair: str) -> dict[str, int]:
        long = bool(hair) and is_long(hair_masks()[hair])
        seen = bool(hair) and (not self.hat or long)
        return {
            "style": len(DRAWN), "hair": _named(self.hair, HAIR) if seen else -1,
            "skin": _named(self.skin, SKIN),
            "clothes": _named(self.clothes, CLOTHES) if self.dressed else -1,
            "glasses": int(bool(self.glasses)), "hat": int(bool(self.hat)), "length": int(long),
            "beard": int(bool(self.beard)),
        }  # fmt: skip
