"""Enlarged pixel art given to the engine is drawn on its own grid; a photograph never is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

import pincel
from pincel import words
from pincel.make.pictures.true_grid import at_true_size
from pincel.pixels.open import open_picture

ASSETS = Path(__file__).parents[2] / "assets"


def sprite(seed: int = 3) -> np.ndarray:
    """A creature of 16 x 16 in five colours on nothing, (16, 16, 4) uint8."""
    rng = np.random.default_rng(seed)
    half = rng.integers(0, 6, (16, 8))
    palette = np.array([[0, 0, 0, 0], [29, 43, 83, 255], [255, 0, 77, 255], [255, 236, 39, 255],
                        [0, 228, 54, 255], [131, 118, 156, 255]], np.uint8)  # fmt: skip
    drawn = palette[np.concatenate([half, half[:, ::-1]], 1)]
    drawn[:2] = drawn[:, :1] = drawn[:, -1:] = 0
    return drawn


def enlarged(rgba: np.ndarray, times: float, kind: Image.Resampling) -> Image.Image:
    size = round(rgba.shape[1] * times), round(rgba.shape[0] * times)
    return Image.fromarray(rgba).resize(size, kind)


@pytest.mark.parametrize("times", [2, 3, 8, 13])
def test_whole_factors_come_back_pixel_for_pixel(times: int) -> None:
    drawn = sprite()
    made = pincel.pixelate(enlarged(drawn, times, Image.Resampling.NEAREST))
    assert np.array_equal(made.rgba(), drawn)


@pytest.mark.parametrize(("times", "quality"), [(3.37, None), (3.37, 92), (5.5, 85), (8, 75)])
def test_broken_factors_and_jpeg_find_the_true_size(times: float, quality: int | None) -> None:
    drawn = sprite(5)
    picture: object = enlarged(drawn, times, Image.Resampling.NEAREST)
    solid = np.where(drawn[..., 3:] > 0, drawn, (255, 255, 255, 255)).astype(np.uint8)
    if quality:
        held = BytesIO()
        enlarged(solid, times, Image.Resampling.NEAREST).convert("RGB").save(
            held, "JPEG", quality=quality
        )
        picture = held.getvalue()
    made = pincel.pixelate(picture)
    assert (made.width, made.height) == (16, 16)
    wanted = solid if quality else drawn
    apart = np.abs(made.rgba().astype(int) - wanted)[wanted[..., 3] > 0]
    assert np.median(apart) <= 8 and (apart.max(-1) > 60).mean() < 0.05


def test_a_palette_and_fewer_colours_still_rule(tmp_path: Path) -> None:
    picture = enlarged(sprite(), 8, Image.Resampling.NEAREST)
    boy = pincel.pixelate(picture, palette="game-boy")
    assert (boy.width, boy.height) == (16, 16) and len(np.unique(boy.indices)) <= 5
    assert len(pincel.pixelate(picture, colors=3).palette) <= 3


def test_another_size_rules_and_both_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pincel.cli import main

    path = tmp_path / "hero.png"
    enlarged(sprite(), 8, Image.Resampling.NEAREST).save(path)
    for code, own, other in (("en", "its own grid of 16", "its true size is 16"),
                             ("es", "propia cuadrícula de 16", "tamaño real es 16")):  # fmt: skip
        words.use(code)
        try:
            assert main(["pixelate", str(path), "--force"]) == 0
            assert own in capsys.readouterr().out
            assert main(["pixelate", str(path), "--width", "12", "--force"]) == 0
            assert other in capsys.readouterr().out
        finally:
            words.use(None)
    assert open_picture(tmp_path / "hero.pixel.png").width == 12


@pytest.mark.parametrize("quality", [None, 75])
@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "rocket", "coins", "text"])
def test_a_photograph_is_never_taken_for_pixel_art(name: str, quality: int | None) -> None:
    values = np.asarray(getattr(data, name)())
    held = BytesIO()
    Image.fromarray(values).save(held, *(("JPEG",) if quality else ("PNG",)), quality=75)
    assert at_true_size(open_picture(held.getvalue())) is None


def test_nor_are_drawings_and_sprites_at_their_own_size() -> None:
    for path in (ASSETS / "portrait.png", ASSETS / "harbour.png"):
        assert at_true_size(open_picture(path)) is None
    assert at_true_size(open_picture(sprite())) is None
    shape = np.zeros((100, 200, 4), np.uint8)
    shape[40:60, 90:130] = (9, 8, 7, 255)
    assert at_true_size(open_picture(shape)) is None
