"""Draws Pincel's own demonstration pictures from their sources: the portrait and the harbour from
SVG, and a short walk as an animated GIF. Needs resvg-py (extra `bench`)."""

from __future__ import annotations

import io
import math
from pathlib import Path

import resvg_py
from PIL import Image

ASSETS = Path(__file__).parents[1] / "assets"
WALK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 200">
<g stroke-linecap="round" stroke-linejoin="round" fill="none">
<path d="M76 104 L{hand2} " stroke="#2d5d7b" stroke-width="12"/>
<path d="M76 136 L{knee2} L{foot2}" stroke="#3b2f4a" stroke-width="14"/>
<path d="M{foot2} l10 0" stroke="#59351f" stroke-width="12"/>
<path d="M80 136 L{knee1} L{foot1}" stroke="#54436b" stroke-width="14"/>
<path d="M{foot1} l10 0" stroke="#7a4a2b" stroke-width="12"/></g>
<g transform="translate(0 {bob})">
<path d="M62 86 C66 76 94 76 98 86 L102 142 H58Z" fill="#3f8fb5"/>
<path d="M58 124 H102 V132 H58Z" fill="#7a4a2b"/>
<rect x="80" y="122" width="10" height="12" fill="#ffd65c"/>
<path d="M66 82 L{cape} L60 146 L72 88Z" fill="#c8423b"/>
<circle cx="82" cy="54" r="27" fill="#f3bd97"/>
<path d="M54 56 C50 22 92 14 108 40 C98 42 78 44 70 62 C66 70 56 68 54 56Z" fill="#8a3a1c"/>
<ellipse cx="97" cy="54" rx="4" ry="6" fill="#2b1a16"/>
<path d="M94 68 l8 -1" stroke="#a3483e" stroke-width="3"/>
</g>
<path d="M84 104 L{hand1}" stroke="#f3bd97" stroke-width="11" stroke-linecap="round"/>
</svg>"""


def raster(svg: str, width: int) -> Image.Image:
    """An SVG text as an RGBA picture of this width in pixels."""
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))
    return Image.open(io.BytesIO(data)).convert("RGBA")


def walk_frame(phase: float) -> Image.Image:
    """One moment of the walk; phase 0-1 is a whole step with each leg."""
    swing = math.sin(2 * math.pi * phase)

    def leg(s: float, hip: int) -> tuple[str, str]:
        lift = max(0.0, math.cos(2 * math.pi * phase) * (1 if s > 0 else -1)) * 12
        knee = (hip + 14 * swing * s + 4, 160 - lift / 2)
        foot = (hip + 26 * swing * s - 2, 186 - lift)
        return f"{knee[0]:.1f} {knee[1]:.1f}", f"{foot[0]:.1f} {foot[1]:.1f}"

    knee1, foot1 = leg(1, 80)
    knee2, foot2 = leg(-1, 76)
    svg = WALK.format(
        knee1=knee1,
        foot1=foot1,
        knee2=knee2,
        foot2=foot2,
        hand1=f"{84 - 20 * swing:.1f} 130",
        hand2=f"{76 + 20 * swing:.1f} 130",
        bob=f"{-2 * abs(swing):.1f}",
        cape=f"{34 - 5 * abs(swing):.1f} {140 - 4 * swing:.1f}",
    )
    return raster(svg, 240)


def main() -> None:
    """Write the assets."""
    for name, width in (("portrait", 512), ("harbour", 960)):
        raster((ASSETS / f"{name}.svg").read_text("utf-8"), width).save(ASSETS / f"{name}.png")
    frames = []
    for k in range(8):
        frame = Image.new("RGBA", (240, 300), (0, 0, 0, 0))
        frame.alpha_composite(walk_frame(k / 8))
        frames.append(frame)
    frames[0].save(
        ASSETS / "walk.webp", save_all=True, append_images=frames[1:], duration=110, lossless=True
    )


if __name__ == "__main__":
    main()
