"""What restore makes one colour, and of what: from both sides, and over several frames."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pincel.art.told_apart import cluster
from pincel.make.pictures.restore import FrameCells, palette_of_cells, restore
from pincel.pixels.open import open_picture
from pincel.pixels.picture import Picture


def test_a_group_is_its_median_strays_do_not_pull_it() -> None:
    colors = np.array([[100, 120, 90]] * 7 + [[104, 124, 94]] * 4, np.float32)
    palette, index = cluster(colors, noise=1.0, most=64)
    assert palette.tolist() == [[100, 120, 90]]
    assert index.tolist() == [0] * 11


@pytest.mark.parametrize(("apart", "count"), [(7, 1), (13, 2)])
def test_greys_are_one_colour_up_to_what_noise_and_shading_explain(apart: int, count: int) -> None:
    """3.2 + 3.2 x noise + 0.07 x level: 10.8 of 255 here."""
    colors = np.array([[60] * 3] * 9 + [[60 + apart] * 3] * 9, np.float32)
    assert len(cluster(colors, noise=1.0, most=64)[0]) == count


def cells(colors: np.ndarray, noise: float) -> FrameCells:
    values = np.asarray(colors, np.float32)
    return FrameCells(values, np.zeros(values.shape[:2], bool), noise, noise, 0.0)


def test_the_noisiest_frame_says_what_is_one_colour() -> None:
    random = np.random.default_rng(0)
    clean = np.full((12, 12, 3), 100.0)
    noisy = clean + random.normal(0, 5, clean.shape)
    for frames in (
        [cells(clean, 0.01), cells(noisy, 5.0)],
        [cells(noisy, 5.0), cells(clean, 0.01)],
    ):
        indices, palette = palette_of_cells(frames)
        assert len(palette) == 1
        assert [frame.shape for frame in indices] == [(12, 12), (12, 12)]


def test_every_frame_is_read_from_its_own_pixels() -> None:
    """As JPEG would leave them: two frames whose colours lie far apart."""
    random = np.random.default_rng(1)
    colors = np.array([[20, 20, 30], [230, 220, 200], [200, 40, 40], [40, 90, 180]], np.uint8)
    frames, wanted = [], []
    for _ in range(2):
        small = colors[random.integers(0, 4, (12, 12))]
        file = BytesIO()
        large = Image.fromarray(small).resize((120, 120), Image.Resampling.NEAREST)
        large.save(file, "JPEG", quality=92, subsampling=0)
        frames.append(open_picture(file.getvalue()).rgba)
        wanted.append(small)
    sprite = restore(Picture(tuple(frames), (100, 100))).sprite
    for number, small in enumerate(wanted):
        gap = np.abs(sprite.rgba(number)[..., :3].astype(int) - small).max(-1)
        assert gap.max() < 25
