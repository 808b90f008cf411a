"""True pixels behind spoilt ones."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.make.pictures.restore import cluster, read_cells, restore, unclipped
from pincel.pixels.color import oklab_distance, srgb_to_oklab
from pincel.pixels.picture import Picture
from samples import face_picture

COLORS = np.array(
    [[0, 0, 0], [236, 188, 156], [180, 40, 60], [40, 90, 160], [250, 250, 250], [90, 160, 70]],
    np.uint8,
)


def truth(seed: int = 0, rows: int = 20, columns: int = 26) -> np.ndarray:
    """An opaque sprite (rows, columns, 4) of six colours."""
    random = np.random.default_rng(seed)
    index = random.integers(0, 6, (rows // 2, columns // 2)).repeat(2, 0).repeat(2, 1)
    index[random.random(index.shape) < 0.3] = 0
    return np.dstack([COLORS[index], np.full(index.shape, 255, np.uint8)])


def spoilt(sprite: np.ndarray, scale: float = 11.3, quality: int = 88) -> np.ndarray:
    """Enlarged, blurred, noisy, through JPEG."""
    from scipy.ndimage import gaussian_filter

    size = (round(sprite.shape[1] * scale), round(sprite.shape[0] * scale))
    large = np.asarray(Image.fromarray(sprite[..., :3]).resize(size, Image.Resampling.NEAREST))
    soft = gaussian_filter(large.astype(float), (0.9, 0.9, 0))
    soft += np.random.default_rng(1).normal(0, 4, soft.shape)
    out = io.BytesIO()
    image = Image.fromarray(np.clip(np.rint(soft), 0, 255).astype(np.uint8))
    image.save(out, "JPEG", quality=quality)
    rgb = np.asarray(Image.open(out).convert("RGB"))
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def test_a_clean_enlargement_comes_back_bit_for_bit() -> None:
    sprite = truth()
    large = np.asarray(Image.fromarray(sprite).resize((26 * 7 + 3, 20 * 7 + 2), Image.NEAREST))
    restored = restore(Picture((large,)))
    np.testing.assert_array_equal(restored.sprite.rgba(), sprite)
    assert restored.verdict == "grid"


@pytest.mark.parametrize("seed", range(2))
def test_colours_survive_blur_noise_and_jpeg(seed: int) -> None:
    sprite = truth(seed)
    restored = restore(Picture((spoilt(sprite),)))
    assert restored.sprite.frames[0].shape == sprite.shape[:2]
    gap = oklab_distance(
        srgb_to_oklab(restored.sprite.rgba()[..., :3]), srgb_to_oklab(sprite[..., :3])
    )
    assert (gap < 0.05).mean() > 0.97
    assert 6 <= len(restored.sprite.palette) <= 9
    assert (restored.sprite.palette == 0).all(1).any()  # black is black


def test_transparency_is_kept_and_hard() -> None:
    face = face_picture(24)
    large = np.asarray(Image.fromarray(face).resize((24 * 9, 24 * 9), Image.Resampling.BICUBIC))
    restored = restore(Picture((large,)))
    np.testing.assert_array_equal(restored.sprite.indices < 0, face[..., 3] == 0)


def test_all_frames_share_grid_and_palette() -> None:
    frames = [truth(3), truth(4)]
    large = tuple(f.repeat(8, 0).repeat(8, 1) for f in frames)
    sprite = restore(Picture(large, (80, 120))).sprite
    assert sprite.durations == (80, 120)
    for number, frame in enumerate(frames):
        np.testing.assert_array_equal(sprite.rgba(number), frame)


def test_a_sprite_at_its_true_size_comes_back_as_it_is() -> None:
    face = face_picture(32)
    restored = restore(Picture((face,)))
    assert restored.verdict == "true-size"
    np.testing.assert_array_equal(restored.sprite.rgba()[..., 3], face[..., 3])
    np.testing.assert_array_equal(restored.sprite.rgba()[face[..., 3] > 0], face[face[..., 3] > 0])


def test_a_photograph_is_refused() -> None:
    data = pytest.importorskip("skimage.data")
    photo = data.astronaut()[::2, ::2]
    rgba = np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)])
    assert restore(Picture((rgba,))).verdict == "none"
    assert restore(Picture((rgba,)), size=(32, 32)).verdict == "grid"


def test_colours_and_palette_are_limits() -> None:
    picture = Picture((spoilt(truth()),))
    assert len(restore(picture, colors=4).sprite.palette) == 4
    given = COLORS[:3]
    np.testing.assert_array_equal(restore(picture, palette=given).sprite.palette, given)


def test_a_grid_that_cannot_fit_is_refused() -> None:
    picture = Picture((truth(),))
    for wrong in ({"size": (99, 99)}, {"cell": 400.0}, {"cell": 5.0, "offset": (30.0, 0.0)}):
        with pytest.raises(PincelError, match="does not fit"):
            restore(picture, **wrong)


def test_shading_is_one_colour_and_neighbours_in_hue_are_two() -> None:
    random = np.random.default_rng(0)
    light = 1 + 0.03 * random.normal(size=(300, 1))
    magenta, purple = np.array([[220.0, 0, 220]]), np.array([[160.0, 0, 220]])
    colors = np.clip(np.concatenate([magenta * light, purple * light]), 0, 255)
    palette, label = cluster(colors, 0.5, 256)
    assert len(np.unique(label[:300])) == len(np.unique(label[300:])) == 1
    assert len(palette) == 2


def test_noise_only_brightens_black() -> None:
    np.testing.assert_array_equal(
        unclipped(np.array([[2.0, 1.5, 2.2], [253.5, 8.0, 100.4]]), 4.0), [[0, 0, 0], [255, 8, 100]]
    )
    np.testing.assert_array_equal(unclipped(np.array([[2.0, 1, 3]]), 0.0), [[2, 1, 3]])


def test_a_cell_is_read_at_its_core() -> None:
    sprite = truth()
    picture = spoilt(sprite)
    grid = restore(Picture((picture,))).grid
    cells = read_cells(picture, grid)
    assert np.abs(cells.colors - sprite[..., :3]).mean() < 3
    assert 1 < cells.grain < 6
