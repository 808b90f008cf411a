"""What furniture, clothes, weapons and effects by rules are laid with, and the table that their
modules enter their rules in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, Draw, Variety, Ware, eroded
from pincel.art.easel import Point
from pincel.art.kinds import Shade
from pincel.art.molded import swell

HOUSEHOLD: dict[str, Ware] = {}


def ware(
    name: str,
    main: str,
    parts: str = "",
    forms: str = "",
    matter: str = "",
    **more: object,
) -> Callable[[Draw], Draw]:
    """Enters a rule in HOUSEHOLD under a name; `parts` as "lid" or "rim=metal+lock", several with
    spaces between; `more` as a Ware has it, or `colors_MATERIAL` with the colours of one."""

    def entered(draw: Draw) -> Draw:
        named = {}
        for one in parts.split():
            part, _, materials = one.partition("=")
            named[part] = tuple((materials or part).split("+"))
        colors: dict[str, tuple[Shade, ...]] = {
            key.removeprefix("of_"): value  # type: ignore[misc]
            for key, value in more.items()
            if key.startswith("of_")
        }
        rest = {key: value for key, value in more.items() if not key.startswith("of_")}
        HOUSEHOLD[name] = Ware(
            draw,
            tuple(main.split()),
            named,
            colors,
            tuple(matter.split()),
            tuple(forms.split()),
            **rest,  # type: ignore[arg-type]
        )
        return draw

    return entered


# ---------------------------------------------------------------------------------- surfaces


def slab(e: Bench, mask: np.ndarray, material: str, flat: int = MID) -> np.ndarray:
    """A flat piece, bool (side, side), in front of what is there: its upper border a shade
    lighter, its lower and right one a shade darker. The mask comes back."""
    e.edged(mask, LINE)
    held = np.pad(mask, 1)
    above = mask & ~held[:-2, 1:-1]
    below = mask & ~(held[2:, 1:-1] & held[1:-1, 2:])
    e.lay(mask, material, flat)
    e.lay(below, material, max(flat - 1, DARK))
    e.lay(above, material, min(flat + 1, LIGHT))
    return mask


def puffed(
    e: Bench, mask: np.ndarray, material: str, more: float = 0.06, deep: float = 99.0
) -> np.ndarray:
    """A swollen mask, bool (side, side), in front of what is there. The mask comes back."""
    e.edged(mask, LINE)
    return swell(e, mask, material, more, deep)


def post(e: Bench, left: float, top: float, right: float, low: float, material: str) -> np.ndarray:
    """An upright post in front of what is there, light on its left: bool (side, side)."""
    mask = e.box(left, top, right, low)
    e.edged(mask, LINE)
    u = (e.x - left) / max(right - left, 1e-9)
    return e.lay(mask, material, np.where(u < 0.36, LIGHT, np.where(u < 0.7, MID, LOW)))


def round_bar(
    e: Bench, points: list[Point], wide: float, material: str, end: float = 0.0
) -> np.ndarray:
    """A round bar along points, `wide` units (to `end`, where it is above 0) thick, light on its
    upper left side; in front of what is there: bool (side, side)."""
    mask = e.stroke(points, wide, end or None)
    e.edged(mask, LINE)
    return swell(e, mask, material, 0.08)


def planks(e: Bench, mask: np.ndarray, material: str, far: np.ndarray, step: float) -> None:
    """Joints every `step` units of `far`, float (side, side), over a mask of a material."""
    place = far % step
    own = mask & e.of(material) & (far > 0.5 * step)
    e.shaded(own & (place < 1 / e.k), -2)
    e.shaded(own & (place >= 1 / e.k) & (place < 2 / e.k), 1)


def grained(e: Bench, mask: np.ndarray, v: Variety, wide: int = 4, high: int = 1) -> None:
    """Some short streaks a shade darker within a mask, bool (side, side)."""
    k = max(1, round(e.k))
    streak = e.noise(v.seed + 17, wide * k, high) > 0.86
    e.shaded(eroded(mask) & streak, -1)


def courses(e: Bench, mask: np.ndarray, v: Variety, high: float = 4.0, wide: float = 7.0) -> None:
    """Joints of blocks of stone within a mask, bool (side, side)."""
    row = np.floor((e.y - 1) / high)
    flat = ((e.y - 1) % high) < 1 / e.k
    upright = ((e.x + (row % 2) * wide / 2 + v.seed % 3) % wide) < 1 / e.k
    inner = eroded(mask)
    e.shaded(inner & (flat | upright), -1)
    e.shaded(inner & ~flat & ~upright & np.roll(flat | upright, 1, 0) & np.roll(flat, 1, 0), 1)


def shine(e: Bench, mask: np.ndarray, x: float, y: float, size: float = 1.0) -> None:
    """A glint of white at a point, within a mask, bool (side, side)."""
    e.lay(e.oval(x, y, 1.6 * size, 1.2 * size) & mask, "glint", LIGHT)
