"""What drawings by rules are laid with, beside slow ways to the same."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pincel.art import shaped_parts
from pincel.art.easel import Easel, around, five_shades
from pincel.art.molded import swollen
from pincel.art.shaped_parts import Place, drawn_mass, patches, read_mass
from pincel.pixels.color import srgb_to_oklab


def masks() -> list[np.ndarray]:
    rng = np.random.default_rng(4)
    return [rng.random(rng.integers(1, 24, 2)) < share for share in np.linspace(0, 1, 40)]


def test_around_is_what_grows_by_one() -> None:
    for mask in masks():
        assert np.array_equal(around(mask), ndimage.binary_dilation(mask) & ~mask)


def test_patches_are_those_of_scipy() -> None:
    for mask in masks():
        made, (wanted, count) = patches(mask), ndimage.label(mask)
        assert np.array_equal(made > 0, mask)
        pairs = set(zip(made[mask].tolist(), wanted[mask].tolist(), strict=True))
        assert len(pairs) == count == len(set(made[mask].tolist()))


def test_what_swells_is_the_root_of_its_equation() -> None:
    """Of a disc half a ball; of anything, what plain sweeps come to."""
    e = Easel(32)
    disc = e.oval(16, 16, 12)
    assert np.abs(swollen(e, disc) - e.ball(16, 16, 12))[e.oval(16, 16, 10)].max() < 0.06
    for mask in (e.box(3, 5, 20, 12), e.box(0, 0, 32, 31) ^ e.oval(9, 20, 5), e.oval(20, 12, 9, 4)):
        u = np.zeros((34, 34))
        for _ in range(1500):
            near = u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:]
            u[1:-1, 1:-1] = mask * (near + 1) / (4 + 1 / (6 * e.k) ** 2)
        down, along = np.gradient(2 * np.sqrt(u))
        light = (0.52 * along + 0.68 * down + 0.52) / np.sqrt(down**2 + along**2 + 1)
        assert np.abs(swollen(e, mask, 6.0) - light[1:-1, 1:-1])[mask].max() < 2e-3


@pytest.mark.parametrize("shape", ["o 16,16 9,5", "o 16,16 9,5,30", "l 6,8,3 20,24,6",
                                   "p 4,4 28,9 16,29", "s 4,6 28,9 16,29 2,20"])  # fmt: skip
def test_a_shape_is_not_cut_off(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mass = read_mass(f"coat {shape}")
    for place in (Place(), Place(x=-13, y=-15), Place(x=14, y=9, scale=2.0), Place(right=True)):
        inside, shade = drawn_mass(mass, place)
        assert inside.sum() > 20
        with monkeypatch.context() as patch:
            patch.setattr(shaped_parts, "_window", lambda *_: (slice(None), slice(None)))
            whole, shades = drawn_mass(mass, place)
        assert np.array_equal(inside, whole)
        assert np.array_equal(shade[inside], shades[inside])


def test_five_shades_rise_from_the_outline() -> None:
    for color in ("red", "blue", ("3a1420", "8a3040", "e08090")):
        light = srgb_to_oklab(five_shades(color))[:, 0]
        assert (np.diff(light) > 0).all()
    assert not np.array_equal(five_shades("red"), five_shades("blue"))
