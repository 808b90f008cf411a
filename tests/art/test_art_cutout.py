import io

import numpy as np
import pytest
from PIL import Image

from pincel.art import cutout
from pincel.errors import PincelError


def scene(ground: str, size: int = 160) -> tuple[np.ndarray, np.ndarray]:
    """A red figure with a white hole on a ground, noisy and through JPEG; and where it is."""
    y, x = np.mgrid[0:size, 0:size] / size
    if ground == "plain":
        rgb = np.full((size, size, 3), (120.0, 190.0, 220.0))
    elif ground == "gradient":
        rgb = np.stack([60 + 130 * y, 120 + 60 * x, 210 - 90 * y], -1)
    else:  # a vignette
        rgb = np.stack([220 - 160 * ((x - 0.5) ** 2 + (y - 0.5) ** 2)] * 3, -1)
    figure = ((x - 0.5) / 0.25) ** 2 + ((y - 0.6) / 0.5) ** 2 < 1  # leaves the picture below
    rgb[figure] = (190, 40, 50)
    rng = np.random.default_rng(3)
    seen = np.clip(rgb + rng.normal(0, 4, rgb.shape), 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(seen).save(file, "JPEG", quality=75)
    return np.asarray(Image.open(file).convert("RGBA")), figure


@pytest.mark.parametrize("ground", ["plain", "gradient", "vignette"])
def test_background_goes_and_figure_stays(ground: str) -> None:
    rgba, figure = scene(ground)
    result = cutout.cut(rgba)
    assert set(np.unique(result[..., 3])) == {0, 255}
    seen = result[..., 3] == 255
    assert (seen & figure).sum() / (seen | figure).sum() > 0.96
    assert np.array_equal(result[..., :3], rgba[..., :3])


def test_holes_only_when_asked() -> None:
    rgba, _ = scene("plain")
    rgba = rgba.copy()
    rgba[90:110, 70:90, :3] = (120, 190, 220)
    assert cutout.cut(rgba)[100, 80, 3] == 255
    assert cutout.cut(rgba, holes=True)[100, 80, 3] == 0


def test_all_of_one_colour_is_refused_in_one_sentence() -> None:
    with pytest.raises(PincelError, match="nothing"):
        cutout.cut(np.full((40, 40, 4), 255, np.uint8))


def test_a_border_of_many_colours_is_refused() -> None:
    rng = np.random.default_rng(0)
    patches = rng.integers(0, 255, (10, 10, 3)).repeat(12, 0).repeat(12, 1)
    rgba = np.dstack([patches, np.full((120, 120), 255)]).astype(np.uint8)
    with pytest.raises(PincelError, match="no background"):
        cutout.cut(rgba)


def test_what_is_cut_out_already_stays_as_it_is() -> None:
    rgba, figure = scene("plain")
    rgba = rgba.copy()
    rgba[..., 3] = np.where(figure, 255, 0)
    assert np.array_equal(cutout.cut(rgba)[..., 3], rgba[..., 3])


def test_a_thin_outline_keeps_what_it_encloses() -> None:
    """A line of two pixels around white on white is a wall, not a speck to be stepped over."""
    y, x = np.mgrid[0:300, 0:300] - 149.5
    rgba = np.full((300, 300, 4), 255, np.uint8)
    rgba[np.abs(np.hypot(x, y) - 90) < 1.0, :3] = 20
    away = cutout.background(rgba)
    assert not away[np.hypot(x, y) < 85].any()
    assert away[np.hypot(x, y) > 95].all()


def test_mask_is_stretched_and_hard() -> None:
    rgba, _ = scene("plain")
    mask = np.zeros((10, 10, 4), np.uint8)
    mask[..., 3] = 255
    mask[:, 5:, :3] = 255
    result = cutout.with_mask(rgba, mask)
    assert result[80, 20, 3] == 0 and result[80, 140, 3] == 255
    with pytest.raises(PincelError, match="mask"):
        cutout.with_mask(rgba, np.zeros((4, 4, 4), np.uint8))


def test_alpha_threshold_avoids_the_level_at_which_a_glow_is_ragged() -> None:
    y, x = np.mgrid[0:40, 0:40] - 19.5
    rng = np.random.default_rng(1)
    disc = np.clip(8.5 - np.hypot(x, y), 0, 1)
    haze = (np.hypot(x, y) < 16) * (0.5 + rng.normal(0, 0.03, x.shape))
    cover = np.clip(np.maximum(disc, haze), 0, 1)
    level = cutout.alpha_threshold(cover)
    assert abs(level - 0.5) > 0.08
    assert cutout.alpha_threshold(disc) == pytest.approx(0.5, abs=0.1)
    assert cutout.alpha_threshold(np.ones((8, 8))) == 0.5
