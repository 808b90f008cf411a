"""What vehicles, instruments and gadgets drawn by rules are laid with: plates, wheels, panes; and
what a kind of them is described by."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from pincel.art.easel import DARK, LIGHT, LINE, LOW, MID, Easel
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import Rule, model


@dataclass(frozen=True)
class Rig:
    """A kind of vehicle, instrument or gadget.

    draw     its rule;  main  the materials that take the colours said of the whole, in their order
    parts    the parts that can be named, each with the material that shows it
    colors   material to the colours it comes in
    states   forms that can be said ("old", "left")
    matter   groups of materials (of `item_matter.OF`) that it can be made of
    """

    draw: Rule
    main: tuple[str, ...]
    parts: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, tuple[Shade, ...]] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    matter: tuple[str, ...] = ()


RIGS: dict[str, Rig] = {}


def rig(
    name: str, main: str, parts: str = "", states: str = "", matter: str = "",
    **colors: tuple[Shade, ...],
) -> Callable[[Rule], Rule]:  # fmt: skip
    """Enters a rule in RIGS under a name; `parts` as "hull" or "window=glass", several with spaces
    between, as are states and groups of materials."""

    def entered(draw: Rule) -> Rule:
        pairs = [one.partition("=") for one in parts.split()]
        named = {part: material or part for part, _, material in pairs}
        RIGS[name] = Rig(draw, tuple(main.split()), named, colors, frozenset(states.split()),
                         tuple(matter.split()))  # fmt: skip
        return draw

    return entered


def said_form(look: SceneryLook, forms: tuple[str, ...]) -> str:
    """The first of these forms that a look says, or ""."""
    return next((one for one in forms if one in look.more), "")


def mentioned(look: SceneryLook, material: str) -> bool:
    """Whether a look says something of a part, by the material that shows it."""
    return material in look.more or material in look.colors


# ---------------------------------------------------------------------------------- shapes


def rimless(e: Easel, mask: np.ndarray, units: float) -> np.ndarray:
    """A mask, bool (side, side), without its rim so many units wide, one pixel at least."""
    held = mask
    for turn in range(max(1, round(units * e.k))):
        far = np.pad(held, 1)
        held = held & far[2:, 1:-1] & far[:-2, 1:-1] & far[1:-1, 2:] & far[1:-1, :-2]
        if turn % 3 == 1:  # corners are as far away as sides
            held = held & far[2:, 2:] & far[:-2, :-2] & far[:-2, 2:] & far[2:, :-2]
    return held


def tilt(e: Easel, degrees: float) -> None:
    """What is drawn from now on, upright in its own coordinates, leans to the right so far."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = e.x - 16, e.y - 16
    e.x, e.y = 16 + x * c + y * s, 16 - x * s + y * c


def slid(mask: np.ndarray, down: int, along: int = 0) -> np.ndarray:
    """A mask, bool (side, side), moved by pixels."""
    return np.roll(np.roll(mask, down, 0), along, 1)


def plate(
    e: Easel, mask: np.ndarray, material: str, lit: float = 1.0, low: float = 2.0
) -> np.ndarray:
    """A sheet of a material: a light upper rim of `lit` units, a darker lower one of `low` units.
    The mask, bool (side, side), comes back."""
    shade = np.full(mask.shape, MID)
    if low > 0:
        step = max(1, round(low * e.k))
        below = ~slid(mask, -step)
        shade[below] = LOW
        shade[mask & ~slid(mask, -max(1, round(low * e.k / 2)))] = DARK if low > 1 else LOW
    if lit > 0:
        shade[~slid(mask, max(1, round(lit * e.k)))] = LIGHT
    return e.lay(mask, material, shade)


def tube(e: Easel, mask: np.ndarray, material: str, at: np.ndarray, half: float) -> np.ndarray:
    """A round bar of a material: `at`, float (side, side), is how far each pixel is from its middle
    (below 0 on the lit side), `half` its radius. The mask, bool (side, side), comes back."""
    t = at / half
    shade = np.where(t < -0.34, LIGHT, np.where(t < 0.3, MID, np.where(t < 0.72, LOW, DARK)))
    return e.lay(mask, material, shade)


def wheel(
    e: Easel, x: float, y: float, r: float, hub: str = "hub", share: float = 0.5
) -> np.ndarray:
    """A wheel of a car: a tyre, a hub of `share` of the radius. Its place, bool (side, side)."""
    tyre = e.oval(x, y, r)
    e.lay(tyre, "tyre", MID)
    e.lay(tyre & (e.x + e.y < x + y - r * 0.9), "tyre", LIGHT)
    e.lay(tyre & (e.x + e.y > x + y + r * 0.9), "tyre", LOW)
    inner = e.oval(x, y, max(r * share, 1.0))
    e.lay(inner, hub, MID)
    e.lay(inner & (e.x + e.y < x + y - 0.2), hub, LIGHT)
    if r * share > 1.6:
        e.lay(e.oval(x, y, max(r * share * 0.42, 0.6)), hub, DARK)
    return tyre


def spoked(
    e: Easel, at: tuple[float, float], r: float, number: int, thick: float = 1.2, wood: str = "hoop"
) -> None:
    """A wheel around a point of a rim and so many spokes, of one material."""
    x, y = at
    rim = e.oval(x, y, r) & ~e.oval(x, y, r - thick)
    for n in range(number):
        a = math.pi * 2 * (n + 0.5) / number
        spoke = e.stroke([(x, y), (x + (r - 0.5) * math.cos(a), y + (r - 0.5) * math.sin(a))], 0.9)
        e.lay(spoke, wood, MID if math.sin(a) > 0 else LIGHT)
    e.lay(rim, wood, np.where(e.x + e.y < x + y - r * 0.4, LIGHT,
                              np.where(e.x + e.y < x + y + r * 0.7, MID, LOW)))  # fmt: skip
    e.lay(e.oval(x, y, max(1.0, r * 0.24)), wood, LOW)


def glazed(e: Easel, mask: np.ndarray, glass: str = "glass", slope: float = 1.0) -> np.ndarray:
    """A window of glass over a mask, bool (side, side), with a bright band across; it comes
    back."""
    if not mask.any():
        return mask
    e.lay(mask, glass, MID)
    where = e.x * slope + e.y
    least, most = where[mask].min(), where[mask].max()
    t = (where - least) / max(most - least, 1e-9)
    e.lay(mask & (t < 0.42), glass, LIGHT)
    e.lay(mask & (t > 0.8), glass, LOW)
    return mask


def flat_disc(
    e: Easel, at: tuple[float, float], r: float, material: str, flat: float = 0.6
) -> np.ndarray:
    """A flat disc around a point with a lit upper left side; bool (side, side)."""
    x, y = at
    mask = e.oval(x, y, r)
    return model(e, mask, material, 0.55 - ((e.x - x) * 0.52 + (e.y - y) * 0.68) / r * flat)


def bar(
    e: Easel, edges: tuple[float, float, float, float], material: str, shade: int = MID
) -> np.ndarray:
    """A rectangle (left, top, right, bottom) of a material in one shade; bool (side, side)."""
    return e.lay(e.box(*edges), material, shade)


def inked_line(e: Easel, mask: np.ndarray, material: str) -> np.ndarray:
    """A line in the colour of a material's outline; the mask, bool (side, side), comes back."""
    return e.lay(mask, material, LINE)
