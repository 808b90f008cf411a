"""Hats and glasses drawn over a face, for the styles that have none of their own.

Everything is in parts of the frame (0 to 1; the skull begins at 0.125, the chin is at 0.75); the
crop shows 0.2 more on every side.
"""

from __future__ import annotations

import io

import numpy as np
import resvg_py
from PIL import Image


def _over(shown: np.ndarray, drawing: str) -> np.ndarray:
    """A drawing (SVG elements) over a crop (s, s, 4) uint8."""
    side = len(shown)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1400 1400">'
        f'<g transform="translate(200 200) scale(1000)">{drawing}</g></svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, width=side, height=side)
    above = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    return np.array(Image.alpha_composite(Image.fromarray(shown), above))


def _css(rgb: np.ndarray) -> str:
    return "#" + bytes(np.rint(255 * np.clip(rgb, 0, 1)).astype(np.uint8)).hex()


def glasses(
    shown: np.ndarray,
    kind: str,
    rgb: np.ndarray,
    eyes: tuple[float, float, float, float],
    rng: np.random.Generator,
) -> np.ndarray:
    """Two lenses, round or square, joined over the nose, with temples."""
    return _over(shown, spectacles(kind, rgb, eyes, rng, (0.016, 0.035)))


def spectacles(
    kind: str,
    rgb: np.ndarray,
    eyes: tuple[float, float, float, float],
    rng: np.random.Generator,
    wide: tuple[float, float],
) -> str:
    """Glasses as SVG elements; `wide`: how wide their lines may be."""
    left, right, down, radius = eyes
    radius *= rng.uniform(0.9, 1.25)
    fill = _css(rgb * 0.4) if kind == "dark" else "#ffffff"
    clear = 0.95 if kind == "dark" else rng.uniform(0, 0.35)
    width = rng.uniform(*wide)
    look = f'fill="{fill}" fill-opacity="{clear}" stroke="{_css(rgb)}" stroke-width="{width}"'
    square = rng.random() < 0.5
    parts = []
    for x in (left, right):
        if square:
            tall = radius * rng.uniform(0.7, 1)
            parts.append(f'<rect x="{x - radius}" y="{down - tall}" width="{2 * radius}" '
                         f'height="{2 * tall}" rx="0.02" {look}/>')  # fmt: skip
        else:
            parts.append(f'<circle cx="{x}" cy="{down}" r="{radius}" {look}/>')
    line = f'stroke="{_css(rgb)}" stroke-width="{0.022 if width > 0.016 else width}"'
    for a, b in ((left + radius, right - radius), (left - radius, left - radius - 0.08),
                 (right + radius, right + radius + 0.08)):  # fmt: skip
        parts.append(f'<path d="M{a} {down}L{b} {down}" {line}/>')
    return "".join(parts)


def hat(
    shown: np.ndarray, kind: str, rgb: np.ndarray, ink: bool, rng: np.random.Generator
) -> np.ndarray:
    """A beanie, a cap or a hat with a brim; hair above its brim is gone."""
    side = len(shown)
    edge = rng.uniform(0.27, 0.35)  # where the hat ends on the forehead
    shown = shown.copy()
    shown[: round((edge - 0.03 + 0.2) / 1.4 * side), :, 3] = 0
    half, top = rng.uniform(0.29, 0.36), rng.uniform(-0.02, 0.07)
    line = f'stroke="#111111" stroke-width="{rng.uniform(0.01, 0.025)}"' if ink else ""
    fill = f'fill="{_css(rgb)}" {line}'
    darker = f'fill="{_css(rgb * rng.uniform(0.6, 0.9))}" {line}'
    lighter = f'fill="{_css(rgb + (1 - rgb) * rng.uniform(0.1, 0.5))}" {line}'
    band = darker if rng.random() < 0.5 else lighter
    a, b = 0.5 - half, 0.5 + half
    bow = top - (edge - top) * rng.uniform(0.1, 0.5)
    dome = f"M{a} {edge}C{a} {bow} {b} {bow} {b} {edge}Z"
    drawn = f'<path d="{dome}" {fill}/>'
    if kind == "beanie":
        drawn += (f'<rect x="{a - 0.02}" y="{edge - 0.05}" width="{2 * half + 0.04}" '
                  f'height="0.09" rx="0.03" {band}/>')  # fmt: skip
        if rng.random() < 0.4:
            drawn += f'<circle cx="0.5" cy="{top}" r="0.05" {lighter}/>'
    elif kind == "cap":
        way = 1 if rng.random() < 0.5 else -1
        x = b if way > 0 else a
        drawn += (f'<path d="M{x - way * half} {edge}Q{x} {edge - 0.07} {x + way * 0.22} '
                  f'{edge + 0.02}L{x - way * half} {edge + 0.025}Z" {band}/>')  # fmt: skip
    else:
        wide = half + rng.uniform(0.08, 0.18)
        drawn += (f'<rect x="{0.5 - half}" y="{edge - 0.09}" width="{2 * half}" height="0.07" '
                  f'{band}/>'
                  f'<ellipse cx="0.5" cy="{edge}" rx="{wide}" ry="0.04" {fill}/>')  # fmt: skip
    return _over(shown, drawn)


def band(shown: np.ndarray, rgb: np.ndarray, ink: bool, rng: np.random.Generator) -> np.ndarray:
    """A band around hair and forehead, where the head is."""
    y, k = rng.uniform(0.17, 0.32), rng.uniform(-0.02, 0.18)
    w = rng.uniform(0.03, 0.08)
    line = f'stroke="#111111" stroke-width="{rng.uniform(0.008, 0.02)}"' if ink else ""
    shape = f"M-0.2 {y}Q0.5 {y - k} 1.2 {y}L1.2 {y + w}Q0.5 {y - k + w} -0.2 {y + w}Z"
    drawn = _over(shown, f'<path d="{shape}" fill="{_css(rgb)}" {line}/>')
    return np.where(shown[..., 3:] > 128, drawn, shown)
