"""True pixels behind spoilt ones."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pincel.art.told_apart import cluster, unclipped
from pincel.errors import PincelError
from pincel.make.pictures.restore import (
    _verdict,
    read_cells,
    restore,
    variance_explained,
)
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


def sprite_of(colors: int, side: int, seed: int) -> np.ndarray:
    """An opaque sprite (side, side, 4) of blobs in so many clearly different colours on white."""
    random = np.random.default_rng(seed)
    levels = np.array([0, 85, 170, 255])
    every = np.stack(np.meshgrid(levels, levels, levels), -1).reshape(-1, 3)[:-1]
    picked = every[random.permutation(len(every))[: colors - 1]]
    index = random.integers(0, colors - 1, (side // 2 - 2, side // 2 - 2)).repeat(2, 0).repeat(2, 1)
    alone = random.random(index.shape) < 0.35
    index[alone] = random.integers(0, colors - 1, int(alone.sum()))
    inner = picked[index]
    rgb = np.full((side, side, 3), 255)
    rgb[2 : 2 + len(inner), 2 : 2 + len(inner)] = inner
    return np.dstack([rgb, np.full((side, side), 255)]).astype(np.uint8)


def through_jpeg(sprite: np.ndarray, scale: float, quality: int) -> np.ndarray:
    """Enlarged by nearest neighbour, JPEG with chroma at half size."""
    size = (round(sprite.shape[1] * scale), round(sprite.shape[0] * scale))
    out = io.BytesIO()
    large = Image.fromarray(sprite[..., :3]).resize(size, Image.Resampling.NEAREST)
    large.save(out, "JPEG", quality=quality, subsampling=2)
    rgb = np.asarray(Image.open(out).convert("RGB"))
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


@pytest.mark.parametrize("quality", [60, 75, 92])
@pytest.mark.parametrize(("colors", "scale"), [(4, 4.0), (5, 8.0), (12, 6.3), (8, 11.0), (5, 5.4)])
def test_jpeg_leaves_as_many_colours_as_there_were(colors: int, scale: float, quality: int) -> None:
    sprite = sprite_of(colors, 24, colors)
    restored = restore(Picture((through_jpeg(sprite, scale, quality),)))
    assert restored.verdict in ("grid", "doubtful")
    assert restored.sprite.indices.shape == sprite.shape[:2]
    true = len(np.unique(sprite.reshape(-1, 4), axis=0))
    assert true - 1 <= len(restored.sprite.palette) <= true * 1.35 + 1
    gap = oklab_distance(
        srgb_to_oklab(restored.sprite.rgba()[..., :3]), srgb_to_oklab(sprite[..., :3])
    )
    assert (gap < 0.06).mean() > (0.9 if scale < 5 else 0.97)


@pytest.mark.parametrize("factor", [1.5, 2.5, 3.37, 4.6])
def test_linear_interpolation_is_undone_exactly(factor: float) -> None:
    sprite = truth(5)
    size = (round(26 * factor), round(20 * factor))
    large = np.asarray(Image.fromarray(sprite).resize(size, Image.Resampling.BILINEAR))
    restored = restore(Picture((large,)))
    assert restored.grid.linear and restored.sprite.indices.shape == (20, 26)
    gap = np.abs(restored.sprite.rgba().astype(int) - sprite)
    assert gap.max() <= 2 and len(restored.sprite.palette) == 6


def test_an_unlikely_grid_is_a_guess_where_few_flat_cells_explain_the_picture() -> None:
    sprite = truth(6)
    picture = through_jpeg(sprite, 9.0, 60)
    found = restore(Picture((picture,)))
    assert variance_explained(picture, found.grid, found.sprite) > 0.9
    unlikely = replace(found.grid, confidence=0.2, evidence=0.0)
    assert _verdict(picture, unlikely, found.sprite) == "doubtful"
    noise = np.random.default_rng(0).integers(0, 256, picture.shape).astype(np.uint8)
    noise[..., 3] = 255
    assert _verdict(noise, unlikely, found.sprite) == "none"


def test_the_blocks_of_jpeg_are_no_grid() -> None:
    data = pytest.importorskip("skimage.data")
    out = io.BytesIO()
    Image.fromarray(data.astronaut()).save(out, "JPEG", quality=12)
    rgb = np.asarray(Image.open(out).convert("RGB"))
    photo = np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
    assert restore(Picture((photo,))).verdict == "none"


def test_cells_that_few_have_are_merged_further_where_cells_stray() -> None:
    random = np.random.default_rng(0)
    colors = np.concatenate([np.full((200, 3), 200.0), [[214, 203, 188], [40, 40, 60]]])
    colors[:200] += random.normal(0, 0.4, (200, 3))
    assert len(cluster(colors, 0.1, 256)[0]) == 3
    assert len(cluster(colors, 0.1, 256, stray=5.0)[0]) == 2  # the far one stays
