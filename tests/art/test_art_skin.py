"""Skin where a palette has no light one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.art import fit, skin
from pincel.art.palette_files import load_palette
from pincel.make.pictures.pixelate import Options, pixelate
from pincel.pixels import color

PORTRAIT = np.asarray(
    Image.open(Path(__file__).parents[2] / "assets" / "portrait.png").convert("RGBA")
)
CHEEKS, HAIR = (slice(33, 40), slice(26, 40)), (slice(12, 16), slice(22, 40))


def shown(palette: str) -> np.ndarray:
    """The bundled portrait in a palette, (64, 64, 3) OKLab."""
    sprite, _ = pixelate(PORTRAIT, Options(width=64, palette=load_palette(palette).colors))
    return color.srgb_to_oklab(sprite.palette)[sprite.indices]


def test_a_light_face_is_drawn_in_skin_and_not_in_white(monkeypatch: pytest.MonkeyPatch) -> None:
    face, hair = shown("c64")[CHEEKS].reshape(-1, 3), shown("c64")[HAIR].reshape(-1, 3)
    warm = (face[:, 1] > 0.02) & (face[:, 2] > 0.02)
    assert warm.mean() > 0.9
    assert np.median(face[:, 0]) > np.median(hair[:, 0]) + 0.1  # and it is no hair
    monkeypatch.setattr(skin, "darker_skin", lambda samples, weight, palette: samples)
    white = shown("c64")[CHEEKS].reshape(-1, 3)
    assert (white[:, 1] > 0.02).mean() < 0.5


@pytest.mark.parametrize("name", ["pico-8", "vic-20", "zx-spectrum", "cga-16", "sweetie-16"])
def test_a_palette_that_has_it_or_has_none_of_the_kind_changes_nothing(name: str) -> None:
    """Pico-8 has a light skin; the reds of the Spectrum are none."""
    palette = color.srgb_to_oklab(load_palette(name).colors)
    assert not fit.one_hue(palette)
    samples = color.srgb_to_oklab(PORTRAIT[::8, ::8, :3])
    weight = np.ones(samples.shape[:2], np.float32)
    assert np.array_equal(skin.darker_skin(samples, weight, palette), samples)


def test_only_warm_colours_become_darker_and_none_lighter() -> None:
    palette = color.srgb_to_oklab(load_palette("c64").colors)
    samples = color.srgb_to_oklab(PORTRAIT[::4, ::4, :3])
    moved = skin.darker_skin(samples, np.ones(samples.shape[:2], np.float32), palette)
    less = samples[..., 0] - moved[..., 0]
    assert np.array_equal(moved[..., 1:], samples[..., 1:])
    assert less.min() > -1e-6 and less.max() > 0.2
    cold = samples[..., 1] < 0
    assert cold.mean() > 0.1 and not less[cold].any()


def test_colours_without_weight_have_no_say() -> None:
    palette = color.srgb_to_oklab(load_palette("c64").colors)
    samples = color.srgb_to_oklab(PORTRAIT[::8, ::8, :3])
    nothing = np.zeros(samples.shape[:2], np.float32)
    assert np.array_equal(skin.darker_skin(samples, nothing, palette), samples)
