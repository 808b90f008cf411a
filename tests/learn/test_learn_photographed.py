from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from skimage.filters import gaussian

from pincel.learn import photographed as photo
from pincel.learn.photographed import Camera, photographed
from samples import face_picture

STILL = Camera(0, 0, 0, 0, 0, 0, 0, 0, 0)


def faces(count: int = 3, side: int = 48) -> np.ndarray:
    return np.repeat(face_picture(side)[None, ..., :3], count, 0)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_a_camera_that_does_nothing_changes_nothing() -> None:
    assert np.abs(photographed(faces(), seeded(), STILL).astype(int) - faces()).max() <= 1


def test_same_seed_same_photographs_other_seed_others() -> None:
    first, again = photographed(faces(), seeded()), photographed(faces(), seeded())
    assert np.array_equal(first, again)
    assert not np.array_equal(first, photographed(faces(), seeded(1)))
    assert not np.array_equal(first[0], first[1])  # each draws its own


@pytest.mark.parametrize("channels", [1, 3])
def test_shape_type_and_likeness_are_kept(channels: int) -> None:
    shots = photographed(faces()[..., :channels], seeded())
    assert shots.shape == (3, 48, 48, channels) and shots.dtype == np.uint8
    middle = np.abs(shots[:, 16:32, 16:32].astype(int) - faces()[:, 16:32, 16:32, :channels])
    assert 2 < middle.mean() < 70


def test_the_source_is_left_alone_and_may_be_read_only() -> None:
    source = faces()
    source.setflags(write=False)
    before = source.copy()
    photographed(source, seeded())
    assert np.array_equal(source, before)


def test_turning_is_a_rotation() -> None:
    """A quarter turn, forced, is numpy's."""

    def draw(*shape: int) -> torch.Tensor:
        return torch.ones(*shape) if shape == (1,) else torch.zeros(*shape)

    matrix = photo._homographies(1, draw, Camera(turn=90, perspective=0, size=0, shift=0))
    values = torch.arange(25.0).view(1, 1, 5, 5)
    turned = torch.nn.functional.grid_sample(
        values, photo._grid(matrix, 5, 5), align_corners=False
    )[0, 0]
    straight = values[0, 0].numpy()
    options = [np.rot90(straight, 1), np.rot90(straight, 3)]
    assert any(np.allclose(turned.numpy(), option, atol=1e-3) for option in options)


def test_perspective_puts_corners_where_they_were_drawn() -> None:
    generator = seeded(4)
    held: list[torch.Tensor] = []

    def draw(*shape: int) -> torch.Tensor:
        values = torch.rand(*shape, generator=generator) * 2 - 1
        held.append(values)
        return values

    camera = Camera(turn=0, perspective=0.1, size=0, shift=0)
    (matrix,) = photo._homographies(1, draw, camera)
    corners = torch.tensor([[-1.0, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]])
    seen = corners @ matrix.T
    seen = seen[:, :2] / seen[:, 2:]
    assert torch.allclose(seen, corners[:, :2] + held[-1][0] * 0.2, atol=1e-5)


def test_blur_is_a_gaussian() -> None:
    picture = faces(2)[..., :1].astype(np.float32) / 255
    values = torch.from_numpy(picture).permute(0, 3, 1, 2)
    blurred = photo._blurred(values, torch.tensor([0.0, 1.0]))
    assert torch.allclose(blurred[0], values[0], atol=1e-5)
    wanted = gaussian(picture[1, ..., 0], 1.0, mode="nearest", truncate=3.0)
    assert np.abs(blurred[1, 0].numpy() - wanted).max() < 0.01


def test_light_stays_within_what_the_camera_allows() -> None:
    grey = np.full((40, 24, 24, 3), 120, np.uint8)
    shots = photographed(grey, seeded(), Camera(0, 0, 0, 0, 0.3, 0, 0, 0, 0))
    centre = shots[:, 12, 12].mean(1) / 120
    assert centre.min() > 0.68 and centre.max() < 1.32 and centre.std() > 0.1


def test_jpeg_is_pillows() -> None:
    shots = photographed(faces(1), seeded(), Camera(0, 0, 0, 0, 0, 0, 0, 0, 1, (70, 70)))
    import io

    held = io.BytesIO()
    Image.fromarray(faces(1)[0]).save(held, "JPEG", quality=70)
    wanted = np.asarray(Image.open(held)).astype(int)
    assert np.abs(shots[0].astype(int) - wanted).max() <= 8
